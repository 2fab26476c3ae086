"""Does a run survive what happens to computers? Kills, lost workers, damaged files, full disks, a run in its place.

Deliberate breaks that turned a test red: a checksum that is not compared; chunks merged in the order in which they are
finished; a lock that is not taken; work that cannot be sent to another process; a pool whose processes begin in turn.
"""

from __future__ import annotations

import json
import linecache
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import filelock
import numpy as np
import pytest
import unfinished_runs
from programs import started, wait_until
from unfinished_runs import go_on, job, long_job

from sim.montecarlo.chunks import Chunk, work
from sim.montecarlo.job import Job, identity, plan
from sim.montecarlo.result import Result, load_result
from sim.montecarlo.run import carry_out, run
from sim.scenario.scenario import load_scenario
from sim.work import folders
from sim.work.checkpoint import HIDDEN, ResumeError, opened
from sim.work.executors import Crew, RunError, finished
from sim.work.store import DamagedError, Store

if TYPE_CHECKING:
    from _typeshed import TraceFunction

SCRIPT = Path(unfinished_runs.__file__)


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """Return what the quick run gives without any trouble."""
    return carry_out(job()).to_dict()


@pytest.fixture(scope="module")
def long_whole() -> dict[str, Any]:
    """Return what the long run gives without any trouble."""
    return carry_out(long_job()).to_dict()


def begun(folder: Path, workers: int) -> AbstractContextManager[subprocess.Popen[str]]:
    """Begin the run, or go on with it, in a process of its own."""
    return started([sys.executable, str(SCRIPT), str(folder), str(workers)])


def some_chunks(folder: Path, count: int) -> None:
    """Leave the first chunks of the run in a folder."""
    with opened(folder, identity(job())) as store:
        for number in range(count):
            store.keep(number, work(job(), number).arrays())


# --------------------------------------------------------------------------------------------------- the same bits


@pytest.mark.slow
def test_the_bits_are_the_same_after_being_killed_again_and_again(tmp_path: Path, long_whole: dict[str, Any]) -> None:
    chance, folder, found = random.Random(1), tmp_path / "run", []
    for workers in (1, 2):
        with begun(folder, workers) as running:
            wait_until(lambda: list(folder.glob("chunk-*.bin")), running)
            time.sleep(chance.uniform(0, 0.1))
            running.send_signal(signal.SIGKILL)
        found.append(len(list(folder.glob("chunk-*.bin"))))
        # a few at a time, or the run would be over before the last kill
        for path in sorted(folder.glob("chunk-*.bin"))[3 * len(found) :]:
            path.unlink()
    with begun(folder, 1) as last:
        said = last.communicate(timeout=120)
    assert (last.returncode, said) == (0, ("", ""))
    assert min(found) > 0
    assert load_result(folder).to_dict() == long_whole


@pytest.mark.slow
def test_the_bits_are_the_same_on_a_dask_cluster_that_loses_a_worker_and_chunks_outlive_its_scheduler(
    tmp_path: Path, long_whole: dict[str, Any]
) -> None:
    command = [sys.executable, str(SCRIPT), "dask", str(tmp_path / "run")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert load_result(tmp_path / "run").to_dict() == long_whole
    assert re.search(r"^the dask scheduler at tcp://127\.0\.0\.1:\d+ is gone$", done.stdout, flags=re.MULTILINE), done
    assert len(Store(tmp_path / "orphan").numbers()) >= long_job().chunks // 4
    assert go_on(tmp_path / "orphan", long_job()).to_dict() == long_whole


@pytest.mark.slow
def test_the_bits_are_the_same_in_two_processes_of_which_one_is_killed(
    long_whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    submit, there, killed = Crew.submit, list[set[int]](), list[int]()

    def noted(by: Crew, *given: Any) -> Future[Any]:  # noqa: ANN401 - as its original
        future = submit(by, *given)
        assert isinstance(by.executor, ProcessPoolExecutor)
        there.append(set(by.executor._processes))
        return future

    def kill(*_: object) -> None:
        if not killed:
            killed.append(min(there[0]))
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(Crew, "submit", noted)
    assert carry_out(long_job(), workers=2, progress=kill).to_dict() == long_whole
    assert len(there[0]) == 2  # all begin with the first chunk
    assert len(there[-1] - there[0]) == 2  # others were taken on


def test_chunks_may_be_finished_in_any_order(small_blocks: None) -> None:
    # four blocks a replicate, each in a chunk of its own: of two the sum would be the same in either order
    many = plan(load_scenario("macron-2024"), 2**14, 5)
    plain = carry_out(many).to_dict()

    class Backwards(ThreadPoolExecutor):
        """Makes each chunk wait for those after it, or before it."""

        order = 1

        def submit(self, fn: Any, /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as its parent
            def late() -> object:
                time.sleep(0.05 * (self.order * arguments[-1] % 3))
                return fn(*arguments)

            return super().submit(late)

    for Backwards.order in (1, -1):
        with Backwards(2) as executor:
            assert carry_out(many, executor=executor, workers=2).to_dict() == plain


def test_kept_draws_are_stored_and_resumed_too(tmp_path: Path) -> None:
    scenario = load_scenario("macron-2024")
    plain = run(scenario, 1024, keep_draws=True, chunk=4)
    with opened(tmp_path / "run", {"a": 1}) as store:
        run(scenario, 1024, keep_draws=True, chunk=4, store=store)
        store.path(2).unlink()
        again = run(scenario, 1024, keep_draws=True, chunk=4, store=store)
    assert again.parameters is not None
    assert plain.parameters is not None
    assert all(np.array_equal(again.parameters[name], plain.parameters[name]) for name in plain.parameters)
    assert again.to_dict() == plain.to_dict()


# ------------------------------------------------------------------------------------------------- what is resumed


def test_whole_chunks_are_not_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some_chunks(tmp_path / "run", job().chunks - 2)
    computed: list[int] = []

    def noted(each: Job, number: int) -> Chunk:
        computed.append(number)
        return work(each, number)

    monkeypatch.setattr("sim.montecarlo.run.work", noted)
    go_on(tmp_path / "run", job())
    assert computed == [job().chunks - 2, job().chunks - 1]


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, None], ids=["emptied", "overwritten", "cut short"])
def test_a_damaged_chunk_is_named_and_computed_again(
    tmp_path: Path, damage: bytes | None, whole: dict[str, Any]
) -> None:
    some_chunks(tmp_path / "run", 3)
    path = tmp_path / "run" / "chunk-000001.bin"
    path.write_bytes(path.read_bytes()[:-10] if damage is None else damage)
    said: list[str] = []
    result = go_on(tmp_path / "run", job(), say=said.append)
    assert said == ["chunk-000001.bin is damaged: its checksum is wrong; it is computed again"]
    assert result.to_dict() == whole


def test_a_chunk_that_cannot_be_read_is_said_to_be() -> None:
    with pytest.raises(DamagedError, match=r"chunk-000007.bin cannot be read \(No such file or directory\)"):
        Store(Path("nowhere")).load(7)


FIELDS = ["seed", "version of numpy", "blocks in a chunk", "refinement", "prior.resolute", "worst_case"]


@pytest.mark.parametrize("field", [*FIELDS, "scenario", "version of stream"])
def test_another_run_is_not_gone_on_with_and_the_field_is_named(tmp_path: Path, field: str) -> None:
    some_chunks(tmp_path / "run", 1)
    mine = identity(job())
    said = HIDDEN.get(field) or re.escape(f"{field} is {mine[field]!r} there and 'other' here")
    with (
        pytest.raises(ResumeError, match=f"holds 1 finished chunk of another run: {said}$"),
        opened(tmp_path / "run", mine | {field: "other"}, resume=True),
    ):
        pass
    assert Store(tmp_path / "run").numbers() == [0]


@pytest.mark.parametrize("text", ["{", "[]", ""], ids=["cut short", "a list", "empty"])
def test_a_folder_that_does_not_say_whose_chunks_it_holds_is_not_gone_on_with(tmp_path: Path, text: str) -> None:
    some_chunks(tmp_path / "run", 1)
    (tmp_path / "run" / "unfinished.json").write_text(text, encoding="utf-8")
    with (
        pytest.raises(ResumeError, match=r"unfinished\.json .* whose they are"),
        opened(tmp_path / "run", {}, resume=True),
    ):
        pass
    (tmp_path / "run" / "unfinished.json").unlink()
    with pytest.raises(ResumeError, match="nobody can tell whose they are"), opened(tmp_path / "run", {}, resume=True):
        pass
    assert Store(tmp_path / "run").numbers() == [0]


@pytest.mark.parametrize(("first", "then", "chunk"), [(2**12, 2**13, 5), (2**13, 2**12, 5), (2**12, 2**13, 16)])
def test_more_draws_go_on_from_fewer_and_fewer_from_more(
    tmp_path: Path, small_blocks: None, first: int, then: int, chunk: int
) -> None:
    # with 5 blocks a chunk the last one of a smaller run is short: it must not be taken for a whole one
    scenario = load_scenario("macron-2024")
    with opened(tmp_path / "run", {}) as store:
        run(scenario, first, chunk=chunk, store=store)
        again = run(scenario, then, chunk=chunk, store=store)
    assert again.to_dict() == run(scenario, then).to_dict()


def test_a_chunk_in_the_place_of_another_is_found_out(tmp_path: Path, whole: dict[str, Any]) -> None:
    some_chunks(tmp_path / "run", 3)
    shutil.copy(tmp_path / "run" / "chunk-000000.bin", tmp_path / "run" / "chunk-000001.bin")
    said: list[str] = []
    assert go_on(tmp_path / "run", job(), say=said.append).to_dict() == whole
    assert said == ["chunk-000001.bin is damaged: its checksum is wrong; it is computed again"]


def test_chunks_of_this_very_run_are_gone_on_from_unasked_and_others_are_not_lost_unasked(tmp_path: Path) -> None:
    some_chunks(tmp_path / "run", 3)
    said: list[str] = []
    with opened(tmp_path / "run", identity(job()), say=said.append) as store:
        assert store.numbers() == [0, 1, 2]
    assert said == [f"going on from 3 finished chunks of this run in {tmp_path / 'run'}"]
    other = {**identity(job()), "seed": 6}
    with (
        pytest.raises(FileExistsError, match="seed is 5 there and 6 here; --force replaces them"),
        opened(tmp_path / "run", other),
    ):
        pass
    with opened(tmp_path / "run", other, force=True) as store:
        assert store.numbers() == []


def test_that_there_is_nothing_to_go_on_from_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    with opened(tmp_path / "run", {}, resume=True, say=said.append):
        pass
    assert said == [f"there is nothing to go on from in {tmp_path / 'run'}: beginning anew"]


def test_a_worker_with_other_versions_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(each: Job, number: int) -> Chunk:
        chunk = work(each, number)
        return replace(chunk, made_with=chunk.made_with | {"numpy": "0.0"})

    monkeypatch.setattr("sim.montecarlo.run.work", elsewhere)
    with pytest.raises(RunError, match=r"a worker does not compute the bits .*: numpy 0\.0 there and"):
        carry_out(job())


# ---------------------------------------------------------------------------------------------- folders and disks


def test_a_second_run_is_kept_out_of_the_folder_of_the_first(tmp_path: Path) -> None:
    with opened(tmp_path / "run", {}):
        with (
            pytest.raises(FileExistsError, match="must be free; another run is writing there"),
            opened(tmp_path / "run", {}),
        ):
            pass
        assert (tmp_path / "run" / "unfinished.json").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_a_finished_chunk_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt, match=r"^$"), opened(tmp_path / "run", {}):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_at_any_line_before_a_run_has_its_folder_leaves_nothing(tmp_path: Path) -> None:
    ours, before, at, left = Path(folders.__file__).parent, sys.gettrace(), 0, 0

    def interrupted(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        nonlocal left
        if Path(frame.f_code.co_filename).parent != ours:
            return None
        # Python looks for Ctrl-C in calls and loops: not at the word try, nor between a with's end and its exit.
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).split()
        left -= event == "line" and line[0] not in ("try:", "with")
        if left < 0:
            sys.settrace(before)
            raise KeyboardInterrupt
        return interrupted

    for at in range(1000):
        left = at
        sys.settrace(interrupted)
        try:
            with opened(tmp_path / "runs" / "run", {}):
                sys.settrace(before)
                break
        except KeyboardInterrupt:
            assert list(tmp_path.iterdir()) == [], f"after {at} lines"
        finally:
            sys.settrace(before)
    assert 40 < at < 999  # it was interrupted often, and got through in the end


@pytest.mark.parametrize(("owner", "name"), [(Path, "mkdir"), (filelock.FileLock, "acquire")])
def test_ctrl_c_at_the_end_of_a_call_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: type, name: str
) -> None:
    call = getattr(owner, name)

    def interrupted(*given: object, **named: object) -> None:
        call(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(owner, name, interrupted)
    with pytest.raises(KeyboardInterrupt, match=r"^$"), opened(tmp_path / "run", {}):
        pass
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_refused_run_leaves_the_first_ones_lock_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "run", {}) as store:
        (store.folder / "unfinished.json").unlink()  # as before it is written
        for _ in range(2):
            with pytest.raises(FileExistsError, match="another run is writing there"), opened(tmp_path / "run", {}):
                pass


def test_a_kill_between_two_renames_loses_nothing(tmp_path: Path) -> None:
    folder = run(load_scenario("macron-2024"), 64).save(tmp_path / "run")
    files = sorted(folder.iterdir(), key=lambda file: file.name == "manifest.json")
    (folder / ".sim-new").mkdir()
    for file in files[1:]:  # all are ready, and one has taken its place
        file.rename(folder / ".sim-new" / file.name)
    assert load_result(folder).draws == 64
    with opened(folder, {}):
        assert load_result(folder).draws == 64
    assert sorted(folder.iterdir()) == sorted(files)


def test_a_file_of_somebody_elses_is_no_chunk(tmp_path: Path) -> None:
    (tmp_path / "chunk-mine.bin").write_bytes(b"")
    with pytest.raises(FileExistsError, match="it holds something else"), opened(tmp_path, {}):
        pass
    assert Store(tmp_path).numbers() == []


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(FileExistsError, match="it holds something else"), opened(tmp_path, {}):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_earlier_result_stays_until_the_new_one_takes_its_place(tmp_path: Path) -> None:
    earlier = run(load_scenario("macron-2024"), 64)
    earlier.save(tmp_path / "run")
    some_chunks(tmp_path / "run", 2)
    assert load_result(tmp_path / "run").draws == 64
    result: Result = go_on(tmp_path / "run", job())
    result.save(tmp_path / "run")
    assert load_result(tmp_path / "run").draws == result.draws
    assert not list((tmp_path / "run").glob("chunk-*"))


def test_a_full_disk_leaves_whole_chunks_and_no_part_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some_chunks(tmp_path / "run", 2)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left on device"):
            go_on(tmp_path / "run", job())
    names = ["chunk-000000.bin", "chunk-000001.bin", "unfinished.json"]
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == names


def test_chunks_are_the_small_part_of_a_run(tmp_path: Path) -> None:
    some_chunks(tmp_path / "run", 1)
    assert (tmp_path / "run" / "chunk-000000.bin").stat().st_size < 300_000
    assert json.loads((tmp_path / "run" / "unfinished.json").read_text(encoding="utf-8"))["seed"] == job().seed


# ------------------------------------------------------------------------------------------------- lost for good


def test_a_chunk_that_fails_again_and_again_ends_the_run_and_is_named() -> None:
    class Failing(ThreadPoolExecutor):
        """Loses every chunk but the first."""

        def submit(self, fn: Any, /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as its parent
            if arguments[-1] == 0:
                return super().submit(fn, *arguments)
            failed: Future[Any] = Future()
            failed.set_exception(MemoryError("no memory"))
            return failed

    said: list[str] = []
    with Failing(1) as executor, pytest.raises(RunError, match=r"chunk 1 was lost 3 times \(MemoryError: no memory\)"):
        carry_out(job(), executor=executor, say=said.append)
    assert said.count("chunk 1 was lost (MemoryError) and is computed again") == 2


def test_a_pool_whose_workers_are_killed_every_time_is_given_up() -> None:
    hired: list[Broken] = []

    class Broken(Executor):
        """Loses what it is given, as a pool does whose worker died, and takes nothing more."""

        def __init__(self) -> None:
            self.dead = False
            hired.append(self)
            assert len(hired) < 9

        def submit(self, fn: Any, /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as its parent
            if self.dead:
                raise BrokenProcessPool("a child process terminated abruptly")
            self.dead, lost = True, Future[Any]()
            lost.set_exception(BrokenProcessPool("a process in the pool was terminated abruptly"))
            return lost

    by = Crew(Broken(), 2, Broken)
    with pytest.raises(RunError, match=r"chunk \d was lost 3 times .*; its worker died, killed for want of memory"):
        list(finished(abs, range(2), by))
    assert len(hired) > 2
