"""How is it asked? One module a command, each of which parses, asks and prints; here what they share."""
