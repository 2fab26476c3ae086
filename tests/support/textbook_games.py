"""Which signalling games does the literature argue about? Their payoffs, with names for everything in them.

The tables below are printed as in textbooks: a row per sender type, a column per signal, in each cell a pair
(sender's payoff, receiver's payoff) per action of the receiver. Published answers are stated beside the games.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from bluffing_game import Deterrence, deterrence_game
from numpy.typing import ArrayLike

from sim.games.game import SignallingGame

Names = tuple[str, ...]
Cell = Sequence[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class TextbookGame:
    """One game, without batch axes, with its source, names along its axes, and what it is an example of.

    >>> beer = TEXTBOOK["beer-quiche"]
    >>> beer.signals, beer.game.prior.tolist()
    (('beer', 'quiche'), [0.9, 0.1])
    """

    name: str
    title: str
    source: str
    game: SignallingGame
    types: Names
    signals: Names
    actions: Names
    receiver_types: Names = ("k1",)
    note: str = ""


def _game(
    prior: Sequence[float], cells: Sequence[Sequence[Cell]], *, available: ArrayLike | None = None
) -> SignallingGame:
    """Split a table of pairs, indexed type, signal, action, into the two payoff arrays."""
    pairs = np.array(cells, dtype=np.float64)  # (t, m, a, 2)
    return SignallingGame(prior, pairs[..., 0], pairs[..., 1], available=available)


_DETERRENCE = (
    "constructed; audience costs as in Fearon (1997), Signaling foreign policy interests: tying hands versus sinking "
    "costs, Journal of Conflict Resolution 41"
)
_BRANDTS_HOLT = (
    "Brandts and Holt (1993), Adjustment patterns and equilibrium selection in experimental signaling games, "
    "International Journal of Game Theory 22; payoffs as distributed with Gambit"
)
_BANKS = (
    "Banks, Camerer and Porter (1994), An experimental analysis of Nash refinements in signaling games, "
    "Games and Economic Behavior 6; payoffs as distributed with Gambit"
)
_WATSON = "Watson (2013), Strategy: An Introduction to Game Theory"
_CHEAP_TALK = "constructed after Crawford and Sobel (1982), Strategic information transmission, Econometrica 50"


def _beer_quiche(name: str, prior: tuple[float, float], note: str) -> TextbookGame:
    """Give one point for the breakfast one likes, two for no fight; the receiver wants to fight the weak type only."""
    title = f"Beer or quiche, {prior[0]:.0%} strong"
    source = "Cho and Kreps (1987), Signaling games and stable equilibria, Quarterly Journal of Economics 102"
    cells = [[[(1, 0), (3, 1)], [(0, 0), (2, 1)]], [[(0, 1), (2, 0)], [(1, 1), (3, 0)]]]
    names = ("strong", "weak"), ("beer", "quiche"), ("fight", "not")
    return TextbookGame(name, title, source, _game(prior, cells), *names, note=note)


def _spence() -> TextbookGame:
    """Pay the worker the wage less the cost of education, and the firm minus the squared error of the wage."""
    wage, education = np.array([10, 15, 20]), np.arange(4)
    cost, productivity = np.array([7, 2]), np.array([10, 20])  # tenths, so that the payoffs are the nearest floats
    sender = (wage - (cost[:, np.newaxis] * education)[..., np.newaxis]) / 10
    receiver = np.repeat(-((wage - productivity[:, np.newaxis]) ** 2)[:, np.newaxis] / 100, 4, axis=1)
    return TextbookGame(
        "spence",
        "Education as a signal, four levels",
        "after Spence (1973), Job market signaling, Quarterly Journal of Economics 87; discretised here",
        SignallingGame([0.5, 0.5], sender, receiver),
        types=("low", "high"),
        signals=("0", "1", "2", "3"),
        actions=("1", "3/2", "2"),
        note="Five equilibria; only the cheapest separation passes the intuitive criterion.",
    )


def _deterrence(name: str, resolute: float, note: str) -> TextbookGame:
    """Set the stakes of the core game."""
    terms = Deterrence(resolute=resolute, value=4, cost=1, audience_cost=2, stand=0, loss=2, gain=1)
    names = ("resolute", "bluffing"), ("commit", "hold_back"), ("hold", "strike")
    title = f"Deterrence, {resolute:.0%} resolute"
    return TextbookGame(name, title, _DETERRENCE, deterrence_game(terms), *names, note=note)


def _private_receivers() -> TextbookGame:
    """Give two kinds of striker a cut-off each; they share one belief."""
    nothing, losses_and_gains = [0.0, 0.0], ((2 / 3, 1 / 3), (1 / 3, 2 / 3))
    struck = ((-1.0, -3.0), (-4.0, -1.0))
    sender = [[[[2.0, payoff], nothing] for payoff in own] for own in struck]  # (k, t, m, a)
    receiver = [[[[0.0, -loss], nothing], [[0.0, gain], nothing]] for loss, gain in losses_and_gains]
    return TextbookGame(
        "private-receivers",
        "A striker with a type of its own",
        "constructed: a receiver type strikes if its belief in resolve is below 1/3, or below 2/3",
        SignallingGame([0.5, 0.5], sender, receiver, [0.5, 0.5], [[True, True], [True, False]]),
        types=("resolute", "bluffing"),
        signals=("commit", "hold_back"),
        actions=("hold", "strike"),
        receiver_types=("wary", "bold"),
        note="Which responses are possible depends on a belief that the receiver's types share.",
    )


def _brandts_holt(number: int, cells: Sequence[Sequence[Cell]], note: str) -> TextbookGame:
    names = ("A", "B"), ("N", "S"), ("C", "D", "E")
    title = f"Brandts and Holt, game {number}"
    return TextbookGame(f"brandts-holt-{number}", title, _BRANDTS_HOLT, _game([0.5, 0.5], cells), *names, note=note)


def _banks_camerer_porter(number: int, cells: Sequence[Sequence[Cell]], note: str) -> TextbookGame:
    names = ("t1", "t2"), ("m1", "m2", "m3"), ("a1", "a2", "a3")
    title, name = f"Banks, Camerer and Porter, game {number}", f"banks-camerer-porter-{number}"
    return TextbookGame(name, title, _BANKS, _game([0.5, 0.5], cells), *names, note=note)


def _watson_job_market() -> TextbookGame:
    cells = [[[(6, 10), (0, 4)], [(10, 10), (4, 4)]], [[(3, 0), (-3, 4)], [(10, 0), (4, 4)]]]
    names = ("high", "low"), ("E", "N"), ("M", "C")
    note = "A separating and a pooling equilibrium; the second fails the intuitive criterion."
    game = _game([1 / 3, 2 / 3], cells)
    return TextbookGame("watson-29-1", "Job market, Watson's figure 29.1", _WATSON, game, *names, note=note)


def _watson_duel() -> TextbookGame:
    cells = [[[(1, 0), (0, -2)], [(1, 0), (0, -2)]], [[(-1, 0), (-3, 1)], [(1, 0), (-1, 1)]]]
    names = ("strong", "weak"), ("up", "stay"), ("surrender", "fight")
    note = "Ties: equilibria come in continua."
    game = _game([0.5, 0.5], cells)
    return TextbookGame("watson-29-6", "A duel refused, Watson's exercise 29.6", _WATSON, game, *names, note=note)


def _cheap_talk(name: str, wishes: Sequence[Sequence[float]], note: str) -> TextbookGame:
    """Let signals cost nothing; the receiver takes x for t1, y for t2, z when in doubt."""
    sender = np.repeat(np.array(wishes, dtype=np.float64)[:, np.newaxis], 2, axis=1)
    receiver = np.repeat(np.array([[3.0, 0.0, 2.0], [0.0, 3.0, 2.0]])[:, np.newaxis], 2, axis=1)
    names = ("t1", "t2"), ("m1", "m2"), ("x", "y", "z")
    game = SignallingGame([0.5, 0.5], sender, receiver)
    return TextbookGame(name, name.replace("-", " ").capitalize(), _CHEAP_TALK, game, *names, note=note)


_GAMES = (
    _beer_quiche("beer-quiche", (0.9, 0.1), "Both drink beer or both have quiche; only beer is intuitive."),
    _beer_quiche("beer-quiche-weak-likely", (0.3, 0.7), "One equilibrium: the weak type bluffs with probability 3/7."),
    _spence(),
    _deterrence("deterrence-quarter", 0.25, "A low prior: the bluffing type mixes, the striker mixes."),
    _deterrence("deterrence-half", 0.5, "A high prior: both commit and nobody strikes, or both hold back."),
    _private_receivers(),
    _brandts_holt(
        1,
        [[[(15, 30), (30, 30), (0, 45)], [(45, 15), (0, 0), (30, 15)]],
         [[(30, 30), (15, 60), (45, 30)], [(30, 30), (0, 0), (30, 15)]]],
        "One sequential equilibrium (published), beside a Nash outcome that needs an empty threat.",
    ),
    _brandts_holt(
        2,
        [[[(75, 30), (45, 30), (75, 45)], [(60, 15), (0, 0), (0, 45)]],
         [[(75, 30), (30, 75), (75, 30)], [(45, 60), (0, 0), (45, 15)]]],
        "One sequential equilibrium (published), beside a Nash outcome that needs an empty threat.",
    ),
    _brandts_holt(
        3,
        [[[(45, 30), (15, 0), (30, 15)], [(30, 90), (0, 15), (45, 15)]],
         [[(30, 30), (0, 45), (30, 15)], [(45, 0), (15, 30), (30, 15)]]],
        "Two sequential outcomes, of which one is intuitive (published).",
    ),
    _brandts_holt(
        4,
        [[[(30, 30), (0, 0), (50, 35)], [(45, 90), (15, 15), (100, 30)]],
         [[(30, 30), (30, 45), (30, 0)], [(45, 0), (0, 30), (0, 15)]]],
        "Two sequential outcomes, of which one is intuitive (published).",
    ),
    _brandts_holt(
        5,
        [[[(45, 30), (0, 0), (0, 15)], [(30, 90), (30, 15), (60, 60)]],
         [[(30, 30), (30, 45), (30, 0)], [(45, 0), (0, 30), (0, 15)]]],
        "Two sequential outcomes, of which one is intuitive (published).",
    ),
    _banks_camerer_porter(
        2,
        [[[(1, 2), (2, 1), (0, 3)], [(1, 2), (1, 1), (2, 1)], [(3, 1), (0, 0), (2, 1)]],
         [[(2, 2), (1, 4), (3, 2)], [(2, 2), (0, 4), (3, 1)], [(2, 2), (0, 0), (2, 1)]]],
        "One equilibrium.",
    ),
    _banks_camerer_porter(
        3,
        [[[(0, 3), (2, 2), (2, 1)], [(1, 2), (2, 1), (3, 0)], [(1, 6), (4, 1), (2, 0)]],
         [[(1, 0), (3, 2), (2, 1)], [(0, 1), (3, 1), (2, 6)], [(0, 0), (4, 1), (0, 6)]]],
        "Two equilibria, of which one is intuitive.",
    ),
    _banks_camerer_porter(
        4,
        [[[(4, 0), (0, 3), (0, 4)], [(2, 0), (0, 3), (3, 2)], [(2, 3), (1, 0), (1, 2)]],
         [[(3, 4), (3, 3), (1, 0)], [(0, 3), (0, 0), (2, 2)], [(4, 3), (0, 4), (3, 0)]]],
        "Refinements beyond the intuitive criterion disagree here.",
    ),
    _watson_job_market(),
    _watson_duel(),
    _cheap_talk("cheap-talk-aligned", [[2, 0, 1], [0, 2, 1]], "Babbling, and two separating equilibria."),
    _cheap_talk("cheap-talk-opposed", [[2, 0, 1], [2, 0, 1]], "Only babbling: nobody believes free words."),
)  # fmt: skip

TEXTBOOK: dict[str, TextbookGame] = {game.name: game for game in _GAMES}
"""Every game of this module by name.

Published answers: in beer-quiche (Cho and Kreps 1987) both drink beer or both have quiche, never fought, and only beer
is intuitive; Brandts and Holt (1993) design games 1 and 2 with one sequential equilibrium and games 3 to 5 with two, of
which one is intuitive. Everything else is worked out, and tested, by this package.
"""
