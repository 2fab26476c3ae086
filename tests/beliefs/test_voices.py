"""Do judgements lean as one voice says? Closed forms of a one-factor copula, and tables of voices, sound and faulty.

Deliberate breaks that turned these red: loadings added to what is left unscaled; the factor of a second voice taken for
that of the first; the sign of a loading lost.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from scenario_texts import REGISTER, SMALL, written

import sim
from sim.beliefs.copula import Voice, leaning
from sim.crisis.ladder import doctrine
from sim.crisis.parameters import LATER_DIMENSION, MOST_VOICES, PARAMETERS
from sim.crisis.payoffs import crisis
from sim.draws.blocks import Block, blocks, parameter_values, uniforms
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, ScenarioError, load_scenario
from sim.scenario.writing import scenario_toml

LOADINGS = (("prior.resolute", 0.7), ("prior.opportunist", -0.5), ("france.training_value", 0.6))
ROWS = {name: row for row, (name, _) in enumerate(LOADINGS)}


def voiced(*voices: Voice) -> Scenario:
    """Return the central scenario with voices."""
    return replace(load_scenario("macron-2024"), voices=voices)


def strikes(scenario: Scenario, draws: int) -> list[float]:
    """Return how likely a strike is if France stays ambiguous, and if it commits."""
    scores = np.concatenate(list(uniforms(0, blocks(draws), scenario.dimensions)), axis=1)
    game, after = crisis(parameter_values(scenario, scores))
    return [float(doctrine(game, after, stance)[0].outcomes["strike"].mean()) for stance in ("ambiguous", "commit")]


def leant(*voices: Voice, size: int = 4096) -> np.ndarray:
    """Return the normal scores of the three parameters and of the factors."""
    scores = next(uniforms(0, [Block(0, 0, size)], tuple(range(3 + len(voices)))))
    return np.asarray(scipy.stats.norm.ppf(leaning(scores, voices, ROWS)))


def test_two_that_follow_one_voice_are_correlated_by_the_product_of_their_loadings() -> None:
    scores = leant(Voice("author", LOADINGS))
    loads = np.array([loading for _, loading in LOADINGS] + [1.0])
    wanted = np.outer(loads, loads)
    np.fill_diagonal(wanted, 1.0)
    np.testing.assert_allclose(np.corrcoef(scores), wanted, atol=0.02)


def test_each_keeps_its_own_distribution() -> None:
    for row in leant(Voice("author", LOADINGS))[:3]:
        assert scipy.stats.kstest(row, "norm").statistic < 0.01


@pytest.mark.parametrize("at", [-1.0, 0.0, 2.0])
def test_a_voice_that_is_held_moves_the_mean_by_its_loading_and_leaves_the_rest(at: float) -> None:
    scores = leant(Voice("author", LOADINGS, at))
    for row, (_, loading) in zip(scores, LOADINGS, strict=False):
        assert row.mean() == pytest.approx(loading * at, abs=0.01)
        assert row.std() == pytest.approx(np.sqrt(1 - loading**2), abs=0.01)


@pytest.mark.parametrize("at", [-1.0, 2.0])
def test_medians_are_those_of_the_draws_with_the_voice_held(at: float) -> None:
    held = voiced(Voice("author", LOADINGS, at))
    scores = next(uniforms(0, [Block(0, 0, 4096)], held.dimensions))
    values, medians = parameter_values(held, scores), held.medians()
    for name in ROWS:
        assert np.mean(values[name] < medians[name]) == pytest.approx(0.5, abs=0.01)
        assert medians[name] != voiced().medians()[name]


def test_a_loading_of_one_is_the_factor_itself() -> None:
    scores = leant(Voice("one", (("prior.resolute", 1.0),)), Voice("other", (("prior.opportunist", -1.0),)))
    np.testing.assert_allclose(scores[0], scores[3], atol=1e-9)
    np.testing.assert_allclose(scores[1], -scores[4], atol=1e-9)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_two_voices_share_what_there_is(first: float, second: float) -> None:
    size = np.hypot(first, second)
    one, other = (each / max(1.0, size) for each in (first, second))
    scores = leant(Voice("a", (("prior.resolute", one),)), Voice("b", (("prior.resolute", other),)), size=1024)
    assert scores[0].std() == pytest.approx(1, abs=0.05)
    assert np.mean(scores[0] * scores[3]) == pytest.approx(one, abs=0.05)


def test_a_voice_moves_no_draw_of_a_parameter_that_does_not_follow_it() -> None:
    plain, leans = voiced(), voiced(Voice("author", LOADINGS))
    assert leans.dimensions[:-1] == plain.dimensions
    one, other = (
        parameter_values(each, next(uniforms(0, [Block(3, 0, 64)], each.dimensions))) for each in (plain, leans)
    )
    moved = {name for name in one if not np.array_equal(one[name], other[name])}
    assert moved == set(ROWS)


def test_held_and_drawn_voices_agree_where_the_factor_is_in_the_middle() -> None:
    # The mean over the factor of what is computed with it held is what is computed with it drawn: total probability.
    middles = scipy.stats.norm.ppf((np.arange(16) + 0.5) / 16)
    held = [strikes(voiced(Voice("author", LOADINGS, at)), 2048) for at in middles]
    np.testing.assert_allclose(np.mean(held, axis=0), strikes(voiced(Voice("author", LOADINGS)), 32768), atol=0.01)
    assert np.ptp(held, axis=0).min() > 0.05  # the voice matters


def test_the_voice_is_one_driver_and_what_follows_it_is_none() -> None:
    drivers = run(voiced(Voice("author", LOADINGS)), 8192, 0).drivers["commit"]["strike"]
    assert drivers["voice.author"] > 0.02
    assert not drivers.keys() & ROWS.keys()
    held = run(voiced(Voice("author", LOADINGS, 1.0)), 8192, 0).drivers["commit"]["strike"]
    assert "voice.author" not in held
    assert ROWS.keys() <= held.keys()


# --------------------------------------------------------------------------------------------------------- the tables

TABLE = """
[voice.author]
"prior.resolute" = 0.7
"france.training_value" = -0.5
"""


def loaded(folder: Path, text: str, name: str = "some.toml") -> Scenario:
    return load_scenario(written(folder, text, name), register=REGISTER)


def test_a_table_is_read_held_kept_and_read_again(tmp_path: Path) -> None:
    scenario = loaded(tmp_path, SMALL + TABLE)
    assert scenario.voices == (Voice("author", (("prior.resolute", 0.7), ("france.training_value", -0.5))),)
    held = scenario.with_voices({"author": 1})
    assert held.voices[0].at == 1.0
    again = loaded(tmp_path, scenario_toml(held, draws=64, seed=0), "again.toml")
    assert (again.voices, again.sha256) == (held.voices, held.sha256)
    assert len({scenario.sha256, held.sha256, loaded(tmp_path, SMALL, "plain.toml").sha256}) == 3


def test_a_child_takes_loadings_over_and_a_zero_takes_one_out(tmp_path: Path) -> None:
    written(tmp_path, SMALL + TABLE, "parent.toml")
    child = 'extends = "parent.toml"\n[voice.author]\nat = -1\n"prior.resolute" = 0\n"prior.opportunist" = 0.25\n'
    (voice,) = loaded(tmp_path, child).voices
    assert voice == Voice("author", (("france.training_value", -0.5), ("prior.opportunist", 0.25)), -1.0)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("voice = 3", "voice must be a table; it is 3"),
        ("voice.author = 3", "voice.author must be a table; it is 3"),
        ('[voice."The author"]\n"prior.resolute" = 0.1', "must be lower-case letters"),
        ("[voice.author]\nprior.resolute = 0.7", "a parameter must stand in quotes"),
        ('[voice.author]\n"prior.resolut" = 0.7', "no parameter is named 'prior.resolut'"),
        ('[voice.author]\n"prior.resolute" = 1.5', "a loading must lie in [-1, 1]; it is 1.5"),
        ('[voice.author]\n"prior.resolute" = true', "a loading must be a number; it is true"),
        ("[voice.author]\nat = 9", "at, in standard deviations, must lie in [-5, 5]; it is 9"),
        (
            '[voice.a]\n"prior.resolute" = 0.8\n[voice.b]\n"prior.resolute" = -0.7',
            "the squares of the loadings of prior.resolute must add up to 1 at most; they add up to 1.13",
        ),
    ],
)
def test_a_faulty_table_is_told_what_is_wrong(tmp_path: Path, table: str, message: str) -> None:
    first = table if table.startswith("voice") else ""
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        loaded(tmp_path, f"{first}\n{SMALL}\n{'' if first else table}\n")
    assert message in str(caught.value)


def test_there_are_as_many_voices_as_have_places_in_the_stream(tmp_path: Path) -> None:
    tables = [f'[voice.v{number}]\n"prior.resolute" = 0.1' for number in range(MOST_VOICES + 1)]
    most = loaded(tmp_path, f"{SMALL}\n" + "\n".join(tables[:-1]))
    assert most.dimensions[-MOST_VOICES:] == tuple(range(LATER_DIMENSION - MOST_VOICES, LATER_DIMENSION))
    with pytest.raises(ScenarioError, match="there must be at most 32 voices; there are 33") as caught:
        loaded(tmp_path, f"{SMALL}\n" + "\n".join(tables))
    assert "[voice.v32]" in str(caught.value)


def test_an_unknown_voice_and_one_held_too_far_out_are_refused_together() -> None:
    with pytest.raises(ScenarioError, match="author") as caught:
        voiced(Voice("author", LOADINGS)).with_voices({"auther": 1.0, "author": 9.0})
    assert len(caught.value.faults) == 2


def test_names_of_parameters_are_those_of_the_model() -> None:
    assert set(ROWS) <= {parameter.name for parameter in PARAMETERS}
    assert sim.load_scenario("macron-2024").voices == ()
