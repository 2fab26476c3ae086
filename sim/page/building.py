"""How does a page become one file? The template with styles, words, data and scripts inside: nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sim.crisis.ladder import OUTCOMES
from sim.montecarlo.result import Result
from sim.montecarlo.run import run
from sim.page.content import crisis_content
from sim.page.draws import DRAWS
from sim.page.game_content import game_content
from sim.page.script import engine_script, script
from sim.scenario.game_file import GameFile
from sim.scenario.scenario import Scenario
from sim.telling.numbers import frequency

HERE = Path(__file__).parent

SECTIONS = {
    "crisis": ("guess", "ladder", "why", "play", "sure", "sources"),
    "game": ("game", "equilibria", "sources"),
}
"""Sections of each kind of page, in their order; the sliders stand beside the ladder."""

RUNGS = OUTCOMES[:5]

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What could end a script, or start a tag or a line in it."""


def crisis_page(scenario: Scenario, result: Result | None = None, draws: int = DRAWS) -> str:
    """Return the page of a scenario as HTML, with the figures of a run of it, which is made if there is none.

    The same scenario, run and draws give the same bytes.
    """
    made = result or run(scenario)
    content = crisis_content(scenario, made, draws)
    table = [
        (content["strings"]["rungs"][rung], [frequency(made.doctrine[stance][rung]["mean"]) for stance in made.stances])
        for rung in RUNGS
    ]
    heads = [content["stances"][stance]["label"] for stance in made.stances]
    lead = [content["base"]["description"], scenario.question]
    return _filled(content, title=scenario.title, lead=lead, table=table, heads=heads)


def game_page(file: GameFile) -> str:
    """Return the page of a game that a file gives outright as HTML."""
    content = game_content(file)
    return _filled(content, title=content["title"], lead=[content["description"]], table=[], heads=[])


def _filled(content: Mapping[str, Any], **shown: object) -> str:
    """Return the template with everything in its place."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html").render(
        words=content["strings"],
        sections=SECTIONS[content["kind"]],
        style=Markup((HERE / "page.css").read_text(encoding="utf-8")),
        data=Markup(_as_json(content)),
        engine=Markup(engine_script() if content["kind"] == "crisis" else ""),
        ui=Markup(script(HERE / "ui", content["kind"], "ui")),
        **shown,
    )


def _as_json(content: Mapping[str, Any]) -> str:
    """Return data as JSON that can stand in a script: no text of a scenario can end it."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return "".join(_ESCAPED.get(letter, letter) for letter in text) if set(text) & set(_ESCAPED) else text
