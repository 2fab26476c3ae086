"""Which sentences and turns of phrase does every answer share?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def upper(text: str) -> str:
    """Return a sentence's beginning with a capital, leaving other capitals alone."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Return names as a list in words: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def set_by_hand(settings: Mapping[str, float]) -> list[str]:
    """Return a note of the parameters that were set by hand, if there are any."""
    given = ", ".join(f"{name} = {value:g}" for name, value in settings.items())
    return [f"Set by hand: {given}."] if given else []


def rounded_up(asked: int, draws: int) -> list[str]:
    """Return a note that more draws were made than asked for, if they were."""
    return [f"Draws were rounded up from {asked} to {draws}, the next 16 · 2^k."] if draws != asked else []
