"""Which scenarios, games and runs are there? Read without checking them, so that a list takes no time."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sim.scenario.file.documents import read_text
from sim.scenario.library import bundled_games, bundled_scenarios
from sim.telling.faults import ScenarioError
from sim.telling.rendering import printable

RUNS = "runs"  # the folder beneath the present one that runs are saved in

_FIRST_TABLE = re.compile(r"^\[", re.MULTILINE)
_PARAMETERS = re.compile(r"^\[?(?:prior|signal|france|russia|escalation)\.", re.MULTILINE)
_NAMES_TABLE = re.compile(r"^\[names\]", re.MULTILINE)


@dataclass(frozen=True)
class Listed:
    """A scenario or a game as its file presents itself."""

    name: str
    title: str
    question: str = ""
    extends: str = ""
    renamed: bool = False  # whether it is about other players

    @property
    def variant(self) -> bool:
        """Whether it changes numbers of another scenario, and nothing of who plays."""
        return bool(self.extends) and not self.renamed


@dataclass(frozen=True)
class SavedRun:
    """A run that was saved."""

    folder: Path
    title: str
    draws: int
    when: datetime


def listed(name: str, file: Path) -> Listed:
    """Return how a file presents itself."""
    text = read_text(file)
    head = head_of(text)
    said = {key: " ".join(str(head.get(key, "")).split()) for key in ("title", "question", "extends")}
    return Listed(name, **said | {"title": said["title"] or name}, renamed=bool(_NAMES_TABLE.search(text)))


def head_of(text: str) -> Mapping[str, Any]:
    r"""Return the keys at the top of a file; nothing of one that is no TOML.

    >>> head_of('title = "Mine"\n[prior]\nresolute = 0.5')
    {'title': 'Mine'}
    """
    first = _FIRST_TABLE.search(text)
    for part in (text[: first.start()] if first else text, text):  # a text of several lines may have a [ at a start
        try:
            return tomllib.loads(part)
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
    return {}


def scenarios() -> list[Listed]:
    """Return the bundled scenarios: the article's case first, then other crises, then variants."""
    found = [listed(name, file) for name, file in bundled_scenarios().items()]
    return sorted(found, key=lambda each: (bool(each.extends), each.variant, each.name))


def games() -> list[Listed]:
    """Return the bundled games."""
    return [listed(name, file) for name, file in bundled_games().items()]


def files_here(place: Path) -> list[Listed]:
    """Return the scenario files of a folder: those that extend another, or hold what only a scenario has."""
    found = []
    for file in sorted(place.glob("*.toml")):
        try:
            each, text = listed(file.name, file), read_text(file)
        except ScenarioError:
            continue
        if each.extends or _PARAMETERS.search(text):
            found.append(each)
    return found


def saved_runs(place: Path, most: int | None = None) -> tuple[list[SavedRun], int]:
    """Return the runs in a folder, the latest first, at most so many; and how many there are."""
    files = sorted(_results(place), key=lambda file: (-file.stat().st_mtime, file.parent.name))
    found = [run for file in files[:most] if (run := _saved(file))]
    return found, len(files)


def _results(place: Path) -> list[Path]:
    """Return the results in the folders of a folder."""
    return [file for file in place.glob("*/result.json") if file.is_file()]


def _saved(file: Path) -> SavedRun | None:
    """Return a run, unless its result cannot be read."""
    try:
        content = json.loads(file.read_bytes())
        title, draws = printable(content["title"]), int(content["draws"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return SavedRun(file.parent, title, draws, datetime.fromtimestamp(file.stat().st_mtime).astimezone())
