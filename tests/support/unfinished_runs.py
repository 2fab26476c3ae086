"""Runs to be interrupted: a scenario in small chunks, in a process of its own.

python unfinished_runs.py FOLDER WORKERS    goes on with the run in FOLDER, or begins it, and saves the result there
python unfinished_runs.py dask FOLDER       runs it on a dask cluster of two processes, one of which is lost
"""

from __future__ import annotations

import json
import os
import signal
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

DRAWS, SEED, CHUNK = 2**14, 5, 1


def job() -> Job:
    """Return a run of 16 chunks."""
    return plan(load_scenario("macron-2024"), DRAWS, SEED, chunk=CHUNK)


def go_on(folder: Path, *, workers: int = 1, say: Callable[[str], object] = lambda _: None) -> Result:
    """Go on with the run in a folder."""
    with opened(folder, identity(job()), resume=True) as store:
        return carry_out(job(), workers=workers, store=store, say=say)


def on_dask() -> Result:
    """Run on two processes of a cluster, one of which dies in the midst of it."""
    from distributed import LocalCluster

    here = {"host": "127.0.0.1", "dashboard_address": None}
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, **here) as machines,
        cluster(machines.scheduler_address) as (executor, threads),
    ):
        victim = next(iter(machines.workers.values())).pid

        def kill(done: int, *_: object) -> None:
            if done == DRAWS // 4:
                os.kill(victim, signal.SIGKILL)

        return carry_out(job(), executor=executor, workers=threads, progress=kill)


def orphaned(folder: Path) -> str:
    """Run on a cluster whose scheduler dies in the midst of it, and return what the run says."""
    file = folder.with_name("scheduler.json")
    dask = [sys.executable, "-m", "dask"]
    quiet = subprocess.DEVNULL
    here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
    scheduler = subprocess.Popen([*dask, "scheduler", *here, "--port", "0"], stdout=quiet, stderr=quiet)
    while not file.exists():
        time.sleep(0.05)
    worker = subprocess.Popen([*dask, "worker", *here, "--nthreads", "1", "--no-nanny"], stdout=quiet, stderr=quiet)
    address = json.loads(file.read_text(encoding="utf-8"))["address"]

    def kill(done: int, *_: object) -> None:
        if done == DRAWS // 4:
            scheduler.kill()

    try:
        with opened(folder, identity(job())) as store, waited_for(address) as (executor, threads):
            carry_out(job(), executor=executor, workers=threads, store=store, progress=kill)
        return "it went on"
    except RunError as fault:
        return str(fault)
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()


@contextmanager
def waited_for(address: str) -> Iterator[tuple[Executor | None, int]]:
    """Connect to a cluster once its worker is there; a lost scheduler is given up after two seconds."""
    sim.work.cluster.PATIENCE = "2s"
    while True:
        try:
            with cluster(address) as found:
                yield found
            return
        except ClusterError as fault:
            if "has no workers" not in str(fault):
                raise
            time.sleep(0.2)


def main() -> None:
    """Do what the command line says."""
    first, second = sys.argv[1:]
    if first == "dask":
        on_dask().save(second)
    elif first == "orphan":
        print(orphaned(Path(second)))  # noqa: T201 - what the test reads
    else:
        go_on(Path(first), workers=int(second)).save(first)


if __name__ == "__main__":
    main()
