"""Which questions does a run answer? One small table each, so that no two uncertainties mix."""

from __future__ import annotations

from typing import Any

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import RECEIVER_TYPES
from sim.crisis.play import LAST_MOVES
from sim.montecarlo.result import Result
from sim.montecarlo.told.beside_table import hinges, last_move, of_few
from sim.montecarlo.told.essay import run_essay
from sim.montecarlo.told.words import RUNG_WORDS, RUNGS, run_finding
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.english import listed
from sim.telling.names import stance_label
from sim.telling.numbers import frequency, half_width, payoff, percent, points, roughly, span

_CHOOSES = "France\nchooses"
_SHOWN = 6
_ABREAST = 4  # columns of stances and play beside which a terminal of 80 has room for a range
_REFINEMENTS = {"none": "none", "intuitive": "intuitive", "d1": "D1", "undefeated": "undefeated"}
_RULES = {
    "sender_best": "the one best for France counts",
    "least_escalatory": "the one with the lowest expected rung counts",
    "most_escalatory": "the one with the highest expected rung counts",
    "uniform": "all count alike",
}
_MEANINGS = {
    "strike": "Russia strikes",
    "casualties": "soldiers hit",
    "retaliation": "France answers",
    "war": "NATO in a war",
    "nuclear": "nuclear use",
    "backdown": "France folds",
    "abandonment": "allies absent",
}


def answer(result: Result) -> Answer:
    """Return what a run says."""

    def figures() -> list[Figure]:
        from sim.montecarlo.told.figure import figures

        return figures(result)

    title, stamp, finding = result.title, result.stamp(), run_finding(result)
    return Answer(
        "result",
        title,
        stamp,
        tables(result),
        result.notes,
        result.to_dict(),
        finding,
        _brief(result),
        figures,
        naming=result.naming,
        essay=run_essay(result),
    )


def _brief(result: Result) -> Table:
    """Return the first table of all: each rung's mean, and below it the range over draws."""
    plays, starred = _plays(result), [stance for stance in result.stances if stance not in result.struck]
    heads = [f"{stance_label(result.naming, name)}{'*' * (name in starred)}" for name in result.stances]
    rows = [
        (RUNG_WORDS[rung], *(f"{_alone(**play[rung])}\n{_range(play[rung])}" for play in plays)) for rung in RUNGS[:-1]
    ]
    rows.append((RUNG_WORDS[RUNGS[-1]], *(roughly(play[RUNGS[-1]]["mean"]) for play in plays)))
    zeros = " * Nobody there to be hit: zero by construction, not safety." * bool(starred)
    return Table(
        "",
        "Means over all draws, France held to a stance or choosing it, knowing its nerve; below, where 90 % of draws "
        f"lie. 0 – 100 %: they do not settle it. Nuclear use: about, assumed.{zeros}",
        ("", *heads, "France chooses"),
        rows,
    )


def _alone(*, mean: float, se: float, **_: float) -> str:
    """Return a mean as per cent."""
    return percent(mean, error=half_width(se))


def _range(figures: dict[str, float]) -> str:
    """Return a range over draws; nothing where there is none."""
    low, high = figures["q05"], figures["q95"]
    return span(low, high) if high > low else ""


def tables(result: Result) -> list[Table]:
    """Return the tables of a run, one question each."""
    beside = [_rational(result), last_move(result)] if result.concept == "quantal" else [_admitted(result)]
    hangs = [hinges(result)] if result.struck else []
    return [*_likely(result), *hangs, *beside, *_uncertain(result), _behind(result), *_drivers(result)]


def _likely(result: Result) -> list[Table]:
    """Return the means, with the range over equilibria as a column, or a table if there is no room, of its own."""
    plays, ranges = _plays(result), result.equilibrium.get("range", {})
    beside = ranges and len(plays) <= _ABREAST
    rows = []
    for outcome in OUTCOMES:
        cells = (_mean(**play[outcome]) for play in plays)
        ends = [_broken(ranges[outcome])] if beside else []
        rows.append((f"{outcome}\n{_MEANINGS[outcome]}", *cells, *ends))
    likely = Table(
        "How likely is each rung of the ladder?",
        "Probability of getting at least so far, per encounter: mean over all draws. On the left France is held to a "
        f"stance; under “France chooses” it picks one knowing its own type: {_played(result)}{_of_zeros(result)}",
        ("at least …", *_heads(result), *(["all\nequilibria"] if beside else [])),
        rows,
        "ladder",
    )
    left_open = Table(
        "What do several equilibria leave open?",
        "Means where France chooses, from the mildest equilibrium of each draw to the worst of them.",
        ("at least …", "all equilibria"),
        [(outcome, span(*ends)) for outcome, ends in ranges.items()],
        "equilibria",
    )
    return [likely, left_open] if ranges and not beside else [likely]


def _mean(*, mean: float, se: float, **_: float) -> str:
    """Return a mean as per cent and as a count of cases; of what never happens a count would say nothing more."""
    return percent(mean, error=half_width(se)) + (f"\n{frequency(mean)}" if mean else "")


def _heads(result: Result) -> tuple[str, ...]:
    """Return the headings of the stances, those without a target marked, and of play."""
    return (*(name if name in result.struck else f"{name}*" for name in result.stances), _CHOOSES)


def _of_zeros(result: Result) -> str:
    """Return what the mark of a stance without a target means."""
    quiet = [name for name in result.stances if name not in result.struck]
    if not quiet:
        return ""
    said = "is zero" if len(quiet) == 1 else "are zero"
    return f"\n*{listed(quiet)} {said} by construction, since nobody is there to be hit: not a finding that it is safe."


def _played(result: Result) -> str:
    """Return how the crisis is taken to be played where France chooses."""
    if result.concept == "quantal":
        return (
            "quantal response, in which both players err, the less so the more is at stake. Stances that France is "
            "held to are played exactly, as in equilibrium play."
        )
    where = "the last column" if len(result.stances) < _ABREAST else "the next table"
    return (
        f"equilibrium play, refinement {_REFINEMENTS[result.refinement]}, {result.select}. A game can have several "
        f"equilibria: {where} runs from the mildest to the worst of them all, which theory leaves open."
    )


def _admitted(result: Result) -> Table:
    """Return the means under each refinement and in quantal play, and how often a refinement admits nothing."""
    by, chosen = result.equilibrium["by_refinement"], result.refinement
    moves, refined = result.equilibrium["last_move"], chosen != "none"
    plays = [*(by[name] for name in _REFINEMENTS), *(moves[move] for move in LAST_MOVES)]
    rows = []
    for outcome in OUTCOMES:
        survivors = [_broken(result.equilibrium["range_of_survivors"][outcome])] if refined else []
        rows.append((outcome, *(percent(play[outcome]) for play in plays), *survivors))
    lost = [percent(by[name]["no_survivor_share"]) for name in _REFINEMENTS]
    rows.append(("no survivor", *lost, *[NONE] * (len(LAST_MOVES) + refined)))
    heads = (f"{title}\n(headline)" if name == chosen else title for name, title in _REFINEMENTS.items())
    ends = [f"range,\n{_REFINEMENTS[chosen]} only"] if refined else []
    return Table(
        "What if other equilibria are admitted?",
        "Means where France chooses. A refinement discards equilibria that rest on far-fetched beliefs; of those left, "
        f"{_RULES[result.select]} ({result.select}). No survivor: share of draws in which it would discard "
        "every equilibrium, so that all count. Quantal: players who err, logit quantal response with "
        f"{of_few(result)} Once it is hit, France takes the better of folding and standing, or errs there too (last "
        "move).",
        ("at least …", *heads, f"quantal\nΛ = {result.rationality:g}", "quantal\nlast move", *ends),
        rows,
        "equilibria",
    )


def _rational(result: Result) -> Table:
    """Return how rational quantal players are, and whether their play was found."""
    play = result.equilibrium
    return Table(
        "How rational are the players?",
        "Rationality Λ times the payoffs at stake, mean over all draws: at 0 a player chooses blindly, far above 10 it "
        "hardly errs. Each player counts in a yardstick of its own, so the two cannot be compared.",
        ("", "France", "Russia"),
        [
            ("rationality Λ", *[f"{play['rationality']:g}"] * 2),
            (
                "Λ × payoff range",
                *(f"{play['rationality_times_range'][player]:.1f}" for player in ("france", "russia")),
            ),
            ("draws not solved so far", *[percent(play["failed_share"])] * 2),
            ("draws whose branch turned", *[percent(play["turned_share"])] * 2),
        ],
        "rationality",
    )


def _broken(ends: list[float]) -> str:
    """Return a range on two lines."""
    return span(*ends).replace(" – ", " –\n")


def _uncertain(result: Result) -> list[Table]:
    """Return the ranges over draws, and the numerical errors."""
    heads, plays = ("at least …", *_heads(result)), _plays(result)
    ranges = [(outcome, *(span(play[outcome]["q05"], play[outcome]["q95"]) for play in plays)) for outcome in OUTCOMES]
    errors = [(outcome, *(points(half_width(play[outcome]["se"])) for play in plays)) for outcome in OUTCOMES]
    unknown = (
        "5–95 % range: of the sets of values that the scenario finds credible, nine out of ten give a probability in "
        "this range. More draws do not narrow it; better evidence does."
    )
    inexact = (
        "Numerical error of the means above: half-width of their 95 % intervals, in percentage points. It comes from "
        "the finite number of draws and from nothing else; more draws narrow it."
    )
    return [
        Table("How much do we not know about the world?", unknown, heads, ranges, "ranges"),
        Table("How exact is the computation?", inexact, heads, errors, "errors"),
    ]


def _behind(result: Result) -> Table:
    """Return how often each Russian type strikes, what France gains, and what it sends when it chooses."""
    strikes = [
        (f"{kind} Russia strikes", *(percent(result.doctrine[s]["strikes"][kind]) for s in result.stances), NONE)
        for kind in RECEIVER_TYPES
    ]
    chosen = result.equilibrium
    after = [chosen["by_signal"][stance]["strike"] for stance in result.stances]
    there = [chosen["imposed_where_sent"][stance] for stance in result.stances]
    return Table(
        "What stands behind these figures?",
        "Each Russian type strikes in so many of the draws; payoffs to France are in units of the humiliation of "
        "folding. When France chooses, strikes after a stance differ from strikes against the same stance imposed for "
        "two reasons: France takes it where it is safer, and Russia draws conclusions from who takes it. The row in "
        "between has the first alone: the stance imposed, in the draws in which it is taken.",
        ("", *_heads(result)),
        [
            *strikes,
            ("France's payoff", *(payoff(play["france_payoff"]["mean"]) for play in _plays(result))),
            ("sent, if France chooses", *(percent(chosen["sent"][stance]) for stance in result.stances), NONE),
            ("… struck there, if imposed", *(NONE if share is None else percent(share) for share in there), NONE),
            ("… struck, once sent", *(NONE if share is None else percent(share) for share in after), NONE),
        ],
        "behind",
    )


def _drivers(result: Result) -> list[Table]:
    """Return which parameters drive a strike, each on its own; nothing in a run of few draws or of certain numbers."""
    plays = [drivers["strike"] for drivers in result.drivers.values()]
    if not plays or not plays[0]:
        return []
    strongest = sorted(plays[0], key=lambda name: -max(play[name] for play in plays))[:_SHOWN]
    return [
        Table(
            "What drives it?",
            "Share of what is uncertain about a strike (its variance over draws) that each parameter explains on its "
            f"own; the {_SHOWN} strongest. What parameters do only together is not in it: sim sensitivity tells that "
            "too, and which evidence stands behind each.",
            ("a strike", *result.struck, _CHOOSES),
            [(name, *(f"{100 * max(play[name], 0.0):.0f} %" for play in plays)) for name in strongest],
            "drivers",
        )
    ]


def _plays(result: Result) -> list[dict[str, Any]]:
    """Return the figures of each stance and of play, as `_heads` names them."""
    return [*(result.doctrine[stance] for stance in result.stances), result.equilibrium["selected"]]
