"""How does a run get the machines of a cluster? Through dask's scheduler, as an ordinary executor."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import TypeVar

T = TypeVar("T")
LONELY_SECONDS = 60.0  # how long to wait for a worker when all are gone: one may be starting
PATIENCE = "10s"  # how long to wait for a scheduler to answer
_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://\[?[\w.:-]+\]?:\d+")


class ClusterError(RuntimeError):
    """A cluster that cannot be used, and why."""


class Cluster(Executor):
    """The workers of a dask scheduler as an executor that can tell when they are gone."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        self.address = address
        self._client = Client(address, timeout=PATIENCE, set_as_default=False)
        # Not pure: a chunk that failed must be computed again, not be looked up.
        self._executor = self._client.get_executor(pure=False)
        self._seen = time.monotonic()

    @property
    def threads(self) -> int:
        """Threads of all its workers."""
        return sum(self._client.nthreads().values())

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        """Give work to a worker."""
        future: Future[T] = self._executor.submit(fn, *args, **kwargs)
        return future

    def gone(self) -> str:
        """Say that the scheduler is gone, or that it has had no worker for too long; nothing if all is well."""
        if self._client.status in ("closed", "closing"):
            return f"the dask scheduler at {self.address} is gone"
        # While it connects anew nobody knows how many there are: that time does not count.
        if self._client.status != "running" or self._client.scheduler_info()["workers"]:
            self._seen = time.monotonic()
        if time.monotonic() - self._seen > LONELY_SECONDS:
            return f"the dask scheduler at {self.address} has had no workers for {LONELY_SECONDS:.0f} seconds"
        return ""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; the workers stay."""
        with suppress(OSError, TimeoutError, RuntimeError, CancelledError):  # nobody may be there to say goodbye to
            self._client.close(timeout=2)


@contextmanager
def cluster(address: str | None) -> Iterator[tuple[Executor | None, int]]:
    """Connect to a dask scheduler; without an address there is none, and one worker, this process."""
    if address is None:
        yield None, 1
        return
    if not _ADDRESS.fullmatch(address):
        raise ClusterError(f"a dask scheduler's address reads tcp://HOST:PORT; it is {address!r}")
    _check_version(address)
    with _connected(address) as executor:
        if not (threads := executor.threads):
            raise ClusterError(f"the scheduler at {address} has no workers; start one with: dask worker {address}")
        yield executor, threads


def _check_version(address: str) -> None:
    """Refuse a scheduler of another version: it would answer with a traceback of its own, or compute other bits."""
    try:
        import distributed  # noqa: F401 - it may be installed and broken

        here = version("distributed")
    except ImportError:
        return  # connecting says what to do
    try:
        there = version_at(address)
    except OSError as fault:
        raise ClusterError(f"no dask scheduler answers at {address}: {fault}") from fault
    if there not in ("", here):
        raise ClusterError(
            f"the dask scheduler at {address} has distributed {there}, this machine {here}: both must be the same"
        )


def version_at(address: str) -> str:
    """Return the version of distributed that a scheduler has; nothing if it does not say."""
    from dask.utils import parse_timedelta
    from distributed.core import rpc

    async def ask() -> str:
        async with rpc(address, timeout=PATIENCE) as scheduler:
            return str((await scheduler.versions())["packages"]["distributed"])

    # With an answer of a kind that is unknown here, connecting will say what is wrong.
    with suppress(ValueError, TypeError, KeyError, RuntimeError, AttributeError):
        return asyncio.run(asyncio.wait_for(ask(), 2 * parse_timedelta(PATIENCE)))
    return ""


@contextmanager
def _connected(address: str) -> Iterator[Cluster]:
    """Connect, or say why not."""
    try:
        executor = Cluster(address)
    except ImportError:
        raise ClusterError(
            "--dask needs dask; install it with: pip install 'strategic-ambiguity[cluster]', "
            "or in a copy of this repository: .venv/bin/pip install -e '.[cluster]'"
        ) from None
    except (OSError, ValueError) as fault:
        raise ClusterError(f"no dask scheduler answers at {address}: {fault}") from fault
    with executor:
        yield executor
