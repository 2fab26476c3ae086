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


def under(play: str) -> str:
    """Return a way to play as a condition, also a stance of a scenario's own.

    Examples
    --------
    >>> under("commit"), under("quiet")
    ('if France commits', 'under quiet')
    """
    return UNDER.get(play, f"under {play}")
