"""Which words stand for outcomes, stances and readings in the midst of a sentence?"""

from __future__ import annotations

EVENTS = {  # what each probability is of
    "strike": "a strike",
    "casualties": "a strike that hits",
    "retaliation": "a French retaliation",
    "war": "a NATO–Russia war",
    "nuclear": "nuclear use",
    "backdown": "a French backdown",
    "abandonment": "a hit with allies absent",
}

WORST = {"type": "a resolute France", "outcome": "a NATO–Russia war, however unlikely"}
"""What Russia's worst case is, by reading: over France's types, each by its expectation, or over all endings."""

_DOES = {
    "rule_out": ("rules trainers out", "rule trainers out"),
    "ambiguous": ("stays ambiguous", "stay ambiguous"),
    "commit": ("commits", "commit"),
}


def under(stance: str) -> str:
    """Return a way to play as a condition, also a stance that only its scenario knows."""
    return f"if France {'chooses its stance' if stance == 'equilibrium' else does(stance)}"


def does(stance: str, *, many: bool = False) -> str:
    """Return what a France that takes a stance does, or what both its types do."""
    unknown = (f"takes the stance {stance}", f"take the stance {stance}")
    return _DOES.get(stance, unknown)[many]
