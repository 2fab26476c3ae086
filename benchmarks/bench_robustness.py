"""What does a comparison of the stances cost beside drawing and playing the doctrines alone, and how much memory?"""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from benchmarks.harness import Benchmark
from sim.analyses.robustness.analysis import robustness
from sim.analyses.robustness.regret import held
from sim.draws.blocks import parameter_blocks
from sim.scenario.scenario import Scenario, load_scenario

DRAWS, MANY = 2**16, 2**19

_PEAK = """
import resource, sys, sim
sim.robustness(sim.load_scenario("macron-2024"), draws=int(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def play_doctrines(scenario: Scenario) -> int:
    """Draw every parameter and work out every doctrine; count the draws."""
    played = (
        held(parameters, worst_case=scenario.worst_case)
        for _, parameters in parameter_blocks(scenario, DRAWS, scenario.seed)
    )
    return sum(len(values["war"]["commit"]) for values in played)


def peak_memory(draws: int) -> float:
    """Return the peak memory of a comparison in a process of its own, MB (POSIX only: what the system accounts)."""
    kilobytes = int(subprocess.check_output([sys.executable, "-c", _PEAK, str(draws)], text=True))
    return kilobytes / (1024 if sys.platform != "darwin" else 1024**2)


def benchmarks() -> list[Benchmark]:
    """List the comparison, the doctrines alone, and whole processes with their memory."""
    alone = Benchmark(
        f"doctrines of macron-2024, {DRAWS:,} draws",
        setup=partial(load_scenario, "macron-2024"),
        call=play_doctrines,
        check=partial(int.__eq__, DRAWS),
        items=DRAWS,
        item="draws",
        note="drawn and played, nothing compared",
        repeats=5,
    )
    whole = Benchmark(
        f"robustness of macron-2024, {DRAWS:,} draws",
        setup=partial(load_scenario, "macron-2024"),
        call=partial(robustness, draws=DRAWS),
        check=lambda result: result.ranking.best == "ambiguous" and result.ranking.shifts[0].flip.shift is not None,
        items=DRAWS,
        item="draws",
        note="regrets, rules, ceilings and flips of every belief",
        repeats=5,
    )
    processes = [
        Benchmark(
            f"process that compares macron-2024, {draws:,} draws",
            setup=partial(int, draws),
            call=peak_memory,
            check=lambda megabytes: megabytes < 500,
            items=draws,
            item="draws",
            note="imports included",
            repeats=1,
            says=lambda megabytes: f"peak {megabytes:.0f} MB",
        )
        for draws in (DRAWS, MANY)
    ]
    return [alone, whole, *(processes if sys.platform != "win32" else [])]
