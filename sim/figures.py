"""Which pictures are there? One function each: it takes what it shows and returns its Axes; `STYLE` holds the looks.

Each is loaded when it is first used, so that who draws one figure need not wait for the others.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.analyses.campaign.figures import belief_fans, survival
    from sim.analyses.campaign.words import belief_fans_alt_text, survival_alt_text
    from sim.analyses.channels.figure import channels
    from sim.analyses.channels.words import channels_alt_text
    from sim.analyses.compare.figure import comparison
    from sim.analyses.compare.table import comparison_alt_text
    from sim.analyses.plausible.figure import plausible
    from sim.analyses.plausible.table import plausible_alt_text
    from sim.analyses.regimes.figure import regimes
    from sim.analyses.regimes.words import regimes_alt_text
    from sim.analyses.robustness.figures import flips, robustness
    from sim.analyses.robustness.words import flips_alt_text, robustness_alt_text
    from sim.analyses.sensitivity.figures import sensitivity, tornado
    from sim.analyses.sensitivity.words import sensitivity_alt_text, tornado_alt_text
    from sim.montecarlo.figure import ladder
    from sim.montecarlo.words import ladder_alt_text
    from sim.solve.figures.beliefs import beliefs
    from sim.solve.figures.quantal import quantal
    from sim.solve.figures.titles import beliefs_alt_text, quantal_alt_text, tree_alt_text
    from sim.solve.figures.tree import tree

STYLE = Path(__file__).resolve().parent / "drawing" / "sim.mplstyle"
"""Style sheet of all figures: ``with matplotlib.style.context(sim.figures.STYLE): ...``."""

_HOMES = {
    "belief_fans": "sim.analyses.campaign.figures",
    "belief_fans_alt_text": "sim.analyses.campaign.words",
    "beliefs": "sim.solve.figures.beliefs",
    "beliefs_alt_text": "sim.solve.figures.titles",
    "channels": "sim.analyses.channels.figure",
    "channels_alt_text": "sim.analyses.channels.words",
    "comparison": "sim.analyses.compare.figure",
    "comparison_alt_text": "sim.analyses.compare.table",
    "flips": "sim.analyses.robustness.figures",
    "flips_alt_text": "sim.analyses.robustness.words",
    "ladder": "sim.montecarlo.figure",
    "ladder_alt_text": "sim.montecarlo.words",
    "plausible": "sim.analyses.plausible.figure",
    "plausible_alt_text": "sim.analyses.plausible.table",
    "quantal": "sim.solve.figures.quantal",
    "quantal_alt_text": "sim.solve.figures.titles",
    "regimes": "sim.analyses.regimes.figure",
    "regimes_alt_text": "sim.analyses.regimes.words",
    "robustness": "sim.analyses.robustness.figures",
    "robustness_alt_text": "sim.analyses.robustness.words",
    "sensitivity": "sim.analyses.sensitivity.figures",
    "sensitivity_alt_text": "sim.analyses.sensitivity.words",
    "survival": "sim.analyses.campaign.figures",
    "survival_alt_text": "sim.analyses.campaign.words",
    "tornado": "sim.analyses.sensitivity.figures",
    "tornado_alt_text": "sim.analyses.sensitivity.words",
    "tree": "sim.solve.figures.tree",
    "tree_alt_text": "sim.solve.figures.titles",
}

_TAKEN = {
    "Campaign": ("sim.campaign", ("survival", "belief_fans")),
    "Channels": ("sim.channels", ("channels",)),
    "Comparison": ("sim.compare", ("comparison",)),
    "Plausibility": ("sim.plausibility", ("plausible",)),
    "QuantalPath": ("sim.quantal_path", ("quantal",)),
    "RegimeMap": ("sim.sweep", ("regimes",)),
    "Result": ("sim.run", ("ladder",)),
    "Robustness": ("sim.robustness", ("robustness", "flips")),
    "Sensitivity": ("sim.sensitivity", ("sensitivity", "tornado")),
    "Solution": ("sim.solve.crisis_solution.solution", ("tree", "beliefs")),
}
"""What is shown: its class, the function that makes it, and the figures that take it."""

__all__ = [
    "STYLE",
    "belief_fans",
    "belief_fans_alt_text",
    "beliefs",
    "beliefs_alt_text",
    "channels",
    "channels_alt_text",
    "comparison",
    "comparison_alt_text",
    "flips",
    "flips_alt_text",
    "ladder",
    "ladder_alt_text",
    "plausible",
    "plausible_alt_text",
    "quantal",
    "quantal_alt_text",
    "regimes",
    "regimes_alt_text",
    "robustness",
    "robustness_alt_text",
    "sensitivity",
    "sensitivity_alt_text",
    "survival",
    "survival_alt_text",
    "tornado",
    "tornado_alt_text",
    "tree",
    "tree_alt_text",
]


def __getattr__(name: str) -> object:
    """Load a figure, or its text for who cannot see it, on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim.figures' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = _checked(name, getattr(import_module(_HOMES[name]), name))
    globals()[name] = value
    return value


def _checked(name: str, show: Callable[..., object]) -> Callable[..., object]:
    """Let a figure, or its text, say what it takes when it is given something else."""
    figure = name.removesuffix("_alt_text")
    kind, maker = next((kind, maker) for kind, (maker, figures) in _TAKEN.items() if figure in figures)

    @wraps(show)
    def checked(*given: object, **options: object) -> object:
        if given and not _is_a(kind, given[0]):
            own = next((known for known in _TAKEN if _is_a(known, given[0])), type(given[0]).__name__)
            fits = f", for {' and '.join(_TAKEN[own][1])}" if own in _TAKEN else ""
            raise TypeError(f"{name} must be given the {kind} that {maker} returns; this is of type {own}{fits}")
        from matplotlib import rc_context

        with rc_context({"text.parse_math": False}):  # a name with $ in it is a name
            return show(*given, **options)

    return checked


def _is_a(kind: str, shown: object) -> bool:
    """Whether something is of a class of that name, or can stand for a solved game."""
    if kind == "Solution" and all(hasattr(shown, each) for each in ("game", "equilibria", "selected")):
        return True
    return any(each.__name__ == kind for each in type(shown).__mro__)


def __dir__() -> list[str]:
    return list(__all__)
