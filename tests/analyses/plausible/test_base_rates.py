"""Is the register of base rates whole, and does it refuse what does not fit together?

Deliberate breaks that turned a test red: ids compared with themselves; `given` allowed above its event; the interval of
a count changed in its last digit; faults of facts left out once the file has another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from scenario_texts import written
from scipy.stats import beta

from sim.analyses.plausible.base_rates import RUNGS, BaseRate, load_base_rates
from sim.crisis.parameters import PARAMETER_BY_NAME
from sim.scenario.scenario import load_scenario
from sim.telling.faults import ScenarioError

FACTS = load_base_rates()
COUNTS = [fact for fact in FACTS if fact.kind == "count"]
ABOUT = '[about]\ntitle = "T"\nlimits = "L"\n'  # lines 1 to 3
FACT = {
    "id": '"a-fact"',
    "title": '"A fact"',
    "claim": '"It was so."',
    "kind": '"count"',
    "source": '"S"',
    "grade": '"computed"',
    "differs": '"It was not this."',
    "count": "1",
    "of": "4",
    "interval": "[0.1, 0.5]",
    "event": '"war"',
}
CASE = {"kind": '"case"', "count": "", "of": "", "interval": "", "event": ""}


def fact(changes: Mapping[str, str]) -> str:
    """Return a [[fact]] with some of its keys changed; an empty value leaves the key out."""
    return "[[fact]]\n" + "".join(f"{key} = {value}\n" for key, value in (FACT | dict(changes)).items() if value)


def said(folder: Path, text: str) -> str:
    """Return everything that is said against a register, without the folder."""
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        load_base_rates(written(folder, text))
    return str(caught.value).replace(f"{folder}/", "")


# ------------------------------------------------------------------------------------------------ the bundled register


@pytest.mark.parametrize("each", COUNTS, ids=lambda each: each.id)
def test_the_interval_of_a_count_is_that_of_jeffreys(each: BaseRate) -> None:
    """The posterior Beta(k + 1/2, n - k + 1/2); its lower end is 0 for a count of 0 (Brown, Cai and DasGupta 2001)."""
    assert each.count is not None
    assert each.of is not None
    low, high = beta.ppf([0.025, 0.975], each.count + 0.5, each.of - each.count + 0.5)
    assert each.interval == pytest.approx((0.0 if each.count == 0 else low, high), abs=5.1e-5)


def test_the_facts_that_were_asked_for_are_there() -> None:
    counts = {(each.count, each.of) for each in COUNTS}
    assert counts >= {(106, 2436), (29, 1726), (5, 681), (3, 97), (4, 107), (40, 107), (0, 25), (1, 25), (0, 10)}
    values = {each.value for each in FACTS if each.kind == "forecast"}
    assert values >= {0.29, 0.45, 0.14, 0.05, 0.01, 0.0035, 0.0038}
    assert {"french-public", "yavoriv", "idlib", "bouake"} <= {each.id for each in FACTS}


def test_every_fact_says_where_it_comes_from_and_why_it_asks_something_else() -> None:
    assert all(each.source and each.differs and each.claim for each in FACTS)
    assert all(each.links for each in FACTS if each.kind == "forecast")
    assert {each.grade for each in FACTS if "Kilka" in each.source} == {"second-hand"}
    assert not any("memory" in each.source for each in FACTS)


def test_every_fact_stands_beside_an_outcome_or_bears_on_parameters() -> None:
    assert all((each.event in RUNGS) != bool(each.parameters) for each in FACTS)
    assert all(name in PARAMETER_BY_NAME for each in FACTS for name in each.parameters + each.background_of)


def test_a_fact_that_the_scenario_names_as_background_is_marked() -> None:
    """The rationale of these parameters in macron-2024 quotes the counts."""
    scenario = load_scenario("macron-2024")
    for quoted, name in (
        ("of 97 disputes", "war_if_alone"),
        ("28 in 325", "war_if_backed"),
        ("by 2045", "nuclear_if_war"),
    ):
        assert quoted in scenario.entries[f"escalation.{name}"].rationale.replace("\n", " ")
    marked = {name for each in FACTS for name in each.background_of}
    assert marked == {f"escalation.{name}" for name in ("war_if_alone", "war_if_backed", "nuclear_if_war")}


# ------------------------------------------------------------------------------------------------- what is refused


def test_a_register_is_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    second = fact(CASE | {"id": '"b"', "parameters": '["prior.resolute"]', "links": '["https://example.org"]'})
    first, last = load_base_rates(written(tmp_path, ABOUT + fact({}) + second))
    assert (first.id, first.value, first.interval, first.event) == ("a-fact", 0.25, (0.1, 0.5), "war")
    assert (last.id, last.value, last.parameters, last.links) == (
        "b",
        None,
        ("prior.resolute",),
        ("https://example.org",),
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": '"A b"'}, "5:6: fact[0].id must be letters, digits and -, such as low-risk-2; it is 'A b'"),
        ({"source": ""}, "4:3: fact[0].source must be given"),
        ({"differs": '" "'}, "11:11: fact[0].differs must not be blank; it is ' '"),
        ({"grade": '"memory"'}, "10:9: fact[0].grade must be 'computed', 'read' or 'second-hand'; it is 'memory'"),
        ({"count": "5"}, "12:9: fact[0].count must be at most 4; it is 5"),
        ({"of": ""}, "4:3: fact[0].of must be given"),
        ({"value": "0.25"}, "16:9: fact[0].value must be left out"),
        ({"interval": "[0.3, 0.5]"}, "14:12: fact[0].interval must hold 0.25; it is [0.3, 0.5]"),
        ({"event": '"wra"'}, "15:9: fact[0].event must be 'strike', "),
        ({"event": ""}, "4:3: fact[0].event must be given"),
        ({"given": '"war"'}, "16:9: fact[0].given must be a rung below war; it is war"),
        ({"given": '"strike"', "years": "1"}, "17:9: fact[0].years must be left out where there is a given"),
        ({"years": "0"}, "16:9: fact[0].years must be above 0; it is 0"),
        ({"links": '["http://a"]'}, "16:10: fact[0].links[0] must begin with https://; it is 'http://a'"),
        (
            {"parameters": '["prior.resolut"]'},
            "16:15: fact[0].parameters[0] must be a parameter; it is 'prior.resolut'",
        ),
        (CASE, "4:3: fact[0].parameters must be given"),
        (CASE | {"event": '"war"', "parameters": '["prior.resolute"]'}, "fact[0].event must be left out"),
        ({"kind": '"forecast"', "count": "", "of": ""}, "4:3: fact[0].value must be given"),
        ({"kind": '"estimate"', "event": "", "parameters": '["prior.resolute"]'}, "fact[0].count must be left out"),
        ({"surce": '"S"'}, "16:1: unknown key 'surce'"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(changes: dict[str, str], expected: str, tmp_path: Path) -> None:
    assert expected in said(tmp_path, ABOUT + fact(changes))


def test_two_facts_with_one_id_are_refused(tmp_path: Path) -> None:
    assert "two facts have the id 'a-fact'" in said(tmp_path, ABOUT + fact({}) + fact({}))


def test_all_faults_of_a_register_come_at_once(tmp_path: Path) -> None:
    text = (
        fact({"grade": '"memory"', "surce": '"S"'}) + fact({"given": '"nuclear"'}) + fact({"id": '"b"', "count": "9"})
    )
    found = said(tmp_path, ABOUT + text + fact({"id": '"c"', "of": ""}) + fact({"id": '"b"'}))
    for expected in (
        "fact[0].grade must be",
        "unknown key 'surce'",
        "fact[1].given must be",
        "fact[2].count must be at most 4",
        "fact[3].of must be given",
        "two facts have the id 'b'",
    ):
        assert expected in found
