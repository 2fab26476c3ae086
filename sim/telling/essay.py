"""How is an answer set in an essay? One table with its source, as Markdown, as LaTeX, or as plain numbers in CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.telling.english import listed

FORMS = ("markdown", "latex", "csv")

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$&~^])")
_LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}", "−": "$-$", "±": r"$\pm$", "→": r"$\to$",
    "·": r"$\cdot$", "≥": r"$\geq$", "≤": r"$\leq$", "×": r"$\times$", "Λ": r"$\Lambda$", "–": "--", "—": "---",
    "…": r"\ldots{}", "“": "``", "”": "''", "‘": "`", "’": "'", "\u00a0": "~",
} | {sign: f"\\{sign}" for sign in "&%$#_{}"}  # fmt: skip
_LISTED = re.compile("|".join(map(re.escape, _LATEX)))


@dataclass(frozen=True)
class Essay:
    """A table for an essay: in words under a caption that names its source, and the same as plain numbers.

    The first `texts` columns are words, the others numbers; the records keep the names that programs know things by.
    """

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    records: Sequence[Mapping[str, Any]]
    texts: int = 1


def source(
    scenarios: Sequence[str], settings: Mapping[str, float], *, draws: int, seed: int, versions: Mapping[str, str]
) -> str:
    """Return a sentence that says where numbers come from, and how to have them again.

    >>> source(["columnist"], {"prior.resolute": 0.5}, draws=64, seed=1, versions={"sim": "9"})
    'Source: own calculation with sim 9, scenario columnist with prior.resolute=0.5, 64 draws, seed 1.'
    """
    given = ", ".join(f"{name}={value:g}" for name, value in settings.items())
    named = f"{listed(scenarios)}{f' with {given}' if given else ''}"
    kind = "scenario" if len(scenarios) == 1 else "scenarios"
    return f"Source: own calculation with sim {versions['sim']}, {kind} {named}, {draws:,} draws, seed {seed}."


def written(essay: Essay, form: str) -> str:
    r"""Return a table in one of the `FORMS`, without a line end.

    >>> small = Essay("Of 100. Source: sim.", ("", "R&D_1"), [("a|b", "−1.5")], [{"stance": "commit", "mean": 0.5}])
    >>> print(written(small, "markdown"))
    |  | R\&D\_1 |
    | :--- | ---: |
    | a\|b | −1.5 |
    <BLANKLINE>
    Table: Of 100. Source: sim.
    >>> print(written(small, "csv"))
    stance,mean
    commit,0.5
    """
    return {"markdown": _markdown, "latex": _latex, "csv": _csv}[form](essay)


def _markdown(essay: Essay) -> str:
    """Return a pipe table, its caption below as Pandoc reads it."""
    sides = [":---" if place < essay.texts else "---:" for place in range(len(essay.columns))]
    lines = [map(_in_markdown, essay.columns), sides, *(map(_in_markdown, row) for row in essay.rows)]
    return "\n".join([*(f"| {' | '.join(line)} |" for line in lines), "", f"Table: {_in_markdown(essay.caption)}"])


def _latex(essay: Essay) -> str:
    """Return a floating table with the rules of booktabs."""
    sides = "l" * essay.texts + "r" * (len(essay.columns) - essay.texts)
    head, *rows = (f"{' & '.join(map(_in_latex, row))} \\\\" for row in (essay.columns, *essay.rows))
    return "\n".join(
        [
            r"% needs \usepackage{booktabs}",
            r"\begin{table}",
            r"\centering",
            rf"\caption{{{_in_latex(essay.caption)}}}",
            rf"\begin{{tabular}}{{{sides}}}",
            r"\toprule",
            head,
            r"\midrule",
            *rows,
            r"\bottomrule",
            r"\end{tabular}",
            r"\end{table}",
        ]
    )


def _csv(essay: Essay) -> str:
    """Return the records, a column each quantity."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(essay.records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(essay.records)
    return text.getvalue().rstrip("\n")


def _in_markdown(text: str) -> str:
    """Return a text in one line in which nothing is marked up."""
    return _MARKDOWN.sub(r"\\\1", _line(text))


def _in_latex(text: str) -> str:
    """Return a text in one line in which nothing is a command."""
    return _LISTED.sub(lambda found: _LATEX[found[0]], _line(text))


def _line(text: str) -> str:
    """Return a text in one line of characters that can be printed."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
