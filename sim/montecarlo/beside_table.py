"""How does what stands beside a headline read? Both readings at both exposures, and both last moves of quantal play."""

from __future__ import annotations

from sim.crisis.ladder import OUTCOMES
from sim.crisis.payoffs import READINGS
from sim.montecarlo.beside import EXPOSURES
from sim.montecarlo.result import Result
from sim.telling.answer import Table
from sim.telling.numbers import percent

_EXPOSED = {"as_stated": "as stated", "equal_exposure": "equally exposed"}
_SHOWN = ("strike", "casualties", "war")


def readings_table(result: Result) -> Table:
    """Return the doctrines in both readings of the worst case, as exposed as stated and equally."""
    heads = [f"{_EXPOSED[exposure]}\n{stance}" for exposure in EXPOSURES for stance in result.struck]
    rows = [
        (
            f"{outcome}\n({reading})",
            *(
                percent(result.readings[reading][exposure][stance][outcome]["mean"])
                for exposure in EXPOSURES
                for stance in result.struck
            ),
        )
        for reading in READINGS
        for outcome in _SHOWN
    ]
    return Table(
        "What does Russia doubt, and how exposed are the trainers?",
        "A Russia that distrusts its estimate doubts whom it faces (worst_case = type) or how a strike ends (outcome); "
        f"the headline takes {result.worst_case}. At equal exposure trainers are in the country and can be found as "
        f"under {result.reference}, whatever the stance, draw by draw.",
        ("at least …", *heads),
        rows,
    )


def last_move_table(result: Result) -> Table:
    """Return quantal play with either last move."""
    exact, logit = (result.equilibrium["last_move"][move] for move in ("exact", "logit"))
    return Table(
        "What if France errs when it is hit, too?",
        "Quantal play where France chooses: after a hit it takes the better of folding and standing (exact), or errs "
        f"as in all else (logit). Λ = {exact['rationality']:g}, from {exact['draws']:,} of the draws.",
        ("at least …", "exact", "logit"),
        [(outcome, percent(exact[outcome]), percent(logit[outcome])) for outcome in OUTCOMES],
    )
