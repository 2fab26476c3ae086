"""How is an answer put on disk? Whole or not at all, and never over anything that is not its own.

Files and folders are made aside and then take their name. What is no ordinary file, such as a device or a link, would
lose itself by that: it is written into, or refused.
"""

from __future__ import annotations

import glob
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

MANIFEST = "manifest.json"
"""The file that lists all files of a run folder: nothing else in a folder is ever replaced."""

UNFINISHED = "unfinished.json"
"""The file of an unfinished run that says whose chunks lie beside it."""


def replaceable(folder: Path) -> bool:
    """Whether a run may take this place: nothing is there, or nothing but what an earlier run wrote.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     empty = replaceable(Path(place))
    ...     _ = Path(place, "thesis.txt").write_text("years of work")
    ...     empty, replaceable(Path(place)), replaceable(Path(place, "new"))
    (True, False, True)
    """
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    if not all(map(ordinary, folder.iterdir())):
        return False
    present = {path.name for path in folder.iterdir() if not _is_partial(path.name)}
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8")) if present else {"files": []}
        return present <= set(manifest["files"])
    except (OSError, ValueError, TypeError, KeyError):
        return False


def ordinary(place: Path) -> bool:
    """Whether a file is an ordinary one: no link, no folder, no device."""
    return place.is_file() and not place.is_symlink()


def _is_partial(name: str) -> bool:
    """Whether a file of this name belongs to an unfinished run."""
    whole = name.removeprefix(".").removesuffix(".new")
    return whole == UNFINISHED or bool(re.fullmatch(r"chunk-\d{6,}\.bin", whole))


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of another once all is in it; if that fails, the old one stays.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with fresh_folder(Path(place, "new")) as folder:
    ...         _ = Path(folder, "a.txt").write_text("1")
    ...     Path(place, "new", "a.txt").read_text()
    '1'
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place, since a folder can take another's name only on the same disk.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        fresh, old = Path(scratch, "new"), Path(scratch, "old")
        fresh.mkdir()
        yield fresh
        if target.is_symlink():
            raise FileExistsError(f"{target.name} must be a folder; it has become a link")
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise


def recover(target: Path) -> None:
    """Put back what a kill in the midst of `fresh_folder` left beside its place, and clear away the rest of it."""
    beside = target.parent.glob(f".{glob.escape(target.name)}-????????") if target.parent.is_dir() else []
    for scratch in beside:
        if {path.name for path in scratch.iterdir()} <= {"new", "old"}:
            if not target.exists() and (scratch / "old").exists():
                (scratch / "old").rename(target)
            shutil.rmtree(scratch)


def save_folder(folder: Path, files: Mapping[str, bytes], *, mark: str) -> None:
    """Write files into a folder, or that which a link leads to, if it is new, or empty, or has the file `mark`."""
    target = folder.resolve()  # a link stays one: what it leads to is replaced
    present = {place.name: ordinary(place) for place in target.iterdir()} if target.is_dir() else {}
    other = target.exists() and not target.is_dir()
    if other or (present and (mark not in present or not all(present.values()))):
        raise FileExistsError(f"{folder} must be a new, an empty or a folder with {mark}; it holds something else")
    with fresh_folder(target) as fresh:
        for name, content in files.items():
            (fresh / name).write_bytes(content)


def save_file(file: Path, text: str, *, force: bool = False) -> None:
    """Write a text file, over another only by force; a device or a link is written into."""
    target = file.absolute()
    if target.is_dir():
        raise FileExistsError(f"{file.name} must be a file; it is a folder")
    if (target.exists() or target.is_symlink()) and not force:
        raise FileExistsError(f"{file.name} must be a new file; it is there already (--force overwrites it)")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or (target.exists() and not target.is_file()):
        target.write_text(text, encoding="utf-8")
        return
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        fresh = Path(scratch, "new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)


def save_bytes(file: Path, content: bytes) -> None:
    """Write a file into a folder that is there, whole or not at all, in place of one of the same name."""
    fresh = file.with_name(f".{file.name}.new")
    for place in (file, fresh):
        if place.is_symlink() or (place.exists() and not place.is_file()):
            raise FileExistsError(f"{place} must be an ordinary file; it is none")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())  # on the disk before it takes its name, should the power go
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
