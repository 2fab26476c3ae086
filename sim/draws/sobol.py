"""Which points spread most evenly over a cube? Sobol' points, scrambled, any stretch of them without those before.

Direction numbers: Joe, S. and Kuo, F. Y. (2008), SIAM Journal on Scientific Computing 30(5), 2635-2654. Scrambling by
a random lower triangular matrix and a shift: Matousek, J. (1998), Journal of Complexity 14(4), 527-556. SciPy has the
same bits, but one point after the other, and loading it takes longer than the draws of an ordinary run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Floats

BITS = 30  # binary digits of a point
MOST_DIMENSIONS = 256  # lines of the table
Words = NDArray[np.uint32]
_TABLE = Path(__file__).with_name("direction-numbers.txt")


@dataclass(frozen=True, eq=False)
class Scrambling:
    """Sobol' points under one scrambling."""

    columns: Words  # what each binary digit of a point's number contributes, (dimensions, BITS)
    shift: Words  # the first point, (dimensions,)

    def points(self, start: int, size: int) -> Floats:
        """Return a stretch of the points, (dimensions, size)."""
        if size < 1 or size & (size - 1) or start % size or not 0 <= start < 2**BITS:
            raise ValueError(f"points must start at a multiple of a power of two; start {start} has size {size}")
        # Consecutive points are numbered by a Gray code, which is the same within every stretch of this form.
        digits = self.shift.copy()
        for bit in range(BITS):
            if (start ^ start >> 1) >> bit & 1:
                digits ^= self.columns[:, bit]
        words = np.empty((len(digits), size), dtype=np.uint32)
        words[:, 0] = digits
        filled, bit = 1, 0
        while filled < size:
            # The Gray code runs backwards through the first half, with one more digit set.
            words[:, filled : 2 * filled] = words[:, filled - 1 :: -1] if filled > 1 else words[:, :1]
            words[:, filled : 2 * filled] ^= self.columns[:, bit, None]
            filled, bit = 2 * filled, bit + 1
        return np.asarray(words * 2.0**-BITS, dtype=np.float64)


def scrambling(dimensions: int, rng: np.random.Generator, *, first: int = 0) -> Scrambling:
    """Return Sobol' points under a random scrambling, from a dimension on."""
    columns = direction_columns(first + dimensions)[first:]
    # In the order in which SciPy asks for them, so that a seed gives its points.
    place = np.arange(BITS, dtype=np.uint32)
    shift = rng.integers(2, size=(dimensions, BITS), dtype=np.uint32) @ (np.uint32(1) << place)
    matrix = np.tril(rng.integers(2, size=(dimensions, BITS, BITS), dtype=np.uint32))
    matrix[:, place, place] = 1  # invertible: no two points fall together
    digits = columns[:, None, :] >> (BITS - 1 - place)[:, None] & 1  # (dimension, digit from the first on, column)
    # Modulo 2: each digit of a column brings in its own column of the matrix, all of whose digits are one word.
    words = (matrix << (BITS - 1 - place)[:, None]).sum(axis=1, dtype=np.uint32)  # (dimension, digit)
    return Scrambling(np.bitwise_xor.reduce(words[:, :, None] * digits, axis=1), shift)


@lru_cache(maxsize=128)
def direction_columns(dimensions: int) -> Words:
    """Return the unscrambled `columns`, (dimensions, BITS), from the direction numbers (Joe and Kuo, section 2)."""
    if not 1 <= dimensions <= MOST_DIMENSIONS:
        raise ValueError(f"dimensions must lie in [1, {MOST_DIMENSIONS}]; it is {dimensions}")
    rows = _table()
    columns = np.empty((dimensions, BITS), dtype=np.uint32)
    for d, (polynomial, *first) in enumerate(rows[:dimensions]):
        degree = len(first)
        m = list(first) or [1] * BITS  # the first dimension has no polynomial
        for k in range(len(m), BITS):
            new = m[k - degree] ^ m[k - degree] << degree  # Joe and Kuo, Eq. 2.2
            for i in range(1, degree):
                new ^= (polynomial >> (degree - 1 - i) & 1) * m[k - i] << i
            m.append(new)
        columns[d] = [number << (BITS - 1 - k) for k, number in enumerate(m[:BITS])]
    columns.flags.writeable = False
    return columns


@lru_cache(maxsize=1)
def _table() -> list[list[int]]:
    """Return the polynomial and the first direction numbers of every dimension."""
    lines = _TABLE.read_text(encoding="ascii").splitlines()
    return [[int(number) for number in line.split()] for line in lines if not line.startswith("#")]
