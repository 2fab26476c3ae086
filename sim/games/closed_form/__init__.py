"""Which equilibria are there, in closed form? The families, and the receiver's response path."""
