"""How do workers share the draws of an analysis? In pieces of whole blocks, and the answer has the same bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from sim.draws.blocks import BLOCK, Block, blocks
from sim.work.executors import Crew, in_order

T = TypeVar("T")

LARGEST = 4  # batches of a piece at most: what a piece gives has to be added up, and it is no use to do that more often
EACH = 4  # pieces for each worker at least, where there are so many batches, so that none waits long for the last one


def of_pieces(
    work: Callable[[list[Block]], T],
    draws: int,
    by: Crew | None = None,
    *,
    batch: int = BLOCK,
    largest: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Iterator[T]:
    """Yield what comes of every piece of `draws` (which `rounded_draws` returned) draws, in the order of its blocks.

    The work, which is pickled, may ask about several blocks at once, up to `batch` draws: those stay together. So that
    no bit hangs on how draws are cut, it must return what every block adds by itself, to be added up in that order.
    Progress is told the draws done and to do. A piece has up to `largest` batches, in place of `LARGEST`.
    """
    every = blocks(draws)
    together = -(-batch // every[0].size)  # blocks in a batch
    batches = -(-len(every) // together)
    most = largest or LARGEST
    step = together * max(1, min(most, batches // (EACH * by.size)) if by else most)
    for number, made in enumerate(in_order(partial(_piece, work, draws, step), range(-(-len(every) // step)), by)):
        yield made
        if progress:
            progress(min((number + 1) * step * every[0].size, draws), draws)


def cuts(jobs: int, by: Crew | None) -> int:
    """Return into how many parts to cut each of some jobs, so that every worker has several; into one without any."""
    return -(-EACH * by.size // jobs) if by else 1


def _piece(work: Callable[[list[Block]], T], draws: int, step: int, number: int) -> T:
    """Do one piece."""
    return work(blocks(draws, number * step, (number + 1) * step))
