"""Runs to be interrupted: a scenario in small chunks, in a process of its own.

python unfinished_runs.py FOLDER WORKERS    goes on with the run in FOLDER, or begins it, and saves the result there
python unfinished_runs.py dask FOLDER       runs it on a dask cluster of two processes, one of which is lost
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sim.study.checkpoint import opened
from sim.study.cluster import cluster
from sim.study.identity import identity
from sim.study.job import Job, plan
from sim.study.montecarlo import carry_out
from sim.study.result import Result
from sim.study.scenario import load_scenario

DRAWS, SEED, CHUNK = 2**17, 5, 1


def job() -> Job:
    """Return a run of 32 chunks."""
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
        LocalCluster(n_workers=2, threads_per_worker=1, **here) as machines,  # type: ignore[no-untyped-call]
        cluster(machines.scheduler_address) as (executor, threads),
    ):
        victim = next(iter(machines.workers.values())).pid

        def kill(done: int, *_: object) -> None:
            if done == DRAWS // 4:
                os.kill(victim, signal.SIGKILL)

        return carry_out(job(), executor=executor, workers=threads, progress=kill)


def dies(*_: object) -> None:
    """Be killed, as a worker that takes too much memory is."""
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Do what the command line says."""
    first, second = sys.argv[1:]
    if first == "dask":
        on_dask().save(second)
    else:
        go_on(Path(first), workers=int(second)).save(first)


if __name__ == "__main__":
    main()
