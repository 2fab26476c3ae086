"""What is each course of the crisis worth to France and to Russia? Parameters become a signalling game.

The batch comes last here: k receiver types, t sender types, m signals, n games. After a stance without a target nobody
is in the country: what it lacks is zero, and so every chance of being hit is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeVar, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from sim.crisis.parameters import ACTIONS, BASELINE, BELIEF, RECEIVER_TYPES, SENDER_TYPES, Stances
from sim.crisis.values import TIE_TOLERANCE, parameter_values
from sim.games.game import Bools, Floats, SignallingGame

Scalar = TypeVar("Scalar", bound=np.generic)

WorstCase = Literal["type", "outcome"]
"""Over what a Russia that distrusts its estimate takes the worst and the best: France's types, or all endings."""

READINGS: tuple[WorstCase, ...] = get_args(WorstCase)


@dataclass(frozen=True, eq=False)
class Chances:
    """What happens between a strike and its end, by stance, and how often France is resolute in truth."""

    hit: Floats  # (..., m): a strike hits trainers, x = d λ; 0 without a target
    war: Floats  # (..., m): NATO–Russia hostilities once France stands, ω
    backing: Floats  # (..., m): key allies back France after a hit, β; 0 without a target
    nuclear: Floats  # (...): nuclear use given war, ν
    stands: Bools  # (..., t, m): whether France does best to stand once its soldiers are hit
    standing: Floats  # (..., t, m): that it stands: 0 or 1 as `stands` has it, or by logit choice
    resolute: Floats  # (...): how often France is resolute in truth, π; the game's prior is what Russia believes

    def flat(self) -> Chances:
        """Return the same chances with one batch axis, (n, ...)."""
        batch = self.nuclear.ndim
        return Chances(**{name: array.reshape(-1, *array.shape[batch:]) for name, array in vars(self).items()})

    def after(self, signal: int) -> Chances:
        """Return the same chances after one signal alone, m = 1."""
        own = {name: getattr(self, name)[..., signal, None] for name in ("hit", "war", "backing", "stands", "standing")}
        return replace(self, **own)

    @property
    def frequency(self) -> Floats:
        """How often France is of each type in truth, (..., t)."""
        return np.stack([1 - self.resolute, self.resolute], axis=-1)


@dataclass(frozen=True, eq=False)
class _Values:
    """The parameters of n games, and the stances whose they are."""

    of: dict[str, Floats]
    stances: Stances
    stacked: dict[str, Floats] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Floats:
        return self.of[name]

    def by_stance(self, name: str) -> Floats:
        """Stack a parameter of the stances, (m, n), once; 0 where a stance has none."""
        if name not in self.stacked:
            zero = np.zeros_like(self.of["prior.resolute"])
            self.stacked[name] = np.stack([self.of.get(f"signal.{s}.{name}", zero) for s in self.stances.names])
        return self.stacked[name]

    def by_type(self, name: str, types: tuple[str, ...]) -> Floats:
        """Stack a parameter of a player's types so that it stands beside the stances, (types, 1, n)."""
        return np.stack([self.of[f"{name}.{kind}"] for kind in types])[:, None]

    @cached_property
    def fold_cost(self) -> Floats:
        """What folding costs France, H + A, (m, n)."""
        return self["france.humiliation"] + self.by_stance("audience_cost")

    @cached_property
    def stand_cost(self) -> Floats:
        """What standing is expected to cost each type of France, (t, m, n).

        That is β (1 − ρ) [ω_b W + (1 − ω_b) F] + (1 − β) [ω_a W + (1 − ω_a) F]: backing takes a share off whatever
        follows, and France learns whether it is backed only after it has chosen.
        """
        limited, at_war = (self.by_type(f"france.{cost}", SENDER_TYPES) for cost in ("fight_cost", "war_cost"))
        alone, backed = (
            chance * at_war + (1 - chance) * limited
            for chance in (self["escalation.war_if_alone"], self["escalation.war_if_backed"])
        )
        backing = self.by_stance("ally_backing")
        return backing * ((1 - self["france.backing_relief"]) * backed) + (1 - backing) * alone


def crisis_game(
    parameters: Mapping[str, ArrayLike],
    *,
    worst_case: WorstCase = "type",
    stances: Stances = BASELINE,
    last_move: float | None = None,
) -> SignallingGame:
    """Return the crisis as a signalling game, a batch of them where parameters are vectors.

    France's response to a hit is solved by backward induction (a tie is a fold) and Russia's distrust of its own
    estimate by the neo-additive transform of [1]_, so that the game is one of ordinary expected utility.

    Parameters
    ----------
    parameters : mapping of str to float or array_like of shape (n,)
        Values by the names in `stances.parameters`; those with a default may be left out, and so may Russia's belief
        that France is resolute, which then is the prior itself.
    worst_case : {"type", "outcome"}
        Whether the worst and the best case of a strike are taken over France's types (both of them, also where one
        has probability 0) or over the fixed list of endings; in the second reading holding is uncertain too.
    stances : Stances
        Which stances there are, and which of them leave Russia a target; by default the three of the baseline.
    last_move : float, optional
        Rationality of a logit choice between folding and standing; by default France takes the better of the two.

    Returns
    -------
    SignallingGame
        Types t (bluffing, resolute), receiver types k (cautious, opportunist), signals m (the stances), actions a
        (hold, strike; only hold without a target); the prior is Russia's belief. `sender` has shape (..., t, m, a),
        `receiver` (..., k, t, m, a); the batch shape is () if every value is a scalar, else (n,).

    Raises
    ------
    ValueError
        If a name is unknown or missing, a value is out of bounds, or `worst_case` is not one of the two.

    References
    ----------
    .. [1] Chateauneuf, Eichberger and Grant (2007), "Choice under uncertainty with the best and worst in mind:
       Neo-additive capacities", Journal of Economic Theory 137, 538–567.

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> crisis = {parameter.name: 0.5 for parameter in PARAMETERS}
    >>> game = crisis_game(crisis | {"prior.resolute": [0.2, 0.4]})
    >>> game.batch_shape, game.receiver.shape, game.prior[1].tolist()
    ((2,), (2, 2, 2, 3, 2), [0.6, 0.4])
    """
    return crisis(parameters, worst_case=worst_case, stances=stances, last_move=last_move)[0]


def chances(
    parameters: Mapping[str, ArrayLike], *, stances: Stances = BASELINE, last_move: float | None = None
) -> Chances:
    """Return what happens between a strike and its end."""
    given, batch = parameter_values(parameters, stances)
    return _public(_chances(_Values(given, stances), last_move), batch)


def crisis(
    parameters: Mapping[str, ArrayLike],
    *,
    worst_case: WorstCase = "type",
    stances: Stances = BASELINE,
    last_move: float | None = None,
) -> tuple[SignallingGame, Chances]:
    """Return the game of `crisis_game` and the chances together, for one check of the parameters."""
    (game,), after = crises(parameters, (worst_case,), stances=stances, last_move=last_move)
    return game, after


def crises(
    parameters: Mapping[str, ArrayLike],
    readings: Sequence[WorstCase] = READINGS,
    *,
    stances: Stances = BASELINE,
    last_move: float | None = None,
) -> tuple[list[SignallingGame], Chances]:
    """Return the game in each of some readings of the worst case, and the chances, which they share."""
    for reading in readings:
        if reading not in READINGS:
            raise ValueError(f"worst_case must be one of {', '.join(READINGS)}; it is {reading!r}")
    given, batch = parameter_values(parameters, stances)
    p = _Values(given, stances)
    after = _chances(p, last_move)
    first, *others = (_batch_first(_receiver(p, after, reading), batch) for reading in readings)
    game = SignallingGame(
        prior=_batch_first(_two_types(p[BELIEF]), batch),
        sender=_batch_first(_sender(p, after, exact=last_move is None), batch),
        receiver=first,
        receiver_prior=_batch_first(_two_types(p["prior.opportunist"]), batch),
        available=np.array([[True, target] for target in stances.targets]),  # (m, a)
    )
    return [game, *map(game.with_receiver, others)], _public(after, batch)


def _two_types(second: Floats) -> Floats:
    """Return the probabilities of two types, (2, n), given that of the second."""
    return np.stack([1 - second, second])


def _public(after: Chances, batch: tuple[int, ...]) -> Chances:
    """Return the same chances with the batch axis first."""
    return Chances(**{name: _batch_first(array, batch) for name, array in vars(after).items()})


def _chances(p: _Values, last_move: float | None) -> Chances:
    """Return the chances with the batch last; France compares fold with stand (section 3 of the model)."""
    backing = p.by_stance("ally_backing")
    fold, stand = p.fold_cost, p.stand_cost
    stands = stand < fold * (1 - TIE_TOLERANCE)
    return Chances(
        hit=p.by_stance("deployment") * p.by_stance("pinpoint"),
        war=backing * p["escalation.war_if_backed"] + (1 - backing) * p["escalation.war_if_alone"],  # ω, (m, n)
        backing=backing.copy(),
        nuclear=p["escalation.nuclear_if_war"].copy(),  # the others are no views of what was given either
        stands=stands,
        standing=stands.astype(float) if last_move is None else expit(last_move * (fold - stand)),
        resolute=p["prior.resolute"].copy(),
    )


def _sender(p: _Values, after: Chances, *, exact: bool) -> Floats:
    """Return France's payoffs u, (t, m, a, n)."""
    stance = p.by_stance("stance_value") - p.by_stance("isolation")
    training = p["france.training_value"] * p.by_stance("deployment")
    fold, stand = p.fold_cost, p.stand_cost
    hit = np.minimum(fold, stand) if exact else after.standing * stand + (1 - after.standing) * fold
    payoff = np.empty((len(SENDER_TYPES), len(stance), len(ACTIONS), *after.nuclear.shape))
    payoff[:, :, 0] = stance + training
    payoff[:, :, 1] = stance + training * (1 - p.by_stance("pinpoint")) - after.hit * hit
    return payoff


def _receiver(p: _Values, after: Chances, worst_case: WorstCase) -> Floats:
    """Return Russia's payoffs w', (k, t, m, a, n), distrust of its own estimate included."""
    doubt = p.by_stance("ambiguity")  # ε, (m, n)
    pessimism = p.by_type("russia.pessimism", RECEIVER_TYPES)  # α, (k, 1, n)
    strike = _strike(p, after)
    risk = p.by_stance("deployment")[None]  # (1, m, n)
    worst, best = strike.min(axis=1), strike.max(axis=1)  # over France's types, (k, m, n)
    if worst_case == "outcome":
        risk = (1 - doubt) * risk + doubt * pessimism  # trainers are there or not: -v or 0, (k, m, n)
        worst, best = _extreme_endings(p)
    extreme = doubt * (pessimism * worst + (1 - pessimism) * best)
    payoff = np.empty((*strike.shape[:3], len(ACTIONS), *after.nuclear.shape))
    payoff[:, :, :, 0] = -(p["russia.training_harm"] * risk)[:, None]
    np.multiply(1 - doubt, strike, out=payoff[:, :, :, 1])
    payoff[:, :, :, 1] += extreme[:, None]
    return payoff


def _strike(p: _Values, after: Chances) -> Floats:
    """Return what a strike is worth to Russia by ordinary expectation, w, (k, t, m, n)."""
    at_war = p.by_type("russia.war_cost", RECEIVER_TYPES)  # W, (k, 1, n)
    clash = after.war * at_war + (1 - after.war) * p["russia.retaliation_cost"]  # (k, m, n)
    clash += after.backing * p["russia.backing_cost"]
    division = (1 - after.backing) * p["russia.division_gain"]
    working = p["russia.training_harm"] * p.by_stance("deployment") * (1 - p.by_stance("pinpoint"))
    folded = p["russia.humiliation_gain"]
    value = (1 - after.standing) * folded - after.standing * clash[:, None]
    value += division - p["russia.attack_cost"]  # R, (k, t, m, n): the price of the deed, folded to or not
    value *= after.hit
    value -= working + (1 - after.hit) * p["russia.failed_strike_cost"]
    return value


def _extreme_endings(p: _Values) -> tuple[Floats, Floats]:
    """Return the worst ending of a strike, (k, 1, n), and the best, (n,), of those the model lists.

    The list stands in docs/model.md. As only z can be negative, two candidates are left for the best and three for
    the worst; that folding is the best is not among what is known.
    """
    failed, price = p["russia.failed_strike_cost"], p["russia.attack_cost"]
    backed = np.maximum(p["russia.retaliation_cost"], p.by_type("russia.war_cost", RECEIVER_TYPES))
    worst = -np.maximum(p["russia.training_harm"] + failed, backed + p["russia.backing_cost"] + price)
    return worst, np.maximum(-failed, p["russia.humiliation_gain"] + p["russia.division_gain"] - price)


def _batch_first(array: NDArray[Scalar], batch: tuple[int, ...]) -> NDArray[Scalar]:
    """Move the batch from the last axis to the first, and drop it where every parameter is a scalar: a view."""
    return np.moveaxis(array, -1, 0).reshape((*batch, *array.shape[:-1]))
