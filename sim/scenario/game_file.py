"""Which game does a file give outright? Types, signals, actions and payoffs as a TOML table, or a Gambit file."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from sim.games.gambit.efg import Labels, completed, read_efg
from sim.games.game import LARGEST_PAYOFF, PRIOR_SUM_TOLERANCE, SignallingGame
from sim.scenario.file.checking import Number, Text, dotted, validated, what
from sim.scenario.file.documents import NAME, Document, is_efg, looks_like_toml, read_document, read_text, title_of
from sim.scenario.file.positions import KeyPath
from sim.scenario.library import bundled_games, bundled_scenarios
from sim.scenario.scenario import Scenario, load_scenario
from sim.telling.faults import MOST_FAULTS, Fault, ScenarioError, disguised, point_hint, suggestion

LONGEST_NAME = 40
"""Characters of a type, signal or action: they stand in sentences and tables."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMA = re.compile(r"(?<![\w.,/])(\d+),(\d+)(?![\w./])")

Names = Annotated[list[Text], Field(min_length=1)]
Probabilities = Annotated[list[Annotated[Number, Field(ge=0, le=1)]], Field(min_length=1)]


class FileKeys(BaseModel):
    """The keys of a file that gives a game."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Annotated[str, Field(pattern=NAME)] | None = None
    title: Text | None = None
    description: Text | None = None
    source: Text | None = None
    game: dict[str, Any]


class GameTable(BaseModel):
    """The keys of its table [game]; payoffs and availability are checked cell by cell elsewhere."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    types: Names
    signals: Names
    actions: Names
    receiver_types: Names | None = None
    prior: Probabilities
    receiver_prior: Probabilities | None = None
    sender: list[Any]
    receiver: list[Any]
    available: list[Any] | None = None


@dataclass(frozen=True, eq=False)
class GameFile:
    """A signalling game that a file gives outright, the names of all that is in it, and the file's own words on it."""

    name: str
    title: str
    description: str
    source: str
    game: SignallingGame
    labels: Labels
    path: Path
    document: Document | None = None

    def payoff_fault(self, player: str, cell: tuple[int, int, int, int], message: str) -> Fault:
        """Return a fault of what a player gets in a cell (k, t, m, a), told in the names of the file."""
        k, *rest = cell
        names = self.labels
        axes = (names.types, names.signals, names.actions)
        kind, signal, action = (axis[i] for axis, i in zip(axes, rest, strict=True))
        to = f" to type {names.receiver_types[k]}" if self.game.receiver_types > 1 else ""
        said = f"{player}'s payoff when {kind} sends {signal}{to} and the answer is {action} {message}"
        if self.document is None:
            return Fault(str(self.path), said)
        at: KeyPath = ("game", player, *rest)
        deeper: KeyPath = ("game", player, *cell)
        return self.document.fault(deeper if deeper in self.document.places else at, said)


def load(source: str) -> Scenario | GameFile:
    """Read what can be solved: a scenario of the crisis, a game as a table, or a Gambit file.

    >>> beer = load("textbook/beer-quiche")
    >>> beer.labels.signals, beer.game.prior.tolist()
    (('beer', 'quiche'), [0.9, 0.1])
    """
    path = bundled_games().get(source, Path(source))
    if source.startswith("textbook/") and not path.exists():
        raise ScenarioError([Fault(source, "there is no such game", suggestion(source, list(bundled_games())))])
    if source in bundled_scenarios() or not path.is_file():
        return load_scenario(source)
    text = read_text(path)
    if is_efg(text) or (path.suffix.lower() == ".efg" and not looks_like_toml(text)):
        return _gambit(path, text)
    document = read_document(path)
    return _game_file(document) if "game" in document.tree else load_scenario(source)


def game_is_fine(file: GameFile) -> str:
    """Return what a checked game contains, in a line.

    >>> game_is_fine(load("textbook/beer-quiche"))
    'fine: a game of 2 sender types, 2 signals, 2 actions and 1 receiver type'
    """
    game = file.game
    sizes = {"sender type": game.types, "signal": game.signals, "action": game.actions}
    counted = [f"{size} {what}{'s' * (size != 1)}" for what, size in sizes.items()]
    receivers = f"{game.receiver_types} receiver type{'s' * (game.receiver_types != 1)}"
    return f"fine: a game of {', '.join(counted)} and {receivers}"


def _gambit(path: Path, text: str) -> GameFile:
    """Read a Gambit file."""
    try:
        game, labels = read_efg(text)
    except ValueError as fault:
        raise ScenarioError([_slip(path, text, str(fault))]) from None
    own = title_of(path)
    return GameFile(own, labels.title or own, labels.comment, "", game, completed(labels, game), path)


def _slip(path: Path, text: str, message: str) -> Fault:
    """Return what is wrong with a Gambit file, and its line if a character in it is not what it looks like."""
    found = re.search(r"; line (\d+) ", message)
    number = int(found[1]) if found else 0
    source = text.split("\n")[number - 1] if number else ""
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), source)  # a name may hold what it likes
    for column, character in enumerate(bare, 1):
        if hint := disguised(character):
            return Fault(str(path), message, hint, number, column, source)
    comma = _COMMA.search(bare)
    if comma and re.search(r"payoffs for an outcome|sum to 1|a number|close the braces", message):
        return Fault(str(path), message, point_hint(*comma.groups()), number, comma.start() + 1, source, len(comma[0]))
    return Fault(str(path), message)


def _game_file(document: Document) -> GameFile:
    """Read a game given as a table."""
    keys, faults = validated(FileKeys, document, (), document.tree)
    stated = document.tree["game"]
    table: dict[str, Any] = {}
    if isinstance(stated, Mapping):
        table, found = validated(GameTable, document, ("game",), stated)
        for others in (_names(document, table), _priors(document, table), _cells(document, table)):
            faults += found + list(islice(others, MOST_FAULTS + 1))
            found = []
    if faults:
        raise ScenarioError(sorted(faults, key=lambda fault: (fault.line or math.inf, fault.column)))
    return _assembled(document, keys, table)


def _names(document: Document, table: Mapping[str, Any]) -> Iterator[Fault]:
    """Check that names can stand in a sentence and in a Gambit file, and that no two of a list are the same."""
    for key in ("types", "signals", "actions", "receiver_types"):
        names = table.get(key) or []
        for number, name in enumerate(names):
            at = ("game", key, number)
            if not isinstance(name, str):
                continue
            if name in names[:number]:
                yield document.fault(at, f"game.{key} must be different names; {what(name)} is repeated")
            if len(name) > LONGEST_NAME:
                message = f"{dotted(at)} must have at most {LONGEST_NAME} characters; it has {len(name)}"
                yield document.fault(at, message)
            if not name.isprintable() or "\\" in name or name != " ".join(name.split()):
                yield document.fault(at, f"{dotted(at)} must be printable, with single spaces and no backslash")


def _priors(document: Document, table: Mapping[str, Any]) -> Iterator[Fault]:
    """Check that each prior has an entry for each type, and sums to 1."""
    if len(table.get("receiver_types", [])) > 1 and "receiver_prior" not in table:
        message = "game.receiver_types must have a game.receiver_prior beside it; it has none"
        yield document.fault(("game", "receiver_types"), message, mark="key")
    for key, of in (("prior", "types"), ("receiver_prior", "receiver_types")):
        if key not in table:
            continue
        prior, at = table[key], ("game", key)
        if of in table and len(prior) != len(table[of]):
            message = f"game.{key} must have an entry for each of the {len(table[of])} game.{of}; it has {len(prior)}"
            yield document.fault(at, message)
        if abs(sum(prior) - 1) > PRIOR_SUM_TOLERANCE:
            yield document.fault(at, f"game.{key} must sum to 1; its sum is {what(float(sum(prior)))}")


def _cells(document: Document, table: Mapping[str, Any]) -> Iterator[Fault]:
    """Check availability and payoffs, cell by cell, as far as the names they belong to are sound."""
    if not {"types", "signals", "actions"} <= table.keys():
        return
    axes = [(axis, len(table[f"{axis}s"])) for axis in ("type", "signal", "action")]
    receivers = len(table.get("receiver_types", table.get("receiver_prior", [0])))
    faults = list(_nested(document, ("game", "available"), table.get("available"), axes[1:], truth=True))
    yield from faults
    usable = None if faults else table.get("available")
    for number, row in enumerate(usable or []):
        if not any(row):
            message = f"game.available must leave an action after every signal; {table['signals'][number]!r} has none"
            yield document.fault(("game", "available", number), message)
    for name in ("sender", "receiver"):
        value = table.get(name)
        levels = [("receiver type", receivers), *axes] if _depth(value) == 4 else axes
        yield from _nested(document, ("game", name), value, levels, usable=usable)


def _depth(value: object) -> int:
    """Return how deeply a list is nested along its first entries."""
    return 1 + _depth(value[0]) if isinstance(value, list) and value else 0


def _nested(
    document: Document,
    at: KeyPath,
    value: object,
    axes: Sequence[tuple[str, int]],
    *,
    usable: Sequence[Sequence[bool]] | None = None,
    truth: bool = False,
) -> Iterator[Fault]:
    """Check a list of lists: an entry for each name on each level, and at the end a payoff, or true or false."""
    if value is None:
        return
    if axes:
        of, count = axes[0]
        if not isinstance(value, list) or len(value) != count:
            has = f"it has {len(value)}" if isinstance(value, list) else f"it is {what(value)}"
            yield document.fault(at, f"{dotted(at)} must be a list with {count} entries, one per {of}; {has}")
            return
        for number, each in enumerate(value):
            yield from _nested(document, (*at, number), each, axes[1:], usable=usable, truth=truth)
    elif truth:
        if not isinstance(value, bool):
            yield document.fault(at, f"{dotted(at)} must be true or false; it is {what(value)}")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        yield document.fault(at, f"{dotted(at)} must be a number; it is {what(value)}")
    elif not abs(value) <= LARGEST_PAYOFF and (usable is None or usable[int(at[-2])][int(at[-1])]):
        yield document.fault(at, f"{dotted(at)} must be finite and at most 1e100 in size; it is {what(value)}")


def _assembled(document: Document, keys: Mapping[str, Any], table: Mapping[str, Any]) -> GameFile:
    """Build the game of a file whose faults, if any, are known to be none."""
    path = document.path
    others = {key: table.get(key) for key in ("receiver_prior", "available")}
    game = SignallingGame(table["prior"], table["sender"], table["receiver"], **others)
    axes = {axis: tuple(table.get(axis, ())) for axis in ("types", "signals", "actions", "receiver_types")}
    words = {key: keys.get(key, "") for key in ("description", "source")}
    own = title_of(path)
    title = keys.get("title", own)
    labels = completed(Labels(title=title, comment=words["source"], **axes), game)
    return GameFile(keys.get("name", own), title, words["description"], words["source"], game, labels, path, document)
