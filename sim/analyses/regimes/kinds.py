"""Which kind of play is this? The family of an equilibrium, who sends what, and who strikes after what is sent.

The family alone tells little: "pooling" may be both types of France ruling out, or both staying ambiguous while
Russia strikes. A regime is all that does not change by degrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.crisis.parameters import ACTIONS, BASELINE, RECEIVER_TYPES, SENDER_TYPES, Stances
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Floats, SignallingGame

LEVELS = ("never", "sometimes", "always")
"""How often a type of Russia strikes after a signal, as far as a regime tells it."""

PURE = 1e-9
"""Distance from 0 or 1 within which a probability is never or always: far above rounding, far below what is told."""

_KINDS = (*FAMILIES, "quantal")


@dataclass(frozen=True)
class Regime:
    """One kind of play: a family of `sim.games.equilibria.FAMILIES`, or quantal, who sends what, and who strikes when.

    `sends` has, by type of France (bluffing, resolute), the signals it sends with positive probability, none if the
    type never occurs. `strikes` has, by type of Russia (cautious, opportunist), one of `LEVELS` for each of the stances
    that there are; never after signals that nobody sends. In quantal play, in which everything happens now and then, a
    type sends what it sends most often, and strikes always if it strikes more often than not.
    """

    family: str
    sends: tuple[tuple[str, ...], ...]
    strikes: tuple[tuple[str, ...], ...]
    stances: Stances = BASELINE

    @property
    def sent(self) -> tuple[str, ...]:
        """Signals that some type sends, in the order of the stances."""
        return tuple(stance for stance in self.stances.names if any(stance in signals for signals in self.sends))

    @property
    def name(self) -> str:
        """Name in files, unique: the family, France's signals by type, and who strikes after which signal."""
        france = [f"{kind} {'/'.join(sends)}" for kind, sends in zip(SENDER_TYPES, self.sends, strict=True) if sends]
        often = {"sometimes": " sometimes", "always": ""}
        russia = [
            f"after {stance} {kind}{often[levels[m]]}"
            for m, stance in enumerate(self.stances.names)
            for kind, levels in zip(RECEIVER_TYPES, self.strikes, strict=True)
            if levels[m] in often
        ]
        return f"{self.family}: {', '.join(france)}; {', '.join(russia) or 'nobody strikes'}"

    def to_dict(self) -> dict[str, Any]:
        """Return name and family, sends by type of France, and strikes by signal that is sent and type of Russia."""
        return {
            "name": self.name,
            "family": self.family,
            "sends": {kind: list(signals) for kind, signals in zip(SENDER_TYPES, self.sends, strict=True)},
            "strikes": {
                stance: {kind: self.strikes[k][self.stances.index(stance)] for k, kind in enumerate(RECEIVER_TYPES)}
                for stance in self.sent
            },
        }


def regime_codes(game: SignallingGame, rows: Equilibria, frequency: Floats | None = None) -> NDArray[np.int64]:
    """Return a number for the regime of each row, (e,); equal numbers are equal regimes.

    Types of probability 0 are left out of both sides: of France by how often it is of each type in truth, (n, t), which
    is Russia's belief, the game's prior, if it is left out.
    """
    flat = game.flat()
    quantal = rows.family == "quantal"
    most = np.equal(rows.strategy.argmax(axis=2)[..., None], np.arange(rows.strategy.shape[2]))
    sends: NDArray[np.bool_] = np.asarray(np.where(quantal[:, None, None], most, rows.strategy > PURE))
    sends &= ((flat.prior if frequency is None else frequency)[rows.game] > 0)[..., None]  # (e, t, m)
    chance = rows.response[..., ACTIONS.index("strike")]
    steps = (chance > PURE).astype(np.int64) + (chance > 1 - PURE)
    level = np.where(quantal[:, None, None], 2 * (chance > 0.5), steps)
    heard = np.asarray(sends.any(axis=1))[:, None]
    level = level * (heard & (flat.receiver_prior[rows.game] > 0)[..., None])  # (e, k, m)
    family = np.searchsorted(sorted(_KINDS), rows.family)
    twos, threes = _places(rows.strategy.shape[2])
    sent, struck = sends.reshape(len(rows), -1) @ twos, level.reshape(len(rows), -1) @ threes
    return np.asarray((family * 2 ** len(twos) + sent) * 3 ** len(threes) + struck, dtype=np.int64)


def regime_of(code: int, stances: Stances = BASELINE) -> Regime:
    """Return the regime that a number of `regime_codes` stands for."""
    count = len(stances.names)
    twos, threes = _places(count)
    rest, struck = divmod(code, 3 ** len(threes))
    family, sent = divmod(rest, 2 ** len(twos))
    signals = (sent // twos % 2).reshape(-1, count)
    levels = np.array(LEVELS)[struck // threes % 3].reshape(-1, count)
    sends = tuple(tuple(compress(stances.names, row)) for row in signals)
    return Regime(sorted(_KINDS)[family], sends, tuple(map(tuple, levels.tolist())), stances)


def _places(stances: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what each digit of a code counts: whether a type sends a signal, and how often a type strikes after it."""
    return (
        2 ** np.arange(len(SENDER_TYPES) * stances, dtype=np.int64),
        3 ** np.arange(len(RECEIVER_TYPES) * stances, dtype=np.int64),
    )
