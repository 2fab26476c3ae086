"""Which files of a folder did an answer write, and are they what was written? Its manifest tells."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim.scenario.file.checking import what

MANIFEST = "manifest.json"  # lists what an answer wrote, each with its hash: nothing else in a folder is ever replaced
LOCK, NEW = ".sim-lock", ".sim-new"  # of a folder that is being written into; NEW is where files are made ready
SCHEMA = 2  # version of the manifest; before, it listed names without hashes


@dataclass(frozen=True)
class Manifest:
    """Which command wrote a folder, and the SHA-256 of each file by name; empty where an earlier version noted none."""

    kind: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Manifest:
        """Read a manifest, or say what does not fit."""
        try:
            content = json.loads(plain_bytes(file))
        except (OSError, ValueError, RecursionError) as fault:
            raise ValueError(f"{file} must be the manifest of a saved answer; {fault}") from fault
        schema, kind, files = (content.get(key) if isinstance(content, dict) else None for key in _KEYS)
        if schema == 1 and isinstance(files, list) and all(isinstance(name, str) for name in files):
            return cls("run", {name: "" for name in files if is_plain(name) and name != MANIFEST})
        if schema != SCHEMA:
            raise ValueError(f"{file}: schema must be {SCHEMA}; it is {what(schema)}")
        if not isinstance(kind, str) or not re.fullmatch("[a-z]{1,40}", kind):
            raise ValueError(f"{file}: kind must be the name of a command; it is {what(kind)}")
        if not isinstance(files, dict):
            raise ValueError(f"{file}: files must be a table of hashes; it is {what(files)}")
        for name, each in files.items():
            if name == MANIFEST or not is_plain(name):
                raise ValueError(f"{file}: files must have the names of files beside it; one is {what(name)}")
            if not isinstance(each, str) or not re.fullmatch("[0-9a-f]{64}", each):
                raise ValueError(f"{file}: files.{name} must be a SHA-256; it is {what(each)}")
        return cls(kind, files)

    def text(self) -> bytes:
        """Return it as a file."""
        content = {"schema": SCHEMA, "kind": self.kind, "files": dict(sorted(self.files.items()))}
        return (json.dumps(content, indent=1) + "\n").encode()


_KEYS = ("schema", "kind", "files")


def is_plain(name: str) -> bool:
    """Whether a name is that of a file in a folder, and not one with which the folder itself is looked after."""
    return name not in ("", ".", "..", LOCK, NEW) and "\0" not in name and Path(name).name == name


def is_ordinary(place: Path) -> bool:
    """Whether something is a file: no link, no folder, no device."""
    return place.is_file() and not place.is_symlink()


def plain_bytes(file: Path) -> bytes:
    """Return what an ordinary file holds; a pipe would be waited for in vain."""
    if not is_ordinary(file):
        why = "it is no ordinary file" if file.exists() else "it is not there"
        raise FileNotFoundError(errno.ENOENT, why, str(file))
    return file.read_bytes()


def located(folder: Path, name: str) -> Path:
    """Return where a file of an answer is, should a kill have kept it from its place."""
    waiting = folder / NEW
    return waiting / name if is_ordinary(waiting / MANIFEST) and is_ordinary(waiting / name) else folder / name


def sha256(file: Path) -> str:
    """Return the hash of what a file holds."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def edited(folder: Path) -> list[str]:
    """Return which files of an answer no longer hold what was saved."""
    files = Manifest.read(located(folder, MANIFEST)).files if located(folder, MANIFEST).exists() else {}
    return [name for name, each in files.items() if each and _is_other(located(folder, name), each)]


def _is_other(file: Path, wanted: str) -> bool:
    """Whether something is there that is not the file with this hash."""
    return os.path.lexists(file) and not (is_ordinary(file) and sha256(file) == wanted)
