"""What do the courses of a crisis cost and gain, term by term? Each term is computed once, however many games share it.

The batch comes last: k receiver types, t sender types, m signals, s signals that have a target, n games. Where a stance
leaves nobody to strike at, what it lacks is zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from sim.crisis.parameters import BELIEF, RECEIVER_TYPES, SENDER_TYPES, Stances
from sim.crisis.values import TIE_TOLERANCE, Checked
from sim.games.game import Bools, Floats

WorstCase = Literal["type", "outcome"]
"""Over what a Russia that distrusts its estimate takes the worst and the best: France's types, or all endings."""

READINGS: tuple[WorstCase, ...] = get_args(WorstCase)


@dataclass(frozen=True, eq=False)
class Terms:
    """What follows from the parameters of n games, whoever is there to be struck at."""

    of: Mapping[str, Floats]
    stances: Stances
    last_move: float | None = None  # rationality of a logit choice between folding and standing; None: the better one
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
    def struck(self) -> slice | NDArray[np.intp]:
        """Where the signals that have a target stand on the m axis."""
        at = np.flatnonzero(self.stances.targets)
        return slice(at[0], at[-1] + 1) if at.size and at[-1] - at[0] + 1 == at.size else at

    @cached_property
    def belief(self) -> Floats:
        """Russia's probability of each type of France before it sees a signal, (t, n)."""
        return two_types(self[BELIEF])

    @cached_property
    def truth(self) -> Floats:
        """How often France is of each type in truth, (t, n)."""
        return two_types(self["prior.resolute"])

    @cached_property
    def russia(self) -> Floats:
        """Probability of each type of Russia, (k, n)."""
        return two_types(self["prior.opportunist"])

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

    @cached_property
    def stands(self) -> Bools:
        """Whether France does best to stand, (t, m, n): fold is compared with stand (section 3 of the model)."""
        return self.stand_cost < self.fold_cost * (1 - TIE_TOLERANCE)

    @cached_property
    def standing(self) -> Floats:
        """How often it stands, (t, m, n)."""
        if self.last_move is None:
            return self.stands.astype(float)
        return np.asarray(expit(self.last_move * (self.fold_cost - self.stand_cost)))

    @cached_property
    def war(self) -> Floats:
        """Chance of hostilities once France stands, ω, (m, n)."""
        backing = self.by_stance("ally_backing")
        return backing * self["escalation.war_if_backed"] + (1 - backing) * self["escalation.war_if_alone"]

    @cached_property
    def hit_worth(self) -> Floats:
        """What hitting somebody is worth to Russia by ordinary expectation, R, (k, t, s, n)."""
        backing, war, standing = (
            array[..., self.struck, :] for array in (self.by_stance("ally_backing"), self.war, self.standing)
        )
        at_war = self.by_type("russia.war_cost", RECEIVER_TYPES)  # W, (k, 1, n)
        clash = war * at_war + (1 - war) * self["russia.retaliation_cost"]  # (k, s, n)
        clash += backing * self["russia.backing_cost"]
        division = (1 - backing) * self["russia.division_gain"]
        worth = (1 - standing) * self["russia.humiliation_gain"] - standing * clash[:, None]
        worth += division - self["russia.attack_cost"]  # the price of the deed, folded to or not
        return worth

    @cached_property
    def extreme_endings(self) -> tuple[Floats, Floats]:
        """The worst ending of a strike, (k, 1, n), and the best, (n,), of those the model lists.

        The list stands in docs/model.md. As only z can be negative, two candidates are left for the best and three for
        the worst; that folding is the best is not among what is known.
        """
        failed, price = self["russia.failed_strike_cost"], self["russia.attack_cost"]
        backed = np.maximum(self["russia.retaliation_cost"], self.by_type("russia.war_cost", RECEIVER_TYPES))
        worst = -np.maximum(self["russia.training_harm"] + failed, backed + self["russia.backing_cost"] + price)
        return worst, np.maximum(-failed, self["russia.humiliation_gain"] + self["russia.division_gain"] - price)

    def exposed_as(self, reference: str) -> Exposure:
        """Return every stance that has a target as exposed as the reference."""
        at = self.stances.index(reference)
        rows = np.array([at if target else m for m, target in enumerate(self.stances.targets)])
        return Exposure(self, self.by_stance("deployment")[rows], self.by_stance("pinpoint")[rows])


@dataclass(frozen=True, eq=False)
class Exposure:
    """How likely trainers are there and found, (m, n), and what that makes of a strike."""

    terms: Terms
    deployment: Floats
    pinpoint: Floats

    @cached_property
    def hit(self) -> Floats:
        """Chance that a strike hits trainers, x = d λ, (m, n)."""
        return self.deployment * self.pinpoint

    @cached_property
    def strike(self) -> Floats:
        """What a strike is worth to Russia by ordinary expectation, w, (k, t, s, n)."""
        p, struck = self.terms, self.terms.struck
        hit = self.hit[struck]
        working = p["russia.training_harm"] * self.deployment[struck] * (1 - self.pinpoint[struck])
        worth = p.hit_worth * hit
        worth -= working + (1 - hit) * p["russia.failed_strike_cost"]
        return worth

    @cached_property
    def _by_type(self) -> tuple[Floats, Floats]:
        """What a strike is worth with the worst and with the best of France's types, (k, s, n)."""
        one, two = self.strike[:, 0], self.strike[:, 1]
        return np.minimum(one, two), np.maximum(one, two)

    def distrusted(self, worst_case: WorstCase) -> tuple[Floats, Floats]:
        """Return what holding, (k or 1, m, n), and striking, (k, t, s, n), are worth to a Russia that distrusts itself.

        That is w', its estimate mixed with the worst and the best case.
        """
        p = self.terms
        doubt = p.by_stance("ambiguity")  # ε, (m, n)
        pessimism = p.by_type("russia.pessimism", RECEIVER_TYPES)  # α, (k, 1, n)
        risk, (worst, best) = self.deployment[None], self._by_type
        if worst_case == "outcome":
            risk = (1 - doubt) * risk + doubt * pessimism  # trainers are there or not: -v or 0, (k, m, n)
            worst, best = p.extreme_endings
        doubt = doubt[p.struck]
        extreme = doubt * (pessimism * worst + (1 - pessimism) * best)
        strike = (1 - doubt) * self.strike
        strike += extreme[:, None]
        return -(p["russia.training_harm"] * risk), strike


def as_stated(parameters: Mapping[str, Floats], stances: Stances, last_move: float | None = None) -> Exposure:
    """Return every stance with its own exposure, by parameters that passed the check: kept with them if they can be."""
    key = stances, last_move
    if isinstance(parameters, Checked) and key in parameters.kept:
        kept: Exposure = parameters.kept[key]
        return kept
    # A circle of references would keep a run's arrays until the collector comes by: what is kept knows no keeper.
    terms = Terms(dict(parameters), stances, last_move)
    exposure = Exposure(terms, terms.by_stance("deployment"), terms.by_stance("pinpoint"))
    if isinstance(parameters, Checked):
        parameters.kept[key] = exposure
    return exposure


def two_types(second: Floats) -> Floats:
    """Return the probabilities of two types, (2, n), given that of the second."""
    return np.stack([1 - second, second])
