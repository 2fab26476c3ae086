"""What came of a split? The step between two stances in both readings of the worst case, with errors, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sim.montecarlo.beside import EXPOSURES
from sim.telling.answer import Provenance

SCHEMA = 2  # version of the dict's shape; it rises when a name or a meaning changes
Measured = dict[str, "Step"]  # by measure: all rungs, side outcomes and France's payoff, from the same mixed stances


@dataclass(frozen=True)
class Estimate:
    """A mean over draws, and its standard error from 16 replicates (Student's t, 15 degrees of freedom)."""

    mean: float
    se: float


@dataclass(frozen=True)
class Step:
    """The ends of one measure, and the difference split: Shapley values as parts; what each does first or last."""

    before: Estimate
    after: Estimate
    total: Estimate
    parts: dict[str, Estimate]
    first: dict[str, Estimate]
    last: dict[str, Estimate]


@dataclass(frozen=True)
class Channels(Provenance):
    """The step between two doctrines, split among the seven channels that it changes: `Provenance`, and what was found.

    Attributes
    ----------
    stances, struck : tuple of str
        The scenario's stances in their order, and those that leave Russia a target.
    start, end : str
        Stances at which the step starts and ends; France is held to either.
    outcome : str
        The measure that was asked about.
    worst_case : {"type", "outcome"}
        The scenario's reading of the worst case, behind `steps`.
    reference : str or None
        The stance whose deployment and pinpoint all take at equal exposure.
    levels : dict of str to tuple of (float or None, float or None)
        By channel: mean of its parameter where the step starts and where it ends; None where a stance has none.
    readings : dict of str to dict of str to dict of str to Step
        By reading of the worst case, "as_stated" or "equal_exposure", and measure; no equal exposure where an end of
        the step has no target.
    """

    stances: tuple[str, ...]
    struck: tuple[str, ...]
    start: str
    end: str
    outcome: str
    worst_case: str
    reference: str | None
    levels: dict[str, tuple[float | None, float | None]]
    readings: dict[str, dict[str, Measured]]

    @property
    def steps(self) -> Measured:
        """The steps as stated, in the scenario's reading of the worst case, by measure."""
        return self.readings[self.worst_case][EXPOSURES[0]]

    @property
    def targets(self) -> tuple[bool, bool]:
        """Whether the stance where the step starts has a target, and that where it ends."""
        return self.start in self.struck, self.end in self.struck

    @property
    def step(self) -> Step:
        """The step on the measure that was asked about."""
        return self.steps[self.outcome]

    def table(self) -> list[dict[str, Any]]:
        """Return one row per measure and channel: its part, and what it does first in and last in, with errors."""
        rows = []
        for measure, step in self.steps.items():
            for name, part in step.parts.items():
                first, last = step.first[name], step.last[name]
                order = {"first": first.mean, "first_se": first.se, "last": last.mean, "last_se": last.se}
                rows.append({"outcome": measure, "channel": name, **vars(part), **order})
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it: the split of `outcome` at the top, and those of all measures below."""
        whole = asdict(self.step)
        return {
            "schema": SCHEMA,
            "scenario": self.scenario,
            "draws": self.draws,
            "seed": self.seed,
            "from": self.start,
            "to": self.end,
            "outcome": self.outcome,
            **_split(self.step),
            "before": whole["before"],
            "after": whole["after"],
            "first_in": whole["first"],
            "last_in": whole["last"],
            "levels": {name: {"from": start, "to": end} for name, (start, end) in self.levels.items()},
            "outcomes": {measure: _split(step) for measure, step in self.steps.items()},
            "worst_case": self.worst_case,
            "reference": self.reference,
            "readings": {
                reading: {exposure: _with_ends(steps) for exposure, steps in by.items()}
                for reading, by in self.readings.items()
            },
            "title": self.title,
            "settings": dict(self.settings),
            "versions": dict(self.versions),
        }


def _split(step: Step) -> dict[str, Any]:
    """Return total, channels and standard errors of one measure."""
    return {
        "total": step.total.mean,
        "channels": {name: part.mean for name, part in step.parts.items()},
        "se": {name: part.se for name, part in step.parts.items()} | {"total": step.total.se},
    }


def _with_ends(steps: Measured) -> dict[str, Any]:
    """Return the split of every measure, with what it is before and after."""
    ends = {measure: {"before": asdict(step.before), "after": asdict(step.after)} for measure, step in steps.items()}
    return {measure: ends[measure] | _split(step) for measure, step in steps.items()}
