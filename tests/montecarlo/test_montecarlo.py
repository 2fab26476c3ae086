"""The main job: a scenario in, probabilities of escalation out.

Deliberate break: summing a chunk's blocks before adding them to the total changes bits and fails
`test_results_do_not_depend_on_the_size_of_chunks`; a sign in the doctrines' payoffs fails the dice.
"""

import numpy as np
import pytest
from some_results import run_of

from sim.crisis.ladder import OUTCOMES, equilibrium_ladder
from sim.crisis.ladder import doctrine as doctrine_ladder
from sim.crisis.parameters import RECEIVER_TYPES, STANCES
from sim.crisis.payoffs import crisis
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import FAMILIES
from sim.montecarlo.paths import paths
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, load_scenario

RUNGS = ("strike", "casualties", "retaliation", "war", "nuclear")
DICE = {"casualties": "hit", "retaliation": "stands"}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("macron-2024")


def test_results_do_not_depend_on_the_size_of_chunks(scenario: Scenario, small_blocks: None) -> None:
    draws = 2**14  # four blocks a replicate: sums of two do not tell how they were added up
    whole = run(scenario, draws).to_dict()
    for chunk in (5, 32):
        assert run(scenario, draws, chunk=chunk).to_dict() == whole


def test_seed_zero_works_and_differs_from_seed_one(scenario: Scenario) -> None:
    zero, again, one = (run(scenario, 1024, seed).to_dict() for seed in (0, 0, 1))
    assert zero["seed"] == 0
    assert zero == again
    assert zero["doctrine"] != one["doctrine"]


@pytest.mark.parametrize("doctrine", ["ambiguous", "commit", None])
def test_means_agree_with_plain_dice_on_many_crises(scenario: Scenario, doctrine: str | None) -> None:
    crises = 2**16
    story = paths(scenario, doctrine=doctrine, crises=crises, seed=4)
    result = run_of(2**16)
    figures = result.doctrine[doctrine] if doctrine else result.equilibrium["selected"]
    for outcome in OUTCOMES:
        share, exact = story[DICE.get(outcome, outcome)].mean(), figures[outcome]["mean"]
        error = np.hypot(np.sqrt(exact * (1 - exact) / crises), figures[outcome]["se"])
        assert abs(share - exact) < 4 * error, outcome


def test_the_ladder_never_rises_from_rung_to_rung(scenario: Scenario) -> None:
    result = run(scenario, 4096, keep_draws=True)
    assert result.outcomes is not None
    for play in (*STANCES, "selected"):
        rungs = np.stack([result.outcomes[play][rung] for rung in RUNGS])
        assert np.all(np.diff(rungs, axis=0) <= 1e-15)
        assert rungs.min() >= 0
        assert rungs.max() <= 1 + 1e-12


def test_rule_out_is_zero_on_every_rung_and_says_why(scenario: Scenario) -> None:
    result = run(scenario, 256)
    assert all(result.doctrine["rule_out"][outcome]["mean"] == 0 for outcome in OUTCOMES)
    assert "zero by construction" in result.notes[0]


def test_kept_draws_are_those_that_were_summed(scenario: Scenario) -> None:
    result = run(scenario, 4096, keep_draws=True)
    assert result.outcomes is not None
    assert result.parameters is not None
    war = result.outcomes["commit"]["war"]
    figures = result.doctrine["commit"]["war"]
    assert war.mean() == pytest.approx(figures["mean"], abs=1e-15)
    assert war.reshape(16, -1).mean(axis=1).std(ddof=1) / 4 == pytest.approx(figures["se"], rel=1e-9)
    assert np.quantile(war, 0.95, method="inverted_cdf") == pytest.approx(figures["q95"], rel=2e-3)
    assert len(result.parameters["prior.resolute"]) == 4096


def test_equilibrium_figures_fit_together(scenario: Scenario) -> None:
    play = run(scenario, 4096).equilibrium
    assert sum(play["sent"].values()) == pytest.approx(1)
    assert sum(play["families"].values()) == pytest.approx(1)
    for outcome in OUTCOMES:
        low, high = play["range"][outcome]
        assert low - 1e-15 <= play["selected"][outcome]["mean"] <= high + 1e-15
        by_signal = sum(play["by_signal"][stance][outcome] * play["sent"][stance] for stance in STANCES)
        assert by_signal == pytest.approx(play["selected"][outcome]["mean"])


def test_shares_and_ranges_are_those_of_each_draw_solved_again(scenario: Scenario) -> None:
    result = run(scenario, 1024, keep_draws=True)
    assert result.parameters is not None
    game, after = crisis(result.parameters)
    for stance in STANCES:
        _, strikes = doctrine_ladder(game, after, stance)
        shares = dict(zip(RECEIVER_TYPES, strikes.mean(axis=0).tolist(), strict=True))
        assert result.doctrine[stance]["strikes"] == pytest.approx(shares)
    equilibria = perfect_bayesian(game)
    every = equilibrium_ladder(game, after, equilibria)
    own = [np.flatnonzero(equilibria.game == n) for n in range(1024)]
    played = [rows[np.argmax(every.france_payoff[rows].round(12))] for rows in own]
    for outcome in OUTCOMES:
        ends = [[end(every.outcomes[outcome][rows]) for rows in own] for end in (np.min, np.max)]
        assert result.equilibrium["range"][outcome] == pytest.approx([np.mean(end) for end in ends], abs=1e-14)
    families = {family: np.mean(equilibria.family[played] == family) for family in FAMILIES}
    assert result.equilibrium["families"] == pytest.approx(families)
    assert result.equilibrium["equilibria_per_draw"] == pytest.approx(len(equilibria) / 1024)


def test_a_scenario_without_uncertainty_has_no_error_and_no_range(scenario: Scenario) -> None:
    result = run(scenario.override(scenario.medians()), 64)
    for row in result.table():
        assert row["se"] == pytest.approx(0, abs=1e-15)
        assert row["q05"] == pytest.approx(row["q95"])


def test_draws_are_rounded_up_and_the_notes_say_so(scenario: Scenario) -> None:
    result = run(scenario, 1000)
    assert result.draws == 1024
    assert any("rounded up from 1000 to 1024" in note for note in result.notes)


def test_progress_is_told_after_every_chunk(scenario: Scenario) -> None:
    told: list[tuple[int, int]] = []
    run(scenario, 64, chunk=1, progress=lambda done, total, _: told.append((done, total)))
    assert told == [(done, 64) for done in range(4, 65, 4)]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"draws": 0}, "draws must lie in"),
        ({"seed": -1}, "seed must be at least 0; it is -1"),
        ({"chunk": 0}, "chunk must be at least 1; it is 0"),
    ],
)
def test_numbers_out_of_bounds_are_refused(scenario: Scenario, wrong: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run(scenario, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"doctrine": "bluff"}, "doctrine must be one of rule_out"), ({"crises": 0}, "crises must be at least 1")],
)
def test_stories_of_nothing_are_refused(scenario: Scenario, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        paths(scenario, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("draws", [16.5, "16", 1000.0])
def test_a_number_of_draws_that_is_not_whole_is_refused(scenario: Scenario, draws: object) -> None:
    with pytest.raises(TypeError, match=r"draws must be a whole number; it is"):
        run(scenario, draws)  # type: ignore[arg-type]


def test_whole_numbers_of_numpy_are_whole_numbers(scenario: Scenario) -> None:
    assert run(scenario, np.int64(64), np.int64(3)).to_dict() == run(scenario, 64, 3).to_dict()  # type: ignore[arg-type]
