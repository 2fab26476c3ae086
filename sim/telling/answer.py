"""What is an answer? Where it comes from, a finding, one table a question, figures, notes, plain data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sim.telling.essay import Essay
from sim.telling.names import Naming, Speaker, figure_speaker, speaker

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
    naming: dict[str, Any] | None = field(default=None, kw_only=True)  # in whose words it is told; None: no scenario's

    def stamp(self, *, counted: str = "draws", how: str = "") -> str:
        """Return it in one line: `counted` says what its draws are, `how` what else must be known to repeat it."""
        changed = f", {len(self.settings)} set by hand" if self.settings else ""
        what = " · ".join(part for part in (f"{self.scenario}{changed}", how, f"{self.draws:,} {counted}") if part)
        return f"{what} · seed {self.seed} · sim {self.versions['sim']}"


def stated(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain data without the names of players where a scenario gives none."""
    return {key: value for key, value in data.items() if key != "naming" or value}


@dataclass(frozen=True)
class Table:
    """One question and the table that answers it: the first column names the rows, a cell may have several lines."""

    question: str
    explanation: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    part: str = ""  # the one word that `sim show` knows it by


def in_words(table: Table, said: Speaker) -> Table:
    """Return a table in a scenario's words."""
    rows = [tuple(map(said, row)) for row in table.rows]
    return Table(said(table.question), said(table.explanation), tuple(map(said, table.columns)), rows, table.part)


def essay_in_words(essay: Essay, said: Speaker) -> Essay:
    """Return a table for an essay in a scenario's words; its records keep the names that programs know."""
    rows = [tuple(map(said, row)) for row in essay.rows]
    return replace(essay, caption=said(essay.caption), columns=tuple(map(said, essay.columns)), rows=rows)


@dataclass(frozen=True)
class Figure:
    """A figure: who draws it, its title, what it shows to who cannot see it, and what is drawn as a table, if any."""

    name: str
    draw: Callable[[Axes], Axes]  # what it raises is the caller's to hear
    finding: str
    alt: str
    header: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = ()
    naming: Naming | None = None
    kind: str = ""  # name of the function that draws it, where the file is called otherwise


def figure_in_words(figure: Figure, naming: Naming | None) -> Figure:
    """Return a figure in a scenario's words; the keys in its table of what is drawn stay."""
    said = figure_speaker(naming)
    rows = [[said(cell) if isinstance(cell, str) and " " in cell else cell for cell in row] for row in figure.rows]
    header = [said(cell) if " " in cell else cell for cell in figure.header]
    finding, alt = said(figure.finding), said(figure.alt)
    return replace(figure, finding=finding, alt=alt, header=header, rows=rows, naming=naming)


@dataclass(frozen=True)
class Answer:
    """What a command answers, for a terminal, a notebook, another program and a folder.

    Whoever makes one writes in the words of the reference case; it holds them in those of the scenario (`naming`). The
    data stay as they are, but for the notes among them.
    """

    name: str
    title: str
    stamp: str
    tables: Sequence[Table]
    notes: Sequence[str]
    data: Mapping[str, Any]  # saved as NAME.json
    finding: str = ""  # a sentence, and one with its caveat, without the last full stop
    brief: Table | None = None  # the one table of a first screen, if not the first of all
    figures: Callable[[], Sequence[Figure]] = tuple  # made when they are asked for: drawing loads a large library
    essay: Essay | None = None  # the table of an answer that `--table` prints
    story: str = ""  # paragraphs that stand under the tables or in place of them, saved as NAME.txt
    naming: Naming | None = None

    def __post_init__(self) -> None:
        """Put all that a person reads into the scenario's words."""
        said, drawn = figure_speaker(self.naming), self.figures
        told = {name: said(getattr(self, name)) for name in ("title", "stamp", "finding", "story")}
        data = stated(self.data)
        own = {
            "tables": [in_words(table, said) for table in self.tables],
            "brief": self.brief and in_words(self.brief, said),
            "notes": [said(note) for note in self.notes],
            "essay": self.essay and essay_in_words(self.essay, said),
            "data": data | {"notes": list(map(speaker(self.naming), data["notes"]))} if "notes" in data else data,
            "figures": lambda: [figure_in_words(figure, self.naming) for figure in drawn()],
        }
        for name, value in (told | own).items():
            object.__setattr__(self, name, value)

    def files(self) -> dict[str, bytes]:
        """Return it as files: NAME.json with the data, and NAME.txt if there is a story."""
        text = json.dumps(self.data, indent=1, ensure_ascii=False, allow_nan=False)
        story = {f"{self.name}.txt": f"{self.story}\n".encode()} if self.story else {}
        return {f"{self.name}.json": f"{text}\n".encode()} | story
