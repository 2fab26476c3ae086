"""How is a regime map told? What each regime is, what tips the baseline, and what to bear in mind."""

from __future__ import annotations

from sim.analyses.regimes.axes import Axis, Tipping
from sim.analyses.regimes.kinds import Regime
from sim.analyses.regimes.regime_map import RegimeMap
from sim.crisis.parameters import RECEIVER_TYPES, in_sentence, label
from sim.montecarlo.identity import versions
from sim.telling.numbers import frequency, percent
from sim.telling.vocabulary import WORST

_HAIR = 1e-5
"""Share of an axis below which the baseline is taken to lie on a border, as where payoffs tie."""

_ONE = {"rule_out": "rules out", "ambiguous": "stays ambiguous", "commit": "commits"}
_BOTH = {"rule_out": "rule out", "ambiguous": "stay ambiguous", "commit": "commit"}


def france_of(regime: Regime) -> str:
    """Return who sends what in a regime."""
    bluffing, resolute = regime.sends
    if bluffing == resolute:
        both = _BOTH.get(resolute[0], f"send {resolute[0]}")
        return f"both {both}" if len(resolute) == 1 else f"both mix {' and '.join(resolute)}"
    said = []
    for kind, sends, others in (("resolute", resolute, bluffing), ("bluffing", bluffing, resolute)):
        added = [signal for signal in sends if signal not in others]
        if len(sends) > len(added) == 1:
            said.append(f"{kind} mixes in {added[0]}")
        elif sends:
            said.append(f"{kind} {' or '.join(_ONE.get(signal, f'sends {signal}') for signal in sends)}")
    return ", ".join(sorted(said, key=lambda each: "mixes" in each))


def of_draws(share: float) -> str:
    """Return a share of the draws."""
    if share in (0.0, 1.0):
        return "all draws" if share else "no draws"
    return f"{frequency(share)} draws"


def russia_of(regime: Regime) -> str:
    """Return who strikes in a regime."""
    signals = [signal for signal in regime.sent if signal in regime.stances.struck]
    if not signals:
        return "no target for Russia"
    said = []
    for kind, levels in zip(RECEIVER_TYPES, regime.strikes, strict=True):
        always, sometimes = (
            [s for s in signals if levels[regime.stances.index(s)] == each] for each in ("always", "sometimes")
        )
        if not (always or sometimes):
            continue
        rest = f"sometimes after {' and '.join(sometimes)}" if len(signals) > 1 else "sometimes"
        if not always:
            said.append(f"{kind} {rest}" if len(sometimes) < len(signals) else f"{kind} sometimes strikes")
        elif len(always) + len(sometimes) < len(signals):
            said.append(f"{kind} strikes after {' and '.join(always)}{f', {rest}' if sometimes else ''}")
        else:
            at_times = f", after {' and '.join(sometimes)} sometimes" if sometimes else ""
            said.append(f"{kind} strikes{at_times}")
    if said and len(set(regime.strikes)) == 1:
        return said[0].replace(RECEIVER_TYPES[0], "Russia", 1)
    return ", ".join(reversed(said)) or "Russia holds"


def regime_told(regime: Regime) -> str:
    """Return a regime in one line."""
    return f"{france_of(regime)}; {russia_of(regime)}"


def regimes_finding(found: RegimeMap) -> str:
    """Return what a map shows, in one sentence: the nearest change of regime from the baseline."""
    nearest = nearest_tipping(found)
    often = _often(found)
    if len(found.regimes) == 1 and nearest is None:
        told = regime_told(found.regimes[0])
        return f"Nothing tips on this map: {told}{', more often than anything else' if found.draws else ''}"
    if not on_the_map(found):
        where = "most frequent on" if found.draws else "on"
        count = len(found.regimes)
        return f"{count} kind{'s' * (count > 1)} of play {where} this map, which leaves out the baseline"
    if nearest is None or nearest.at is None or nearest.regime is None:
        return f"Moving either parameter alone tips nothing; moving both may: {len(found.regimes)} kinds of play"
    what, change = in_sentence(label(nearest.parameter)), _change(found.baseline, nearest.regime)
    if on_a_border(found, nearest):
        return f"The baseline lies on a border: with {what} any {nearest.direction}, {often}{change}"
    start, end = told_apart(axis_named(found, nearest.parameter).baseline, nearest.at)
    side = "above" if nearest.direction == "higher" else "below"
    return f"If {what} is {side} {end} instead of {start}, {often}{change}"


def otherwise(found: RegimeMap) -> list[str]:
    """Return what the map shows in each other reading, in whole sentences."""
    said = []
    for other in found.others:
        if other.scenario.worst_case != found.scenario.worst_case:
            way = f"In the other reading Russia’s worst case is {WORST[other.scenario.worst_case]}"
        elif other.question.play.last_move == "logit":
            way = "With a last move by logit a France that is hit errs, too"
        else:
            way = "With an exact last move a France that is hit never errs"
        said.append(f"{way}. {regimes_finding(other)}.")
    return said


def strikes_told(found: RegimeMap) -> str:
    """Return on how much of the map somebody strikes, in this reading and in the others, in one sentence."""
    said = []
    for each in (found, *found.others):
        struck = [any(set(levels) != {"never"} for levels in regime.strikes) for regime in each.regimes]
        way = "of the map"
        if each is not found:
            worst, move = each.scenario.worst_case, each.question.play.last_move
            other = worst != found.scenario.worst_case
            way = f"if Russia’s worst case is {WORST[worst]}" if other else f"if the last move is {move}"
        said.append(f"{percent(float(each.shares[struck].sum())) if any(struck) else 'none'} {way}")
    return f"Somebody strikes {'most often ' * bool(found.draws)}on {', on '.join(said)}."


def _often(found: RegimeMap) -> str:
    """Return what it is that changes, where that is not all of play."""
    if found.draws:
        return "the most frequent play changes: "
    return "the likeliest choices change: " if found.question.play.concept == "quantal" else ""


def nearest_tipping(found: RegimeMap) -> Tipping | None:
    """Return the border that is nearest to the baseline, in shares of the axes; None if there is none.

    Ties go to the first axis.
    """
    reached = [each for each in found.tippings if each.at is not None]
    return min(reached, key=lambda each: _distance(axis_named(found, each.parameter), each), default=None)


def on_a_border(found: RegimeMap, tip: Tipping) -> bool:
    """Whether a border is so near to the baseline that no two numbers worth reading tell them apart."""
    return tip.at is not None and _distance(axis_named(found, tip.parameter), tip) < _HAIR


def axis_named(found: RegimeMap, name: str) -> Axis:
    """Return the axis of a parameter."""
    return found.x if found.x.name == name else found.y


def told_apart(start: float, end: float) -> tuple[str, str]:
    """Return two numbers with two digits, or as many as tell them apart."""
    digits = next((n for n in range(2, 17) if f"{start:.{n}g}" != f"{end:.{n}g}"), 17)
    return plain(start, digits), plain(end, digits)


def plain(value: float, digits: int = 3) -> str:
    """Return a number with so many digits, a real minus sign and no exponent unless it needs one.

    >>> plain(0.4717), plain(-1234.5), plain(0.0)
    ('0.472', '−1230', '0')
    """
    rounded = float(f"{value:.{digits}g}")
    size = abs(rounded)
    text = f"{rounded:.{digits}g}" if not 1e3 <= size < 1e6 else f"{rounded:.0f}"
    return text.replace("-", "−", 1) if rounded < 0 else text


def map_provenance(found: RegimeMap) -> str:
    """Return what makes the map repeatable, in one line."""
    version = versions()["sim"]
    nodes = f"{found.borders.labels.shape[1]} × {found.borders.labels.shape[0]} nodes"
    draws = f"{found.draws:,} draws of all else · seed {found.seed}" if found.draws else "all else at its median"
    settings = f", {len(found.scenario.settings)} set by hand" if found.scenario.settings else ""
    return f"{found.scenario.name}{settings} · {nodes} · {draws} · {played(found)} · sim {version}"


def played(found: RegimeMap) -> str:
    """Return how the crisis is played, in a few words."""
    play = found.question.play
    if play.concept == "quantal":
        last = ", logit last move" if play.last_move == "logit" else ""
        return f"quantal, Λ = {play.rationality:g}{last}"
    return f"refinement {play.refinement}, {play.select.replace('_', ' ')}"


def outcome_told(found: RegimeMap) -> str:
    """Return which probability is asked for."""
    stance = found.question.doctrine
    who = f"with France held to {stance}" if stance else "where France chooses"
    return f"{who}, mean over all draws" if found.draws else who


def regimes_alt_text(found: RegimeMap) -> str:
    """Return the figure in words, for who cannot see it."""
    listed = [
        f"{regime_told(regime)} ({percent(share)} of the map)"
        for regime, share in zip(found.regimes, found.shares.tolist(), strict=True)
    ]
    tips = [
        f"{label(each.parameter)} {f'any {each.direction}' if on_a_border(found, each) else plain(each.at)}: "
        f"{regime_told(each.regime)}"
        for each in found.tippings
        if each.at is not None and each.regime is not None
    ]
    return (
        f"Map of the kinds of play over {label(found.x.name)} ({plain(found.x.low)} to {plain(found.x.high)}, "
        f"across) and {label(found.y.name)} ({plain(found.y.low)} to {plain(found.y.high)}, up). "
        f"Regions: {'. '.join(listed)}. "
        f"Baseline: {plain(found.x.baseline)}, {plain(found.y.baseline)}: {regime_told(found.baseline)}. "
        f"Nearest borders from there: {'; '.join(tips) or 'none along either axis'}. "
        + " ".join([f"{regimes_finding(found)}.", *otherwise(found)])
    )


def _distance(axis: Axis, tip: Tipping) -> float:
    """Return how far a border is from the baseline, as a share of the axis."""
    return abs(axis.place(tip.at) - axis.home) if tip.at is not None else 2.0


def on_the_map(found: RegimeMap) -> bool:
    """Whether the baseline is inside both ranges."""
    return all(0 <= axis.home <= 1 for axis in (found.x, found.y))


def _change(before: Regime, after: Regime) -> str:
    """Return what is different beyond a border."""
    if before.sends != after.sends:
        first, comma, second = france_of(after).partition(", ")
        if first.startswith("both"):
            return first.replace("both", "both types of France", 1)
        return f"a {first.replace(' ', ' France ', 1)}{comma}{second and 'a ' + second.replace(' ', ' one ', 1)}"
    rank = ("never", "sometimes", "always").index
    less, more = [], []
    for kind, old, new in zip(RECEIVER_TYPES, before.strikes, after.strikes, strict=True):
        steps = {rank(b) - rank(a) for a, b in zip(old, new, strict=True)} - {0}
        less += [kind] * (bool(steps) and set(new) == {"never"})
        more += [kind] * (bool(steps) and set(old) == {"never"})
    if len(less) + len(more) != 1:
        told = russia_of(after)
        return f"{told} whatever its type" if told == "Russia strikes" else told
    verb = "no longer strikes" if less else "strikes too" if russia_of(before) != "Russia holds" else "strikes"
    return f"{'an' if (less or more)[0][0] in 'aeiou' else 'a'} {(less or more)[0]} Russia {verb}"
