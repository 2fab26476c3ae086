"""What does Gambit find on the principal logit branch? Writes quantal.json; needs pygambit, which no test does.

Run with `sim` and tests/support importable as ``python make_quantal_reference.py``. Payoffs are those of
`textbook_games` or stated; the answers are those of Gambit's `logit_solve_lambda` on the game tree with chance moves
for both players' types.
"""

from __future__ import annotations

import io
import json
import random
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pygambit
from textbook_games import TEXTBOOK as LIBRARY

HERE = Path(__file__).parent
RATIONALITIES = [0.5, 1.0, 2.0, 5.0, 10.0]
TEXTBOOK = {
    "beer_quiche": 1,
    "beer_quiche_weak_likely": 1,
    "deterrence_quarter": 1,
    "deterrence_half": 1,
    "brandts_holt_1": 30,
    "brandts_holt_2": 30,
    "brandts_holt_3": 30,
    "brandts_holt_4": 30,
    "brandts_holt_5": 30,
    "banks_camerer_porter_2": 1,
    "banks_camerer_porter_3": 1,
    "banks_camerer_porter_4": 1,
    "spence": 1,
    "watson_29_1": 1,
    "watson_29_6": 1,
    "cheap_talk_aligned": 1,
    "cheap_talk_opposed": 1,
    "private_receivers": 1,
}
"""Games of `textbook_games` and what their rationalities are divided by: Brandts and Holt pay in thirties."""

SINGULAR = {"cheap_talk_aligned": "from 1.118 on informative branches cross babbling, and the answer is on one of them"}
"""Games whose branch meets points where other branches cross it: what Gambit then follows is its own choice."""

Game = dict[str, Any]


def random_game(types: int, receivers: int, signals: int, actions: int, *, seed: int) -> Game:
    """Draw payoffs with two decimals from a normal distribution, priors in twentieths."""
    dice = random.Random(seed)

    def drawn() -> str:
        return str(round(dice.gauss(0, 1), 2))

    def payoffs() -> Any:  # noqa: ANN401 - nested lists
        tables = [[[drawn() for _ in range(actions)] for _ in range(signals)] for _ in range(types * receivers)]
        return [tables[k * types : (k + 1) * types] for k in range(receivers)]

    def prior(size: int) -> list[str]:
        parts = [dice.randint(1, 9) for _ in range(size)]
        return [str(Fraction(part, sum(parts))) for part in parts]

    return {
        "source": f"drawn with seed {seed}",
        "prior": prior(types),
        "receiver_prior": prior(receivers),
        "sender": payoffs(),
        "receiver": payoffs(),
    }


def textbook_game(name: str) -> Game:
    """Write a game of the library as exact numbers."""

    def exact(values: Any) -> Any:  # noqa: ANN401 - nested lists
        if isinstance(values, list):
            return [exact(value) for value in values]
        return str(Fraction(values).limit_denominator(1000))

    game = LIBRARY[name.replace("_", "-")].game
    names = ("prior", "receiver_prior", "sender", "receiver")
    return {key: exact(getattr(game, key).tolist()) for key in names} | {"available": game.available.tolist()}


def tree(game: Game) -> str:
    """Write a game as Gambit's extensive form, sender and receiver payoffs with a receiver-type axis."""
    numbers = count(1)
    priors = game["prior"], game.get("receiver_prior", ["1"])
    sender, receiver = (
        values if isinstance(values[0][0][0], list) else [values] * len(priors[1])
        for values in (game["sender"], game["receiver"])
    )
    signals, actions = len(sender[0][0]), len(sender[0][0][0])
    usable = game.get("available", [[True] * actions] * signals)
    lines = ['EFG 2 R "game" { "sender" "receiver" }', chance("t", 1, priors[0])]
    for t in range(len(priors[0])):
        lines.append(chance("k", 2 + t, priors[1]))
        for k in range(len(priors[1])):
            lines.append(move(1, t + 1, range(signals)))
            for m in range(signals):
                open_actions = [a for a in range(actions) if usable[m][a]]
                lines.append(move(2, 1 + k * signals + m, open_actions))
                cells = [(Fraction(str(sender[k][t][m][a])), Fraction(str(receiver[k][t][m][a]))) for a in open_actions]
                lines += [f't "" {next(numbers)} "" {{ {own} {other} }}' for own, other in cells]
    return "\n".join(lines)


def chance(letter: str, number: int, prior: list[str]) -> str:
    """Write a chance move."""
    return f'c "" {number} "" {{ {" ".join(f"{chr(34)}{letter}{i}{chr(34)} {p}" for i, p in enumerate(prior))} }} 0'


def move(player: int, number: int, actions: Any) -> str:  # noqa: ANN401 - any iterable of int
    """Write a player's move."""
    return f'p "" {player} {number} "" {{ {" ".join(f"{chr(34)}{a}{chr(34)}" for a in actions)} }} 0'


def answers(game: Game, rationalities: list[float]) -> list[list[float]]:
    """Return all probabilities, sender's before receiver's, information set by information set."""
    found = pygambit.qre.logit_solve_lambda(
        pygambit.read_efg(io.BytesIO(tree(game).encode())), lam=rationalities, first_step=0.01
    )
    return [[float(equilibrium[i]) for i in range(len(equilibrium))] for equilibrium in found]


def main() -> None:
    """Solve every game at every rationality."""
    chosen = {name: (textbook_game(name), [rate / unit for rate in RATIONALITIES]) for name, unit in TEXTBOOK.items()}
    shapes = [(2, 1, 2, 2), (2, 2, 3, 2), (2, 2, 3, 2), (3, 1, 3, 3), (3, 2, 2, 3), (4, 1, 2, 2)]
    for seed, shape in enumerate(shapes):
        chosen["random_" + "x".join(map(str, shape)) + f"_{seed}"] = (random_game(*shape, seed=seed), RATIONALITIES)
    keys = ("prior", "receiver_prior", "sender", "receiver", "available")
    entries = {
        name: {key: game[key] for key in keys if key in game and name not in TEXTBOOK}
        | ({"singular": SINGULAR[name]} if name in SINGULAR else {})
        | {"rationality": rates, "probabilities": answers(game, rates)}
        for name, (game, rates) in chosen.items()
    }
    record = {
        "source": f"pygambit {pygambit.__version__}, logit_solve_lambda",
        "scaled": "Brandts and Holt's games: rationalities are divided by 30, since they pay in thirties",
        "games": entries,
    }
    (HERE / "quantal.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
