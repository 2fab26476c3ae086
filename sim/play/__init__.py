"""A person plays one side of the crisis, round after round, against the selected equilibrium."""

MOST_ROUNDS = 100
