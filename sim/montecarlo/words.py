"""What does a run show, in plain sentences? Its finding, the ladder in words, warnings of names that mislead."""

from __future__ import annotations

from sim.crisis.labels import FOLDS
from sim.crisis.ladder import OUTCOMES
from sim.montecarlo.result import Result
from sim.montecarlo.summary import ORDER_LIMIT, STANDING_LIMIT
from sim.telling.english import upper
from sim.telling.numbers import frequency, half_width, percent, times
from sim.telling.vocabulary import EVENTS, UNDER

RUNGS = OUTCOMES[:5]
"""The rungs of the ladder, lowest first; the rest of `OUTCOMES` are side outcomes."""

SMALL_ERROR = 0.15
"""Numerical error, relative to its mean, that a dot of the figures hides."""

_COMPARED = ("ambiguous", "commit")
_RANKED = ("strike", "casualties", "retaliation", "war")
_LABELS_LOST = {
    "fight_cost": "fighting costs a resolute France more than a bluffing one (france.fight_cost)",
    "france_war_cost": "war costs a resolute France more than a bluffing one (france.war_cost)",
    "war_cost": "war costs an opportunist Russia more than a cautious one (russia.war_cost)",
}


def label_warnings(result: Result) -> list[str]:
    """Return a warning for each name of a type that loses its meaning too often.

    That is where costs of two types come in the wrong order in more than 1 % of draws, or even a resolute France folds
    in more than 10 %.
    """
    orders = [(result.labels[label], meaning) for label, meaning in _LABELS_LOST.items()]
    said = [f"in {percent(share)} of draws {meaning}" for share, meaning in orders if share > ORDER_LIMIT]
    for stance in result.struck:
        if (share := result.labels[f"{FOLDS}.{stance}"]) > STANDING_LIMIT:
            said.append(f"in {percent(share)} of draws even a resolute France folds after a hit under {stance}")
    return said


def ladder_finding(result: Result) -> str:
    """Return what the ladder of a run shows, in one sentence: which of the two stances carries the greater danger.

    It speaks of war, or of the highest rung below that either stance reaches, and calls stances alike if their
    difference is within the numerical error.

    Examples
    --------
    >>> import sim
    >>> ladder_finding(sim.run(sim.load_scenario("macron-2024"), draws=16384)).partition(":")[0]
    'A NATO–Russia war is 6 times as likely if France commits as if it stays ambiguous'
    """
    stances = {stance: result.doctrine[stance] for stance in _COMPARED}
    reached = [rung for rung in _RANKED if any(figures[rung]["mean"] > 0 for figures in stances.values())]
    if not reached:
        return "Russia never strikes, whichever stance France is held to"
    event = EVENTS[reached[-1]]
    less, more = sorted(stances, key=lambda stance: stances[stance][reached[-1]]["mean"])
    low, high = (stances[stance][reached[-1]] for stance in (less, more))
    if low["mean"] == 0:
        return f"{upper(event)} follows {UNDER[more]} ({frequency(high['mean'])}), and never {_it(less)}"
    if high["mean"] - low["mean"] <= half_width(low["se"] + high["se"]):
        return f"{upper(event)} is as likely {UNDER[more]} as {_it(less)}, as far as these draws can tell"
    against = f"{frequency(high['mean'])} against {frequency(low['mean'])}"
    if half_width(low["se"]) / low["mean"] + half_width(high["se"]) / high["mean"] > SMALL_ERROR:
        return f"{upper(event)} is likelier {UNDER[more]} than {_it(less)}: about {against}"
    return f"{upper(event)} is {times(high['mean'] / low['mean'])} as likely {UNDER[more]} as {_it(less)}: {against}"


def exactness(result: Result) -> str:
    """Return how large the numerical error of the doctrines' rungs is, as the caption of a figure with dots."""
    figures = [result.doctrine[stance][rung] for stance in _COMPARED for rung in RUNGS]
    worst = max((half_width(each["se"]) / each["mean"] for each in figures if each["mean"] > 0), default=0.0)
    if worst <= SMALL_ERROR:
        return "numerical error is smaller than the dots"
    size = f"up to ± {100 * worst:.0f} % of a mean" if worst < 1 else "as large as some means"
    return f"numerical error is {size}"


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
    >>> ladder_alt_text(sim.run(sim.load_scenario("macron-2024"), draws=1024))[-65:]
    'Under rule_out every rung is zero by construction; not a finding.'
    """
    said = [f"{ladder_finding(result)}.", "Line chart of the probability of getting at least so far, on a log scale."]
    for stance in _COMPARED:
        rungs = ", ".join(f"{rung} {frequency(result.doctrine[stance][rung]['mean'])}" for rung in RUNGS)
        said.append(f"Under {stance}: {rungs}.")
    return " ".join([*said, "Under rule_out every rung is zero by construction; not a finding."])


def _it(stance: str) -> str:
    """Return the condition on a stance where France has been named before."""
    return UNDER[stance].replace("France", "it")
