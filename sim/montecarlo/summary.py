"""What is reported of a run? Sums and counts become means with errors, ranges over draws and ranges over equilibria."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.crisis.labels import FOLDS, ORDERINGS, label_names
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import BELIEF, RECEIVER_TYPES, Stances
from sim.crisis.play import Play
from sim.draws.tally import Counts, Tally
from sim.games.equilibria import FAMILIES
from sim.games.refinements import REFINEMENTS
from sim.montecarlo.first_order import driven, first_order, looked_at
from sim.montecarlo.job import Job
from sim.montecarlo.precision import Precision
from sim.scenario.scenario import Scenario
from sim.telling.english import rounded_up

Summary = dict[str, Any]  # nested dict of the shape that `Result.to_dict` documents
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)  # quantiles over draws that are reported
BINS = 32  # bins of the reported histograms, of equal width in the fourth root: fine where rare rungs differ by factors

# Shares of draws above which it is told that two types' costs are in the wrong order, and that even the resolute folds.
ORDER_LIMIT, STANDING_LIMIT = 0.01, 0.10


def doctrine_summary(tally: Tally, stances: Stances) -> Summary:
    """Return each stance's figures: every outcome, France's payoff, and how often each Russian type strikes."""
    return {
        stance: _figures(tally, stance)
        | {"strikes": {kind: tally.mean(f"{stance}.strikes.{kind}") for kind in RECEIVER_TYPES}}
        for stance in stances.names
    }


def play_summary(tally: Tally, play: Play, stances: Stances) -> Summary:
    """Return what play gives: as selected, by signal sent, and what the concept of play adds."""
    sent = {stance: tally.mean(f"sent.{stance}") for stance in stances.names}
    shared = {
        "selected": _figures(tally, "selected"),
        "by_signal": {
            stance: {outcome: _share(tally.mean(f"joint.{stance}.{outcome}"), often) for outcome in OUTCOMES}
            for stance, often in sent.items()
        },
        "sent": sent,
        "imposed_where_sent": {name: _share(tally.mean(f"imposed.{name}"), often) for name, often in sent.items()},
    }
    if play.concept == "quantal":
        reached = {"failed_share": tally.mean("failed"), "turned_share": tally.mean("turned")}
        scaled = {player: tally.mean(f"{player}_range") for player in ("france", "russia")}
        return shared | reached | {"rationality": play.rationality, "rationality_times_range": scaled}
    return shared | {
        "families": {family: tally.mean(f"family.{family}") for family in FAMILIES},
        "range": _range(tally, "least", "most"),
        "range_of_survivors": _range(tally, "least_left", "most_left"),
        "by_refinement": {
            refinement: {outcome: tally.mean(f"{refinement}.{outcome}") for outcome in OUTCOMES}
            | {"no_survivor_share": tally.mean(f"no_survivor.{refinement}")}
            for refinement in REFINEMENTS
        },
        "equilibria_per_draw": tally.mean("equilibria"),
        "degenerate_share": tally.mean("degenerate"),
    }


def _range(tally: Tally, least: str, most: str) -> Summary:
    """Return the means of the smallest and of the largest probability over the equilibria of a draw."""
    return {outcome: [tally.mean(f"{least}.{outcome}"), tally.mean(f"{most}.{outcome}")] for outcome in OUTCOMES}


def label_summary(tally: Tally, stances: Stances) -> dict[str, float]:
    """Return the share of draws in which each label loses its meaning."""
    return {label: tally.mean(f"labels.{label}") for label in label_names(stances)}


def histograms(tally: Tally, stances: Stances) -> Summary:
    """Return the shares of draws in each bin of every probability: first those that are exactly 0, then bin by bin."""
    edges = [(bin_ / BINS) ** 4 for bin_ in range(BINS + 1)]
    plays: Summary = {
        play: {outcome: tally.histogram(f"{play}.{outcome}", BINS) for outcome in OUTCOMES}
        for play in (*stances.names, "selected")
    }
    return {"edges": edges} | plays


def driver_summary(tally: Tally, job: Job, strata: Counts) -> Summary:
    """Return the share of variance that each parameter explains alone, by play and outcome; none if too few draws."""
    draws, scenario, quantities = looked_at(job.block), job.scenario, driven(job.scenario.stances)
    if not draws:
        return {}
    shares = first_order(strata, draws, np.array([tally.variance(name) for name in quantities]))
    names = [parameter.name for parameter in scenario.parameters]
    # Those that are drawn together have no share of their own; a voice behind several of them has one.
    tied = {name for first, second, _ in scenario.correlation for name in (first, second)}
    tied |= {name for voice in scenario.voices if voice.at is None for name, _ in voice.loadings}
    entries = scenario.entries
    rows = [
        (row, name)
        for row, name in enumerate(names)
        if not (entries[name].distribution.certain or entries[name].shares or name in tied)
    ]
    rows += [(len(names) + row, f"voice.{each.name}") for row, each in enumerate(scenario.voices) if each.at is None]
    summary: Summary = {}
    for column, quantity in enumerate(quantities):
        play, _, outcome = quantity.partition(".")
        summary.setdefault(play, {})[outcome] = {name: float(shares[row, column]) for row, name in rows}
    return summary


def notes(tally: Tally, job: Job) -> list[str]:
    """Return what a reader must know to read the figures, in whole sentences."""
    scenario, stances = job.scenario, job.scenario.stances
    said = _of_settings(scenario)
    if quiet := [name for name in stances.names if name not in stances.struck]:
        said.append(
            f"Under {' and '.join(quiet)} every rung is zero by construction: only escalation through attacks on "
            "French trainers is counted, so this is not a finding that ruling out is safe."
        )
    said.append(
        "Probabilities are per encounter: one signal, one decision. They are conclusions from the scenario's "
        "assumptions, not forecasts."
    )
    if BELIEF in scenario.entries:
        belief, truth = (scenario.entries[name].distribution.median for name in (BELIEF, "prior.resolute"))
        said.append(
            f"Russia believes France resolute with a probability of its own (median {belief:.2f}), on which it acts; "
            f"every figure here counts how often France is so in truth (median {truth:.2f})."
        )
    if held := scenario.history[0]:
        said.append(f"The scenario's history (Russia held {held} times) is not used here: sim campaign learns from it.")
    said += _of_presence(tally, stances) + _of_play(tally, job.play)
    if scenario.worst_case == "outcome":
        said.append(
            "Worst and best cases run over a fixed list of endings, whatever their chances, so that Russia may strike "
            "where it cannot hit anybody: read casualties, not strikes."
        )
    if job.precision:
        said.append(_of_precision(tally, job.precision, most=job.draws))
    else:
        said += rounded_up(job.asked, tally.draws)
    return said + _of_labels(tally, stances)


def _of_labels(tally: Tally, stances: Stances) -> list[str]:
    """Return which names of types lose their meaning, and how often Russia strikes where a resolute France stands."""
    said = []
    for label in label_names(stances):
        share, (kind, _, stance) = tally.mean(f"labels.{label}"), label.partition(".")
        if kind in ORDERINGS and share > ORDER_LIMIT:
            said.append(f"In {100 * share:.1f} % of draws {_LOST[kind]}.")
        elif kind == FOLDS and share > STANDING_LIMIT:
            strike = tally.mean(f"standing.{stance}.strike") / (1 - share) if share < 1 else 0.0
            all_, kept = tally.mean(f"{stance}.strike"), tally.mean(f"standing.{stance}.strike")
            supplied = f", and they supply {100 * (1 - kept / all_):.0f} % of the strikes there" if all_ > 0 else ""
            said.append(
                f"In {100 * share:.1f} % of draws even a resolute France would fold after a hit under {stance}"
                f"{supplied}; where it stands, Russia strikes with {100 * strike:.0f} %."
            )
    return said


def _of_precision(tally: Tally, precision: Precision, *, most: int) -> str:
    """Return whether the draws were enough for the error that was asked for."""
    width = precision.half_width_of(tally)
    met = "is" if width <= precision.half_width else "could not be brought under what was asked for: it is"
    return (
        f"Draws were doubled until the 95 % half-width of {precision.name} was at most {precision.half_width:g}; "
        f"after {tally.draws:,} draws, of at most {most:,}, it {met} {width:.2g}."
    )


def _of_settings(scenario: Scenario) -> list[str]:
    """Return which parameters are not those of the file, and which are drawn together."""
    given = ", ".join(f"{name} = {value:g}" for name, value in scenario.settings.items())
    read = "; ".join(f"{name}: {reading}" for name, reading in scenario.readings.items())
    sure = {name for name, entry in scenario.entries.items() if entry.distribution.certain}
    tied = [(one, other, rank) for one, other, rank in scenario.correlation if not sure & {one, other}]
    pairs = ", ".join(f"{one} ~ {other} {rank:g}" for one, other, rank in tied)
    voices = "; ".join(
        f"{voice.name}, behind {len(voice.loadings)} numbers"
        + ("" if voice.at is None else f", held at {voice.at:+g} standard deviations in all draws")
        for voice in scenario.voices
    )
    said = {"Set by hand": given, "Words read on another scale": read, "Drawn together (rank correlation)": pairs}
    said |= {"Drawn together (one voice behind many numbers)": voices}
    return [f"{what}: {which}." for what, which in said.items() if which]


def _of_presence(tally: Tally, stances: Stances) -> list[str]:
    """Return how far fewer casualties come from fewer strikes, and how far from strikes that find nobody."""
    hits = {
        stance: tally.mean(f"{stance}.casualties") / strike
        for stance in stances.names
        if (strike := tally.mean(f"{stance}.strike")) > 0
    }
    said = " and ".join(f"{100 * share:.0f} of 100 under {stance}" for stance, share in hits.items())
    note = (
        f"A strike counts whether or not it finds anybody: of the strikes, {said} hit French soldiers. Stances differ "
        "in whether trainers are there and can be found, not only in how they deter."
    )
    return [note] if hits else []


def _of_play(tally: Tally, play: Play) -> list[str]:
    """Return what must be known of the concept, the refinement and the rule."""
    if play.concept == "quantal":
        reach = {player: tally.mean(f"{player}_range") for player in ("france", "russia")}
        said = [
            f"Play is logit quantal response with rationality {play.rationality:g} on the principal branch: players "
            f"err more, the less is at stake. Rationality times payoff range is {reach['france']:.1f} for France and "
            f"{reach['russia']:.1f} for Russia on average; their yardsticks cannot be compared."
        ]
        if share := tally.mean("failed"):
            said.append(f"In {100 * share:.2f} % of draws the branch could not be followed so far; its end is used.")
        return said
    applied = "No refinement" if play.refinement == "none" else f"The refinement {play.refinement}"
    rule = f"{_RULES[play.select]}; the range over equilibria stands beside it."
    said = [f"{rule} {applied} is applied; each stands beside the others."]
    if share := tally.mean(f"no_survivor.{play.refinement}"):
        said.append(
            f"In {100 * share:.2f} % of draws no equilibrium survives {play.refinement}; all of them then count."
        )
    if share := tally.mean("degenerate"):
        said.append(f"In {100 * share:.2f} % of draws payoffs tie and equilibria can be continua; members are used.")
    return said


_RULES = {
    "sender_best": "The selected equilibrium is the one that is best for France (sender_best), which favours France",
    "least_escalatory": "The selected equilibrium is the one with the lowest expected rung (least_escalatory)",
    "most_escalatory": "The selected equilibrium is the one with the highest expected rung (most_escalatory)",
    "uniform": "All admitted equilibria of a draw count alike (uniform)",
}


_LOST = {
    "fight_cost": "the resolute France finds a limited clash dearer than the bluffing one",
    "france_war_cost": "war costs the resolute France more than the bluffing one",
    "war_cost": "war costs the opportunist Russia more than the cautious one",
}


def _figures(tally: Tally, play: str) -> Summary:
    """Return mean, standard error and quantiles over draws of every outcome and of France's payoff."""
    keys = [f"q{100 * level:02.0f}" for level in LEVELS]
    return {
        name: {
            "mean": tally.mean(f"{play}.{name}"),
            "se": tally.standard_error(f"{play}.{name}"),
            **dict(zip(keys, tally.quantiles(f"{play}.{name}", LEVELS), strict=True)),
        }
        for name in (*OUTCOMES, "france_payoff")
    }


def _share(joint: float, often: float) -> float | None:
    """Return a probability given a signal, None if the signal is never sent."""
    return joint / often if often > 0 else None
