"""When are the draws enough? When the error of the probability that is asked for is small enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sim.crisis.ladder import OUTCOMES
from sim.draws.tally import Tally
from sim.telling.numbers import STUDENT_T

MOST_DRAWS = 2**24  # after which a run for precision ends unless other are asked for: minutes, errors beyond any use


@dataclass(frozen=True)
class Precision:
    """How small a 95 % half-width is asked for, and of which probability."""

    half_width: float
    play: str | None = None  # a stance of the scenario, "equilibrium", or all
    outcome: str | None = None  # one of `OUTCOMES`, or all

    def __post_init__(self) -> None:
        if not (isfinite(self.half_width) and self.half_width > 0):
            raise ValueError(f"half-width must be a number above 0; it is {self.half_width}")
        if self.outcome is not None and self.outcome not in OUTCOMES:
            raise ValueError(f"outcome must be one of {', '.join(OUTCOMES)}; it is {self.outcome!r}")

    @property
    def name(self) -> str:
        """What the half-width is of, in words."""
        parts = [part for part in (self.outcome, self.play and f"under {self.play}") if part]
        return " ".join(parts) or "every probability"

    def half_width_of(self, tally: Tally) -> float:
        """Return the half-width so far: the largest of those that are asked for."""
        play = "selected" if self.play == "equilibrium" else self.play
        asked = [
            name
            for name in tally.probabilities
            if play in (None, name.partition(".")[0]) and self.outcome in (None, name.partition(".")[2])
        ]
        return max(STUDENT_T * tally.standard_error(name) for name in asked)


def as_precision(given: Precision | float | str | None) -> Precision | None:
    """Return a precision that is given as one, as a half-width, or as text that `read_precision` reads."""
    if given is None or isinstance(given, Precision):
        return given
    if isinstance(given, str):
        return read_precision(given)
    try:
        return Precision(float(given))
    except TypeError:
        raise TypeError(f"precision must be a number, or text such as 'commit.war=0.001'; it is {given!r}") from None


def read_precision(text: str) -> Precision:
    """Return what ``0.001``, ``war=0.001``, ``commit.war=0.001`` or ``equilibrium.war=0.001`` asks for."""
    what, _, width = text.rpartition("=")
    play, _, outcome = what.rpartition(".")
    try:
        number = float(width)
    except ValueError:
        raise ValueError(f"half-width must be a number, such as commit.war=0.001; it is {width!r}") from None
    return Precision(number, play or None, outcome if what else None)
