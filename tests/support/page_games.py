"""Where does the page's engine differ from Python on batches of games? Row by row; with ties, by what they leave fixed.

`python tests/support/page_games.py N SEED` compares N random games of all shapes and says what came of them.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import numpy as np
from fuzzing import FoundError, run_as_program
from numpy.typing import NDArray
from page_engine import engine
from random_games import SHAPES, random_games, tied_games

import sim
from sim.games.certificate import certificate
from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame

CLOSE = 1e-9
"""Largest difference between numbers of the two; payoffs here are of the size 1."""

SEARCHED = 1e-7
"""The same between payoffs of members that Python finds by linear programs, exact to 1e-10 before they are divided."""

JUDGED = ("intuitive", "d1", "undefeated")

OWN_SHAPES = tuple(shape for shape in SHAPES if shape.actions == 2 and shape.receiver_types <= 2)
"""Shapes that the engine takes: 2 to 4 signals, 2 actions, 1 or 2 receiver types."""


BATCH, TIED = 1000, 0.04
"""Games compared at once; share of games with small whole payoffs, one of which takes Python a tenth of a second."""


def by_engine(game: SignallingGame) -> tuple[Equilibria, NDArray[np.bool_]]:
    """Return the equilibria that the engine finds in a batch, and which games it flags, (n,)."""
    flat = game.flat()
    told = [
        {
            "prior": flat.prior[i].tolist(),
            "receiver_prior": flat.receiver_prior[i].tolist(),
            "sender": flat.sender[i].tolist(),
            "receiver": flat.receiver[i].tolist(),
            "available": flat.available.tolist(),
        }
        for i in range(len(flat.prior))
    ]
    script = f"JSON.stringify({json.dumps(told)}.map((game) => engine.solveGame(game)))"
    answers: list[dict[str, Any]] = json.loads(str(engine().eval(script)))
    rows = [(i, row) for i, answer in enumerate(answers) for row in answer["equilibria"]]
    degenerate = np.array([answer["degenerate"] for answer in answers])
    index, belief = np.array([i for i, _ in rows]), np.array([row["belief"] for _, row in rows])
    numbers = {
        name: np.array([row[name] for _, row in rows], float) for name in ("strategy", "response", "sender_value")
    }
    return (
        Equilibria(
            game=index,
            family=np.array([row["family"] for _, row in rows]),
            belief=np.stack([1 - belief, belief], axis=-1),
            degenerate=degenerate[index],
            **numbers,
            **{name: np.array([row[name] for _, row in rows]) for name in JUDGED},
        ),
        degenerate,
    )


def differences(game: SignallingGame) -> tuple[list[str], int]:
    """Say in which games the engine and Python disagree, and how many of the games were searched for ties."""
    expected = sim.perfect_bayesian(game)
    found, flagged = by_engine(game)
    count = len(flagged)
    faults, searched = [], 0
    certain = certificate(game, found)
    for what in ("sender_gain", "receiver_gain", "bayes_error"):
        for row in np.flatnonzero(getattr(certain, what) > CLOSE):
            faults.append(f"game {found.game[row]}: {what} of a row is {getattr(certain, what)[row]}")
    bounds = [np.searchsorted(eq.game, np.arange(count + 1)) for eq in (expected, found)]
    for i in range(count):
        own, other = (slice(*bound[i : i + 2]) for bound in bounds)
        if bool(expected.degenerate[own][0]) != bool(flagged[i]):
            faults.append(f"game {i}: flagged by {'Python' if expected.degenerate[own][0] else 'the engine'} alone")
            continue
        fault = _row_fault(expected, own, found, other)
        if fault and flagged[i]:
            searched += 1
            fault = _member_fault(expected, own, found, other, game.flat().prior[i])
        if fault:
            faults.append(f"game {i}: {fault}")
    return faults, searched


def _row_fault(expected: Equilibria, own: slice, found: Equilibria, other: slice) -> str:
    """Say how the rows of one game differ; empty if they agree one by one, in their order too."""
    if (families := expected.family[own].tolist()) != (theirs := found.family[other].tolist()):
        return f"families {theirs} should be {families}"
    for name in ("strategy", "belief", "response", "sender_value"):
        gap = float(np.abs(getattr(expected, name)[own] - getattr(found, name)[other]).max())
        if not gap <= CLOSE:
            return f"{name} differs by {gap}"
    for name in JUDGED:
        if not np.array_equal(getattr(expected, name)[own], getattr(found, name)[other]):
            return f"{name} should be {getattr(expected, name)[own].tolist()}"
    return ""


def _member_fault(expected: Equilibria, own: slice, found: Equilibria, other: slice, prior: Floats) -> str:
    """Say how the members of continua differ: by who sends what, the payoffs' ends and the best payoff beforehand."""
    ends = [_ends(eq, part, prior) for eq, part in ((expected, own), (found, other))]
    if ends[0].keys() != ends[1].keys():
        return f"ways to send signals {sorted(ends[1])} should be {sorted(ends[0])}"
    for way, numbers in ends[0].items():
        gap = float(np.abs(numbers - ends[1][way]).max())
        if not gap <= SEARCHED:
            return f"payoffs of {way} differ by {gap}"
    return ""


def _ends(eq: Equilibria, part: slice, prior: Floats) -> dict[tuple[str, str], Floats]:
    """Return by family and who sends what: least and greatest payoff of each type, and the best before it is known."""
    ways: dict[tuple[str, str], list[Floats]] = {}
    for family, strategy, value in zip(eq.family[part], eq.strategy[part], eq.sender_value[part], strict=True):
        sends = "".join(str(int(sent)) for sent in (strategy > 0).ravel())
        ways.setdefault((str(family), sends), []).append(np.array([*value, prior @ value]))
    return {way: np.array([*np.min(rows, axis=0)[:2], *np.max(rows, axis=0)]) for way, rows in ways.items()}


def fuzz(count: int, seed: int) -> Counter[str]:
    """Compare so many random games; the first difference ends it."""
    told: Counter[str] = Counter()
    while (done := told.total()) < count:
        number = seed + done
        shape = OWN_SHAPES[number // BATCH % len(OWN_SHAPES)]
        whole = min(BATCH, count - done)
        tied = round(TIED * whole)
        for kind, size, draw in (("continuous", whole - tied, random_games), ("of whole numbers", tied, tied_games)):
            game = draw(size, shape, seed=number)
            faults, searched = differences(game)
            if faults:
                raise FoundError(f"{draw.__name__}({size}, {shape}, seed={number}): {'; '.join(faults[:3])}")
            told[kind] += size - searched
            told["members of continua compared"] += searched
    return told


if __name__ == "__main__":
    run_as_program(fuzz)
