"""What do both sides believe after the history that a scenario states? One function for every command that draws."""

from __future__ import annotations

from sim.crisis.history import after_holding
from sim.games.game import Floats
from sim.study.scenario import Scenario


def with_history(
    parameters: dict[str, Floats], scenario: Scenario, *, held: int | None = None, rationality: float = 5.0
) -> dict[str, Floats]:
    """Return the parameters of each draw as they are after the scenario's history.

    Only `prior.opportunist` changes, draw by draw, by `sim.crisis.history.after_holding`.

    Parameters
    ----------
    parameters : dict of str to ndarray of shape (n,)
        From `sim.study.draws.parameter_blocks`.
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

    Examples
    --------
    >>> from sim.study.draws import parameter_blocks
    >>> from sim.study.scenario import load_scenario
    >>> scenario = load_scenario("macron-2024")
    >>> _, drawn = next(parameter_blocks(scenario, 1024, 0))
    >>> before, after = (with_history(drawn, scenario, held=n)["prior.opportunist"].mean() for n in (0, 5))
    >>> bool(after < before)
    True
    """
    count, stance = scenario.history
    count = count if held is None else held
    if not count:
        return parameters
    return after_holding(parameters, count, stance=stance, rationality=rationality, worst_case=scenario.worst_case)
