"""Do figures speak a lecturer's words, in any script, and say which words they do not know?

Deliberate breaks that turned a test red: labels read before the scenario's words; words replaced inside of others;
the shorter word replaced before the longer; fonts of the system not asked; words that nothing shows passed over.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from every_figure import every, looked_at
from matplotlib.text import Text
from some_results import real

import sim
from sim.drawing import fonts
from sim.drawing.labels import Labels, read_labels
from sim.drawing.parts import UnreadableError
from sim.drawing.saving import Wanted, drawn, figure_files, files_of, laid_out, words_of
from sim.drawing.steps import QUESTIONS
from sim.games.gambit.efg import Labels as NamesOfAGame
from sim.telling.answer import Answer, Figure, figure_in_words

ON_A_SLIDE: Any = sim.figures  # what it takes besides is added when it is loaded, which no type checker sees


def written(figure: Figure, labels: Labels) -> list[str]:
    """Return all that is written on a figure, but what makes it repeatable."""
    _, canvas = laid_out(figure, Wanted(labels=labels))
    texts = (each for each in canvas.findobj(Text) if isinstance(each, Text) and each.get_gid() != "source")
    return [" ".join(text.get_text().split()) for text in texts if text.get_visible() and text.get_text()]


@pytest.mark.parametrize("name", looked_at())
def test_any_phrase_of_any_figure_can_be_said_otherwise(name: str) -> None:
    figure = every()[name]
    stated = tomllib.loads(words_of([figure]))
    phrases = [each for each in stated if isinstance(stated[each], str) and not each.endswith("?")]
    assert len(phrases) >= 3
    words = {phrase: f"Ż{number}" for number, phrase in enumerate(phrases)} | {"of": "von", "in": "je"}
    own = {name: {"title": "Łódź", "caption": "Ćma"}}
    said = written(figure, labels := Labels(words, own))
    assert {"Łódź", "Ćma"} <= {*said}
    assert labels.heard >= {*phrases}
    letters = {letter for text in said for letter in text.replace("Łódź", "").replace("Ćma", "") if letter.isalpha()}
    assert letters <= {*"Żvonje"}


def test_words_stand_for_what_the_scenario_calls_things_the_longest_first_and_whole() -> None:
    naming = {"stances": {"commit": "draw a line"}, "rungs": {"strike": "blockade"}}
    figure = figure_in_words(every()["ladder"], naming)
    said = written(
        figure,
        Labels({"us": "X", "blockade": "Blockade zur See", "draw a line": "Grenze", "line": "Linie", "war": "Krieg"}),
    )
    assert said.count("Blockade zur See") == 2
    assert any(text.startswith("Grenze 1 in") for text in said)
    assert "Krieg" in said
    assert not [text for text in said if "Linie" in text or "Kriegs" in text or "X" in text]


def test_the_question_of_the_first_step_is_said_otherwise_too() -> None:
    asked = {QUESTIONS["promise"]: "Auferlegt oder gewählt?"}
    files = figure_files(every()["promise"], Wanted(("svg",), steps=True, labels=Labels(asked)))
    assert "Auferlegt oder gewählt?" in files["promise-1-axes.svg"].decode()
    assert "Auferlegt" not in files["promise-2-answer.svg"].decode()


def test_a_file_of_words_that_nobody_changed_changes_nothing(tmp_path: Path) -> None:
    figures = [every()[name] for name in ("promise", "tree")]
    (tmp_path / "same.toml").write_text(words_of(figures), encoding="utf-8")
    labels = read_labels(tmp_path / "same.toml")
    for figure in figures:
        assert figure_files(figure, Wanted(("svg",), labels=labels)) == figure_files(figure, Wanted(("svg",)))
    labels.check(pytest.fail)


def test_in_python_a_word_that_the_figure_does_not_show_is_refused_with_the_nearest() -> None:
    axes = ON_A_SLIDE.ladder(real(), labels={"casualties": "Verluste"})
    assert [text.get_text() for text in axes.get_xticklabels()][1] == "Verluste"
    with pytest.raises(ValueError, match=r"none shows 'casualtis' \(did you mean 'casualties'\?\), 'Katze'$"):
        ON_A_SLIDE.ladder(real(), labels={"casualtis": "Verluste", "Katze": "x", "strike": "Angriff"})
    for wrong in ("strike", {"strike": 1}, {"": "x"}):
        with pytest.raises(TypeError, match="labels must be a mapping of words to words"):
            ON_A_SLIDE.ladder(real(), labels=wrong)


def test_figures_of_a_game_take_names_for_its_types_as_before() -> None:
    game = sim.SignallingGame([0.9, 0.1], [[[1, 3], [0, 2]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]])
    path = sim.quantal_path(game, up_to=2.0)
    named = ON_A_SLIDE.quantal(path, labels=NamesOfAGame(types=("strong", "weak")))
    assert [line.get_label() for line in named.child_axes[0].get_lines()] == ["strong: m1", "weak: m1"]
    told = ON_A_SLIDE.quantal(path, labels={"t1": "stark"})
    assert "stark: m1" in [text.get_text() for text in told.child_axes[0].texts]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("strike = Angriff", 'must be TOML, lines such as strike = "Angriff"; Invalid value'),
        ("strike = 7", "'strike' must be given words between quotation marks; it is given 7"),
        ("strike = ' '", "'strike' must be given words between quotation marks; it is given ' '"),
        ("[laddr]\ntitle = 'x'", "there is no figure 'laddr'; did you mean 'ladder'?"),
        ("[ladder]\ntitle = ['x']", "'title' must be given words between quotation marks"),
    ],
)
def test_a_file_of_words_with_a_fault_is_refused_with_it(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(said)):
        read_labels(tmp_path / "a.toml")
    with pytest.raises(ValueError, match=r"a label must read WORD=WORDS, such as strike=Angriff; it is 'strike'"):
        read_labels(None, ["strike"])


def test_a_file_may_leave_a_title_out(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[ladder]\ntitle = ''", encoding="utf-8")
    assert read_labels(tmp_path / "a.toml").of(["ladder"]) == {"title": ""}


def test_a_word_of_a_file_may_be_another_figure_s_and_one_that_was_typed_may_not() -> None:
    said: list[str] = []
    of_a_file, typed = Labels({"stike": "x"}), read_labels(None, ["stike=x"])
    for labels in (of_a_file, typed):
        written(every()["ladder"], labels)
    of_a_file.check(said.append)
    assert [line.partition(" or ")[0] for line in said] == ["no figure here shows 'stike' (did you mean 'strike'"]
    with pytest.raises(ValueError, match=r"labels must stand for words that a figure shows; none shows 'stike' \(did"):
        typed.check(said.append)


def test_words_that_leave_no_room_are_refused_by_name() -> None:
    long = "eine Haltung mit einem Namen, der niemals irgendwo hineinpassen wird"
    with pytest.raises(UnreadableError, match=r"in these words and looks 'eine Haltung .* shorter words make room"):
        laid_out(every()["icons"], Wanted(labels=Labels({"commit": long, "stay ambiguous": long})))


@pytest.mark.parametrize("word", ["Ångström ß ő ạ Ł", "Ελλάδα", "Атака", "הַתְקָפָה", "هجوم"])
def test_accents_and_scripts_of_the_font_are_drawn_from_either_side(word: str) -> None:
    files = files_of([every()["promise"]], pytest.fail, Wanted(("png", "svg"), labels=Labels({"crises": word})))
    assert {*files} == {"promise.png", "promise.svg"}
    assert word in files["promise.svg"].decode()


def test_letters_that_no_font_has_leave_out_the_picture_and_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", list)
    said: list[str] = []
    files = files_of(
        [every()["promise"]], said.append, Wanted(("png", "svg", "pdf"), labels=Labels({"crises": "危機"}))
    )
    assert {*files} == {"promise.svg"}
    assert said == [
        "no promise.pdf, promise.png: no font here has 危 機; install a font that has them, such as Noto Sans CJK for "
        "Chinese, Japanese and Korean, or take the .svg, which has them as text"
    ]
    with pytest.raises(ValueError, match=r"labels must be in letters that a font here has; none has 危 機; install a"):
        ON_A_SLIDE.promise(real(), labels={"crises": "危機"})


def test_letters_that_another_font_of_the_system_has_are_drawn_with_it() -> None:
    there = fonts._of(["DejaVu Sans"])
    own = {letter for _, path in fonts._installed() for letter in fonts._letters(path)}
    elsewhere = sorted(letter for letter in own - there if letter.isalpha())
    assert elsewhere  # Matplotlib brings fonts of its own
    families, missing = fonts.families([elsewhere[0]])
    assert (len(families), missing) == (2, "")
    files = files_of([every()["promise"]], pytest.fail, Wanted(("png",), labels=Labels({"crises": elsewhere[0]})))
    assert {*files} == {"promise.png"}


def test_words_as_a_file_are_toml_whatever_stands_in_them() -> None:
    figure = Figure("ladder", lambda axes: axes, 'a "b" \\ c', "alt")
    assert json.dumps('a "b"') not in words_of([figure])
    assert tomllib.loads(words_of([figure]))["ladder"] == {"title": "", "caption": ""}


def test_a_file_from_notepad_is_read_and_a_word_of_one_figure_s_table_that_it_does_not_show_is_told(
    tmp_path: Path,
) -> None:
    (tmp_path / "own.toml").write_bytes('\ufeffstrike = "Angriff"\n[ladder]\ntitel = "x"\n'.encode())
    labels, said = read_labels(tmp_path / "own.toml"), list[str]()
    assert "Angriff" in written(every()["ladder"], labels)
    labels.check(said.append)
    assert [line.partition(" (")[0] for line in said] == ["no figure here shows 'titel'"]


def test_a_mistyped_word_costs_a_line_and_no_figure() -> None:
    told = Answer("run", "", "", [], [], {}, figures=lambda: [every()["ladder"]])
    said = list[str]()
    files = drawn(told, said.append, Wanted(("svg",), labels=read_labels(None, ["stike=x"])))
    assert {*files} == {"ladder.svg", "ladder.csv"}
    assert [line.partition(" (")[0] for line in said] == [
        "labels must stand for words that a figure shows; none shows 'stike'"
    ]
