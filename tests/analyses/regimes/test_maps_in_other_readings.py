"""Is the map beside a map the one that its scenario gives in the other reading, and by the other last move?

Deliberate breaks that turned a test red: the other map made of the scenario itself; the last move left as it is.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from other_scenarios import other

import sim
from sim.analyses.regimes.figure import figures
from sim.analyses.regimes.many_points import Question
from sim.analyses.regimes.regime_map import RegimeMap
from sim.analyses.regimes.table import answer
from sim.analyses.regimes.words import regimes_finding, strikes_told
from sim.crisis.play import Play
from sim.telling.numbers import percent

SCENARIO = sim.load_scenario("macron-2024")
FLIPPED = replace(SCENARIO, worst_case="outcome")
QUANTAL = Question(Play(concept="quantal"), outcome="strike")


@cache
def central() -> RegimeMap:
    """Return a map at central values."""
    return sim.sweep(SCENARIO, grid=16)


@cache
def erring(move: str = "exact") -> RegimeMap:
    """Return a map of quantal play."""
    return sim.sweep(SCENARIO, None, replace(QUANTAL, play=replace(QUANTAL.play, last_move=move)), grid=8)


def equal(one: RegimeMap, two: RegimeMap) -> bool:
    """Whether two maps show the same, node by node."""
    same = (one.regimes, one.baseline, one.tippings) == (two.regimes, two.baseline, two.tippings)
    arrays = ("presence", "outcome", "shares")
    return same and all(np.array_equal(vars(one)[name], vars(two)[name], equal_nan=True) for name in arrays)


def test_beside_a_map_stands_that_of_the_scenario_read_the_other_way_and_the_other_way_round() -> None:
    (beside,), flipped = central().others, sim.sweep(FLIPPED, grid=16)
    assert equal(beside, flipped)
    assert equal(flipped.others[0], central())
    assert not equal(beside, central())
    assert beside.others == ()


def test_over_draws_too() -> None:
    found = sim.sweep_draws(SCENARIO, None, Question(outcome="strike"), grid=3, draws=64, seed=0)
    assert equal(found.others[0], sim.sweep_draws(FLIPPED, None, Question(outcome="strike"), grid=3, draws=64, seed=0))
    assert not np.array_equal(found.others[0].outcome, found.outcome)


@pytest.mark.parametrize("move", ["exact", "logit"])
def test_in_quantal_play_both_last_moves_stand_beside_each_other(move: str) -> None:
    mine, theirs = erring(move), erring("logit" if move == "exact" else "exact")
    assert [(each.scenario.worst_case, each.question.play.last_move) for each in mine.others] == [
        ("outcome", move),
        ("type", theirs.question.play.last_move),
    ]
    assert equal(mine.others[1], theirs)
    assert not np.array_equal(mine.outcome, theirs.outcome)


def test_where_nobody_can_be_struck_there_is_no_other_reading() -> None:
    found = sim.sweep(other("no target"), x="prior.resolute", y="prior.opportunist", grid=3)
    assert found.others == ()
    assert "And in the other reading" not in str([table.question for table in answer(found).tables])


def test_the_table_has_each_kind_of_play_with_its_share_in_every_reading() -> None:
    for found in (central(), erring()):
        table = answer(found).tables[-1]
        maps = (found, *found.others)
        assert len(table.columns) == 1 + len(maps)
        for column, each in enumerate(maps, 1):
            shares = [percent(share) for share in each.shares.tolist()]
            cells = [row[column] for row in table.rows][: len({kind for one in maps for kind in one.regimes})]
            assert sorted(cell.removesuffix(" *") for cell in cells if cell != "·") == sorted(shares)
            assert sum(cell.endswith("*") for cell in cells) == (each.baseline in each.regimes)
        for each in found.others:
            assert f"{regimes_finding(each)}." in table.explanation
    assert [head.replace("\n", " ") for head in answer(erring()).tables[-1].columns[1:]] == [
        "type exact last move",
        "outcome exact last move",
        "type logit last move",
    ]


def test_the_caption_tells_where_somebody_strikes_in_every_reading() -> None:
    struck = [
        sum(s for kind, s in zip(m.regimes, m.shares, strict=True) if "nobody" not in kind.name) for m in central_maps()
    ]
    assert struck[0] > 0.2
    assert struck[1] == 0
    wanted = f"Somebody strikes on {percent(struck[0])} of the map, on none if Russia’s worst case is a "
    wanted += "NATO–Russia war, however unlikely."
    assert strikes_told(central()) == wanted
    (figure,) = figures(central())
    written = " ".join(text.get_text() for text in sim.figures.regimes(central()).texts)
    assert wanted in " ".join(written.split())
    assert f"{regimes_finding(central().others[0])}." in figure.alt
    assert strikes_told(erring()).count("if the last move is logit") == 1


def central_maps() -> tuple[RegimeMap, ...]:
    """Return the map and that in the other reading."""
    return central(), *central().others


def test_the_dict_has_what_each_reading_changes() -> None:
    told = json.loads(json.dumps(erring().to_dict(), allow_nan=False))["others"]
    assert [(each["worst_case"], each["last_move"]) for each in told] == [("outcome", "exact"), ("type", "logit")]
    for each, found in zip(told, erring().others, strict=True):
        alone = found.to_dict()
        assert all(alone[key] == each[key] for key in ("regimes", "baseline", "tipping", "break_even_beliefs"))
