"""Is what stands beside a comparison the one that its scenario gives in the other reading of the worst case?

Deliberate breaks that turned a test red: the other reading made of the scenario's own; the advice that changes compared
with itself.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache, partial

import numpy as np
import pytest
from other_scenarios import other
from some_robustness import case, real

import sim
from sim.analyses.robustness.analysis import READ_ANEW
from sim.analyses.robustness.figures import figures
from sim.analyses.robustness.regret import PAYOFF
from sim.analyses.robustness.table import answer
from sim.analyses.robustness.words import RULES, flips_elsewhere, flips_finding, regret_finding
from sim.crisis.parameters import STANCES
from sim.scenario.scenario import Scenario
from sim.telling.names import stance_label


def flipped() -> Scenario:
    """Return the bundled scenario in the other reading."""
    return replace(case(), worst_case="outcome")


@cache
def other_way() -> sim.Robustness:
    """Return the comparison of that scenario."""
    return sim.robustness(flipped(), 4096, 0)


def beside() -> sim.Robustness:
    """Return what stands beside the comparison of the bundled scenario."""
    found = real().other
    assert found is not None
    return found


def test_beside_a_comparison_stands_that_of_the_scenario_read_the_other_way_and_the_other_way_round() -> None:
    for name in READ_ANEW:
        assert getattr(beside(), name) == getattr(other_way(), name)
        assert getattr(other_way().other, name) == getattr(real(), name)
    assert (real().worst_case, beside().worst_case, beside().other) == ("type", "outcome", None)
    assert real().regret != beside().regret


def test_its_means_are_those_of_a_run_in_that_reading() -> None:
    kept = sim.run(flipped(), 4096, 0, keep_draws=True).outcomes
    assert kept is not None
    payoffs = np.stack([kept[stance][PAYOFF] for stance in STANCES])
    assert list(beside().criteria["laplace"].values.values()) == pytest.approx(payoffs.mean(axis=1).tolist(), abs=1e-12)
    best = (payoffs == payoffs.max(axis=0)).mean(axis=1)
    assert [each["best"] for each in beside().regret[PAYOFF].values()] == pytest.approx(best.tolist())


def test_the_table_says_what_each_rule_advises_in_both_and_which_change() -> None:
    table = answer(real()).tables[-1]
    assert table.columns[1:] == ("type *", "outcome")
    rows = {row[0]: row[1:] for row in table.rows}
    changed = []
    for rule, name in RULES.items():
        advice = real().criteria[rule].recommends, beside().criteria[rule].recommends
        assert rows[name] == tuple(" and ".join(map(partial(stance_label, None), each)) for each in advice)
        changed += [name] * (advice[0] != advice[1])
    assert changed
    assert f"Rules whose advice changes: {'; '.join(changed)}." in table.explanation
    assert rows["leads on average"][1].startswith(stance_label(None, beside().ranking.best))
    for finding in (regret_finding, flips_finding):
        assert f"{finding(beside())}." in table.explanation


def test_both_figures_tell_the_other_reading_in_caption_and_words() -> None:
    for figure, draw, finding in zip(
        figures(real()), (sim.figures.robustness, sim.figures.flips), (regret_finding, flips_finding), strict=True
    ):
        said = f"In the other reading Russia’s worst case is a NATO–Russia war, however unlikely. {finding(beside())}."
        assert said in figure.alt
        drawn = flips_elsewhere(real()).strip() if finding is flips_finding else said
        assert drawn in " ".join(" ".join(text.get_text().split()) for text in draw(real()).texts)


def test_the_dict_has_what_the_reading_changes_and_repeats_nothing_else() -> None:
    told = json.loads(json.dumps(real().to_dict(), allow_nan=False))
    assert tuple(told["other"]) == READ_ANEW
    alone = json.loads(json.dumps(other_way().to_dict(), allow_nan=False))
    assert all(told["other"][name] == alone[name] for name in READ_ANEW)


def test_where_nobody_can_be_struck_there_is_no_other_reading() -> None:
    found = sim.robustness(other("no target"), 64, 0)
    assert found.other is None
    assert found.to_dict()["other"] is None
    assert not any("other reading" in table.question for table in answer(found).tables)
