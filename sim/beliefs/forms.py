"""Which distribution does a form of the scenario file stand for?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from scipy.special import ndtri

from sim.beliefs import scales
from sim.beliefs.distributions import Distribution, Family, Stated
from sim.beliefs.fitting import beta_with_quantiles
from sim.crisis.parameters import Kind, Parameter
from sim.telling.faults import comma_hint, mistyped, suggestion

# The unit is one humiliation: beside a payoff of more than a million of them the differences that decide would be lost
# in the tolerance for ties.
LARGEST_NUMBER = 1e6
DEFAULT_MASS = 0.90  # of an `interval` that states none: people's lows and highs are 5 and 95 % values
MASS_RANGE = (0.10, 0.999)  # allowed masses of an interval; outside, two numbers say next to nothing about the shape
SHAPE_RANGE = (0.01, 1e9)  # allowed parameters of a Beta; outside, floating-point numbers lose it
LARGEST_GSD = 1e4  # largest geometric standard deviation: 5 and 95 % values fifteen powers of ten apart


class FormError(ValueError):
    """A form that cannot be what it claims: which key (and which of its numbers), what is wrong, the fix, others."""

    others: tuple[FormError, ...] = ()

    def __init__(self, message: str, hint: str, *place: str | int) -> None:
        super().__init__(message)
        self.message, self.hint, self.place = message, hint, place


@dataclass(frozen=True)
class _Form:
    """A form being read: the parameter it is for, its key, its numbers if any, and all that is given."""

    parameter: Parameter
    key: str
    numbers: tuple[float, ...]
    given: Mapping[str, Stated]

    def fault(self, rule: str, fact: str, hint: str, *, item: int | None = None) -> FormError:
        """Return the fault "name must rule; fact"."""
        place = (self.key,) if item is None else (self.key, item)
        return FormError(f"{self.parameter.name} must {rule}; {fact}", hint, *place)


def distribution(parameter: Parameter, form: str, given: Mapping[str, Stated]) -> Distribution:
    """Return the distribution that a form means for a parameter."""
    if form not in FORMS_OF_KIND[parameter.kind]:
        allowed = ", ".join(FORMS_OF_KIND[parameter.kind])
        only = " (likelihood is for probabilities only)" if form == "likelihood" else ""
        message = f"{parameter.name} must have a form that suits a {parameter.kind}; it has {form}{only}"
        raise FormError(message, f"allowed: {allowed}", form)
    own = given[form]
    numbers = own if isinstance(own, tuple) else () if isinstance(own, str) else (own,)
    if form in NUMBERS and len(numbers) != len(NUMBERS[form]):
        message = f"{parameter.name} must have {form} = [{', '.join(NUMBERS[form])}]; it lists {len(numbers)} numbers"
        raise FormError(message, comma_hint(numbers, len(NUMBERS[form]), signed=parameter.low < 0), form)
    family, fitted = ABOUT[form].read(_Form(parameter, form, numbers, given))
    return Distribution(((form, own), *((key, each) for key, each in given.items() if key != form)), family, fitted)


_Fitted = tuple[Family, tuple[float, ...]]


def _value(form: _Form) -> _Fitted:
    """Read a certain number."""
    _check_bounds(form, form.numbers)
    return "point", form.numbers


def _interval(form: _Form) -> _Fitted:
    """Fit the family of the parameter's kind to two quantiles."""
    _check_bounds(form, form.numbers)
    _check_order(form)
    low, high = form.numbers
    mass = cast(float, form.given.get("mass", DEFAULT_MASS))
    if not MASS_RANGE[0] <= mass <= MASS_RANGE[1]:
        rule = f"have an interval with a mass of {MASS_RANGE[0]} to {MASS_RANGE[1]}"
        message = f"{form.parameter.name} must {rule}; its mass is {mass:.12g}"
        raise FormError(message, "mass is the probability inside, 0.9 if left out", "mass")
    tail = (1 - mass) / 2
    if form.parameter.kind == "value":
        return "normal", ((low + high) / 2, (high - low) / float(-2 * ndtri(tail)))
    if form.parameter.kind == "cost":
        return _lognormal_interval(form, float(-2 * ndtri(tail)))
    for item, (number, end, inside) in enumerate(((low, 0, 0.001), (high, 1, 0.999))):
        if number == end:
            hint = f"write {inside}, or uniform = [low, high] or pert = [low, mode, high] for hard limits"
            fact = f"its {NUMBERS['interval'][item]} is {end}"
            raise form.fault("have an interval strictly inside 0 and 1", fact, hint, item=item)
    return "beta", (*_fitted_beta(form, low, high, tail), 0.0, 1.0)


def _lognormal_interval(form: _Form, width: float) -> _Fitted:
    """Fit a log-normal to two quantiles that are `width` normal scores apart."""
    low, high = form.numbers
    if low <= 0:
        hint = "write a small low such as 0.01, or pert = [low, mode, high] if it can be 0"
        raise form.fault("have an interval with a low above 0", f"its low is {low:.12g}", hint, item=0)
    gsd = math.exp(min(math.log(high / low) / width, 100.0))
    if gsd > LARGEST_GSD:
        raise form.fault("have an interval of a usable width", "its ends are too far apart", "bring the ends closer")
    return "lognormal", (math.sqrt(low) * math.sqrt(high), gsd)


def _fitted_beta(form: _Form, low: float, high: float, tail: float) -> tuple[float, float]:
    """Fit a Beta to two quantiles."""
    shape = beta_with_quantiles(low, high, tail)
    if shape is None or not all(SHAPE_RANGE[0] <= each <= SHAPE_RANGE[1] for each in shape):
        hint = "write value = number if it is that certain, or uniform or pert for hard limits"
        raise form.fault("have an interval that a Beta can fit", "its ends are too close or too extreme", hint)
    return shape


def _stretched(form: _Form) -> _Fitted:
    """Read uniform, triangular and pert; the last is a Beta stretched over [low, high], its mode weighted by 4."""
    _check_bounds(form, form.numbers)
    _check_order(form)
    if form.key == "uniform":
        return "uniform", form.numbers
    low, mode, high = form.numbers
    if not low <= mode <= high:
        fact = f"its mode {mode:.12g} lies outside {low:.12g} to {high:.12g}"
        raise form.fault(
            f"have {form.key} = [low, mode, high] in that order", fact, "put the mode in the middle", item=1
        )
    if form.key == "triangular":
        return "triangular", form.numbers
    share = (mode - low) / (high - low)
    return "beta", (1 + 4 * share, 5 - 4 * share, low, high)


def _beta(form: _Form) -> _Fitted:
    """Read the two parameters of a Beta."""
    for item, (name, number) in enumerate(zip(("a", "b"), form.numbers, strict=True)):
        if not SHAPE_RANGE[0] <= number <= SHAPE_RANGE[1]:
            rule = f"have beta = [a, b] of {SHAPE_RANGE[0]:g} to {SHAPE_RANGE[1]:g}"
            raise form.fault(rule, f"its {name} is {number:.12g}", "beta = [2, 5] has mean 2 / 7", item=item)
    return "beta", (*form.numbers, 0.0, 1.0)


def _lognormal(form: _Form) -> _Fitted:
    """Read a median and a geometric standard deviation."""
    median, gsd = form.numbers
    _check_bounds(form, (median,))
    if median == 0:
        raise form.fault("have a lognormal with a median above 0", "its median is 0", "write value = 0", item=0)
    if not 1 < gsd <= LARGEST_GSD:
        hint = "1.5 puts two thirds of the probability within a factor of 1.5 of the median"
        rule = f"have a geometric standard deviation above 1 and at most {LARGEST_GSD:g}"
        raise form.fault(rule, f"its gsd is {gsd:.12g}", hint, item=1)
    return "lognormal", form.numbers


def _normal(form: _Form) -> _Fitted:
    """Read a mean and a standard deviation."""
    _check_bounds(form, form.numbers)
    if form.numbers[1] <= 0:
        fact = f"its sd is {form.numbers[1]:.12g}"
        raise form.fault("have a standard deviation above 0", fact, "write value = number if it is certain", item=1)
    return "normal", form.numbers


def _likelihood(form: _Form) -> _Fitted:
    """Read a word on a published scale: the Beta with the confidence's mass inside the word's band."""
    word, scale = str(form.given["likelihood"]), str(form.given.get("scale", scales.DEFAULT_SCALE))
    confidence = str(form.given.get("confidence", scales.DEFAULT_CONFIDENCE))
    faults = [
        FormError(f"{form.parameter.name} has the unknown {key} {chosen!r}", suggestion(chosen, tuple(known)), key)
        for key, chosen, known in (("scale", scale, scales.SCALES), ("confidence", confidence, scales.CONFIDENCE))
        if chosen not in known
    ]
    band = scales.band(scale, word) if scale in scales.SCALES else None
    if band is None and scale in scales.SCALES:
        faults.append(_unknown_word(form, scale, word))
    if band is None or faults:
        faults[0].others = tuple(faults[1:])
        raise faults[0]
    tail = (1 - scales.CONFIDENCE[confidence]) / 2
    return "beta", (*_fitted_beta(form, *band, tail), 0.0, 1.0)


def _unknown_word(form: _Form, scale: str, word: str) -> FormError:
    """Say why a word names no band, and which words do."""
    elsewhere = [name for name in scales.SCALES if scales.band(name, word)]
    listed = ", ".join(label.split(" / ")[0] for label in scales.SCALES[scale])
    if scales.plain(word) in scales.WITHOUT_BAND:
        message = f"{word!r} names no band: it says that something can happen, not how likely it is"
        return FormError(message, f"write interval = [low, high], or a word of {scale}: {listed}", form.key)
    # A slip is one only if it cannot be a slip in a word of any other scale.
    meant = mistyped(word, sorted({known for name in scales.SCALES for known in scales.words(name)}))
    near = f"did you mean {meant!r}?" if meant in scales.words(scale) else f"words of {scale}: {listed}"
    hint = f'add scale = "{elsewhere[0]}"' if elsewhere else near
    return FormError(f"{word[:60]!r} is not on the scale {scale}", hint, form.key)


def _check_bounds(form: _Form, numbers: Sequence[float]) -> None:
    """Check that numbers lie where the parameter may."""
    low, high = max(form.parameter.low, -LARGEST_NUMBER), min(form.parameter.high, LARGEST_NUMBER)
    for item, number in enumerate(numbers):
        if low <= number <= high:
            continue
        rule = "lie in [0, 1]" if high == 1 else f"be at least {low:g}" if number < low else f"be at most {high:g}"
        labels = NUMBERS.get(form.key)
        fact = f"its {labels[item]} is {number:.12g}" if labels else f"it is {number:.12g}"
        hint = f"a {form.parameter.kind} is at most 1" if number > high == 1 else ""
        hint = f"for {number:.12g} % write {number / 100:.12g}" if high == 1 and 2 <= number <= 100 else hint
        raise form.fault(rule, fact, hint, item=item if labels else None)


def _check_order(form: _Form) -> None:
    """Check that the low is below the high."""
    low, high = form.numbers[0], form.numbers[-1]
    if low < high:
        return
    if low == high:
        fact = f"both are {low:.12g}"
        raise form.fault(
            f"have {form.key} with a low below its high", fact, f"write value = {low:.12g} if it is certain"
        )
    fact = f"its low is {low:.12g} and its high {high:.12g}"
    raise form.fault(f"have {form.key} with a low below its high", fact, "swap them")


@dataclass(frozen=True)
class About:
    """What there is to know of a form: how it is read, the kinds of parameter that it suits, its list, what it says."""

    read: Callable[[_Form], _Fitted]
    suits: tuple[Kind, ...]
    said: str  # in an editor
    numbers: tuple[str, ...] = ()  # that it lists; where the first is no low, they are those of a family
    within: tuple[float, float] | None = None  # where they may lie, if not where the parameter may


_EVERY: tuple[Kind, ...] = get_args(Kind)
_SHARES: tuple[Kind, ...] = ("probability", "weight")

ABOUT = {
    "value": About(_value, _EVERY, "Certain."),
    "likelihood": About(_likelihood, ("probability",), "A word of probability, read on a scale."),
    "interval": About(
        _interval,
        _EVERY,
        "5 % of your belief lies below low, 5 % above high (mass states another share inside).",
        ("low", "high"),
    ),
    "pert": About(_stretched, _EVERY, "Hard ends and a most likely value.", ("low", "mode", "high")),
    "uniform": About(_stretched, _EVERY, "Hard ends, nothing known between them.", ("low", "high")),
    "triangular": About(
        _stretched, _EVERY, "Hard ends and a most likely value, with straight sides.", ("low", "mode", "high")
    ),
    "beta": About(_beta, _SHARES, "Counted cases: Beta(a, b).", ("a", "b"), SHAPE_RANGE),
    "lognormal": About(
        _lognormal,
        ("cost",),
        "A cost: its median, and the factor either way that holds two thirds.",
        ("median", "gsd"),
        (0, math.inf),
    ),
    "normal": About(_normal, ("value",), "Mean and standard deviation.", ("mean", "sd"), (-math.inf, math.inf)),
}
"""Every form, in the order of the manual; all that depends on which there are is made of this table."""

FORMS = tuple(ABOUT)
NUMBERS = {form: each.numbers for form, each in ABOUT.items() if each.numbers}  # of the forms that list numbers
FORMS_OF_KIND: dict[Kind, tuple[str, ...]] = {  # those whose support suits each kind of parameter
    kind: tuple(form for form, each in ABOUT.items() if kind in each.suits) for kind in _EVERY
}
