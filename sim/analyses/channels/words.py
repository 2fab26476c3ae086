"""Why does one stance deter better than another, in words? The finding, its reasons, and what not to read into it."""

from __future__ import annotations

import math

from sim.analyses.channels.result import Channels, Estimate
from sim.analyses.channels.shapley import CHANNELS
from sim.telling.english import listed, upper
from sim.telling.numbers import FEWEST, frequency, half_width, payoff, percent
from sim.telling.vocabulary import EVENTS, does

PAYOFF = "france_payoff"  # the one measure that is no probability

REASONS = {
    "deployment": ("trainers less often there", "trainers more often there"),
    "pinpoint": ("trainers harder to find", "trainers easier to find"),
    "audience_cost": ("folding costs France less", "folding costs France more"),
    "ally_backing": ("allies back France less", "allies back France more"),
    "ambiguity": ("Russia surer of itself", "Russia less sure of itself"),
    "isolation": ("allies disapprove less", "allies disapprove more"),
    "stance_value": ("stance worth less", "stance worth more"),
}
"""What it means that a channel's parameter falls, or rises."""

NOTHING = Estimate(0.0, 0.0)  # exactly no difference in any draw

_MOST_REASONS, _LONGEST = 3, 176  # what fits into a title of three lines, in characters
_LEAST_PAYOFF = 0.005
_FEWEST = 100  # crises among which events are counted, at least


def finding(result: Channels) -> str:
    """Return why one stance does better or worse than the other, in one sentence without a full stop."""
    step = result.step
    acting = [name for name in by_size(result) if clear(step.parts[name])]
    if result.start == result.end:
        return f"From {result.start} to {result.end} nothing changes"
    if not acting:
        known = "" if all(each == NOTHING for each in step.parts.values()) else ", as far as these draws can tell"
        return f"Nothing that differs between {result.start} and {result.end} moves {_measure(result)}{known}"
    if not all(result.targets) and result.outcome != PAYOFF:
        there, other = (step.after, result.end) if result.targets[1] else (step.before, result.start)
        against = f"{frequency(there.mean)} under {other}"
        empty = without_target(result)[0]
        return f"Under {empty} nobody is there, so by construction there is never {_measure(result)}; {against}"
    whole = whole_parts(result)
    shown = [name for name in acting if whole[name]][:_MOST_REASONS]
    told = []
    for count in range(min(1, len(shown)), len(shown) + 1):
        rest = sum(whole.values()) - sum(whole[name] for name in shown[:count])
        reasons = [f"{reason(result, name)} {signed_whole(result, whole[name])}" for name in shown[:count]]
        told.append(", ".join([*reasons, *([f"the rest {signed_whole(result, rest)}"] if rest and reasons else [])]))
    opening = f"{_difference(result)}{': ' if shown else ''}"
    fitting = [text for text in told if len(opening + text) <= _LONGEST]
    return opening + (fitting or told)[-1]


def reason(result: Channels, channel: str) -> str:
    """Return what the step does to a channel's parameter, in words."""
    start, end = result.levels[channel]
    if start is None or end is None:
        return lacking(result)
    if payoff(start) == payoff(end):
        return f"{channel.replace('_', ' ')} as before"
    return REASONS[channel][end > start]


def without_target(result: Channels) -> list[str]:
    """Return the ends of the step at which nobody is there to be hit."""
    ends = dict.fromkeys((result.start, result.end))
    return [stance for stance in ends if stance not in result.struck]


def lacking(result: Channels) -> str:
    """Return which end of the step has no such number."""
    empty = without_target(result)
    return f"{listed(empty)} has none" if len(empty) == 1 else "neither stance has any"


def by_size(result: Channels) -> list[str]:
    """Return the channels, the largest part first."""
    return sorted(CHANNELS, key=lambda name: -abs(result.step.parts[name].mean))


def clear(part: Estimate) -> bool:
    """Return whether a number differs from 0 by more than its numerical error."""
    return abs(part.mean) > half_width(part.se)


def crises(result: Channels) -> int:
    """Return among how many crises events are counted: 100, or so many times ten more that the largest count is 10."""
    if result.outcome == PAYOFF:
        return 1
    step, count = result.step, _FEWEST
    largest = max(abs(each.mean) for each in (step.before, step.after, *step.parts.values()))
    while largest > FEWEST and largest * count < 10:
        count *= 10
    return count


def whole_parts(result: Channels) -> dict[str, int]:
    """Return the parts in whole crises, or hundredths of a payoff, that add up to the whole difference as it is told.

    Each is rounded down, and those with the largest remainders are rounded up until the sum is right.
    """
    scale = 100 if result.outcome == PAYOFF else crises(result)
    exact = {name: part.mean * scale for name, part in result.step.parts.items()}
    whole = {name: math.floor(each) for name, each in exact.items()}
    missing = round(result.step.total.mean * scale) - sum(whole.values())
    for name in sorted(exact, key=lambda name: whole[name] - exact[name])[: max(missing, 0)]:
        whole[name] += 1
    return whole


def signed_whole(result: Channels, whole: int) -> str:
    """Return a whole part, or a sum of such, as a signed count of crises or as a signed payoff."""
    text = payoff(whole / 100) if result.outcome == PAYOFF else f"{whole}".replace("-", "−")
    return f"+{text}" if whole > 0 else text


def zero_parts(result: Channels) -> list[str]:
    """Return the channels that contribute exactly nothing, and why, as lines of a caption."""
    idle = [name for name in CHANNELS if result.step.parts[name] == NOTHING]
    added = [name for name in idle if name in ("isolation", "stance_value") and result.outcome != PAYOFF]
    absent = [name for name in idle if name not in added and None in result.levels[name]]
    others = [name for name in idle if name not in added + absent]
    groups = (
        (added, "act on France’s payoff only"),
        (absent, lacking(result) if absent else ""),
        (others, "no effect"),
    )
    return [f"{', '.join(names).replace('_', ' ')}: {told}" for names, told in groups if names]


def channels_alt_text(result: Channels) -> str:
    """Return the waterfall in words: the finding, both ends and every part."""
    step = result.step
    told = payoff if result.outcome == PAYOFF else percent
    acting, whole = (name for name in by_size(result) if step.parts[name] != NOTHING), whole_parts(result)
    parts = (f"{name.replace('_', ' ')} {signed_whole(result, whole[name])}" for name in acting)
    unit = "" if result.outcome == PAYOFF else f", in {crises(result):,} crises"
    ends = f"from {told(step.before.mean)} under {result.start} to {told(step.after.mean)} under {result.end}"
    listed = f"Parts{unit}: {', '.join(parts) or 'none'}"
    said = [finding(result), f"Waterfall of {_measure(result)}, {ends}", listed]
    return ". ".join([*said, *zero_parts(result)]) + "."


def notes(result: Channels) -> list[str]:
    """Return what a reader must know."""
    said = [
        "This splits what the model says, on the scenario’s assumptions; it is no finding about causes in the world.",
        "What a channel does depends on the others: a part is its average over all orders in which the seven could "
        "change. First and last show how far the order matters.",
        "France is held to each stance; if it chose knowing its own nerve, the stance would carry news as well.",
    ]
    if result.outcome == "strike":
        said.append("Strikes that find nobody count as strikes: read casualties beside them.")
    if empty := without_target(result):
        after = listed(empty)
        said.append(f"After {after} nobody is there to be hit: zero by construction, not a finding that it is safe.")
    return said


def _difference(result: Channels) -> str:
    """Return how the two ends differ."""
    step = result.step
    ends = f"if France {does(result.end)} {{}} if it {does(result.start)}"
    event, base = _measure(result), crises(result)
    if not clear(step.total):
        likely = "as high" if result.outcome == PAYOFF else "as likely"
        counted = f", in {base:,} crises" if base > _FEWEST else ""
        return f"{upper(event)} is {likely} {ends.format('as')}, within the error{counted}"
    if abs(step.total.mean) * base < (_LEAST_PAYOFF if result.outcome == PAYOFF else 0.5):  # it would be told as 0
        likely = "high" if result.outcome == PAYOFF else "likely"
        return f"{upper(event)} is almost as {likely} {ends.format('as')}"
    if result.outcome == PAYOFF:
        way = "higher" if step.total.mean > 0 else "lower"
        return f"France’s payoff is {payoff(abs(step.total.mean))} {way} {ends.format('than')}"
    about = "about " if half_width(step.total.se) * base > 1 else ""
    count = f"{abs(step.total.mean) * base:.0f} {'more' if step.total.mean > 0 else 'fewer'} of {base:,} crises"
    return f"{upper(event)} in {about}{count} {ends.format('than')}"


def _measure(result: Channels) -> str:
    """Return what is measured, in words."""
    return "France’s payoff" if result.outcome == PAYOFF else EVENTS[result.outcome]
