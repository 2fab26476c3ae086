"""How is told what stands beside a headline? What it hangs on, and a France that errs in its last move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.crisis.ladder import OUTCOMES
from sim.montecarlo.result import Result
from sim.telling.answer import NONE, Table
from sim.telling.numbers import frequency, percent
from sim.telling.vocabulary import WORST

_TOLD = ("strike", "casualties")
_WORST = {"type": "worst case: a resolute France", "outcome": "worst case: war"}
_EXPOSURES = {"as_stated": "as stated", "equal_exposure": "equally exposed"}
_MOVES = {"exact": "takes the better", "logit": "errs there too"}
_NOTHING = 1e-9  # a share of draws that rounding leaves


def hinges(result: Result) -> Table:
    """Return strikes and hits in both readings, at equal exposure, and apart by whether a resolute France stands."""
    rows: list[tuple[str, ...]] = []
    for exposure, said in _EXPOSURES.items():
        for reading, worst in _WORST.items():
            found = result.readings[reading][exposure]
            mark = " (headline)" if (exposure, reading) == ("as_stated", result.worst_case) else ""
            cells = (_struck(*(found[stance][rung]["mean"] for rung in _TOLD)) for stance in result.struck)
            rows.append((f"{said}{mark}\n{worst}", *cells))
    for kept, yes, no in (
        (result.standing, "a resolute France\nstands", "a resolute France\nfolds"),
        (result.empty_site, "an empty site is\nworth a strike", "an empty site is\nnot"),
    ):
        rows.append((yes, *(_within(kept[stance]) for stance in result.struck)))
        rows.append((no, *(_without(result, kept[stance], stance) for stance in result.struck)))
    return Table(
        "What does that hang on?",
        "Strikes, and hits on French soldiers below them, with France held to the stance. Russia's worst case is "
        f"{WORST['type']} or {WORST['outcome']}; equally exposed, every stance has the deployment and the "
        f"pinpoint of {result.reference}. Last, draws in which a resolute France stands after a hit, as its name says, "
        "and those in which even it folds; and draws in which a strike that finds nobody is worth its cost to Russia: "
        "there it strikes at the site, whoever is in it.",
        ("", *result.struck),
        rows,
        "hinges",
    )


def _struck(strike: float, hit: float) -> str:
    """Return strikes and hits."""
    return f"{percent(strike)}\n{percent(hit)} hit"


def _within(kept: Mapping[str, Any]) -> str:
    """Return strikes and hits in a part of the draws, and how large it is."""
    return f"{_struck(*(kept[rung] for rung in _TOLD))}\nin {frequency(kept['share'])}" if kept["share"] else NONE


def _without(result: Result, kept: Mapping[str, Any], stance: str) -> str:
    """Return strikes and hits in all other draws: what that part leaves of the means."""
    if (share := 1 - kept["share"]) < _NOTHING:
        return NONE
    means = (result.doctrine[stance][rung]["mean"] - kept["share"] * (kept[rung] or 0.0) for rung in _TOLD)
    return f"{_struck(*(min(max(mean / share, 0.0), 1.0) for mean in means))}\nin {frequency(share)}"


def of_few(result: Result) -> str:
    """Return how rational players are in the quantal play that stands beside the rest, and from which draws it is."""
    moves = result.equilibrium["last_move"].values()
    failed, draws = max(each["failed_share"] for each in moves), next(iter(moves))["draws"]
    unfinished = f", not solved in {percent(failed)} of them" if failed else ""
    return f"rationality Λ = {result.rationality:g}, from {draws:,} of the draws{unfinished}."


def last_move(result: Result) -> Table:
    """Return what a France that errs when it folds or stands changes in quantal play."""
    moves = result.equilibrium["last_move"]
    heads = (f"{said}\n(headline)" if move == result.last_move else said for move, said in _MOVES.items())
    return Table(
        "What if France errs once it is hit?",
        "Means where France chooses: once its soldiers are hit it takes the better of folding and standing, or it errs "
        f"there as all others do. Logit quantal response with {of_few(result)}",
        ("at least …", *heads),
        [(outcome, *(percent(moves[move][outcome]) for move in _MOVES)) for outcome in OUTCOMES],
    )
