"""What is somebody told who plays? In the words of the reference case; whoever shows it translates."""

from __future__ import annotations

from collections.abc import Sequence

from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES
from sim.play import scoring
from sim.play.endings import costs_after_hit
from sim.play.rounds import HOLD, STRIKE, Round
from sim.play.worlds import World
from sim.telling.answer import NONE
from sim.telling.english import upper
from sim.telling.numbers import payoff, percent
from sim.telling.vocabulary import does

_PLAYS = {"russia": "Russia", "france": "France"}
_YARDSTICK = {"russia": "humiliating France is worth to you", "france": "folding costs your standing"}
_RULES = {
    "russia": "You see what France says, and hold or strike. What a strike is worth to you is an average over all that "
    "chance may bring, and counts how little you trust your own estimate.",
    "france": "You know your own nerve, take a stance and see what Russia does; once hit, you fold or stand.",
}


def opening(role: str, rounds: int, seed: int) -> str:
    """Return what is said before the first round."""
    many = f"{rounds} rounds" if rounds > 1 else "one round"
    other = _PLAYS["france" if role == "russia" else "russia"]
    return (
        f"You are {_PLAYS[role]}, for {many} with seed {seed}. Each is another crisis that the scenario finds "
        f"credible, against a {other} that plays its equilibrium, in which each side does what is best against the "
        f"other. {_RULES[role]} Scores are in your own yardstick: 1 is what {_YARDSTICK[role]}."
    )


def seen_by_russia(world: World, signal: str) -> str:
    """Return what Russia sees before it acts."""
    who = f"You are {_a(world.opponent)} Russia"
    if signal not in world.struck:
        return f"{who}. France {does(signal)}: nobody is there to be struck, and you hold."
    lines = scoring.russian_lines(world, signal)
    bluffing, resolute = (payoff(float(lines[STRIKE][t])) for t in range(len(SENDER_TYPES)))
    exposed = world.of(signal, "deployment") * world.of(signal, "pinpoint")
    worth = f"{bluffing} if France is bluffing and {resolute} if it is resolute"
    return (
        f"{who}; before any signal you take France for resolute with {percent(world.prior)}. France {does(signal)}: a "
        f"strike would hit soldiers with {percent(exposed)}. It is worth "
        f"{worth if bluffing != resolute else f'{resolute} to you, whichever type France is'}; "
        f"holding is worth {payoff(float(lines[HOLD][0]))}."
    )


def seen_by_france(world: World) -> str:
    """Return what France knows before it speaks."""
    return (
        f"You are {_a(world.france)} France. Russia believes you resolute with {percent(world.prior)} before you "
        f"speak, and is an opportunist one with {percent(float(world.russia[1]))}. Below: what a stance is worth to "
        "you if Russia holds or strikes, how often a strike hits, and at which belief that you are resolute a cautious "
        "or an opportunist one strikes."
    )


def stances_of_france(world: World) -> list[tuple[str, ...]]:
    """Return a row a stance: its worth if Russia holds and strikes, how often it hits, when each type strikes."""
    rows: list[tuple[str, ...]] = [("", "it holds", "it strikes", "hits", *RECEIVER_TYPES)]
    for m, stance in enumerate(world.stances):
        held, struck = (payoff(float(each)) for each in world.sender[SENDER_TYPES.index(world.france), m])
        if stance not in world.struck:
            rows.append((stance, held, *[NONE] * 4))
            continue
        exposed = percent(world.of(stance, "deployment") * world.of(stance, "pinpoint"))
        spans = [scoring.span(scoring.russian_lines(world, stance, kind), STRIKE) for kind in RECEIVER_TYPES]
        rows.append((stance, held, struck, exposed, *map(_when, spans)))
    return rows


def _when(span: scoring.Span) -> str:
    """Return at which beliefs Russia strikes."""
    if span.empty or span.whole:
        return "never" if span.empty else "always"
    return f"under {percent(span.high)}" if span.low <= 0 else f"over {percent(span.low)}"


def seen_after_hit(world: World, stance: str) -> str:
    """Return what France knows once its soldiers are hit."""
    fold, stand = costs_after_hit(world, stance, world.france)
    return (
        f"{_believing(world, stance)}, strikes and hits your soldiers. Folding costs you {payoff(fold)}; standing "
        f"costs {payoff(stand)} on average, for allies back you with "
        f"{percent(world.of(stance, 'ally_backing'))} and war may come."
    )


def _believing(world: World, stance: str) -> str:
    """Return what a Russia makes of a stance."""
    belief = float(world.belief[world.stances.index(stance)])
    return f"{upper(_a(world.opponent))} Russia takes you for resolute with {percent(belief) if belief else '0 %'}"


def ended(last: Round) -> str:
    """Return what happened in a round, once all is known."""
    russian = last.role == "russia"
    if not last.decided:
        return f"It was {_a(last.world.france)} France."
    other = _believing(last.world, last.signal)
    end, by = last.end, "You strike" if russian else f"{other} and strikes"
    if not end.strike:
        said = "You hold" if russian else f"{other} and holds"
        if last.signal in last.world.struck:
            said += f"; trainers were {'' if end.present else 'not '}in Ukraine"
    elif not end.hit:
        said = (
            f"{by}{' and miss' if russian else ', but misses'} the trainers" if end.present else f"{by} an empty site"
        )
    else:
        said = _after_hit(last, by)
    return f"{said}.{f' It was {_a(last.world.france)} France.' if russian else ''}"


def _after_hit(last: Round, by: str) -> str:
    """Return what came of a hit."""
    end, russian = last.end, last.role == "russia"
    allies = "backed by its allies" if end.backed else "without its allies"
    if not russian:
        allies, by = allies.replace("its", "your"), ""
    who = f"{by} and hit soldiers; France {'stands' if end.stands else 'folds'}" if russian else f"You {last.answer}"
    if not end.stands:
        return f"{who}, {allies}"
    rung = "nuclear weapons are used" if end.nuclear else "a NATO–Russia war follows" if end.war else "it stays a clash"
    return f"{who}, {allies}, and {rung}"


def scored(played: Sequence[Round]) -> str:
    """Return what the last round scored, and all of them so far."""
    last = played[-1]
    got = f"You get {payoff(last.payoff)}."
    if not last.decided:
        return got
    yours, theirs = (sum(values) for values in zip(*((each.worth, each.best_worth) for each in played), strict=True))
    choice = f"Your choice is worth {payoff(last.worth)} on average"
    alike = last.choice in last.best and last.worth >= last.best_worth - 1e-9
    reply = (
        f"{choice}, and none is better."
        if alike
        else f"{choice}, the best reply{_reply(last)} {payoff(last.best_worth)}."
    )
    return f"{got} {reply} So far {payoff(yours)} against {payoff(theirs)}."


def _reply(last: Round) -> str:
    """Return the better choice in brackets, or nothing if the answer to a hit was the fault."""
    return "" if last.choice in last.best else f" ({' or '.join(_named(each) for each in last.best)})"


def _named(choice: str) -> str:
    """Return a choice as what somebody does."""
    return choice if choice in ACTIONS else does(choice, many=True)


def _a(kind: str) -> str:
    """Return a type with its article."""
    return f"{'an' if kind == 'opportunist' else 'a'} {kind}"
