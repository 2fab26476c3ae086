"""Is nothing touched in a folder that is not ours, is what is ours replaced whole, and does a kill lose nothing?

Deliberate breaks that turned a test red: unknown files not looked for; the manifest put in its place before the files;
a lock among the temporary files of the machine; a manifest that may name files of other folders.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sim.work.folders import allow, taken
from sim.work.manifest import LOCK, MANIFEST, NEW, Manifest, edited, located

posix = pytest.mark.skipif(sys.platform == "win32", reason="no links and pipes for everybody there")

BEFORE = {"a.json": b"1", "old.csv": b"old"}
AFTER = {"a.json": b"2", "new.csv": b"new"}


def put(folder: Path, files: dict[str, bytes] | None = None, kind: str = "solve") -> None:
    """Save an answer, over another one too."""
    with taken(folder, kind) as place:
        place.put(BEFORE if files is None else files)


def found(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder besides its manifest."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MANIFEST}


# ------------------------------------------------------------------------------------------------- whose folder is it


def test_a_folder_is_new_or_replaced_whole(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b")
    put(tmp_path / "a" / "b", AFTER)
    assert found(tmp_path / "a" / "b") == AFTER
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in AFTER.items()}
    said = json.loads((tmp_path / "a" / "b" / MANIFEST).read_text(encoding="utf-8"))
    assert said == {"schema": 2, "kind": "solve", "files": hashes}


def test_further_files_join_an_answer(tmp_path: Path) -> None:
    with taken(tmp_path, "solve") as place:
        place.put(BEFORE)
        place.add({"picture.png": b"p"})
    assert found(tmp_path) == BEFORE | {"picture.png": b"p"}
    assert edited(tmp_path) == []
    put(tmp_path, AFTER)
    assert found(tmp_path) == AFTER


def thesis(folder: Path) -> None:
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")


def thesis_in_a_folder(folder: Path) -> None:
    (folder / "mine").mkdir()
    thesis(folder / "mine")


def link(folder: Path) -> None:
    (folder / "a.json").unlink()
    (folder / "a.json").symlink_to(folder / "old.csv")


def pipe(folder: Path) -> None:
    (folder / "old.csv").unlink()
    os.mkfifo(folder / "old.csv")


def no_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def damaged_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("{", encoding="utf-8")


def another_tool(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"name": "my web page", "files": ["a.json"]}', encoding="utf-8")


def grasping_manifest(folder: Path) -> None:
    (folder.parent / "thesis.txt").write_text("years of work", encoding="utf-8")
    said = {"schema": 2, "kind": "solve", "files": {"../thesis.txt": "0" * 64}}
    (folder / MANIFEST).write_text(json.dumps(said), encoding="utf-8")


def staging_that_is_a_link(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    thesis(folder.parent / "elsewhere")
    (folder / NEW).symlink_to(folder.parent / "elsewhere")


STRANGE: dict[Callable[[Path], None], str] = {
    thesis: "thesis.txt",
    thesis_in_a_folder: "mine",
    link: "a.json",
    pipe: "old.csv",
    no_manifest: "a.json, old.csv",
    damaged_manifest: MANIFEST,
    another_tool: MANIFEST,
    grasping_manifest: MANIFEST,
    staging_that_is_a_link: NEW,
}


@posix
@pytest.mark.parametrize("change", STRANGE, ids=lambda change: change.__name__)
def test_what_no_answer_wrote_is_named_and_nothing_is_touched(tmp_path: Path, change: Callable[[Path], None]) -> None:
    folder = tmp_path / "here"
    put(folder)
    change(folder)
    before = sorted((path.relative_to(tmp_path), path.lstat().st_mtime_ns) for path in tmp_path.rglob("*"))
    with pytest.raises(FileExistsError, match=f"empty or a solve folder; it holds something else: {STRANGE[change]}"):
        put(folder, AFTER)
    assert sorted((path.relative_to(tmp_path), path.lstat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


def test_many_strange_files_are_counted(tmp_path: Path) -> None:
    for name in "abcde":
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(FileExistsError, match=r"something else: a, b, c and 2 more \(move it elsewhere, or name"):
        allow(tmp_path, "run")


@posix
def test_a_file_and_a_pipe_are_no_folders(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    os.mkfifo(tmp_path / "pipe")
    for name in ("file", "pipe"):
        with pytest.raises(FileExistsError, match="it is no folder"):
            put(tmp_path / name)
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_an_answer_of_another_kind_stays_and_one_of_the_same_is_replaced_only_if_allowed(
    tmp_path: Path,
) -> None:
    put(tmp_path)
    with pytest.raises(FileExistsError, match="it holds an answer of sim solve"):
        put(tmp_path, AFTER, "compare")
    with (
        pytest.raises(FileExistsError, match="holds an answer of sim solve: --force replaces it, --out names another"),
        taken(tmp_path, "solve", replacing=False),
    ):
        pass
    assert found(tmp_path) == BEFORE


def test_what_a_file_manager_leaves_is_no_reason_to_refuse_and_stays(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / ".DS_Store").write_bytes(b"icons")
    put(tmp_path, AFTER)
    assert found(tmp_path) == AFTER | {".DS_Store": b"icons"}


def test_a_folder_of_an_earlier_version_is_known_by_the_names_it_lists(tmp_path: Path) -> None:
    for name, content in BEFORE.items():
        (tmp_path / name).write_bytes(content)
    said = {"schema": 1, "files": ["a.json", "old.csv", MANIFEST]}
    (tmp_path / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    put(tmp_path, AFTER, "run")
    assert found(tmp_path) == AFTER


def test_what_was_changed_after_it_was_saved_is_found(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "old.csv").write_bytes(b"edited")
    (tmp_path / "a.json").unlink()
    assert edited(tmp_path) == ["old.csv"]


# ------------------------------------------------------------------------------------------------- links and the like


@posix
def test_a_link_stays_one_and_the_folder_it_leads_to_stays_the_same(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    number = (tmp_path / "real").stat().st_ino
    put(tmp_path / "link")
    put(tmp_path / "link", AFTER)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").stat().st_ino == number
    assert found(tmp_path / "real") == AFTER


@posix
def test_a_link_to_a_folder_that_is_not_there_yet_leads_to_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "later")
    put(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert found(tmp_path / "later") == BEFORE


@posix
def test_links_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(FileExistsError, match="it is no folder"):
        put(tmp_path / "one")


def test_the_current_folder_stays_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(Path())
    put(Path(), AFTER)
    assert found(Path()) == AFTER
    assert Path.cwd().samefile(tmp_path)


# ------------------------------------------------------------------------------------------------------ kills, faults


class Killed(BaseException):
    """The process is gone: nothing that it does after this reaches the disk."""


def dies_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Let every change of the disk fail from a certain one on; return whether it came to that."""
    count = 0

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes
            nonlocal count
            count += 1
            if count > step:
                raise Killed
            return change(*given, **named)

        return changed

    for name in ("replace", "rename", "unlink", "mkdir", "rmdir"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(shutil, "rmtree", counted(shutil.rmtree))
    return lambda: count > step


def test_after_a_kill_at_any_step_either_the_old_answer_is_there_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, died, outcomes = 0, True, []
    while died:
        folder = tmp_path / str(step)
        put(folder)
        with monkeypatch.context() as patch:
            killed = dies_at(step, patch)
            try:
                put(folder, AFTER)
            except Killed:
                assert killed()
            died = killed()
        manifest = Manifest.read(located(folder, MANIFEST))
        left = {name: located(folder, name).read_bytes() for name in manifest.files}
        assert left in (BEFORE, AFTER)
        outcomes.append(left == AFTER)
        allow(folder, "solve")  # nothing of it is taken for somebody else's
        with taken(folder, "solve"):
            pass
        assert found(folder) == left
        step += 1
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_a_new_folder_that_a_kill_left_half_made_can_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in range(20):
        folder = tmp_path / str(step)
        with monkeypatch.context() as patch:
            dies_at(step, patch)
            with suppress(Killed):
                put(folder)
        put(folder, AFTER)
        assert found(folder) == AFTER


def test_ctrl_c_while_a_folder_is_given_back_gives_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt("by hand")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", interrupted)
        with pytest.raises(KeyboardInterrupt, match="by hand") as stopped:
            put(tmp_path)
    put(tmp_path, AFTER)
    assert stopped.tb is not None  # as a notebook keeps it, and with it all that it went through
    assert found(tmp_path) == AFTER


def test_a_full_disk_leaves_the_earlier_answer_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    put(tmp_path / "old")
    monkeypatch.setattr(os, "fsync", full)
    for name in ("old", "new/deep"):
        with pytest.raises(OSError, match="No space left"):
            put(tmp_path / name, AFTER)
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert found(tmp_path / "old") == BEFORE


def test_what_cannot_be_read_again_does_not_count_as_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path)
    monkeypatch.setattr("sim.work.folders.sha256", lambda _: "0" * 64)
    with pytest.raises(OSError, match="what was written is not what can be read again"):
        put(tmp_path, AFTER)
    assert found(tmp_path) == BEFORE


def test_a_file_that_comes_in_the_way_of_an_answer_is_not_overwritten(tmp_path: Path) -> None:
    put(tmp_path)
    with taken(tmp_path, "solve") as place:
        (tmp_path / "new.csv").write_bytes(b"mine")
        with pytest.raises(FileExistsError, match=r"new\.csv is in the way"):
            place.put(AFTER)
    assert (tmp_path / "new.csv").read_bytes() == b"mine"


# -------------------------------------------------------------------------------------------------------------- locks


def test_a_second_answer_is_kept_out_by_a_lock_in_the_folder_whatever_folder_is_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, elsewhere = tmp_path / "here", tmp_path / "temporary"
    elsewhere.mkdir()
    with taken(folder, "solve"):
        assert [path.name for path in folder.iterdir()] == [LOCK]
        monkeypatch.setenv("TMPDIR", str(elsewhere))
        monkeypatch.setattr("tempfile.tempdir", None)
        with (
            pytest.raises(FileExistsError, match="must be free; another run is writing there"),
            taken(folder, "solve", within=False),
        ):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]
    assert list(elsewhere.iterdir()) == []


def test_a_lock_that_a_kill_left_keeps_nobody_out_and_goes(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / LOCK).write_bytes(b"")
    put(tmp_path, AFTER)
    assert found(tmp_path) == AFTER


@posix
def test_a_lock_can_be_opened_by_everybody_who_shares_the_folder(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with taken(tmp_path, "solve"):
            assert (tmp_path / LOCK).stat().st_mode & 0o777 == 0o666
    finally:
        os.umask(before)


@posix
def test_a_link_in_the_place_of_a_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    (tmp_path / "here" / LOCK).symlink_to(tmp_path / "thesis.txt")
    with pytest.raises(FileExistsError, match=r"something else: \.sim-lock"):
        put(tmp_path / "here")
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"
