"""Which equilibria are plausible?"""

REFINEMENTS = ("none", "intuitive", "d1", "undefeated")
"""Refinements, by the names under which equilibria and results carry them; none admits every equilibrium."""
