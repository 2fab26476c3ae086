"""What do other solvers return for the same games, and how long do they take? Gambit's and OpenSpiel's, beside ours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.bench_games import random_games
from benchmarks.harness import Benchmark
from benchmarks.others import gambit, openspiel
from benchmarks.others.judgement import (
    RATIONALITY,
    Profile,
    Verdict,
    judge_average,
    judge_equilibria,
    judge_logit,
    judge_quantal,
    read,
)
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.game import SignallingGame
from sim.games.quantal.response import quantal_response
from sim.scenario.game_file import GameFile, load

GAMES = 20
KINDS = ("3 signals", "2 signals", "beer-quiche")
WITH_MORE = ("4 signals", *KINDS)
"""What solvers get that answer such games in a millisecond or so."""

Games = Sequence[SignallingGame]


@dataclass(frozen=True)
class Tool:
    """One solver: how its inputs are made, what is timed, how answers are read and judged, what it returns.

    Attributes
    ----------
    name : str
        What is called.
    module, package : str
        What is imported, and what is installed to have it.
    prepare, solve, read, judge : callable
        Games to inputs; inputs to answers; games and answers to profiles of each game; these to a verdict.
    note : str
        What the tool returns and what it does not.
    says : callable
        Words the answers' own account of themselves.
    kinds : tuple of str
        Which games it gets.
    repeats : int
        Timed calls.
    peers : tuple of str
        Tools that this one is divided by: the first that gets the same games.
    """

    name: str
    module: str
    package: str
    prepare: Callable[[Games], Any]
    solve: Callable[[Any], Any]
    read: Callable[[Games, Any], list[list[Profile]]]
    judge: Callable[[Games, Sequence[Sequence[Profile]]], Verdict]
    note: str
    says: Callable[[Any], str] = lambda _: ""
    kinds: tuple[str, ...] = KINDS
    repeats: int = 3
    peers: tuple[str, ...] = ()


def stacked(games: Games) -> SignallingGame:
    """Put flat batches of one game into one batch."""
    prior, sender, receiver, receiver_prior = (
        np.concatenate([getattr(game, name) for game in games])
        for name in ("prior", "sender", "receiver", "receiver_prior")
    )
    return SignallingGame(prior, sender, receiver, receiver_prior, games[0].available)


OURS = partial(Tool, module="sim", package="strategic-ambiguity")
GAMBIT = partial(Tool, module="pygambit", package="pygambit", prepare=gambit.trees)
NASH = partial(GAMBIT, read=gambit.read_searches, judge=judge_equilibria, says=gambit.unfinished)
EVERYTHING = "every PBE outcome, with beliefs after all signals and three refinements judged"
ALL_OR_ONE = ("Gambit enummixed_solve", "Gambit lcp_solve")
"""Lists all extreme points of the Nash equilibria; finds one Nash equilibrium."""
LOGIT = f"Gambit logit_solve_lambda at {RATIONALITY:g}"
TOOLS = (
    OURS(
        "sim perfect_bayesian",
        prepare=list,
        solve=lambda games: [perfect_bayesian(game) for game in games],
        read=lambda _, found: [read(one) for one in found],
        judge=judge_equilibria,
        note=f"{EVERYTHING}; one game at a time",
        peers=ALL_OR_ONE,
        kinds=WITH_MORE,
    ),
    OURS(
        "sim perfect_bayesian, block",
        prepare=stacked,
        solve=perfect_bayesian,
        read=lambda games, found: [read(found.take(found.game == i)) for i in range(len(games))],
        judge=judge_equilibria,
        note=f"{EVERYTHING}; the games together",
        peers=ALL_OR_ONE,
        kinds=KINDS[:2],
    ),
    NASH(
        "Gambit enumpoly_solve",
        solve=gambit.enumpoly,
        note="Nash, one per support; off-path play need not be credible; no refinements",
        repeats=1,
    ),
    NASH(
        "Gambit enummixed_solve",
        solve=gambit.enummixed,
        note="extreme points of all Nash; off-path play need not be credible; no refinements; rational=False",
        kinds=KINDS[1:],
    ),
    NASH(
        "Gambit lcp_solve",
        solve=gambit.lcp,
        note="one Nash; off-path play need not be credible; no refinements; rational=False",
        kinds=WITH_MORE,
    ),
    Tool(
        f"OpenSpiel CFR+, {openspiel.ITERATIONS:,} rounds",
        module="pyspiel",
        package="open_spiel",
        prepare=openspiel.loaded,
        solve=openspiel.cfr_plus,
        read=openspiel.read_averages,
        judge=judge_average,
        says=openspiel.distance,
        note="one average policy; in games that are not zero-sum nothing is proved of it; no refinements",
    ),
    OURS(
        f"sim quantal_response at {RATIONALITY:g}",
        prepare=list,
        solve=lambda games: [quantal_response(game, rationality=RATIONALITY) for game in games],
        read=lambda _, found: [[Profile(one.strategy[0], one.response[0])] for one in found],
        judge=judge_logit,
        note="one logit AQRE, on the principal branch, with turns and bifurcations flagged; one game at a time",
        peers=(LOGIT,),
        kinds=WITH_MORE,
    ),
    OURS(
        f"sim quantal_response at {RATIONALITY:g}, block",
        prepare=stacked,
        solve=partial(quantal_response, rationality=RATIONALITY),
        read=lambda _, found: [[Profile(*one)] for one in zip(found.strategy, found.response, strict=True)],
        judge=judge_logit,
        note="the same; the games together",
        peers=(LOGIT,),
        kinds=KINDS[:2],
    ),
    GAMBIT(
        LOGIT,
        solve=gambit.logit,
        read=gambit.read_logits,
        judge=judge_quantal,
        note="one logit AQRE, on the principal branch; bifurcations by callback",
        kinds=WITH_MORE,
    ),
)


def benchmarks() -> list[Benchmark]:
    """List every tool that is installed on every kind of game it gets; say which are not."""
    missing = {tool.package: tool for tool in TOOLS if find_spec(tool.module) is None}
    for package in missing:
        print(f"others: {package} not installed: pip install '.[compare]'", file=sys.stderr)
    return [
        _row(tool, kind) for kind in WITH_MORE for tool in TOOLS if tool.package not in missing and kind in tool.kinds
    ]


@cache
def games_of(kind: str) -> list[SignallingGame]:
    """Return the games of one kind, each a flat batch of one."""
    if kind == "beer-quiche":
        file = load("textbook/beer-quiche")
        return [file.game.flat()] if isinstance(file, GameFile) else []
    games = random_games(GAMES, signals=int(kind.split()[0]))
    return [games.take([i]) for i in range(GAMES)]


def _row(tool: Tool, kind: str) -> Benchmark:
    """Time one tool on one kind of game."""

    def verdict(answer: Any) -> Verdict:  # noqa: ANN401 - each tool has answers of its own
        games = games_of(kind)
        return tool.judge(games, tool.read(games, answer))

    return Benchmark(
        f"others: {tool.name}, {kind}",
        setup=lambda: tool.prepare(games_of(kind)),
        call=tool.solve,
        check=lambda answer: verdict(answer).right,
        items=1 if kind == "beer-quiche" else GAMES,
        item="games",
        note=f"{tool.note}; {tool.package} {version(tool.package)}",
        peer=next((f"others: {one.name}, {kind}" for one in TOOLS if one.name in tool.peers and kind in one.kinds), ""),
        repeats=tool.repeats,
        says=lambda answer: "; ".join(filter(None, (tool.says(answer), verdict(answer).words))),
    )
