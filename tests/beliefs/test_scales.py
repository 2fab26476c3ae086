"""Are words read as published, and on another scale as the manual says?

Deliberate breaks that turned tests red: the overlap of two bands not divided by what both cover; a parameter that is
set by hand kept among those that are read anew.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scenario_texts import SMALL, written

from sim.beliefs.forms import FormError, distribution
from sim.beliefs.scales import LEAST_IN_COMMON, SCALES, WITHOUT_BAND, band, counterparts, words
from sim.cli import main
from sim.crisis.parameters import PARAMETER_BY_NAME
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, ScenarioError, load_scenario
from sim.scenario.writing import scenario_toml

BACKING = "signal.commit.ally_backing"


def likely(word: str, scale: str = "icd203", confidence: str = "high") -> tuple[float, ...]:
    """Return the Beta of a word."""
    given = {"likelihood": word, "scale": scale, "confidence": confidence}
    return distribution(PARAMETER_BY_NAME[BACKING], "likelihood", given).numbers[:2]


def scenario(folder: Path, *likelihoods: str) -> Scenario:
    """Return a small scenario with words for the first parameters that are probabilities."""
    names = ("prior.resolute", "prior.opportunist", BACKING, "escalation.war_if_alone")
    lines = SMALL.splitlines(keepends=True)
    for name, stated in zip(names, likelihoods, strict=False):
        place = next(number for number, line in enumerate(lines) if line.startswith(f"{name} ="))
        lines[place] = f'{name} = {{likelihood = {stated}, assumption = "a", rationale = "r"}}\n'
    return load_scenario(written(folder, "".join(lines)))


@pytest.mark.parametrize(
    ("word", "beta"),
    [("unlikely", (11.69, 24.92)), ("very unlikely", (5.43, 41.49)), ("roughly even", (134.85, 134.85))],
)
def test_the_betas_of_icd203_at_ninety_percent_are_those_worked_out_beforehand(
    word: str, beta: tuple[float, float]
) -> None:
    assert likely(word) == pytest.approx(beta, abs=0.005)


@pytest.mark.parametrize(
    ("scale", "word", "beta"),
    [  # P(X < b) = 1 - (1 - b)^k and P(X > a) = 1 - a^k, solved for k by hand
        ("phia", "remote chance", (1, 44.891)),
        ("ipcc", "likely", (5.5415, 1)),
    ],
)
def test_a_band_at_an_end_of_the_scale_is_one_sided(scale: str, word: str, beta: tuple[float, float]) -> None:
    assert likely(word, scale) == pytest.approx(beta, rel=1e-4)


def test_low_confidence_gives_back_the_quartiles_of_the_readers() -> None:
    belief = distribution(PARAMETER_BY_NAME[BACKING], "likelihood", {"likelihood": "likely", "scale": "readers"})
    assert belief.quantile(np.array([0.25, 0.75])) == pytest.approx([0.65, 0.75], abs=1e-9)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("word", WITHOUT_BAND)
def test_a_word_without_a_band_is_refused_on_every_scale_with_the_words_that_have_one(scale: str, word: str) -> None:
    with pytest.raises(FormError, match="names no band: it says that something can happen") as caught:
        likely(word.capitalize(), scale)
    first = words(scale)[0]
    assert caught.value.hint.startswith(f"write interval = [low, high], or a word of {scale}: {first}, ")


# ------------------------------------------------------------------------------------------------ on another scale


@pytest.mark.parametrize(
    ("word", "scale", "other", "found"),
    [
        ("unlikely", "icd203", "phia", ("unlikely",)),
        ("IMPROBABLE", "icd203", "phia", ("unlikely",)),  # by its synonym
        ("improbable", "icd203", "readers", ("improbable",)),  # by itself, although "unlikely" is there too
        ("probable", "kent", "icd203", ("probable",)),
        ("probable", "kent", "ipcc", ("likely",)),  # 21 / 37; "more likely than not" has 24 / 50
        ("unlikely", "phia", "kent", ("probably not",)),
        ("roughly even", "icd203", "readers", ()),
        ("exceptionally unlikely", "ipcc", "icd203", ()),  # 0-1 touches 1-5
        ("about even", "kent", "readers", ()),  # "better than even" has 5 / 20 and no more
        ("purple", "kent", "phia", ()),
    ],
)
def test_a_word_is_read_as_itself_or_as_the_word_that_covers_the_same(
    word: str, scale: str, other: str, found: tuple[str, ...]
) -> None:
    assert counterparts(word, scale, other) == found


@pytest.mark.parametrize("other", SCALES)
@pytest.mark.parametrize("scale", SCALES)
def test_counterparts_are_those_that_counting_whole_percents_finds(scale: str, other: str) -> None:
    # The definition once more, with sets of percents in place of the ends of bands.
    sets = {word: set(range(*SCALES[other][label])) for label in SCALES[other] for word in label.split(" / ")[:1]}
    for label, limits in SCALES[scale].items():
        for word in label.split(" / "):
            own = set(range(*limits))
            shares = {each: Fraction(len(own & its), len(own | its)) for each, its in sets.items()}
            best = max(*shares.values(), LEAST_IN_COMMON)
            expected = tuple(each for each, share in shares.items() if share == best > LEAST_IN_COMMON)
            same = [each for each in (word, *label.split(" / ")) if band(other, each)]
            assert counterparts(word, scale, other) == (tuple(same[:1]) or expected)


def test_every_likelihood_is_read_anew_and_nothing_else(tmp_path: Path) -> None:
    before = scenario(tmp_path, '"unlikely", confidence = "high"', '"probable", scale = "kent"')
    after = before.on_scale("kent")
    assert after.entries["prior.resolute"].distribution.given == (
        ("likelihood", "probably not"),
        ("confidence", "high"),
        ("scale", "kent"),
    )
    changed = [name for name, entry in after.entries.items() if entry != before.entries[name]]
    assert changed == list(after.readings) == ["prior.resolute"]
    assert after.readings["prior.resolute"] == '"unlikely" (icd203: 20-45 %) as "probably not" (kent: 20-40 %)'
    assert after.entries["prior.resolute"].rationale == f"r Read anew: {after.readings['prior.resolute']}."
    assert after.sha256 != before.sha256


def test_a_scenario_that_is_on_the_scale_already_is_the_same_scenario(tmp_path: Path) -> None:
    before = scenario(tmp_path, '"unlikely"')
    assert before.on_scale("icd203") == before
    assert before.on_scale("icd203").sha256 == before.sha256


def test_a_parameter_that_is_set_by_hand_has_no_word_to_be_read(tmp_path: Path) -> None:
    words = scenario(tmp_path, '"unlikely"', '"likely"')
    for fixed in (
        words.override({"prior.resolute": 0.5}).on_scale("phia"),
        words.on_scale("phia").override({"prior.resolute": 0.5}),
    ):
        assert list(fixed.readings) == ["prior.opportunist"]
        assert fixed.medians()["prior.resolute"] == 0.5


def test_all_words_without_a_counterpart_are_named_with_the_words_there_are(tmp_path: Path) -> None:
    lost = scenario(tmp_path, '"roughly even"', '"unlikely"', '"about even", scale = "kent"')
    with pytest.raises(ScenarioError, match="'roughly even' has no counterpart there") as caught:
        lost.on_scale("readers")
    first, hint, second, _ = str(caught.value).splitlines()
    assert first == "scale readers, prior.resolute: 'roughly even' has no counterpart there"
    assert second == f"scale readers, {BACKING}: 'about even' has no counterpart there"
    assert hint.startswith("    words of readers: almost no chance, highly unlikely, ")
    assert hint.endswith(", almost certainly; state the number as an interval for this scale")


def test_words_that_are_equally_near_are_not_chosen_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCALES, "coarse", {"low": (10, 30), "middle": (30, 50), "high": (60, 100)})
    with pytest.raises(ScenarioError, match="'probably not' lies as near to 'low' as to 'middle'"):
        scenario(tmp_path, '"probably not", scale = "kent"').on_scale("coarse")


def test_a_scale_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no scale 'icd'") as caught:
        scenario(tmp_path, '"unlikely"').on_scale("icd")
    assert "did you mean 'icd203'?" in str(caught.value)


def worded(folder: Path) -> Path:
    """Return a variant of the central scenario in which a word says how likely backing is."""
    said = 'likelihood = "unlikely"\nassumption = "a"\nrationale = "r"\n'
    return written(folder, f'extends = "macron-2024"\n[{BACKING}]\n{said}')


def test_the_saved_scenario_repeats_the_run_on_the_other_scale(tmp_path: Path) -> None:
    on_kent = load_scenario(worded(tmp_path)).on_scale("kent")
    first = run(on_kent, 64, seed=0)
    again = run(load_scenario(written(tmp_path, scenario_toml(on_kent, draws=64, seed=0))))
    assert again.doctrine == first.doctrine
    assert first.doctrine != run(load_scenario(worded(tmp_path)), 64, seed=0).doctrine
    said = '"unlikely" (icd203: 20-45 %) as "probably not" (kent: 20-40 %)'
    assert first.notes[0] == f"Words read on another scale: {BACKING}: {said}."


# ---------------------------------------------------------------------------------------------- on the command line


def test_the_command_carries_the_scale_on_to_the_next(tmp_path: Path) -> None:
    path = str(worded(tmp_path))
    done = CliRunner().invoke(
        main, ["run", path, "--draws", "64", "--scale", "phia", "--out", str(tmp_path / "out"), "--full"]
    )
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-1] == f"Next: sim solve {path} --scale=phia"
    solved = CliRunner().invoke(main, ["solve", path, "--scale", "phia", "--json"])
    assert '"signal.commit.ally_backing": 0.298' in solved.stdout


def test_a_word_without_a_counterpart_ends_the_command_with_one_clear_message(tmp_path: Path) -> None:
    path = scenario(tmp_path, '"roughly even"').path
    done = CliRunner().invoke(main, ["run", str(path), "--scale", "readers"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("scale readers, prior.resolute: 'roughly even' has no counterpart there\n")


def test_a_game_given_outright_has_no_words_to_read() -> None:
    done = CliRunner().invoke(main, ["solve", "textbook/beer-quiche", "--scale", "phia"])
    assert done.exit_code == 2
    assert "textbook/beer-quiche has no parameters: --set, --scale and --draw do not apply." in done.stderr
