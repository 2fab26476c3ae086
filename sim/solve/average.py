"""Does one set of values point where the average does? Strikes under each stance, in a quick run of few draws."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import Any

from sim.crisis.ladder import doctrine
from sim.crisis.payoffs import crisis
from sim.draws.blocks import blocks, parameter_values, together, uniforms
from sim.draws.tally import Tally
from sim.games.game import Floats
from sim.montecarlo.encounter import Values
from sim.scenario.scenario import Scenario
from sim.telling.english import listed
from sim.telling.numbers import half_width
from sim.telling.vocabulary import under

DRAWS = 4_096  # a tenth of a second, and an error of about one crisis of 100


_SAME = 1e-9  # difference of two chances below which they are the same


def on_average(scenario: Scenario) -> dict[str, Any]:
    """Return how often Russia strikes under each stance with a target, on average, and by how much more than others."""
    stances = scenario.stances
    pairs = list(combinations(stances.struck, 2))
    tally = Tally((), (), (*stances.struck, *map(" - ".join, pairs)))
    listed = blocks(DRAWS)
    scored = zip(listed, uniforms(scenario.seed, listed, scenario.dimensions), strict=True)
    for block, _, strikes in together(scored, partial(_strikes, scenario)):
        tally.add(
            block.replicate, strikes | {f"{one} - {other}": strikes[one] - strikes[other] for one, other in pairs}
        )
    told = {each: {"mean": tally.mean(each), "se": tally.standard_error(each)} for each in tally.names}
    return {
        "draws": tally.draws,
        "seed": scenario.seed,
        "strike": {stance: told[stance] for stance in stances.struck},
        "difference": [{"of": one, "from": other} | told[f"{one} - {other}"] for one, other in pairs],
    }


def _strikes(scenario: Scenario, scores: Floats) -> Values:
    """Return how likely Russia is to strike at draws, under each stance with a target that France is held to."""
    stances = scenario.stances
    game, chances = crisis(parameter_values(scenario, scores), worst_case=scenario.worst_case, stances=stances)
    return {each: doctrine(game, chances, each, stances)[0].outcomes["strike"] for each in stances.struck}


def opposed(solved: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pairs of stances whose order at the point is not the one on average: "of" is struck more at the point.

    It is not, if on average "of" is struck less, or no more than the error of the difference can tell.
    """
    found = []
    for pair in solved["on_average"]["difference"]:
        at_point = _strike(solved, pair["of"]) - _strike(solved, pair["from"])
        sign = 1 if at_point > 0 else -1
        if abs(at_point) > _SAME and sign * pair["mean"] <= half_width(pair["se"]):
            ends = ("of", "from") if sign > 0 else ("from", "of")
            found.append({"of": pair[ends[0]], "from": pair[ends[1]], "mean": sign * pair["mean"], "se": pair["se"]})
    return found


def said_of_average(solved: dict[str, Any]) -> str:
    """Return whether stances that differ at the point do so on average too, in one sentence."""
    told = solved["on_average"]
    over, counted = f"on average over {told['draws']:,} draws", told["strike"]
    if found := sorted(opposed(solved), key=lambda pair: float(pair["mean"])):
        most = found[0]
        turned = most["mean"] < -half_width(most["se"])
        how = "it is the other way round" if turned else "as often, as far as they can tell"
        shares = " against ".join(f"{100 * counted[most[end]]['mean']:.0f}" for end in ("of", "from"))
        apart = _minus(f"{100 * most['mean']:+.1f} ± {100 * half_width(most['se']):.1f}")
        return (
            f"Mind: here Russia strikes more {under(most['of'])} than {under(most['from']).replace('France', 'it')}; "
            f"{over} {how}: {shares} of 100 crises, a difference of {apart}"
        )
    shares = listed([f"{100 * each['mean']:.0f} ({stance})" for stance, each in counted.items()])
    if silent(solved):
        return f"Here Russia strikes as often under {listed(list(counted))}; {over} in {shares} of 100 crises"
    return f"No two stances change places {over}: Russia then strikes in {shares} of 100 crises"


def silent(solved: dict[str, Any]) -> bool:
    """Whether at the point Russia strikes as often under every stance with a target."""
    strikes = [_strike(solved, stance) for stance in solved["struck"]]
    return max(strikes, default=0.0) - min(strikes, default=0.0) <= _SAME


def _strike(solved: dict[str, Any], stance: str) -> float:
    """Return how likely a strike is at the point if France is held to a stance."""
    return float(solved["doctrine"][stance]["outcomes"]["strike"])


def _minus(text: str) -> str:
    """Return a number with a real minus sign."""
    return text.replace("-", "−")
