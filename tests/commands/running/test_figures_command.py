"""Does `sim figures` draw all of a run in the formats and the style that are asked for?

Deliberate breaks that turned a test red: the style of the lecturer put before that of all figures; a sheet that is not
looked through; files numbered in the order of the run.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sim
from sim.cli import main
from sim.lookup.pictures import picture


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small run."""
    return Path(sim.run(sim.load_scenario("macron-2024"), draws=64).save(tmp_path_factory.mktemp("runs") / "run"))


def call(*words: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["figures", *map(str, words)], prog_name="sim")


@pytest.fixture
def unarranged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no room for texts, for this test alone: others see whether words fit."""
    monkeypatch.setattr("sim.drawing.saving.ConstrainedLayoutEngine.execute", lambda *_: None)


def test_every_figure_of_a_run_is_drawn_in_every_format(run: Path, tmp_path: Path, unarranged: None) -> None:
    done = call(run, "--out", tmp_path / "out", "--format", "png,svg,pdf")
    assert done.exit_code == 0, done.output
    names = ("ladder", "promise", "exposure", "icons", "dots", "tree", "beliefs", "quantal")
    drawn = {path.name for path in (tmp_path / "out").iterdir()}
    assert drawn >= {f"{name}.{kind}" for name in names for kind in ("png", "svg", "pdf")}
    assert (tmp_path / "out" / "ladder.pdf").read_bytes().startswith(b"%PDF")
    assert "Saved in" in done.output


def test_one_figure_can_be_asked_for_and_is_the_same_bytes_every_time(run: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert call(run, "promise", "--out", tmp_path / folder, "--format", "pdf,svg").exit_code == 0
    files = [{path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("a", "b")]
    assert {*files[0]} == {"promise.pdf", "promise.svg", "manifest.json"}
    assert [files[0][name] == files[1][name] for name in ("promise.pdf", "promise.svg")] == [True, True]


def test_a_style_of_the_lecturer_s_goes_over_our_own(run: Path, tmp_path: Path) -> None:
    (tmp_path / "hall.mplstyle").write_text("figure.facecolor: f0e8d0  # as the hall's wall\n", encoding="utf-8")
    style = ("--style", tmp_path / "hall.mplstyle", "--format", "svg")
    assert call(run, "promise", "--out", tmp_path / "out", *style).exit_code == 0
    assert "#f0e8d0" in (tmp_path / "out" / "promise.svg").read_text(encoding="utf-8")


def test_a_style_of_matplotlib_is_known_by_its_name(run: Path, tmp_path: Path) -> None:
    assert call(run, "promise", "--out", tmp_path / "out", "--style", "ggplot", "--format", "svg").exit_code == 0
    assert "#e5e5e5" in (tmp_path / "out" / "promise.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (None, "there is neither a file nor a style of Matplotlib called 'ggplo'; did you mean 'ggplot'?"),
        (b"figure.facecolr: white", "a.mplstyle:1: Matplotlib has no setting 'figure.facecolr'; did you mean"),
        (b"\n# large\nfont.size: huge", "a.mplstyle:3: font.size cannot be 'huge': Could not convert 'huge' to float"),
        (b"font.size 20", "a.mplstyle:1 must read SETTING: VALUE; it is 'font.size 20'"),
        (b"\xff\xfe\x00", "a.mplstyle must be a text in UTF-8"),
        (
            b"figure.facecolor: 102030",
            "figure.facecolor must be light, since letters are dark: at least 4.5 : 1; a.mpl",
        ),
    ],
)
def test_a_theme_with_a_fault_is_refused_with_what_and_where(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: bytes | None, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if sheet is not None:
        (tmp_path / "a.mplstyle").write_bytes(sheet)
    done = call(run.resolve(), "--out", "out", "--style", "a.mplstyle" if sheet else "ggplo")
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


def test_in_two_steps_files_sort_as_they_were_asked_for(run: Path, tmp_path: Path) -> None:
    done = call(run, "dots", "promise", "--out", tmp_path / "out", "--steps", "--format", "svg")
    assert "2 figures in two steps each as svg" in done.output
    steps = ["1-axes.svg", "2-answer.svg"]
    named = [f"{place}-{name}-{step}" for place, name in (("01", "dots"), ("02", "promise")) for step in steps]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [*named, "manifest.json"]
    assert picture(tmp_path / "out", "dots").name == "01-dots-1-axes.svg"


def test_words_of_the_lecturer_s_come_from_a_file_that_the_command_begins(run: Path, tmp_path: Path) -> None:
    begun = call(run, "promise", "icons", "--words")
    assert begun.exit_code == 0
    text = begun.stdout.replace('"commit" = "commit"', '"commit" = "zusagen"')
    (tmp_path / "de.toml").write_text(text, encoding="utf-8")
    done = call(run, "promise", "icons", "--out", tmp_path / "out", "--labels", tmp_path / "de.toml", "--format", "svg")
    assert (done.exit_code, "no figure" in done.output) == (0, False), done.output
    assert ">zusagen<" in (tmp_path / "out" / "icons.svg").read_text(encoding="utf-8")
    for words, said in (
        (("--label", "strik=Angriff", "--label", "commit=x"), "none shows 'strik' (did you mean 'strike"),
        (("--label", "strike"), "a label must read WORD=WORDS, such as strike=Angriff; it is 'strike'"),
        ((), "--out must name a folder"),
    ):
        place = ("--out", tmp_path / "none") if words else ()
        wrong = call(run, "icons", *place, *words)
        assert (wrong.exit_code, (tmp_path / "none").exists()) == (2, False)
        assert said in " ".join(wrong.output.split())


def test_every_command_that_saves_figures_does_so_in_two_steps_and_says_what_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unarranged: None
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = {"solve": "tree", "channels --draws 16": "channels"}
    for words, name in commands.items():
        done = CliRunner().invoke(main, [*words.split(), "--out", name, "--steps"], prog_name="sim")
        assert done.exit_code == 0, done.output
        assert {f"{name}-1-axes.png", f"{name}-2-answer.png"} <= {path.name for path in Path(name).iterdir()}
    assert CliRunner().invoke(main, ["run", "--draws", "16", "--out", "run", "--steps"]).exit_code == 0
    assert (tmp_path / "run" / "ladder-1-axes.png").exists()
    drawing = [name for name, command in main.commands.items() if "steps" in {each.name for each in command.params}]
    assert {*drawing} == {
        "run", "solve", "compare", "sweep", "sensitivity", "channels", "campaign", "readings", "robustness",
        "plausible", "replay", "figures",
    }  # fmt: skip
    alone = CliRunner().invoke(main, ["channels", "--steps"], prog_name="sim")
    assert (alone.exit_code, "--out names the folder" in alone.output) == (2, True)


def test_what_is_not_there_is_said(run: Path, tmp_path: Path) -> None:
    for words, said in (
        ((run, "nosuch"), "the run has no figure 'nosuch': it has ladder, promise,"),
        ((tmp_path,), "holds no run that can be drawn"),
        ((run, "--format", "gif"), "formats must be png, svg or pdf; one is 'gif'"),
    ):
        done = call(*words, "--out", tmp_path / "out")
        assert done.exit_code == 2
        assert said in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()
