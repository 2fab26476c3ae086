"""What does a comparison find, in sentences? The finding, the figure in words, and how scenarios are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sim.analyses.compare.analysis import Comparison, in_all
from sim.analyses.compare.paired import CHOSEN
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import in_sentence
from sim.crisis.parameters import label as parameter_label
from sim.telling.numbers import base_of, frequency, half_width, proportion
from sim.telling.vocabulary import under

LONGEST_LABEL = 40  # characters of a label on a figure
_MOST_ROWS = 7  # of a figure, that can be read from the back row; with many ways to play the highest rungs are left out
_MOST_TOLD = 2  # stances in the finding
_LONGEST_PART = 60  # characters of a scenario in the name of a file
_NEVER = "impossible in both"


def shown(result: Comparison, label: str) -> dict[str, str]:
    """Return what is played in both scenarios, and its heading; without a target nothing differs but payoffs."""
    struck = {*result.struck[result.scenario], *result.struck[label]}
    stances = {play: play for play in result.differences[label] if play in struck}
    return stances | {CHOSEN: "France\nchooses"}


def drawn_rungs(result: Comparison, label: str) -> tuple[str, ...]:
    """Return the rungs for which the figure has room, the lowest first."""
    return OUTCOMES[:5][: max(1, _MOST_ROWS // len(shown(result, label)))]


_MOST_SETTINGS = 3  # that are spelt out where there is room for a line or two


def stamp(result: Comparison, names: Sequence[str]) -> str:
    """Return what makes a comparison of scenarios, as they are called here, repeatable, in one line."""
    settings = [f"{parameter_label(name)} at {value:g}" for name, value in in_all([*result.settings.values()]).items()]
    further = len(settings) - _MOST_SETTINGS
    alike = ", ".join([*settings[:_MOST_SETTINGS], *([f"{further} more set by hand"] if further > 0 else [])])
    named = f"{', '.join(names)}{f', each with {alike}' if alike else ''}"
    return f"{named} · {result.draws:,} draws · seed {result.seed} · sim {result.versions['sim']}"


def short(result: Comparison, label: str) -> str:
    """Return a label without the name of the scenario compared with, if it is a variant of it."""
    return label.removeprefix(f"{result.scenario} with ")


def file_name(result: Comparison, label: str) -> str:
    """Return what files of one difference are called: after both scenarios, in characters that every system takes."""
    both = (
        re.sub(r"[^\w.-]+", "-", each)[:_LONGEST_PART].strip("-.") for each in (short(result, label), result.scenario)
    )
    return f"comparison-{'-with-'.join(both)}"


def clipped(label: str) -> str:
    """Return a label that leaves room for others on a line: a name cut, settings left out from the end."""
    if len(label) <= LONGEST_LABEL:
        return label
    fits, separator, _ = label[:LONGEST_LABEL].rpartition(", ")
    return f"{fits}, …" if separator else f"{label[: LONGEST_LABEL - 1]}…"


def told(label: str) -> str:
    """Return what a scenario is called in a figure: parameters that are set by hand in words, the first of many.

    >>> told("prior.resolute=0.6"), told("prior.resolute=0.6, russia.attack_cost=0.1"), told("one-voice")
    ('chance that France is resolute at 0.6', 'chance that France is resolute at 0.6 and 1 more', 'one-voice')
    """
    first, *more = label.split(", ")
    name, equals, value = first.partition("=")
    if not equals:
        return clipped(label)
    return f"{parameter_label(name)} at {value}{f' and {len(more)} more' if more else ''}"


def comparison_finding(result: Comparison, label: str) -> str:
    """Return how much likelier a strike becomes, in one sentence; of many stances where it changes most."""
    variant = short(result, label) != label
    lead = f"{'With' if variant else 'In'} {in_sentence(told(short(result, label)))}"
    changes = result.differences[label]
    plays = shown(result, label)
    if all(changes[play][outcome]["equal"] == 1 for play in plays for outcome in OUTCOMES):
        return f"{lead} every outcome is as likely as in {clipped(result.scenario)}, in every draw"
    stances = [play for play in plays if play != CHOSEN]
    most = sorted(stances, key=lambda play: -abs(_mean(changes[play]["strike"])))[:_MOST_TOLD] or [CHOSEN]
    said = {play: _phrase(result, label, play) for play in plays if play in most}
    if {*said.values()} == {_NEVER}:
        return f"{lead}, as in {clipped(result.scenario)}, Russia never strikes under any stance that both have"
    after = "; what follows it changes" if {*said.values()} == {"exactly as likely"} else ""
    if len(said) == len(stances) > 1 and len({*said.values()}) == 1:
        return f"{lead}, a strike is {said[stances[0]]} under {'either' if len(said) == 2 else 'every'} stance{after}"
    first, *rest = (f"{phrase} {under(play)}" for play, phrase in said.items())
    return f"{lead}, a strike is {' and '.join([first, *(each.replace('France', 'it') for each in rest)])}{after}"


def comparison_alt_text(result: Comparison, label: str) -> str:
    """Return the figure of a comparison in whole sentences, with every mean that is drawn."""
    what = f"Dots and ranges of what {told(short(result, label))} changes in {result.scenario}"
    said = [f"{comparison_finding(result, label)}.", f"{what}."]
    for play, name in shown(result, label).items():
        rungs = ", ".join(f"{rung} {from_to(result, label, play, rung)}" for rung in drawn_rungs(result, label))
        said.append(f"{name.replace(chr(10), ' ')}: {rungs}.")
    return " ".join(said)


def from_to(result: Comparison, label: str, play: str, outcome: str) -> str:
    """Return both means as counts of cases, such as ``44 → 40 of 100``, of as many; one if they are alike."""
    means = [_mean(result.figures[each][play][outcome]) for each in (result.scenario, label)]
    old, new = map(frequency, means)
    if old == new:
        return old
    if old.endswith(" of 100") and new.endswith(" of 100"):
        return f"{old.removesuffix(' of 100')} → {new}"
    base = base_of(means)
    return f"{proportion(means[0], base)} → {proportion(means[1], base)} of {base:,}"


def _phrase(result: Comparison, label: str, play: str) -> str:
    """Return how likely a strike is, against the other scenario."""
    change = result.differences[label][play]["strike"]
    old, new = (_mean(result.figures[each][play]["strike"]) for each in (result.scenario, label))
    if not (old or new):
        return _NEVER
    if change["equal"] == 1:
        return "exactly as likely"
    if abs(_mean(change)) <= half_width(change["se"]):
        return "as likely, as far as these draws can tell,"
    if not old or not new:
        return f"no longer impossible ({frequency(new)})" if new else "impossible"
    slightly = "slightly " if frequency(old) == frequency(new) else ""
    return f"{slightly}{'less likely' if new < old else 'likelier'} ({from_to(result, label, play, 'strike')})"


def _mean(figures: dict[str, Any]) -> float:
    """Return the mean, which is always there."""
    return float(figures["mean"])
