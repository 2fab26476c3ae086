"""What do the figures of a comparison of stances hold? Regrets and flips, with their tables."""

from __future__ import annotations

from sim.analyses.robustness.analysis import Robustness
from sim.analyses.robustness.figure_flips import flips
from sim.analyses.robustness.figure_regrets import robustness
from sim.analyses.robustness.ranking import Shift
from sim.analyses.robustness.words import flips_alt_text, flips_finding, regret_finding, robustness_alt_text
from sim.telling.answer import Figure

_DRAWN_FLIPS = (
    "parameter",
    "shift",
    "error",
    "median",
    "new_median",
    "overtaken_by",
    "effective",
    "median_down",
    "lead_down",
    "median_up",
    "lead_up",
)


def figures(result: Robustness) -> list[Figure]:
    """Return both figures of a comparison; flips only if any belief was shifted."""
    numbers = result.regret[result.by]
    marks = [
        (stance, f"hundredth {place + 1}", regret)
        for stance, strip in result.strips.items()
        for place, regret in enumerate(strip)
    ]
    marks += [(stance, mark, each[mark]) for stance, each in numbers.items() for mark in ("mean", "q95", "max")]
    regrets = Figure(
        "regrets",
        lambda axes: robustness(result, ax=axes),
        finding=regret_finding(result),
        alt=robustness_alt_text(result),
        header=("stance", "mark", "regret"),
        rows=marks,
    )
    if not result.ranking.shifts:
        return [regrets]
    shifted = Figure(
        "flips",
        lambda axes: flips(result, ax=axes),
        finding=flips_finding(result),
        alt=flips_alt_text(result),
        header=_DRAWN_FLIPS,
        rows=[_drawn(shift) for shift in result.ranking.shifts],
    )
    return [regrets, shifted]


def _drawn(shift: Shift) -> list[object]:
    """Return a row of the table behind the figure of flips."""
    flip, ends = shift.flip, zip(shift.medians, shift.flip.leads, strict=True)
    told = [flip.parameter, flip.shift, flip.error, shift.median, shift.new_median, flip.overtaken_by, flip.effective]
    return [*told, *(number for end in ends for number in end)]
