"""What can be asked of a scenario beyond a run? One module a command."""
