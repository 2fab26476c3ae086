"""What does the main job cost? The whole run, beside merely drawing its parameters, and its memory."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from benchmarks.harness import Benchmark
from sim.crisis.parameters import PARAMETERS
from sim.draws.blocks import blocks, parameter_values, uniforms
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, load_scenario

SMALL, LARGE = 2**16, 2**20
DRAWING = f"parameters of macron-2024, {LARGE:,} draws"
"""The row that others are divided by, draw for draw."""
PEER = "scale: one doctrine, EMA Workbench"
"""What another program takes for an experiment: one doctrine in plain arithmetic, for one draw."""

_PEAK = """
import resource, sys, sim
sim.run(sim.load_scenario("macron-2024"), draws=int(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def draw_parameters(scenario: Scenario, draws: int) -> int:
    """Draw every parameter and count the values."""
    listed = blocks(draws)
    return sum(len(parameter_values(scenario, s)) * s.shape[1] for s in uniforms(scenario.seed, listed))


def peak_memory(draws: int) -> float:
    """Return the peak memory of a run in a process of its own, MB (POSIX only: what the system accounts)."""
    kilobytes = int(subprocess.check_output([sys.executable, "-c", _PEAK, str(draws)], text=True))
    return kilobytes / (1024 if sys.platform != "darwin" else 1024**2)


def benchmarks() -> list[Benchmark]:
    """List the run and the drawing at two sizes, and whole processes with their memory."""
    rows = []
    for draws, repeats in ((SMALL, 5), (LARGE, 1)):
        rows.append(
            Benchmark(
                f"parameters of macron-2024, {draws:,} draws",
                setup=partial(load_scenario, "macron-2024"),
                call=partial(draw_parameters, draws=draws),
                check=partial(int.__eq__, len(PARAMETERS) * draws),
                items=draws,
                item="draws",
                note="drawing alone",
                repeats=repeats,
            )
        )
        rows.append(
            Benchmark(
                f"run of macron-2024, {draws:,} draws",
                setup=partial(load_scenario, "macron-2024"),
                call=partial(run, draws=draws),
                check=lambda result: result.doctrine["commit"]["war"]["mean"] > 0,
                items=draws,
                item="draws",
                note="compare with drawing alone",
                repeats=repeats,
                drawing=f"parameters of macron-2024, {draws:,} draws",
            )
        )
        rows.append(
            Benchmark(
                f"process that runs macron-2024, {draws:,} draws",
                setup=partial(int, draws),
                call=peak_memory,
                check=lambda megabytes: megabytes < 500,
                items=draws,
                item="draws",
                note="imports included",
                repeats=1,
                says=lambda megabytes: f"peak {megabytes:.0f} MB",
            )
        )
    return [row for row in rows if sys.platform != "win32" or "process" not in row.name]
