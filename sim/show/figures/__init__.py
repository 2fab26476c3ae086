"""Which pictures are there? One function each: it takes a result and returns its Axes; `STYLE` holds the looks."""

from pathlib import Path

from sim.show.figures.ladder import ladder
from sim.show.words import ladder_alt_text

STYLE = Path(__file__).resolve().parents[1] / "sim.mplstyle"
"""Style sheet of all figures: ``with matplotlib.style.context(sim.figures.STYLE): ...``."""

__all__ = ["STYLE", "ladder", "ladder_alt_text"]
