"""What is done with one scenario, run or played? One module a command."""
