"""Which numbers describe the crisis? Those of both sides, and the same few of every stance that a scenario lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Literal

STANCES = ("rule_out", "ambiguous", "commit")  # France's signals where a scenario lists no others, on the m axis
ACTIONS = ("hold", "strike")  # Russia's, on the a axis
SENDER_TYPES = ("bluffing", "resolute")  # France's, on the t axis
RECEIVER_TYPES = ("cautious", "opportunist")  # Russia's, on the k axis
MOST_STANCES = 4  # stances that a scenario can list at most; the fewest are two
MOST_VOICES = 32  # slants that a scenario can have at most

Kind = Literal["probability", "weight", "cost", "value"]
"""probability and weight lie in [0, 1]; cost (and gain) is at least 0; value may have any sign."""


@dataclass(frozen=True)
class Parameter:
    """One number of the model."""

    name: str  # in scenario files, in code and on plots
    symbol: str  # in the equations
    kind: Kind
    meaning: str  # one line for tables and help
    default: float | None = None  # value when a scenario gives none; None if a scenario must
    follows: str | None = None  # parameter whose value this one takes where none is given
    dimension: int = -1  # place in the stream of draws, which no other parameter has in any scenario

    @property
    def low(self) -> float:
        """Smallest value allowed."""
        return float("-inf") if self.kind == "value" else 0.0

    @property
    def high(self) -> float:
        """Largest value allowed."""
        return 1.0 if self.kind in ("probability", "weight") else float("inf")


def _worth(stance: str) -> tuple[Parameter, ...]:
    """Return what every stance has, whether or not there is anybody to be hit."""
    return (
        Parameter(f"signal.{stance}.stance_value", "g", "value", "what the stance itself is worth to France"),
        Parameter(f"signal.{stance}.isolation", "i", "cost", "what allied disapproval costs France at once"),
    )


def _target(stance: str) -> tuple[Parameter, ...]:
    """Return what a stance has besides where trainers may be in the country: only then can anybody be hit."""
    sure = {"rule_out": 0.0, "commit": 1.0}.get(stance)
    return (
        Parameter(f"signal.{stance}.deployment", "d", "probability", f"trainers are in Ukraine under {stance}", sure),
        Parameter(f"signal.{stance}.pinpoint", "λ", "probability", "a strike finds the trainers, if they are there"),
        Parameter(f"signal.{stance}.ally_backing", "β", "probability", "key allies back France after a hit"),
        Parameter(f"signal.{stance}.audience_cost", "A", "cost", "extra cost to France of folding after the stance"),
        Parameter(f"signal.{stance}.ambiguity", "ε", "weight", "how little Russia trusts its own estimate"),
    )


def _stance(stance: str) -> tuple[Parameter, ...]:
    """Return all parameters of a stance in the order of the draws."""
    target = _target(stance)
    return (*target[:3], *_worth(stance), *target[3:])


_FIRST: tuple[Parameter, ...] = (
    Parameter("prior.resolute", "π", "probability", "France is resolute"),
    Parameter("prior.opportunist", "κ", "probability", "Russia is the opportunist"),
    *_worth("rule_out"),
    *_stance("ambiguous"),
    *_stance("commit"),
    Parameter("france.training_value", "b", "value", "value to France of trainers at work"),
    Parameter("france.humiliation", "H", "cost", "cost to France of folding, before audience costs: its unit", 1.0),
    Parameter("france.fight_cost.resolute", "F₁", "cost", "cost to a resolute France of standing in a limited clash"),
    Parameter("france.fight_cost.bluffing", "F₀", "cost", "cost to a bluffing France of standing in a limited clash"),
    Parameter("france.war_cost.resolute", "W₁", "cost", "cost of NATO–Russia hostilities to a resolute France"),
    Parameter("russia.training_harm", "v", "cost", "cost to Russia of trainers at work"),
    Parameter("russia.failed_strike_cost", "z", "value", "cost to Russia of a strike that finds nobody; may be a gain"),
    Parameter("russia.humiliation_gain", "h", "cost", "gain to Russia if France folds: its unit", 1.0),
    Parameter("russia.division_gain", "D", "cost", "gain to Russia if the allies do not back France after a hit"),
    Parameter("russia.retaliation_cost", "r", "cost", "cost to Russia of a limited clash"),
    Parameter("russia.war_cost.cautious", "W_c", "cost", "cost of NATO–Russia hostilities to a cautious Russia"),
    Parameter("russia.war_cost.opportunist", "W_o", "cost", "cost of NATO–Russia hostilities to an opportunist Russia"),
    Parameter("russia.pessimism.cautious", "α_c", "weight", "weight a cautious Russia puts on the worst case"),
    Parameter("russia.pessimism.opportunist", "α_o", "weight", "weight an opportunist Russia puts on the worst case"),
    Parameter("escalation.war_if_alone", "ω_a", "probability", "war, if France stands and the allies stay out"),
    Parameter("escalation.war_if_backed", "ω_b", "probability", "war, if France stands and the allies back it"),
    Parameter("escalation.nuclear_if_war", "ν", "probability", "nuclear use, if there is war"),
    Parameter(
        "france.war_cost.bluffing",
        "W₀",
        "cost",
        "cost of NATO–Russia hostilities to a bluffing France",
        follows="france.war_cost.resolute",
    ),
    Parameter("france.backing_relief", "ρ", "weight", "share of the cost of standing that backing takes off", 0.0),
    Parameter(
        "russia.attack_cost", "c", "cost", "cost to Russia of hitting soldiers of an ally, folded to or not", 0.0
    ),
    Parameter("russia.backing_cost", "e", "cost", "what a clash with a backed France costs Russia on top", 0.0),
    Parameter(
        "belief.resolute", "μ₀", "probability", "Russia's belief that France is resolute", follows="prior.resolute"
    ),
    *_target("rule_out"),
)
"""The parameters of the three stances, in the order of the draws. Behind them begin those of other stances: one more
here would move all these, and every voice. New ones stand in `_LATER`."""

_LATER: tuple[Parameter, ...] = ()
"""Parameters that came later, of no stance: drawn behind all stances and voices, so that nothing is drawn anew."""

_OWN_STANCE = len(_stance("commit"))

VOICE_DIMENSION = len(_FIRST) + MOST_STANCES * _OWN_STANCE
"""Place of the first voice in the stream of draws, behind the parameters of all stances that a scenario can have."""

LATER_DIMENSION = VOICE_DIMENSION + MOST_VOICES
"""Place of the first of the later parameters, behind all voices."""

LATER = tuple(replace(each, dimension=LATER_DIMENSION + number) for number, each in enumerate(_LATER))
"""The later parameters in their places."""


@cache
def all_parameters(names: tuple[str, ...] = STANCES) -> tuple[Parameter, ...]:
    """Return every parameter that a scenario with these stances can have, needed or not, in the order of the draws."""
    own = [parameter for name in names if name not in STANCES for parameter in _stance(name)]
    return *(replace(parameter, dimension=place) for place, parameter in enumerate((*_FIRST, *own))), *LATER


@dataclass(frozen=True)
class Stances:
    """Which stances France can take, and which of them leave Russia somebody to strike at."""

    names: tuple[str, ...] = STANCES  # two to four, in the order of the game's m axis, which breaks ties
    targets: tuple[bool, ...] = (False, True, True)  # whether trainers may be there: else Russia can only hold

    @property
    def struck(self) -> tuple[str, ...]:
        """Stances with a target."""
        return tuple(name for name, target in zip(self.names, self.targets, strict=True) if target)

    def index(self, stance: str) -> int:
        """Return the place of a stance on the m axis, or say which there are."""
        if stance not in self.names:
            raise ValueError(f"stance must be one of {', '.join(self.names)}; it is {stance!r}")
        return self.names.index(stance)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the game needs, in the order of the draws, without the belief, which may be left to follow the prior."""
        return tuple(each for each in _asked(self) if each.name != BELIEF)

    @property
    def by_name(self) -> dict[str, Parameter]:
        """All that may be given, the belief too, by name."""
        return {each.name: each for each in _asked(self)}


@cache
def _asked(stances: Stances) -> tuple[Parameter, ...]:
    """Return the parameters of the stances that there are, of those without a target only what they are worth."""
    groups = zip(stances.names, stances.targets, strict=True)
    stated = {each.name for name, target in groups for each in (_stance(name) if target else _worth(name))}
    return tuple(
        each for each in all_parameters(stances.names) if each.name in stated or not each.name.startswith("signal.")
    )


BELIEF = "belief.resolute"  # the one parameter that may be left out without having a value of its own
BASELINE = Stances()  # the three stances, nobody being there after the first

PARAMETERS: tuple[Parameter, ...] = BASELINE.parameters
"""What the three stances need, in the order of the draws."""

PARAMETER_BY_NAME: dict[str, Parameter] = {parameter.name: parameter for parameter in all_parameters()}
"""All that scenarios with the three stances can give, by name."""

_LABELS = {
    "prior.resolute": "chance that France is resolute",
    "prior.opportunist": "chance that Russia is the opportunist",
    "belief.resolute": "Russia's belief that France is resolute",
    "france.training_value": "what the trainers are worth to France",
    "france.humiliation": "what folding costs France",
    "france.fight_cost.resolute": "what a limited clash costs a resolute France",
    "france.fight_cost.bluffing": "what a limited clash costs a bluffing France",
    "france.war_cost": "what war costs France",
    "france.war_cost.resolute": "what war costs a resolute France",
    "france.war_cost.bluffing": "what war costs a bluffing France",
    "france.backing_relief": "share of its cost that backing takes off France",
    "russia.training_harm": "what the trainers cost Russia",
    "russia.failed_strike_cost": "what a strike that finds nobody costs Russia",
    "russia.attack_cost": "what hitting them costs Russia",
    "russia.humiliation_gain": "what it is worth to Russia that France folds",
    "russia.division_gain": "what absent allies are worth to Russia",
    "russia.retaliation_cost": "what a limited clash costs Russia",
    "russia.backing_cost": "what a clash with a backed France adds",
    "russia.war_cost.cautious": "what war costs a cautious Russia",
    "russia.war_cost.opportunist": "what war costs an opportunist Russia",
    "russia.pessimism.cautious": "how far a cautious Russia expects the worst",
    "russia.pessimism.opportunist": "how far an opportunist Russia expects the worst",
    "escalation.war_if_alone": "chance of war if France stands alone",
    "escalation.war_if_backed": "chance of war if France stands backed",
    "escalation.nuclear_if_war": "chance of nuclear use once there is war",
    "deployment": "chance that trainers are there",
    "pinpoint": "chance that a strike finds them",
    "ally_backing": "chance that allies back France",
    "stance_value": "what the stance itself is worth",
    "isolation": "what allied displeasure costs",
    "audience_cost": "what folding costs on top",
    "ambiguity": "how little Russia trusts its estimate",
}
"""What each number is, in words short enough for a table or a figure; of a stance, by the last part of its name."""


_REST = "rest of "  # before a voice: what those who follow it have of their own


def label(name: str, stances: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return what a parameter is, in a few plain words; `stances` says what stances are called, if not by their names.

    >>> label("russia.attack_cost"), label("signal.quiet.pinpoint", {"quiet": "go in quietly"})
    ('what hitting them costs Russia', 'chance that a strike finds them (go in quietly)')
    >>> label("voice.author"), label("rest of voice.author")
    ('the slant of author', 'what the slant of author leaves open')
    >>> label("prior.resolute + france.war_cost")
    'chance that France is resolute + what war costs France'
    """
    if " + " in name:
        return " + ".join(label(each, stances) for each in name.split(" + "))
    if name.startswith(_REST):
        return f"what {label(name.removeprefix(_REST))} leaves open"
    head, *between = name.split(".")
    last = between.pop() if between else head
    if head == "voice":
        return f"the slant of {last}"
    if head != "signal":
        return _LABELS.get(name, name)
    stance = between[0]
    return f"{_LABELS.get(last, last)} ({stances.get(stance, stance)})"


def in_sentence(named: str) -> str:
    """Return what a parameter is, as `label` has it, with the article that it needs within a sentence.

    >>> in_sentence("chance that France is resolute"), in_sentence("what folding costs France")
    ('the chance that France is resolute', 'what folding costs France')
    """
    return f"the {named}" if named.startswith(("chance", "share")) else named
