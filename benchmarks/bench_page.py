"""How long from a moved slider to new figures on the page? The engine in a real browser, beside Matplotlib's picture.

Needs Playwright and Debian's chromium; without them only the picture is timed.
"""

from __future__ import annotations

import atexit
import json
from functools import cache, partial
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

import sim
from benchmarks.harness import Benchmark
from sim.page.building import crisis_page
from sim.page.draws import DRAWS, carried
from sim.page.script import engine_script
from sim.scenario.scenario import load_scenario

CHROMIUM = Path("/usr/bin/chromium")

MOVES = 21
"""Places of the slider in one call: the prior from 0.2 to 0.8."""

MOVE = """
(options) => {
  const told = [];
  for (let i = 0; i < %d; i++) {
    const start = performance.now();
    const moved = engine.withSettings(draws, { "prior.resolute": 0.2 + (0.6 * i) / %d });
    const solved = engine.solveDraws(moved, options);
    told.push({ took: performance.now() - start, war: solved.doctrine.commit.war });
  }
  return told;
}
""" % (MOVES, MOVES - 1)  # noqa: UP031 - the text is full of braces

PICTURE = """
async (moves) => {
  const slider = document.querySelector("#few input");
  const told = [];
  for (let i = 0; i < moves; i++) {
    await new Promise((rested) => setTimeout(rested, 40));
    slider.value = Number(slider.min) + (i + 1) * 2 * Number(slider.step);
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    told.push({ took: performance.now() - start });
  }
  return told;
}
"""
"""Moves of the page's own slider, each until the frame that shows it has been made."""

WAYS: dict[str, tuple[dict[str, Any], str]] = {
    "doctrines": ({}, "target: a move within 16 ms"),
    "doctrines and equilibria": ({"equilibria": True}, "target: a move within 60 ms"),
    "doctrines and equilibria, D1": ({"equilibria": True, "refinement": "d1"}, "refinements judged as well"),
}
"""What is solved at every move, by name: options and note."""


@cache
def browser() -> Any:  # noqa: ANN401 - Playwright may be missing
    """Return a page of headless Chromium that holds the engine and the draws of the bundled scenario."""
    from playwright.sync_api import sync_playwright

    program = sync_playwright().start()
    atexit.register(program.stop)
    started = program.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
    atexit.register(started.close)
    page = started.new_page()
    draws = json.dumps(carried(load_scenario("macron-2024"), DRAWS))
    page.add_script_tag(content=f"{engine_script()}\nconst draws = engine.drawsOf({draws});")
    return page


@cache
def whole_page() -> Any:  # noqa: ANN401
    """Return the page of the bundled scenario, opened from disk."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    file = Path(folder.name, "page.html")
    file.write_text(crisis_page(load_scenario("macron-2024")), encoding="utf-8")
    page = browser().context.browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]")
    return page


def benchmarks() -> list[Benchmark]:
    """List a slider of the page at work, and Matplotlib's picture of as many draws."""
    rows = [
        Benchmark(
            f"ladder figure by Matplotlib, {DRAWS:,} draws",
            setup=lambda: sim.run("macron-2024", DRAWS),
            call=_drawn,
            check=lambda dark: dark > 1000,
            note="the picture alone, of a result at hand",
        )
    ]
    if find_spec("playwright") is None or not CHROMIUM.exists():
        return rows
    rows += [
        Benchmark(
            f"page, {MOVES} moves of a slider: {name}",
            setup=browser,
            call=partial(_moved, options=options),
            check=lambda told: len({each["war"] for each in told}) == MOVES,
            items=MOVES * DRAWS,
            item="draws",
            note=f"{note}; {DRAWS:,} draws in headless Chromium",
            says=lambda told: f"median of a move {median(each['took'] for each in told):.1f} ms",
        )
        for name, (options, note) in WAYS.items()
    ]
    picture = Benchmark(
        f"page, {MOVES} moves of its own slider: to the picture",
        setup=whole_page,
        call=lambda page: page.evaluate(PICTURE, MOVES),
        check=lambda told: len(told) == MOVES,
        items=MOVES * DRAWS,
        item="draws",
        note="solved and drawn, to the frame that shows it; up to 17 ms of it pass waiting for that frame",
        says=lambda told: f"median of a move {median(each['took'] for each in told):.1f} ms",
    )
    return [*rows, picture]


def _drawn(result: sim.Result) -> int:
    """Draw the ladder, and return how many points of the picture are not white."""
    from matplotlib.figure import Figure

    figure, picture = Figure(), BytesIO()
    sim.figures.ladder(result, ax=figure.subplots())
    figure.savefig(picture, format="raw")  # red, green, blue, opacity
    return int((np.frombuffer(picture.getvalue(), dtype=np.uint8)[::4] < 255).sum())


def _moved(page: Any, options: dict[str, Any]) -> list[dict[str, float]]:  # noqa: ANN401
    """Move the slider, and return what every place of it took and gave."""
    told: list[dict[str, float]] = page.evaluate(MOVE, options)
    return told
