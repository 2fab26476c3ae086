"""Which words stand for outcomes, stances and readings in the midst of a sentence?"""

from __future__ import annotations

EVENTS = {
    "strike": "a strike",
    "casualties": "a strike that hits",
    "retaliation": "a French retaliation",
    "war": "a NATO–Russia war",
    "nuclear": "nuclear use",
    "backdown": "a French backdown",
    "abandonment": "a hit with allies absent",
}
"""What each probability is of."""

UNDER = {
    "rule_out": "if France rules trainers out",
    "ambiguous": "if France stays ambiguous",
    "commit": "if France commits",
    "equilibrium": "if France chooses its stance",
}
"""The way to play, as a condition; of the three stances that a scenario has if it lists no others."""

DOUBT = {"type": "whom it faces", "outcome": "how a strike ends"}
"""What Russia doubts, by the reading of its worst case."""

_DOES = {
    "rule_out": ("rules trainers out", "rule trainers out"),
    "ambiguous": ("stays ambiguous", "stay ambiguous"),
    "commit": ("commits", "commit"),
}


def under(stance: str) -> str:
    """Return a way to play as a condition, also a stance that only its scenario knows.

    >>> under("commit"), under("quiet")
    ('if France commits', 'if France takes the stance quiet')
    """
    return UNDER.get(stance, f"if France takes the stance {stance}")


def does(stance: str, *, many: bool = False) -> str:
    """Return what a France that takes a stance does, or what both its types do.

    >>> does("commit"), does("quiet"), does("ambiguous", many=True)
    ('commits', 'takes the stance quiet', 'stay ambiguous')
    """
    unknown = (f"takes the stance {stance}", f"take the stance {stance}")
    return _DOES.get(stance, unknown)[many]
