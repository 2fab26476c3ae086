"""How do the figures of a campaign become files? PNG, SVG and CSV of the survival curves and of the belief fans."""

from __future__ import annotations

from sim.crisis.ladder import OUTCOMES
from sim.show.campaign_words import (
    BELIEF_HEADS,
    FANS,
    belief_fans_alt_text,
    belief_finding,
    survival_alt_text,
    survival_finding,
)
from sim.show.drawing.belief_fans import belief_fans
from sim.show.drawing.files import figure_files
from sim.show.drawing.survival import survival
from sim.study.campaign import Campaign


def campaign_files(result: Campaign) -> dict[str, bytes]:
    """Return both figures of a campaign as files.

    Parameters
    ----------
    result : Campaign
        From `sim.campaign`.

    Returns
    -------
    dict of str to bytes
        survival and belief_fans, each as .png, .svg and .csv; the tables also hold the side outcomes and the errors.

    Examples
    --------
    >>> import sim
    >>> sorted(campaign_files(sim.campaign(sim.load_scenario("macron-2024"), draws=16)))[:3]
    ['belief_fans.csv', 'belief_fans.png', 'belief_fans.svg']
    """
    months = range(result.plan.months + 1)
    fields = ("mean", "se", *FANS, "sure")
    curves = figure_files(
        "survival",
        lambda axes: survival(result, ax=axes),
        finding=survival_finding(result),
        alt_text=survival_alt_text(result),
        header=("outcome", "month", "not_yet", "se"),
        rows=[(name, m, result.survival[name][m], result.survival_se[name][m]) for name in OUTCOMES for m in months],
    )
    fans = figure_files(
        "belief_fans",
        lambda axes: belief_fans(result, ax=axes),
        finding=belief_finding(result),
        alt_text=belief_fans_alt_text(result),
        header=("belief", "month", *fields),
        rows=[(name, m, *(result.belief[name][field][m] for field in fields)) for name in BELIEF_HEADS for m in months],
    )
    return curves | fans
