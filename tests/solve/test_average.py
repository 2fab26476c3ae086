"""Does `sim solve` warn where the medians point one way and the average the other? Held against whole runs.

Deliberate breaks that turned a test red: the sign of a pair lost; a warning where only the draws of a run cannot tell;
the average taken over other draws than a run's; a warning beside a draw.
"""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

import sim
from sim.cli import main
from sim.crisis.play import Play
from sim.draws.blocks import REPLICATES
from sim.scenario.scenario import Scenario
from sim.solve.average import DRAWS, on_average, opposed, said_of_average, silent
from sim.solve.solving import solve_at

BASE = sim.load_scenario("macron-2024")
TIED = BASE.override({"signal.commit.audience_cost": 1.5})
LEVEL = BASE.override({"prior.opportunist": 0.1})
FIRM = BASE.override({"prior.resolute": 0.8})


def solved(scenario: Scenario) -> dict[str, object]:
    """Return a scenario at its medians, with the average beside it."""
    return solve_at(scenario, play=Play()).to_dict() | {"on_average": on_average(scenario)}


def shown(*words: str) -> str:
    """Return what `sim solve` prints, in one line."""
    done = CliRunner().invoke(main, ["solve", *words])
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("scenario", [BASE, TIED])
def test_the_average_is_that_of_a_run_of_as_many_draws(scenario: Scenario) -> None:
    found = on_average(scenario)
    run = sim.run(scenario, DRAWS, keep_draws=True)
    assert (found["draws"], found["seed"]) == (run.draws, run.seed)
    assert run.outcomes is not None
    strikes = {stance: run.outcomes[stance]["strike"] for stance in run.struck}
    for stance in run.struck:
        own = run.doctrine[stance]["strike"]
        assert found["strike"][stance] == pytest.approx({"mean": own["mean"], "se": own["se"]}, rel=1e-9)
    (pair,) = found["difference"]
    excess = strikes[pair["of"]] - strikes[pair["from"]]
    replicates = np.array([part.mean() for part in np.split(excess, REPLICATES)])
    assert pair["mean"] == pytest.approx(excess.mean(), rel=1e-9)
    assert pair["se"] == pytest.approx(replicates.std(ddof=1) / 4, rel=1e-9)


def test_where_both_agree_nothing_is_warned_of() -> None:
    told = solved(BASE)
    assert opposed(told) == []
    assert said_of_average(told).startswith("No two stances change places on average over 4,096 draws")
    assert "Mind: " not in shown()


def test_where_they_oppose_each_other_the_screen_warns() -> None:
    told = solved(TIED)
    strikes = {stance: figures["outcomes"]["strike"] for stance, figures in told["doctrine"].items()}  # type: ignore[attr-defined]
    assert strikes["commit"] > strikes["ambiguous"]
    run = sim.run(TIED, DRAWS)
    commit, ambiguous = (100 * run.doctrine[stance]["strike"]["mean"] for stance in ("commit", "ambiguous"))
    assert commit < ambiguous
    (pair,) = opposed(told)
    assert (pair["of"], pair["from"]) == ("commit", "ambiguous")
    sentence = (
        "Mind: here Russia strikes more if France commits than if it stays ambiguous; on average over 4,096 draws it "
        f"is the other way round: {commit:.0f} against {ambiguous:.0f} of 100 crises, a difference of −"
    )
    assert said_of_average(told).startswith(sentence)
    words = ("--set", "signal.commit.audience_cost=1.5")
    assert sentence in shown(*words)
    assert sentence in shown(*words, "--full")
    assert json.loads(CliRunner().invoke(main, ["solve", *words, "--json"]).stdout)["on_average"] == told["on_average"]


def test_the_warning_does_not_hang_on_the_order_of_the_stances() -> None:
    told = solved(TIED)
    average = on_average(TIED)
    (pair,) = average["difference"]
    turned = {"of": pair["from"], "from": pair["of"], "mean": -pair["mean"], "se": pair["se"]}
    assert opposed(told | {"on_average": average | {"difference": [turned]}}) == opposed(told)


def test_what_the_draws_cannot_tell_apart_is_called_that() -> None:
    told = solved(LEVEL)
    (pair,) = opposed(told)
    assert abs(pair["mean"]) < 3 * pair["se"]
    assert "on average over 4,096 draws as often, as far as they can tell: 21 against 21" in said_of_average(told)


def test_a_point_at_which_all_stances_are_alike_says_so() -> None:
    told = solved(FIRM)
    assert (silent(told), opposed(told)) == (True, [])
    assert said_of_average(told).startswith("Here Russia strikes as often under ambiguous and commit; on average over")


@pytest.mark.parametrize(
    "words", [("--draw", "3"), ("textbook/beer-quiche",), ("--set", "signal.ambiguous.deployment=0")]
)
def test_no_average_stands_beside_a_draw_a_game_or_a_single_stance(words: tuple[str, ...]) -> None:
    assert "on_average" not in json.loads(CliRunner().invoke(main, ["solve", *words, "--json"]).stdout)
    assert "4,096 draws" not in shown(*words)
