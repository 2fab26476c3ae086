"""How are choices kept? A row a round, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict

from sim.play.rounds import Round

Row = dict[str, object]


def row(played: Round, seed: int) -> Row:
    """Return one round: what was seen, chosen and best, the beliefs that the choice fits, what followed, the score."""
    world = played.world
    mine, other = (world.opponent, world.france) if played.role == "russia" else (world.france, world.opponent)
    fits = ("", "") if played.fits.empty else (played.fits.low, played.fits.high)
    return {
        "round": world.number + 1,
        "seed": seed,
        "draw": world.number,
        "role": played.role,
        "type": mine,
        "type_of_other": other,
        "signal": played.signal,
        "prior": world.prior,
        "belief": float(world.belief[world.stances.index(played.signal)]),
        "choice": played.choice,
        "answer": played.answer,
        "best_reply": " or ".join(played.best),
        "fits_beliefs_from": fits[0],
        "fits_beliefs_to": fits[1],
        **{name: int(value) for name, value in asdict(played.end).items()},
        "payoff": played.payoff,
        "worth": played.worth,
        "best_worth": played.best_worth,
    }


def as_csv(played: Sequence[Round], seed: int) -> str:
    """Return rounds as CSV; none as nothing."""
    rows = [row(each, seed) for each in played]
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue()
