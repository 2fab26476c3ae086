"""What is there, what does it mean, and is a file right? One module a command."""
