"""What stands around a figure of one game? The finding above it, how to read it below, and what makes it repeatable."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from sim.drawing.parts import FAINT_INK, sign, wrapped
from sim.telling.english import upper


@dataclass(frozen=True)
class Margins:
    """Widths of title and caption in letters, where both begin as a share of the axis, their distances in points."""

    title_width: int
    caption_width: int
    left: float
    above: float
    below: float

    def write(self, axes: Axes, finding: str, caption: str, made: str) -> None:
        """Write the finding above the axes, and below them the caption, and under it `made` if there is any."""
        axes.set_title(wrapped(upper(finding), self.title_width), loc="left", x=self.left, pad=self.above)
        told = axes.annotate(
            wrapped(caption, self.caption_width),
            (self.left, 0),
            (0, -self.below),
            xycoords="axes fraction",
            textcoords="offset points",
            va="top",
            color=FAINT_INK,
        )
        if made:
            sign(axes, made, under=told)
