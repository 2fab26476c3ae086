"""How does somebody play at a terminal? By lines: text that is read, a key or a word that is typed, on any system."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from sim.play import words
from sim.play.rounds import FOLD, HOLD, STAND, STRIKE, Round, StoppedError
from sim.play.worlds import World
from sim.telling.names import Naming, speaker, stance_label

WIDEST = 79
STOP = "q"
_STOPS = (STOP, "quit", "stop", "exit", "\x1a")  # the last is what Windows may pass on for Ctrl-Z


@dataclass(frozen=True)
class Terminal:
    """Somebody who plays so many rounds at a terminal, in the words of a scenario."""

    naming: Naming
    rounds: int

    def __post_init__(self) -> None:
        """Take what is typed and is no text for a wrong key, and no fault."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")

    def russia(self, world: World, signal: str) -> str:
        """Hold or strike, having seen a signal."""
        self._begin(world, words.seen_by_russia(world, signal))
        return self._choose(self._words(HOLD, STRIKE))

    def france(self, world: World) -> str:
        """Take a stance, knowing one's own type."""
        self._begin(world, words.seen_by_france(world))
        labels = {stance: stance_label(self.naming, stance) for stance in world.stances}
        rows = [(labels.get(name, name), *rest) for name, *rest in words.stances_of_france(world)]
        said = [tuple(map(speaker(self.naming), row)) for row in rows]
        for line in aligned(said, self._width):
            click.echo(line)
        return self._choose(labels)

    def hit(self, world: World, stance: str) -> str:
        """Fold or stand, one's soldiers having been hit."""
        self.say(words.seen_after_hit(world, stance))
        return self._choose(self._words(FOLD, STAND))

    def told(self, played: Sequence[Round]) -> None:
        """Hear how the last round ended."""
        last = played[-1]
        if not last.decided:
            self._begin(last.world, words.seen_by_russia(last.world, last.signal))
        self.say(f"{words.ended(last)} {words.scored(played)}")

    def say(self, text: str) -> None:
        """Print a paragraph in the scenario's words."""
        whole = speaker(self.naming)(text).replace(" %", "\u00a0%")  # a number and its sign stay in one line
        click.echo(textwrap.fill(whole, self._width, break_on_hyphens=False).replace("\u00a0", " "))

    @property
    def _width(self) -> int:
        """How long a line may be."""
        return max(20, min(WIDEST, shutil.get_terminal_size().columns - 1))

    def _begin(self, world: World, seen: str) -> None:
        """Print what is seen at the start of a round."""
        click.echo()
        self.say(f"Round {world.number + 1} of {self.rounds}. {seen}")

    def _words(self, *choices: str) -> dict[str, str]:
        """Return what choices are called as something that one does."""
        said = speaker(self.naming)
        return {name: said(f"you {name}").removeprefix("you ") for name in choices}  # alone a strike may be a rung

    def _choose(self, labels: Mapping[str, str]) -> str:
        """Ask until one of some choices is typed, by its key, its number or the beginning of its name."""
        keys = keys_of(labels)
        offered = " · ".join([*(f"{key} {labels[name]}" for key, name in keys.items()), f"{STOP} stop"])
        while True:
            typed = _line(f"{offered} > ")
            found = meant(typed, labels, keys)
            if found is not None:
                return found
            click.echo(f"{typed!r} is none of them." if typed else "Type one of the letters or numbers.")


def aligned(rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Return rows as lines; where these would be too long, each has its name in a line of its own.

    >>> aligned([("", "a"), ("long name", "1")], 20), aligned([("", "a"), ("long name", "1")], 10)
    (['             a', '  long name  1'], ['    a', '  long name', '    1'])
    """
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    cells = ["  ".join(f"{cell:>{wide}}" for cell, wide in zip(rest, others, strict=True)) for _, *rest in rows]
    if 4 + first + len(cells[0]) <= width:
        return [f"  {name:<{first}}  {rest}" for (name, *_), rest in zip(rows, cells, strict=True)]
    both = [[f"  {name}" * bool(name), f"    {rest}"] for (name, *_), rest in zip(rows, cells, strict=True)]
    return [line for pair in both for line in pair if line]


def keys_of(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the key of each choice: the first letters of their labels where no two are alike, else numbers.

    >>> keys_of({"hold": "hold", "strike": "attack"}), keys_of({"hold": "hold", "strike": "hit"})
    ({'h': 'hold', 'a': 'strike'}, {'1': 'hold', '2': 'strike'})
    """
    initials = [label[:1].casefold() for label in labels.values()]
    if len({*initials, STOP}) <= len(labels) or not all(each.isascii() and each.isalpha() for each in initials):
        initials = [str(number) for number in range(1, len(labels) + 1)]
    return dict(zip(initials, labels, strict=True))


def meant(typed: str, labels: Mapping[str, str], keys: Mapping[str, str]) -> str | None:
    """Return the choice that is meant; None if that is none or not clear.

    >>> stances = {"rule_out": "rule out", "ambiguous": "stay ambiguous", "commit": "commit"}
    >>> [meant(typed, stances, keys_of(stances)) for typed in ("S", "2", "rule", "stay  ambiguous", "x", "")]
    ['ambiguous', 'ambiguous', 'rule_out', 'ambiguous', None, None]
    """
    word = " ".join(typed.casefold().split())
    if word in keys:
        return keys[word]
    if word.isdecimal():
        return dict(enumerate(labels, 1)).get(int(word))
    begun = {name for name, label in labels.items() if label.casefold().startswith(word) or name.startswith(word)}
    return begun.pop() if word and len(begun) == 1 else None


def _line(prompt: str) -> str:
    """Return a line that is typed; who ends the input or asks to stop, stops."""
    click.echo(prompt, nl=False)
    sys.stdout.flush()
    typed = sys.stdin.readline() if sys.stdin else ""
    if not (typed and sys.stdin.isatty()):
        click.echo(typed.rstrip())  # what is piped in shows as if it were typed
    if not typed or typed.strip().casefold() in _STOPS:
        raise StoppedError
    return typed.strip()
