"""How is an answer put on disk? Whole or not at all, and never over anything that is not its own."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path


def save_folder(folder: Path, files: Mapping[str, bytes], *, mark: str) -> None:
    """Write files into a folder, in place of what an earlier call wrote there.

    Parameters
    ----------
    folder : Path
        A new folder, an empty one, or one that an earlier call wrote.
    files : mapping of str to bytes
        Contents by file name.
    mark : str
        The name by which a folder of ours is known; one of `files`.

    Raises
    ------
    FileExistsError
        If the folder is a file, or holds anything that is not ours.
    OSError
        If it cannot be written; nothing half-written is left.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     save_folder(Path(place, "new"), {"a.txt": b"1"}, mark="a.txt")
    ...     Path(place, "new", "a.txt").read_text()
    '1'
    """
    target = folder.absolute()
    if target.exists() and not (target / mark).is_file() and (target.is_file() or any(target.iterdir())):
        raise FileExistsError(f"{folder} must be a new, an empty or a folder with {mark}; it holds something else")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        fresh = Path(scratch, "new")
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        if target.exists():
            target.rename(Path(scratch, "old"))
        fresh.rename(target)


def save_file(file: Path, text: str, *, force: bool = False) -> None:
    """Write a text file.

    Parameters
    ----------
    file : Path
        Where; folders above it are made.
    text : str
        What.
    force : bool
        Whether to overwrite a file that is there.

    Raises
    ------
    FileExistsError
        If there is something already, unless it is a file and `force` is given.
    OSError
        If it cannot be written; nothing half-written is left.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     save_file(Path(place, "a.txt"), "1")
    ...     save_file(Path(place, "a.txt"), "2")
    Traceback (most recent call last):
    FileExistsError: a.txt must be a new file; it is there already (--force overwrites it)
    """
    target = file.absolute()
    if target.is_dir():
        raise FileExistsError(f"{file.name} must be a file; it is a folder")
    if target.exists() and not force:
        raise FileExistsError(f"{file.name} must be a new file; it is there already (--force overwrites it)")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        fresh = Path(scratch, "new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)
