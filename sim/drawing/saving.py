"""How does a figure become files? PNG for a slide, SVG for a page, CSV for a spreadsheet; the same bytes every time."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matplotlib import rc_context, style
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from sim.drawing.parts import UnreadableError, harmless
from sim.drawing.steps import ANSWER, AXES, QUESTIONS, STEP_NAMES, hide_answer
from sim.drawing.words import say_in_words, speaking
from sim.telling.answer import Answer, Figure
from sim.telling.names import figure_speaker

STYLE = Path(__file__).resolve().with_name("sim.mplstyle")  # style sheet of all figures

FORMATS = ("png", "svg", "pdf")
"""What a figure can be saved as; the first two, where nobody asks for others."""

LOOKS = ("default", STYLE)
"""What the files are drawn with: the library's own settings first, so that no file of the user's changes them."""

_MISSING = re.compile(r"Glyph (\d+) .* missing from")


@dataclass(frozen=True)
class Wanted:
    """How figures are wanted: in which formats, with which looks, and in two steps or whole at once."""

    formats: Sequence[str] = FORMATS[:2]
    looks: Sequence[str | Path] = LOOKS
    steps: bool = False


def drawn(answer: Answer, say: Callable[[str], object], wanted: Wanted = Wanted()) -> dict[str, bytes]:
    """Return the figures of an answer as files; of one that cannot be drawn, `say` is told, and the others go on."""
    files: dict[str, bytes] = {}
    for figure in answer.figures():
        try:
            files |= files_of([figure], say, wanted)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with a figure, the answer stands
            say(f"no figure {figure.name}: {type(fault).__name__}: {fault}")
    return files


def files_of(figures: Iterable[Figure], say: Callable[[str], object], wanted: Wanted = Wanted()) -> dict[str, bytes]:
    """Return all figures as files; of one that could not be read, `say` is told why it is left out."""
    files: dict[str, bytes] = {}
    missing: set[str] = set()
    for figure in figures:
        try:
            drawn, lacking = _quietly(figure, wanted)
            files, missing = files | drawn, missing | lacking
        except UnreadableError as fault:
            say(f"no figure {figure.name}: {fault}")
    if missing:
        say(f"boxes stand in the .png for what its font lacks: {' '.join(sorted(missing))}; the .svg has it as text")
    return files


def _quietly(figure: Figure, wanted: Wanted) -> tuple[dict[str, bytes], set[str]]:
    """Return a figure as files, and what its font lacks; say nothing of what is for us to word."""
    missing = set()
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")
        files = figure_files(figure, wanted)
    for each in noted:
        if found := _MISSING.match(str(each.message)):
            missing.add(harmless(chr(int(found[1]))))
        elif "layout not applied" in str(each.message):
            raise UnreadableError("its names are so long that they leave no room for it")
        else:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
    return files, missing


def figure_files(figure: Figure, wanted: Wanted = Wanted()) -> dict[str, bytes]:
    """Return NAME.png (2560 × 1440 pixels), .svg and .pdf with title and alt text inside, and NAME.csv of its table.

    In two steps these are NAME-1-axes and NAME-2-answer, on one layout.
    """
    axes, canvas = laid_out(figure, wanted.looks)
    kinds = [kind for kind in FORMATS if kind in wanted.formats]
    files: dict[str, bytes] = {}
    for step in (ANSWER, AXES) if wanted.steps else (ANSWER,):
        shown, name = figure, figure.name
        if wanted.steps:
            name = f"{figure.name}-{step}-{STEP_NAMES[step]}"
        if step == AXES:
            question = figure_speaker(figure.naming)(QUESTIONS[figure.kind or figure.name])
            shown = replace(figure, finding=question, alt=f"{question} The axes alone: the answer comes next.")
            with style.context([*wanted.looks]):
                hide_answer(axes, question)
        files |= {f"{name}.{kind}": _saved(canvas, shown, kind, wanted.looks) for kind in kinds}
    if figure.header:
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows([figure.header, *figure.rows])
        files[f"{figure.name}.csv"] = table.getvalue().encode(errors="replace")
    return dict(sorted(files.items()))


def laid_out(figure: Figure, looks: Sequence[str | Path] = LOOKS) -> tuple[Axes, Canvas]:
    """Return a figure drawn in its scenario's words, and laid out once for all formats and steps."""
    with style.context([*looks]):
        canvas = Canvas(layout=(engine := ConstrainedLayoutEngine()))
        said = figure_speaker(figure.naming)
        with speaking(said):
            axes = figure.draw(canvas.add_subplot())
        say_in_words(axes, said)
        for text in canvas.findobj(Text):
            text.set_text(harmless(text.get_text()))
        engine.execute(canvas)
    # Not "none", which leaves an engine without a will of its own: all would be drawn twice for every format.
    with rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        canvas.set_layout_engine(None)
    return axes, canvas


def _saved(canvas: Canvas, figure: Figure, kind: str, looks: Sequence[str | Path]) -> bytes:
    """Return a figure in one format, the same bytes every time."""
    content, title, alt = io.BytesIO(), harmless(figure.finding), harmless(figure.alt)
    about = {"Title": title, "Subject" if kind == "pdf" else "Description": alt}
    undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None, "ModDate": None}}.get(kind, {})
    with style.context([*looks]):
        canvas.savefig(content, format=kind, metadata=about | undated)
    # In an SVG file names of ticks are written anew when they are drawn.
    return harmless(content.getvalue().decode()).encode() if kind == "svg" else content.getvalue()
