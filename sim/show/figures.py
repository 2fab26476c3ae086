"""Which pictures are there? One function each: it takes what it shows and returns its Axes; `STYLE` holds the looks.

Each is loaded when it is first used, so that who draws one figure need not wait for the others.
"""

from __future__ import annotations

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
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
