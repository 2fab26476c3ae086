"""What does a run show, in plain sentences? Its finding, the ladder in words, warnings of names that mislead."""

from __future__ import annotations

from sim.crisis.labels import FOLDS
from sim.crisis.ladder import OUTCOMES
from sim.montecarlo.result import Result
from sim.montecarlo.summary import ORDER_LIMIT, STANDING_LIMIT
from sim.telling.english import listed, upper
from sim.telling.names import speaker
from sim.telling.numbers import base_of, counts, frequency, half_width, percent
from sim.telling.vocabulary import WORST

RUNGS = OUTCOMES[:5]  # the rungs of the ladder, lowest first; the rest of `OUTCOMES` are side outcomes
RUNG_WORDS = {
    "strike": "Russia strikes",
    "casualties": "soldiers hit",
    "retaliation": "France retaliates",
    "war": "NATO–Russia war",
    "nuclear": "nuclear use",
}

_MOST_OF_A_SCREEN = 480  # characters of a finding: six lines

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
    """Return what a run finds: its headline, and what is left of it at equal exposure, without a full stop."""
    return ". ".join(filter(None, (headline(result), upper(at_equal_exposure(result)))))


def run_finding(result: Result) -> str:
    """Return what a run finds, and what to know before it is quoted, without a full stop.

    What the notes say too is left to them where a first screen has no room for it.
    """
    found = ". ".join(filter(None, (ladder_finding(result), empty_sites(result))))
    whole = ". ".join(filter(None, (found, resolute_folds(result))))
    return whole if len(speaker(result.naming)(whole)) <= _MOST_OF_A_SCREEN else found


def empty_sites(result: Result) -> str:
    """Return how often a strike that finds nobody pays, though nobody is sent; empty if seldom, or if all send some."""
    quiet = [{"rule_out": "ruling out"}.get(each, each) for each in result.stances if each not in result.struck]
    share = max((kept["share"] for kept in result.empty_site.values()), default=0.0)
    if share <= STANDING_LIMIT or not quiet:
        return ""
    draws = "all draws" if share == 1 else f"{frequency(share)} draws"
    return f"In {draws} striking an empty site pays; the 0 of {listed(quiet)} omits that"


def resolute_folds(result: Result) -> str:
    """Return how often even a resolute France folds after a hit, and strikes where it stands; empty if seldom."""
    folds = [result.labels[f"{FOLDS}.{stance}"] for stance in result.struck]
    strikes = [result.standing[stance]["strike"] for stance in result.struck]
    if max(folds, default=0.0) <= STANDING_LIMIT or None in strikes or not any(strikes):
        return ""
    shares, base = listed(counts(folds)), base_of(strikes)
    standing = f"{listed(counts(strikes, base))}{'' if base == 100 else f' of {base:,}'}"
    return f"In {shares} of 100 draws even a resolute France folds; where it stands, strikes are {standing}"


def headline(result: Result) -> str:
    """Return in how many crises Russia strikes and hits under each stance with a target, without a full stop."""
    told = {stance: result.doctrine[stance] for stance in result.struck}
    strikes, hits = ([each[rung]["mean"] for each in told.values()] for rung in ("strike", "casualties"))
    if not any(strikes):
        return "Russia never strikes, whichever stance France is held to"
    base = base_of(strikes)
    errors = [half_width(each[rung]["se"]) for each in told.values() for rung in ("strike", "casualties")]
    roughly = "about " if max(errors) * base >= 1 else ""
    named = [f"{count} ({stance})" for stance, count in zip(told, counts(hits, base), strict=True)]
    found = f"{roughly}{listed(named)} of {base:,} crises, and strikes in {listed(counts(strikes, base))}"
    return f"If its worst case is {WORST[result.worst_case]}, Russia hits French soldiers in {found}"


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
    said = {reading: listed(counts(told, base)) for reading, told in strikes.items()}
    first = said.pop(result.worst_case)
    exposed = "with trainers equally exposed it" if len(result.struck) > 1 else "it"
    also = "".join(f"; if its worst case is {WORST[other]}, in {each}" for other, each in said.items())
    return f"{exposed} strikes in {first} of {base:,}{also}"


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
