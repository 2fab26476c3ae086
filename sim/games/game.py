"""What is a signalling game? The arrays, the axis letters, and the checks at the boundary.

Axis letters, the same in every shape and einsum of this package: n games (the flattened batch), k receiver types,
t sender types, m signals, a actions; e equilibria (rows).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LARGEST_PAYOFF = 1e100  # payoffs beyond this size are refused: products of two of them must stay finite
PRIOR_SUM_TOLERANCE = 1e-6  # how far priors may miss a sum of one: single precision or seven digits, no mistake
SUMS_TO_ONE = 1e-12  # priors that miss it by less are kept to the last bit; the others are divided by their sum


@dataclass(frozen=True, eq=False, init=False)
class SignallingGame:
    """A batch of finite signalling games with a privately informed sender and receiver.

    The sender learns its type t and sends a signal m; the receiver, who knows its own type k, sees m and takes an
    action a. Sender and receiver types are independent. The batch shape, written ``...``, is the leading shape of
    `prior`; a single game has none.

    Parameters
    ----------
    prior : array_like of shape (..., t)
        Probability of each sender type; non-negative, sums to 1. Priors that miss it by up to 1e-6, such as those in
        single precision, are divided by their sum; so is `receiver_prior`.
    sender, receiver : array_like of shape (..., t, m, a) or (..., k, t, m, a)
        Payoffs, at most 1e100 in size; the k axis is there where payoffs depend on the receiver's type. Cells of
        unavailable actions are ignored, may be NaN, and are stored as 0.
    receiver_prior : array_like of shape (..., k), optional
        Probability of each receiver type; one receiver type if left out.
    available : array_like of bool of shape (m, a), optional
        Whether the action can be taken after the signal; all can if left out.

    Raises
    ------
    ValueError
        If a shape does not fit, a number is complex, a prior is no probability distribution, a payoff is not finite, or
        a signal leaves the receiver no action. The message names the array, the index and the value.

    Examples
    --------
    >>> game = SignallingGame([0.4, 0.6], sender=[[[1, 0]], [[1, 2]]], receiver=[[[0, 1]], [[0, -1]]])
    >>> game.types, game.signals, game.actions, game.receiver_types, game.batch_shape
    (2, 1, 2, 1, ())
    """

    prior: Floats
    sender: Floats
    receiver: Floats
    receiver_prior: Floats
    available: Bools

    def __init__(
        self,
        prior: ArrayLike,
        sender: ArrayLike,
        receiver: ArrayLike,
        receiver_prior: ArrayLike | None = None,
        available: ArrayLike | None = None,
    ) -> None:
        checked_prior = _distribution("prior", prior)
        batch = checked_prior.shape[:-1]
        receivers = _distribution("receiver_prior", np.ones((*batch, 1)) if receiver_prior is None else receiver_prior)
        if receivers.shape[:-1] != batch:
            raise ValueError(
                f"receiver_prior must have the batch shape of prior, {batch}; its batch shape is {receivers.shape[:-1]}"
            )
        payoffs = {
            name: _payoffs(name, array, checked_prior.shape, receivers.shape[-1])
            for name, array in (("sender", sender), ("receiver", receiver))
        }
        cells, other_cells = (array.shape[-2:] for array in payoffs.values())
        if cells != other_cells:
            raise ValueError(
                f"sender and receiver must have the same signals and actions (m, a); "
                f"sender has {cells}, receiver has {other_cells}"
            )
        usable = _availability(available, cells)
        fields = {"prior": checked_prior, "receiver_prior": receivers, "available": usable}
        fields |= {name: _finite(name, array, usable) for name, array in payoffs.items()}
        for name, array in fields.items():
            object.__setattr__(self, name, array)

    @property
    def batch_shape(self) -> tuple[int, ...]:
        """Shape of the batch; empty for a single game."""
        return self.prior.shape[:-1]

    @property
    def types(self) -> int:
        """Number of sender types, t."""
        return int(self.prior.shape[-1])

    @property
    def receiver_types(self) -> int:
        """Number of receiver types, k."""
        return int(self.receiver_prior.shape[-1])

    @property
    def signals(self) -> int:
        """Number of signals, m."""
        return int(self.available.shape[0])

    @property
    def actions(self) -> int:
        """Number of actions, a."""
        return int(self.available.shape[1])

    @property
    def sender_depends_on_receiver(self) -> bool:
        """Whether the sender's payoffs were given with a receiver-type axis."""
        return self.sender.ndim == self.prior.ndim + 3

    def flat(self) -> SignallingGame:
        """Return the same games with one batch axis and the k axis in both payoff arrays; views where possible.

        `prior` is (n, t), `receiver_prior` (n, k), `sender` and `receiver` are (n, k, t, m, a).
        """
        if self.prior.ndim == 2 and self.sender.ndim == self.receiver.ndim == 5:
            return self
        count = int(np.prod(self.batch_shape))
        full = (count, self.receiver_types, self.types, self.signals, self.actions)
        arrays = {
            "prior": self.prior.reshape(count, self.types),
            "receiver_prior": self.receiver_prior.reshape(count, self.receiver_types),
            "available": self.available,
        }
        for name, array in (("sender", self.sender), ("receiver", self.receiver)):
            own = array.shape[len(self.batch_shape) : array.ndim - 3] or (1,)
            arrays[name] = np.broadcast_to(array.reshape(count, *own, *full[2:]), full)
        return _unchecked(arrays)

    def take(self, rows: ArrayLike) -> SignallingGame:
        """Return the r games at `rows`, (r,), of the flattened batch, flat; repeats are allowed."""
        game, index = self.flat(), np.asarray(rows, dtype=np.intp)
        names = ("prior", "receiver_prior", "sender", "receiver")
        return _unchecked({"available": game.available} | {name: getattr(game, name)[index] for name in names})

    @classmethod
    def sound(
        cls, *, prior: Floats, sender: Floats, receiver: Floats, receiver_prior: Floats, available: Bools
    ) -> SignallingGame:
        """Return the games of arrays that are known to be sound, 0 in cells of unavailable actions, without a copy."""
        fields = {"prior": prior, "sender": sender, "receiver": receiver, "receiver_prior": receiver_prior}
        return _unchecked({**fields, "available": available})


def _unchecked(arrays: dict[str, NDArray[np.generic]]) -> SignallingGame:
    """Build a game from arrays that have passed the checks already."""
    game = object.__new__(SignallingGame)
    for name, array in arrays.items():
        object.__setattr__(game, name, array)
    return game


def _numbers(name: str, values: ArrayLike) -> Floats:
    """Return a fresh array of floats, or say what is not a number."""
    try:
        if np.iscomplexobj(np.asarray(values)):
            raise TypeError("complex numbers have no order")
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise ValueError(f"{name} must be a rectangular array of numbers; {fault}") from fault


def _distribution(name: str, values: ArrayLike) -> Floats:
    """Check a batch of probability vectors along the last axis."""
    array = _numbers(name, values)
    if array.ndim == 0 or array.shape[-1] == 0:
        raise ValueError(f"{name} must list at least one probability; its shape is {array.shape}")
    if np.any(wrong := ~((array >= 0) & (array <= 1))):
        raise ValueError(f"{name} must lie in [0, 1]; {_where(name, array, wrong)}")
    sums = array.sum(axis=-1)
    if np.any(wrong := np.abs(sums - 1) > PRIOR_SUM_TOLERANCE):
        raise ValueError(f"{name} must sum to 1 over its last axis; the sum of {_where(name, sums, wrong)}")
    rounded = np.abs(sums - 1) > SUMS_TO_ONE
    array[rounded] /= sums[rounded, None]
    return array


def _payoffs(name: str, values: ArrayLike, prior: tuple[int, ...], receiver_types: int) -> Floats:
    """Check the shape of a payoff array against the priors."""
    array = _numbers(name, values)
    *batch, types = prior
    plain, by_receiver = (*batch, types), (*batch, receiver_types, types)
    if array.ndim not in (len(prior) + 2, len(prior) + 3) or array.shape[:-2] not in (plain, by_receiver):
        raise ValueError(
            f"{name} must have shape {_letters(plain)} or, with receiver types, {_letters(by_receiver)} "
            f"to fit the priors; its shape is {array.shape}"
        )
    if 0 in array.shape[-2:]:
        raise ValueError(f"{name} must have at least one signal and one action; its shape is {array.shape}")
    return array


def _letters(leading: tuple[int, ...]) -> str:
    return f"({', '.join(str(size) for size in leading)}, m, a)"


def _availability(values: ArrayLike | None, cells: tuple[int, ...]) -> Bools:
    """Check which action exists after which signal."""
    available = np.ones(cells, dtype=bool) if values is None else np.array(values)
    if available.dtype != np.bool_ or available.shape != cells:
        raise ValueError(
            f"available must be an array of bool of shape {cells} (m, a); "
            f"it has type {available.dtype} and shape {available.shape}"
        )
    if np.any(empty := ~available.any(axis=-1)):
        signal = int(np.argmax(empty))
        raise ValueError(f"available must leave an action after every signal; available[{signal}] has none")
    return available


def _finite(name: str, array: Floats, available: Bools) -> Floats:
    """Check every payoff of an available action; store 0 in the other cells."""
    array[..., ~available] = 0.0
    if np.any(wrong := ~(np.abs(array) <= LARGEST_PAYOFF)):
        raise ValueError(f"{name} must be finite and at most {LARGEST_PAYOFF:g} in size; {_where(name, array, wrong)}")
    return array


def first_of(marked: Bools) -> tuple[int, ...]:
    """Return the index of the first entry that is marked."""
    return tuple(int(i) for i in np.argwhere(marked)[0])


def _where(name: str, array: Floats, wrong: Bools) -> str:
    """Name the first offending entry: "sender[3, 0, 1] has nan"."""
    index = first_of(wrong)
    place = f"[{', '.join(map(str, index))}]" if index else ""
    return f"{name}{place} has {array[index]}"
