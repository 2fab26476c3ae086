"""Does the engine of the page say of a scenario's draws what Python says?

Doctrines, the play that is selected, every rung; strikes that hit also draw by draw, where dots are drawn.

Deliberate breaks that turned these tests red: a tie of folding and standing taken as standing; backing without its
relief; folding taken for the best ending; holding without risk in the second reading; what types send counted by the
belief; war taken for certain; payoffs far apart not refused; two costs that are drawn as one not parted where one is
set; the stance of equal exposure not checked.
"""

from __future__ import annotations

import numpy as np
import pytest
from degenerate_scenarios import degenerate as at_the_rims
from other_scenarios import DEGENERATE, TEXTS, degenerate, other
from page_draws import by_engine, by_python, carry, carry_columns, figures, gaps, parameters_of
from page_engine import evaluated
from py_mini_racer import JSEvalException

from sim.crisis.parameters import STANCES, Stances, all_parameters
from sim.crisis.play import RULES, Play
from sim.crisis.terms import READINGS, WorstCase
from sim.games.refinements import REFINEMENTS
from sim.page.draws import carried
from sim.scenario.file.key_paths import ONE_LINE
from sim.scenario.scenario import Scenario, load_scenario

SCENARIOS = ("macron-2024", "author-slant", "columnist", "heisbourg", "misperceived", "one-voice")
DRAWS = 128
FEW = 32

RIMS = ("zeros", "halves", "ones", "certain prior", "always struck", "types alike", "nobody there")
PLAYS = [*(Play(select=rule) for rule in RULES), *(Play(refinement=refinement) for refinement in REFINEMENTS[1:])]


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_figure_of_a_bundled_scenario_agrees_to_a_billionth(name: str, reading: WorstCase) -> None:
    scenario = load_scenario(name)
    carry(scenario, DRAWS)
    assert gaps(by_python(scenario, DRAWS, reading), by_engine(reading)) == []
    equal = by_python(scenario, DRAWS, reading, equal=True)
    assert gaps(equal, by_engine(reading, equal=scenario.reference)) == []


@pytest.mark.parametrize("play", PLAYS, ids=lambda play: f"{play.refinement}, {play.select}")
def test_every_rule_and_refinement_selects_what_python_selects(play: Play) -> None:
    scenario = load_scenario("macron-2024")
    carry(scenario, DRAWS)
    found = by_engine("type", play=play)
    assert gaps(by_python(scenario, DRAWS, "type", play=play), found) == []
    assert found["equilibrium"]["equilibria_per_draw"] > 1


@pytest.mark.parametrize("name", TEXTS)
def test_scenarios_with_other_stances_agree(name: str) -> None:
    scenario = other(name)
    carry(scenario, FEW)
    assert gaps(by_python(scenario, FEW, scenario.worst_case), by_engine(scenario.worst_case)) == []


@pytest.mark.parametrize(
    "scenario",
    [*(at_the_rims()[name] for name in RIMS), *(degenerate(name) for name in DEGENERATE if name != "near one")],
    ids=[*RIMS, *(f"about {name}" for name in DEGENERATE if name != "near one")],
)
def test_scenarios_at_the_rims_agree_and_are_flagged_alike(scenario: Scenario) -> None:
    carry(scenario, 16)
    assert gaps(by_python(scenario, 16, "type"), by_engine("type")) == []


STANCES_OF = {
    "two": Stances(("ambiguous", "commit"), (True, True)),
    "three": Stances(),
    "four": Stances(("quiet", "rule_out", "commit", "ambiguous"), (True, True, True, True)),
    "denied": Stances(("commit", "rule_out", "quiet", "ambiguous"), (True, False, False, True)),
}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", STANCES_OF)
def test_crises_at_random_agree_in_every_figure(name: str, reading: WorstCase) -> None:
    stances, chance = STANCES_OF[name], np.random.default_rng(len(name))
    parameters = {
        each.name: chance.uniform(-1 if each.low < 0 else 0, 1 if each.high == 1 else 3, size=200)
        for each in stances.by_name.values()
    }
    carry_columns(parameters, stances)
    assert gaps(figures(parameters, stances, reading), by_engine(reading)) == []


@pytest.mark.parametrize("reading", READINGS)
def test_crises_of_halves_agree_in_doctrines_payoffs_and_flags(reading: WorstCase) -> None:
    stances, chance = Stances(), np.random.default_rng(5)
    parameters = {
        each.name: chance.integers(-1 if each.low < 0 else 0, 3, size=16) / 2 for each in stances.by_name.values()
    }
    parameters["belief.resolute"] = parameters["prior.resolute"]  # what is best beforehand then has one payoff
    carry_columns(parameters, stances)
    expected, found = figures(parameters, stances, reading), by_engine(reading)
    assert gaps(expected["doctrine"], found["doctrine"]) == []
    own, other = expected["equilibrium"], found["equilibrium"]
    assert own["degenerate_share"] == other["degenerate_share"] > 0.1
    assert other["selected"]["france_payoff"] == pytest.approx(own["selected"]["france_payoff"], abs=1e-9)


def test_payoffs_too_far_apart_are_refused_by_both() -> None:
    carry(degenerate("near one"), 16)
    with pytest.raises(ValueError, match="their differences would count as ties"):
        by_python(degenerate("near one"), 16, "type")
    with pytest.raises(JSEvalException, match="their differences would count as ties"):
        by_engine("type")


SAME = ("france.humiliation", "france.fight_cost.resolute", "france.fight_cost.bluffing", "france.war_cost")
AS_FOLDING = {f"signal.{stance}.audience_cost": 0.0 for stance in ("rule_out", "ambiguous", "commit")}
"""Where those cost the same and these nothing, France is indifferent, and folds."""

SETTINGS: list[dict[str, float]] = [
    {"prior.resolute": 0.5},
    {"prior.resolute": 1.0, "belief.resolute": 0.4},
    {"belief.resolute": 0.0},
    {"prior.opportunist": 1.0},
    {"signal.ambiguous.deployment": 0.0},
    {"signal.ambiguous.pinpoint": 0.0, "russia.failed_strike_cost": -0.2},
    {"france.war_cost": 8.0},
    {"france.war_cost.resolute": 3.0},
    {"france.war_cost.bluffing": 3.0},
    dict.fromkeys(SAME, 1.0) | {"france.backing_relief": 0.0} | AS_FOLDING,
    {"russia.failed_strike_cost": -5.0},
    {"france.training_value": -1.0, "signal.rule_out.stance_value": 2.0},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: next(iter(settings)))
@pytest.mark.parametrize("name", ["struck", "one line"])
def test_what_is_set_by_hand_gives_what_the_command_gives(name: str, settings: dict[str, float]) -> None:
    scenario = other(name)
    carry(scenario, FEW)
    text = "{" + ", ".join(f"{key!r}: {value}" for key, value in settings.items()) + "}"
    for reading in READINGS:
        found = by_engine(reading, draws=f"engine.withSettings(draws, {text})")
        assert gaps(by_python(scenario.override(settings), FEW, reading), found) == []


def test_a_denial_that_gets_a_target_by_hand_draws_what_its_scenario_states_of_it() -> None:
    closed = other("struck").override({"signal.rule_out.deployment": 0.0})
    assert closed.stances.targets == (False, True, True)
    carry(closed, FEW)
    found = by_engine("type", draws="engine.withSettings(draws, {'signal.rule_out.deployment': 0.4})")
    assert gaps(by_python(closed.override({"signal.rule_out.deployment": 0.4}), FEW, "type"), found) == []
    carry(load_scenario("macron-2024"), 16)
    with pytest.raises(JSEvalException, match=r"signal\.rule_out\.pinpoint is missing"):
        by_engine("type", draws="engine.withSettings(draws, {'signal.rule_out.deployment': 0.4})")


def test_the_draws_survive_the_journey_to_the_last_bit() -> None:
    scenario = load_scenario("macron-2024")
    carry(scenario, 16)
    own = "Object.entries(draws.values).map(([name, value]) => [name, typeof value === 'number' ? value : [...value]])"
    plain = evaluated(f"Object.fromEntries({own})")
    for name, values in parameters_of(scenario, 16).items():
        if name in plain:
            assert plain[name] == (values.tolist() if isinstance(plain[name], list) else values[0])
    assert {name for name, value in plain.items() if isinstance(value, float | int)} >= {"france.humiliation"}


def test_the_engine_knows_every_parameter_with_its_default() -> None:
    names = evaluated("[$names.SHARED, $names.OF_STANCE, $names.DEFAULTS, $names.FOLLOWS, $names.ONE_LINE]")
    shared, of_stance, defaults, follows, one_line = names
    own = all_parameters()
    listed = {*shared, *(f"signal.{stance}.{each}" for stance in STANCES for each in of_stance)}
    assert listed == {parameter.name for parameter in own}
    assert defaults == {parameter.name: parameter.default for parameter in own if parameter.default is not None}
    assert follows == {parameter.name: parameter.follows for parameter in own if parameter.follows}
    assert {name: tuple(both) for name, both in one_line.items()} == ONE_LINE


def test_a_page_carries_less_than_a_megabyte() -> None:
    told = carried(other("four"))
    assert told["count"] == 2048
    assert sum(len(str(column)) for column in told["values"].values()) < 1_200_000


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ("engine.withSettings(draws, {'prior.resolut': 1})", "no parameter is named prior.resolut"),
        ("engine.solveDraws(draws, {worstCase: 'worst'})", "worstCase must be type or outcome; it is worst"),
        ("engine.solveDraws(draws, {equalExposure: 'rule_out'})", "must be a stance with a target; it is rule_out"),
        ("engine.solveDraws(draws, {keep: ['peace']})", "keep must name some of"),
        ("engine.solveDraws(draws, {select: 'best'})", "select must be one of"),
        ("engine.solveDraws(draws, {refinement: 'd2'})", "refinement must be one of"),
        ("engine.solveDraws({...draws, count: 5})", "must have 5 numbers; it has 16"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call: str, fault: str) -> None:
    carry(load_scenario("macron-2024"), 16)
    with pytest.raises(JSEvalException, match=fault):
        evaluated(call)
