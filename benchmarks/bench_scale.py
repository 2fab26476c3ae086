"""What do many draws cost? Processes, clusters, memory, and the EMA Workbench beside a loop and beside us."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.bench_run import DRAWING, PEER
from benchmarks.harness import Benchmark
from benchmarks.others import ema
from sim.draws.blocks import REPLICATES, parameter_blocks
from sim.montecarlo.chunks import Chunk, work
from sim.montecarlo.job import Job, plan
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, load_scenario
from sim.work.cluster import cluster

EXPERIMENTS = 2048
SENT = 50
"""Chunks that are sent to see what that costs."""


def process(draws: int, workers: int) -> float:
    """Return the peak memory of ``sim run`` in a process of its own, MB (its workers' not counted)."""
    script = (
        "import resource, sys; from sim.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    with tempfile.TemporaryDirectory() as place:
        words = ["run", "--quiet", "--draws", str(draws), "--workers", str(workers), "--out", str(Path(place, "run"))]
        done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1]) / (1024 if sys.platform != "darwin" else 1024**2)


_READY: dict[int, Chunk] = {}


def ready(job: Job, number: int) -> Chunk:
    """Return a chunk, computed once in each process."""
    if number not in _READY:
        _READY[number] = work(job, number)
    return _READY[number]


def milliseconds_a_chunk(open_executor: Callable[[], AbstractContextManager[Executor]]) -> float:
    """Return what it takes to send a chunk that is computed already and to get it back, in milliseconds."""
    job = plan(load_scenario("macron-2024"))
    with open_executor() as executor:
        for future in [executor.submit(ready, job, 0) for _ in range(8)]:  # every worker has it then
            future.result()
        start = perf_counter()
        for future in [executor.submit(ready, job, 0) for _ in range(SENT)]:
            future.result()
        return 1e3 * (perf_counter() - start) / SENT


@contextmanager
def pool() -> Iterator[Executor]:
    """Give two processes of this machine."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        yield executor


@contextmanager
def local_cluster() -> Iterator[Executor]:
    """Give the executor of a dask cluster of two processes on this machine."""
    from distributed import LocalCluster

    here = {"host": "127.0.0.1", "dashboard_address": None}
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, **here) as machines,
        cluster(machines.scheduler_address) as (executor, _),
    ):
        assert executor is not None
        yield executor


def alone(scenario: Scenario) -> list[dict[str, float]]:
    """Return draws as the arguments of `ema.commitment`."""
    (_, values), *_ = parameter_blocks(scenario, REPLICATES * EXPERIMENTS, 0, last=1)
    return [{name.replace(".", "_"): float(array[n]) for name, array in values.items()} for n in range(EXPERIMENTS)]


def ranges(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Return the 5-95 % range of every uncertain parameter."""
    ends = {name: entry.distribution.quantile(np.array([0.05, 0.95])) for name, entry in scenario.entries.items()}
    return {name: (float(low), float(high)) for name, (low, high) in ends.items() if low < high}


def benchmarks() -> list[Benchmark]:
    """List whole processes, what sending a chunk costs, and the same doctrine by other hands."""
    scenario = load_scenario("macron-2024")
    executors = {"a pool": pool, "dask": local_cluster}
    if find_spec("distributed") is None:
        print("scale: dask not installed: pip install '.[cluster]'", file=sys.stderr)
        del executors["dask"]
    rows = [_process(draws, workers) for draws, workers in ((2**20, 1), (2**20, 2), (2**24, 2))]
    rows += [
        Benchmark(
            f"scale: {name}, two workers",
            setup=partial(partial, open_executor),
            call=milliseconds_a_chunk,
            check=lambda milliseconds: 0 < milliseconds < 1000,
            note="a chunk is 65,536 draws; the columns time starting and stopping too",
            repeats=1,
            says=lambda milliseconds: f"{milliseconds:.1f} ms to send a chunk and get it back",
        )
        for name, open_executor in executors.items()
    ]
    rows += [
        Benchmark(
            "scale: one doctrine in plain arithmetic, a loop",
            setup=lambda: alone(scenario),
            call=lambda draws: [ema.commitment(**each) for each in draws],
            check=lambda found: 0 < sum(each["strike"] for each in found) < EXPERIMENTS,
            items=EXPERIMENTS,
            item="draws",
            note="the function that the EMA Workbench calls",
        ),
        Benchmark(
            "scale: everything, sim.run",
            setup=lambda: scenario,
            call=partial(run, draws=2**16),
            check=lambda result: result.doctrine["commit"]["strike"]["mean"] > 0,
            items=2**16,
            item="draws",
            note="three doctrines, every equilibrium, refinements, errors and quantiles",
            drawing=DRAWING,
            peer=PEER,
        ),
    ]
    if find_spec("ema_workbench") is None:
        print("scale: ema_workbench not installed: pip install '.[compare]'", file=sys.stderr)
        return rows
    return [
        *rows,
        Benchmark(
            PEER,
            setup=lambda: ema.model(ranges(scenario)),
            call=partial(ema.experiments, count=EXPERIMENTS),
            check=lambda found: len(found["strike"]) == EXPERIMENTS and 0 < found["strike"].mean() < 1,
            items=EXPERIMENTS,
            item="draws",
            note="one after the other; Latin hypercube over ranges; its results are arrays, no errors",
            repeats=3,
        ),
    ]


def _process(draws: int, workers: int) -> Benchmark:
    """Time a whole process."""
    who = "one process" if workers == 1 else f"{workers} workers"
    return Benchmark(
        f"scale: sim run, {draws:,} draws, {who}",
        setup=lambda: draws,
        call=partial(process, workers=workers),
        check=lambda megabytes: megabytes < 500,
        items=draws,
        item="draws",
        note="whole command: imports, tables, figures and files included",
        repeats=3 if draws < 2**22 else 1,
        says=lambda megabytes: f"peak {megabytes:.0f} MB",
        drawing=DRAWING,
    )
