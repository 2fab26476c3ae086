"""What is left of a run that is interrupted? Every finished chunk, whole and checked, in the run's folder."""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from sim.study.chunks import Chunk
from sim.study.saving import LOCK, UNFINISHED, replaceable, save_bytes
from sim.study.tally import Part

_CHUNK = "chunk-{:06}.bin"
_DIGEST = hashlib.sha256
_LEVEL = 1  # of compression: a quarter of the size for a twentieth of the time that the chunk took


class ResumeError(ValueError):
    """A folder that holds no run that can go on, and why."""


class DamagedError(Exception):
    """A chunk file that does not hold what was written."""


def kept(folder: Path) -> int:
    """Return how many chunks of an unfinished run a folder holds."""
    return len(Store(folder).numbers()) if folder.is_dir() else 0


@contextmanager
def opened(folder: Path, identity: Mapping[str, object], *, resume: bool = False) -> Iterator[Store]:
    """Take a folder for a run, and keep others out of it.

    On leaving, whole chunks stay for a later `resume`; if there are none, nothing of the run stays.

    Parameters
    ----------
    folder : Path
        A new folder, an empty one, or one that an earlier run wrote, finished or not.
    identity : mapping of str to str, int or float
        All that the bits of a chunk depend on, by the name under which a difference is reported.
    resume : bool
        Whether to go on with the chunks that are there. Otherwise they are removed.

    Yields
    ------
    Store
        The chunks.

    Raises
    ------
    FileExistsError
        If the folder holds anything that no run wrote, or another run is writing there.
    ResumeError
        If the chunks are those of another run, or nobody can tell whose.
    OSError
        If the folder cannot be written.
    """
    import filelock

    target = folder.absolute()
    if not replaceable(target):
        raise FileExistsError(f"{folder} must be a new, an empty or a run folder; it holds something else")
    made = [place for place in (target, *target.parents) if not place.exists()]
    target.mkdir(parents=True, exist_ok=True)
    try:
        lock = filelock.FileLock(target / LOCK, timeout=0)
        with lock:
            store = Store(target)
            try:
                _claim(store, identity, resume=resume)
                yield store
            finally:
                if not store.numbers():
                    (target / UNFINISHED).unlink(missing_ok=True)
    except filelock.Timeout:
        raise FileExistsError(f"{folder} must be free; another run is writing there") from None
    finally:
        if not (target / UNFINISHED).exists():
            (target / LOCK).unlink(missing_ok=True)
        for place in made:
            if not any(place.iterdir()):
                place.rmdir()


def _claim(store: Store, identity: Mapping[str, object], *, resume: bool) -> None:
    """Check that the chunks that are there are this run's, or remove them."""
    file = store.folder / UNFINISHED
    if resume and file.exists():
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise ResumeError(f"{file} must be readable to go on from it; {fault}") from fault
        _compare(file, found, identity)
        return
    for number in store.numbers():
        store.path(number).unlink()
    save_bytes(file, (json.dumps(dict(identity), indent=1) + "\n").encode())


def _compare(file: Path, found: object, wanted: Mapping[str, object]) -> None:
    """Refuse to go on with another run, naming every field that differs."""
    if not isinstance(found, dict):
        raise ResumeError(f"{file} must be a table of what was run; it is not")
    different = [
        f"{name} is {found.get(name)!r} there and {value!r} here"
        for name, value in wanted.items()
        if found.get(name) != value
    ]
    if different:
        raise ResumeError(f"{file.parent} holds another run: {'; '.join(different)}")


@dataclass(frozen=True)
class Store:
    """Chunks of a run in a folder.

    Attributes
    ----------
    folder : Path
        Where the chunks are, and where the result will be.
    """

    folder: Path

    def path(self, number: int) -> Path:
        """Return the file of a chunk."""
        return self.folder / _CHUNK.format(number)

    def numbers(self) -> list[int]:
        """Return the numbers of the chunks that are there, lowest first."""
        return sorted(int(path.stem.removeprefix("chunk-")) for path in self.folder.glob("chunk-*.bin"))

    def keep(self, number: int, chunk: Chunk) -> None:
        """Write a chunk, whole or not at all.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        arrays = {f"part/{field.name}": getattr(chunk.part, field.name) for field in fields(Part)}
        arrays["strata/sums"] = chunk.strata
        for kind in ("parameters", "outcomes"):
            arrays |= {f"{kind}/{name}": array for name, array in getattr(chunk, kind).items()}
        content = io.BytesIO()
        np.savez(content, **arrays)
        body = zlib.compress(content.getvalue(), _LEVEL)
        save_bytes(self.path(number), _DIGEST(body).digest() + body)

    def load(self, number: int) -> Chunk:
        """Return a chunk that `keep` wrote.

        Raises
        ------
        DamagedError
            If the file is cut short, changed, or cannot be read.
        """
        path = self.path(number)
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise DamagedError(f"{path.name} cannot be read ({fault.strerror})") from fault
        size = _DIGEST().digest_size
        if _DIGEST(content[size:]).digest() != content[:size]:
            raise DamagedError(f"{path.name} is damaged: its checksum is wrong")
        kinds: dict[str, dict[str, Any]] = {"part": {}, "strata": {}, "parameters": {}, "outcomes": {}}
        with np.load(io.BytesIO(zlib.decompress(content[size:]))) as arrays:
            for key, array in arrays.items():
                kind, _, name = key.partition("/")
                kinds[kind][name] = array
        return Chunk(Part(**kinds["part"]), kinds["strata"]["sums"], kinds["parameters"], kinds["outcomes"])
