"""Do the textbook games have their known answers? Published where the table says so, computed otherwise.

Computed answers come from exact enumeration by hand or in rationals, and every game's are found again by brute force
over supports, which shares no code with the solver. Deliberate break that turned these tests red: the payoffs of the
receiver's second and third action swapped in Brandts and Holt's game 4.
"""

from __future__ import annotations

import numpy as np
import pytest
from bluffing_game import Deterrence, deterrence_answer, deterrence_game
from brute_force import brute_force
from hypothesis import given
from hypothesis import strategies as st
from reference_games import OnPath, mismatches, on_path
from textbook_games import TEXTBOOK

from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame

POOL, PART, SEMI, BOTH = "pooling", "separating", "semi_separating", "both_mix"

Answers = dict[str, list[tuple[str, float, float]]]

PUBLISHED: Answers = {
    "beer-quiche": [(POOL, 3, 2), (POOL, 2, 3)],  # Cho and Kreps (1987)
    "brandts-holt-1": [(POOL, 45, 30)],  # Brandts and Holt (1993): one sequential outcome
    "brandts-holt-2": [(POOL, 60, 45)],
}
"""Family and payoffs of both sender types."""

COMPUTED: Answers = {
    "beer-quiche-weak-likely": [(SEMI, 2, 1)],
    "spence": [(POOL, 1.5, 1.5), (PART, 1, 1.6), (PART, 1, 1.4), (SEMI, 1.4, 1.4), (SEMI, 1, 1.5)],
    "deterrence-quarter": [(POOL, 0, 0), (SEMI, 1, 0)],
    "deterrence-half": [(POOL, 3, 3), (POOL, 0, 0)],
    "private-receivers": [(POOL, 0, 0)],
    "brandts-holt-3": [(POOL, 45, 30), (POOL, 30, 45)],
    "brandts-holt-4": [(POOL, 30, 30), (POOL, 45, 45), (BOTH, 35, 30)],
    "brandts-holt-5": [(POOL, 45, 30), (POOL, 30, 45)],
    "banks-camerer-porter-2": [(POOL, 3, 2)],
    "banks-camerer-porter-3": [(POOL, 2, 3), (POOL, 3, 2)],
    "banks-camerer-porter-4": [(POOL, 3, 2), (POOL, 2, 4)],
    "watson-29-1": [(POOL, 4, 4), (PART, 6, 4)],
}

CONTINUA = {
    "watson-29-6": {(POOL, 1, -1), (PART, 1, -1), (SEMI, 1, -1), (POOL, 1, 1), (SEMI, 1, 1)},
    "cheap-talk-aligned": {(POOL, 1, 1), (BOTH, 1, 1), (PART, 2, 2)},
    "cheap-talk-opposed": {(POOL, 1, 1), (BOTH, 1, 1)},
}
"""Games with ties: what kinds of equilibria there are (computed); there are infinitely many."""

FAMILY_AND_PAYOFFS: Answers = PUBLISHED | COMPUTED


def summary(eq: Equilibria) -> list[tuple[str, float, float]]:
    """Family and rounded payoffs of every row."""
    return [
        (family, *np.round(value, 9).tolist())
        for family, value in zip(eq.family.tolist(), eq.sender_value, strict=True)
    ]


def test_every_game_has_an_answer_here() -> None:
    assert set(TEXTBOOK) == set(FAMILY_AND_PAYOFFS) | set(CONTINUA)


@pytest.mark.parametrize("name", FAMILY_AND_PAYOFFS)
def test_a_game_has_exactly_its_known_equilibria(name: str) -> None:
    assert sorted(summary(perfect_bayesian(TEXTBOOK[name].game))) == sorted(FAMILY_AND_PAYOFFS[name])


@pytest.mark.parametrize("name", FAMILY_AND_PAYOFFS)
def test_brute_force_finds_the_same_outcomes(name: str) -> None:
    game = TEXTBOOK[name].game
    eq = perfect_bayesian(game)
    answers = [OnPath(row.family, row.strategy, row.response, row.sender_value) for row in brute_force(game)]
    assert mismatches(on_path(eq, game.flat().prior[eq.game]), answers, tolerance=1e-9) == []


@pytest.mark.parametrize("name", CONTINUA)
def test_a_game_with_ties_has_exactly_its_known_kinds_of_equilibria(name: str) -> None:
    game = TEXTBOOK[name].game
    eq = perfect_bayesian(game)
    assert eq.degenerate.all()
    assert set(summary(eq)) == CONTINUA[name]
    assert {(row.family, *np.round(row.sender_value, 9).tolist()) for row in brute_force(game)} == CONTINUA[name]


@pytest.mark.parametrize("name", TEXTBOOK)
def test_no_row_can_be_improved_upon(name: str) -> None:
    game = TEXTBOOK[name].game
    claim = certificate(game, perfect_bayesian(game))
    assert max(claim.sender_gain.max(), claim.receiver_gain.max(), claim.bayes_error.max()) <= 1e-9


@pytest.mark.parametrize("name", TEXTBOOK)
def test_names_fit_the_axes(name: str) -> None:
    entry = TEXTBOOK[name]
    game = entry.game
    names = (entry.types, entry.signals, entry.actions, entry.receiver_types)
    assert entry.name == name
    assert tuple(map(len, names)) == (game.types, game.signals, game.actions, game.receiver_types)
    assert all(len(set(own)) == len(own) for own in names)
    assert all((entry.title, entry.source, entry.note))


def test_titles_differ() -> None:
    assert len({entry.title for entry in TEXTBOOK.values()}) == len(TEXTBOOK)


def test_the_mixed_equilibrium_of_brandts_and_holt_4_satisfies_its_equations() -> None:
    """B is indifferent if S is answered by C with 2/3, A if N is answered by E with 1/4 (computed by hand)."""
    eq = perfect_bayesian(TEXTBOOK["brandts-holt-4"].game)
    mixed = eq.take(eq.family == BOTH)
    np.testing.assert_allclose(mixed.response[0, 0], [[3 / 4, 0, 1 / 4], [2 / 3, 1 / 3, 0]], atol=1e-12)
    np.testing.assert_allclose(mixed.strategy[0], [[9 / 14, 5 / 14], [3 / 28, 25 / 28]], atol=1e-12)


def test_reversing_signals_and_actions_changes_no_payoff() -> None:
    for name in FAMILY_AND_PAYOFFS:
        game = TEXTBOOK[name].game
        mirrored = SignallingGame(
            game.prior,
            game.sender[..., ::-1, ::-1],
            game.receiver[..., ::-1, ::-1],
            game.receiver_prior,
            game.available[::-1, ::-1],
        )
        assert sorted(summary(perfect_bayesian(mirrored))) == sorted(FAMILY_AND_PAYOFFS[name])


def test_the_weak_type_drinks_beer_as_often_as_the_closed_form_says() -> None:
    """With a prior s < 1/2 of strength: s / (1 - s) (Cho and Kreps 1987)."""
    original = TEXTBOOK["beer-quiche"].game
    for strong in (0.05, 0.2, 0.3, 0.45):
        eq = perfect_bayesian(SignallingGame([strong, 1 - strong], original.sender, original.receiver))
        assert eq.family.tolist() == [SEMI]
        assert eq.strategy[0, 1, 0] == pytest.approx(strong / (1 - strong), abs=1e-12)


terms_strategy = st.builds(
    Deterrence,
    resolute=st.floats(0.02, 0.98),
    value=st.floats(1.1, 5),
    cost=st.floats(0.1, 1),
    audience_cost=st.floats(0.1, 4),
    stand=st.floats(-0.05, 1),
    loss=st.floats(0.2, 3),
    gain=st.floats(0.2, 3),
)


@given(terms_strategy)
def test_the_deterrence_game_follows_its_closed_form(terms: Deterrence) -> None:
    if abs(terms.resolute - terms.gain / (terms.gain + terms.loss)) < 1e-6 or abs(terms.stand - terms.cost) < 1e-6:
        return
    answer, eq = deterrence_answer(terms), perfect_bayesian(deterrence_game(terms))
    committing = eq.take(eq.strategy[:, 0, 0] > 0.5)
    assert committing.family.tolist() == [answer.family]
    assert committing.strategy[0, 1, 0] == pytest.approx(answer.bluff, rel=1e-9)
    assert committing.response[0, 0, 0, 1] == pytest.approx(answer.strike, rel=1e-9, abs=1e-12)
    np.testing.assert_allclose(committing.sender_value[0], answer.sender_value, atol=1e-9)
    assert len(eq) == 1 + (terms.stand < terms.cost)


def test_the_chance_of_a_strike_before_anybody_moves_is_the_rate_times_the_chance_of_a_commitment() -> None:
    terms = Deterrence(resolute=0.25, value=4, cost=1, audience_cost=2, stand=0, loss=2, gain=1)
    answer = deterrence_answer(terms)
    assert (terms.resolute + 0.75 * answer.bluff) * answer.strike == pytest.approx(0.5 * 0.25 * 3 / 1)


TERMS = {"resolute": 0.25, "value": 4, "cost": 1, "audience_cost": 2, "stand": 0, "loss": 2, "gain": 1}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("resolute", 1.5, r"resolute must lie in \[0, 1\]; it has 1\.5"),
        ("resolute", float("nan"), r"resolute must lie in \[0, 1\]; it has nan"),
        ("loss", 0, "loss must be above 0; it has 0"),
        ("gain", -1, "gain must be above 0; it has -1"),
    ],
)
def test_impossible_terms_are_refused(field: str, value: float, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Deterrence(**(TERMS | {field: value}))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("value", 1, "value must be above cost, 1; it has 1"),
        ("stand", -2, "stand must be above minus audience_cost, -2; it has -2"),
        ("resolute", 0, "resolute must be above 0 and off the cut-off 0.333"),
        ("resolute", 1 / 3, "resolute must be above 0 and off the cut-off 0.333"),
    ],
)
def test_terms_without_that_equilibrium_are_refused(field: str, value: float, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        deterrence_answer(Deterrence(**(TERMS | {field: value})))
