"""Which browser and which pages do the tests of a page share? One of each, since they are slow to make."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sim.montecarlo.result import Result

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")

READY = "body[data-ready]"
"""Where everything has been drawn for the first time."""

BROKEN = "html[data-broken]"
"""Where a script of the page has failed, with what it said: who opens a page need not wait for what never comes."""

_NOTED = """
for (const kind of ["error", "unhandledrejection"])
  addEventListener(kind, (event) => {
    const fault = event.error ?? event.reason;  // what only passes by, such as a late resize, has neither
    if (fault) document.documentElement.dataset.broken ??= fault;
  });
"""

FEW, CARRIED = 1024, 256
"""Draws of most runs, and those that most pages carry: a browser solves them all whenever it opens one."""

SIZES = {"projector": (1280, 720), "hall": (1920, 1080), "phone": (390, 844)}


@dataclass(frozen=True, eq=False)
class Seen:
    """A page in the browser, what it asked the network for, and what it said to the console."""

    page: Any
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, file: Path, end: str = "") -> Seen:
        """Open a file from disk and wait until it is drawn."""
        self.page.goto(f"{file.as_uri()}{end}")
        self.page.wait_for_selector(f"{READY}, {BROKEN}", state="attached")
        broken = self.page.evaluate("document.documentElement.dataset.broken")
        assert broken is None, f"the page fails: {broken}"
        return self

    def settle(self) -> None:
        """Wait until the slower figures have followed what was moved."""
        self.page.wait_for_timeout(350)

    def numbers(self, figure: str) -> dict[str, list[float]]:
        """Return the numbers in the table of a figure, to the last digit, by the first cell of the row."""
        self.page.evaluate(f"document.querySelector('#{figure} details.behind').open = true")
        self.page.wait_for_selector(f"#{figure} details.behind td", state="attached")
        rows = self.page.evaluate(
            "id => [...document.querySelectorAll(`#${id} tbody tr`)].map(row => [row.firstChild.textContent,"
            " [...row.querySelectorAll('[data-value]')].map(cell => Number(cell.dataset.value))])",
            figure,
        )
        return {str(name): list(values) for name, values in rows}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a headless Chromium; without one the promises of the page cannot be tested."""
    if CHROMIUM is None:
        pytest.skip("no chromium on the path: the page is tested in a real browser where there is one")
    playwright = pytest.importorskip("playwright.sync_api", reason="the extra test brings it")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return what makes the page of a scenario, a game or a file, once: as large as `sim page` does, or with few draws.

    Runs are small, but for that of the bundled scenario, whose figures are told elsewhere too.
    """
    from sim.montecarlo.run import run
    from sim.page.building import crisis_page, game_page
    from sim.scenario.game_file import GameFile, load

    folder, made = tmp_path_factory.mktemp("pages"), dict[tuple[str, bool], Path]()
    runs: dict[str, Result] = {}

    def page_of(source: str, *, whole: bool = False) -> Path:
        if (source, whole) not in made:
            subject = load(source)
            if isinstance(subject, GameFile):
                text = game_page(subject)
            else:
                if source not in runs:
                    runs[source] = run(subject, None if source == "macron-2024" else FEW)
                text = crisis_page(subject, runs[source], *[] if whole else [CARRIED])
            made[source, whole] = folder / f"{len(made)}.html"
            made[source, whole].write_text(text, encoding="utf-8")
        return made[source, whole]

    return page_of


@pytest.fixture(scope="session")
def seen(browser: Any) -> Callable[..., Seen]:  # noqa: ANN401 - Playwright may not be there
    """Return what opens a page anew, without a network, in the window of its kind: a page keeps nothing in it."""
    windows = dict[tuple[str, bool, bool], Seen]()

    def opened(file: Path, end: str = "", *, size: str = "projector", dark: bool = False, touch: bool = False) -> Seen:
        if (size, dark, touch) not in windows:
            width, height = SIZES[size]
            scheme = "dark" if dark else "light"
            window = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=touch, offline=True
            )
            found = windows[size, dark, touch] = Seen(window.new_page())
            found.page.set_default_timeout(8000)
            found.page.add_init_script(_NOTED)
            found.page.on("request", lambda request: found.requests.append(request.url))
            found.page.on("console", lambda message: found.said.append(message.text))
            found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found = windows[size, dark, touch]
        found.page.goto("about:blank")  # else another end of the same address would open nothing
        found.page.mouse.move(0, 0)
        found.requests.clear()
        found.said.clear()
        return found.open(file, end)

    return opened
