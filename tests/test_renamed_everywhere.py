"""No command, figure or file for readers speaks of France and Russia where a scenario is about others.

Deliberate breaks that turned a test red: an answer without the naming of its result; ticks of a figure left alone;
labels of a Gambit file left as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from every_figure import KEY
from matplotlib.text import Text
from places import ROOT

import sim
from sim.analyses.plausible.base_rates import load_base_rates
from sim.cli import main
from sim.commands import delivery
from sim.scenario.evidence import load_register
from sim.scenario.scenario import load_scenario

pytestmark = pytest.mark.slow

RENAMED = ROOT / "tests" / "support" / "renamed.toml"

LINES = (
    "check {0}",
    "run {0} --draws 32 --out run",
    "replay run --draw 3 --out replay",
    "solve {0} --out solve",
    "solve {0} --concept quantal",
    "channels {0} --draws 32 --out channels",
    "compare {0} --vary prior.resolute=0.5 --draws 32 --out compare",
    "sweep {0} --grid 3 --out sweep",
    "sweep {0} --over draws --grid 2 --draws 16",
    "sensitivity {0} --points 1024 --out sensitivity",
    "robustness {0} --draws 32 --out robustness",
    "campaign {0} --draws 32 --months 2 --history 2 --out campaign",
    "readings {0} --draws 32 --out readings",
    "plausible {0} --draws 32 --all --out plausible",
    "play {0} --as china --rounds 12",
    "play {0} --as united_states --rounds 40 --save play.csv",
    "export {0} --efg game.efg",
    "show run --full",
    "parameters --of {0} --full",
)

OURS = re.compile(
    r"\b(?:France|French|Russian?|NATO|Ukraine|trainers?|soldiers|all(?:y|ies|ied)|rule_out|ambiguous|commits?|resolute|"
    r"bluffing|cautious|opportunist|strikes?|struck|quiet_visit|ruling out|commitment|nuclear use)\b"
)
"""Words that this scenario replaces, or never shows."""

EXEMPT = re.compile(r"\w+(?:\.\w+)+|--[\w-]+[= ]\S+|prior\.resolute=\S+|[\w-]+(?: \+ \d+)?(?=\s+(?:tried|assumption))")
"""Names of parameters, options, and ids of claims."""


@pytest.fixture(scope="module")
def said(no_pixels: None, no_layout: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path]:
    """Return what each command says on one long line where it can, first and in full, and the folder it saved into."""
    runner, spoken, present = CliRunner(), {}, delivery.present

    def also_in_full(*answer: Any, **how: Any) -> None:  # noqa: ANN401 - as it is called
        present(*answer, **how)
        present(answer[0], lambda: None, **how | {"full": True})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "present", also_in_full)
        patch.chdir(folder := tmp_path_factory.mktemp("renamed"))
        for line in LINES:
            result = runner.invoke(main, line.format(RENAMED).split(), env={"COLUMNS": "2000"}, input="2\n" * 99)
            assert result.exit_code == 0, result.output
            spoken[line.format("strait")] = result.output
    return spoken, folder


def left(text: str) -> list[str]:
    """Return our words in a text that are neither the scenario's own nor a source's, nor what a program reads."""
    plain = " ".join(text.split())
    for own in sorted(_own(), key=len, reverse=True):
        plain = plain.replace(" ".join(own.split()), "")
    return OURS.findall(EXEMPT.sub("", plain))


def _own() -> Iterator[str]:
    """Yield the texts that nobody may translate."""
    yield from load_scenario(RENAMED).naming["quoted"]
    yield from load_scenario(RENAMED).claims
    yield from load_register()
    for fact in load_base_rates():
        yield from (fact.title, fact.differs, fact.source, fact.id)


def test_no_command_speaks_of_the_players_of_the_reference_case(said: tuple[dict[str, str], Path]) -> None:
    found = {line: left(text) for line, text in said[0].items()}
    assert {line: words for line, words in found.items() if words} == {}


def test_every_command_speaks_of_the_scenario_s_own(said: tuple[dict[str, str], Path]) -> None:
    silent = [line for line, text in said[0].items() if not re.search(r"China|United States|Chinese|American", text)]
    assert silent == ["export strait --efg game.efg"]  # its game is looked at below


def test_no_figure_speaks_of_them_be_it_in_its_alt_text(said: tuple[dict[str, str], Path]) -> None:
    figures = [*said[1].rglob("*.svg")]
    assert len(figures) >= 10
    found = {}
    for path in figures:
        svg = path.read_text()
        texts = re.findall(r"<(?:text|title|dc:title|dc:description)\b[^>]*>(?!Matplotlib)([^<]*)<", svg)
        found[path.name] = left(" ".join(texts)) + KEY.findall(" ".join(texts))
    assert {name: words for name, words in found.items() if words} == {}


def test_the_game_for_gambit_has_the_scenario_s_names(said: tuple[dict[str, str], Path]) -> None:
    text = (said[1] / "game.efg").read_text()
    assert '{ "United States" "China" }' in text
    assert '{ "disclaim" "quiet visit" "keep silent" "draw a line" }' in text
    assert left(text.partition("\n")[2]) == []


def test_the_title_is_the_scenario_s_own(said: tuple[dict[str, str], Path]) -> None:
    assert said[0]["run strait --draws 32 --out run"].startswith("Would France and Russia have done the same?\n")


def test_public_figures_and_their_alt_texts_speak_of_them_too() -> None:
    result = sim.run(load_scenario(RENAMED), draws=32)
    axes = sim.figures.ladder(result)
    drawn = " ".join(text.get_text() for text in axes.figure.findobj(Text))
    assert left(drawn) == []
    assert "China hits" in drawn
    assert left(sim.figures.ladder_alt_text(result)) == []


def test_a_figure_in_somebody_else_s_axes_leaves_the_others_alone() -> None:
    from matplotlib.figure import Figure

    mine, theirs = Figure().subplots(1, 2)
    theirs.set_title("What Russia strikes")
    sim.figures.ladder(sim.run(load_scenario(RENAMED), draws=32), ax=mine)
    assert theirs.get_title() == "What Russia strikes"


def test_check_asks_the_question_for_class(said: tuple[dict[str, str], Path]) -> None:
    assert f"{RENAMED}: for class: What would French trainers have changed?\n" in said[0]["check strait"]
