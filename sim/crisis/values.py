"""Are these numbers a crisis? Defaults, broadcasting and the checks at the boundary, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sim.crisis.parameters import BASELINE, Parameter, Stances
from sim.games.game import LARGEST_PAYOFF, Floats

LARGEST_VALUE = LARGEST_PAYOFF / 10
"""Parameters beyond this size are refused: a payoff adds up fewer than ten of them, so every payoff is legal."""

TIE_TOLERANCE = 1e-12
"""Payoffs closer than this, relative to their size, are equal: thousands of times what rounding does to them, and far
less than any number in a scenario means."""


class Checked(dict[str, Floats]):
    """The parameters of n games, each a vector that has passed the check: whoever shares them need not check again."""

    def __init__(self, parameters: Mapping[str, Floats]) -> None:
        super().__init__(parameters)
        self.kept: dict[Any, Any] = {}  # what was worked out from them, for others who ask for the same


def checked(parameters: Mapping[str, ArrayLike], stances: Stances = BASELINE) -> Checked:
    """Return parameters as vectors, so that several games of them cost one check."""
    return parameters if isinstance(parameters, Checked) else Checked(parameter_values(parameters, stances)[0])


def parameter_values(
    parameters: Mapping[str, ArrayLike], stances: Stances = BASELINE
) -> tuple[dict[str, Floats], tuple[int, ...]]:
    """Return every parameter of the model as a vector (n,), checked, and the batch shape."""
    if isinstance(parameters, Checked):
        return parameters, parameters["prior.resolute"].shape
    known = stances.by_name
    _check_names(parameters, known)
    given = {}
    for name, each in known.items():
        source = each.follows if each.follows and name not in parameters else name
        given[name] = _checked(each, parameters.get(source, each.default))
    batch = _batch_shape(given)
    shape = batch or (1,)  # to spread what has it already takes as long as all the checks
    return {name: each if each.shape == shape else np.broadcast_to(each, shape) for name, each in given.items()}, batch


def _check_names(names: Iterable[str], known: Mapping[str, Parameter]) -> None:
    """Refuse names that are not in the list, and say which of the list are missing."""
    given = set(names)
    if unknown := sorted(given - known.keys()):
        near = get_close_matches(unknown[0], known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise ValueError(f"parameters must be names of the model; unknown: {', '.join(unknown)}{hint}")
    missing = [each.name for each in known.values() if each.default is None and each.follows is None]
    if missing := [name for name in missing if name not in given]:
        raise ValueError(f"parameters must give every name without a default; missing: {', '.join(missing)}")


def _checked(parameter: Parameter, values: ArrayLike | None) -> Floats:
    """Return a scalar or a vector of floats within the parameter's bounds, or say which value is not."""
    name, low, high = parameter.name, max(parameter.low, -LARGEST_VALUE), min(parameter.high, LARGEST_VALUE)
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise ValueError(f"{name} must be a number or a vector of numbers; {fault}") from fault
    if array.ndim > 1 or array.size == 0:
        raise ValueError(f"{name} must be a number or a vector of numbers; its shape is {array.shape}")
    if not (array.min() >= low and array.max() <= high):  # NaN fails both
        first = int(np.argmin((array >= low) & (array <= high)))
        place = f"{name}[{first}]" if array.ndim else name
        raise ValueError(f"{name} must lie in [{low:g}, {high:g}]; {place} has {array.flat[first]}")
    return array


def _batch_shape(given: dict[str, Floats]) -> tuple[int, ...]:
    """Return () or (n,), the one length that all vectors share."""
    vectors = {name: array.shape for name, array in given.items() if array.ndim}
    if not vectors:
        return ()
    first, batch = next(iter(vectors.items()))
    for name, shape in vectors.items():
        if shape != batch:
            raise ValueError(f"{name} must have the length of {first}, {batch[0]}; it has {shape[0]}")
    return batch
