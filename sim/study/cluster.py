"""How does a run get the machines of a cluster? Through dask's scheduler, as an ordinary executor."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

PATIENCE = "10s"
"""How long to wait for a scheduler to answer."""


class ClusterError(RuntimeError):
    """A cluster that cannot be used, and why."""


@contextmanager
def cluster(address: str | None) -> Iterator[tuple[Executor | None, int]]:
    """Connect to a dask scheduler.

    Parameters
    ----------
    address : str or None
        Such as ``tcp://127.0.0.1:8786``; None for no cluster.

    Yields
    ------
    Executor or None
        To be given to `sim.run`; None without an address.
    int
        Threads of all its workers; 1 without an address.

    Raises
    ------
    ClusterError
        If dask is not installed, no scheduler answers, or it has no workers.

    Examples
    --------
    >>> with cluster(None) as (executor, workers):
    ...     print(executor, workers)
    None 1
    """
    if address is None:
        yield None, 1
        return
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            "--dask needs dask; install it with: pip install 'strategic-ambiguity[cluster]', "
            "or in a copy of this repository: .venv/bin/pip install -e '.[cluster]'"
        ) from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as fault:
        raise ClusterError(f"no dask scheduler answers at {address}: {fault}") from fault
    with client:
        threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        if not threads:
            raise ClusterError(f"the scheduler at {address} has no workers; start one with: dask worker {address}")
        # Not pure: a chunk that failed must be computed again, not be looked up.
        yield client.get_executor(pure=False), threads  # type: ignore[no-untyped-call]
