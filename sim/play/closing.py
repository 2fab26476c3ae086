"""What is said once all rounds are played? The score, and which belief the choices imply."""

from __future__ import annotations

from collections.abc import Sequence

from sim.play import scoring
from sim.play.rounds import STAND, STRIKE, Round
from sim.telling.english import listed
from sim.telling.numbers import payoff, percent
from sim.telling.vocabulary import does

NOTICED = 0.005  # a loss that shows in a score of two decimals


def closing(played: Sequence[Round], role: str) -> list[str]:
    """Return what is said at the end, a paragraph each."""
    if not played:
        return ["No round was played."]
    decided = [each for each in played if each.decided]
    said = [_score(played)]
    if not decided:
        return [*said, "There was nothing to decide: no belief shows."]
    right = sum(each.choice in each.best for each in decided)
    said[0] += f" In {right} of {_rounds(len(decided))} with something to decide you chose as the equilibrium does."
    return [*said, *(_of_russia(decided) if role == "russia" else _of_france(decided))]


def dearest(played: Sequence[Round]) -> Round | None:
    """Return the round that cost most on average, if any cost what a score of two decimals shows."""
    found = max(played, key=_cost, default=None)
    return found if found and _cost(found) >= NOTICED else None


def _score(played: Sequence[Round]) -> str:
    """Return what all rounds scored, beside the best replies."""
    got, yours, theirs = (sum(getattr(each, name) for each in played) for name in ("payoff", "worth", "best_worth"))
    dear = dearest(played)
    gap = f"you gave up {payoff(theirs - yours)}, most in round {_number(dear)}" if dear else "nobody could do better"
    return (
        f"{_counted(len(played)).capitalize()}: you got {payoff(got)} as the dice fell. On average your choices are "
        f"worth {payoff(yours)}, the best replies of the equilibrium {payoff(theirs)}: {gap}."
    )


def _cost(played: Round) -> float:
    """Return what a round cost on average."""
    return played.best_worth - played.worth


def _of_russia(decided: Sequence[Round]) -> list[str]:
    """Return by signal what a Russia believes that acts so."""
    said = []
    for signal in dict.fromkeys(each.signal for each in decided):
        own = [each for each in decided if each.signal == signal]
        struck = sum(each.choice == STRIKE for each in own)
        believed = [float(each.world.belief[each.world.stances.index(signal)]) for each in own]
        acts = f"strike in {struck or 'none'} of them" if len(own) > 1 else own[0].choice
        start = f"France {does(signal)} in {_counted(len(own))}, and you {acts}."
        implied = _implied(own, "a Russia", "believes France resolute")
        said.append(f"{start} {implied} In equilibrium Russia takes France for resolute with {_range(believed)}.")
    return said


def _of_france(decided: Sequence[Round]) -> list[str]:
    """Return what a France believes that speaks so, and how it answered hits."""
    taken = {stance: sum(each.choice == stance for each in decided) for stance in decided[0].world.stances}
    own = listed([f"{does(stance, many=True)} in {number}" for stance, number in taken.items() if number])
    implied = _implied(decided, "a France", "takes Russia for an opportunist one")
    truth = f"In truth Russia is the opportunist with {_range([float(each.world.russia[1]) for each in decided])}."
    said = [f"Of {_rounds(len(decided))} you {own}. {implied} {truth}"]
    asked = [each for each in decided if each.answer]
    wrong = sum((each.answer == STAND) != scoring.stands_by_itself(each.world, each.signal) for each in asked)
    if asked:
        answers = f"in {wrong}" if wrong else "never"
        said.append(f"You were hit in {_counted(len(asked))}, and took the dearer answer {answers}.")
    return said


def _implied(rounds: Sequence[Round], who: str, belief: str) -> str:
    """Return the beliefs at which all choices of some rounds are the best ones, in words."""
    without = [_number(each) for each in rounds if each.fits.empty]
    fitting = [each for each in rounds if not each.fits.empty]
    both = scoring.Span()
    for each in fitting:
        both = both.shared(each.fits)
    which = listed([str(number) for number in without]) if without else ""
    aside = f"In round{'s' * (len(without) > 1)} {which} no belief makes your choice the best."
    those = "The other choices" if without else "Your choices"
    if not fitting:
        return aside
    if both.whole:
        said = f"{those} are right at any belief."
    elif both.empty:
        least, most = max(fitting, key=lambda each: each.fits.low), min(fitting, key=lambda each: each.fits.high)
        said = (
            f"{those} fit no one belief: that of round {_number(most)} needs one under {percent(most.fits.high)}, that "
            f"of round {_number(least)} one over {percent(least.fits.low)}."
        )
    else:
        said = f"{those} are those of {who} that {belief} with {_between(both)}."
    return f"{said} {aside}" if without else said


def _between(span: scoring.Span) -> str:
    """Return an interval of beliefs in words."""
    if span.low <= 0:
        return f"less than {percent(span.high)}"
    return f"more than {percent(span.low)}" if span.high >= 1 else _range([span.low, span.high])


def _number(played: Round) -> int:
    """Return which round it was, from 1."""
    return played.world.number + 1


def _rounds(count: int) -> str:
    """Return a number of rounds in figures."""
    return f"{count} round{'s' * (count != 1)}"


def _counted(count: int) -> str:
    """Return a number of rounds in words."""
    return _rounds(count) if count != 1 else "one round"


def _range(values: Sequence[float]) -> str:
    """Return the smallest and the largest of some probabilities."""
    low, high = percent(min(values)), percent(max(values))
    return low if low == high else f"{low} to {high}"
