"""Which words stand for outcomes and stances in the midst of a sentence?"""

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
"""The way to play, as a condition."""
