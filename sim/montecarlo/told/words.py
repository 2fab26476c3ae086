"""What does a run show, in plain sentences? Its finding, the ladder in words, warnings of names that mislead."""

from __future__ import annotations

from sim.crisis.labels import FOLDS
from sim.crisis.ladder import OUTCOMES
from sim.montecarlo.result import Result
from sim.montecarlo.summary import ORDER_LIMIT, STANDING_LIMIT
from sim.telling.english import listed, upper
from sim.telling.numbers import base_of, counts, frequency, half_width, percent
from sim.telling.vocabulary import DOUBT

RUNGS = OUTCOMES[:5]  # the rungs of the ladder, lowest first; the rest of `OUTCOMES` are side outcomes
RUNG_WORDS = {
    "strike": "Russia strikes",
    "casualties": "soldiers hit",
    "retaliation": "France retaliates",
    "war": "NATO–Russia war",
    "nuclear": "nuclear use",
}

SMALL_ERROR = 0.15  # numerical error, relative to its mean, that a dot of the figures hides

_LABELS_LOST = {
    "fight_cost": "fighting costs a resolute France more than a bluffing one (france.fight_cost)",
    "france_war_cost": "war costs a resolute France more than a bluffing one (france.war_cost)",
    "war_cost": "war costs an opportunist Russia more than a cautious one (russia.war_cost)",
}


def label_warnings(result: Result) -> list[str]:
    """Return a warning for each name of a type that loses its meaning too often."""
    orders = [(result.labels[label], meaning) for label, meaning in _LABELS_LOST.items()]
    said = [f"in {percent(share)} of draws {meaning}" for share, meaning in orders if share > ORDER_LIMIT]
    for stance in result.struck:
        if (share := result.labels[f"{FOLDS}.{stance}"]) > STANDING_LIMIT:
            said.append(f"in {percent(share)} of draws even a resolute France folds after a hit under {stance}")
    return said


def ladder_finding(result: Result) -> str:
    """Return what a run finds, in one sentence: its headline, and what is left of it at equal exposure."""
    return ". ".join(filter(None, (headline(result), upper(at_equal_exposure(result)))))


def headline(result: Result) -> str:
    """Return in how many crises Russia strikes and hits under each stance with a target, without a full stop."""
    told = {stance: result.doctrine[stance] for stance in result.struck}
    strikes, hits = ([each[rung]["mean"] for each in told.values()] for rung in ("strike", "casualties"))
    if not any(strikes):
        return "Russia never strikes, whichever stance France is held to"
    base = base_of(strikes)
    errors = [half_width(each[rung]["se"]) for each in told.values() for rung in ("strike", "casualties")]
    roughly = "about " if max(errors) * base >= 1 else ""
    named = [f"{count} ({stance})" for stance, count in zip(told, counts(strikes, base), strict=True)]
    found = listed(counts(hits, base))
    doubting = f"Doubting {DOUBT[result.worst_case]}, Russia strikes in {roughly}{listed(named)} of {base:,} crises"
    return f"{doubting}, and hits French soldiers in {found}"


def at_equal_exposure(result: Result) -> str:
    """Return in how many crises Russia strikes at equal exposure, in both readings; empty if it never does."""
    strikes = {
        reading: [by["equal_exposure"][stance]["strike"]["mean"] for stance in result.struck]
        for reading, by in result.readings.items()
    }
    every = [each for told in strikes.values() for each in told]
    if not any(every):
        return ""
    base = base_of(every)
    said = {DOUBT[reading]: listed(counts(told, base)) for reading, told in strikes.items()}
    (doubt, first), *others = said.items()
    exposed = "with trainers equally exposed it" if len(result.struck) > 1 else "it"
    also = "".join(f", in {each} if it doubts {other}" for other, each in others)
    return f"{exposed} strikes in {first} of {base:,} if it doubts {doubt}{also}"


def exactness(result: Result) -> str:
    """Return how large the numerical error of the doctrines' rungs is, as the caption of a figure with dots."""
    figures = [result.doctrine[stance][rung] for stance in result.struck for rung in RUNGS]
    worst = max((half_width(each["se"]) / each["mean"] for each in figures if each["mean"] > 0), default=0.0)
    if worst <= SMALL_ERROR:
        return "numerical error is smaller than the dots"
    size = f"up to ± {100 * worst:.0f} % of a mean" if worst < 1 else "as large as some means"
    return f"numerical error is {size}"


def by_construction(result: Result) -> str:
    """Return which stances are at zero for want of a target, without a full stop; empty if there are none."""
    quiet = [stance for stance in result.stances if stance not in result.struck]
    return f"{upper(listed(quiet))}: zero by construction, not a finding" if quiet else ""


def ladder_alt_text(result: Result) -> str:
    """Return the ladder figure in words, for those who cannot see it.

    Parameters
    ----------
    result : Result
        From `sim.run`.

    Returns
    -------
    str
        Whole sentences with every mean that is drawn.

    Examples
    --------
    >>> import sim
    >>> ladder_alt_text(sim.run(sim.load_scenario("macron-2024"), draws=1024))[-46:]
    'Rule_out: zero by construction, not a finding.'
    """
    said = [ladder_finding(result), "Line chart of the probability of getting at least so far, on a log scale"]
    for stance in result.struck:
        rungs = ", ".join(f"{rung} {frequency(result.doctrine[stance][rung]['mean'])}" for rung in RUNGS)
        said.append(f"Under {stance}: {rungs}")
    return " ".join(f"{sentence}." for sentence in (*said, by_construction(result)) if sentence)
