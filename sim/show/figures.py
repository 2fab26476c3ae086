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
    from sim.show.campaign_words import belief_fans_alt_text, survival_alt_text
    from sim.show.channel_sentences import channels_alt_text
    from sim.show.comparing import comparison_alt_text
    from sim.show.drawing.belief_fans import belief_fans
    from sim.show.drawing.beliefs import beliefs
    from sim.show.drawing.channels import channels
    from sim.show.drawing.comparison import comparison
    from sim.show.drawing.flips import flips
    from sim.show.drawing.ladder import ladder
    from sim.show.drawing.plausible import plausible
    from sim.show.drawing.quantal import quantal
    from sim.show.drawing.regimes import regimes
    from sim.show.drawing.robustness import robustness
    from sim.show.drawing.sensitivity import sensitivity
    from sim.show.drawing.survival import survival
    from sim.show.drawing.told import beliefs_alt_text, quantal_alt_text, tree_alt_text
    from sim.show.drawing.tornado import tornado
    from sim.show.drawing.tree import tree
    from sim.show.plausibility import plausible_alt_text
    from sim.show.regime_words import regimes_alt_text
    from sim.show.robust_words import flips_alt_text, robustness_alt_text
    from sim.show.sensitivity_alt import sensitivity_alt_text, tornado_alt_text
    from sim.show.words import ladder_alt_text

STYLE = Path(__file__).resolve().with_name("sim.mplstyle")
"""Style sheet of all figures: ``with matplotlib.style.context(sim.figures.STYLE): ...``."""

_HOMES = {
    "belief_fans": "sim.show.drawing.belief_fans",
    "belief_fans_alt_text": "sim.show.campaign_words",
    "beliefs": "sim.show.drawing.beliefs",
    "beliefs_alt_text": "sim.show.drawing.told",
    "channels": "sim.show.drawing.channels",
    "channels_alt_text": "sim.show.channel_sentences",
    "comparison": "sim.show.drawing.comparison",
    "comparison_alt_text": "sim.show.comparing",
    "flips": "sim.show.drawing.flips",
    "flips_alt_text": "sim.show.robust_words",
    "ladder": "sim.show.drawing.ladder",
    "ladder_alt_text": "sim.show.words",
    "plausible": "sim.show.drawing.plausible",
    "plausible_alt_text": "sim.show.plausibility",
    "quantal": "sim.show.drawing.quantal",
    "quantal_alt_text": "sim.show.drawing.told",
    "regimes": "sim.show.drawing.regimes",
    "regimes_alt_text": "sim.show.regime_words",
    "robustness": "sim.show.drawing.robustness",
    "robustness_alt_text": "sim.show.robust_words",
    "sensitivity": "sim.show.drawing.sensitivity",
    "sensitivity_alt_text": "sim.show.sensitivity_alt",
    "survival": "sim.show.drawing.survival",
    "survival_alt_text": "sim.show.campaign_words",
    "tornado": "sim.show.drawing.tornado",
    "tornado_alt_text": "sim.show.sensitivity_alt",
    "tree": "sim.show.drawing.tree",
    "tree_alt_text": "sim.show.drawing.told",
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
    "Solution": ("sim.study.point.solution", ("tree", "beliefs")),
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
        return show(*given, **options)

    return checked


def _is_a(kind: str, shown: object) -> bool:
    """Whether something is of a class of that name, or can stand for a solved game."""
    if kind == "Solution" and all(hasattr(shown, each) for each in ("game", "equilibria", "selected")):
        return True
    return any(each.__name__ == kind for each in type(shown).__mro__)


def __dir__() -> list[str]:
    return list(__all__)
