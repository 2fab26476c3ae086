"""Is every draw dealt with once and in order, by whomever? Pieces of whole blocks, lost workers, and an end at once.

Deliberate breaks that turned a test red: a piece that begins a block late; batches cut in two; results handed out as
they are finished; workers that are waited for after Ctrl-C; Ctrl-C missed whenever work is given out.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain
from typing import Any

import pytest
import shared_work
from hypothesis import given
from hypothesis import strategies as some
from programs import started

import sim
from sim.draws.blocks import BLOCK, Block, blocks, rounded_draws
from sim.work import pieces
from sim.work.executors import Crew, RunError, finished
from sim.work.pieces import cuts, of_pieces


def listed(piece: list[Block]) -> list[Block]:
    """Return what is asked for."""
    return piece


@given(some.integers(1, 2**19), some.sampled_from([1, 1000, BLOCK, 2 * BLOCK]), some.integers(0, 9))
def test_every_block_is_in_one_piece_in_order_and_batches_stay_whole(asked: int, batch: int, workers: int) -> None:
    draws, told = rounded_draws(asked), list[tuple[int, int]]()
    with ThreadPoolExecutor(1) as threads:
        by = Crew(threads, workers) if workers else None
        found = list(of_pieces(listed, draws, by, batch=batch, progress=lambda *done: told.append(done)))
    assert list(chain.from_iterable(found)) == blocks(draws)
    assert told == [(sum(each.size for each in chain(*found[: i + 1])), draws) for i in range(len(found))]
    for piece in found[:-1]:
        assert sum(block.size for block in piece) % batch < piece[0].size
        assert sum(block.size for block in piece) <= pieces.LARGEST * max(batch + piece[0].size, piece[0].size)


def test_each_of_a_crew_has_several_pieces_where_there_are_so_many() -> None:
    with ThreadPoolExecutor(1) as threads:
        by = Crew(threads, 2)
        assert [len(piece) for piece in of_pieces(listed, 16 * BLOCK, by)] == [2] * 8
        assert [len(piece) for piece in of_pieces(listed, 64 * BLOCK, by)] == [pieces.LARGEST] * 16
        assert (cuts(1, by), cuts(3, by), cuts(100, by), cuts(1, None)) == (8, 3, 1, 1)
    assert [len(piece) for piece in of_pieces(listed, 16 * 64)] == [16]


def test_pieces_come_in_their_order_whichever_is_finished_first() -> None:
    with ThreadPoolExecutor(3) as threads:
        found = list(of_pieces(shared_work.replicates, shared_work.DRAWS, Crew(threads, 3)))
    assert list(chain.from_iterable(found)) == [*range(16)] * 2


def test_a_piece_whose_worker_is_lost_is_done_again() -> None:
    lost: list[int] = []

    class Losing(ThreadPoolExecutor):
        """Loses the second piece once, as a pool does whose worker was killed."""

        def submit(self, fn: Any, /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as its parent
            if arguments[-1] != 1 or lost:
                return super().submit(fn, *arguments)
            lost.append(1)
            broken: Future[Any] = Future()
            broken.set_exception(BrokenProcessPool("a process in the pool was terminated abruptly"))
            return broken

    with Losing(2) as threads:
        found = list(of_pieces(shared_work.replicates, 2**16, Crew(threads, 2)))
    assert len(found) > 2
    assert (list(chain.from_iterable(found)), lost) == ([*range(16)], [1])


def test_a_piece_that_fails_again_and_again_ends_the_work_and_is_named() -> None:
    said = r"chunk 1 was lost 3 times \(ArithmeticError: no such number\)"
    with ThreadPoolExecutor(2) as threads, pytest.raises(RunError, match=said):
        list(of_pieces(shared_work.faulty, 2**16, Crew(threads, 2)))
    with pytest.raises(ArithmeticError, match="no such number"):
        list(of_pieces(shared_work.faulty, 2**16))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is a signal")
def test_ctrl_c_ends_workers_at_once_in_the_midst_of_what_they_do() -> None:
    with started([sys.executable, shared_work.__file__]) as program:
        assert program.stdout is not None
        pids = [int(word) for word in program.stdout.readline().split()]
        assert len(pids) == 3
        program.send_signal(signal.SIGINT)
        _, talk = program.communicate(timeout=60)  # what they do takes ten minutes
    assert program.returncode != 0
    assert "KeyboardInterrupt" in talk
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_ctrl_c_is_missed_only_while_workers_are_taken_on() -> None:
    heard: list[object] = []

    class Noting(ThreadPoolExecutor):
        """Notes who hears Ctrl-C as work is given to it, and breaks at the third."""

        def submit(self, fn: Any, /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as its parent
            heard.append(signal.getsignal(signal.SIGINT))
            if len(heard) == 3:
                raise BrokenProcessPool("a child process terminated abruptly")
            return super().submit(fn, *arguments)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert dict(finished(abs, range(4), Crew(Noting(1), 1, partial(Noting, 1)))) == {n: n for n in range(4)}
    finally:
        signal.signal(signal.SIGINT, before)
    deaf, hears = signal.SIG_IGN, signal.default_int_handler
    assert heard == [deaf, hears, hears, deaf, hears]


ASKED: dict[str, Callable[[Any], object]] = {
    "run": lambda workers: sim.run("macron-2024", 16, workers=workers),
    "compare": lambda workers: sim.compare(["macron-2024", "columnist"], draws=16, workers=workers),
    "readings": lambda workers: sim.readings("macron-2024", 16, workers=workers),
    "channels": lambda workers: sim.channels("macron-2024", 16, workers=workers),
    "sensitivity": lambda workers: sim.sensitivity("macron-2024", points=1024, workers=workers),
    "sweep_draws": lambda workers: sim.sweep_draws("macron-2024", grid=2, draws=16, workers=workers),
    "campaign": lambda workers: sim.campaign("macron-2024", draws=16, workers=workers),
    "plausibility": lambda workers: sim.plausibility("macron-2024", draws=16, workers=workers),
}


@pytest.mark.parametrize("name", ASKED)
def test_fewer_workers_than_one_are_refused_by_all_alike(name: str) -> None:
    for workers in (0, -1):
        with pytest.raises(ValueError, match=rf"^workers must be at least 1; it is {workers}$"):
            ASKED[name](workers)
    with pytest.raises(TypeError, match=r"^workers must be a whole number; it is 2\.0: write 2$"):
        ASKED[name](2.0)
