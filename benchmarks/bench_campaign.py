"""What do campaigns cost? Two years of months, with and without a doctrine, and the quantal play they rest on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.bench_run import DRAWING, PEER
from benchmarks.harness import Benchmark
from sim.analyses.campaign.analysis import Campaign, campaign
from sim.analyses.campaign.plan import CampaignPlan
from sim.crisis.crisis_quantal import quantal_play
from sim.crisis.payoffs import crisis_game
from sim.draws.blocks import BLOCK, parameter_blocks
from sim.games.game import Floats, SignallingGame
from sim.games.quantal.response import quantal_response
from sim.scenario.scenario import load_scenario

CAMPAIGNS = 2**17
"""The first power of two above 10^5; the target is 20 s on two cores, of which one is used."""


def benchmarks() -> list[Benchmark]:
    """List whole campaigns, and quantal play of a block by the two solvers."""
    rows = [
        Benchmark(
            f"campaign of 24 months, {CAMPAIGNS:,} crises, {doctrine or 'France chooses'}",
            setup=partial(load_scenario, "macron-2024"),
            call=partial(campaign, plan=CampaignPlan(doctrine=doctrine), draws=CAMPAIGNS),
            check=_level,
            items=24 * CAMPAIGNS,
            item="months",
            repeats=2,
            note="target: below 20 s",
            drawing=DRAWING,
            peer=PEER,
        )
        for doctrine in (None, "ambiguous")
    ]
    solvers: dict[str, Callable[[SignallingGame], object]] = {
        "two unknowns": partial(quantal_play, rationality=5.0),
        "general solver": _generally,
    }
    return rows + [
        Benchmark(
            f"quantal play of a block, {name}",
            setup=_block,
            call=solver,
            check=_sums_to_one,
            items=BLOCK,
            item="games",
            note="compare the two solvers",
        )
        for name, solver in solvers.items()
    ]


def _generally(game: SignallingGame) -> tuple[Floats, None]:
    """Solve by continuation in all probabilities."""
    return np.moveaxis(quantal_response(game, 5.0).strategy, 0, -1), None


def _block() -> SignallingGame:
    """Return the crises of one block of draws."""
    return crisis_game(next(iter(parameter_blocks(load_scenario("macron-2024"), 65_536, 0)))[1])


def _level(result: Campaign) -> bool:
    """Check that the mean beliefs are where they began, as Bayes' rule has it."""
    fans = [result.belief[name] for name in ("resolute", "opportunist")]
    return all(abs(fan["mean"][-1] - fan["mean"][0]) < 5 * fan["se"][-1] for fan in fans)


def _sums_to_one(play: tuple[Floats, Floats | None]) -> bool:
    """Check that each type's signals are probabilities, (t, m, n)."""
    return bool(np.allclose(play[0].sum(axis=1), 1))
