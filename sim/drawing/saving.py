"""How does a figure become files? PNG for a slide, SVG for a page, CSV for a spreadsheet; the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from matplotlib import rc_context, style
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from sim.drawing.fitting import faults
from sim.drawing.fonts import INSTEAD, with_letters
from sim.drawing.labels import Labels, phrases_of
from sim.drawing.parts import UnreadableError, harmless
from sim.drawing.slide import text_of, worded
from sim.drawing.steps import ANSWER, AXES, QUESTIONS, STEP_NAMES, hide_answer
from sim.drawing.words import say_in_words, speaking
from sim.telling.answer import Answer, Figure
from sim.telling.names import Speaker, figure_speaker

STYLE = Path(__file__).resolve().with_name("sim.mplstyle")  # style sheet of all figures

FORMATS = ("png", "svg", "pdf")
"""What a figure can be saved as; the first two, where nobody asks for others."""

LOOKS = ("default", STYLE)
"""What the files are drawn with: the library's own settings first, so that no file of the user's changes them."""

_ABOVE_WORDS = "# Put your words on the right. Lines may be left out; what they say then stays as it is."

_MISSING = re.compile(r"Glyph (\d+) .* missing from")


@dataclass(frozen=True)
class Wanted:
    """How figures are wanted: in which formats, with which looks, in two steps or whole at once, in whose words."""

    formats: Sequence[str] = FORMATS[:2]
    looks: Sequence[str | Path] = LOOKS
    steps: bool = False
    labels: Labels = field(default_factory=Labels)

    @property
    def is_ours(self) -> bool:
        """Whether a figure looks and speaks as we make it, so that its texts are known to be apart."""
        return tuple(self.looks) == LOOKS and not (self.labels.words or self.labels.own)


def drawn(answer: Answer, say: Callable[[str], object], wanted: Wanted | None = None) -> dict[str, bytes]:
    """Return the figures of an answer as files; of one that cannot be drawn, `say` is told, and the others go on."""
    wanted = wanted or Wanted()
    files: dict[str, bytes] = {}
    for figure in answer.figures():
        try:
            files |= files_of([figure], say, wanted)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with a figure, the answer stands
            say(f"no figure {figure.name}: {type(fault).__name__}: {fault}")
    try:
        wanted.labels.check(say)
    except ValueError as fault:  # the figures stand, in our word
        say(str(fault))
    return files


def files_of(figures: Iterable[Figure], say: Callable[[str], object], wanted: Wanted | None = None) -> dict[str, bytes]:
    """Return all figures as files; of one that could not be read, `say` is told why it is left out."""
    wanted = wanted or Wanted()
    files: dict[str, bytes] = {}
    missing: dict[str, set[str]] = {}
    for figure in figures:
        try:
            drawn, lacking = _quietly(figure, wanted)
        except UnreadableError as fault:
            say(f"no figure {figure.name}: {fault}")
            continue
        letterless = [name for name in drawn if lacking and name.endswith((".png", ".pdf"))]
        missing |= dict.fromkeys(letterless, lacking)
        files |= {name: content for name, content in drawn.items() if name not in letterless}
    if missing:
        letters = " ".join(sorted(set[str]().union(*missing.values())))
        say(f"no {', '.join(missing)}: no font here has {letters}; {INSTEAD}, or take the .svg, which has them as text")
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
    return files, missing - {harmless("\0")}  # what stands for a letter that must not be drawn is none itself


def figure_files(figure: Figure, wanted: Wanted | None = None) -> dict[str, bytes]:
    """Return NAME.png (2560 × 1440 pixels), .svg and .pdf with title and alt text inside, and NAME.csv of its table.

    In two steps these are NAME-1-axes and NAME-2-answer, on one layout.
    """
    wanted = wanted or Wanted()
    axes, canvas = laid_out(figure, wanted)
    kinds = [kind for kind in FORMATS if kind in wanted.formats]
    files: dict[str, bytes] = {}
    for step in (ANSWER, AXES) if wanted.steps else (ANSWER,):
        shown, name = (
            replace(figure, finding=wanted.labels.texts(_names(figure))["title"] or figure.finding),
            figure.name,
        )
        if wanted.steps:
            name = f"{figure.name}-{step}-{STEP_NAMES[step]}"
        if step == AXES:
            question = _speaker(figure, wanted)(QUESTIONS[figure.kind or figure.name])
            shown = replace(figure, finding=question, alt=f"{question} The axes alone: the answer comes next.")
            hide_answer(axes, question)
        files |= {f"{name}.{kind}": _saved(canvas, shown, kind, wanted.looks) for kind in kinds}
    if figure.header:
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows([figure.header, *figure.rows])
        files[f"{figure.name}.csv"] = table.getvalue().encode(errors="replace")
    return dict(sorted(files.items()))


def words_of(figures: Iterable[Figure]) -> str:
    """Return all that figures show as a file of labels: words for all, and for each a title and a caption."""
    heard, own = Labels(), []
    for figure in figures:
        axes, _ = laid_out(figure, Wanted(labels=heard))
        shown = {name: " ".join(text_of(axes, name).split()) for name in ("title", "caption")}
        own += ["", f"[{figure.kind or figure.name}]", *(f"{name} = {_quoted(text)}" for name, text in shown.items())]
        whole = {*shown.values(), " ".join(text_of(axes, "source").split())}
        for text in [text for text in heard.shown if " ".join(text.split()) in whole]:
            del heard.shown[text]
    phrases = dict.fromkeys(phrase for text in heard.shown for phrase in phrases_of(text))
    return "\n".join([_ABOVE_WORDS, *(f"{_quoted(each)} = {_quoted(each)}" for each in sorted(phrases)), *own, ""])


def _quoted(text: str) -> str:
    """Return a text as TOML has it."""
    return json.dumps(text, ensure_ascii=False)


def laid_out(figure: Figure, wanted: Wanted | None = None) -> tuple[Axes, Canvas]:
    """Return a figure drawn in the words of its scenario or of a lecturer, laid out once for all formats and steps.

    UnreadableError if the lecturer's words, or looks, leave no room for each other.
    """
    wanted = wanted or Wanted()
    said, texts = _speaker(figure, wanted), wanted.labels.texts(_names(figure))
    with style.context([*wanted.looks]), with_letters([figure.finding, figure.alt, *wanted.labels.letters()]):
        canvas = Canvas(layout=(engine := ConstrainedLayoutEngine()))
        with speaking(said):
            axes = figure.draw(canvas.add_subplot())
        worded(say_in_words(axes, said), **texts)
        for text in canvas.findobj(Text):
            text.set_text(harmless(text.get_text()))
        for _ in range(2):  # the second time texts that reach beyond narrower axes no longer do
            engine.execute(canvas)
    # Not "none", which leaves an engine without a will of its own: all would be drawn twice for every format.
    with rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        canvas.set_layout_engine(None)
    if not wanted.is_ours:
        canvas.draw_without_rendering()
        if crowded := faults(canvas):
            raise UnreadableError(f"in these words and looks {crowded[0]}: shorter words make room")
    return axes, canvas


def _speaker(figure: Figure, wanted: Wanted) -> Speaker:
    """Return what puts a text of ours into the words that are wanted."""
    said = wanted.labels.speaking(_names(figure), figure_speaker(figure.naming))
    if kind := QUESTIONS.get(figure.kind or figure.name):
        said(kind)  # so that its words count as shown, whether its step is drawn or not
    return said


def _names(figure: Figure) -> list[str]:
    """Return what a figure is called."""
    return [*filter(None, (figure.kind, figure.name))]


def _saved(canvas: Canvas, figure: Figure, kind: str, looks: Sequence[str | Path]) -> bytes:
    """Return a figure in one format, the same bytes every time."""
    content, title, alt = io.BytesIO(), harmless(figure.finding), harmless(figure.alt)
    about = {"Title": title, "Subject" if kind == "pdf" else "Description": alt}
    undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None, "ModDate": None}}.get(kind, {})
    with style.context([*looks]):
        canvas.savefig(content, format=kind, metadata=about | undated)
    # In an SVG file names of ticks are written anew when they are drawn.
    return harmless(content.getvalue().decode()).encode() if kind == "svg" else content.getvalue()
