"""Has an answer the same bits however many share the work, and however it is cut? Every analysis that can be shared.

Deliberate breaks that turned a test red: sums of a piece added at once in place of block by block; some sets of
inputs put in the place of others; a record whose best draw is each worker's own; `--workers` not handed on.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import sim
from sim.analyses.campaign.plan import CampaignPlan
from sim.analyses.regimes.many_points import Question
from sim.analyses.regimes.regime_map import RegimeMap
from sim.cli import main
from sim.crisis.play import Play
from sim.work import pieces
from sim.work.executors import Crew

CENTRAL = sim.load_scenario("macron-2024")
QUANTAL = Play(concept="quantal")
DRAWS = 2**13  # in blocks of 256: 32 of them, two of each replicate; 16 are asked about at once
TWO, ALONE, THREE = (2, 4, 4), (1, 2, 1), (3, 1, 1)  # who share the work, most batches in a piece, pieces for each
CUTS = {"compare": (TWO, ALONE), "sensitivity": (TWO, THREE)}  # the others have two batches: they can be cut in one way
HISTORY = CampaignPlan(months=2, history=3, last_move="logit")


def of_map(found: RegimeMap) -> list[Any]:
    """Return every number of a map, and of those in other readings."""
    arrays = found.borders.labels, found.borders.across, found.presence, found.outcome, found.outcome_error
    own = [np.nan_to_num(each, nan=-1.0).tolist() for each in arrays]
    return [own, found.error, repr(found.tippings), [of_map(other) for other in found.others]]


ANALYSES: dict[str, tuple[str, Callable[[], object]]] = {
    "compare": (
        "compare.analysis",
        lambda: sim.compare([CENTRAL, "columnist"], draws=2 * DRAWS).to_dict(),
    ),
    "readings": ("readings.analysis", lambda: sim.readings(CENTRAL, DRAWS).to_dict()),
    "channels": ("channels.analysis", lambda: sim.channels(CENTRAL, DRAWS).to_dict()),
    "plausible": ("plausible.analysis", lambda: sim.plausibility(CENTRAL, draws=DRAWS).to_dict()),
    "plausible in quantal play": (
        "plausible.analysis",
        lambda: sim.plausibility(CENTRAL, draws=DRAWS, play=QUANTAL).to_dict(),
    ),
    "campaign": ("campaign.analysis", lambda: sim.campaign(CENTRAL, HISTORY, draws=DRAWS).to_dict()),
    "sweep": (
        "regimes.analysis",
        lambda: of_map(sim.sweep_draws(CENTRAL, question=Question(outcome="war"), grid=3, draws=2048)),
    ),
    "sensitivity": ("sensitivity.analysis", lambda: sim.sensitivity(CENTRAL, points=2**10).to_dict()),
}


class Sending(Executor):
    """Does what it is asked for at once, with copies, as another process would have them."""

    def submit(self, fn: Any, /, *given: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as its parent
        done: Future[Any] = Future()
        function, arguments = pickle.loads(pickle.dumps((fn, given)))
        done.set_result(pickle.loads(pickle.dumps(function(*arguments, **named))))
        return done


@pytest.fixture
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every replicate have several blocks without many draws, and resample a tenth as often."""
    for home in ("draws.blocks", "analyses.sensitivity.pick_freeze"):
        monkeypatch.setattr(f"sim.{home}.BLOCK", 256)
    monkeypatch.setattr("sim.analyses.sensitivity.pick_freeze.RESAMPLES", 50)


def lent(monkeypatch: pytest.MonkeyPatch, home: str, by: Crew | None) -> list[int]:
    """Let an analysis have these workers whatever it asks for; return what it asks for."""
    asked: list[int] = []

    @contextmanager
    def lend(workers: int = 1) -> Iterator[Crew | None]:
        asked.append(workers)
        yield by

    monkeypatch.setattr(import_module(f"sim.analyses.{home}"), "crew", lend)
    return asked


@pytest.mark.slow
@pytest.mark.usefixtures("_small_blocks")
@pytest.mark.parametrize("name", ANALYSES)
def test_the_bits_are_the_same_for_any_workers_and_any_cut(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    home, asked = ANALYSES[name]
    expected = json.dumps(asked())
    for size, largest, each in CUTS.get(name, (TWO,)):
        with monkeypatch.context() as shared:
            shared.setattr(pieces, "LARGEST", largest)
            shared.setattr(pieces, "EACH", each)
            lent(shared, home, Crew(Sending(), size))
            assert json.dumps(asked()) == expected


@pytest.mark.slow
def test_two_workers_of_its_own_give_the_same_bits_and_are_gone_afterwards() -> None:
    plan = CampaignPlan(months=2)
    one, two = (sim.campaign(CENTRAL, plan, draws=2**13, workers=workers).to_dict() for workers in (1, 2))
    assert one == two


WORDS = {
    "compare.analysis": ("compare", "columnist", "--draws", "16"),
    "readings.analysis": ("readings", "--draws", "16"),
    "channels.analysis": ("channels", "--draws", "16"),
    "plausible.analysis": ("plausible", "--draws", "16"),
    "campaign.analysis": ("campaign", "--draws", "16", "--months", "1"),
    "regimes.analysis": ("sweep", "--over", "draws", "--draws", "16", "--grid", "2"),
    "sensitivity.analysis": ("sensitivity", "--points", "1024"),
}


@pytest.mark.parametrize("home", WORDS)
def test_a_command_hands_its_workers_on(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = lent(monkeypatch, home, None)
    done = CliRunner().invoke(main, [*WORDS[home], "--quiet", "--workers", "3"])
    assert (done.exit_code, asked) == (0, [3])
    few = CliRunner().invoke(main, [*WORDS[home], "--workers", "0"])
    assert few.exit_code == 2
    assert "0 is not in the range x>=1" in " ".join(few.stderr.split())


def test_a_map_at_central_values_is_not_shared() -> None:
    done = CliRunner().invoke(main, ["sweep", "--grid", "3", "--workers", "2"])
    assert done.exit_code == 2
    assert "--workers needs --over draws" in " ".join(done.stderr.split())


class Failing(Executor):
    """Loses whatever it is asked for."""

    def submit(self, fn: Any, /, *_: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as its parent
        failed: Future[Any] = Future()
        failed.set_exception(MemoryError("no memory"))
        return failed


def test_a_command_whose_workers_fail_ends_with_1_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    lent(monkeypatch, "channels.analysis", Crew(Failing(), 2))
    done = CliRunner().invoke(main, ["channels", "--draws", "16", "--quiet"])
    assert done.exit_code == 1
    assert done.stderr == "sim: the work failed: chunk 0 was lost 3 times (MemoryError: no memory)\n"


def test_another_fault_is_not_taken_for_one_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("sim.analyses.channels.analysis.channels", broken)
    done = CliRunner().invoke(main, ["channels", "--draws", "16", "--quiet"])
    assert isinstance(done.exception, RuntimeError)


def test_progress_of_shared_work_rises_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor(2) as threads:
        lent(monkeypatch, "sensitivity.analysis", Crew(threads, 2))
        told: list[tuple[int, int]] = []
        sim.sensitivity(CENTRAL, points=1024, workers=2, progress=lambda *done: told.append(done))
        assert told == sorted(told)
        assert 0.3 < told[-1][0] / told[-1][1] <= 1
        lent(monkeypatch, "regimes.analysis", Crew(threads, 2))
        told.clear()
        sim.sweep_draws(CENTRAL, grid=2, draws=64, workers=2, report=lambda *done: told.append(done))
        assert told == sorted(told)
        assert told[-1][0] == told[-1][1]
