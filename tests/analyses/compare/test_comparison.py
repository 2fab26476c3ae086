"""Are scenarios compared on the same draws, and is the error that of the paired differences?

Deliberate breaks that turned a test red: the second scenario drawn with another seed; the two errors added in
squares in place of the paired one; the quantile taken from the side above 0 alone; below and above swapped.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import product
from math import hypot, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenario_texts import OWN_STANCES, written

import sim
from sim.analyses.compare.paired import paired_differences, paired_figures, paired_tally
from sim.analyses.compare.table import answer
from sim.analyses.compare.words import comparison_finding
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import STANCES
from sim.crisis.terms import READINGS
from sim.draws.blocks import REPLICATES
from sim.montecarlo.beside import EXPOSURES
from sim.scenario.scenario import Scenario
from sim.telling.answer import NONE

DRAWS = 4096
BASE = sim.load_scenario("macron-2024")
FIRM = BASE.override({"prior.resolute": 0.6})


@pytest.fixture(scope="module")
def compared() -> sim.Comparison:
    """Return the article's case beside one with a firmer France."""
    return sim.compare([BASE, FIRM], draws=DRAWS, seed=0)


@cache
def alone(*, firm: bool, seed: int = 0) -> sim.Result:
    """Return a separate run of either of the two."""
    return sim.run(FIRM if firm else BASE, DRAWS, seed, keep_draws=True)


def kept(play: str, outcome: str, *, firm: bool, seed: int = 0) -> np.ndarray:
    """Return a quantity of every draw of a separate run."""
    outcomes = alone(firm=firm, seed=seed).outcomes
    assert outcomes is not None
    return outcomes[play][outcome]


@pytest.mark.parametrize(("play", "outcome"), [("ambiguous", "strike"), ("commit", "war"), ("equilibrium", "nuclear")])
def test_two_runs_that_keep_their_draws_give_the_same_difference(
    compared: sim.Comparison, play: str, outcome: str
) -> None:
    prefix = {"equilibrium": "selected"}.get(play, play)
    excess = kept(prefix, outcome, firm=True) - kept(prefix, outcome, firm=False)
    means = excess.reshape(REPLICATES, -1).mean(axis=1)
    found = compared.differences["macron-2024 with prior.resolute=0.6"][play][outcome]
    assert found["mean"] == pytest.approx(excess.mean(), rel=1e-9)
    assert found["se"] == pytest.approx(means.std(ddof=1) / sqrt(REPLICATES), rel=1e-9)
    assert [found["q05"], found["q95"]] == pytest.approx(np.quantile(excess, [0.05, 0.95]), rel=0.02, abs=1e-9)
    assert found["higher"] == pytest.approx((excess > 1e-15).mean())
    assert found["lower"] == pytest.approx((excess < -1e-15).mean())


def test_the_means_are_those_of_a_run(compared: sim.Comparison) -> None:
    result = alone(firm=False)
    for stance in STANCES:
        for outcome in (*OUTCOMES, "france_payoff"):
            assert compared.figures["macron-2024"][stance][outcome].items() <= result.doctrine[stance][outcome].items()
    for outcome, figures in compared.figures["macron-2024"]["equilibrium"].items():
        assert figures.items() <= result.equilibrium["selected"][outcome].items()


def test_both_readings_are_the_differences_of_runs(compared: sim.Comparison) -> None:
    one, other = (alone(firm=firm) for firm in (False, True))
    found = compared.readings[compared.labels[1]]
    for reading, exposure, stance in product(READINGS, EXPOSURES, one.struck):
        before, after = (run.readings[reading][exposure][stance]["casualties"]["mean"] for run in (one, other))
        assert found[reading][exposure][stance]["casualties"]["mean"] == pytest.approx(after - before, abs=1e-12)
    own = compared.differences[compared.labels[1]]["commit"]["strike"]
    assert found["type"]["as_stated"]["commit"]["strike"]["mean"] == pytest.approx(own["mean"], abs=1e-12)
    assert found["type"]["as_stated"]["commit"]["strike"]["se"] == pytest.approx(own["se"], abs=1e-12)


def test_scenarios_with_other_stances_are_compared_by_those_that_they_share(tmp_path: Path) -> None:
    own = sim.load_scenario(written(tmp_path, OWN_STANCES, "own.toml"))
    found = sim.compare([BASE, own], draws=256, seed=0)
    assert list(found.differences["own"]) == ["rule_out", "equilibrium"]
    assert found.stances == {"macron-2024": ["rule_out", "ambiguous", "commit"], "own": ["quiet", "loud", "rule_out"]}
    run = sim.run(own, 256, 0)
    assert found.figures["own"]["loud"]["war"]["mean"] == run.doctrine["loud"]["war"]["mean"]
    assert found.differences["own"]["rule_out"]["strike"]["mean"] == pytest.approx(
        run.doctrine["rule_out"]["strike"]["mean"], abs=1e-12
    )
    notes = " ".join(found.notes)
    assert "Under rule_out nobody can be hit in macron-2024: every rung is zero there by construction." in notes
    assert "Only own has the stance quiet" in notes
    assert "zero by construction in every scenario" not in notes
    assert "Under rule_out every rung is zero by construction in every scenario" in " ".join(
        sim.compare([BASE, FIRM], draws=16, seed=0).notes
    )
    told = answer(found)
    asked = "What does each scenario give if the sender takes the stance quiet?"
    (cells,) = [table.rows for table in told.tables if table.question == asked]
    assert all(row[1] == NONE and row[2] != NONE for row in cells)
    assert not [table for table in told.tables if "both readings" in table.question]
    assert "if France rules trainers out" in comparison_finding(found, "own")


def test_the_paired_error_is_smaller_than_that_of_two_runs(compared: sim.Comparison) -> None:
    before, after = (compared.figures[label] for label in compared.labels)
    change = compared.differences[compared.labels[1]]
    for play in ("ambiguous", "commit", "equilibrium"):
        for outcome in ("strike", "casualties", "retaliation", "war"):
            apart = hypot(before[play][outcome]["se"], after[play][outcome]["se"])
            assert change[play][outcome]["se"] < apart


def test_the_worth_of_a_common_draw_is_the_gain_in_variance(compared: sim.Comparison) -> None:
    one, other = (kept("ambiguous", "strike", firm=firm) for firm in (False, True))
    worth = compared.differences[compared.labels[1]]["ambiguous"]["strike"]["worth"]
    assert worth == pytest.approx((one.var() + other.var()) / (other - one).var(), rel=1e-6)


def test_separate_draws_would_be_worth_about_one_each() -> None:
    one, other = (kept("ambiguous", "strike", firm=firm, seed=seed) for firm, seed in ((False, 0), (True, 1)))
    assert (one.var() + other.var()) / (other - one).var() == pytest.approx(1, abs=0.25)


def test_the_same_scenario_twice_gives_exact_zeros() -> None:
    twice = sim.compare([BASE, BASE], draws=1024, seed=3)
    assert twice.labels == ["macron-2024", "macron-2024 (2)"]
    for row in twice.table():
        zeros = {key: row[key] for key in ("mean", "se", "q05", "q95", "higher", "lower")}
        assert zeros == dict.fromkeys(zeros, 0.0)
        assert (row["equal"], row["worth"]) == (1.0, None)


def test_a_parameter_of_one_stance_leaves_the_other_exactly_alone() -> None:
    found = sim.compare([BASE, BASE.override({"signal.commit.audience_cost": 2})], draws=1024, seed=0)
    change = found.differences[found.labels[1]]
    assert {change["ambiguous"][outcome]["equal"] for outcome in OUTCOMES} == {1.0}
    assert change["commit"]["strike"]["mean"] < 0


def test_setting_against_another_scenario_turns_the_sign(compared: sim.Comparison) -> None:
    turned = sim.compare([BASE, FIRM], draws=DRAWS, seed=0, against=1)
    there = compared.differences["macron-2024 with prior.resolute=0.6"]["commit"]["war"]
    back = turned.differences["macron-2024"]["commit"]["war"]
    assert back["mean"] == pytest.approx(-there["mean"])
    assert (back["higher"], back["lower"]) == (there["lower"], there["higher"])
    assert back["se"] == pytest.approx(there["se"])


def test_draws_and_seed_come_from_the_first_scenario_and_that_is_said() -> None:
    small = sim.Scenario(**vars(BASE) | {"draws": 16, "seed": 0, "name": "small"})
    found = sim.compare([small, BASE])
    assert (found.draws, found.seed) == (16, 0)
    assert found.notes[0] == "From small, for all scenarios: the number of draws and the seed."
    assert sim.compare([small, BASE], draws=16).notes[0] == "From small, for all scenarios: the seed."
    given = sim.compare([small, BASE], draws=17, seed=0).notes
    assert given[0] == "Draws were rounded up from 17 to 32, the next 16 · 2^k."
    assert not any("for all scenarios" in note for note in given)


def test_what_goes_wrong_with_play_is_said() -> None:
    tied = BASE.override({"signal.rule_out.stance_value": 0.0, "signal.rule_out.isolation": 0.0})
    same = {"deployment": 0.0, "stance_value": 0.0, "isolation": 0.0}
    tied = tied.override({f"signal.{m}.{name}": value for m in ("ambiguous", "commit") for name, value in same.items()})
    notes = " ".join(sim.compare([BASE, tied], draws=16, seed=0).notes)
    assert "In up to 100.00 % of a scenario's draws payoffs tie" in notes
    assert "refinement none, rule of selection sender_best" in notes


def test_different_worst_cases_are_compared_and_named() -> None:
    endings = sim.Scenario(**vars(BASE) | {"worst_case": "outcome", "name": "endings"})
    found = sim.compare([BASE, endings], draws=64, seed=0)
    assert any(note.endswith("(macron-2024: type, endings: outcome).") for note in found.notes)
    assert any(note.endswith("read casualties, not strikes.") for note in found.notes)
    assert {row["equal"] for row in found.table() if row["stance"] != "rule_out"} != {1.0}


def test_another_concept_of_play_changes_play_and_no_doctrine() -> None:
    quantal = sim.compare([BASE, FIRM], draws=16, seed=0, play=sim.Play("quantal"))
    strict = sim.compare([BASE, FIRM], draws=16, seed=0)
    label = strict.labels[1]
    assert quantal.differences[label]["commit"] == strict.differences[label]["commit"]
    assert quantal.differences[label]["equilibrium"] != strict.differences[label]["equilibrium"]


def test_the_dict_is_json_and_begins_as_all_do(compared: sim.Comparison) -> None:
    read = json.loads(json.dumps(compared.to_dict(), allow_nan=False))
    assert list(read)[:4] == ["schema", "scenario", "draws", "seed"]
    assert read == compared.to_dict()


@pytest.mark.parametrize(
    ("scenarios", "options", "message"),
    [
        ([BASE], {}, "scenarios must be at least two, such as .*; there are 1"),
        ([BASE, BASE], {"against": 2}, r"against must lie in \[0, 1\]; it is 2"),
        ([BASE, BASE], {"seed": -1}, "seed must be at least 0; it is -1"),
        ([BASE, BASE], {"draws": 0}, "draws must lie in"),
    ],
)
def test_wrong_arguments_are_refused(scenarios: list[Scenario], options: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sim.compare(scenarios, **options)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8))
def test_any_pairs_of_probabilities_give_what_numpy_gives(pairs: list[tuple[float, float]]) -> None:
    values = np.resize(np.array(pairs), (16 * REPLICATES, 2)).T
    tally = paired_tally(("p",), ())
    for replicate, block in enumerate(np.split(values, REPLICATES, axis=1)):
        differences = paired_differences({"p": block[0]}, {"p": block[1]}, probabilities=("p",), payoffs=())
        tally.add(replicate, differences)
    found = paired_figures(tally, "p")
    excess = values[0] - values[1]
    assert found["mean"] == pytest.approx(excess.mean(), abs=1e-11)
    ends = np.quantile(excess, [0.05, 0.95], method="inverted_cdf")
    assert [found["q05"], found["q95"]] == pytest.approx(ends, abs=2e-4)
    shares = [found[side] for side in ("higher", "lower", "equal")]
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0


def test_rounding_makes_no_difference() -> None:
    values, base = {"p": np.array([0.1 + 0.2])}, {"p": np.array([0.3])}
    found = paired_differences(values, base, probabilities=("p",), payoffs=())
    assert (found["excess.p"].item(), found["higher.p"].item()) == (0.0, 0.0)
