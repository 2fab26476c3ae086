"""Which words stand for outcomes and stances in the midst of a sentence, and what makes an answer repeatable?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

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

_DOES = {
    "rule_out": ("rules trainers out", "rule trainers out"),
    "ambiguous": ("stays ambiguous", "stay ambiguous"),
    "commit": ("commits", "commit"),
}


def under(stance: str) -> str:
    """Return a way to play as a condition, also a stance that only its scenario knows.

    Examples
    --------
    >>> under("commit"), under("quiet")
    ('if France commits', 'if France takes the stance quiet')
    """
    return UNDER.get(stance, f"if France takes the stance {stance}")


def does(stance: str, *, many: bool = False) -> str:
    """Return what a France that takes a stance does, or what both its types do.

    Examples
    --------
    >>> does("commit"), does("quiet"), does("ambiguous", many=True)
    ('commits', 'takes the stance quiet', 'stay ambiguous')
    """
    unknown = (f"takes the stance {stance}", f"take the stance {stance}")
    return _DOES.get(stance, unknown)[many]


class Made(Protocol):
    """What was made from draws of a scenario."""

    @property
    def scenario(self) -> str:
        """Name of the scenario."""

    @property
    def settings(self) -> Mapping[str, float]:
        """Parameters that were set by hand."""

    @property
    def draws(self) -> int:
        """How many."""

    @property
    def seed(self) -> int:
        """Of the draws."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Of the package and what it uses."""


def provenance(made: Made, *, counted: str = "draws", how: str = "") -> str:
    """Return what makes an answer repeatable, in one line.

    Examples
    --------
    >>> import sim
    >>> provenance(sim.run(sim.load_scenario("macron-2024"), draws=1024)).startswith("macron-2024 · 1,024 draws")
    True
    """
    changed = f", {len(made.settings)} set by hand" if made.settings else ""
    what = " · ".join(part for part in (f"{made.scenario}{changed}", how, f"{made.draws:,} {counted}") if part)
    return f"{what} · seed {made.seed} · sim {made.versions['sim']}"
