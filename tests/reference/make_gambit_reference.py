"""What does Gambit make of our .efg files? Writes gambit.json; needs pygambit 17, which no test does.

Run from the top folder as ``PYTHONPATH=. python tests/reference/make_gambit_reference.py``; it takes half a minute. For
every game: the SHA-256 of the text that Gambit read, what it expects both players to get under random profiles
(exactly, in rationals), and for textbook games the Nash equilibria it enumerates: all extreme ones where that ends
(`enummixed`), else one per support (`enumpoly`), and for four levels of education the pure ones (`enumpure`).
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pygambit

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "support"))

from gambit_games import Profile, nested, random_profile, shown_games  # noqa: E402

from sim.games.gambit.efg import efg  # noqa: E402
from sim.games.game import SignallingGame  # noqa: E402

SEEDS = (0, 1)
SLOWER = {
    "spence": "enumpure",
    "banks-camerer-porter-2": "enumpoly",
    "banks-camerer-porter-3": "enumpoly",
    "banks-camerer-porter-4": "enumpoly",
}
"""Games of which not all extreme equilibria can be enumerated in minutes."""


def payoffs(tree: Any, game: SignallingGame, profile: Profile) -> list[float]:  # noqa: ANN401 - Gambit's own type
    """Return the exact expected payoffs, rounded once at the end."""
    exact = [[shares(row) for row in player] for player in nested(game, profile)]
    expected = tree.mixed_behavior_profile(data=exact, rational=True).payoffs
    return [float(Fraction(expected[player])) for player in ("sender", "receiver")]


def shares(row: list[float]) -> list[Fraction]:
    """Return the fractions that the floats stand for: parts of at most four nines."""
    return [Fraction(probability).limit_denominator(36) for probability in row]


def equilibria(tree: Any, method: str) -> list[Any]:  # noqa: ANN401
    """List Nash equilibria, by player and information set."""
    found = getattr(pygambit.nash, f"{method}_solve")(tree).equilibria
    behaviors = [one if method == "enumpoly" else one.as_behavior() for one in found]
    return [[[[float(p) for _, p in row] for _, row in player] for player in one] for one in behaviors]


def record(name: str) -> dict[str, Any]:
    """Ask Gambit about one game."""
    game, labels = shown_games()[name]
    text = efg(game, labels=labels)
    tree = pygambit.read_efg(io.BytesIO(text.encode()))
    profiles = [random_profile(game, seed=seed) for seed in SEEDS]
    entry: dict[str, Any] = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "payoffs": [payoffs(tree, game, profile) for profile in profiles],
    }
    if labels:
        method = SLOWER.get(name, "enummixed")
        entry |= {"method": method, "equilibria": equilibria(tree, method)}
    return entry


def main() -> None:
    """Ask about every game."""
    entries = {name: record(name) for name in shown_games()}
    text = json.dumps({"source": f"pygambit {pygambit.__version__}", "seeds": SEEDS, "games": entries})
    lines = text.replace('}, "', '},\n "').replace('"games": {', '"games": {\n ')
    (HERE / "gambit.json").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
