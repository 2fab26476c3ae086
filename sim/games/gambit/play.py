"""Is the game in a file a signalling game for two, and if so, what does each course of play pay?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from sim.games.gambit.tree import CHANCE, PROBABILITY_TOLERANCE, Node, Tree

Names = tuple[str, ...]
Payoffs = tuple[Fraction, ...]
Told = tuple[int | None, ...]
Choice = tuple[Names, int]

END = "end"  # name of the only action after a signal that ends the game

_ORDER = "file must have chance move first, then one player once, then the other once, then at most chance"


@dataclass(frozen=True)
class Plays:
    """A two-player tree as a signalling game."""

    players: Names  # sender, receiver
    types: Names
    receiver_types: Names
    signals: Names
    actions: tuple[Names, ...]  # after each signal
    prior: list[float]
    receiver_prior: list[float]
    payoffs: dict[tuple[int, int, int], list[tuple[float, float]]]  # by (k, t, m): (sender's, receiver's) per action

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of receiver types, sender types and signals."""
        return len(self.receiver_types), len(self.types), len(self.signals)


@dataclass(frozen=True)
class _Start:
    """One way in which chance can begin: its probability, its moves, the sender's node, what was paid until there."""

    probability: Fraction
    moves: Names
    node: Node
    paid: Payoffs


def plays(tree: Tree) -> Plays:
    """Check that a tree is a signalling game for two, and list what it pays; types are what each player is told."""
    if len(tree.players) != 2:
        raise ValueError(f"file must have two players; line 1 has {len(tree.players)}: {', '.join(tree.players)}")
    starts = list(_starts(tree.root, Fraction(1), (), (Fraction(0), Fraction(0))))
    sender, signals = starts[0].node.player, starts[0].node.names
    _check_senders(starts, sender, signals)
    _check_order(starts)
    # What the receiver is told beside the signal shows in the information sets it may find itself in, signal by signal.
    told = [_told(start.node, signals) for start in starts]
    heard, known = list(dict.fromkeys(told)), list(dict.fromkeys(start.node.information_set for start in starts))
    groups: dict[tuple[int, int], list[_Start]] = {pair: [] for pair in product(range(len(heard)), range(len(known)))}
    for start, own in zip(starts, told, strict=True):
        groups[heard.index(own), known.index(start.node.information_set)].append(start)
    actions = tuple(_actions(starts, signals, m) for m in range(len(signals)))
    by_receiver = [[start for start, own in zip(starts, told, strict=True) if own == one] for one in heard]
    by_type = [[start for start in starts if start.node.information_set == one] for one in known]
    _check_information(heard, [own[0].node for own in by_receiver], signals)
    _check_independent(groups, by_receiver, by_type)
    seats = (sender - 1, 2 - sender)
    payoffs = {}
    for (k, t), group in groups.items():
        for m, names in enumerate(actions):
            payoffs[k, t, m] = [_mean(group, (signals, m), (names, a), seats) for a in range(len(names))]
    return Plays(
        players=(tree.players[seats[0]], tree.players[seats[1]]),
        types=_names(by_type, starts if len(known) > 1 else [], "t"),
        receiver_types=_names(by_receiver, starts, "k"),
        signals=signals,
        actions=actions,
        prior=[float(_chance(own)) for own in by_type],
        receiver_prior=[float(_chance(own)) for own in by_receiver],
        payoffs=payoffs,
    )


def _starts(node: Node, probability: Fraction, moves: Names, paid: Payoffs) -> Iterator[_Start]:
    """Follow chance until somebody moves."""
    paid = _sum(paid, node.payoffs)
    if node.player > CHANCE:
        yield _Start(probability, moves, node, paid)
        return
    if not node.children:
        raise ValueError(f"{_ORDER}; line {node.line} ends the game before anybody moved")
    for name, chance, child in zip(node.names, node.probabilities, node.children, strict=True):
        yield from _starts(child, probability * chance, (*moves, name), paid)


def _check_senders(starts: Sequence[_Start], sender: int, signals: Names) -> None:
    """Check that the same player moves first everywhere and can send the same signals."""
    for start in starts:
        if start.node.player != sender:
            raise ValueError(f"{_ORDER}; line {start.node.line} has player {start.node.player} move first")
        if len(start.node.names) != len(signals):
            raise ValueError(
                f"file must give the first player as many moves everywhere; line {start.node.line} has "
                f"{', '.join(start.node.names)}, not {', '.join(signals)}"
            )


def _after(node: Node, moves: Names, i: int) -> Node:
    """Return where move i of `moves` leads, here perhaps under another name."""
    return node.children[node.names.index(moves[i]) if set(node.names) == set(moves) else i]


def _check_order(starts: Sequence[_Start]) -> None:
    """Check that the other player alone moves after the first, at once and once, and that chance comes after both."""
    for start in starts:
        for after in start.node.children:
            if after.player == start.node.player:
                raise ValueError(f"{_ORDER}; line {after.line} has player {after.player} move again")
            if after.player == CHANCE and _mover(after):
                raise ValueError(f"{_ORDER}; line {after.line} has chance move between the two players")
            for end in after.children if after.player > CHANCE else ():
                if further := _mover(end):
                    raise ValueError(f"{_ORDER}; line {further.line} has a further move of player {further.player}")


def _mover(node: Node) -> Node | None:
    """Return the first node from here on at which a player moves."""
    return node if node.player > CHANCE else next(filter(None, map(_mover, node.children)), None)


def _told(node: Node, signals: Names) -> Told:
    """Return the receiver's information set after each signal; None where the signal ends the game."""
    nexts = [_after(node, signals, m) for m in range(len(signals))]
    return tuple(after.information_set if after.player > CHANCE else None for after in nexts)


def _check_information(heard: Sequence[Told], nodes: Sequence[Node], signals: Names) -> None:
    """Check that each information set of the receiver stands for one signal and one type of its own.

    The nodes are the sender's, one for each way in which the receiver is told things.
    """
    home: dict[int, str] = {}
    for m, signal in enumerate(signals):
        sets, lines = {told[m] for told in heard}, [_after(node, signals, m).line for node in nodes]
        if len(sets) < len(heard) and sets != {None}:
            raise ValueError(
                f"file must tell the second player the same things after every signal; line {lines[0]} has fewer "
                f"of its information sets after {signal} than after other signals"
            )
        for told, line in zip(heard, lines, strict=True):
            own = told[m]
            if own is not None and home.setdefault(own, signal) != signal:
                raise ValueError(
                    f"file must let the second player see the first one's move; line {line} has "
                    f"information set {own} after {signal}, which also stands for {home[own]}"
                )


def _check_independent(
    groups: dict[tuple[int, int], list[_Start]], by_receiver: list[list[_Start]], by_type: list[list[_Start]]
) -> None:
    """Check that what the receiver is told says nothing about the sender's type."""
    for (k, t), group in groups.items():
        expected = _chance(by_receiver[k]) * _chance(by_type[t])
        if not group or abs(_chance(group) - expected) > PROBABILITY_TOLERANCE:
            raise ValueError(
                "file must not tell the second player anything about what the first one knows; "
                f"line {by_type[t][0].node.line} has chances of {_chance(group)} where {expected} would be independent"
            )


def _actions(starts: Sequence[_Start], signals: Names, m: int) -> Names:
    """Return the receiver's actions after signal m, the same for all its types."""
    nodes = [_after(start.node, signals, m) for start in starts]
    lists = [node.names if node.player > CHANCE else (END,) for node in nodes]
    for node, names in zip(nodes, lists, strict=True):
        if len(names) != len(lists[0]):
            raise ValueError(
                f"file must give the second player as many moves each time after {signals[m]}; "
                f"line {node.line} has {', '.join(names)}, not {', '.join(lists[0])}"
            )
    return lists[0]


def _mean(group: Sequence[_Start], signal: Choice, action: Choice, seats: tuple[int, int]) -> tuple[float, float]:
    """Return what signal and action pay, sender first, on average over the ways in which chance can begin."""
    total = _chance(group)
    weights = [start.probability / total if total else Fraction(1, len(group)) for start in group]
    paid = [_paid(start, signal, action) for start in group]
    means = [sum((w * own[seat] for w, own in zip(weights, paid, strict=True)), Fraction(0)) for seat in seats]
    return float(means[0]), float(means[1])


def _paid(start: _Start, signal: Choice, action: Choice) -> Payoffs:
    """Return the payoffs of one course of play."""
    after = _after(start.node, *signal)
    if after.player <= CHANCE:
        return _sum(start.paid, _expected(after))
    return _sum(_sum(start.paid, after.payoffs), _expected(_after(after, *action)))


def _expected(node: Node) -> Payoffs:
    """Average over what chance does at the end."""
    total = node.payoffs
    for chance, child in zip(node.probabilities, node.children, strict=True):
        first, second = _expected(child)
        total = _sum(total, (chance * first, chance * second))
    return total


def _names(members: Sequence[Sequence[_Start]], everywhere: Sequence[_Start], letter: str) -> Names:
    """Name types by the moves of chance that all their starts share, save those shared by all; else number them."""
    common = set(_shared(everywhere))
    names = [", ".join(move for i, move in _shared(own) if (i, move) not in common) for own in members]
    if "" in names or len(set(names)) < len(names):
        return tuple(f"{letter}{i + 1}" for i in range(len(members)))
    return tuple(names)


def _shared(starts: Sequence[_Start]) -> list[tuple[int, str]]:
    """Return the moves of chance (place, name) at which all starts agree."""
    columns = enumerate(zip(*(start.moves for start in starts), strict=False))
    return [(i, moves[0]) for i, moves in columns if len(set(moves)) == 1]


def _chance(starts: Sequence[_Start]) -> Fraction:
    return sum((start.probability for start in starts), Fraction(0))


def _sum(first: Payoffs, second: Payoffs) -> Payoffs:
    return first[0] + second[0], first[1] + second[1]
