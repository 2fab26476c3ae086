"""How is a file put on disk? Whole or not at all, made aside and then named, and never over another unasked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def save_file(file: Path, text: str, *, force: bool = False) -> None:
    """Write a text file, over another only by force; a device or a link is written into."""
    refuse_old(file, force=force)
    target = file.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or (target.exists() and not target.is_file()):
        target.write_text(text, encoding="utf-8")
        return
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        fresh = Path(scratch, "new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)


def refuse_old(file: Path, *, force: bool = False) -> None:
    """Refuse to write a file where a folder is, or, unless forced, another file."""
    target = file.absolute()
    if target.is_dir():
        raise FileExistsError(f"{file.name} must be a file; it is a folder")
    if (target.exists() or target.is_symlink()) and not force:
        raise FileExistsError(f"{file.name} must be a new file; it is there already (--force overwrites it)")


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
    finally:
        fresh.unlink(missing_ok=True)
