"""Do figures come out the same whatever the user's settings are, and whole whatever the names are?

Deliberate breaks that turned a test red: the library's own settings not put before the style; an engine of layout left
in place, which draws all once more for every format.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

import sim.figures
from sim.crisis.play import Play
from sim.drawing.saving import Wanted, figure_files, files_of
from sim.scenario.game_file import load
from sim.solve.answer import answer
from sim.solve.solving import solve_at
from sim.telling.answer import Figure

GAME = """title = '''{title}'''
[game]
types = ["strong", "weak"]
signals = ['{name}', "quiche"]
actions = ["fight", "leave"]
prior = [0.9, 0.1]
sender = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]]
receiver = [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
"""


def named(text: str) -> Figure:
    """Return a figure with a text in all its places."""

    def draw(axes: Axes) -> Axes:
        axes.plot([0.0, 1.0], label=text)
        axes.set_title(text)
        axes.set_xticks([0], [text])
        axes.legend()
        return axes

    return Figure("named", draw, text, text, header=[text], rows=[[1]])


@pytest.fixture(scope="module")
def expected() -> dict[str, bytes]:
    """Return the files of a figure as they are with the library's own settings."""
    return figure_files(named("plain"))


@pytest.mark.parametrize(
    "settings",
    [{"font.family": "serif"}, {"lines.linestyle": ":"}, {"axes.facecolor": "red"}, {"savefig.transparent": True}],
)
def test_settings_of_the_user_change_no_byte(settings: dict[Any, Any], expected: dict[str, bytes]) -> None:
    with rc_context(settings):
        assert figure_files(named("plain")) == expected


def test_a_figure_is_drawn_once_for_every_format(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, draw = [], Canvas.draw

    def counted(canvas: Canvas, renderer: Any) -> None:  # noqa: ANN401 - of any kind of file
        drawn.append(type(renderer).__name__)
        draw(canvas, renderer)

    monkeypatch.setattr(Canvas, "draw", counted)
    with rc_context({"figure.constrained_layout.use": True}):
        figure_files(named("plain"), Wanted(("png", "svg")))
    assert len(drawn) == 2


def test_a_settings_file_and_an_unknown_backend_change_no_byte_of_a_command(tmp_path: Path) -> None:
    settings = "text.usetex: True\nbackend: nosuch\nnosuch: 1\nfont.family: serif\n"
    command = [sys.executable, "-m", "sim.cli", "robustness", "--draws", "16", "--out"]
    root = Path(sim.figures.__file__).resolve().parents[1]
    for name, backend in (("plain", "agg"), ("odd", "nosuch")):
        folder = tmp_path / name
        folder.mkdir()
        if name == "odd":
            (folder / "matplotlibrc").write_text(settings, encoding="utf-8")
        environment = os.environ | {"MPLBACKEND": backend, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [*command, "out"], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr.count("\n")) == (0, 2), done.stderr  # saved, and next
    saved = [
        {path.name: path.read_bytes() for path in (tmp_path / name / "out").iterdir()} for name in ("plain", "odd")
    ]
    assert saved[0] == saved[1]


@pytest.mark.parametrize("text", ["offer $x^$ now", r"$\frac{$", "<b> & 'c' \"d\"", "a\x1b[31mb\u202ec\x00", "x" * 38])
def test_any_text_is_drawn_as_it_stands_in_valid_files(text: str) -> None:
    files = files_of([named(text)], print)
    drawn = ET.fromstring(files["named.svg"])
    texts = ["".join(each.itertext()).strip() for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    shown = "".join("\ufffd" if c in "\x1b\u202e\x00" else c for c in text)
    assert texts.count(shown) == 3
    assert files["named.png"].startswith(b"\x89PNG")


@pytest.mark.parametrize("figure", ["tree", "beliefs"])
def test_public_figures_take_names_for_names_under_any_style(tmp_path: Path, figure: str) -> None:
    (tmp_path / "a.toml").write_text(GAME.format(title="$^$", name="offer $x^$ now"), encoding="utf-8")
    axes = getattr(sim.figures, figure)(solve_at(load(str(tmp_path / "a.toml")), play=Play()))
    axes.figure.savefig(io.BytesIO())


def test_characters_that_no_font_has_are_told_in_one_line_and_make_no_boxes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.drawing.fonts._installed", list)
    (tmp_path / "a.toml").write_text(GAME.format(title="中文", name="啤酒"), encoding="utf-8")
    said: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        files = files_of(answer(solve_at(load(str(tmp_path / "a.toml")), play=Play())).figures(), said.append)
    assert [line.partition("; ")[0] for line in said] == [
        "no tree.png, quantal.png, beliefs.png: no font here has 啤 酒"
    ]
    assert "啤酒" in files["tree.svg"].decode()
    assert not [name for name in files if name.endswith(".png")]


def test_a_figure_that_its_names_leave_no_room_for_is_left_out_in_one_line(tmp_path: Path) -> None:
    text = GAME.format(title="Long", name="beer and a fish with a name of its own")
    for short in ("quiche", "strong", "weak", "fight", "leave"):
        text = text.replace(f'"{short}"', f'"{short} or so it would have been said"')
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    said: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        files = files_of(answer(solve_at(load(str(tmp_path / "a.toml")), play=Play())).figures(), said.append)
    why = "its names are so long that they leave no room for it"
    assert said == [f"no figure {name}: {why}" for name in ("tree", "beliefs", "quantal") if f"{name}.png" not in files]
    assert said


def test_other_warnings_of_a_drawing_are_passed_on() -> None:
    def draw(axes: Axes) -> Axes:
        warnings.warn("look here", UserWarning, stacklevel=1)
        return axes

    with pytest.warns(UserWarning, match="look here"):
        files_of([Figure("a", draw, "", "")], print)
