"""Does the reference page say what the program does? Its examples run and its tables are those of the code.

Deliberate breaks that turned tests red: a band of the page changed by one percent; a proposed coefficient by 0.001.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from places import DOCS
from scenario_texts import written

from sim.beliefs.forms import FORMS, FORMS_OF_KIND, LARGEST_NUMBER, NUMBERS
from sim.beliefs.scales import CONFIDENCE, SCALES
from sim.crisis.parameters import PARAMETER_BY_NAME, STANCES, all_parameters
from sim.scenario.entries import ScenarioKeys
from sim.scenario.scenario import DEFAULT_DRAWS, DEFAULT_SEED, ScenarioError, load_scenario

PAGE = (DOCS / "scenarios.md").read_text(encoding="utf-8")


def block(opening: str) -> str:
    """Return the code block that begins with a fence."""
    return PAGE.partition(f"```{opening}\n")[2].partition("```")[0]


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading of columns."""
    lines = PAGE.partition(f"| {heading} |\n")[2].split("\n")[1:]
    table = lines[: next(number for number, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_the_example_is_a_sound_scenario(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, block("toml")))
    assert (scenario.seed, scenario.medians()["signal.commit.deployment"]) == (7, 0.9)
    assert scenario.entries["signal.commit.pinpoint"].evidence == ("farther-from-front",)


def test_the_faulty_example_is_answered_as_the_page_shows(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="sede") as caught:
        load_scenario(written(tmp_path, block("toml bad")))
    assert str(caught.value).replace(f"{tmp_path}/", "") == block("text").rstrip("\n")


def test_the_example_of_correlated_pairs_is_a_sound_scenario(tmp_path: Path) -> None:
    assert load_scenario(written(tmp_path, block("toml correlation"))).correlation == (
        ("prior.resolute", "prior.opportunist", -0.4),
        ("signal.ambiguous.pinpoint", "signal.commit.pinpoint", 0.5),
    )


def test_the_contradictory_example_is_answered_as_the_page_shows(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot hold together") as caught:
        load_scenario(written(tmp_path, block("toml contradiction")))
    assert str(caught.value).replace(f"{tmp_path}/", "") == block("text contradiction").rstrip("\n")


def test_the_keys_and_their_defaults_are_those_of_the_code() -> None:
    table = {key.strip("`"): default for key, _, default in rows("key | what | if left out")}
    assert list(table) == list(ScenarioKeys.model_fields)
    assert (table["draws"], table["seed"]) == (str(DEFAULT_DRAWS), str(DEFAULT_SEED))


def test_the_parameters_and_their_kinds_are_those_of_the_model() -> None:
    kinds: dict[str, str] = {}
    for names, kind, _ in rows("parameter | kind | if left out"):
        for name in re.findall(r"`(.+?)`", names):
            kinds |= {name.replace(".S.", f".{stance}."): kind for stance in STANCES}
    assert kinds == {parameter.name: parameter.kind for parameter in all_parameters()}


def test_the_defaults_are_those_of_the_model() -> None:
    for names, _, default in rows("parameter | kind | if left out"):
        for name in re.findall(r"`(.+?)`", names):
            if ".S." in name:
                continue
            parameter = PARAMETER_BY_NAME[name]
            if parameter.follows:
                assert default.startswith(("follows", "that of"))
            else:
                assert default == ("must be given" if parameter.default is None else f"{parameter.default:g}")


def test_the_example_of_a_voice_is_a_sound_scenario(tmp_path: Path) -> None:
    (voice,) = load_scenario(written(tmp_path, block("toml voice"))).voices
    assert (voice.name, dict(voice.loadings)["signal.commit.isolation"], voice.at) == ("author", -0.6, None)


def test_the_forms_and_what_they_are_for_are_those_of_the_code() -> None:
    every = rows("form | for | becomes")
    listed = [re.findall(r"`(\w+) = ", form)[0] for form, _, _ in every]
    for form in FORMS:
        assert form in listed, f"the table of docs/scenarios.md has no row of {form}"
    assert listed == list(FORMS)
    for text, kinds, _ in every:
        form, _, numbers = text.strip("`").partition(" = ")
        suited = [kind for kind, forms in FORMS_OF_KIND.items() if form in forms]
        assert kinds == ("every kind" if len(suited) == len(FORMS_OF_KIND) else ", ".join(suited))
        assert form not in NUMBERS or numbers == f"[{', '.join(NUMBERS[form])}]"


def test_the_scales_are_those_of_the_code() -> None:
    table = [(scale.strip("`"), word, band) for scale, word, band in rows("scale | word | band")]
    bands = ((name, word, band) for name, scale in SCALES.items() for word, band in scale.items())
    assert table == [(name, word, f"{low}–{high}") for name, word, (low, high) in bands]


def test_the_confidences_are_those_of_the_code() -> None:
    table = {name.strip("`"): float(mass) for name, mass, _ in rows("confidence | mass inside | for")}
    assert table == CONFIDENCE


def test_the_largest_number_of_the_page_is_the_one_that_is_refused_beyond(tmp_path: Path) -> None:
    exponent = re.search(r"no number\s+exceeds 10\^(\d+) in size", PAGE)
    assert exponent is not None
    assert 10.0 ** int(exponent[1]) == LARGEST_NUMBER
    for stated, sound in ((LARGEST_NUMBER, True), (f"{2 * LARGEST_NUMBER:.0f}", False), (2 * LARGEST_NUMBER, False)):
        file = written(tmp_path, f'extends = "macron-2024"\n[france]\nwar_cost = {stated}\n')
        if sound:
            assert load_scenario(file).medians()["france.war_cost.resolute"] == LARGEST_NUMBER
        else:
            with pytest.raises(
                ScenarioError, match=rf"war_cost[.\w]* must be at most {re.escape(f'{LARGEST_NUMBER:g}')}"
            ):
                load_scenario(file)
