"""Does a comparison name whose behaviour is behind it? Held against two separate runs, and against sums by hand.

Deliberate breaks that turned a test red: stands counted before in place of after; the part of a cautious Russia weighed
by the share of opportunists; what Russia meets named though it moves the wrong way; reasons told where nothing moves.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import numpy as np
import pytest

import sim
from sim.analyses.compare.behaviour import DETERS, DOES, behaviour_changes, behaviour_figures, behaviour_tally
from sim.analyses.compare.paired import CHOSEN
from sim.analyses.compare.table import answer
from sim.analyses.compare.why import clear, instead, moved_most, reasons, why
from sim.analyses.compare.words import comparison_finding
from sim.crisis.parameters import RECEIVER_TYPES, Stances
from sim.draws.blocks import REPLICATES

DRAWS = 1024
BASE = sim.load_scenario("macron-2024")
BOUND = BASE.override({"signal.commit.audience_cost": 2.0})
OTHERS = {"bound": BOUND} | {name: sim.load_scenario(name) for name in ("columnist", "misperceived", "heisbourg")}


def against(settings: dict[str, float], draws: int = DRAWS) -> sim.Comparison:
    """Return the article's case beside a variant."""
    return sim.compare([BASE, BASE.override(settings)], draws=draws, seed=0)


@cache
def beside(name: str) -> sim.Comparison:
    """Return the article's case beside another."""
    return sim.compare([BASE, OTHERS[name]], draws=DRAWS, seed=0)


@cache
def alone(name: str) -> sim.Result:
    """Return a separate run."""
    return sim.run(BASE if name == "base" else OTHERS[name], DRAWS, 0, keep_draws=True)


@pytest.mark.parametrize("name", ["bound", "columnist", "misperceived"])
def test_two_separate_runs_have_the_same_shares(name: str) -> None:
    (behaviour,) = beside(name).behaviour.values()
    for end, run in (("before", alone("base")), ("after", alone(name))):
        for stance in run.struck:
            for kind in RECEIVER_TYPES:
                share = run.doctrine[stance]["strikes"][kind]
                assert behaviour[stance][f"strikes.{kind}"][end] == pytest.approx(share, abs=1e-12)
            standing = run.standing[stance]["share"]
            assert behaviour[stance]["stands.resolute"][end] == pytest.approx(standing, abs=1e-12)
        for stance, share in run.equilibrium["sent"].items():
            assert behaviour[CHOSEN][f"sent.{stance}"][end] == pytest.approx(share, abs=1e-12)


def test_hits_and_beliefs_are_the_means_of_the_parameters() -> None:
    found = beside("misperceived").behaviour["misperceived"]
    for end, name in (("before", "base"), ("after", "misperceived")):
        drawn = alone(name).parameters
        assert drawn is not None
        hits = drawn["signal.commit.deployment"] * drawn["signal.commit.pinpoint"]
        assert found["commit"]["found"][end] == pytest.approx(hits.mean(), rel=1e-12)
        assert found["commit"]["opportunist"][end] == pytest.approx(drawn["prior.opportunist"].mean(), rel=1e-12)
        belief = drawn.get("belief.resolute", drawn["prior.resolute"])
        assert found["commit"]["belief"][end] == pytest.approx(belief.mean(), rel=1e-12)


@pytest.mark.parametrize("name", ["bound", "columnist", "heisbourg"])
def test_the_parts_add_up_to_the_change_of_strikes_and_hits(name: str) -> None:
    found = beside(name)
    (label,) = found.differences
    for stance in ("ambiguous", "commit"):
        told, changes = found.behaviour[label][stance], found.differences[label][stance]
        parts = sum(told[name]["part"]["mean"] for name in DOES)
        assert parts == pytest.approx(changes["strike"]["mean"], abs=1e-12)


def test_a_change_of_hits_is_split_into_strikes_and_finding() -> None:
    found = against({"signal.ambiguous.pinpoint": 0.9})
    (label,) = found.differences
    strikes, hits = [], []
    for run in (alone("base"), sim.run(BASE.override(found.settings[label]), DRAWS, 0, keep_draws=True)):
        assert run.outcomes is not None
        assert run.parameters is not None
        strikes.append(run.outcomes["ambiguous"]["strike"])
        hits.append(run.parameters["signal.ambiguous.deployment"] * run.parameters["signal.ambiguous.pinpoint"])
    part = ((strikes[0] + strikes[1]) / 2 * (hits[1] - hits[0])).mean()
    rest = ((hits[0] + hits[1]) / 2 * (strikes[1] - strikes[0])).mean()
    change = found.differences[label]["ambiguous"]["casualties"]["mean"]
    assert found.behaviour[label]["ambiguous"]["found"]["part"]["mean"] == pytest.approx(part, abs=1e-12)
    assert part + rest == pytest.approx(change, abs=1e-12)
    assert reasons(found, label, "ambiguous")[0] == "found"


def test_a_cost_of_folding_is_told_by_who_folds_and_who_no_longer_strikes() -> None:
    found = sim.compare([BASE, BOUND], draws=4096, seed=0)
    (label,) = found.differences
    said = why(found, label)
    folds = [100 * (1 - run.standing["commit"]["share"]) for run in (sim.run(each, 4096, 0) for each in (BASE, BOUND))]
    assert f"hit, a resolute France folds in {folds[1]:.1f} instead of {folds[0]:.1f} of 100 draws" in said
    assert said.startswith("Behind it, if France commits: ")
    assert "cautious Russia strikes in 6 instead of 1" in said
    assert "ambiguous" not in said
    assert said in answer(found).finding


def test_a_belief_is_told_as_one() -> None:
    found = against({"prior.resolute": 0.6})
    (label,) = found.differences
    said = why(found, label)
    assert "Russia expects a resolute France in 60 instead of 33 of 100 crises; an opportunist Russia" in said
    assert "Free to choose, France commits in " in said


def test_a_cost_of_russias_own_is_told_as_that() -> None:
    found = against({"russia.retaliation_cost": 4.0})
    (label,) = found.differences
    assert all(found.behaviour[label]["commit"][name]["mean"] == 0 for name in DETERS)
    assert why(found, label).endswith("What France would do is the same in every draw: Russia weighs it otherwise")


def test_who_russia_is_is_no_behaviour() -> None:
    found = beside("heisbourg")
    assert reasons(found, "heisbourg", "commit") == ["opportunist"]
    assert "Russia is an opportunist in 7 instead of 30 of 100 crises" in why(found, "heisbourg")
    assert "weighs" not in why(found, "heisbourg")


@pytest.mark.parametrize("settings", [{}, {"escalation.nuclear_if_war": 0.5}, {"signal.rule_out.isolation": 0.5}])
def test_where_neither_strikes_nor_hits_move_nothing_is_told(settings: dict[str, float]) -> None:
    found = against(settings, 256)
    (label,) = found.differences
    assert (moved_most(found, label), why(found, label)) == ([], "")


def test_what_is_told_changes_clearly_and_the_way_that_explains() -> None:
    told = 0
    names = ("prior.resolute", "prior.opportunist", "signal.commit.pinpoint", "signal.commit.audience_cost")
    for name, value in product(names, (0.05, 0.9)):
        found = against({name: value}, 256)
        (label,) = found.differences
        for stance in moved_most(found, label, most=2):
            change, behaviour = found.differences[label][stance]["strike"], found.behaviour[label][stance]
            for reason in reasons(found, label, stance):
                assert clear(behaviour[reason])
                if reason in DETERS and clear(change) and reason != "found":
                    assert (behaviour[reason]["mean"] > 0) == (change["mean"] < 0)
                told += 1
    assert told > 8


def test_what_would_deter_is_no_reason_for_more_strikes() -> None:
    found = against({"prior.resolute": 0.6, "russia.failed_strike_cost": -3.0})
    (label,) = found.differences
    for stance in ("ambiguous", "commit"):
        assert found.differences[label][stance]["strike"]["mean"] > 0
        assert clear(found.behaviour[label][stance]["belief"])
        assert "belief" not in reasons(found, label, stance)


def test_sums_are_those_of_loops() -> None:
    shared, rng = Stances(("quiet", "loud"), (False, True)), np.random.default_rng(0)
    names = [f"loud.{name}" for name in (*DETERS, *DOES)] + ["sent.quiet", "sent.loud"]
    size = 4
    tally, every = behaviour_tally(shared), []
    for replicate in range(REPLICATES):
        before, after = ({name: rng.random(size) for name in names} for _ in range(2))
        for side in (before, after):
            bold, cautious = side["loud.strikes.opportunist"], side["loud.strikes.cautious"]
            side["loud.strike"] = side["loud.opportunist"] * bold + (1 - side["loud.opportunist"]) * cautious
        tally.add(replicate, behaviour_changes(after, before, shared))
        every += [({n: before[n][i] for n in before}, {n: after[n][i] for n in after}) for i in range(size)]
    found = behaviour_figures(tally, shared)
    moved = sum(abs(b["loud.strike"] - a["loud.strike"]) for a, b in every)
    along = sum((b["loud.found"] - a["loud.found"]) * (b["loud.strike"] - a["loud.strike"]) for a, b in every)
    assert found["loud"]["found"]["along"] == pytest.approx(along / moved)
    assert found["loud"]["belief"]["mean"] == pytest.approx(
        np.mean([b["loud.belief"] - a["loud.belief"] for a, b in every])
    )
    whole = sum(found["loud"][name]["part"]["mean"] for name in DOES)
    assert whole == pytest.approx(np.mean([b["loud.strike"] - a["loud.strike"] for a, b in every]))
    assert list(found) == ["loud", CHOSEN]


def test_of_several_scenarios_the_first_is_explained_on_the_first_screen() -> None:
    found = sim.compare(["macron-2024", "columnist", "heisbourg"], draws=256, seed=0)
    told = answer(found)
    assert told.finding.count("Behind it") == 1
    assert told.finding.startswith(f"{comparison_finding(found, 'columnist')}. {why(found, 'columnist')}. In heisbourg")
    assert told.brief is not None
    assert "at least so far with columnist:" in told.brief.explanation
    assert told.brief.columns[0] == "if France commits"


def test_shares_are_told_apart() -> None:
    assert instead(0.36, 0.48) == "48 instead of 36"
    assert instead(0.361, 0.3607) == "36.07 instead of 36.10"
    assert instead(0.004, 0.09) == "9.0 instead of 0.4"
    assert instead(0.0, 1.0) == "100 instead of 0"


def test_the_finding_ends_with_the_other_reading_of_the_worst_case_unless_scenarios_read_it_differently() -> None:
    found = sim.compare(["macron-2024", "columnist"], draws=8192, seed=0)
    ends = [
        100 * found.readings["columnist"]["outcome"]["as_stated"][s]["strike"]["mean"]
        for s in found.struck["columnist"]
    ]
    said = "Were Russia's worst case a NATO–Russia war, however unlikely, strikes would change by"
    assert answer(found).finding.endswith(f"{said} {ends[0]:+.1f} (ambiguous) and {ends[1]:+.1f} (commit) of 100")
    assert ends[0] != found.differences["columnist"]["ambiguous"]["strike"]["mean"] * 100
    costly = sim.load_scenario("macron-2024").override({"russia.failed_strike_cost": 0.05})
    assert "(ambiguous)" in (vague := answer(sim.compare(["macron-2024", costly], draws=256, seed=0)).finding)
    assert not re.search(r"[+−-]0[.]0 \(", vague)
    mixed = sim.compare(["macron-2024", "world-war-shadow"], draws=256, seed=0)
    assert "Were Russia's worst case" not in answer(mixed).finding
