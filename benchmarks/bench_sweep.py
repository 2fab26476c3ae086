"""What does a regime map cost? A map at central values, and a small one over draws."""

from __future__ import annotations

from benchmarks.bench_run import DRAWING, PEER
from benchmarks.harness import Benchmark
from sim.analyses.regimes.analysis import sweep, sweep_draws
from sim.analyses.regimes.axes import Axis, axis_of
from sim.scenario.scenario import Scenario, load_scenario

CENTRAL, OVER_DRAWS, DRAWS = 200, 10, 1024


def setup() -> tuple[Scenario, tuple[Axis, Axis]]:
    """Return the scenario and the two axes."""
    scenario = load_scenario("macron-2024")
    return scenario, (axis_of(scenario, "prior.resolute"), axis_of(scenario, "signal.commit.stance_value"))


def benchmarks() -> list[Benchmark]:
    """List both maps; games are those at the nodes, without those that find the borders between them."""
    return [
        Benchmark(
            f"sweep, {CENTRAL} x {CENTRAL} at central values",
            setup=setup,
            call=lambda inputs: sweep(*inputs, grid=CENTRAL),
            check=lambda found: len(found.regimes) == 5 and abs(found.shares.sum() - 1) < 1e-9,
            items=CENTRAL**2,
            item="games",
            note="target: under 1 s, borders and break-even lines included",
            drawing=DRAWING,
            peer=PEER,
        ),
        Benchmark(
            f"sweep, {OVER_DRAWS} x {OVER_DRAWS} over {DRAWS:,} draws",
            setup=setup,
            call=lambda inputs: sweep_draws(*inputs, grid=OVER_DRAWS, draws=DRAWS),
            check=lambda found: found.presence.max() < 1 and found.draws == DRAWS,
            items=OVER_DRAWS**2 * DRAWS,
            item="games",
            note="the same draws at each node",
            repeats=3,
            drawing=DRAWING,
            peer=PEER,
        ),
    ]
