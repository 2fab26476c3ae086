"""What must a reader of a comparison know? How the draws were asked for, what differs, what went wrong with play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.crisis.parameters import label
from sim.crisis.play import Play
from sim.draws.tally import Tally
from sim.scenario.scenario import Scenario
from sim.telling.english import listed, rounded_up
from sim.telling.names import speaker, stance_label

_MOST_DIFFERING = 3  # numbers that two scenarios believe to be otherwise, told by name


def caveats(play: Play) -> dict[str, str]:
    """Return what can go wrong with play in a draw, in words, by the quantity that says how often it does."""
    if play.concept == "quantal":
        return {"failed": "the branch of quantal response could not be followed so far; its end is used"}
    return {
        f"no_survivor.{play.refinement}": f"no equilibrium survives {play.refinement}; all of them then count",
        "degenerate": "payoffs tie and equilibria can be continua; members are used",
    }


def played(play: Play, levels: Sequence[Tally]) -> list[str]:
    """Return how the crisis is played where France chooses, and what went wrong with that."""
    how = f"in equilibrium: refinement {play.refinement}, rule of selection {play.select}"
    if play.concept == "quantal":
        last = "never errs once it is hit" if play.last_move == "exact" else "may err once it is hit too"
        how = f"logit quantal response with rationality {play.rationality:g}, in which France {last}"
    shares = {what: max(level.mean(name) for level in levels) for name, what in caveats(play).items()}
    wrong = [f"In up to {100 * share:.2f} % of a scenario's draws {what}." for what, share in shares.items() if share]
    return [f"Where France chooses, play is {how}.", *wrong]


def asked_of(first: Scenario, draws: int | None, seed: int | None, *, total: int) -> list[str]:
    """Return where the number of draws and the seed come from."""
    given = first.draws if draws is None else draws
    own = [name for name, option in (("number of draws", draws), ("seed", seed)) if option is None]
    said = [f"From {first.name}, for all scenarios: the {' and the '.join(own)}."] if own else []
    return said + rounded_up(given, total)


def differing(one: Scenario, other: Scenario) -> str:
    """Return which numbers are believed to be otherwise in another scenario, in plain words; of many the first.

    >>> from sim.scenario.scenario import load_scenario
    >>> differing(load_scenario("macron-2024"), load_scenario("bluff-seen"))
    "1 number differs: Russia's belief that France is resolute"
    """
    called = {name: stance_label(each.called, name) for each in (one, other) for name in each.names}
    changed = [name for name in {**one.entries, **other.entries} if _believed(one, name) != _believed(other, name)]
    stances: dict[str, list[str]] = {}
    for name in changed:
        what, between, stance = label(name, called).partition(" (")
        stances.setdefault(what, []).extend([stance.removesuffix(")")] if between else [])
    told = [f"{what} ({', '.join(held)})" if held else what for what, held in stances.items()]
    shown = [*told[:_MOST_DIFFERING], *["and others"] * (len(told) > _MOST_DIFFERING)]
    besides = {
        "how numbers are tied": (one.correlation, one.voices) != (other.correlation, other.voices),
        "what Russia's worst case is": one.worst_case != other.worst_case,
        "which stances there are": one.names != other.names,
    }
    also = "".join(f"; also: {what}" for what, differs in besides.items() if differs)
    said = "1 number differs" if len(changed) == 1 else f"{len(changed) or 'no'} numbers differ"
    return speaker(other.naming)(f"{said}{': ' * bool(shown)}{'; '.join(shown)}{also}")


def _believed(scenario: Scenario, name: str) -> object:
    """Return what a scenario believes of a number, if it has it."""
    entry = scenario.entries.get(name)
    return entry and entry.distribution


def notes(scenarios: Mapping[str, Scenario]) -> list[str]:
    """Return what a reader must know to read the figures, in whole sentences."""
    kinds = {scenario.worst_case for scenario in scenarios.values()}
    listed = ", ".join(f"{label}: {scenario.worst_case}" for label, scenario in scenarios.items())
    differ = f"The scenarios differ in what Russia's worst case runs over ({listed})."
    endings = (
        "Where worst and best cases run over a fixed list of endings, whatever their chances, Russia may strike where "
        "it cannot hit anybody: read casualties, not strikes."
    )
    return [
        *([differ] if len(kinds) > 1 else []),
        *([endings] if "outcome" in kinds else []),
        "All scenarios see the same draws, so a difference has an error of its own, which those of the means do not "
        "give.",
        "A range of differences runs over draws, one world each: it says how differently the change works in them, not "
        "how exact the mean is.",
        *_of_stances(scenarios),
        "Probabilities are per encounter: one signal, one decision. They are conclusions from the scenarios' "
        "assumptions, not forecasts.",
    ]


def _of_stances(scenarios: Mapping[str, Scenario]) -> list[str]:
    """Return which stances only some scenarios have, and where zeros hold by construction."""
    said = []
    for name in dict.fromkeys(name for scenario in scenarios.values() for name in scenario.names):
        having = {label: scenario for label, scenario in scenarios.items() if name in scenario.names}
        empty = [label for label, scenario in having.items() if name not in scenario.stances.struck]
        if len(having) < len(scenarios):
            verb = "has" if len(having) == 1 else "have"
            said.append(f"Only {listed(list(having))} {verb} the stance {name}: compared is what two scenarios share.")
        if len(empty) == len(having):
            told = "every rung is zero by construction in every scenario: no finding, and no difference."
            said.append(f"Under {name} {told}")
        elif empty:
            said.append(f"Under {name} nobody can be hit in {listed(empty)}: every rung is zero there by construction.")
    return said
