"""Is no file overwritten unasked, and nothing left half-written?

Deliberate break that turned a test red: a file written over without being asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.work.saving import save_file


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
