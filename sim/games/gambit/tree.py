"""What does a Gambit extensive-form file (.efg) say? Its text as a tree of moves, whatever game it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from sim.games.game import LARGEST_PAYOFF

CHANCE = 0  # the number of the player who owns the moves of chance; people are numbered from 1
DEEPEST = 50  # moves on one path beyond which a file is refused: the games read here have four
PROBABILITY_TOLERANCE = Fraction(1, 10**9)  # how far chances may miss a sum of one: by rounding, no mistake

_TOKEN = re.compile(r'\s+|,|(?P<text>"(?:[^"\\]|\\"|\\(?!"))*")|(?P<brace>[{}])|(?P<word>[^\s{},"]+)|(?P<broken>.)')
_NUMBER = re.compile(
    r"[+-]?(\d{1,999}/0*[1-9]\d{0,999}|(\d{1,999}\.?\d{0,999}|\.\d{1,999})([eE][+-]?\d{1,3})?)", re.ASCII
)


@dataclass(frozen=True)
class Node:
    """A node of the tree, with its moves."""

    line: int  # where the file describes it
    player: int  # who moves: `CHANCE`, 1, 2, ...; -1 at an end
    information_set: int  # the file's number, which is unique within the player
    payoffs: tuple[Fraction, ...]  # what reaching the node adds to each player's payoff
    names: tuple[str, ...] = ()
    probabilities: tuple[Fraction, ...] = ()  # of the moves of chance; empty otherwise
    children: tuple[Node, ...] = ()  # where the moves lead


@dataclass(frozen=True)
class Tree:
    """A file: its title, comment and players, and the first node."""

    title: str
    comment: str
    players: tuple[str, ...]
    root: Node


def parse_efg(text: str) -> Tree:
    """Read the text of an .efg file: title, players and comment, then one entry per node in prefix order.

    Information sets and outcomes are described where they first appear: see Savani and Turocy (2025), "The extensive
    game (.efg) file format", in the documentation of Gambit.
    """
    reader = _Reader(list(_tokens(text)))
    for word in ("EFG", "2"):
        reader.word(f"start with EFG 2 R; {word} is expected", word)
    reader.word("say R (or D) after EFG 2", "R", "D")
    title, players = reader.text("give the title of the game"), reader.names("name the players in braces")
    if not players:
        raise ValueError(f"file must name at least one player; line {reader.line} has none")
    comment = reader.text("comment") if reader.peek("text") else ""
    described = _Described(len(players))
    root = _node(reader, described, 0)
    if reader.peek():
        raise ValueError(f"file must end after the last node; line {reader.line} has {reader.tokens[reader.place][1]}")
    return Tree(title, comment, players, root)


@dataclass
class _Reader:
    """Tokens (kind, text, line) and how far they have been read."""

    tokens: list[tuple[str, str, int]]
    place: int = 0

    @property
    def line(self) -> int:
        """Line of the next token, or of the last one at the end."""
        return self.tokens[min(self.place, len(self.tokens) - 1)][2] if self.tokens else 1

    def peek(self, *kinds: str) -> bool:
        """Whether there is a next token, of one of `kinds` if any are given."""
        return self.place < len(self.tokens) and (not kinds or self.tokens[self.place][0] in kinds)

    def take(self, kind: str, rule: str) -> str:
        """Return the next token, which must be of that kind."""
        if not self.peek(kind):
            found = self.tokens[self.place][1] if self.peek() else "the end of the file"
            raise ValueError(f"file must {rule}; line {self.line} has {found}")
        self.place += 1
        return self.tokens[self.place - 1][1]

    def word(self, rule: str, *allowed: str) -> str:
        """Return the next word, which must be one of those allowed."""
        line, found = self.line, self.take("word", rule)
        if found not in allowed:
            raise ValueError(f"file must {rule}; line {line} has {found}")
        return found

    def text(self, rule: str) -> str:
        r"""Return the next quoted text; \" stands for a quotation mark."""
        return self.take("text", f"{rule}, in quotation marks")[1:-1].replace('\\"', '"')

    def count(self, rule: str) -> int:
        """Return the next whole number of at least 0."""
        line, found = self.line, self.take("word", rule)
        if not re.fullmatch(r"\d{1,9}", found, re.ASCII):
            raise ValueError(f"file must {rule}, a whole number; line {line} has {found}")
        return int(found)

    def number(self, rule: str) -> Fraction:
        """Return the next number: 3, -0.5, 1e-3 or 1/2."""
        line, found = self.line, self.take("word", rule)
        value = Fraction(found) if _NUMBER.fullmatch(found) else None
        if value is None or abs(value) > LARGEST_PAYOFF:
            forms = f"a number such as 3, -0.5 or 1/2, at most {LARGEST_PAYOFF:g} in size"
            raise ValueError(f"file must {rule}, {forms}; line {line} has {found}")
        return value

    def names(self, rule: str) -> tuple[str, ...]:
        """Return quoted names in braces."""
        return tuple(name for name, _ in self.listed(rule, numbered=False))

    def listed(self, rule: str, *, numbered: bool) -> list[tuple[str, Fraction]]:
        """Return quoted names in braces, each with the number that follows it (0 where there are none)."""
        self.opened(rule)
        found = []
        while self.peek("text"):
            name = _cleaned(self.text("name a move"))
            found.append((name, self.number(f"give the probability of {name!r}") if numbered else Fraction(0)))
        self.closed(rule)
        return found

    def opened(self, rule: str) -> None:
        """Pass an opening brace."""
        if self.take("brace", rule) != "{":
            raise ValueError(f"file must {rule}; line {self.line} has }}")

    def closed(self, rule: str) -> None:
        """Pass a closing brace."""
        if self.take("brace", f"{rule}, and close the braces") != "}":
            raise ValueError(f"file must {rule}, and close the braces; line {self.line} has {{")


@dataclass
class _Described:
    """What the file has said so far of its information sets and outcomes."""

    players: int
    moves: dict[tuple[int, int], list[tuple[str, Fraction]]] = field(default_factory=dict)
    payoffs: dict[int, tuple[Fraction, ...]] = field(default_factory=dict)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Split the text; spaces and commas only separate."""
    line = 1
    for match in _TOKEN.finditer(text.removeprefix("\ufeff")):
        if match.lastgroup == "broken":
            raise ValueError(f"file must close its quotation marks; line {line} has one that is left open")
        if match.lastgroup:
            yield match.lastgroup, match.group(), line
        line += match.group().count("\n")


def _node(reader: _Reader, described: _Described, depth: int) -> Node:
    """Read a node and all that follows it in the tree."""
    line = reader.line
    if depth > DEEPEST:
        raise ValueError(f"file must have at most {DEEPEST} moves on a path; line {line} is deeper")
    kind = reader.word("describe a node: c, p or t", "c", "p", "t")
    reader.text("name the node, be it with nothing")
    if kind == "t":
        return Node(line, -1, 0, _payoffs(reader, described))
    player = CHANCE if kind == "c" else reader.count("number the player who moves")
    if kind == "p" and not 1 <= player <= described.players:
        raise ValueError(f"file must number players from 1 to {described.players}; line {line} has player {player}")
    number = reader.count("number the information set")
    moves = _moves(reader, described, (player, number))
    payoffs = _payoffs(reader, described)
    children = tuple(_node(reader, described, depth + 1) for _ in moves)
    chances = tuple(probability for _, probability in moves) if player == CHANCE else ()
    return Node(line, player, number, payoffs, tuple(name for name, _ in moves), chances, children)


def _moves(reader: _Reader, described: _Described, key: tuple[int, int]) -> list[tuple[str, Fraction]]:
    """Return the moves at an information set, described here or before."""
    line, known = reader.line, described.moves.get(key)
    if not reader.peek("text"):
        if known is None:
            raise ValueError(f"file must describe an information set where it first appears; line {line} does not")
        return known
    reader.text("name the information set")
    moves = _distinct(reader.listed("list the moves in braces", numbered=key[0] == CHANCE))
    if not moves or len({name for name, _ in moves}) < len(moves):
        raise ValueError(f"file must list moves that can be told apart; line {line} has {[name for name, _ in moves]}")
    if known not in (None, moves):
        raise ValueError(f"file must describe an information set alike each time; line {line} differs")
    if key[0] == CHANCE:
        _check_probabilities([probability for _, probability in moves], line)
    described.moves[key] = moves
    return moves


def _cleaned(name: str) -> str:
    """Return a name in one line, with single spaces and without characters that could steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(name.split()))


def _distinct(moves: list[tuple[str, Fraction]]) -> list[tuple[str, Fraction]]:
    """Give a number to moves without a name and to those that share one, as Gambit does: left_1, left_2."""
    names = [name for name, _ in moves]
    places = [names[: i + 1].count(name) for i, name in enumerate(names)]
    return [
        (f"{name}_{place}" if not name or names.count(name) > 1 else name, number)
        for (name, number), place in zip(moves, places, strict=True)
    ]


def _check_probabilities(chances: list[Fraction], line: int) -> None:
    """Refuse negative probabilities and sums other than one."""
    if any(chance < 0 for chance in chances) or abs(sum(chances, Fraction(-1))) > PROBABILITY_TOLERANCE:
        listed = ", ".join(map(str, chances))
        raise ValueError(f"file must give probabilities of at least 0 that sum to 1; line {line} has {listed}")


def _payoffs(reader: _Reader, described: _Described) -> tuple[Fraction, ...]:
    """Return the payoffs of an outcome, described here or before; nothing for outcome 0."""
    line, number = reader.line, reader.count("number the outcome")
    known = described.payoffs.get(number)
    if number == 0:
        return (Fraction(0),) * described.players
    if not reader.peek("text", "brace"):
        if known is None:
            raise ValueError(f"file must give an outcome's payoffs where it first appears; line {line} has none")
        return known
    if reader.peek("text"):
        reader.text("name the outcome")
    reader.opened("give the payoffs in braces")
    found = []
    while reader.peek("word"):
        found.append(reader.number("list the payoffs"))
    reader.closed("give the payoffs in braces")
    if len(found) != described.players:
        raise ValueError(f"file must give {described.players} payoffs for an outcome; line {line} has {len(found)}")
    if known not in (None, tuple(found)):
        raise ValueError(f"file must describe an outcome alike each time; line {line} differs")
    described.payoffs[number] = tuple(found)
    return tuple(found)
