"""Does the register say which claim each number rests on, and does it refuse what does not fit together?

Deliberate breaks that turned tests red: ids compared with themselves instead of with those seen before; a register
remembered by its path alone; a folder of games that must be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from scenario_texts import REGISTER, SMALL, written

from sim.scenario.evidence import Claim, load_register
from sim.scenario.library import bundled, bundled_games, bundled_scenarios
from sim.scenario.scenario import ScenarioError, load_scenario

ARTICLE = (
    '[article]\ntitle = "T"\npublished = "2024"\ndescription = "D"\nlimits = "L"\nparagraphs = 2\n'  # lines 1 to 6
)
CLAIM = {
    "id": '"a-claim"',
    "paragraph": "2",
    "claim": '"It is so."',
    "source": '"journalist"',
    "direction": '"neutral"',
    "parameters": '["prior.resolute"]',
}


def claim(changes: Mapping[str, str]) -> str:
    """Return a [[claim]] with some of its keys changed; an empty value leaves the key out."""
    return "[[claim]]\n" + "".join(f"{key} = {value}\n" for key, value in (CLAIM | dict(changes)).items() if value)


def said(folder: Path, text: str) -> str:
    """Return everything that is said against a register, without the folder."""
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        load_register(written(folder, text))
    return str(caught.value).replace(f"{folder}/", "")


def test_a_register_is_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    second = claim({"id": '"b"', "wording": '"may"', "note": '"N"', "direction": '"cuts both ways"'})
    register = load_register(written(tmp_path, ARTICLE + claim({}) + second))
    assert list(register) == ["a-claim", "b"]
    assert register["a-claim"] == Claim("a-claim", 2, "It is so.", "journalist", "neutral", ("prior.resolute",))
    assert (register["b"].wording, register["b"].note) == ("may", "N")


def test_a_register_that_is_edited_is_read_anew(tmp_path: Path) -> None:
    assert list(load_register(written(tmp_path, ARTICLE + claim({})))) == ["a-claim"]
    assert list(load_register(written(tmp_path, ARTICLE + claim({"id": '"b"'})))) == ["b"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": '"A b"'}, "8:6: claim[0].id must be letters, digits and -, such as low-risk-2; it is 'A b'"),
        ({"paragraph": "3"}, "9:13: claim[0].paragraph must be at most 2; it is 3"),
        ({"paragraph": "0"}, "9:13: claim[0].paragraph must be at least 1; it is 0"),
        ({"claim": '" "'}, "10:9: claim[0].claim must not be blank; it is ' '"),
        ({"source": ""}, "7:3: claim[0].source must be given"),
        (
            {"direction": '"up"'},
            "12:13: claim[0].direction must be 'raises risk', 'lowers risk', 'cuts both ways' or 'neutral'; it is 'up'",
        ),
        ({"parameters": "[]"}, "13:14: claim[0].parameters must have at least one item; it is empty"),
        ({"parameters": '["prior.resolut"]'}, "13:15: no parameter is named 'prior.resolut'"),
        ({"wordnig": '"may"'}, "14:1: unknown key 'wordnig'"),
    ],
)
def test_a_faulty_claim_is_shown_where_it_is(tmp_path: Path, changes: dict[str, str], expected: str) -> None:
    assert said(tmp_path, ARTICLE + claim(changes)).split("\n")[0] == f"bad.toml:{expected}"


def test_all_faults_of_references_are_reported_at_once_to_the_letter(tmp_path: Path) -> None:
    second = claim({"paragraph": "7", "parameters": '["prior.resolute", "prior.oportunist"]'})
    assert said(tmp_path, ARTICLE + claim({}) + second) == (
        "bad.toml:15:6: two claims have the id 'a-claim'\n"
        '   15 | id = "a-claim"\n'
        "      |      ^^^^^^^^^  ids must differ\n"
        "bad.toml:16:13: claim[1].paragraph must be at most 2; it is 7\n"
        "   16 | paragraph = 7\n"
        "      |             ^  article.paragraphs counts them\n"
        "bad.toml:20:33: no parameter is named 'prior.oportunist'\n"
        '   20 | parameters = ["prior.resolute", "prior.oportunist"]\n'
        "      |                                 ^^^^^^^^^^^^^^^^^^  did you mean 'prior.opportunist'?"
    )


def test_a_register_without_article_or_claims_says_so(tmp_path: Path) -> None:
    assert said(tmp_path, "x = 1").split("\n")[:2] == [
        "bad.toml: article must be given",
        "bad.toml: claim must be given",
    ]


def test_a_missing_register_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no such file"):
        load_register(tmp_path / "none.toml")


def test_a_scenario_knows_what_it_cites_until_a_number_is_set_by_hand(tmp_path: Path) -> None:
    cites = '[france.humiliation]\nvalue = 1\nevidence = ["far-from-front"]\nrationale = "r"\n'
    scenario = load_scenario(written(tmp_path, SMALL + cites), register=REGISTER)
    assert scenario.cited == {"far-from-front"}
    assert scenario.override({"france.humiliation": 1}).cited == set()


def test_the_bundled_register_is_sound_and_the_scenarios_cite_it() -> None:
    register = load_register()
    every = [load_scenario(name) for name in bundled_scenarios()]
    cited = frozenset().union(*(each.cited - each.claims.keys() for each in every))
    assert len(register) > 40
    assert 0 < len(cited) <= len(register)
    assert cited <= register.keys()


def test_the_bundled_folders_are_those_of_the_installation() -> None:
    assert (bundled("seeds") / "article.toml").is_file()
    assert set(bundled_scenarios()) == {path.stem for path in bundled("scenarios").glob("*.toml")}


def test_without_the_textbooks_games_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "only.toml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr("sim.scenario.library.bundled", lambda _: tmp_path)
    assert (bundled_games(), [*bundled_scenarios()]) == ({}, ["only"])
    with pytest.raises(ScenarioError, match="did you mean 'only'"):
        load_scenario("onyl")
