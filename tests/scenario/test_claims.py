"""Sources that a scenario brings itself.

Deliberate breaks that turned a test red: ids not compared with the article's; the register's own faults dropped.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_texts import child, faults, written

from sim.scenario.scenario import load_scenario

TOP = 'extends = "macron-2024"\n'
SPEECH = '[claims.press-club]\nclaim = "Korea is left out."\nsource = "Dean Acheson, 12 January 1950"\n'
CITES = '[prior.resolute]\ninterval = [0.2, 0.5]\nevidence = ["press-club"]\nrationale = "r"\n'


def test_a_claim_of_one_s_own_is_cited_like_the_article_s(tmp_path: Path) -> None:
    scenario = child(tmp_path, SPEECH + CITES)
    assert scenario.entries["prior.resolute"].evidence == ("press-club",)
    assert scenario.claims["press-club"].source == "Dean Acheson, 12 January 1950"
    assert scenario.claims["press-club"].direction == "neutral"


def test_claims_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    written(tmp_path, SPEECH, name="mine-claims.toml")
    assert [*child(tmp_path, f'register = "mine-claims.toml"\n{CITES}').claims] == ["press-club"]


def test_a_child_may_cite_what_its_parent_brings(tmp_path: Path) -> None:
    written(tmp_path, TOP + SPEECH, name="parent.toml")
    child = load_scenario(written(tmp_path, f'extends = "parent.toml"\n{CITES}', name="child.toml"))
    assert [*child.claims] == ["press-club"]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (CITES, "some.toml:4:13: no claim has the id 'press-club'", ""),
        (
            SPEECH + CITES.replace("press-club", "pres-club"),
            "no claim has the id 'pres-club'",
            "did you mean 'press-club'?",
        ),
        ('[claims.a]\nclaim = "c"', "some.toml:2:9: claims.a.source must be given", ""),
        (
            '[claims.a]\nclaim = "c"\nsource = "s"\nsauce = 1',
            "some.toml:5:1: unknown key 'sauce'",
            "did you mean 'source'?",
        ),
        ('[claims.a]\nclaim = 3\nsource = "s"', "claims.a.claim must be text in quotes; it is 3", ""),
        ('[claims.a]\nclaim = "c"\nsource = "s"\ndirection = "up"', "claims.a.direction must be 'raises risk'", ""),
        ("[claims]\na = 3", "claims.a must be a table; it is 3", 'with claim = "…" and source'),
        ('[claims."A b"]\nclaim = "c"\nsource = "s"', "'A b' must be lower-case letters, digits and -", ""),
        (
            '[claims.called-a-bluff]\nclaim = "c"\nsource = "s"',
            "is the id of a claim of the article's register",
            "another id",
        ),
        ("claims = 4", "claims must be a table; it is 4", ""),
        ('register = "none.toml"', "register must name a file; 'none.toml' does not exist", "same folder or below"),
        ('register = "../other.toml"', "'../other.toml' leads out of the folder", ""),
        ("register = 3", "register must name a file; it is 3", 'register = "my-claims.toml"'),
        ('register = "some.toml"\n', "unknown key 'extends' in a register", ""),
    ],
)
def test_a_faulty_claim_is_told_what_is_wrong(tmp_path: Path, text: str, message: str, hint: str) -> None:
    said = faults(tmp_path, text)
    assert message in said
    assert hint in said


def test_all_faults_come_at_once_those_of_the_register_too(tmp_path: Path) -> None:
    written(tmp_path, '[claims.b]\nclaim = "c"\n', name="claims.toml")
    said = faults(tmp_path, 'register = "claims.toml"\nsede = 7\n[claims.a]\nsource = "s"\n')
    assert "unknown key 'sede'" in said
    assert "claims.a.claim must be given" in said
    assert "claims.toml:1:9: claims.b.source must be given" in said


def test_an_id_stands_once(tmp_path: Path) -> None:
    written(tmp_path, SPEECH, name="claims.toml")
    assert "is the id of a claim of this scenario already" in faults(tmp_path, f'register = "claims.toml"\n{SPEECH}')


def test_a_register_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    written(tmp_path, "[claims.b]\nclaim = \n", name="claims.toml")
    assert "claims.toml:2:9: not TOML" in faults(tmp_path, 'register = "claims.toml"\n')
