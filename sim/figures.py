"""Which pictures are there? One function each, loaded on first use: it takes what it shows and returns Axes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING

from sim.games.gambit.efg import Labels
from sim.telling.names import Speaker, figure_speaker

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.analyses.campaign.figures import belief_fans, survival
    from sim.analyses.campaign.words import belief_fans_alt_text, survival_alt_text
    from sim.analyses.channels.figure import channels
    from sim.analyses.channels.words import channels_alt_text
    from sim.analyses.compare.figure import comparison
    from sim.analyses.compare.words import comparison_alt_text
    from sim.analyses.plausible.figure import plausible
    from sim.analyses.plausible.table import plausible_alt_text
    from sim.analyses.readings.figure import readings
    from sim.analyses.readings.words import readings_alt_text
    from sim.analyses.regimes.figure import regimes
    from sim.analyses.regimes.words import regimes_alt_text
    from sim.analyses.robustness.figures import flips, robustness
    from sim.analyses.robustness.words import flips_alt_text, robustness_alt_text
    from sim.analyses.sensitivity.figures import sensitivity, tornado
    from sim.analyses.sensitivity.words import sensitivity_alt_text, tornado_alt_text
    from sim.montecarlo.told.figure import ladder
    from sim.montecarlo.told.findings import dots, exposure, icons, promise
    from sim.montecarlo.told.of_findings import dots_alt_text, exposure_alt_text, icons_alt_text, promise_alt_text
    from sim.montecarlo.told.words import ladder_alt_text
    from sim.solve.figures.beliefs import beliefs
    from sim.solve.figures.quantal import quantal
    from sim.solve.figures.titles import beliefs_alt_text, quantal_alt_text, tree_alt_text
    from sim.solve.figures.tree import tree

STYLE = Path(__file__).resolve().parent / "drawing" / "sim.mplstyle"
"""Style sheet of all figures: ``with matplotlib.style.context(sim.figures.STYLE): ...``."""

SLIDE = ("title", "caption", "source", "scale", "steps", "labels")
"""What every figure takes besides its own: texts in place of its own, none if empty, how large all is drawn, whether
its axes alone (1) or with the answer (2), and words in place of those that it shows."""

_ALT = "_alt_text"

_FIGURES = {
    "ladder": ("montecarlo.told", "figure", "words", "Result that sim.run"),
    "sensitivity": ("analyses.sensitivity", "figures", "words", "Sensitivity that sim.sensitivity"),
    "tornado": ("analyses.sensitivity", "figures", "words", "Sensitivity that sim.sensitivity"),
    "channels": ("analyses.channels", "figure", "words", "Channels that sim.channels"),
    "readings": ("analyses.readings", "figure", "words", "Readings that sim.readings"),
    "regimes": ("analyses.regimes", "figure", "words", "RegimeMap that sim.sweep"),
    "robustness": ("analyses.robustness", "figures", "words", "Robustness that sim.robustness"),
    "flips": ("analyses.robustness", "figures", "words", "Robustness that sim.robustness"),
    "comparison": ("analyses.compare", "figure", "words", "Comparison that sim.compare"),
    "survival": ("analyses.campaign", "figures", "words", "Campaign that sim.campaign"),
    "belief_fans": ("analyses.campaign", "figures", "words", "Campaign that sim.campaign"),
    "plausible": ("analyses.plausible", "figure", "table", "Plausibility that sim.plausibility"),
    "quantal": ("solve.figures", "quantal", "titles", "QuantalPath that sim.quantal_path"),
    "promise": ("montecarlo.told", "findings", "of_findings", "Result that sim.run"),
    "exposure": ("montecarlo.told", "findings", "of_findings", "Result that sim.run"),
    "icons": ("montecarlo.told", "findings", "of_findings", "Result that sim.run"),
    "dots": ("montecarlo.told", "findings", "of_findings", "Result that sim.run"),
    "tree": ("solve.figures", "tree", "titles", "Solution that sim.solution"),
    "beliefs": ("solve.figures", "beliefs", "titles", "Solution that sim.solution"),
}
"""Its room, where it is drawn and put in words, and what it takes: a class, and the function that makes it."""

__all__ = [
    "STYLE", "belief_fans", "belief_fans_alt_text", "beliefs", "beliefs_alt_text", "channels", "channels_alt_text",
    "comparison", "comparison_alt_text", "dots", "dots_alt_text", "exposure", "exposure_alt_text", "flips",
    "flips_alt_text", "icons", "icons_alt_text", "ladder", "ladder_alt_text", "plausible", "plausible_alt_text",
    "promise", "promise_alt_text", "quantal", "quantal_alt_text", "readings", "readings_alt_text", "regimes",
    "regimes_alt_text", "robustness", "robustness_alt_text", "sensitivity", "sensitivity_alt_text", "survival",
    "survival_alt_text", "tornado", "tornado_alt_text", "tree", "tree_alt_text",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load a figure, or its text for who cannot see it, on first use (PEP 562)."""
    figure = name.removesuffix(_ALT)
    if figure not in _FIGURES:
        raise AttributeError(f"module 'sim.figures' has no attribute {name!r}; it has {', '.join(__all__)}")
    room, drawn, told, taken = _FIGURES[figure]
    home = import_module(f"sim.{room}.{drawn if name == figure else told}")
    value = globals()[name] = _checked(name, getattr(home, name), taken)
    return value


def _checked(name: str, show: Callable[..., object], taken: str) -> Callable[..., object]:
    """Let a figure, or its text, say what it takes when it is given something else, and a figure take `SLIDE`."""

    @wraps(show)
    def checked(*given: object, **options: object) -> object:
        if not given:
            return show(*given, **options)
        if not _is_a(taken, given[0]):
            fitting = {figure: other for figure, (*_, other) in _FIGURES.items() if _is_a(other, given[0])}
            own = next((_kind(other) for other in fitting.values()), type(given[0]).__name__)
            fits = f", for {' and '.join(fitting)}" if fitting else ""
            raise TypeError(f"{name} must be given the {taken} returns; this is of type {own}{fits}")
        said = _speaker_of(given[0])
        if name.endswith(_ALT):
            return said(str(show(*given, **options)))
        return _on_a_slide(lambda kept: show(*given, **kept), options, said, name)

    if not name.endswith(_ALT):
        own = signature(show)
        others = [each for each in SLIDE if each not in own.parameters]
        added = [Parameter(each, Parameter.KEYWORD_ONLY, default=None) for each in others]
        checked.__signature__ = own.replace(parameters=[*own.parameters.values(), *added])  # type: ignore[attr-defined]
    return checked


def _on_a_slide(
    draw: Callable[[dict[str, object]], object], options: dict[str, object], said: Speaker, name: str
) -> Axes:
    """Draw a figure in its scenario's words, with the texts and at the scale that a lecturer wants."""
    from matplotlib import rc_context
    from matplotlib.axes import Axes

    from sim.drawing.fonts import INSTEAD, with_letters
    from sim.drawing.labels import mapped
    from sim.drawing.parts import narrower
    from sim.drawing.slide import read_scale, rescaled, worded
    from sim.drawing.steps import AXES, QUESTIONS, hide_answer, read_step
    from sim.drawing.words import say_in_words, speaking

    names_of_a_game = isinstance(options.get("labels"), Labels)  # figures of one game take these as well
    own = {each: options.pop(each, None) for each in SLIDE if not (each == "labels" and names_of_a_game)}
    step, labels = read_step(own.pop("steps")), mapped(own.pop("labels", None))
    said, question = labels.speaking([], said), labels.speaking([], said)(QUESTIONS[name])
    ax = options.get("ax")
    others = [each for each in ax.figure.figure.axes if each is not ax] if isinstance(ax, Axes) else []
    texts = [*labels.letters(), *(text for text in own.values() if isinstance(text, str))]
    scale, room = read_scale(own.pop("scale"), ax)
    # A name with $ is a name.
    with (
        rc_context({"text.parse_math": False}),
        narrower(room),
        with_letters(texts) as missing,
        speaking(said),
    ):
        if missing:
            raise ValueError(f"labels must be in letters that a font here has; none has {' '.join(missing)}; {INSTEAD}")
        axes = draw(options)
    if not isinstance(axes, Axes):
        raise TypeError(f"a figure must return Axes; it returned {axes!r}")
    with narrower(room):
        rescaled(worded(say_in_words(axes, said, others=others), **own), scale)
    labels.check(str)
    if step == AXES:
        hide_answer(axes, question)
    return axes


def _speaker_of(shown: object) -> Speaker:
    """Return what speaks in the words of a result's scenario."""
    home = next((getattr(shown, name) for name in ("provenance", "scenario") if hasattr(shown, name)), shown)
    return figure_speaker(getattr(shown, "naming", getattr(home, "naming", None)))


def _is_a(taken: str, shown: object) -> bool:
    """Whether something is what a figure takes, by name of its class, or can stand for a solved game."""
    if _kind(taken) == "Solution" and all(hasattr(shown, each) for each in ("game", "equilibria", "selected")):
        return True
    return any(each.__name__ == _kind(taken) for each in type(shown).__mro__)


def _kind(taken: str) -> str:
    """Return the class that is named first."""
    return taken.partition(" ")[0]


def __dir__() -> list[str]:
    return list(__all__)
