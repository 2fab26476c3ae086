"""Does each number of the model push the way that theory says, where theory says one? The table of docs/model.md.

One parameter rises and all others stay; France is held to a stance, so that the comparison is one of decisions and not
of equilibria. Where the page says "open", two crises show both signs. Deliberate breaks that turned these red: the
price of an attack added instead of taken off; relief granted to folding.
"""

from __future__ import annotations

import numpy as np
import pytest
from crisis_tree import random_crises
from places import DOCS
from some_crises import by_hand

from sim.crisis.ladder import doctrine
from sim.crisis.payoffs import chances, crisis
from sim.crisis.terms import READINGS, WorstCase
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.game import Floats

COUNT = 4000
STANCE, SIGNAL = "commit", 2
PAGE = (DOCS / "model.md").read_text(encoding="utf-8")
BOUND = {"probability": 1.0, "weight": 1.0}


def rows() -> dict[str, tuple[str, str]]:
    """Return what the page says by parameter: what a rise does to a stand, and to a strike."""
    body = PAGE.split("| what rises | France stands | Russia strikes |")[1].split("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in body]
    return {name.strip("`"): (stands, strikes) for names, stands, strikes, *_ in cells for name in names.split(", ")}


SIGNS = rows()
FELT: dict[str, tuple[str, str]] = {name.replace(".S.", f".{STANCE}."): signs for name, signs in SIGNS.items()}


def sound(seed: int) -> dict[str, Floats]:
    """Draw crises in which the labels hold, war is dearer than a clash, and a strike at nobody costs something."""
    crises = random_crises(COUNT, seed=seed, belief=True)
    for cost in ("fight_cost", "war_cost"):
        low, high = (crises[f"france.{cost}.{kind}"].copy() for kind in ("resolute", "bluffing"))
        crises[f"france.{cost}.resolute"], crises[f"france.{cost}.bluffing"] = (
            np.minimum(low, high),
            np.maximum(low, high),
        )
    for kind in ("resolute", "bluffing"):
        crises[f"france.war_cost.{kind}"] = crises[f"france.war_cost.{kind}"] + crises[f"france.fight_cost.{kind}"]
    for kind in ("cautious", "opportunist"):
        crises[f"russia.war_cost.{kind}"] = crises[f"russia.war_cost.{kind}"] + crises["russia.retaliation_cost"]
    crises["russia.failed_strike_cost"] = 0.2 * np.abs(crises["russia.failed_strike_cost"])
    return crises


def raised(crises: dict[str, Floats], name: str) -> dict[str, Floats]:
    """Return the same crises with one parameter higher, within its bounds."""
    up = np.random.default_rng(1).random(COUNT)
    is_share = crises[name].max() <= 1 and crises[name].min() >= 0
    return crises | {name: crises[name] + up * (1 - crises[name]) if is_share else crises[name] + 2 * up}


def moved(crises: dict[str, Floats], name: str, reading: WorstCase) -> tuple[Floats, Floats]:
    """Return what a rise does in each crisis to who stands (t, n) and who strikes (k, n): -1, 0 or 1."""
    stands, strikes = [], []
    for each in (crises, raised(crises, name)):
        game, after = crisis(each, worst_case=reading)
        stands.append(after.stands[:, :, SIGNAL].T.astype(float))
        strikes.append(doctrine(game, after, STANCE)[1].T.astype(float))
    return stands[1] - stands[0], strikes[1] - strikes[0]


def agrees(sign: str, change: Floats) -> bool:
    """Return whether changes have the sign that the page states, and show it."""
    if sign == "no":
        return not np.any(change)
    if sign == "open":
        return bool(np.any(change > 0) and np.any(change < 0))
    way = {"more": 1, "less": -1}[sign]
    return bool(np.all(way * change >= 0) and np.any(change))


@pytest.mark.parametrize("name", FELT)
def test_a_rise_does_what_the_page_says(name: str) -> None:
    stands, strikes = moved(sound(60), name, "type")
    assert agrees(FELT[name][0], stands), "stand"
    assert agrees(FELT[name][1], strikes), "strike"


def test_the_page_has_every_parameter_that_could_matter() -> None:
    said = set(SIGNS)
    assert {"france.backing_relief", "russia.attack_cost", "russia.backing_cost", "belief.resolute"} <= said
    assert {"signal.S.ally_backing", "signal.S.audience_cost", "signal.S.pinpoint", "signal.S.deployment"} <= said


@pytest.mark.parametrize(
    "name", ["russia.attack_cost", "russia.backing_cost", "russia.failed_strike_cost", "russia.division_gain"]
)
def test_prices_and_prizes_keep_their_sign_in_the_other_reading(name: str) -> None:
    assert agrees(FELT[name][1], moved(sound(61), name, "outcome")[1])


def test_backing_deters_where_it_does_not_entrap() -> None:
    # The same risk of war, backed or not: help, lost division and the allies' answer all point one way.
    crises = sound(62)
    crises["escalation.war_if_backed"] = crises["escalation.war_if_alone"]
    for reading in READINGS:
        stands, strikes = moved(crises, "signal.commit.ally_backing", reading)
        assert agrees("more", stands)
        assert agrees("less", strikes) or reading == "outcome"
        assert np.all(strikes <= 0)


def test_backing_that_only_raises_the_risk_of_war_unmans_france_and_invites() -> None:
    crises = sound(63) | {name: np.zeros(COUNT) for name in ("france.backing_relief", "russia.backing_cost")}
    crises |= {"russia.division_gain": np.zeros(COUNT), "escalation.war_if_backed": np.ones(COUNT)}
    stands, strikes = moved(crises, "signal.commit.ally_backing", "type")
    assert agrees("less", stands)
    assert np.any(strikes > 0)  # who would have stood folds: entrapment seen from the other side


def test_more_exposure_deters_a_russia_that_gains_by_hitting_an_empty_site() -> None:
    # It strikes where it hits nobody, so only what a hit brings can hold it back.
    crises = sound(64)
    crises["russia.failed_strike_cost"] = -crises["russia.failed_strike_cost"]
    assert agrees("less", moved(crises, "signal.commit.pinpoint", "type")[1])


def test_the_truth_moves_neither_but_what_follows() -> None:
    crises = sound(65)
    low, high = crises | {"prior.resolute": np.zeros(COUNT)}, crises | {"prior.resolute": np.ones(COUNT)}
    ladders = [doctrine(*crisis(each), STANCE) for each in (low, high)]
    np.testing.assert_array_equal(ladders[0][1], ladders[1][1])
    assert np.all(ladders[1][0].outcomes["retaliation"] >= ladders[0][0].outcomes["retaliation"])


# In equilibrium play, at the point that is worked by hand: the closed forms of the deterrence game.


def mixing(**changes: float) -> tuple[float, float]:
    """Return how often the bluffer commits and how often it is struck then, in the semi-separating equilibrium."""
    crises = by_hand() | {name.replace("__", "."): value for name, value in changes.items()}
    found = perfect_bayesian(game := crisis(crises)[0])
    (row,) = np.flatnonzero(found.family == "semi_separating")
    strike = game.receiver_prior @ found.response[row, :, SIGNAL, 1]
    return float(found.strategy[row, 0, SIGNAL]), float(strike)


def test_tied_hands_lower_the_strike_rate_and_not_the_rate_of_bluffs() -> None:
    (bluff, strike), (same, fewer) = mixing(), mixing(signal__commit__audience_cost=0.9)
    assert same == pytest.approx(bluff, abs=1e-12)
    assert fewer == pytest.approx(0.13 / (0.1 + 0.5 * 1.9), abs=1e-12)
    assert fewer < strike


def test_a_price_of_the_attack_makes_bluffs_cheaper_and_leaves_the_strike_rate() -> None:
    (bluff, strike), (more, same) = mixing(), mixing(russia__attack_cost=0.15)
    assert same == pytest.approx(strike, abs=1e-12)
    assert more > bluff


def test_the_example_by_hand_has_one_type_that_stands() -> None:
    assert chances(by_hand()).stands[:, SIGNAL].tolist() == [False, True]
