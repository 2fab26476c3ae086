"""Which equilibria does a small game in whole numbers have, exactly? In rationals, sharing no code with `sim`.

Fix who sends each signal and in which cell (a set of beliefs with the same best replies) the belief after it lies. The
sender's values that such a choice allows are then a convex polygon in the plane, cut out signal by signal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[Fraction, Fraction]
HalfPlane: TypeAlias = tuple[Fraction, Fraction, Fraction]
"""(a, b, c): the points with a x + b y <= c."""
Payoffs: TypeAlias = Sequence[Sequence[Sequence[int]]]
"""By type, signal and action."""
Senders: TypeAlias = tuple[bool, bool]


@dataclass(frozen=True)
class Cell:
    """Beliefs (probabilities of type 1) from low to high with the same best replies; inner ends are left out."""

    low: Fraction
    high: Fraction
    best: tuple[int, ...]


@dataclass(frozen=True)
class Kind:
    """All equilibria with the same senders and cells on the path.

    `sends` and `cells` are by signal (cells None after unsent ones); the values of the two types fill the polygons;
    `free` says whether a number on the path can vary.
    """

    sends: tuple[Senders, ...]
    cells: tuple[Cell | None, ...]
    values: tuple[tuple[Point, ...], ...]
    free: bool


def exact_kinds(prior: Fraction, sender: Payoffs, receiver: Payoffs) -> list[Kind]:
    """List every equilibrium of a game with prior strictly between 0 and 1 and at most three actions."""
    signals = range(len(sender[0]))
    columns = [_cells(receiver[0][m], receiver[1][m]) for m in signals]
    worths = [[(sender[0][m][a], sender[1][m][a]) for a in range(len(sender[0][m]))] for m in signals]
    options = [list(_options(columns[m], worths[m], _top(sender))) for m in signals]
    top = _top(sender)
    corners = [(Fraction(x), Fraction(y)) for x, y in ((-top, -top), (top, -top), (top, top), (-top, top))]
    found: dict[tuple[tuple[Senders, ...], tuple[Cell | None, ...]], dict[tuple[Point, ...], None]] = {}
    for sends, cells, values in _choices(options, tuple(corners)):
        if _strategies(sends, cells, prior) is not None:
            found.setdefault((sends, cells), {})[values] = None
    return [
        Kind(sends, cells, tuple(values), _free(sends, cells, values, prior, worths))
        for (sends, cells), values in found.items()
    ]


def known_type(own: Sequence[Sequence[int]], receiver: Sequence[Sequence[int]]) -> tuple[set[int], int, bool]:
    """Return what a type known for sure may send, the most it can get, and whether a reply on the path can vary.

    Payoffs by signal and action.
    """
    best = [[a for a, worth in enumerate(row) if worth == max(row)] for row in receiver]
    most = [max(own[m][a] for a in best[m]) for m in range(len(own))]
    least = [min(own[m][a] for a in best[m]) for m in range(len(own))]
    floor = [max([least[o] for o in range(len(own)) if o != m], default=least[m]) for m in range(len(own))]
    sendable = {m for m in range(len(own)) if most[m] >= floor[m]}
    free = any(_several(best[m], own[m], floor[m]) for m in sendable)
    return sendable, max(most[m] for m in sendable), free


def lies_in(kind: Kind, strategy: Sequence[Sequence[float]], value: Sequence[float], prior: Fraction) -> bool:
    """Whether an equilibrium in floats, strategy by type and signal, is one of the kind, up to rounding."""
    slack = 1e-7
    for m, (sends, cell) in enumerate(zip(kind.sends, kind.cells, strict=True)):
        weights = float(1 - prior) * strategy[0][m], float(prior) * strategy[1][m]
        if (weights[0] > 0, weights[1] > 0) != sends:
            return False
        if cell is not None and not cell.low - slack <= weights[1] / sum(weights) <= cell.high + slack:
            return False
    return any(
        all(a * value[0] + b * value[1] <= c + slack * (abs(a) + abs(b)) for a, b, c in _sides(polygon))
        for polygon in kind.values
    )


def best_value(kinds: list[Kind], prior: Fraction) -> Fraction:
    """Return the most that the sender can expect before it knows its type."""
    return max((1 - prior) * x + prior * y for kind in kinds for polygon in kind.values for x, y in polygon)


def _several(best: list[int], own: Sequence[int], floor: int) -> bool:
    """Whether more than one mixture of the best replies is worth at least the floor."""
    enough = [a for a in best if own[a] >= floor]
    return len(enough) > 1 or (any(own[a] > floor for a in enough) and len(best) > 1)


def _top(sender: Payoffs) -> int:
    return 1 + max(abs(worth) for table in sender for row in table for worth in row)


def _cells(at_zero: Sequence[int], at_one: Sequence[int]) -> list[Cell]:
    """Cut the beliefs after one signal where best replies change, ascending."""
    points = {Fraction(0), Fraction(1)}
    for a in range(len(at_zero)):
        for b in range(a):
            left, right = at_zero[a] - at_zero[b], at_one[a] - at_one[b]
            if left * right < 0:
                points.add(Fraction(left, left - right))
    ends = sorted(points)
    cells: list[Cell] = []
    for low, high in [(ends[0], ends[0]), *(pair for a, b in pairwise(ends) for pair in ((a, b), (b, b)))]:
        belief = (low + high) / 2
        worth = [(1 - belief) * zero + belief * one for zero, one in zip(at_zero, at_one, strict=True)]
        best = tuple(a for a, each in enumerate(worth) if each == max(worth))
        if cells and cells[-1].best == best:
            cells[-1] = Cell(cells[-1].low, high, best)
        else:
            cells.append(Cell(low, high, best))
    return cells


def _options(
    column: list[Cell], worth: list[tuple[int, int]], top: int
) -> Iterator[tuple[Senders, Cell | None, list[HalfPlane]]]:
    """Yield who may send a signal, the cell of its belief, and the values of the two types that this allows."""
    fitting: dict[Senders, list[Cell]] = {
        (True, True): [cell for cell in column if cell.high > 0 and cell.low < 1],
        (True, False): column[:1],
        (False, True): column[-1:],
        (False, False): column,
    }
    for (zero, one), cells in fitting.items():
        replies = {cell.best: cell for cell in cells} if not (zero or one) else {cell: cell for cell in cells}
        for cell in replies.values():
            points = [worth[a] for a in cell.best]
            if not zero:
                points += [(top, y) for _, y in points]
            if not one:
                points += [(x, top) for x, _ in points]
            hull = _hull([(Fraction(x), Fraction(y)) for x, y in points])
            yield (zero, one), cell if zero or one else None, _sides(hull)


def _choices(
    options: list[list[tuple[Senders, Cell | None, list[HalfPlane]]]], values: tuple[Point, ...]
) -> Iterator[tuple[tuple[Senders, ...], tuple[Cell | None, ...], tuple[Point, ...]]]:
    """Yield the choices, one option a signal, that leave some values."""
    if not options:
        yield (), (), values
        return
    for senders, cell, sides in options[0]:
        left = values
        for side in sides:
            left = _cut(left, side)
        if left:
            for more, cells, rest in _choices(options[1:], left):
                yield (senders, *more), (cell, *cells), rest


def _strategies(sends: tuple[Senders, ...], cells: tuple[Cell | None, ...], prior: Fraction) -> bool | None:
    """Whether the strategies that fit can vary; None if there is none."""
    spans = []
    for (zero, one), cell in zip(sends, cells, strict=True):
        if cell is not None:
            alone = Fraction(one)
            spans.append((cell.low, cell.high) if zero and one else (alone, alone))
    below = [m for m, (low, _) in enumerate(spans) if low < prior]
    above = [m for m, (_, high) in enumerate(spans) if high > prior]
    if any(m != other for m in below for other in above):
        return len(spans) - 2 + sum(low < high for low, high in spans) > 0
    if spans and all(low == high == prior or low < prior < high for low, high in spans):
        return len(spans) > 1
    return None


def _free(
    sends: tuple[Senders, ...],
    cells: tuple[Cell | None, ...],
    values: Iterable[tuple[Point, ...]],
    prior: Fraction,
    worths: list[list[tuple[int, int]]],
) -> bool:
    """Whether a strategy, a value or a reply on the path can vary."""
    if _strategies(sends, cells, prior) or any(len(polygon) > 1 for polygon in values):
        return True
    return any(
        cell is not None and len(_replies(senders, [worths[m][a] for a in cell.best], polygon[0])) > 1
        for polygon in values
        for m, (senders, cell) in enumerate(zip(sends, cells, strict=True))
    )


def _replies(senders: Senders, worth: list[tuple[int, int]], value: Point) -> tuple[Point, ...]:
    """Return the corners of the mixtures of up to three replies (weights of the second and third) worth the value."""
    corners: tuple[Point, ...] = tuple((Fraction(x), Fraction(y)) for x, y in ((0, 0), (1, 0), (0, 1))[: len(worth)])
    for t in (0, 1):
        first, *others = (each[t] for each in worth)
        slopes = [Fraction(other - first) for other in others] + [Fraction(0)] * (3 - len(worth))
        most = value[t] - first
        corners = _cut(corners, (slopes[0], slopes[1], most))
        if senders[t]:
            corners = _cut(corners, (-slopes[0], -slopes[1], -most))
    return corners


def _cut(polygon: tuple[Point, ...], side: HalfPlane) -> tuple[Point, ...]:
    """Return what is left of a convex polygon (also a point, a segment or nothing) on one side of a line."""
    a, b, c = side
    room = [c - a * x - b * y for x, y in polygon]
    if all(each >= 0 for each in room):
        return polygon
    kept: dict[Point, None] = {}
    for i, (point, own) in enumerate(zip(polygon, room, strict=True)):
        before, other = polygon[i - 1], room[i - 1]
        if own * other < 0:
            share = other / (other - own)
            kept[before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])] = None
        if own >= 0:
            kept[point] = None
    return tuple(kept)


def _hull(points: list[Point]) -> tuple[Point, ...]:
    """Return the corners of the convex hull, counterclockwise."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)
    chains: list[list[Point]] = []
    for line in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for point in line:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        chains.append(chain[:-1])
    return tuple(chains[0] + chains[1])


def _turn(one: Point, two: Point, three: Point) -> Fraction:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def _sides(polygon: tuple[Point, ...]) -> list[HalfPlane]:
    """Return the half-planes whose intersection is a convex polygon, given counterclockwise."""
    corners = _hull(list(polygon))
    if len(corners) == 1:
        ((x, y),) = corners
        one, zero = Fraction(1), Fraction(0)
        return [(one, zero, x), (-one, zero, -x), (zero, one, y), (zero, -one, -y)]
    sides = []
    for (x, y), (to_x, to_y) in pairwise([*corners, corners[0]]):
        along = to_x - x, to_y - y
        sides.append((along[1], -along[0], along[1] * x - along[0] * y))
        if len(corners) == 2:
            sides.append((along[0], along[1], along[0] * to_x + along[1] * to_y))
    return sides
