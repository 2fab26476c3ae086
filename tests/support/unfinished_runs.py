"""Runs to be interrupted: a scenario in small chunks, in a process of its own.

python unfinished_runs.py FOLDER WORKERS    goes on with the run in FOLDER, or begins it, and saves the result there
python unfinished_runs.py dask FOLDER       runs it on a cluster of two workers and a scheduler, and loses them in turn
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import sim.work.cluster
from sim.montecarlo.job import Job, identity, plan
from sim.montecarlo.result import Result
from sim.montecarlo.run import carry_out
from sim.scenario.scenario import load_scenario
from sim.work.checkpoint import opened
from sim.work.cluster import ClusterError, cluster
from sim.work.executors import RunError

SEED = 5
DRAWS = 2**14
"""Of a run that lasts long enough to be killed."""


def job() -> Job:
    """Return a quick run of 8 chunks."""
    return plan(load_scenario("macron-2024"), 2**10, SEED, chunk=2)


def long_job() -> Job:
    """Return a run of 16 chunks that is there for a while."""
    return plan(load_scenario("macron-2024"), DRAWS, SEED, chunk=1)


def go_on(folder: Path, of: Job, *, workers: int = 1, say: Callable[[str], object] = lambda _: None) -> Result:
    """Go on with the run in a folder."""
    with opened(folder, identity(of), resume=True) as store:
        return carry_out(of, workers=workers, store=store, say=say)


def on_dask(folder: Path) -> str:
    """Run on a cluster that loses a worker, save that, and run again until the scheduler dies; return what is said."""
    file = folder.with_name("scheduler.json")
    dask = [sys.executable, "-m", "dask"]
    quiet = subprocess.DEVNULL
    here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
    scheduler = subprocess.Popen([*dask, "scheduler", *here, "--port", "0"], stdout=quiet, stderr=quiet)
    while not file.exists():
        time.sleep(0.05)
    worker = [*dask, "worker", *here, "--nthreads", "1", "--no-nanny"]
    first, second = (subprocess.Popen(worker, stdout=quiet, stderr=quiet) for _ in range(2))
    address = json.loads(file.read_text(encoding="utf-8"))["address"]
    try:
        with waited_for(address, threads=2) as executor:
            carry_out(long_job(), executor=executor, workers=2, progress=killing(first)).save(folder)
            with opened(folder.with_name("orphan"), identity(long_job())) as store:
                carry_out(long_job(), executor=executor, workers=1, store=store, progress=killing(scheduler))
        return "it went on"
    except RunError as fault:
        return str(fault)
    finally:
        for process in (scheduler, first, second):
            process.kill()
            process.wait()


def killing(victim: subprocess.Popen[bytes]) -> Callable[..., object]:
    """Return what kills a process once a quarter of the draws are done."""

    def told(done: int, *_: object) -> None:
        if done == DRAWS // 4:
            victim.kill()

    return told


@contextmanager
def waited_for(address: str, *, threads: int) -> Iterator[Executor | None]:
    """Connect to a cluster once its workers are there; a lost scheduler is given up after two seconds."""
    sim.work.cluster.PATIENCE = "2s"
    while True:
        try:
            with cluster(address) as (executor, found):
                if found == threads:
                    yield executor
                    return
        except ClusterError as fault:
            if "has no workers" not in str(fault):
                raise
        time.sleep(0.2)


def main() -> None:
    """Do what the command line says."""
    first, second = sys.argv[1:]
    if first == "dask":
        print(on_dask(Path(second)))  # noqa: T201 - what the test reads
    else:
        go_on(Path(first), long_job(), workers=int(second)).save(first)


if __name__ == "__main__":
    main()
