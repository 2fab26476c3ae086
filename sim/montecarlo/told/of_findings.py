"""How are the surprising, the rare and the uncertain told of a run? Titles, captions and texts of four figures."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.crisis.ladder import OUTCOMES
from sim.montecarlo.beside import EXPOSURES
from sim.montecarlo.result import Result
from sim.telling.english import listed, upper
from sim.telling.numbers import base_of, counts, frequency
from sim.telling.vocabulary import EVENTS, WORST


def promising(result: Result) -> str:
    """Return the stance that is a promise: commit, or the last one that leaves Russia a target."""
    if not result.struck:
        raise ValueError("result must have a stance that leaves Russia a target; it has none")
    return "commit" if "commit" in result.struck else result.struck[-1]


def promised(result: Result) -> dict[str, tuple[float, str]]:
    """Return strikes at the promise, imposed and chosen, and what each row is called."""
    stance = promising(result)
    chosen = result.equilibrium["by_signal"][stance]["strike"]
    if chosen is None:
        raise ValueError(f"France must choose {stance} in some draw to be compared; it never does")
    rows = {"imposed": (float(result.doctrine[stance]["strike"]["mean"]), "imposed, in all draws")}
    where = result.equilibrium["imposed_where_sent"][stance] if "imposed_where_sent" in result.equilibrium else None
    if where is not None:
        rows["imposed where chosen"] = float(where), "imposed, in the draws in which France chooses it"
    return rows | {"chosen": (float(chosen), "chosen, knowing its own nerve")}


def promise_finding(result: Result) -> str:
    """Return how often Russia strikes at a stance that is imposed, and at one that is chosen."""
    rows, stance = promised(result), promising(result)
    means = [rows["imposed"][0], rows["chosen"][0]]
    base = base_of(means)
    imposed, chosen = counts(means, base)
    return (
        f"Russia strikes in {imposed} of {base:,} crises if {stance} is imposed on France, in {chosen} if it chose it"
    )


def promise_caption(result: Result) -> str:
    """Return how the figure is to be read."""
    sent = frequency(float(result.equilibrium["sent"][promising(result)]))
    return (
        f"France chooses {promising(result)} in {sent} crises. A stance that is chosen tells Russia something of "
        "France’s type, and is chosen where it pays; one that is imposed does neither. Means over all draws, on the "
        "scenario’s assumptions."
    )


def promise_alt_text(result: Result) -> str:
    """Return the figure of a promise in words, for who cannot see it."""
    rows = "; ".join(f"{said} {frequency(mean)}" for mean, said in promised(result).values())
    return f"{promise_finding(result)}. Bars of strikes: {rows}. {promise_caption(result)}"


def exposed(result: Result) -> dict[str, dict[str, float]]:
    """Return strikes by stance, for each exposure and reading of the worst case, and what the row is called."""
    if len(result.struck) < 2:
        raise ValueError(f"result must have two stances with a target to be compared; it has {len(result.struck)}")
    said = dict(zip(EXPOSURES, ("as stated", "equally exposed"), strict=True))
    return {
        f"{said[exposure]}, worst case {WORST[reading].replace('NATO–Russia ', '')}": {
            stance: float(by[exposure][stance]["strike"]["mean"]) for stance in result.struck
        }
        for exposure in EXPOSURES
        for reading, by in result.readings.items()
    }


def exposure_finding(result: Result) -> str:
    """Return how often Russia strikes with trainers equally exposed, in both readings."""
    rows = list(exposed(result).values())[-len(result.readings) :]
    base = base_of(mean for means in rows for mean in means.values())
    told = [
        f"{listed(counts(list(means.values()), base))} of {base:,} if its worst case is {WORST[reading]}"
        for reading, means in zip(result.readings, rows, strict=True)
    ]
    return f"With trainers equally exposed Russia strikes in {', in '.join(told)}"


def exposure_caption(result: Result) -> str:
    """Return how the figure is to be read."""
    return (
        "France being held to each stance; means over all draws. Equally exposed: under every stance as many trainers "
        f"are there, and as easily found, as under {result.reference}. Linear scale."
    )


def exposure_alt_text(result: Result) -> str:
    """Return the figure of exposure in words, for who cannot see it."""
    rows = "; ".join(
        f"{name}: {', '.join(f'{stance} {frequency(mean)}' for stance, mean in means.items())}"
        for name, means in exposed(result).items()
    )
    return f"{exposure_finding(result)}. Dots of strikes: {rows}. {exposure_caption(result)}"


def means_of(result: Result, outcome: str) -> dict[str, float]:
    """Return the mean of an outcome under each stance with a target."""
    if outcome not in OUTCOMES:
        raise ValueError(f"outcome must be one of {', '.join(OUTCOMES)}; it is {outcome!r}")
    if not result.struck:
        raise ValueError("result must have a stance that leaves Russia a target; it has none")
    return {stance: float(result.doctrine[stance][outcome]["mean"]) for stance in result.struck}


def whole(means: Mapping[str, float], base: int) -> list[int]:
    """Return how many of so many squares are full: one at least for what ever happens, none for what never does."""
    return [max(math.floor(base * mean + 0.5), int(mean > 0)) for mean in means.values()]


def too_rare(means: Mapping[str, float], outcome: str, most: int) -> str:
    """Return why there is no array of squares."""
    largest = frequency(max(means.values()))
    return f"{EVENTS[outcome]} must come in 2 of {most:,} crises to be counted out in squares; it comes in {largest}"


def icons_finding(result: Result, outcome: str) -> str:
    """Return how often an outcome comes under each stance."""
    means = means_of(result, outcome)
    base = base_of(means.values())
    told = [f"{count} ({stance})" for stance, count in zip(means, counts(list(means.values()), base), strict=True)]
    return f"Of {base:,} crises, {listed(told)} see {EVENTS[outcome]}"


def icons_caption(result: Result, outcome: str, base: int) -> str:
    """Return how the figure is to be read."""
    del result
    return (
        f"Each square is one of {base:,} crises; full: {EVENTS[outcome]}, at least. France being held to each stance, "
        "mean over all draws: how wide they scatter, the dots show."
    )


def icons_alt_text(result: Result, outcome: str = "casualties") -> str:
    """Return the arrays of squares in words, for who cannot see them."""
    means = means_of(result, outcome)
    base = base_of(means.values())
    rows = "; ".join(f"{stance} {count}" for stance, count in zip(means, whole(means, base), strict=True))
    return f"{icons_finding(result, outcome)}. Arrays of {base:,} squares, of which are full: {rows}."


def quantiles(result: Result, stance: str, outcome: str, count: int) -> list[float]:
    """Return so many evenly spaced quantiles over draws, read off the histogram, zeros as zeros."""
    edges, shares = np.asarray(result.histograms["edges"]), np.asarray(result.histograms[stance][outcome])
    reached = np.cumsum(shares)
    asked = (np.arange(count) + 0.5) / count * reached[-1]
    inside = np.interp(asked, reached, edges)
    return [float(value) for value in np.where(asked <= reached[0], 0.0, inside)]


def dots_finding(result: Result, outcome: str) -> str:
    """Return between which ends a probability lies in 90 of 100 draws, under each stance."""
    told = []
    for stance in means_of(result, outcome):
        low, high = (frequency(float(result.doctrine[stance][outcome][end])) for end in ("q05", "q95"))
        told.append(f"from {low} to {high} ({stance})" if low != high else f"{low} ({stance})")
    return f"{upper(EVENTS[outcome])}: in 90 of 100 draws {listed(told)}"


def dots_caption(result: Result, outcome: str, count: int) -> str:
    """Return how the figure is to be read."""
    del result
    return (
        f"Each of {count} dots a stance is {100 // count} of 100 draws, that is of what the scenario finds credible; "
        f"across, how likely {EVENTS[outcome]} is in them. France being held to each stance."
    )


def dots_alt_text(result: Result, outcome: str = "strike") -> str:
    """Return the dots in words, for who cannot see them."""
    rows = []
    for stance in means_of(result, outcome):
        figures = result.doctrine[stance][outcome]
        said = ", ".join(frequency(float(figures[each])) for each in ("q05", "q25", "q50", "q75", "q95"))
        rows.append(f"{stance}: {said}")
    return (
        f"{dots_finding(result, outcome)}. Dots at the quantiles over draws; 5, 25, 50, 75 and 95 %: {'; '.join(rows)}."
    )
