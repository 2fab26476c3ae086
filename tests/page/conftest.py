"""Which browser and which pages do the tests of a page share? One of each, since they are slow to make."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")

READY = "body[data-ready]"
"""Where everything has been drawn for the first time."""

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
        self.page.wait_for_selector(READY)
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
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what makes the page of a scenario, a game or a file, once."""
    from sim.page.building import crisis_page, game_page
    from sim.scenario.game_file import GameFile, load

    folder, made = tmp_path_factory.mktemp("pages"), dict[str, Path]()

    def page_of(source: str) -> Path:
        if source not in made:
            subject = load(source)
            text = game_page(subject) if isinstance(subject, GameFile) else crisis_page(subject)
            made[source] = folder / f"{len(made)}.html"
            made[source].write_text(text, encoding="utf-8")
        return made[source]

    return page_of


@pytest.fixture
def seen(browser: Any) -> Iterator[Callable[..., Seen]]:  # noqa: ANN401 - Playwright may not be there
    """Return what opens a page in a window of a size, without a network."""
    windows = []

    def opened(file: Path, end: str = "", *, size: str = "projector", dark: bool = False, touch: bool = False) -> Seen:
        width, height = SIZES[size]
        scheme = "dark" if dark else "light"
        window = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=touch, offline=True
        )
        windows.append(window)
        found = Seen(window.new_page())
        found.page.set_default_timeout(8000)
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.said.append(message.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        return found.open(file, end)

    yield opened
    for window in windows:
        window.close()
