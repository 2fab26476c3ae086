"""How does a round end once both sides have chosen, and what is that end worth to each of them?"""

from __future__ import annotations

from dataclasses import dataclass

from sim.play.worlds import World


@dataclass(frozen=True)
class Ending:
    """What has happened in one round; false is also what the crisis never came to."""

    present: bool
    strike: bool
    hit: bool = False
    stands: bool = False
    backed: bool = False
    war: bool = False
    nuclear: bool = False


def hits(world: World, stance: str) -> bool:
    """Whether a strike would hit trainers, as the dice fall."""
    return present(world, stance) and world.dice.found < world.of(stance, "pinpoint")


def present(world: World, stance: str) -> bool:
    """Whether trainers are in the country, as the dice fall."""
    return world.dice.present < world.of(stance, "deployment")


def ending(world: World, stance: str, *, strike: bool, stands: bool) -> Ending:
    """Return how a round ends; whether France stands matters only after a hit."""
    there, hit = present(world, stance), strike and hits(world, stance)
    if not hit:
        return Ending(there, strike)
    backed = world.dice.backed < world.of(stance, "ally_backing")
    war = stands and world.dice.war < _war_chance(world, backed=backed)
    nuclear = war and world.dice.nuclear < world.parameters["escalation.nuclear_if_war"]
    return Ending(there, strike, hit, stands, backed, war, nuclear)


def to_france(world: World, stance: str, kind: str, end: Ending) -> float:
    """Return what an ending is worth to a type of France (section 3 of the model, leaf by leaf)."""
    works = world.parameters["france.training_value"] * (end.present and not end.hit)
    value = world.of(stance, "stance_value") - world.of(stance, "isolation") + works
    return value - (_cost_of_hit(world, stance, kind, end) if end.hit else 0.0)


def to_russia(world: World, kind: str, end: Ending) -> float:
    """Return what an ending is worth to a type of Russia."""
    p = world.parameters
    value = -p["russia.training_harm"] * (end.present and not end.hit)
    if not end.hit:
        return value - p["russia.failed_strike_cost"] * end.strike
    gap = 0.0 if end.backed else p["russia.division_gain"]
    if not end.stands:
        return value + p["russia.humiliation_gain"] + gap - p["russia.attack_cost"]
    clash = p[f"russia.war_cost.{kind}"] if end.war else p["russia.retaliation_cost"]
    return value - clash - p["russia.backing_cost"] * end.backed + gap - p["russia.attack_cost"]


def costs_after_hit(world: World, stance: str, kind: str) -> tuple[float, float]:
    """Return what folding costs a type of France that is hit, and what standing does on average."""
    fold = _cost_of_hit(world, stance, kind, Ending(present=True, strike=True, hit=True))
    stand, backing = 0.0, world.of(stance, "ally_backing")
    for backed, likely in ((True, backing), (False, 1 - backing)):
        risk = _war_chance(world, backed=backed)
        for war, chance in ((True, risk), (False, 1 - risk)):
            end = Ending(present=True, strike=True, hit=True, stands=True, backed=backed, war=war)
            stand += likely * chance * _cost_of_hit(world, stance, kind, end)
    return fold, stand


def _war_chance(world: World, *, backed: bool) -> float:
    """Return how likely war is if France stands."""
    return world.parameters["escalation.war_if_backed" if backed else "escalation.war_if_alone"]


def _cost_of_hit(world: World, stance: str, kind: str, end: Ending) -> float:
    """Return what a hit costs France as it ends."""
    p = world.parameters
    if not end.stands:
        return p["france.humiliation"] + world.of(stance, "audience_cost")
    cost = p[f"france.{'war' if end.war else 'fight'}_cost.{kind}"]
    return cost * (1 - p["france.backing_relief"]) if end.backed else cost
