"""What do stories of a crisis and of a game of a file share? Equilibria one by one, their check, which one counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sim.solve.named_rows import EXACT
from sim.solve.words.verdicts import SURE, Cast, overview, support, verdicts, wrapped
from sim.telling.english import listed, upper
from sim.telling.numbers import payoff, percent

Said = dict[str, Any]  # a solution, or an equilibrium of one, as `SolvedGame.to_dict` gives it


def equilibria_told(solved: Said, worth: str, sentences: Callable[[Said], list[str]], *, counts: str) -> list[str]:
    """Return a table of all equilibria, then each in sentences; `counts` marks one that counts beside others."""
    ruled_out = [kind for kind, chance in solved["prior"].items() if chance == 0]
    found = [each | {"ruled_out": ruled_out} for each in solved["equilibria"]]
    weights, quantal = solved["weights"], solved["quantal"]
    count = "One equilibrium." if len(found) == 1 else f"{len(found)} equilibria."
    parts = [] if quantal else [count, "", overview(found, weights, [each[worth] for each in found])]
    for number, (each, weight) in enumerate(zip(found, weights, strict=True), start=1):
        mark = f"  [{'selected' if weight > 1 - SURE else counts.format(percent(weight))}]" * bool(weight)
        parts.append("\nQUANTAL RESPONSE" if quantal else f"\nEQUILIBRIUM {number}: {each['family']}{mark}")
        parts += [wrapped(sentence) for sentence in sentences(each)]
    return parts


def play_told(equilibrium: Said, family: str, cast: Cast) -> list[str]:
    """Return what kind of play an equilibrium is, and what each type of the sender does in it."""
    said, ruled_out = [f"{family}."], equilibrium.get("ruled_out", ())
    if len(equilibrium["strategy"]) - len(ruled_out) == 1 < len(equilibrium["strategy"]) and "survives" in equilibrium:
        said = [f"{upper(cast.receiver)} is sure of the type from the start: no signal tells it anything."]
    for kind, strategy in equilibrium["strategy"].items():
        rare = f", which {cast.receiver} rules out," * (kind in ruled_out)
        said.append(f"{upper(cast.sender_type.format(kind))}{rare} {choice(strategy)}.")
    return said


def borne_out(equilibrium: Said, cast: Cast, sender: str) -> list[str]:
    """Return which refinements an equilibrium survives, and what anybody could gain by deviating."""
    erring = (sender, cast.receiver) if equilibrium["family"] == "quantal" else None
    return [*verdicts(equilibrium, cast), certified(equilibrium["certificate"], players=erring)]


def after(equilibrium: Said, signal: str, cast: Cast, *, unsent: str, held: str = "", idle: str = "") -> str:
    """Return what the receiver believes and does after a signal, sent or not.

    `unsent` goes on from "Nobody sends it;", `held` is the belief, with what stands between it and the answer; `idle`
    is said in place of both where there is no choice.
    """
    sent = equilibrium["sent"][signal] > SURE
    ruled_out = sent and signal in equilibrium.get("supported_by", {})  # by a belief that misjudges the sender
    opening = f"After {signal}" if sent else f"Nobody sends {signal}; {unsent}"
    opening += f", which {cast.receiver} rules out," if ruled_out else ""
    if idle:
        return f"{opening} {idle}."
    thought = f"{cast.receiver} {'believes' if sent else 'would believe'} {held}"
    answer = cast.answers({kind: acts[signal] for kind, acts in equilibrium["response"].items()})
    needed = support(equilibrium, signal, cast) if ruled_out or not sent else ""
    return f"{opening} {thought} {answer}. {needed}".rstrip()


def choice(strategy: dict[str, float]) -> str:
    """Return what a type sends, such as always commit."""
    sent = {stance: share for stance, share in strategy.items() if share > SURE}
    return f"always sends {next(iter(sent))}" if len(sent) == 1 else f"sends {shared(sent)}"


def shared(chances: dict[str, float], pattern: str = "{}") -> str:
    """Return what is done, or believed, and how likely each is."""
    return listed([f"{pattern.format(name)} with {percent(share)}" for name, share in chances.items()])


def certified(gains: dict[str, float], *, players: Sequence[str] | None = None) -> str:
    """Return the certificate: what could be gained by deviating."""
    most = max(0.0, gains["sender_gain"], gains["receiver_gain"])
    if players and gains["bayes_error"] < EXACT:
        costs = [payoff(max(0.0, gains[f"{role}_gain"])) for role in ("sender", "receiver")]
        return (
            f"What erring costs at most, against a best reply and in a type's own yardstick: {costs[0]} for "
            f"{players[0]}, {costs[1]} for {players[1]}; beliefs follow Bayes' rule."
        )
    if all(gain < EXACT for gain in gains.values()):  # a gain that is no number is a failure
        return (
            "Checked: no type of either player gains anything by deviating, and beliefs follow Bayes' rule "
            f"(largest gain {_tiny(most)}, largest error {_tiny(gains['bayes_error'])})."
        )
    return f"CHECK FAILED: a type gains {most:.2g} by deviating; error in Bayes' rule {gains['bayes_error']:.2g}."


def of_quantal(quantal: Said, sender: str, receiver: str, remark: str = "") -> str:
    """Return what quantal play is, and whether it was found."""
    reach = quantal["rationality_times_range"]
    ended = " The branch could not be followed so far; its end is told." if quantal["failed"] else ""
    return (
        f"Logit quantal response with rationality {quantal['rationality']:g} on the principal branch: players err "
        f"more, the less is at stake. Rationality times payoff range is {reach['sender']:.1f} for {sender} and "
        f"{reach['receiver']:.1f} for {receiver}{remark}.{ended}"
    )


def of_selection(solved: Said, why: str, unrefined: str = "") -> str:
    """Return which equilibrium counts and why, and what refinement is applied; `unrefined` says what none means."""
    number, refinement = solved["selected"] + 1, solved["refinement"]
    said = f"Equilibrium {number} is selected because {why}."
    if solved["select"] == "uniform":
        said = "All admitted equilibria count alike (uniform)."
    if refinement == "none":
        return f"{said} No refinement is applied{unrefined}."
    if solved["no_survivor"]:
        return f"{said} The refinement {refinement} would discard every equilibrium here; all are admitted."
    return f"{said} Only equilibria that survive the refinement {refinement} are admitted."


def _tiny(number: float) -> str:
    """Return the size of a rounding error."""
    return f"{number:.0e}" if number else "0"
