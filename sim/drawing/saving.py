"""How does a figure become files? PNG for a slide, SVG for a page, CSV for a spreadsheet; the same bytes every time."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from matplotlib import rc_context, style
from matplotlib.figure import Figure as Canvas
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from sim.drawing.parts import UnreadableError, harmless
from sim.drawing.words import say_in_words, speaking
from sim.telling.answer import Answer, Figure
from sim.telling.names import figure_speaker

STYLE = Path(__file__).resolve().with_name("sim.mplstyle")  # style sheet of all figures

FORMATS = ("png", "svg", "pdf")
"""What a figure can be saved as; the first two, where nobody asks for others."""

LOOKS = ("default", STYLE)
"""What the files are drawn with: the library's own settings first, so that no file of the user's changes them."""

_MISSING = re.compile(r"Glyph (\d+) .* missing from")


def drawn(answer: Answer, say: Callable[[str], object]) -> dict[str, bytes]:
    """Return the figures of an answer as files; of one that cannot be drawn, `say` is told, and the others go on."""
    files: dict[str, bytes] = {}
    for figure in answer.figures():
        try:
            files |= files_of([figure], say)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with a figure, the answer stands
            say(f"no figure {figure.name}: {type(fault).__name__}: {fault}")
    return files


def files_of(
    figures: Iterable[Figure],
    say: Callable[[str], object],
    formats: Sequence[str] = FORMATS[:2],
    looks: Sequence[str | Path] = LOOKS,
) -> dict[str, bytes]:
    """Return all figures as files; of one that could not be read, `say` is told why it is left out."""
    files: dict[str, bytes] = {}
    missing: set[str] = set()
    for figure in figures:
        try:
            drawn, lacking = _quietly(figure, formats, looks)
            files, missing = files | drawn, missing | lacking
        except UnreadableError as fault:
            say(f"no figure {figure.name}: {fault}")
    if missing:
        say(f"boxes stand in the .png for what its font lacks: {' '.join(sorted(missing))}; the .svg has it as text")
    return files


def _quietly(figure: Figure, formats: Sequence[str], looks: Sequence[str | Path]) -> tuple[dict[str, bytes], set[str]]:
    """Return a figure as files, and what its font lacks; say nothing of what is for us to word."""
    missing = set()
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")
        files = figure_files(figure, formats, looks)
    for each in noted:
        if found := _MISSING.match(str(each.message)):
            missing.add(harmless(chr(int(found[1]))))
        elif "layout not applied" in str(each.message):
            raise UnreadableError("its names are so long that they leave no room for it")
        else:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
    return files, missing


def figure_files(
    figure: Figure, formats: Sequence[str] = FORMATS[:2], looks: Sequence[str | Path] = LOOKS
) -> dict[str, bytes]:
    """Return NAME.png (2560 × 1440 pixels), .svg and .pdf with title and alt text inside, and NAME.csv of its table."""
    canvas = _laid_out(figure, looks)
    files = {f"{figure.name}.{kind}": _saved(canvas, figure, kind, looks) for kind in FORMATS if kind in formats}
    if figure.header:
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows([figure.header, *figure.rows])
        files[f"{figure.name}.csv"] = table.getvalue().encode(errors="replace")
    return files


def _laid_out(figure: Figure, looks: Sequence[str | Path]) -> Canvas:
    """Return a figure drawn in its scenario's words, and laid out once for all formats."""
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
    return canvas


def _saved(canvas: Canvas, figure: Figure, kind: str, looks: Sequence[str | Path]) -> bytes:
    """Return a figure in one format, the same bytes every time."""
    content, title, alt = io.BytesIO(), harmless(figure.finding), harmless(figure.alt)
    about = {"Title": title, "Subject" if kind == "pdf" else "Description": alt}
    undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None, "ModDate": None}}.get(kind, {})
    with style.context([*looks]):
        canvas.savefig(content, format=kind, metadata=about | undated)
    # In an SVG file names of ticks are written anew when they are drawn.
    return harmless(content.getvalue().decode()).encode() if kind == "svg" else content.getvalue()
