"""What can be asked of a scenario besides a run? One module a command, each of which parses, asks and prints."""
