"""What do both sides believe after the history that a scenario states? One function for every command that draws."""

from __future__ import annotations

import numpy as np

from sim.crisis.history import after_holding
from sim.games.game import Floats
from sim.study.scenario import Scenario

RATIONALITY = 5.0
"""Λ of Russia's choice in past encounters, unless another is asked for: that of quantal play everywhere here."""


def with_history(
    parameters: dict[str, Floats], scenario: Scenario, *, held: int | None = None, rationality: float = RATIONALITY
) -> dict[str, Floats]:
    """Return the parameters of each draw as they are after the scenario's history.

    Only `prior.opportunist` changes, draw by draw, by `sim.crisis.history.after_holding`.

    Parameters
    ----------
    parameters : dict of str to ndarray of shape (n,)
        Values before the history.
    scenario : Scenario
        With its history: how often Russia held, and under which stance.
    held : int, optional
        How often it held, in place of what the scenario says.
    rationality : float
        Λ of Russia's choice in those encounters.

    Returns
    -------
    dict of str to ndarray of shape (n,)
        The very same arrays where there is no history.

    Raises
    ------
    ValueError
        If `held` or `rationality` is negative.

    Examples
    --------
    >>> from sim.study.scenario import load_scenario
    >>> scenario = load_scenario("macron-2024")
    >>> drawn = {name: np.array([value]) for name, value in scenario.medians().items()}
    >>> before, after = (with_history(drawn, scenario, held=n)["prior.opportunist"].mean() for n in (0, 5))
    >>> bool(after < before)
    True
    """
    count, stance = scenario.history
    count = count if held is None else held
    if not count:
        return parameters
    return after_holding(parameters, count, stance=stance, rationality=rationality, worst_case=scenario.worst_case)


def central(scenario: Scenario) -> dict[str, float]:
    """Return the median of every parameter, after the history that the scenario states.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`.

    Returns
    -------
    dict of str to float
        By parameter name; without a history the very medians.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from sim.study.scenario import load_scenario
    >>> scenario = load_scenario("macron-2024")
    >>> [round(central(replace(scenario, history=(n, "ambiguous")))["prior.opportunist"], 3) for n in (0, 5)]
    [0.236, 0.066]
    """
    medians = scenario.medians()
    if not scenario.history[0]:
        return medians
    values = with_history({name: np.array([value]) for name, value in medians.items()}, scenario)
    return {name: value.item() for name, value in values.items()}
