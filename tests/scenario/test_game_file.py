"""Are files told apart by what they say, and is what nobody can see in them named?

Deliberate break that turned a test red: the ending of a file's name believed.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from sim.games.gambit.efg import read_efg
from sim.scenario.game_file import GameFile, load
from sim.solve.solving import efg_at
from sim.telling.faults import ScenarioError

EFG = """EFG 2 R "Beer" { "Sender" "Receiver" }
c "" 1 "" { "strong" 9/10 "weak" 1/10 } 0
p "" 1 1 "S" { "beer" } 0
p "" 2 1 "B" { "fight" "leave" } 0
t "" 1 "" { 1, 0 }
t "" 2 "" { 3, 1 }
p "" 1 2 "W" { "beer" } 0
p "" 2 1 "B" { "fight" "leave" } 0
t "" 5 "" { 0, 1 }
t "" 6 "" { 2, 0 }
"""

TOML = """title = "Beer"
[game]
types = ["strong", "weak"]
signals = ["beer"]
actions = ["fight", "leave"]
prior = [0.9, 0.1]
sender = [[[1, 3]], [[0, 2]]]
receiver = [[[0, 1]], [[1, 0]]]
"""


def faults_in(folder: Path, name: str, content: str | bytes) -> str:
    """Return what is said of a file."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ScenarioError, match=re.escape(str(folder))) as caught:
        load(str(file))
    return str(caught.value).replace(f"{folder}{os.sep}", "")


@pytest.mark.parametrize("name", ["beer.efg", "beer.EFG", "beer.efg.txt", "beer.toml", "beer"])
@pytest.mark.parametrize("content", [EFG, "\ufeff\n" + EFG.replace("\n", "\r\n"), TOML])
def test_a_game_is_known_by_what_the_file_says(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    game = load(str(tmp_path / name))
    assert isinstance(game, GameFile)
    assert game.game.sender.tolist() == [[[1, 3]], [[0, 2]]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('NFG 1 R "Prisoners" { "A" "B" } { 2 2 }\n', "in strategic form (.nfg), which does not say who knows what"),
        ('<?xml version="1.0" encoding="UTF-8"?>\n<gambit:document version="0.1">', "a workbook of Gambit (.gbt)"),
    ],
)
def test_other_files_of_gambit_are_told_for_what_they_are(tmp_path: Path, content: str, says: str) -> None:
    said = faults_in(tmp_path, "game.nfg", content)
    assert says in said
    assert said.endswith("save the game in Gambit as an extensive game (.efg)")


def test_a_scenario_cannot_extend_a_gambit_file(tmp_path: Path) -> None:
    (tmp_path / "game.efg").write_text(EFG, encoding="utf-8")
    said = faults_in(tmp_path, "mine.toml", 'extends = "game.efg"\n')
    assert said.startswith("game.efg: this is a Gambit file: it gives a game outright")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("1, 0 }", "1,5, 0 }", "game.efg:5:13: file must give 2 payoffs for an outcome; line 5 has 3"),
        ("1, 0 }", "1,5, 0 }", "^^^  write decimals with a point: 1.5"),
        ('9/10 "weak" 1/10', '0,9 "weak" 0,1', "write decimals with a point: 0.9"),
        ("1, 0 }", "\u22121, 0 }", "MINUS SIGN (U+2212) is not - but looks like it"),
        ("1, 0 }", "1\u200b, 0 }", "ZERO WIDTH SPACE (U+200B) cannot be seen: type a plain space or nothing"),
        ('"fight"', "\u201cfight\u201d", 'LEFT DOUBLE QUOTATION MARK (U+201C) is not " but looks like it'),
        ("1, 0 }", "\uff11, 0 }", "FULLWIDTH DIGIT ONE (U+FF11) is not 1 but looks like it"),
        ('p "" 1 1', '\u0440 "" 1 1', "CYRILLIC SMALL LETTER ER (U+0440) is no Latin letter"),
        ('"strong"', '"stróng \u2212', "close"),
    ],
)
def test_a_gambit_file_names_what_is_not_what_it_looks_like(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in faults_in(tmp_path, "game.efg", EFG.replace(old, new, 1))


@pytest.mark.parametrize(("code", "says"), [("utf-16", "it is UTF-16"), ("latin-1", "game.efg:2:14: the file must be")])
def test_a_gambit_file_in_another_encoding_is_refused_as_a_scenario_is(tmp_path: Path, code: str, says: str) -> None:
    said = faults_in(tmp_path, "game.efg", EFG.replace("strong", "é").encode(code))
    assert says in said
    assert "save it as UTF-8" in said


@pytest.mark.parametrize("text", ["key\u00a0= 1", "key = \u00a01", "key = 1\u200b", "k\u0435y = 1", "key = \u22121"])
def test_toml_names_what_is_not_what_it_looks_like(tmp_path: Path, text: str) -> None:
    said = faults_in(tmp_path, "mine.toml", f"# \u00a0 \u2212 here it may stand\n{text}\n")
    assert said.startswith("mine.toml:2:")
    assert "a character that is not what it looks like" in said
    assert "(U+" in said


def test_what_gambit_cannot_hold_is_replaced_when_a_game_is_written(tmp_path: Path) -> None:
    text = EFG.replace('"strong"', r'"a\b"').replace('"weak"', '"a/b"').replace('"fight"', r'"\frac"')
    (tmp_path / "game.efg").write_text(text, encoding="utf-8")
    _, labels = read_efg(efg_at(load(str(tmp_path / "game.efg"))))
    assert labels.actions == ("/frac", "leave")
    assert labels.types == ("t1", "t2")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
@pytest.mark.parametrize("content", [EFG, TOML, 'extends = "macron-2024"\n'])
def test_a_file_whose_name_is_no_text_has_a_name_that_is(tmp_path: Path, content: str) -> None:
    file = os.fsencode(tmp_path) + b"/b\xffd\x1b[31m.toml"
    Path(os.fsdecode(file)).write_text(content.replace('"Beer"', '""').replace('title = ""\n', ""), encoding="utf-8")
    found = load(os.fsdecode(file))
    assert found.title == "b\ufffdd\ufffd[31m"
    assert found.name in (found.title, "b-d-31m")  # a scenario's is one that a run can be read back by
