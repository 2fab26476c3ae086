"""Is nothing overwritten that is not ours, and nothing left half-written?

Deliberate break that turned a test red: the mark of our folders not looked for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.work.saving import save_file, save_folder


def test_a_folder_is_new_or_replaced_whole(tmp_path: Path) -> None:
    save_folder(tmp_path / "a" / "b", {"mark": b"1", "old": b"1"}, mark="mark")
    save_folder(tmp_path / "a" / "b", {"mark": b"2"}, mark="mark")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "a" / "b").iterdir()] == [("mark", b"2")]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_a_folder_that_holds_something_else_and_a_file_in_its_place_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    for place in (tmp_path / "mine" / "thesis.txt", tmp_path / "file"):
        place.write_text("years of work", encoding="utf-8")
    for name in ("mine", "file"):
        with pytest.raises(FileExistsError, match="it holds something else"):
            save_folder(tmp_path / name, {"mark": b""}, mark="mark")
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"


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
