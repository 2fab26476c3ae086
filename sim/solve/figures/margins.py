"""What stands around a figure of one game? The finding above it, how to read it below, and what makes it repeatable."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from sim.drawing.parts import FAINT_INK, MARGIN, sign, title_at_margin, wrapped
from sim.telling.english import upper


@dataclass(frozen=True)
class Margins:
    """Widths of title and caption in letters, their distances in points, and whether both begin where the axes do.

    Elsewhere they begin at the left of the figure, beside the names of rows.
    """

    title_width: int
    caption_width: int
    above: float
    below: float
    at_axes: bool = False

    def write(self, axes: Axes, finding: str, caption: str, made: str) -> None:
        """Write the finding above the axes, and below them the caption, and under it `made` if there is any."""
        title = wrapped(upper(finding), self.title_width)
        if self.at_axes:
            axes.set_title(title, loc="left", x=0.0, pad=self.above)
        else:
            title_at_margin(axes, title, pad=self.above)
        told = axes.annotate(
            wrapped(caption, self.caption_width),
            (0.0 if self.at_axes else MARGIN, 0),
            (0, -self.below),
            xycoords=("axes fraction" if self.at_axes else "subfigure fraction", "axes fraction"),
            textcoords="offset points",
            va="top",
            color=FAINT_INK,
        )
        if made:
            sign(axes, made, under=told, right=(1, "axes fraction") if self.at_axes else (0.985, "subfigure fraction"))
