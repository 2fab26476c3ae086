"""Which pictures are there? One function each: it takes what it shows and returns its Axes; `STYLE` holds the looks."""

from pathlib import Path

from sim.show.campaign_words import belief_fans_alt_text, survival_alt_text
from sim.show.channel_sentences import alt_text as channels_alt_text
from sim.show.comparing import comparison_alt_text
from sim.show.figures.belief_fans import belief_fans
from sim.show.figures.beliefs import beliefs
from sim.show.figures.channels import channels
from sim.show.figures.comparison import comparison
from sim.show.figures.flips import flips
from sim.show.figures.ladder import ladder
from sim.show.figures.plausible import plausible
from sim.show.figures.quantal import quantal
from sim.show.figures.regimes import regimes
from sim.show.figures.robustness import robustness
from sim.show.figures.sensitivity import sensitivity
from sim.show.figures.survival import survival
from sim.show.figures.told import beliefs_alt_text, quantal_alt_text, tree_alt_text
from sim.show.figures.tornado import tornado
from sim.show.figures.tree import tree
from sim.show.plausibility import plausible_alt_text
from sim.show.regime_words import regimes_alt_text
from sim.show.robust_words import flips_alt_text, robustness_alt_text
from sim.show.sensitivity_alt import sensitivity_alt_text, tornado_alt_text
from sim.show.words import ladder_alt_text

STYLE = Path(__file__).resolve().parents[1] / "sim.mplstyle"
"""Style sheet of all figures: ``with matplotlib.style.context(sim.figures.STYLE): ...``."""

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
