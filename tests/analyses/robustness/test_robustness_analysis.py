"""Is a comparison of the stances what its draws say? Against kept draws and NumPy, ties, refusals, repeatability.

Deliberate break that turned tests red: the uniform scores of all parameters handed to the tilts, not those of the
parameters they are named after.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from some_robustness import case, real, sure, tied

import sim
from sim.analyses.robustness.analysis import CEILINGS
from sim.analyses.robustness.regret import BARE, PAYOFF, PAYOFFS, QUANTITIES
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import STANCES
from sim.games.game import Floats


def worth_of(run: sim.Result, stance: str, quantity: str) -> Floats:
    """Return a quantity of a stance in each kept draw."""
    assert run.outcomes is not None
    assert run.parameters is not None
    if quantity != BARE:
        return run.outcomes[stance][quantity]
    return run.outcomes[stance][PAYOFF] - run.parameters[f"signal.{stance}.stance_value"]


def test_every_figure_follows_from_the_kept_draws_of_a_run() -> None:
    run = sim.run(case(), 4096, 0, keep_draws=True)
    kept = run.outcomes
    assert kept is not None
    for quantity in QUANTITIES:
        stances = STANCES if quantity in PAYOFFS else STANCES[1:]
        sign = 1 if quantity in PAYOFFS else -1
        worth = sign * np.stack([worth_of(run, stance, quantity) for stance in stances])
        for stance, own in zip(stances, worth, strict=True):
            lost, each = worth.max(axis=0) - own, real().regret[quantity][stance]
            wins = (lost == 0) / (worth == worth.max(axis=0)).sum(axis=0)
            exact = (each["mean"], each["max"], each["best"])
            assert exact == pytest.approx((lost.mean(), lost.max(), wins.mean()), abs=1e-12)
            grid = 0.002 if quantity in PAYOFFS else 2e-4
            assert each["q95"] == pytest.approx(np.quantile(lost, 0.95, method="inverted_cdf"), abs=grid)
            parts = lost.reshape(16, -1).mean(axis=1)
            assert each["se"] == pytest.approx(parts.std(ddof=1) / 4, abs=1e-12)
        assert real().ties[quantity] == pytest.approx(((worth == worth.max(axis=0)).sum(axis=0) > 1).mean())
    payoffs = np.stack([kept[stance][PAYOFF] for stance in STANCES])
    for rule, values, grid in (
        ("laplace", payoffs.mean(axis=1), 1e-12),
        ("maximin", payoffs.min(axis=1), 0),
        ("hurwicz", (payoffs.min(axis=1) + payoffs.max(axis=1)) / 2, 1e-12),
        ("trimmed_maximin", np.quantile(payoffs, 0.01, axis=1, method="inverted_cdf"), 0.002),
        ("trimmed_minimax_regret", np.quantile(payoffs.max(axis=0) - payoffs, 0.99, axis=1), 0.02),
    ):
        found = real().criteria[rule]
        assert list(found.values.values()) == pytest.approx(values.tolist(), abs=grid)
    for each in real().ceilings:
        for stance in STANCES:
            share = (kept[stance][each["outcome"]] <= each["ceiling"]).mean()
            assert each[stance]["mean"] == pytest.approx(share)


def test_laplace_is_the_mean_of_the_run() -> None:
    run = sim.run(case(), 4096, 0)
    for stance, mean in real().criteria["laplace"].values.items():
        assert mean == pytest.approx(run.doctrine[stance][PAYOFF]["mean"], abs=1e-12)


def test_the_lead_is_the_difference_of_two_means_with_the_error_of_a_paired_comparison() -> None:
    ranking, means = real().ranking, real().criteria["laplace"].values
    assert (ranking.best, ranking.second) == ("ambiguous", "rule_out")
    assert ranking.lead == pytest.approx(means["ambiguous"] - means["rule_out"])
    kept = sim.run(case(), 4096, 0, keep_draws=True).outcomes
    assert kept is not None
    parts = (kept["ambiguous"][PAYOFF] - kept["rule_out"][PAYOFF]).reshape(16, -1).mean(axis=1)
    assert ranking.error == pytest.approx(parts.std(ddof=1) / 4)


def test_a_belief_is_shifted_by_its_own_scores() -> None:
    run = sim.run(case(), 4096, 0, keep_draws=True)
    assert run.parameters is not None
    assert run.outcomes is not None
    payoffs = [run.outcomes[stance][PAYOFF] for stance in STANCES]
    for name, mean, half in (("signal.rule_out.stance_value", -0.05, 0.25), ("france.training_value", 0.2, 0.2)):
        z = (run.parameters[name] - mean) / (half / 1.6448536269514722)  # interval = 5-95 % of a normal
        shift = next(each for each in real().ranking.shifts if each.flip.parameter == name)
        for reach, lead in zip(shift.flip.reach, shift.flip.leads, strict=True):
            weight = np.exp(reach * z)
            ruled_out, ambiguous, committed = (np.average(each, weights=weight) for each in payoffs)
            assert lead == pytest.approx(ambiguous - max(ruled_out, committed), abs=1e-3)
            assert weight.sum() ** 2 / (weight**2).sum() / run.draws >= 0.05 - 1e-3


def test_medians_and_evidence_belong_to_the_belief() -> None:
    first = next(each for each in real().ranking.shifts if each.flip.parameter == "signal.rule_out.stance_value")
    entry = case().entries[first.flip.parameter]
    assert first.flip.shift is not None
    assert first.median == pytest.approx(-0.05)
    assert first.new_median == pytest.approx(-0.05 + first.flip.shift * 0.25 / 1.6448536269514722)
    assert (first.evidence, first.assumption) == (entry.evidence, entry.assumption)
    assert first.flip.effective is not None
    assert first.flip.effective >= real().ranking.least_share


def test_only_uncertain_parameters_are_shifted() -> None:
    shifted = {each.flip.parameter for each in real().ranking.shifts}
    assert shifted == {name for name, entry in case().entries.items() if not entry.distribution.certain}
    assert sure().ranking.shifts == ()
    assert sure().ranking.told_apart


def test_correlated_parameters_are_left_alone_and_the_answer_says_what_to_do() -> None:
    scenario = replace(case(), correlation=(("prior.opportunist", "prior.resolute", 0.5),))
    result = sim.robustness(scenario, 64, 0)
    assert result.ranking.correlated == ("prior.resolute", "prior.opportunist")
    assert not {each.flip.parameter for each in result.ranking.shifts} & set(result.ranking.correlated)
    assert any("Not shifted: prior.resolute, prior.opportunist." in note for note in result.notes)
    assert any("without its pair in correlation" in note for note in result.notes)


def test_identical_stances_tie_everywhere_and_no_flip_is_sought() -> None:
    assert tied().ties["casualties"] == 1
    assert {each["max"] for each in tied().regret["war"].values()} == {0}
    assert {each["best"] for each in tied().regret["war"].values()} == {0.5}
    assert (tied().ranking.lead, tied().ranking.told_apart, tied().ranking.shifts) == (0, False, ())
    assert tied().criteria["maximin"].recommends == ("ambiguous", "commit")


def test_strips_rise_from_zero_to_at_most_the_largest_regret() -> None:
    for by in ("france_payoff", "strike"):
        for stance, strip in real(by).strips.items():
            assert len(strip) == 100
            assert strip[0] >= 0
            assert strip == sorted(strip)
            assert strip[-1] <= real(by).regret[by][stance]["max"]


def test_the_same_inputs_give_the_same_bits_and_another_seed_gives_others() -> None:
    done: list[int] = []
    first = sim.robustness(case(), 64, 0, progress=lambda now, total: done.append(now + total))
    assert first.to_dict() == sim.robustness(case(), 64, 0).to_dict()
    assert first.regret != sim.robustness(case(), 64, 1).regret
    assert done[-1] == 128


def test_the_answer_can_be_json_and_names_its_schema_first() -> None:
    answer = json.loads(json.dumps(real().to_dict(), allow_nan=False))
    assert list(answer)[:2] == ["schema", "scenario"]
    assert answer["ranking"]["shifts"][0]["parameter"] == real().ranking.shifts[0].flip.parameter
    assert answer["criteria"]["laplace"]["recommends"] == ["ambiguous"]


def test_the_table_has_a_row_for_each_stance_that_is_compared_by_a_quantity() -> None:
    rows = real().table()
    pairs = [(quantity, stance) for quantity in QUANTITIES for stance in real().regret[quantity]]
    assert [(row["quantity"], row["stance"]) for row in rows] == pairs
    for row, (quantity, stance) in zip(rows, pairs, strict=True):
        assert row == {"quantity": quantity, "stance": stance} | real().regret[quantity][stance]


def test_draws_are_rounded_up_and_settings_are_told() -> None:
    result = sim.robustness(case().override({"prior.resolute": 0.5}), 17, 0, ceilings={"nuclear": 0.0})
    assert result.draws == 32
    assert result.notes[0] == "Set by hand: prior.resolute = 0.5."
    assert result.notes[-1].startswith("Draws were rounded up from 17 to 32")
    assert [(each["outcome"], each["ceiling"]) for each in result.ceilings] == [("nuclear", 0.0)]
    assert result.ceilings[0]["rule_out"] == {"mean": 1.0, "se": 0.0}


def test_the_default_ceilings_are_of_outcomes() -> None:
    assert set(CEILINGS) <= set(OUTCOMES)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "peace"}, "by must be one of france_payoff"),
        ({"hurwicz": 1.5}, r"hurwicz must lie in \[0, 1\]; it is 1.5"),
        ({"ceilings": {"peace": 0.1}}, "ceilings must be of strike, .*; one is of 'peace'"),
        ({"ceilings": {"war": -0.1}}, r"ceilings must lie in \[0, 1\]; that of war is -0.1"),
        ({"seed": -1}, "seed must be at least 0; it is -1"),
        ({"draws": 0}, r"draws must lie in \[1, "),
    ],
)
def test_what_is_out_of_bounds_is_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sim.robustness(case(), **({"draws": 16} | arguments))  # type: ignore[arg-type]
