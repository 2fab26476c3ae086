"""Which equilibria are plausible?"""
