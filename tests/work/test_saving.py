"""Is no file overwritten unasked, and nothing left half-written?

Deliberate break that turned a test red: a file written over without being asked.
"""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from sim.work.checkpoint import opened
from sim.work.folders import taken
from sim.work.saving import save_bytes, save_file


def put(folder: Path, content: bytes) -> None:
    """Save an answer of one file."""
    with taken(folder, "run") as place:
        place.put({"mark": content})


def test_a_file_is_overwritten_only_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.txt"
    save_file(file, "one")
    with pytest.raises(FileExistsError, match=r"a\.txt must be a new file; it is there already"):
        save_file(file, "two")
    assert file.read_text(encoding="utf-8") == "one"
    save_file(file, "three", force=True)
    assert file.read_text(encoding="utf-8") == "three"
    assert [path.name for path in file.parent.iterdir()] == ["a.txt"]


def test_a_folder_is_never_taken_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="must be a file; it is a folder"):
        save_file(tmp_path, "text", force=True)


posix = pytest.mark.skipif(sys.platform == "win32", reason="no links and pipes for everybody there")


@posix
def test_a_pipe_like_any_device_and_a_link_are_written_into_and_never_replaced(tmp_path: Path) -> None:
    pipe, linked, leading = tmp_path / "pipe", tmp_path / "linked.txt", tmp_path / "link"
    os.mkfifo(pipe)
    linked.write_text("before", encoding="utf-8")
    leading.symlink_to(linked)
    with pytest.raises(FileExistsError, match="it is there already"):
        save_file(pipe, "text")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    save_file(pipe, "text", force=True)
    reader.join(timeout=10)
    save_file(leading, "after", force=True)
    assert read == ["text"]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert leading.is_symlink()
    assert linked.read_text(encoding="utf-8") == "after"


@posix
def test_a_link_that_leads_nowhere_counts_as_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "later.txt")
    with pytest.raises(FileExistsError, match="it is there already"):
        save_file(tmp_path / "link", "text")
    save_file(tmp_path / "link", "text", force=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "later.txt").read_text(encoding="utf-8") == "text"


@posix
def test_a_link_to_a_folder_stays_one_when_the_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for content in (b"1", b"2"):
        put(tmp_path / "link", content)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "mark").read_bytes() == b"2"


@posix
def test_a_run_goes_through_a_link_to_its_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with opened(tmp_path / "link", {"seed": 0}) as store:
        assert store.folder == (tmp_path / "real").resolve()
    assert (tmp_path / "link").is_symlink()


@posix
def test_a_pipe_for_a_folder_and_links_among_the_files_of_one_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileExistsError, match="it holds something else"):
        put(tmp_path / "pipe", b"")
    pipe = (tmp_path / "pipe").rename(tmp_path.with_name("pipe"))
    (tmp_path / "mark").write_bytes(b"1")
    (tmp_path / "data").symlink_to(tmp_path / "mark")
    with pytest.raises(FileExistsError, match="it holds something else"):
        put(tmp_path, b"")
    for place in (pipe, tmp_path / "data"):
        with pytest.raises(FileExistsError, match="must be an ordinary file; it is none"):
            save_bytes(place, b"")
    assert (tmp_path / "data").is_symlink()
