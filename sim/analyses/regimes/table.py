"""Which tables does a regime map fill? The regimes, the baseline among them, and the beliefs that stop Russia."""

from __future__ import annotations

from itertools import chain

from sim.analyses.regimes import words
from sim.analyses.regimes.kinds import Regime
from sim.analyses.regimes.regime_map import RegimeMap
from sim.crisis.parameters import BELIEF, RECEIVER_TYPES, label
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.english import listed
from sim.telling.numbers import frequency, half_width, percent, points
from sim.telling.vocabulary import WORST

_FIRST_ROWS = 5  # kinds of play on a first screen


def answer(found: RegimeMap) -> Answer:
    """Return what a map says, for `sim.telling.rendering.in_terminal` or `in_html`."""

    def figures() -> list[Figure]:
        from sim.analyses.regimes.figure import figures

        return figures(found)

    beliefs = [_beliefs(found)] if found.scenario.stances.struck else []
    panels = [_which(found), _tips(found), *beliefs, *([_others(found)] if found.others else [])]
    title, stamp = found.scenario.title, words.map_provenance(found)
    told = " ".join([f"{words.regimes_finding(found)}.", *words.otherwise(found)[:1]]).removesuffix(".")
    data, naming, first = found.to_dict(), found.scenario.naming, _brief(found)
    return Answer("sweep", title, stamp, panels, _notes(found), data, told, first, figures, naming=naming)


def _brief(found: RegimeMap) -> Table:
    """Return the first table of all: the kinds of play that fill the map."""
    kinds = list(zip(found.regimes, found.shares.tolist(), strict=True))
    rows = [
        (words.france_of(regime) + " *" * (regime == found.baseline), words.russia_of(regime), percent(share))
        for regime, share in kinds[:_FIRST_ROWS]
    ]
    left = f" {len(kinds) - len(rows)} more kinds of play fill the rest." * (len(kinds) > len(rows))
    what = "most often at the central values" if found.draws else "at the central values (medians)"
    return Table(
        "",
        f"Map of {label(found.x.name)} ({words.plain(found.x.low)} to {words.plain(found.x.high)}) and "
        f"{label(found.y.name)} ({words.plain(found.y.low)} to {words.plain(found.y.high)}). * holds {what}. A "
        f"share of the map is no probability.{left}",
        ("France", "Russia", "of the map"),
        rows,
    )


def _notes(found: RegimeMap) -> list[str]:
    """Return what to bear in mind."""
    rest = (
        "The others are drawn, the same draws at each node."
        if found.draws
        else "The others stay at their medians; elsewhere the borders lie elsewhere, as --over draws shows."
    )
    said = [
        f"A slice: the map moves two of {len(found.scenario.parameters)} parameters. {rest}",
        "Neither the baseline nor any place is a forecast, and an area of the map is no probability: it depends on the "
        "ranges of the axes.",
        "Which regime holds depends on the refinement and on the rule that selects among equilibria "
        f"(here: {words.played(found)}); a border may be where the selection changes, not where an equilibrium ends.",
    ]
    sent = {stance for regime in found.regimes for stance in regime.sent}
    if empty := [name for name in found.scenario.names if name in sent and name not in found.scenario.stances.struck]:
        after = listed(empty)
        said.append(f"After {after} nobody is there to be struck, by construction: not a finding that it is safe.")
    if found.question.play.concept == "quantal":
        said.append("In quantal play everything happens now and then: a regime says what each type does most often.")
    if found.draws:
        said.append(
            f"Numerical error of a share of draws: {points(half_width(found.error))} percentage points at most (95 %). "
            "The most frequent regime can hold in far fewer than half of the draws. Borders lie where two shares are "
            "equal and move with the draws, far where the shares are close: another --seed shows how far."
        )
        if found.scenario.correlation:
            said.append("A parameter on an axis is set by hand; correlated ones are drawn as if it were not.")
    return said


def _which(found: RegimeMap) -> Table:
    """Return the table of regimes."""
    asked = found.question.outcome
    rows: list[tuple[str, ...]] = []
    for index, (regime, share) in enumerate(zip(found.regimes, found.shares.tolist(), strict=True)):
        mark = "*" * (regime == found.baseline)
        inside = found.outcome[found.borders.labels == index].tolist()
        ends = [_from_to(min(inside), max(inside))] if asked else []
        rows.append((f"{index + 1}{mark}", words.france_of(regime), words.russia_of(regime), percent(share), *ends))
    across = f"{found.x.name} from {words.plain(found.x.low)} to {words.plain(found.x.high)}"
    up = f"{found.y.name} from {words.plain(found.y.low)} to {words.plain(found.y.high)}"
    if found.draws:
        often = words.of_draws(found.baseline_share)
        what = f"The most frequent regime at each node. * holds most often at the baseline, in {often}."
    else:
        what = "Who sends what, and who strikes after what is sent. * holds at the baseline, the medians."
    outcome = f" P({asked}): {words.outcome_told(found)}, from its least to its most." if asked else ""
    return Table(
        "Which kinds of play are on this map?",
        f"{across}; {up}.\n{what}{outcome}",
        ("regime", "France", "Russia", "of the map", *([f"P({asked})"] if asked else [])),
        rows,
    )


def _others(found: RegimeMap) -> Table:
    """Return the shares of the map in its own reading and in the others, side by side."""
    maps, asked = (found, *found.others), found.question.outcome
    regimes = dict.fromkeys(chain.from_iterable(each.regimes for each in maps))
    rows = [
        (f"{words.france_of(each)}\n{words.russia_of(each)}", *(_share(found, each) for found in maps))
        for each in regimes
    ]
    if asked:
        rows.append((f"P({asked})", *(_from_to(each.outcome.min(), each.outcome.max()) for each in maps)))
    last = [f"\n{each.question.play.last_move} last move" * (found.question.play.concept == "quantal") for each in maps]
    said = " ".join(words.otherwise(found))
    return Table(
        "And in the other reading of the worst case?",
        f"The worst case of a Russia that distrusts its estimate: {WORST['type']} (type) or {WORST['outcome']} "
        "(outcome). First the reading above; shares of the map. * "
        f"{'most frequent ' * bool(found.draws)}at the baseline.\n{said}",
        ("kind of play", *(f"{each.scenario.worst_case}{move}" for each, move in zip(maps, last, strict=True))),
        rows,
    )


def _share(found: RegimeMap, regime: Regime) -> str:
    """Return the share of a map that a regime has, marked if it holds at the baseline."""
    shares = dict(zip(found.regimes, found.shares.tolist(), strict=True))
    return f"{percent(shares[regime])}{' *' * (regime == found.baseline)}" if regime in shares else NONE


def _from_to(least: float, most: float) -> str:
    """Return a range of probabilities as counts of cases."""
    low, high = frequency(least), frequency(most)
    return low if low == high else f"{low} –\n{high}"


def _tips(found: RegimeMap) -> Table:
    """Return the table of borders."""
    number = {regime: f"regime {index}" for index, regime in enumerate(found.regimes, start=1)}
    rows: list[tuple[str, ...]] = []
    for axis in (found.x, found.y):
        cells = dict.fromkeys(("lower", "higher"), NONE)
        for each in found.tippings:
            if each.parameter == axis.name and each.at is not None and each.regime is not None:
                beyond = number.get(each.regime, words.regime_told(each.regime))
                start, end = words.told_apart(axis.baseline, each.at)
                moved = f"any {each.direction}" if words.on_a_border(found, each) else f"{start} → {end}"
                cells[each.direction] = f"{moved}\n{beyond}"
        rows.append(
            (f"{axis.name}\n{axis.parameter.meaning}", words.plain(axis.baseline), cells["lower"], cells["higher"])
        )
    off = (
        "" if words.on_the_map(found) else " The baseline lies off the map; what it could tip into there is not shown."
    )
    return Table(
        "How far is the baseline from a border?",
        "One parameter moved alone, the other at its median: the value at which the regime changes, and to which. "
        f"{NONE} no change on that side of the map.{off}",
        ("parameter", "baseline", "tips below", "tips above"),
        rows,
    )


def _beliefs(found: RegimeMap) -> Table:
    """Return the table of break-even beliefs."""
    beliefs = found.beliefs
    rows: list[tuple[str, ...]] = []
    for kind in RECEIVER_TYPES:
        cells = []
        for by in beliefs.values():
            each = by[kind]
            at = words.plain(each.belief) if each.belief is not None else ""
            cells.append(f"{each.strikes} {at}".strip())
        rows.append((f"{kind} Russia strikes", *cells))
    medians = found.scenario.medians()
    believed = BELIEF if BELIEF in medians else "prior.resolute"
    return Table(
        "At which belief does Russia stop striking?",
        "Probability that France is resolute at which strike and hold are worth the same, at central values. Held to "
        f"a stance, France is believed resolute with {believed}, here {words.plain(medians[believed])}.",
        ("", *(f"after {stance}" for stance in beliefs)),
        rows,
    )
