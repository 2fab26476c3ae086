"""Does `sim figures` draw all of a run in the formats and the style that are asked for?

Deliberate break that turned a test red: the style of the lecturer put before that of all figures.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sim
from sim.cli import main


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small run."""
    return Path(sim.run(sim.load_scenario("macron-2024"), draws=64).save(tmp_path_factory.mktemp("runs") / "run"))


def call(*words: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["figures", *map(str, words)], prog_name="sim")


def test_every_figure_of_a_run_is_drawn_in_every_format(run: Path, tmp_path: Path) -> None:
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
    (tmp_path / "hall.mplstyle").write_text("figure.facecolor: 102030\n", encoding="utf-8")
    style = ("--style", tmp_path / "hall.mplstyle", "--format", "svg")
    assert call(run, "promise", "--out", tmp_path / "out", *style).exit_code == 0
    assert "#102030" in (tmp_path / "out" / "promise.svg").read_text(encoding="utf-8")


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
