"""At which belief does Russia stop striking? One number per type and stance, in closed form."""

from __future__ import annotations

from dataclasses import dataclass

from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, STANCES
from sim.games.game import SignallingGame


@dataclass(frozen=True)
class BreakEven:
    """When one type of Russia strikes after one stance.

    Attributes
    ----------
    belief : float or None
        Probability that France is resolute at which strike and hold are worth the same; None if there is none.
    strikes : {"below", "above", "never", "always"}
        At which beliefs it strikes: below or above that one, at none, or at all.
    """

    belief: float | None
    strikes: str


def break_even(game: SignallingGame) -> dict[str, dict[str, BreakEven]]:
    """Return the break-even beliefs of a single crisis.

    With a gain G from striking a bluffing France and a gain -L from striking a resolute one, both against holding,
    G (1 - μ) - L μ vanishes at μ = G / (G + L).

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> from sim.crisis.payoffs import crisis_game
    >>> sure = {f"signal.commit.{name}": 1.0 for name in ("deployment", "pinpoint")} | {"signal.commit.ambiguity": 0.0}
    >>> costs = {"france.fight_cost.resolute": 0.0, "france.fight_cost.bluffing": 9.0, "russia.retaliation_cost": 9.0}
    >>> crisis = {parameter.name: 0.5 for parameter in PARAMETERS} | sure | costs
    >>> break_even(crisis_game(crisis))["commit"]["cautious"]  # G = 0.75 + 0.5 and L = 4.75 - 0.25 - 0.5
    BreakEven(belief=0.23809523809523808, strikes='below')
    """
    hold, strike = (ACTIONS.index(action) for action in ("hold", "strike"))
    gain = game.receiver[:, :, :, strike] - game.receiver[:, :, :, hold]  # (k, t, m)
    return {
        stance: {kind: _break_even(*gain[k, :, m].tolist()) for k, kind in enumerate(RECEIVER_TYPES)}
        for m, stance in enumerate(STANCES)
        if game.available[m, strike]
    }


def _break_even(bluffing: float, resolute: float) -> BreakEven:
    """Return where the gain from striking vanishes, given what it is against either France."""
    if max(bluffing, resolute) <= 0:
        return BreakEven(None, "never")
    if min(bluffing, resolute) > 0:
        return BreakEven(None, "always")
    return BreakEven(bluffing / (bluffing - resolute), "below" if bluffing > 0 else "above")
