"""How is one draw of a run told? What was drawn, what followed, and how far that is from the run's means."""

from __future__ import annotations

import numpy as np

from sim.crisis.ladder import OUTCOMES
from sim.solve.answer import parts
from sim.solve.replay import Replay
from sim.telling.answer import Answer, Table
from sim.telling.numbers import percent


def answer(replayed: Replay) -> Answer:
    """Return a draw as a story: its parameters, each rung beside its mean over the run, every equilibrium in words."""
    result = replayed.result
    stamp = f"{result.scenario} · draw {_number(replayed)} of {result.draws:,}, counted from 0 · seed {result.seed}"
    return Answer(
        "replay",
        f"Draw {_number(replayed)} of {result.title}",
        stamp,
        [_drawn(replayed), _climbed(replayed)],
        _notes(replayed),
        replayed.to_dict(),
        brief=_climbed(replayed),
        naming=result.naming,
        **parts(replayed.solution),
    )


def _number(replayed: Replay) -> int:
    """Return which draw it is."""
    return replayed.solution.draw.number if replayed.solution.draw else 0


def _drawn(replayed: Replay) -> Table:
    """Return what was drawn, beside what is believed."""
    rows: list[tuple[str, ...]] = []
    for name, (low, median, high) in replayed.ranges().items():
        value = replayed.solution.parameters[name]
        place = "certain" if low == high else "low" if value < low else "high" if value > high else ""
        rows.append((name, _plain(value), _plain(median), f"{_plain(low)} – {_plain(high)}", place))
    return Table(
        "What was drawn?",
        "The value of each parameter in this draw, beside what the scenario believes: the median, and the range that "
        "holds 90 % of the probability. Values outside it are marked.",
        ("parameter", "this draw", "median", "5–95 %", ""),
        rows,
    )


def _climbed(replayed: Replay) -> Table:
    """Return how far this draw climbs, beside the mean of the run."""
    solved, result = replayed.solution.to_dict(), replayed.result
    plays = {stance: (solved["doctrine"][stance]["outcomes"], result.doctrine[stance]) for stance in result.struck}
    weights = np.array(solved["weights"])
    played = {
        outcome: float(weights @ [each["outcomes"][outcome] for each in solved["equilibria"]]) for outcome in OUTCOMES
    }
    plays["France chooses"] = (played, result.equilibrium["selected"])
    return Table(
        "How far does this draw climb?",
        "Probability of getting at least so far with these values; below it, the mean over all draws of the run.",
        ("at least …", *plays),
        [
            (outcome, *(f"{percent(here[outcome])}\n{percent(mean[outcome]['mean'])}" for here, mean in plays.values()))
            for outcome in OUTCOMES
        ],
    )


def _notes(replayed: Replay) -> list[str]:
    """Return what must be known of a single draw."""
    said = ["One draw is one set of values that the scenario finds credible, picked by number and not by likelihood."]
    if replayed.changed:
        said.append(
            "scenario.toml in this folder was changed after the run: what is told here follows from it as it is now, "
            "and the means of the run from what it was."
        )
    elif not replayed.same:
        versions = replayed.result.versions.items()
        made = ", ".join(f"{name} {version}" for name, version in versions if name != "stream")
        said.append(
            "This machine or these versions do not draw and solve to the last bit as the run did: the draw may differ "
            f"from the run's (versions of the run: {made})."
        )
    return said


def _plain(value: float) -> str:
    """Return a value with three significant digits."""
    return f"{value:.3g}".replace("-", "−")
