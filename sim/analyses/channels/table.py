"""What does the split of a step say, in a terminal or a notebook? Its parts, and how much the order matters."""

from __future__ import annotations

from sim.analyses.channels.result import Channels, Estimate
from sim.analyses.channels.shapley import MEASURES
from sim.analyses.channels.words import PAYOFF, by_size, finding, notes, reason
from sim.montecarlo.beside import EXPOSURES
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.numbers import half_width, payoff, percent, points
from sim.telling.vocabulary import EVENTS

_ALWAYS_SHOWN = ("strike", "casualties", "retaliation", "war", "nuclear", PAYOFF)


def answer(result: Channels) -> Answer:
    """Return the split as an answer for a terminal or a notebook."""

    def figures() -> list[Figure]:
        from sim.analyses.channels.figure import figures

        return figures(result)

    tables = [_asked(result), _both_readings(result), _all_measures(result)]
    found, said = f"{finding(result)}. {beside(result).removesuffix('.')}", notes(result)
    stamp, data, naming, first = result.stamp(), result.to_dict(), result.naming, _brief(result)
    return Answer("channels", result.title, stamp, tables, said, data, found, first, figures, naming=naming)


def _brief(result: Channels) -> Table:
    """Return the first table of all: what each thing that changes adds."""
    step, measure = result.step, result.outcome
    rows = [
        (reason(result, name), signed(step.parts[name], measure), margin(step.parts[name], measure))
        for name in by_size(result)
    ]
    unit = "units of what folding costs France" if measure == PAYOFF else "crises of 100"
    return Table(
        "",
        f"In {unit}: what each of the seven things adds that change with the stance, averaged over all orders in which "
        "they could; ±: numerical error. A split of what the model says, and no finding about causes in the world.",
        (f"from {result.start} to {result.end}", "adds", "±"),
        [*rows, ("all seven", signed(step.total, measure), margin(step.total, measure))],
    )


def signed(estimate: Estimate, measure: str) -> str:
    """Return a part with its sign: in percentage points, as exact as its error allows, or in units of payoff."""
    if measure == PAYOFF:
        text = payoff(abs(estimate.mean))
    else:
        text = percent(abs(estimate.mean), error=half_width(estimate.se)).removesuffix(" %")
    sign = "" if not float(text) else "+" if estimate.mean > 0 else "−"
    return sign + text


def margin(estimate: Estimate, measure: str) -> str:
    """Return the half-width of a part's 95 % interval, in the unit of `signed`."""
    width = half_width(estimate.se)
    return points(width / 100 if measure == PAYOFF else width)


def beside(result: Channels) -> str:
    """Return the whole step in both readings of the worst case, and at equal exposure, in one sentence."""
    told = {
        exposure: [signed(by[exposure][result.outcome].total, result.outcome) for by in result.readings.values()]
        for exposure in next(iter(result.readings.values()))
    }
    types, endings = told["as_stated"]
    said = f"All in all {types} with the worst case over France’s types (type), {endings} over all endings (outcome)"
    if equal := told.get("equal_exposure"):
        said += f"; at equal exposure {equal[0]} and {equal[1]}"
    return f"{said}."


def _asked(result: Channels) -> Table:
    """Return the parts of the measure that was asked about."""
    step, measure = result.step, result.outcome
    told = payoff if measure == PAYOFF else percent
    rows = [
        (
            f"{name}\n{reason(result, name)}",
            " → ".join(NONE if level is None else payoff(level) for level in result.levels[name]),
            signed(step.parts[name], measure),
            margin(step.parts[name], measure),
            signed(step.first[name], measure),
            signed(step.last[name], measure),
        )
        for name in by_size(result)
    ]
    total = ("all seven", "", signed(step.total, measure), margin(step.total, measure), NONE, NONE)
    unit = "units of the humiliation of folding" if measure == PAYOFF else "percentage points"
    thing = "France’s payoff" if measure == PAYOFF else EVENTS[measure]
    return Table(
        f"What makes the difference between {result.start} and {result.end} to {thing}?",
        f"{finding(result)}.\n{beside(result)}\n"
        f"From {told(step.before.mean)} under {result.start} to {told(step.after.mean)} under {result.end}, in {unit}. "
        "Part: what the channel adds, averaged over all orders in which the seven could change; parts add up. ±: "
        "half-width of its 95 % interval, from the finite number of draws. First, last: what it does if it changes "
        "before, or after, all others; these do not add up.",
        ("channel", "parameter,\nmean", "part", "±", "first", "last"),
        [*rows, total],
    )


def _both_readings(result: Channels) -> Table:
    """Return the same split in both readings of the worst case, as stated and at equal exposure, side by side."""
    measure, exposures = result.outcome, [each for each in EXPOSURES if each in result.readings[result.worst_case]]
    kinds = [(reading, exposure) for exposure in exposures for reading in result.readings]
    steps = [result.readings[reading][exposure][measure] for reading, exposure in kinds]
    heads = [
        f"{reading}{' *' * (reading == result.worst_case)}{chr(10) + 'equal exp.' if exposure != exposures[0] else ''}"
        for reading, exposure in kinds
    ]
    rows = [
        (result.start, *(_level_of(step.before, measure) for step in steps)),
        *((name, *(signed(step.parts[name], measure) for step in steps)) for name in by_size(result)),
        ("all seven", *(signed(step.total, measure) for step in steps)),
        (result.end, *(_level_of(step.after, measure) for step in steps)),
    ]
    equal = (
        f" Equal exposure: both stances take deployment and pinpoint of {result.reference}, draw by draw, so that only "
        "the other channels act."
    ) * (len(exposures) > 1)
    return Table(
        "And in the other reading of the worst case?",
        "A Russia that distrusts its estimate weighs the worst and the best case: over France’s types, each taken by "
        "its expectation (type), or over all endings, whatever their chances (outcome). * the scenario’s own reading."
        f"{equal}",
        ("channel", *heads),
        rows,
    )


def _all_measures(result: Channels) -> Table:
    """Return the parts of all measures side by side."""
    asked = [measure for measure in MEASURES if measure in (*_ALWAYS_SHOWN, result.outcome)]
    rows = [
        (name, *(signed(result.steps[measure].parts[name], measure) for measure in asked)) for name in by_size(result)
    ]
    total = ("all seven", *(signed(result.steps[measure].total, measure) for measure in asked))
    ends = [
        (stance, *(_level_of(getattr(result.steps[measure], place), measure) for measure in asked))
        for stance, place in ((result.start, "before"), (result.end, "after"))
    ]
    return Table(
        "And to the other measures?",
        f"The same mixed stances, the worst case read as {result.worst_case}: percentage points of the chance of "
        "getting at least so far; France’s payoff in units of the humiliation of folding. Digits that the numerical "
        "error makes worthless are left out.",
        ("channel", *(measure.replace("_", "\n") for measure in asked)),
        [ends[0], *rows, total, ends[1]],
    )


def _level_of(estimate: Estimate, measure: str) -> str:
    """Return a measure at one end."""
    if measure == PAYOFF:
        return payoff(estimate.mean)
    return percent(estimate.mean, error=half_width(estimate.se))
