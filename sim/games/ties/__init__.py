"""What if payoffs tie? Exact enumeration and continua."""
