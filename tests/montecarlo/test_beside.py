"""Is what stands beside a headline right? Both readings, equal exposure, and draws in which a resolute France stands.

Deliberate breaks that turned these red: the reference's pinpoint taken without its deployment; the means of the
standing draws divided by all draws.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import BASELINE
from sim.crisis.payoffs import chances
from sim.crisis.terms import READINGS, WorstCase
from sim.draws.blocks import parameter_blocks
from sim.montecarlo.beside import beside, equally_exposed
from sim.montecarlo.encounter import evaluate
from sim.montecarlo.told.beside_table import hinges, last_move
from sim.montecarlo.told.table import tables
from sim.telling.numbers import percent

CENTRAL = sim.load_scenario("macron-2024")
DRAWS = 2048
EXPOSURE = ("deployment", "pinpoint")


@pytest.mark.parametrize("reading", READINGS)
def test_each_reading_is_a_run_in_that_reading(reading: WorstCase) -> None:
    both = sim.run(CENTRAL, DRAWS)
    alone = sim.run(replace(CENTRAL, worst_case=reading), DRAWS)
    assert alone.worst_case == reading
    for stance in both.struck:
        told = both.readings[reading]["as_stated"][stance]
        for outcome in OUTCOMES:
            assert told[outcome]["mean"] == pytest.approx(alone.doctrine[stance][outcome]["mean"], abs=1e-15)
            assert told[outcome]["se"] == pytest.approx(alone.doctrine[stance][outcome]["se"], abs=1e-15)
        assert told["strikes"] == pytest.approx(alone.doctrine[stance]["strikes"], abs=1e-15)


def test_the_reference_is_as_exposed_as_it_is() -> None:
    result = sim.run(CENTRAL, DRAWS)
    assert result.reference == "commit"
    for reading in READINGS:
        told = result.readings[reading]
        assert told["equal_exposure"]["commit"] == told["as_stated"]["commit"]
        assert set(told["equal_exposure"]) == {"ambiguous", "commit"}


def test_equal_exposure_is_what_a_scenario_with_the_same_numbers_gives() -> None:
    # Second route: fix both stances' exposure in the scenario itself.
    fixed = {"signal.commit.deployment": 1.0, "signal.commit.pinpoint": 0.4}
    same = CENTRAL.override(fixed | {name.replace("commit", "ambiguous"): each for name, each in fixed.items()})
    apart = CENTRAL.override(fixed | {"signal.ambiguous.deployment": 0.2, "signal.ambiguous.pinpoint": 0.9})
    one, other = sim.run(same, DRAWS), sim.run(apart, DRAWS)
    for reading in READINGS:
        assert other.readings[reading]["equal_exposure"] == one.readings[reading]["as_stated"]
        assert other.readings[reading]["as_stated"] != one.readings[reading]["as_stated"]


def test_stances_that_differ_in_exposure_alone_are_alike_at_equal_exposure() -> None:
    _, parameters = next(iter(parameter_blocks(CENTRAL, 16 * 256, 0)))
    own = {f"signal.ambiguous.{name}": parameters[f"signal.ambiguous.{name}"] for name in EXPOSURE}
    names = [name for name in parameters if name.startswith("signal.ambiguous.")]
    alike = parameters | {name: parameters[name.replace("ambiguous", "commit")] for name in names} | own
    told = beside(alike, evaluate(alike, worst_case="type", play=sim.Play()))
    for reading in READINGS:
        for outcome in OUTCOMES:
            one, other = (told[f"equal_exposure.{reading}.{stance}.{outcome}"] for stance in BASELINE.struck)
            np.testing.assert_array_equal(one, other)
    assert equally_exposed(alike, BASELINE, "ambiguous")["signal.commit.pinpoint"] is alike["signal.ambiguous.pinpoint"]


def test_the_standing_draws_are_those_in_which_a_resolute_france_stands() -> None:
    result = sim.run(CENTRAL, DRAWS, keep_draws=True)
    assert result.parameters is not None
    assert result.outcomes is not None
    stands = chances(result.parameters).stands[:, 1]
    for m, stance in ((1, "ambiguous"), (2, "commit")):
        told = result.standing[stance]
        assert told["share"] == pytest.approx(stands[:, m].mean(), abs=1e-12)
        assert told["share"] == pytest.approx(1 - result.labels[f"resolute_folds.{stance}"], abs=1e-12)
        for outcome in OUTCOMES:
            mean = result.outcomes[stance][outcome][stands[:, m]].mean()
            assert told[outcome] == pytest.approx(mean, abs=1e-12)


def test_where_nobody_stands_there_is_no_figure_and_a_warning() -> None:
    result = sim.run(CENTRAL.override({"france.fight_cost.resolute": 1e6}), 64)
    assert result.standing["commit"]["share"] == 0
    assert result.standing["commit"]["strike"] is None
    assert any("even a resolute France would fold after a hit under commit" in note for note in result.notes)


def test_both_last_moves_stand_beside_each_other() -> None:
    exact = sim.run(CENTRAL, 256, play=sim.Play("quantal"))
    logit = sim.run(CENTRAL, 256, play=sim.Play("quantal", last_move="logit"))
    assert exact.equilibrium["last_move"] == logit.equilibrium["last_move"]
    for move, result in (("exact", exact), ("logit", logit)):
        for outcome in OUTCOMES:
            told = result.equilibrium["last_move"][move][outcome]
            assert told == pytest.approx(result.equilibrium["selected"][outcome]["mean"], abs=1e-12)
    assert exact.equilibrium["last_move"]["exact"]["war"] != exact.equilibrium["last_move"]["logit"]["war"]
    beside_it = sim.run(CENTRAL, 256).equilibrium
    assert beside_it["by_refinement"]["quantal"] == beside_it["last_move"]["exact"]


def test_a_france_with_much_at_stake_makes_the_last_moves_one() -> None:
    proud = CENTRAL.override({"france.humiliation": 1e5})
    moves = sim.run(proud, 64, play=sim.Play("quantal", rationality=3)).equilibrium["last_move"]
    for outcome in OUTCOMES:
        assert moves["exact"][outcome] == pytest.approx(moves["logit"][outcome], abs=1e-9)


def test_the_tables_show_what_stands_beside_the_headline() -> None:
    result = sim.run(CENTRAL, 256, play=sim.Play("quantal"))
    readings, moves = hinges(result), last_move(result)
    assert readings.rows[0][1].split("\n")[0] == percent(
        result.readings["type"]["as_stated"]["ambiguous"]["strike"]["mean"]
    )
    assert readings.rows[3][-1].split("\n")[1] == (
        f"{percent(result.readings['outcome']['equal_exposure']['commit']['casualties']['mean'])} hit"
    )
    assert [row[1] for row in moves.rows] == [percent(result.equilibrium["last_move"]["exact"][o]) for o in OUTCOMES]
    assert {readings.question, moves.question} <= {each.question for each in tables(result)}
