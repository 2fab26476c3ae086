"""Which pictures are there? One function each, loaded on first use: it takes what it shows and returns Axes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sim.telling.names import Speaker, figure_speaker

if TYPE_CHECKING:
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
    from sim.montecarlo.told.words import ladder_alt_text
    from sim.solve.figures.beliefs import beliefs
    from sim.solve.figures.quantal import quantal
    from sim.solve.figures.titles import beliefs_alt_text, quantal_alt_text, tree_alt_text
    from sim.solve.figures.tree import tree

STYLE = Path(__file__).resolve().parent / "drawing" / "sim.mplstyle"
"""Style sheet of all figures: ``with matplotlib.style.context(sim.figures.STYLE): ...``."""

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
    "tree": ("solve.figures", "tree", "titles", "Solution that sim.solution"),
    "beliefs": ("solve.figures", "beliefs", "titles", "Solution that sim.solution"),
}
"""Its room, where it is drawn and put in words, and what it takes: a class, and the function that makes it."""

__all__ = [
    "STYLE", "belief_fans", "belief_fans_alt_text", "beliefs", "beliefs_alt_text", "channels", "channels_alt_text",
    "comparison", "comparison_alt_text", "flips", "flips_alt_text", "ladder", "ladder_alt_text", "plausible",
    "plausible_alt_text", "quantal", "quantal_alt_text", "readings", "readings_alt_text", "regimes", "regimes_alt_text",
    "robustness", "robustness_alt_text", "sensitivity", "sensitivity_alt_text", "survival", "survival_alt_text",
    "tornado", "tornado_alt_text", "tree", "tree_alt_text",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load a figure, or its text for who cannot see it, on first use (PEP 562)."""
    figure = name.removesuffix("_alt_text")
    if figure not in _FIGURES:
        raise AttributeError(f"module 'sim.figures' has no attribute {name!r}; it has {', '.join(__all__)}")
    room, drawn, told, taken = _FIGURES[figure]
    home = import_module(f"sim.{room}.{drawn if name == figure else told}")
    value = globals()[name] = _checked(name, getattr(home, name), taken)
    return value


def _checked(name: str, show: Callable[..., object], taken: str) -> Callable[..., object]:
    """Let a figure, or its text, say what it takes when it is given something else."""

    @wraps(show)
    def checked(*given: object, **options: object) -> object:
        if given and not _is_a(taken, given[0]):
            fitting = {figure: other for figure, (*_, other) in _FIGURES.items() if _is_a(other, given[0])}
            own = next((_kind(other) for other in fitting.values()), type(given[0]).__name__)
            fits = f", for {' and '.join(fitting)}" if fitting else ""
            raise TypeError(f"{name} must be given the {taken} returns; this is of type {own}{fits}")
        from matplotlib import rc_context
        from matplotlib.axes import Axes

        ax = options.get("ax")
        others = [each for each in ax.figure.figure.axes if each is not ax] if isinstance(ax, Axes) else []
        if not given:
            return show(*given, **options)
        said = _speaker_of(given[0])
        from sim.drawing.words import say_in_words, speaking

        with rc_context({"text.parse_math": False}), speaking(said):  # a name with $ in it is a name
            shown = show(*given, **options)
        if isinstance(shown, str):
            return said(shown)
        return say_in_words(shown, said, others=others) if isinstance(shown, Axes) else shown

    return checked


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
