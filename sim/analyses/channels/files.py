"""What does the figure of a split hold? The waterfall, with its parts as a table."""

from __future__ import annotations

from sim.analyses.channels.analysis import Channels
from sim.analyses.channels.figure import channels
from sim.analyses.channels.shapley import CHANNELS
from sim.analyses.channels.words import channels_alt_text, finding, reason
from sim.telling.answer import Figure


def figures(result: Channels) -> list[Figure]:
    """Return the waterfall, with the ends and every part as its table."""
    step = result.step
    ends = ((result.start, "", step.before), *((name, reason(result, name), step.parts[name]) for name in CHANNELS))
    return [
        Figure(
            "channels",
            lambda axes: channels(result, ax=axes),
            finding=finding(result),
            alt=channels_alt_text(result),
            header=("channel", "in_words", "mean", "se"),
            rows=[(name, words, each.mean, each.se) for name, words, each in (*ends, (result.end, "", step.after))],
        )
    ]
