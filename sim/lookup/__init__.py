"""What is there to look up? Scenarios and runs, parameters and claims, terms, a file to start from, a schema."""
