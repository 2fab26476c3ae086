"""What is asked of one point or one game? One module a command."""
