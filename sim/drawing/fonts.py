"""Which fonts have the letters that are to be drawn? The one in use, and others of the system for what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from matplotlib import rc_context, rcParams
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font

_FIRST = ("Noto Sans", "Source Han Sans", "Noto", "Droid Sans")  # made to go with each other, and with other letters

INSTEAD = "install a font that has them, such as Noto Sans CJK for Chinese, Japanese and Korean"
"""What helps where no font of the system has some letters."""


def families(texts: Iterable[str]) -> tuple[list[str], str]:
    """Return the families that together have every letter of some texts, those in use first, and what none has."""
    own = [*rcParams["font.family"]]
    missing = {letter for letter in "".join(texts) if letter.isprintable() and not letter.isspace()} - _of(own)
    added = []
    for name, path in _installed() if missing else ():
        if missing & _letters(path) and (found := missing & _of([name])):
            added.append(name)
            missing -= found
        if not missing:
            break
    return [*own, *added], "".join(sorted(missing))


@contextmanager
def with_letters(texts: Iterable[str]) -> Iterator[str]:
    """Draw meanwhile with fonts that have every letter of some texts, if the system has such; yield what none has."""
    found, missing = families(texts)
    with rc_context({"font.family": found}):
        yield missing


def _of(family: list[str]) -> frozenset[str]:
    """Return the letters that a family has in both weights that figures use."""
    files = (findfont(FontProperties(family=family, weight=weight)) for weight in ("normal", "bold"))
    return frozenset.intersection(*map(_letters, files))


@lru_cache(maxsize=512)
def _letters(path: str) -> frozenset[str]:
    """Return the letters that a font has."""
    return frozenset(map(chr, get_font(path).get_charmap()))


def _installed() -> list[tuple[str, str]]:
    """Return the upright fonts of the system by family, those first that go with others."""
    upright = {each.name: each.fname for each in fontManager.ttflist if each.style == "normal"}
    rank = {name: min((at for at, first in enumerate(_FIRST) if name.startswith(first)), default=9) for name in upright}
    last_resort = ("Last Resort", "LastResort")  # its letters are boxes that name a script
    return sorted(
        ((name, path) for name, path in upright.items() if not name.startswith(last_resort)),
        key=lambda each: (rank[each[0]], each[0]),
    )
