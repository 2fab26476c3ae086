"""Work for others to do, and a program that is interrupted at it.

python shared_work.py    tells who is at work, and then waits for what never ends
"""

from __future__ import annotations

import os
import sys
import time
from multiprocessing import active_children

from sim.draws.blocks import Block
from sim.work.executors import crew
from sim.work.pieces import of_pieces

DRAWS = 2**17
"""32 blocks of full size."""


def replicates(listed: list[Block]) -> list[int]:
    """Return the replicate of each block, the earlier the later: so that pieces are finished in another order."""
    time.sleep(0.01 * (31 - listed[0].replicate % 8))
    return [block.replicate for block in listed]


def faulty(listed: list[Block]) -> int:
    """Fail at the third block, whoever asks."""
    if any(block.replicate == 2 for block in listed):
        raise ArithmeticError("no such number")
    return len(listed)


def endless(listed: list[Block]) -> int:
    """Come to an end with the first block alone."""
    if listed[0].replicate:
        time.sleep(600)
    return os.getpid()


def main() -> None:
    """Share out what never ends."""
    with crew(2) as by:
        for first in of_pieces(endless, DRAWS, by):
            sys.stdout.write(f"{first} {' '.join(str(each.pid) for each in active_children())}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
