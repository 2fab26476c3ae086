"""Does a long run keep its word? Workers, clusters, precision, interruptions and going on.

Deliberate breaks that turned a test red: `--workers` not handed on; the chunks of another seed taken for one's own.
"""

from __future__ import annotations

import json
import re
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from programs import started, wait_until

import sim
from sim.cli import main
from sim.montecarlo.chunks import work
from sim.montecarlo.job import identity, plan
from sim.scenario.library import bundled
from sim.work.checkpoint import opened

DRAWS = 2**17
LONG = ("run", "--draws", str(DRAWS), "--quiet", "--json")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, and spare the time of drawing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.drawing.saving.files_of", lambda *_: {})
    return tmp_path


def call(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, words, terminal_width=80, prog_name="sim")


@pytest.fixture(scope="module")
def whole() -> dict[str, object]:
    """Return what the run gives without any trouble."""
    return sim.run(sim.load_scenario("macron-2024"), draws=DRAWS).to_dict()


@pytest.mark.parametrize(
    ("words", "following"),
    [
        (("mine.toml",), "compare mine.toml"),
        (("mine.toml", "--draws", "32", "--refinement", "d1"), "compare mine.toml --refinement=d1 --draws 32"),
        (("mine.toml", "--seed", "7"), "compare mine.toml --seed 7"),
        (("mine.toml", "--set", "prior.resolute=0.4"), "show there"),
        (("columnist", "--draws", "16"), "show there"),
        (("alone.toml",), "show there"),
    ],
)
def test_after_a_file_of_ones_own_follows_what_it_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], following: str
) -> None:
    monkeypatch.setenv("SIM_CALLED_AS", "sim")
    own = 'draws = 16\n[prior.resolute]\nvalue = 0.5\nassumption = "a"\nrationale = "r"\n'
    (folder / "mine.toml").write_text(f'extends = "macron-2024"\n{own}', encoding="utf-8")
    whole = (bundled("scenarios") / "macron-2024.toml").read_text(encoding="utf-8")
    (folder / "alone.toml").write_text(re.sub(r"(?m)^draws .*$", "draws = 16", whole), encoding="utf-8")
    done = call("run", *words, "--out", "there")
    assert done.stderr.splitlines()[-1] == f"Next: sim {following}"
    more = ["ladder"] if following.startswith("show") else [] if "--draws" in following else ["--draws", "16"]
    assert call(*following.split(), *more).exit_code == 0


def test_two_workers_are_taken_on_and_give_the_bits_of_one(
    monkeypatch: pytest.MonkeyPatch, whole: dict[str, object]
) -> None:
    hired: list[int] = []

    def threads(workers: int, **_: object) -> ThreadPoolExecutor:
        hired.append(workers)
        return ThreadPoolExecutor(workers)

    monkeypatch.setattr("sim.work.executors.ProcessPoolExecutor", threads)
    assert json.loads(call(*LONG, "--workers", "2").stdout) == whole
    assert hired == [2]


def test_an_interrupted_run_says_what_is_left_and_goes_on_from_there(folder: Path, whole: dict[str, object]) -> None:
    command = [sys.executable, "-m", "sim.cli", *LONG, "--out", "here"]
    with started(command) as running:
        wait_until(lambda: list(folder.glob("here/chunk-*.bin")), running)
        running.send_signal(signal.SIGINT)
        said, talk = running.communicate(timeout=20)
    assert (running.returncode, said) == (130, "")
    assert re.fullmatch(
        r"\nsim: interrupted; (1 finished chunk is|2 finished chunks are) kept in here: "
        r"the same command, with --resume, goes on from there\n",
        talk,
    )
    assert json.loads(call(*LONG, "--out", "here", "--resume").stdout) == whole
    assert not list(folder.glob("here/chunk-*"))


def test_another_seed_is_no_reason_to_go_on_and_is_named(folder: Path) -> None:
    job = plan(sim.load_scenario("macron-2024"), DRAWS, 1)
    with opened(folder / "here", identity(job)) as store:
        store.keep(0, work(job, 0).arrays())
    done = call(*LONG, "--out", "here", "--resume")
    assert done.exit_code == 2
    assert "here holds 1 finished chunk of another run: seed is 1 there and 2024 here" in done.stderr
    assert "--force in place of --resume replaces them" in done.stderr
    assert (folder / "here" / "chunk-000000.bin").exists()


def test_a_folder_in_use_is_refused(folder: Path) -> None:
    with opened(folder / "here", {}):
        done = call("run", "--draws", "16", "--out", "here")
    assert done.exit_code == 2
    assert done.stderr == "sim: here must be free; another run is writing there\n"


def test_draws_are_doubled_until_the_error_is_small_enough() -> None:
    done = json.loads(call("run", "--precision", "commit.war=0.1", "--json").stdout)
    assert done["draws"] == 2**16
    assert any("95 % half-width of war under commit was at most 0.1" in note for note in done["notes"])


def test_a_full_disk_leaves_finished_chunks_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "chunk")

    monkeypatch.setattr("sim.work.checkpoint.Store.keep", full)
    done = call("run", "--draws", "16")
    assert done.exit_code == 1
    assert done.stderr == "sim: the run could not be kept: chunk: No space left on device; nothing was saved\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--precision", "small"), "half-width must be a number, such as commit.war=0.001; it is 'small'"),
        (("--precision", "0.1", "--draws", "100"), "draws must be at least 65536 where a precision is asked for"),
        (("--workers", "0"), "0 is not in the range x>=1"),
    ],
)
def test_wrong_words_end_with_2_and_write_nothing(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = call("run", *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("address", ["nonsense", "http://127.0.0.1:1", "tcp://127.0.0.1"])
def test_an_address_that_is_none_is_refused_at_once(address: str) -> None:
    done = call("run", "--draws", "16", "--dask", address)
    assert done.exit_code == 1
    assert f"a dask scheduler's address reads tcp://HOST:PORT; it is '{address}'" in done.stderr


def test_a_cluster_that_does_not_answer_ends_with_1_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.work.cluster.PATIENCE", "0.2s")
    done = call("run", "--draws", "16", "--dask", "tcp://127.0.0.1:1")
    assert done.exit_code == 1
    assert "sim: the run failed: no dask scheduler answers at tcp://127.0.0.1:1" in done.stderr
    assert list(folder.iterdir()) == []


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = call("run", "--draws", "16", "--dask", "tcp://127.0.0.1:1")
    assert done.exit_code == 1
    assert "pip install 'strategic-ambiguity[cluster]'" in done.stderr


def test_another_finished_run_is_not_replaced_unasked(folder: Path) -> None:
    few = ("run", "--draws", "16", "--out", "here")
    assert call(*few).exit_code == 0
    assert call(*few).exit_code == 0  # the same
    other = call(*few, "--seed", "7", "--set", "prior.resolute=0.5", "--rationality", "3")
    assert other.exit_code == 2
    said = (
        "here holds another run: seed is 2024 there and 7 here; the scenario differs; rationality is 5 there and 3 here"
    )
    assert said in other.stderr
    assert sim.load_result(folder / "here").seed == 2024
    assert call(*few, "--seed", "7", "--force").exit_code == 0
    assert sim.load_result(folder / "here").seed == 7


def test_a_finished_run_is_not_run_again_to_be_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    few = ("run", "--draws", "16", "--out", "here", "--json")
    first = call(*few)
    monkeypatch.setattr("sim.montecarlo.run.carry_out", lambda *_, **__: 1 / 0)
    again = call(*few, "--resume")
    assert again.stdout == first.stdout
    assert "the run in here was finished already" in again.stderr


def test_want_of_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_: object, **__: object) -> None:
        raise MemoryError("8 GiB")

    monkeypatch.setattr("sim.montecarlo.run.carry_out", hungry)
    done = call("run", "--draws", "16")
    assert done.exit_code == 1
    assert done.stderr == "sim: the run failed for want of memory (8 GiB); nothing was saved\n"


def test_a_full_disk_after_the_work_leaves_the_chunks_says_so_and_still_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "result.json")

    monkeypatch.setattr("sim.work.folders._write", full)
    done = call("run", "--draws", "16", "--quiet")
    assert done.exit_code == 1
    assert "result.json: No space left on device; 1 finished chunk is kept in runs" in done.stderr
    assert done.stdout.startswith("French trainers for Ukraine")
