"""Who does the work? This process, others on this machine, or a cluster: the same chunks, in any order."""

from __future__ import annotations

import atexit
import functools
import gc
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent import futures
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

from sim.scenario.given import whole

ATTEMPTS = 3  # how often a chunk may fail, or workers may die without a chunk being finished, before a run is given up

# Chunks for each worker that are under way, and how far they may run ahead of the first: what bounds the memory.
_QUEUED, _AHEAD = 2, 8
_LOOK_SECONDS = 2.0  # between two looks whether anybody is still at work


class RunError(RuntimeError):
    """A run that could not be finished, and why; chunks that were stored are whole."""


T = TypeVar("T")
Say = Callable[[str], object]  # takes what to tell the user


@contextmanager
def crew(workers: int = 1, executor: Executor | None = None) -> Iterator[Crew | None]:
    """Give those who do the work, None for this process, and let those we took on go in the end."""
    if whole("workers", workers) < 1:
        raise ValueError(f"workers must be at least 1; it is {workers}")
    if executor is not None:
        yield Crew(executor, workers)
    elif workers > 1:
        ending, hold = get_context("spawn").Pipe(duplex=False)
        hire = functools.partial(_hired, workers, ending)
        pool = Crew(hire(), workers, hire)
        try:
            yield pool
        except BaseException:
            hold.close()  # nobody will ask for what they are at: they end at once
            raise
        finally:
            pool.executor.shutdown(cancel_futures=True)
            hold.close()
            ending.close()
    else:
        yield None


def _hired(workers: int, ending: connection.Connection) -> ProcessPoolExecutor:
    """Return a pool of processes of our own, which end when nobody holds the other end of a pipe."""
    # Not forked: what other threads of this process hold would stay locked for ever.
    spawn = get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=spawn, initializer=_prepare, initargs=(ending,))
    # All begin with the first chunk: one that joined a pool as another broke it would be waited for for ever.
    pool._safe_to_dynamically_spawn_children = False  # type: ignore[attr-defined]
    return pool


def finished(
    work: Callable[[int], T], numbers: Iterable[int], by: Crew | None = None, *, say: Say = lambda _: None
) -> Iterator[tuple[int, T]]:
    """Yield every chunk with its number as it is finished; begin it again if its worker was lost."""
    if by is not None:
        yield from _spread(work, numbers, by, say)
        return
    for number in numbers:
        yield number, work(number)


def in_order(work: Callable[[int], T], numbers: Sequence[int], by: Crew | None = None) -> Iterator[T]:
    """Yield what comes of every chunk in the order of the numbers, whichever is finished first."""
    computed, ready = finished(work, numbers, by), dict[int, T]()
    for number in numbers:
        while number not in ready:
            ready.update([next(computed)])
        yield ready.pop(number)


@dataclass
class Crew:
    """Those who do the work: somebody else's or, where we can hire them anew, processes of our own."""

    executor: Executor
    size: int
    hire: Callable[[], Executor] | None = None
    begun: Executor | None = None  # the pool of our own whose processes are there

    def submit(self, work: Callable[[int], T], number: int) -> Future[T]:
        """Begin a chunk, in a new pool if our own one broke."""
        if self.hire is None:
            return self.executor.submit(work, number)
        if self.begun is self.executor:
            try:
                return self.executor.submit(work, number)
            except BrokenExecutor:  # one death ends the whole pool
                self.executor = self.hire()
        with _deaf():  # all processes start here, and inherit that
            self.begun = self.executor
            return self.executor.submit(work, number)

    def gone(self) -> str:
        """Say why nobody will ever finish, if the executor has a method that tells; nothing if all is well."""
        return str(getattr(self.executor, "gone", str)())


@contextmanager
def _deaf() -> Iterator[None]:
    """Let Ctrl-C pass for a moment: to stop is for this process to decide, not for its workers."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _prepare(ending: connection.Connection) -> None:
    """Prepare a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000)  # as the command line does: what is loaded is no garbage, now or in the end
    atexit.register(gc.freeze)
    threading.Thread(target=_end_with_parent, args=(ending,), daemon=True).start()


def _end_with_parent(ending: connection.Connection) -> None:
    """End when the process that the work is for is gone, however it went, or has given the work up."""
    if parent := parent_process():
        connection.wait([parent.sentinel, ending])
        os._exit(1)


def _spread(work: Callable[[int], T], todo: Iterable[int], by: Crew, say: Say) -> Iterator[tuple[int, T]]:
    """Keep a crew busy, and give up on a chunk that fails too often."""
    waiting, running, losses = deque(todo), dict[Future[T], int](), _Losses()
    try:
        while waiting or running:
            while waiting and _may_begin(waiting[0], running.values(), by.size):
                _check(by)
                number = waiting.popleft()
                running[by.submit(work, number)] = number
            lost: dict[int, BaseException] = {}
            for future in _done(running, by):
                number, fault = running.pop(future), _fault(future)
                if fault is None:
                    losses.deaths = 0
                    yield number, future.result()
                else:
                    lost[number] = fault
            losses.count(lost)
            for number, fault in lost.items():
                say(f"chunk {number} was lost ({type(fault).__name__}) and is computed again")
            waiting.extendleft(sorted(lost, reverse=True))
    finally:
        for future in running:
            future.cancel()


def _check(by: Crew) -> None:
    """End the run if nobody is left to do it."""
    if why := by.gone():
        raise RunError(why)


@dataclass
class _Losses:
    """How often each chunk failed by itself, and how often workers died since a chunk was last finished."""

    failures: Counter[int] = field(default_factory=Counter)
    deaths: int = 0

    def count(self, lost: Mapping[int, BaseException]) -> None:
        """Count some losses; give up after too many."""
        # A pool that breaks takes the chunks of all its workers with it, and nobody can tell which of them killed it.
        broken = [number for number, fault in lost.items() if isinstance(fault, BrokenExecutor)]
        self.deaths += bool(broken)
        self.failures.update(number for number in lost if number not in broken)
        given_up = broken[:1] if self.deaths >= ATTEMPTS else []
        given_up += [number for number in lost if self.failures[number] >= ATTEMPTS]
        if given_up:
            raise RunError(_given_up(given_up[0], lost[given_up[0]])) from lost[given_up[0]]


def _may_begin(number: int, running: Collection[int], size: int) -> bool:
    """Whether a chunk may begin: the crew lacks work, and the first that is under way is not far behind."""
    return not running or (len(running) < _QUEUED * size and number < min(running) + _AHEAD * size)


def _done(running: Mapping[Future[T], int], by: Crew) -> list[Future[T]]:
    """Wait for some futures and return them by chunk; where a pool broke, it took all of them with it."""
    while not (done := futures.wait(running, timeout=_LOOK_SECONDS, return_when=futures.FIRST_COMPLETED).done):
        _check(by)
    if any(isinstance(_fault(future), BrokenExecutor) for future in done):
        done = futures.wait(running).done
    # By number: the result does not depend on it, but a chunk that waits for earlier ones takes memory.
    return sorted(done, key=running.__getitem__)


def _fault(future: Future[T]) -> BaseException | None:
    """Return what went wrong in a future that is done."""
    try:
        return future.exception()
    except CancelledError as cancelled:
        return cancelled


def _given_up(number: int, fault: BaseException) -> str:
    """Say why a run ends."""
    why = f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__
    died = "; its worker died, killed for want of memory perhaps; in a script, a call with workers must stand below "
    hint = f'{died}if __name__ == "__main__":' if isinstance(fault, BrokenExecutor) else ""
    return f"chunk {number} was lost {ATTEMPTS} times ({why}){hint}"
