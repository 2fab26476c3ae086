"""Does the logit equilibrium agree with published games' answers computed elsewhere?

Two sources, both computed, none published: values found with a separate continuation in log-probabilities and matched
with Gambit 16.7 to six decimals; and tests/reference/quantal.json, made with Gambit 17 by make_quantal_reference.py.
Deliberate break that turned these tests red: payoffs of the sender not weighted by the receiver prior.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from places import REFERENCE
from reference_games import reference_game
from textbook_games import TEXTBOOK

from sim.games.game import Floats, SignallingGame
from sim.games.quantal.response import QuantalResponse, quantal_response

_GAMBIT: dict[str, Any] = json.loads((REFERENCE / "quantal.json").read_text(encoding="utf-8"))["games"]

WAGES = np.arange(1.0, 4.0)
THREE_TYPES = SignallingGame(
    [0.3, 0.4, 0.3],
    sender=[[WAGES, WAGES - cost] for cost in (1.5, 0.75, 0.25)],
    receiver=[[-((WAGES - ability) ** 2)] * 2 for ability in (1, 2, 3)],
)
"""Education with productivities 1, 2, 3 and two levels of schooling."""


def game(name: str) -> SignallingGame:
    """Build a game of either reference file."""
    entry = _GAMBIT.get(name, {})
    if "prior" not in entry:
        return reference_game(name)
    keys = ("prior", "sender", "receiver", "receiver_prior")
    return SignallingGame(*(_floats(entry[key]) for key in keys))


def _floats(values: Any) -> Floats:  # noqa: ANN401 - JSON
    """Turn nested lists of decimals and fractions into floats."""
    return np.array([_floats(item) if isinstance(item, list) else float(Fraction(item)) for item in values])


def flattened(answer: QuantalResponse, of: SignallingGame) -> Floats:
    """List all probabilities in Gambit's order: the sender's, then the receiver's that are available."""
    return np.concatenate([answer.strategy.ravel(), answer.response[:, of.available].ravel()])


SENT = {
    ("beer_quiche", 1.0): [0.765018, 0.305847],
    ("beer_quiche", 2.0): [0.988427, 0.610035],
    ("beer_quiche", 5.0): [1.000000, 0.991459],
    ("beer_quiche_weak_likely", 1.0): [0.795979, 0.345552],
    ("beer_quiche_weak_likely", 5.0): [0.999942, 0.440517],
    ("beer_quiche_weak_likely", 50.0): [1.0, 0.428768],
    ("brandts_holt_1", 0.05): [0.335194, 0.517908],
    ("brandts_holt_1", 0.2): [0.052633, 0.081708],
    ("brandts_holt_2", 0.05): [0.746675, 0.620204],
    ("brandts_holt_2", 0.2): [0.344769, 0.214596],
    ("brandts_holt_3", 0.05): [0.622980, 0.370904],
    ("brandts_holt_3", 0.1): [0.918532, 0.549277],
    ("brandts_holt_3", 0.2): [0.999501, 0.881976],
    ("banks_camerer_porter_2", 1.0): [0.214046, 0.406312],
    ("banks_camerer_porter_3", 1.0): [0.293430, 0.656816],
    ("banks_camerer_porter_3", 2.0): [0.627394, 0.981742],
    ("deterrence_quarter", 1.0): [0.728522, 0.495176],
    ("deterrence_quarter", 5.0): [0.995531, 0.647764],
    ("deterrence_half", 1.0): [0.831874, 0.710630],
}
"""Probability of the first signal, by type."""

ANSWERED = {
    ("beer_quiche", 1.0): [0.285991, 0.376187],
    ("beer_quiche", 2.0): [0.148894, 0.760759],
    ("beer_quiche", 5.0): [0.017851, 0.993280],
    ("beer_quiche_weak_likely", 1.0): [0.501608, 0.682283],
    ("beer_quiche_weak_likely", 5.0): [0.517211, 0.993304],
    ("beer_quiche_weak_likely", 50.0): [0.502869, 1.0],
    ("brandts_holt_1", 0.05): [0.207100, 0.482104],
    ("brandts_holt_1", 0.2): [0.023427, 0.806595],
    ("brandts_holt_2", 0.05): [0.189319, 0.626932],
    ("brandts_holt_2", 0.2): [0.025679, 0.897931],
    ("brandts_holt_3", 0.05): [0.502753, 0.495353],
    ("brandts_holt_3", 0.1): [0.670543, 0.162453],
    ("brandts_holt_3", 0.2): [0.820855, 0.002572],
}
"""Probability of the first action, by signal."""


@pytest.mark.parametrize(("name", "rationality"), SENT)
def test_the_sender_plays_the_values_computed_with_another_program(name: str, rationality: float) -> None:
    answer = quantal_response(game(name), rationality=rationality)
    assert answer.strategy[:, 0] == pytest.approx(SENT[name, rationality], abs=5e-7)


@pytest.mark.parametrize(("name", "rationality"), ANSWERED)
def test_the_receiver_plays_the_values_computed_with_another_program(name: str, rationality: float) -> None:
    answer = quantal_response(game(name), rationality=rationality)
    assert answer.response[0, :, 0] == pytest.approx(ANSWERED[name, rationality], abs=5e-7)


def test_the_deterrence_games_strike_as_computed_with_another_program() -> None:
    quarter, half = game("deterrence_quarter"), game("deterrence_half")
    found = [quantal_response(quarter, rationality=rate).response[0, 0, 1] for rate in (1.0, 5.0)]
    found.append(quantal_response(half, rationality=1.0).response[0, 0, 1])
    assert found == pytest.approx([0.503216, 0.479693, 0.350259], abs=5e-7)


def test_spence_and_three_types_agree_with_another_program() -> None:
    spence = quantal_response(game("spence"), rationality=5.0)
    found = [*spence.strategy[0, :2], *spence.strategy[1, 1:]]
    assert found == pytest.approx([0.781823, 0.196284, 0.314153, 0.412890, 0.170244], abs=5e-7)
    school = quantal_response(THREE_TYPES, rationality=5.0)
    assert school.strategy[:, 1] == pytest.approx([0.154523, 0.885993, 0.989548], abs=5e-7)
    assert school.response[0, 1, 1:] == pytest.approx([0.803505, 0.196346], abs=5e-7)


@pytest.mark.parametrize("name", _GAMBIT)
def test_every_probability_agrees_with_gambit(name: str) -> None:
    these, entry = game(name), _GAMBIT[name]
    answers = [quantal_response(these, rationality=rate) for rate in entry["rationality"]]
    on_one_branch = [answer.status != "bifurcated" for answer in answers]
    gaps = [
        np.abs(flattened(answer, these) - expected).max()
        for answer, expected, alone in zip(answers, entry["probabilities"], on_one_branch, strict=True)
        if alone
    ]
    assert max(gaps) < 1e-7
    assert all(on_one_branch) or "singular" in entry
    assert {str(answer.status) for answer in answers} <= {"converged", "turned", "bifurcated"}


def test_every_textbook_game_is_compared_and_only_aligned_cheap_talk_is_singular() -> None:
    assert {name.replace("-", "_") for name in TEXTBOOK} <= set(_GAMBIT)
    assert [name for name, entry in _GAMBIT.items() if "singular" in entry] == ["cheap_talk_aligned"]


def test_past_the_crossing_we_say_so_and_babble_while_gambit_talks() -> None:
    these, entry = game("cheap_talk_aligned"), _GAMBIT["cheap_talk_aligned"]
    answers = [quantal_response(these, rationality=rate) for rate in entry["rationality"]]
    assert [str(answer.status) for answer in answers] == ["converged"] * 2 + ["bifurcated"] * 3
    for answer, expected in zip(answers[2:], entry["probabilities"][2:], strict=True):
        assert answer.strategy == pytest.approx(np.full((2, 2), 0.5), abs=1e-9)
        assert abs(expected[0] - 0.5) > 0.3
