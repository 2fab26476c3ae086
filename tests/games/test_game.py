"""Does a game refuse what is no game, and show its axes right? Every message at the boundary.

Deliberate break that turned these red: `flat` repeating the first receiver type's payoffs for all of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from random_games import Shape, random_games

from sim.games.game import LARGEST_PAYOFF, PRIOR_SUM_TOLERANCE, Floats, SignallingGame


def arguments(**changes: object) -> dict[str, Any]:
    """Return the arguments of a batch of 4 games with 2 sender types, 3 receiver types, 5 signals and 6 actions."""
    rng = np.random.default_rng(0)
    valid: dict[str, Any] = {
        "prior": np.full((4, 2), 0.5),
        "sender": rng.normal(size=(4, 2, 5, 6)),
        "receiver": rng.normal(size=(4, 3, 2, 5, 6)),
        "receiver_prior": np.full((4, 3), 1 / 3),
        "available": np.ones((5, 6), dtype=bool),
    }
    return valid | changes


def with_entry(array: ArrayLike, index: tuple[int, ...], value: float) -> np.ndarray:
    changed = np.array(array, dtype=np.float64)
    changed[index] = value
    return changed


VALID = arguments()


def test_the_axes_are_read_off_the_arrays() -> None:
    game = SignallingGame(**VALID)
    assert (game.types, game.receiver_types, game.signals, game.actions) == (2, 3, 5, 6)
    assert game.batch_shape == (4,)
    assert not game.sender_depends_on_receiver
    assert SignallingGame(**arguments(sender=VALID["receiver"])).sender_depends_on_receiver


def test_left_out_arguments_mean_one_receiver_type_and_every_action() -> None:
    game = SignallingGame([1.0], [[[1, 2]]], [[[3, 4]]])
    assert game.receiver_prior.tolist() == [1.0]
    assert game.available.tolist() == [[True, True]]
    assert game.batch_shape == ()
    assert SignallingGame(np.ones((2, 3, 1)), np.ones((2, 3, 1, 1, 1)), np.ones((2, 3, 1, 1, 1))).batch_shape == (2, 3)


@pytest.mark.parametrize("batch", [(), (4,), (2, 2), (0,), (3, 0)])
@pytest.mark.parametrize("by_receiver", [False, True])
def test_flat_has_one_batch_axis_and_a_receiver_axis_everywhere(batch: tuple[int, ...], by_receiver: bool) -> None:
    rng = np.random.default_rng(1)
    own = (3,) if by_receiver else ()
    sender, receiver = rng.normal(size=(*batch, *own, 2, 5, 6)), rng.normal(size=(*batch, 3, 2, 5, 6))
    flat = SignallingGame(np.full((*batch, 2), 0.5), sender, receiver, np.full((*batch, 3), 1 / 3)).flat()
    count = int(np.prod(batch))
    assert flat.prior.shape == (count, 2)
    assert flat.receiver_prior.shape == (count, 3)
    assert flat.sender.shape == flat.receiver.shape == (count, 3, 2, 5, 6)
    np.testing.assert_array_equal(flat.receiver, receiver.reshape(count, 3, 2, 5, 6))
    for k in range(3):
        expected = sender.reshape(count, *own, 2, 5, 6)[:, k] if by_receiver else sender.reshape(count, 2, 5, 6)
        np.testing.assert_array_equal(flat.sender[:, k], expected)


def test_flat_shares_memory_and_is_its_own_flat() -> None:
    game = SignallingGame(**VALID)
    flat = game.flat()
    assert np.shares_memory(flat.sender, game.sender)
    assert np.shares_memory(flat.receiver, game.receiver)
    np.testing.assert_array_equal(flat.flat().sender, flat.sender)


def test_a_game_keeps_its_own_copy_of_the_arrays() -> None:
    mine = arguments()
    game = SignallingGame(**mine)
    mine["sender"][:] = 7.0
    assert not np.any(game.sender == 7.0)


@given(rows=st.lists(st.integers(0, 5), max_size=8), by_receiver=st.booleans())
def test_taken_games_are_the_flat_games_at_those_rows(rows: list[int], by_receiver: bool) -> None:
    game = random_games(6, Shape(2, 2, 2, by_receiver=by_receiver), seed=0)
    prior, sender, receiver, receivers = (
        array.reshape(2, 3, *array.shape[1:]) for array in (game.prior, game.sender, game.receiver, game.receiver_prior)
    )
    grid = SignallingGame(prior, sender, receiver, receivers)
    taken = grid.take(rows)
    assert taken.batch_shape == (len(rows),)
    for name in ("prior", "sender", "receiver", "receiver_prior"):
        np.testing.assert_array_equal(getattr(taken, name), getattr(game.flat(), name)[rows])
    np.testing.assert_array_equal(taken.available, game.available)


def test_payoffs_of_unavailable_actions_are_ignored_and_stored_as_zero() -> None:
    available = np.ones((5, 6), dtype=bool)
    available[2, 4] = False
    holes = {name: VALID[name].copy() for name in ("sender", "receiver")}
    holes["sender"][..., 2, 4], holes["receiver"][..., 2, 4] = np.nan, np.inf
    game = SignallingGame(**arguments(**holes, available=available))
    assert not game.sender[..., 2, 4].any()
    assert not game.receiver[..., 2, 4].any()


def test_rounding_in_a_prior_is_accepted_and_the_largest_payoff_is_too() -> None:
    nearly = [0.5 + 0.4 * PRIOR_SUM_TOLERANCE, 0.5]
    game = SignallingGame(nearly, [[[LARGEST_PAYOFF]]] * 2, [[[-LARGEST_PAYOFF]]] * 2)
    assert game.prior[0] > 0.5


@pytest.mark.parametrize(
    "prior",
    [np.array([0.1, 0.9], dtype=np.float32), np.array([0.3333333, 0.6666666]), np.full((4, 3), 0.3333333)],
    ids=str,
)
def test_a_prior_in_single_precision_or_seven_digits_is_divided_by_its_sum(prior: Floats) -> None:
    payoffs = np.ones((*prior.shape, 1, 1))
    game = SignallingGame(prior, payoffs, payoffs)
    np.testing.assert_allclose(game.prior.sum(axis=-1), 1, atol=1e-15, rtol=0)
    np.testing.assert_allclose(game.prior, prior, atol=1e-6)


def test_a_prior_that_sums_to_one_but_for_the_last_bit_is_kept_to_that_bit() -> None:
    prior = np.array([0.7, 0.2, 0.1])
    assert prior.sum() != 1
    game = SignallingGame(prior, np.ones((3, 1, 1)), np.ones((3, 1, 1)))
    assert game.prior.tolist() == prior.tolist()


NONE_AFTER_3 = np.ones((5, 6), dtype=bool)
NONE_AFTER_3[3] = False

FAULTS: list[tuple[dict[str, object], str]] = [
    ({"prior": "half"}, r"^prior must be a rectangular array of numbers; could not convert"),
    ({"prior": [[0.5, 0.5], [1.0]]}, r"^prior must be a rectangular array of numbers; setting an array"),
    ({"prior": {"resolute": 1}}, r"^prior must be a rectangular array of numbers; float\(\) argument"),
    ({"prior": 1.0}, r"^prior must list at least one probability; its shape is \(\)$"),
    ({"prior": np.ones((4, 0))}, r"^prior must list at least one probability; its shape is \(4, 0\)$"),
    (
        {"prior": with_entry(VALID["prior"], (2, 1), -0.25)},
        r"^prior must lie in \[0, 1\]; prior\[2, 1\] has -0\.25$",
    ),
    ({"prior": with_entry(VALID["prior"], (0, 0), 1.5)}, r"^prior must lie in \[0, 1\]; prior\[0, 0\] has 1\.5$"),
    ({"prior": with_entry(VALID["prior"], (3, 0), np.nan)}, r"^prior must lie in \[0, 1\]; prior\[3, 0\] has nan$"),
    (
        {"prior": with_entry(VALID["prior"], (1, 1), 0.25)},
        r"^prior must sum to 1 over its last axis; the sum of prior\[1\] has 0\.75$",
    ),
    (
        {"prior": with_entry(VALID["prior"], (1, 1), 0.50001)},
        r"^prior must sum to 1 over its last axis; the sum of prior\[1\] has 1\.00001",
    ),
    (
        {"receiver_prior": with_entry(VALID["receiver_prior"], (2, 0), 2)},
        r"^receiver_prior must lie in \[0, 1\]; receiver_prior\[2, 0\] has 2\.0$",
    ),
    (
        {"receiver_prior": np.full(3, 1 / 3)},
        r"^receiver_prior must have the batch shape of prior, \(4,\); its batch shape is \(\)$",
    ),
    (
        {"sender": np.zeros((4, 3, 5, 6))},
        r"^sender must have shape \(4, 2, m, a\) or, with receiver types, \(4, 3, 2, m, a\) to fit the priors; "
        r"its shape is \(4, 3, 5, 6\)$",
    ),
    ({"receiver": np.zeros((4, 2, 2, 5, 6))}, r"^receiver must have shape .* its shape is \(4, 2, 2, 5, 6\)$"),
    ({"receiver": np.zeros((4, 2))}, r"^receiver must have shape .* its shape is \(4, 2\)$"),
    ({"receiver": np.zeros((5, 3, 2, 5, 6))}, r"^receiver must have shape .* its shape is \(5, 3, 2, 5, 6\)$"),
    (
        {"sender": np.zeros((4, 2, 0, 6))},
        r"^sender must have at least one signal and one action; its shape is \(4, 2, 0, 6\)$",
    ),
    (
        {"sender": np.zeros((4, 2, 5, 4))},
        r"^sender and receiver must have the same signals and actions \(m, a\); sender has \(5, 4\), "
        r"receiver has \(5, 6\)$",
    ),
    (
        {"sender": with_entry(VALID["sender"], (3, 1, 4, 5), np.nan)},
        r"^sender must be finite and at most 1e\+100 in size; sender\[3, 1, 4, 5\] has nan$",
    ),
    (
        {"receiver": with_entry(VALID["receiver"], (0, 2, 1, 0, 0), -np.inf)},
        r"^receiver must be finite and at most 1e\+100 in size; receiver\[0, 2, 1, 0, 0\] has -inf$",
    ),
    ({"sender": with_entry(VALID["sender"], (0, 0, 0, 0), 1e300)}, r"sender\[0, 0, 0, 0\] has 1e\+300$"),
    (
        {"available": np.ones((5, 6))},
        r"^available must be an array of bool of shape \(5, 6\) \(m, a\); it has type float64 and shape \(5, 6\)$",
    ),
    ({"available": np.ones((6, 5), dtype=bool)}, r"it has type bool and shape \(6, 5\)$"),
    ({"available": NONE_AFTER_3}, r"^available must leave an action after every signal; available\[3\] has none$"),
]


@pytest.mark.parametrize(("changes", "message"), FAULTS)
def test_a_fault_is_named_with_its_place_and_value(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SignallingGame(**arguments(**changes))


def test_a_single_game_names_the_sum_without_an_index() -> None:
    with pytest.raises(ValueError, match=r"the sum of prior has 0\.5$"):
        SignallingGame([0.25, 0.25], [[[1]]] * 2, [[[1]]] * 2)


@pytest.mark.parametrize("name", ["prior", "sender", "receiver"])
@pytest.mark.parametrize("as_array", [False, True])
def test_complex_numbers_are_refused_and_their_real_parts_not_taken(name: str, as_array: bool) -> None:
    arrays: dict[str, Any] = {"prior": [0.4, 0.6], "sender": [[[1, 0]], [[1, 2]]], "receiver": [[[0, 1]], [[0, -1]]]}
    arrays[name] = (np.array(arrays[name]) + 0j) if as_array else (np.array(arrays[name]) + 0j).tolist()
    with pytest.raises(ValueError, match=rf"^{name} must be a rectangular array of numbers; complex numbers"):
        SignallingGame(**arrays)
