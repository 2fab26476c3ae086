"""What do analyses of many draws cost, alone and shared by two workers? Each beside drawing and the EMA Workbench."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.bench_run import DRAWING, PEER
from benchmarks.harness import Benchmark
from sim.analyses.campaign.analysis import campaign
from sim.analyses.channels.analysis import channels
from sim.analyses.compare.analysis import compare
from sim.analyses.plausible.analysis import plausibility
from sim.analyses.readings.analysis import readings
from sim.analyses.regimes.analysis import COARSE_GRID, DRAWS, sweep_draws
from sim.analyses.robustness.analysis import robustness
from sim.analyses.sensitivity.analysis import sensitivity
from sim.scenario.scenario import Scenario, load_scenario

MANY, POINTS, MONTHS = 2**18, 2**15, 24
WORKERS = (1, 2)


@dataclass(frozen=True)
class Shared:
    """One analysis: how it is asked for, with how many workers, and how many of what it deals with."""

    name: str
    ask: Callable[[Scenario, int], Any]
    items: int
    item: str = "draws"
    workers: tuple[int, ...] = WORKERS


ANALYSES = (
    Shared(f"compare of two, {MANY:,} draws", lambda one, n: compare([one, "columnist"], draws=MANY, workers=n), MANY),
    Shared(f"readings, {MANY:,} draws", lambda one, n: readings(one, MANY, workers=n), MANY),
    Shared(f"channels, {MANY:,} draws", lambda one, n: channels(one, MANY, workers=n), MANY),
    Shared(f"plausible, {MANY:,} draws", lambda one, n: plausibility(one, draws=MANY, workers=n), MANY),
    Shared(f"robustness, {MANY:,} draws", lambda one, _: robustness(one, MANY), MANY, workers=(1,)),
    Shared(
        f"sensitivity, {POINTS:,} base points", lambda one, n: sensitivity(one, points=POINTS, workers=n), POINTS,
        "base points",
    ),
    Shared(
        f"map, {COARSE_GRID} x {COARSE_GRID} over {DRAWS:,} draws", lambda one, n: sweep_draws(one, workers=n),
        COARSE_GRID**2 * DRAWS, "games",
    ),
    Shared(
        f"campaign of {MONTHS} months, {MANY // 4:,} crises", lambda one, n: campaign(one, draws=MANY // 4, workers=n),
        MONTHS * MANY // 4, "months",
    ),
)  # fmt: skip


def asked(each: Shared, workers: int, scenario: Scenario) -> Any:  # noqa: ANN401 - of any analysis
    """Carry an analysis out."""
    return each.ask(scenario, workers)


_FOUND: dict[str, str] = {}


def same(name: str, found: Any) -> bool:  # noqa: ANN401 - of any analysis
    """Check that an analysis gives the bits that it gave before, whoever shared the work."""
    told = json.dumps(found.to_dict(), sort_keys=True, default=str).encode()
    bits = hashlib.sha256(told).hexdigest()
    return _FOUND.setdefault(name, bits) == bits


def benchmarks() -> list[Benchmark]:
    """List every analysis, alone and shared; with ``--cpu`` the second says what sharing costs, else what it gains."""
    return [
        Benchmark(
            f"shared: {each.name}, {'one process' if workers == 1 else f'{workers} workers'}",
            setup=partial(load_scenario, "macron-2024"),
            call=partial(asked, each, workers),
            check=partial(same, each.name),
            items=each.items,
            item=each.item,
            note="the same bits" * (workers > 1),
            repeats=1,
            drawing=DRAWING,
            peer=PEER,
        )
        for each in ANALYSES
        for workers in each.workers
    ]
