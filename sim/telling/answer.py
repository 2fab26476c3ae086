"""What is an answer? Where it comes from, a finding, one table a question, figures, notes, plain data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NONE = "·"  # cell of a question that does not arise


@dataclass(frozen=True, eq=False)
class Provenance:
    """What makes an answer repeatable; the results of all analyses begin with it."""

    scenario: str
    title: str
    draws: int  # that were run
    seed: int
    versions: dict[str, str]  # of what the bits depend on
    settings: dict[str, float]  # parameters that were set by hand, by name

    def stamp(self, *, counted: str = "draws", how: str = "") -> str:
        """Return it in one line: `counted` says what its draws are, `how` what else must be known to repeat it."""
        changed = f", {len(self.settings)} set by hand" if self.settings else ""
        what = " · ".join(part for part in (f"{self.scenario}{changed}", how, f"{self.draws:,} {counted}") if part)
        return f"{what} · seed {self.seed} · sim {self.versions['sim']}"


@dataclass(frozen=True)
class Table:
    """One question and the table that answers it: the first column names the rows, a cell may have several lines."""

    question: str
    explanation: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Figure:
    """A figure: who draws it, its title, what it shows to who cannot see it, and what is drawn as a table, if any."""

    name: str
    draw: Callable[[Axes], Axes]  # what it raises is the caller's to hear
    finding: str
    alt: str
    header: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = ()


@dataclass(frozen=True)
class Answer:
    """What a command answers, for a terminal, a notebook, another program and a folder."""

    name: str
    title: str
    stamp: str
    tables: Sequence[Table]
    notes: Sequence[str]
    data: Mapping[str, Any]  # saved as NAME.json
    finding: str = ""  # one sentence without its full stop, under the title
    figures: Callable[[], Sequence[Figure]] = tuple  # made when they are asked for: drawing loads a large library
    story: str = ""  # paragraphs that stand under the tables or in place of them, saved as NAME.txt

    def files(self) -> dict[str, bytes]:
        """Return it as files: NAME.json with the data, and NAME.txt if there is a story."""
        text = json.dumps(self.data, indent=1, ensure_ascii=False, allow_nan=False)
        story = {f"{self.name}.txt": f"{self.story}\n".encode()} if self.story else {}
        return {f"{self.name}.json": f"{text}\n".encode()} | story
