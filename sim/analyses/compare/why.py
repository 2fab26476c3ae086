"""Why does a scenario change strikes and hits, in words? Whose behaviour it changes, and in how many draws."""

from __future__ import annotations

from typing import Any

from sim.analyses.compare.analysis import Comparison
from sim.analyses.compare.behaviour import DETERS, DOES
from sim.analyses.compare.paired import CHOSEN
from sim.telling.numbers import half_width
from sim.telling.vocabulary import does, under

LEAST_PART = 0.1  # of a change of strikes, that who brings it about is named
LEAST_ALONG = 0.05  # how far what Russia meets must move where strikes move, to be named
_MOST = 2  # reasons that are told
_DRAWS, _CASES = "draws", "crises"

WORDS = {
    "stands.resolute": ("hit, a resolute France folds in", _DRAWS),
    "stands.bluffing": ("hit, a bluffing France stands in", _DRAWS),
    "strikes.cautious": ("a cautious Russia strikes in", _DRAWS),
    "strikes.opportunist": ("an opportunist Russia strikes in", _DRAWS),
    "found": ("a strike would hit in", _CASES),
    "belief": ("Russia expects a resolute France in", _CASES),
    "opportunist": ("Russia is an opportunist in", _CASES),
}
"""How each quantity is told, and of what it is counted."""

FOLDS = "stands.resolute"  # told by the share of draws in which it does not


def clear(change: dict[str, Any]) -> bool:
    """Whether the 95 % interval of a change leaves out 0."""
    return bool(abs(change["mean"]) > half_width(change["se"]))


def moved_most(result: Comparison, label: str, *, most: int = 1) -> list[str]:
    """Return the stances with a target in both scenarios whose strikes, or else hits, change most and clearly."""
    changes = result.differences[label]
    stances = [play for play in result.behaviour[label] if play != CHOSEN]
    for outcome in ("strike", "casualties"):
        told = [play for play in stances if clear(changes[play][outcome])]
        if told:
            return sorted(told, key=lambda play: -abs(changes[play][outcome]["mean"]))[:most]
    return []


def reasons(result: Comparison, label: str, stance: str) -> list[str]:
    """Return at most two quantities that change clearly and matter most for the strikes under a stance, or the hits."""
    told, changes = result.behaviour[label][stance], result.differences[label][stance]
    strikes, hits = changes["strike"], changes["casualties"]
    found = ["found"] if clear(hits) and told["found"]["part"]["mean"] / hits["mean"] > 0.5 else []
    if not clear(strikes):
        return [name for name in found if clear(told[name])]
    # What Russia meets explains a change if more of what deters goes with fewer strikes, and the other way round.
    met = [name for name in sorted(DETERS, key=lambda name: -told[name]["along"]) if clear(told[name])]
    met = [name for name in met if DETERS[name] * told[name]["mean"] * strikes["mean"] < 0]
    met = [name for name in met if told[name]["along"] > LEAST_ALONG]
    shares = {name: told[name]["part"]["mean"] / strikes["mean"] for name in DOES}
    done = [name for name in sorted(DOES, key=lambda name: -shares[name]) if clear(told[name])]
    done = [name for name in done if shares[name] > LEAST_PART]
    return [*dict.fromkeys([*found, *met[:1], *done])][:_MOST]


def why(result: Comparison, label: str) -> str:
    """Return whose behaviour is behind the largest change, in one or two sentences without the last full stop."""
    stances = moved_most(result, label)
    if not stances:
        return ""
    stance, behaviour = stances[0], result.behaviour[label][stances[0]]
    names = reasons(result, label, stance)
    if not names:
        return f"No single behaviour {under(stance)} changes by more than these draws can tell"
    parts, counted = [], ""
    for name in names:
        (lead, of), shares = WORDS[name], [behaviour[name][end] for end in ("before", "after")]
        before, after = (1 - share for share in shares) if name == FOLDS else shares
        parts.append(f"{lead} {instead(before, after)}{f' of 100 {of}' if of != counted else ''}")
        counted = of
    told = f"Behind it, {under(stance)}: {'; '.join(parts)}"
    same = all(behaviour[name]["mean"] == behaviour[name]["se"] == 0 for name in DETERS)
    if same and any(name.startswith("strikes.") for name in names):
        return f"{told}. What France would do is the same in every draw: Russia weighs it otherwise"
    return f"{told}{_chosen(result, label)}"


def instead(before: float, after: float) -> str:
    """Return two shares as counts of 100, with as many decimals as tell them apart, and from none and all.

    >>> instead(0.43, 0.53), instead(0.0891, 0.0037)
    ('53 instead of 43', '0.4 instead of 8.9')
    """
    shares, rims = {before, after}, {0.0, 1.0}
    told = {digits: {f"{100 * share:.{digits}f}" for share in shares | rims} for digits in range(4)}
    digits = next((n for n, texts in told.items() if len(texts) == len(shares | rims)), 0)
    return f"{100 * after:.{digits}f} instead of {100 * before:.{digits}f}"


def _chosen(result: Comparison, label: str) -> str:
    """Return which stance France chooses more or less often, if that and what follows it change clearly."""
    sent, changes = result.behaviour[label][CHOSEN], result.differences[label][CHOSEN]
    told = [name for name in sent if clear(sent[name])]
    if not told or not any(clear(changes[outcome]) for outcome in ("strike", "casualties")):
        return ""
    most = max(told, key=lambda name: abs(sent[name]["mean"]))
    said = instead(sent[most]["before"], sent[most]["after"])
    return f". Free to choose, France {does(most.removeprefix('sent.'))} in {said} of 100 {_CASES}"
