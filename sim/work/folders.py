"""Which folder may an answer take, and how does it get there? A manifest lists what is ours; nothing else is touched.

New files are made ready in a folder inside, and count once their manifest is there. Then each takes its place by a
rename, the manifest last; a kill in between leaves all that is needed to go on from there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sim.work.manifest import LOCK, MANIFEST, NEW, Manifest, is_ordinary, located, sha256
from sim.work.saving import save_bytes

UNFINISHED = "unfinished.json"  # the file of an unfinished run that says whose chunks lie beside it
_PASSERS_BY = (".DS_Store", "Thumbs.db", "desktop.ini")  # a file manager leaves them, and nothing is lost with them
_SHOWN = 3  # names of files that a refusal lists
Content = bytes | Callable[[BinaryIO], object]  # what a file is to hold, or who writes it


def allow(folder: Path, kind: str, *, replacing: bool = True) -> None:
    """Refuse a place with anything in it that no answer of this kind wrote, or that is not to be replaced."""
    target, must = _real(folder), f"{folder} must be a new, an empty or a {kind} folder"
    if not os.path.lexists(target):
        if file := next((each for each in target.parents if each.exists() and not each.is_dir()), None):
            raise FileExistsError(f"{must}; {file} is in the way and is no folder")
        return
    if not target.is_dir():
        raise FileExistsError(f"{must}; it holds something else: it is no folder")
    manifest, strange = _strangers(target)
    if strange:
        more = f" and {len(strange) - _SHOWN} more" if len(strange) > _SHOWN else ""
        named = ", ".join(strange[:_SHOWN]) + more
        raise FileExistsError(f"{must}; it holds something else: {named} (move it elsewhere, or name another folder)")
    if manifest and manifest.kind != kind:
        raise FileExistsError(f"{must}; it holds an answer of sim {manifest.kind} (name another folder)")
    if manifest and not replacing:
        raise FileExistsError(
            f"{folder} holds an answer of sim {kind}: --force replaces it, --out names another folder"
        )


def _strangers(target: Path) -> tuple[Manifest | None, list[str]]:
    """Return what an answer wrote into a folder, and what is there besides."""
    place = located(target, MANIFEST)
    try:
        manifest = Manifest.read(place) if os.path.lexists(place) else None
    except ValueError:
        return None, [MANIFEST]
    before = Manifest()  # what a kill left in the place of which something new is ready
    with suppress(ValueError):
        before = Manifest.read(target / MANIFEST)
    known = {MANIFEST, LOCK, *before.files, *(manifest.files if manifest else ())}
    return manifest, sorted(
        each.name
        for each in target.iterdir()
        if each.name not in _PASSERS_BY
        and not (is_ordinary(each) and (each.name in known or is_partial(each.name)))
        and not (each.name == NEW and each.is_dir() and not each.is_symlink())
    )


def is_partial(name: str) -> bool:
    """Whether a file of this name belongs to an unfinished run."""
    whole = name.removeprefix(".").removesuffix(".new")
    return whole == UNFINISHED or bool(re.fullmatch(r"chunk-\d{6,}\.bin", whole))


@dataclass(frozen=True)
class Place:
    """A folder that an answer has taken: it holds nothing that is not ours, and nobody else writes there."""

    path: Path
    kind: str

    def put(self, files: Mapping[str, Content], verify: Callable[[Path], object] = lambda _: None) -> None:
        """Write files in place of what is there; `verify` reads them where they are made ready, and raises if wrong."""
        self._write(files, {}, verify)

    def add(self, files: Mapping[str, Content]) -> None:
        """Write further files of the answer that is there."""
        self._write(files, Manifest.read(self.path / MANIFEST).files, lambda _: None)

    def _write(self, files: Mapping[str, Content], kept: Mapping[str, str], verify: Callable[[Path], object]) -> None:
        """Make files ready, read them again, and let them take their places."""
        settle(self.path)
        new = self.path / NEW
        try:
            new.mkdir()
            shutil.copymode(self.path, new)  # who shares the folder can clear it away after a kill
            hashes = {name: _write(new / name, content) for name, content in files.items()}
            verify(new)
            save_bytes(new / MANIFEST, Manifest(self.kind, {**kept, **hashes}).text())
        finally:
            settle(self.path)


def _write(file: Path, content: Content) -> str:
    """Write a file and return its hash, which is that of what can be read again."""
    with file.open("xb") as stream:
        if isinstance(content, bytes):
            stream.write(content)
        else:
            content(stream)
        stream.flush()
        os.fsync(stream.fileno())  # on the disk before it counts, should the power go
    found = sha256(file)
    if isinstance(content, bytes) and found != hashlib.sha256(content).hexdigest():
        raise OSError(errno.EIO, "what was written is not what can be read again", file.name)
    return found


def settle(folder: Path) -> None:
    """Finish what a kill interrupted: new files that are whole take their places, others go."""
    new = folder / NEW
    if not new.is_dir() or new.is_symlink():
        return
    if (new / MANIFEST).exists():
        manifest, before = Manifest.read(new / MANIFEST), Manifest()
        with suppress(ValueError):
            before = Manifest.read(folder / MANIFEST)
        for name in manifest.files:
            if (new / name).exists():
                if os.path.lexists(folder / name) and name not in before.files:
                    raise FileExistsError(
                        f"{folder / name} is in the way of an answer that was saved; move it elsewhere"
                    )
                (new / name).replace(folder / name)
        gone = [name for name in before.files if name not in manifest.files]
        for name in [*gone, *(each.name for each in folder.iterdir() if is_partial(each.name))]:
            (folder / name).unlink(missing_ok=True)
        (new / MANIFEST).replace(folder / MANIFEST)
    shutil.rmtree(new)


@contextmanager
def taken(folder: Path, kind: str, *, replacing: bool = True, within: bool = True) -> Iterator[Place]:
    """Take a folder for an answer, or say why it may not be; if nothing comes of it, nothing of it stays."""
    allow(folder, kind, replacing=replacing)
    with held(folder, within=within) as target:
        settle(target)
        allow(folder, kind, replacing=replacing)  # again, now that nobody else can change it
        yield Place(target, kind)


_HELD: set[tuple[Path, int]] = set()  # folders that are held, and the threads that hold them


@contextmanager
def held(folder: Path, *, within: bool) -> Iterator[Path]:
    """Make a folder, unless it is there, and keep others out of it; one that was made goes again if it stays empty."""
    target = _real(folder)
    mine = (target, threading.get_ident())  # within: the thread that holds the folder already is let in
    if within and mine in _HELD:
        yield target
        return
    made = [place for place in (target, *target.parents) if not place.exists()]
    try:
        target.mkdir(parents=True, exist_ok=True)
        with _locked(target / LOCK, folder):
            _HELD.add(mine)
            try:
                yield target
            finally:
                _HELD.discard(mine)
    finally:
        for place in made:
            with suppress(OSError):  # it is not empty, or no longer there
                place.rmdir()


@contextmanager
def _locked(file: Path, folder: Path) -> Iterator[None]:
    """Hold a lock file, and remove it in the end."""
    import filelock

    # For everybody to open: left by a kill, it must not lock out those who share the folder.
    lock = filelock.FileLock(file, timeout=0, mode=0o666)
    try:
        try:
            lock.acquire()
        except filelock.Timeout:
            raise FileExistsError(f"{folder} must be free; another run is writing there") from None
        yield
    finally:
        if lock.is_locked:  # by us: another run's stays
            try:
                with suppress(OSError):  # Windows keeps an open file
                    file.unlink()
            finally:
                lock.release()


def _real(folder: Path) -> Path:
    """Return the folder that is meant, however many links lead there."""
    return Path(os.path.realpath(folder))
