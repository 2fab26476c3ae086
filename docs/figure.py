"""How are the figures of the pages made? From default runs, in half the pixels that the commands save them in.

``python docs/figure.py`` draws docs/ladder.png and docs/channels.png anew, 1280 × 720 pixels, the same bytes every time
on one machine.
"""

from collections.abc import Callable
from pathlib import Path

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import sim

DOTS_PER_INCH = 100


def save(name: str, draw: Callable[[Axes], Axes], alt_text: str) -> None:
    """Draw one figure beside this file."""
    with matplotlib.style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        draw(figure.add_subplot())
        about = {"Description": alt_text}
        figure.savefig(Path(__file__).with_name(f"{name}.png"), dpi=DOTS_PER_INCH, metadata=about)


if __name__ == "__main__":
    scenario = sim.load_scenario("macron-2024")
    result, split = sim.run(scenario), sim.channels(scenario)
    save("ladder", lambda axes: sim.figures.ladder(result, ax=axes), sim.figures.ladder_alt_text(result))
    save("channels", lambda axes: sim.figures.channels(split, ax=axes), sim.figures.channels_alt_text(split))
