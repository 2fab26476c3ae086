"""How is the README's figure made? From the default run, in half the pixels that `sim run` saves it in.

``python docs/figure.py`` draws docs/ladder.png anew, 1280 × 720 pixels, the same bytes every time on one machine.
"""

from pathlib import Path

import matplotlib.style
from matplotlib.figure import Figure

import sim

DOTS_PER_INCH = 100

if __name__ == "__main__":
    result = sim.run(sim.load_scenario("macron-2024"))
    with matplotlib.style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        sim.figures.ladder(result, ax=figure.add_subplot())
        about = {"Description": sim.figures.ladder_alt_text(result)}
        figure.savefig(Path(__file__).with_name("ladder.png"), dpi=DOTS_PER_INCH, metadata=about)
