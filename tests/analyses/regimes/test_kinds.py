"""Is a regime what an equilibrium is, and nothing that changes by degrees? Codes there and back, break-even beliefs.

Deliberate breaks that turned a test red: the strikes of a signal that nobody sends counted in; the gain from striking a
resolute France added, not subtracted, in the break-even belief.
"""

from __future__ import annotations

import numpy as np
import pytest
from crisis_tree import each as each_crisis
from crisis_tree import random_crises, russia_value
from hypothesis import given
from hypothesis import strategies as st

from sim.analyses.regimes.kinds import regime_codes, regime_of
from sim.analyses.regimes.regime_map import BreakEven, break_even
from sim.crisis.ladder import doctrine
from sim.crisis.parameters import PARAMETERS, RECEIVER_TYPES, SENDER_TYPES, STANCES, Stances
from sim.crisis.payoffs import crisis
from sim.crisis.terms import READINGS, WorstCase
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import FAMILIES, Equilibria

BY_HAND: dict[str, float] = {
    "prior.resolute": 0.3,
    "prior.opportunist": 0.25,
    "signal.rule_out.stance_value": -0.2,
    "signal.rule_out.isolation": 0.0,
    **dict(
        zip((f"signal.ambiguous.{n}" for n in ("deployment", "pinpoint", "ally_backing")), (0.5, 0.2, 0.2), strict=True)
    ),
    **dict(zip((f"signal.ambiguous.{n}" for n in ("stance_value", "isolation")), (0.1, 0.1), strict=True)),
    **dict(zip((f"signal.ambiguous.{n}" for n in ("audience_cost", "ambiguity")), (0.0, 0.5), strict=True)),
    **dict(
        zip((f"signal.commit.{n}" for n in ("deployment", "pinpoint", "ally_backing")), (1.0, 0.5, 0.2), strict=True)
    ),
    **dict(zip((f"signal.commit.{n}" for n in ("stance_value", "isolation")), (0.2, 0.2), strict=True)),
    **dict(zip((f"signal.commit.{n}" for n in ("audience_cost", "ambiguity")), (0.5, 0.0), strict=True)),
    "france.training_value": 0.2,
    "france.fight_cost.resolute": 0.2,
    "france.fight_cost.bluffing": 2.0,
    "france.war_cost.resolute": 10.0,
    "russia.training_harm": 0.1,
    "russia.failed_strike_cost": 0.05,
    "russia.division_gain": 0.5,
    "russia.retaliation_cost": 1.0,
    "russia.war_cost.cautious": 50.0,
    "russia.war_cost.opportunist": 5.0,
    "russia.pessimism.cautious": 0.5,
    "russia.pessimism.opportunist": 0.5,
    "escalation.war_if_alone": 0.05,
    "escalation.war_if_backed": 0.1,
    "escalation.nuclear_if_war": 0.1,
}
"""The example of docs/model.md, section 9."""

STRATEGIES = st.sampled_from([(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.5, 0.5, 0.0), (0.0, 0.3, 0.7)])


def test_the_example_of_the_manual_has_the_two_regimes_it_says() -> None:
    game, _ = crisis(BY_HAND)
    found = perfect_bayesian(game)
    assert [regime_of(code).name for code in regime_codes(game, found).tolist()] == [
        "pooling: bluffing ambiguous, resolute ambiguous; after ambiguous opportunist",
        "semi_separating: bluffing ambiguous/commit, resolute commit; after ambiguous opportunist, "
        "after commit opportunist sometimes",
    ]


def test_the_example_of_the_manual_has_the_break_even_beliefs_it_says() -> None:
    found = break_even(crisis(BY_HAND)[0])
    assert found["ambiguous"]["cautious"] == BreakEven(None, "never")
    for stance, kind, belief in (
        ("ambiguous", "opportunist", 0.049 / 0.112),
        ("commit", "cautious", 0.725 / 2.47),
        ("commit", "opportunist", 0.725 / 1.12),
    ):
        assert found[stance][kind].belief == pytest.approx(belief)
        assert found[stance][kind].strikes == "below"


@given(st.integers(0, 2**32 - 1))
def test_a_doctrine_strikes_where_the_break_even_belief_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    point = {parameter.name: rng.random() for parameter in PARAMETERS}
    point |= {
        "france.fight_cost.bluffing": 2.0,
        "france.war_cost.resolute": 2 * rng.random(),
        "russia.retaliation_cost": 3.0,
    }
    game, chances = crisis(point)
    prior = point["prior.resolute"]
    for stance, by in break_even(game).items():
        strikes = doctrine(game, chances, stance)[1][0]
        for kind, struck in zip(RECEIVER_TYPES, strikes.tolist(), strict=True):
            each = by[kind]
            said = {"never": False, "always": True}.get(each.strikes)
            if each.belief is not None:
                assert 0 <= each.belief <= 1
                if abs(prior - each.belief) < 1e-9:
                    continue
                said = prior < each.belief if each.strikes == "below" else prior > each.belief
            assert struck == said


@given(
    STRATEGIES,
    STRATEGIES,
    st.lists(st.sampled_from([0.0, 0.4, 1.0]), min_size=4, max_size=4),
    st.sampled_from(FAMILIES),
)
def test_a_code_holds_all_that_a_regime_is(
    bluffing: tuple[float, ...], resolute: tuple[float, ...], chances: list[float], family: str
) -> None:
    game, _ = crisis(BY_HAND)
    strike = np.array([[0.0, *chances[:2]], [0.0, *chances[2:]]])
    rows = Equilibria(
        game=np.zeros(1, dtype=np.intp),
        family=np.array([family]),
        strategy=np.array([[bluffing, resolute]]),
        belief=np.full((1, 3, 2), 0.5),
        response=np.stack([1 - strike, strike], axis=-1)[None],
        sender_value=np.zeros((1, 2)),
        degenerate=np.zeros(1, dtype=bool),
    )
    regime = regime_of(int(regime_codes(game, rows)[0]))
    assert regime.family == family
    for sends, strategy in zip(regime.sends, (bluffing, resolute), strict=True):
        assert sends == tuple(stance for stance, share in zip(STANCES, strategy, strict=True) if share)
    levels = {0.0: "never", 0.4: "sometimes", 1.0: "always"}
    for k in range(2):
        said = [levels[share] if STANCES[m] in regime.sent else "never" for m, share in enumerate(strike[k].tolist())]
        assert list(regime.strikes[k]) == said


FOUR = Stances(("rule_out", "quiet", "ambiguous", "commit"), (True, True, True, True))
TWO = Stances(("loud", "quiet"), (True, False))


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("stances", [FOUR, TWO])
def test_at_its_break_even_belief_a_russia_on_the_tree_is_indifferent(stances: Stances, reading: WorstCase) -> None:
    tried = 0
    for p in each_crisis(random_crises(60, seed=0, stances=stances)):
        p |= {f"{name}.bluffing": 9.0 for name in ("france.fight_cost", "france.war_cost")} | {
            f"{name}.resolute": 0.0 for name in ("france.fight_cost", "france.war_cost")
        }
        p["russia.attack_cost"] = 0.0
        game, _ = crisis(p, worst_case=reading, stances=stances)
        found = break_even(game, stances)
        assert tuple(found) == stances.struck
        for stance, by in found.items():
            for kind, each in by.items():
                low, at, high = (
                    russia_value(p, stance, kind, "strike", belief=mu, worst_case=reading, struck=stances.struck)
                    - russia_value(p, stance, kind, "hold", belief=mu, worst_case=reading, struck=stances.struck)
                    for mu in (0.0, 0.5 if each.belief is None else each.belief, 1.0)
                )
                if each.belief is None:
                    assert (min(low, high) > 0) if each.strikes == "always" else (max(low, high) <= 1e-12)
                    continue
                assert at == pytest.approx(0, abs=1e-9)
                assert (low > high) == (each.strikes == "below")
                tried += 1
    assert tried > 10, "too few of these games have a belief at which a strike breaks even"


@pytest.mark.parametrize("stances", [FOUR, TWO])
def test_a_regime_of_other_stances_says_what_the_equilibrium_does(stances: Stances) -> None:
    game, chances = crisis(random_crises(200, seed=1, stances=stances, belief=True), stances=stances)
    rows = perfect_bayesian(game)
    codes = regime_codes(game, rows, chances.flat().frequency).tolist()
    kinds = set()
    for row, regime in enumerate(regime_of(code, stances) for code in codes):
        sent = [
            [name for m, name in enumerate(stances.names) if rows.strategy[row, t, m] > 1e-9]
            for t in range(len(SENDER_TYPES))
        ]
        assert [list(each) for each in regime.sends] == sent
        assert regime.sent == tuple(name for name in stances.names if name in sent[0] + sent[1])
        for k, m in np.ndindex(2, len(stances.names)):
            chance = rows.response[row, k, m, 1] if stances.names[m] in regime.sent else 0.0
            level = "never" if chance < 1e-9 else "always" if chance > 1 - 1e-9 else "sometimes"
            assert regime.strikes[k][m] == level
            assert stances.targets[m] or level == "never"
        kinds.add(regime.name)
    assert len(kinds) > 5


def test_a_type_counts_by_how_often_it_occurs_and_not_by_what_russia_believes() -> None:
    game, chances = crisis(BY_HAND | {"prior.resolute": 0.5, "belief.resolute": 0.0})
    codes = regime_codes(game, perfect_bayesian(game), chances.flat().frequency)
    assert all(len(regime_of(code).sends[1]) == 1 for code in codes.tolist())


def test_types_of_probability_0_do_not_count() -> None:
    point = BY_HAND | {"prior.resolute": 0.0, "prior.opportunist": 0.0}
    game, _ = crisis(point)
    (code,) = set(regime_codes(game, perfect_bayesian(game)).tolist())
    regime = regime_of(code)
    assert regime.sends[1] == ()
    assert set(regime.strikes[1]) == {"never"}
    assert "resolute" not in regime.name
    assert "opportunist" not in regime.name


def test_quantal_play_is_told_by_what_is_done_most_often() -> None:
    game, _ = crisis(BY_HAND)
    rows = Equilibria(
        game=np.zeros(1, dtype=np.intp),
        family=np.array(["quantal"]),
        strategy=np.array([[[0.2, 0.5, 0.3], [0.1, 0.3, 0.6]]]),
        belief=np.full((1, 3, 2), 0.5),
        response=np.array([[[[1, 0], [0.6, 0.4], [0.9, 0.1]], [[1, 0], [0.3, 0.7], [0.8, 0.2]]]]),
        sender_value=np.zeros((1, 2)),
        degenerate=np.zeros(1, dtype=bool),
    )
    regime = regime_of(int(regime_codes(game, rows)[0]))
    assert regime.name == "quantal: bluffing ambiguous, resolute commit; after ambiguous opportunist"
    assert regime.to_dict()["strikes"] == {
        "ambiguous": {"cautious": "never", "opportunist": "always"},
        "commit": {"cautious": "never", "opportunist": "never"},
    }
