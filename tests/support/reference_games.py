"""What are the published and independently computed answers? Those of tests/reference/signalling_games.json.

The games themselves are those of `textbook_games`. Each entry says whether its payoffs and its answers are
published or computed (exact enumeration in rationals). Numbers may be fractions, written "3/7". Responses after signals
nobody sends are null: many support the same outcome.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from places import REFERENCE
from textbook_games import TEXTBOOK

from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame

_FILE = REFERENCE / "signalling_games.json"
_ENTRIES: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))

REFERENCE_GAMES = tuple(name for name, entry in _ENTRIES.items() if "equilibria" in entry)
"""Games whose equilibria are isolated points, all of them listed."""


@dataclass(frozen=True, eq=False)
class OnPath:
    """One on-path outcome; `response` is nan after signals nobody sends."""

    family: str
    strategy: Floats  # (t, m)
    response: Floats  # (k, m, a)
    sender_value: Floats  # (t,)

    def differs(self, other: OnPath) -> float:
        """Largest difference from another outcome; infinite if other signals are sent."""
        if not np.array_equal(np.isnan(self.response), np.isnan(other.response)):
            return np.inf
        gaps = [abs(getattr(self, name) - getattr(other, name)) for name in ("strategy", "response", "sender_value")]
        return max(float(np.nanmax(gap)) for gap in gaps)


def reference_game(name: str) -> SignallingGame:
    """Return the textbook game that the reference file calls `name`, with underscores."""
    return TEXTBOOK[name.replace("_", "-")].game


def reference_answers(name: str) -> list[OnPath]:
    """List the on-path outcomes of the game called `name`."""
    game = reference_game(name)
    nothing = [None] * game.actions
    return [
        OnPath(
            row["family"],
            _floats(row["strategy"]),
            _floats([[nothing if cell is None else cell for cell in own] for own in row["response"]]),
            _floats(row["sender_value"]),
        )
        for row in _ENTRIES[name]["equilibria"]
    ]


def reference_families(name: str) -> set[str]:
    """Families found in a game with continua of equilibria."""
    return set(_ENTRIES[name]["families"])


def on_path(eq: Equilibria, prior: Floats) -> list[OnPath]:
    """Strip every row of the responses after signals that no type of positive probability sends; `prior` is (e, t)."""
    sent: NDArray[np.bool_] = np.einsum("et,etm->em", prior, eq.strategy) > 0
    response = np.where(sent[:, np.newaxis, :, np.newaxis], eq.response, np.nan)
    rows = zip(eq.family.tolist(), eq.strategy, response, eq.sender_value, strict=True)
    return [OnPath(*row) for row in rows]


def mismatches(found: list[OnPath], expected: list[OnPath], *, tolerance: float) -> list[str]:
    """Say which outcomes are missing, which are extra and which carry the wrong family; empty if the sets agree."""
    faults, left = [], list(found)
    for answer in expected:
        matches = [row for row in left if answer.differs(row) <= tolerance]
        if not matches:
            faults.append(f"missing: {answer}")
            continue
        left.remove(matches[0])
        if matches[0].family != answer.family:
            faults.append(f"family {matches[0].family} should be {answer.family}: {answer}")
    return faults + [f"extra: {row}" for row in left]


def _floats(values: Any) -> Floats:  # noqa: ANN401 - JSON
    """Turn nested lists of numbers, fractions and nulls into floats."""

    def number(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, list):
            return [number(item) for item in value]
        return np.nan if value is None else float(Fraction(value))

    return np.array(number(values), dtype=np.float64)
