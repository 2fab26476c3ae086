"""How does a game travel to Gambit and back? As an extensive-form file (.efg): one signalling game, one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from sim.games.gambit.play import plays
from sim.games.gambit.tree import parse_efg
from sim.games.game import Floats, SignallingGame

Names = tuple[str, ...]

DENOMINATORS = (10, 100, 1000, 10_000)  # a probability is written over up to one of these where that is the same float
ROUNDED = 1e-15  # largest relative difference between probabilities that rounding makes

_PRIORS = re.compile(r" ?\[priors ((?:0x[01]\.?[0-9a-f]*p[+-]\d+[ ;]*)+)\]$")


@dataclass(frozen=True)
class Labels:
    """Names for all that is in a game; what is left empty is numbered: t1, t2, m1, a1, k1."""

    title: str = ""
    comment: str = ""
    players: Names = ("sender", "receiver")
    types: Names = ()
    signals: Names = ()
    actions: Names = ()
    receiver_types: Names = ()


def efg(game: SignallingGame, *, labels: Labels | None = None) -> str:
    """Write one game as the text of a Gambit extensive-form file.

    Gambit wants probabilities that sum to one exactly, so they are written as fractions where decimals do not; a prior
    that misses one by more than rounding is divided by its sum.
    """
    if (count := int(np.prod(game.batch_shape))) != 1:
        raise ValueError(f"game must be a single game; its batch has {count}")
    flat = game.flat()
    named = _checked(completed(labels or Labels(), flat), flat)
    players = " ".join(map(_quoted, named.players))
    heading = [f"EFG 2 R {_quoted(named.title)} {{ {players} }}", _quoted(named.comment + _exactly(flat, named)), ""]
    return "\n".join([*heading, *_nodes(flat, named)]) + "\n"


def read_efg(text: str) -> tuple[SignallingGame, Labels]:
    """Read a two-player signalling game from the text of a Gambit extensive-form file.

    Any file will do in which chance moves first, then one player who is told something, then another who sees that
    move and may be told something of its own, independent of what the first one knows; chance may move again at the
    end, and is averaged over. Types and signals come in the file's order; actions in the earliest order that fits every
    signal's list. A signal that ends the game has one action, "end". Payoffs that are the same for all receiver types
    have no k axis.
    """
    tree = parse_efg(text)
    play = plays(tree)
    actions = _merged(play.actions)
    cells = np.zeros((2, *play.shape, len(actions)))  # (player, k, t, m, a)
    available = np.zeros((len(play.signals), len(actions)), dtype=bool)
    for m, own in enumerate(play.actions):
        columns = [actions.index(name) for name in own]
        available[m, columns] = True
        for k, t in np.ndindex(play.shape[:2]):
            cells[:, k, t, m, columns] = np.array(play.payoffs[k, t, m], dtype=np.float64).T
    sender, receiver = map(_without_repeats, cells)
    comment, priors = _told_exactly(tree.comment, (play.prior, play.receiver_prior))
    game = SignallingGame(priors[0], sender, receiver, priors[1], available)
    players = play.players if "" not in play.players and len({*play.players}) == 2 else Labels.players
    names = Labels(tree.title, comment, players, play.types, play.signals, actions, play.receiver_types)
    return game, names


def completed(labels: Labels, game: SignallingGame) -> Labels:
    """Return labels with a number for everything that has no name."""
    return replace(
        labels,
        types=labels.types or _numbered("t", game.types),
        signals=labels.signals or _numbered("m", game.signals),
        actions=labels.actions or _numbered("a", game.actions),
        receiver_types=labels.receiver_types or _numbered("k", game.receiver_types),
    )


def _checked(named: Labels, game: SignallingGame) -> Labels:
    """Check that everything has a name that Gambit can hold."""
    _check_names("players", named.players, 2)
    for axis in ("types", "signals", "actions", "receiver_types"):
        _check_names(axis, getattr(named, axis), getattr(game, axis))
    for field in ("title", "comment"):
        if "\\" in (text := getattr(named, field)):
            raise ValueError(f"{field} must hold no backslash; it is {text!r}")
    return named


def _numbered(letter: str, size: int) -> Names:
    return tuple(f"{letter}{i + 1}" for i in range(size))


def _check_names(field: str, names: Names, size: int) -> None:
    """Check that there are as many names as needed, all different, and such as Gambit can hold."""
    if len(names) != size or len(set(names)) < size:
        raise ValueError(f"{field} must be {size} different names; they are {names}")
    for name in names:
        if not name or not name.isprintable() or "\\" in name or name != " ".join(name.split()):
            raise ValueError(
                f"{field} must be printable names with single inner spaces and no backslash; one is {name!r}"
            )


def _nodes(game: SignallingGame, labels: Labels) -> Iterator[str]:
    """Write the tree of a flat batch of one game, node by node."""
    numbers = iter(range(1, game.sender.size + 1))
    private = game.receiver_types > 1
    signals = _listed(labels.signals)
    yield _chance(1, "types", labels.types, game.prior[0])
    for t, sender_type in enumerate(labels.types):
        if private:
            yield _chance(2 + t, "", labels.receiver_types, game.receiver_prior[0])
        for k in range(game.receiver_types):
            yield f'p "" 1 {t + 1} {_quoted(sender_type)} {{ {signals} }} 0'
            for m, signal in enumerate(labels.signals):
                name = f"type {k + 1} after {signal}" if private else f"after {signal}"
                usable = np.flatnonzero(game.available[m])
                actions = _listed([labels.actions[a] for a in usable])
                yield f'p "" 2 {1 + k * game.signals + m} {_quoted(name)} {{ {actions} }} 0'
                for a, number in zip(usable, numbers, strict=False):
                    pays = ", ".join(_decimal(float(own[0, k, t, m, a])) for own in (game.sender, game.receiver))
                    yield f't "" {number} "outcome {number}" {{ {pays} }}'


def _chance(number: int, name: str, moves: Names, prior: Floats) -> str:
    """Write a move of chance."""
    pairs = " ".join(f"{_quoted(move)} {p}" for move, p in zip(moves, _probabilities(prior.tolist()), strict=True))
    return f'c "" {number} {_quoted(name)} {{ {pairs} }} 0'


def _exactly(game: SignallingGame, labels: Labels) -> str:
    """Return what the comment adds where no fractions that sum to one are these floats: the floats, in hexadecimal."""
    priors = [game.prior[0].tolist(), game.receiver_prior[0].tolist()]
    read = [[float(Fraction(p)) for p in _probabilities(prior)] for prior in priors]
    if read == priors or not np.allclose(np.concatenate(read), np.concatenate(priors), rtol=ROUNDED, atol=0):
        return ""
    told = "; ".join(" ".join(p.hex() for p in prior) for prior in priors)
    return f"{' ' * bool(labels.comment)}[priors {told}]"


def _told_exactly(comment: str, priors: Sequence[Sequence[float]]) -> tuple[str, list[Sequence[float]]]:
    """Return a comment without what `_exactly` added, and the priors that this tells, if they are those of the tree."""
    if not (found := _PRIORS.search(comment)):
        return comment, list(priors)
    told = [[float.fromhex(p) for p in prior.split()] for prior in found[1].split(";")]
    if [len(own) for own in told] != [len(prior) for prior in priors]:
        return comment, list(priors)
    if not np.allclose(np.concatenate(told), np.concatenate(priors), rtol=ROUNDED, atol=0):
        return comment, list(priors)
    return comment[: found.start()], list(told)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def _listed(names: Sequence[str]) -> str:
    return " ".join(map(_quoted, names))


def _decimal(number: float) -> str:
    """Write a float as the shortest decimal that reads back as the same float, without an exponent."""
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")


def _probabilities(prior: list[float]) -> list[str]:
    """Write probabilities that sum to one exactly: as decimals, short fractions, or whatever fractions it takes."""
    decimals = [_decimal(p) for p in prior]
    if sum(map(Fraction, decimals)) == 1:
        return decimals
    for fractions in ([_short(p) for p in prior], _spread(prior)):
        if sum(fractions) == 1 and [float(p) for p in fractions] == prior:
            return [str(p) for p in fractions]
    total = sum(map(Fraction, prior))
    return [str(Fraction(p) / total) for p in prior]


def _short(p: float) -> Fraction:
    """Return the shortest of some fractions that are the same float."""
    tries = (Fraction(p).limit_denominator(size) for size in DENOMINATORS)
    return next((fraction for fraction in tries if float(fraction) == p), Fraction(p))


def _spread(prior: list[float]) -> list[Fraction]:
    """Share out what the sum misses in proportion to the rounding that each float may carry."""
    room = [Fraction(p) - Fraction(float(np.nextafter(p, 0))) for p in prior]
    missing = 1 - sum(map(Fraction, prior))
    return [Fraction(p) + missing * own / sum(room) for p, own in zip(prior, room, strict=True)]


def _merged(lists: Sequence[Names]) -> Names:
    """Return all actions once, each after those before it in every list; where lists disagree, as they first appear."""
    left = list(dict.fromkeys(name for names in lists for name in names))
    merged: list[str] = []
    while left:
        blocked = {later for names in lists for i, later in enumerate(names) if set(names[:i]) - set(merged)}
        merged.append(next((name for name in left if name not in blocked), left[0]))
        left.remove(merged[-1])
    return tuple(merged)


def _without_repeats(cells: Floats) -> Floats:
    """Drop the k axis of payoffs (k, t, m, a) that are the same for every k."""
    return cells[0] if bool(np.all(cells == cells[0])) else cells
