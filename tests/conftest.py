"""What do all tests share? Figures without a screen, the same examples in every run, an end to what hangs."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

LONGEST_SECONDS = 300
"""A test that lasts longer hangs; the slowest takes a tenth of it on an idle machine."""

os.environ["MPLBACKEND"] = "Agg"
# Tests share the cores already, and threads that wait for each other's share of a small matrix only burn time.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

# What is imported to be tested stays: looking through it for rubbish again and again took a tenth of all time.
gc.set_threshold(50_000, 10, 10)

settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("house")

# dev.py and benchmarks/ belong to the checkout, not to the package; last, so that an installed package goes first.
sys.path.append(str(Path(__file__).resolve().parent.parent))


def _give_up(*_: object) -> None:
    raise TimeoutError(f"the test took more than {LONGEST_SECONDS} seconds")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with files that have slow tests: of two workers none is to be left alone with a long file in the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """Look no more for rubbish in what was there before the first test."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """End a test that hangs, its fixtures included, where the system has an alarm."""
    alarm = getattr(signal, "alarm", lambda _: None)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _give_up)
    alarm(LONGEST_SECONDS)
    try:
        return (yield)
    finally:
        alarm(0)


@pytest.fixture(scope="module")
def no_pixels() -> Iterator[None]:
    """Leave every PNG empty, where nobody looks at one: it takes longer to make than all else of a figure."""

    def nothing(canvas: Any, *_: object, **__: object) -> None:  # noqa: ANN401 - of Matplotlib
        if "draw" in vars(canvas.figure):  # it is only asked for its renderer
            canvas.draw()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matplotlib.backends.backend_agg.FigureCanvasAgg._print_pil", nothing)
        yield


@pytest.fixture(scope="module")
def no_layout() -> Iterator[None]:
    """Make no room for the texts of figures, where only what they say matters: it takes as long as all else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.drawing.saving.ConstrainedLayoutEngine.execute", lambda *_: None)
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_more_of_a_figure_than_is_looked_at(request: pytest.FixtureRequest) -> None:
    """Draw no pixels where tests look at figures as SVG, nor make room where they look at what is said and saved."""
    rooms = {"commands", "analyses"} & {*request.path.parts}
    if rooms:
        request.getfixturevalue("no_pixels")
    if len(rooms) == 2:
        request.getfixturevalue("no_layout")


@pytest.fixture
def compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work a comparison out once where a page asks for it again and again, to be shown in other ways."""
    from sim.analyses.compare import analysis

    ask, known = analysis.compare, dict[str, analysis.Comparison]()

    def once(scenarios: Sequence[Scenario], *, progress: object = None, **options: Any) -> analysis.Comparison:  # noqa: ANN401
        key = repr([[each.sha256 for each in scenarios], options])
        if key not in known:
            known[key] = ask(scenarios, **options)
        return known[key]

    monkeypatch.setattr(analysis, "compare", once)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run be cut into blocks of full size, and several a replicate, from 4,096 draws on instead of 65,536."""
    for module in ("draws.blocks", "montecarlo.job", "montecarlo.chunks"):
        monkeypatch.setattr(f"sim.{module}.BLOCK", 256)
