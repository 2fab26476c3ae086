"""May a run write here, and what of an earlier one can it use? Its folder, for as long as the run lasts."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sim.work.executors import Say
from sim.work.saving import UNFINISHED, recover, replaceable, save_bytes
from sim.work.store import Store

Identity = Mapping[str, object]
"""All that the bits of a chunk depend on, by the name under which a difference is reported."""

HIDDEN = {"scenario": "the scenario states other things", "version of stream": "this machine computes other bits"}
"""Hashes, which tell nobody anything: how they are told apart where nothing else differs."""


class ResumeError(ValueError):
    """A folder that holds no run that can go on, and why."""


def kept(folder: Path) -> int:
    """Return how many chunks of an unfinished run a folder holds."""
    return len(Store(folder).numbers())


@contextmanager
def opened(
    folder: Path,
    identity: Identity,
    *,
    resume: bool = False,
    force: bool = False,
    say: Say = lambda _: None,
) -> Iterator[Store]:
    """Take a folder for a run, and keep others out of it.

    Chunks of the very same run are gone on from, asked or not. On leaving, whole chunks stay; if there are none,
    nothing of the run stays.
    """
    import filelock

    target = folder.resolve()
    try:
        with filelock.FileLock(_lock(target), timeout=0):
            recover(target)
            if not replaceable(target):
                raise FileExistsError(f"{folder} must be a new, an empty or a run folder; it holds something else")
            made = [place for place in (target, *target.parents) if not place.exists()]
            target.mkdir(parents=True, exist_ok=True)
            owner = hashlib.sha256(json.dumps(dict(identity), sort_keys=True).encode()).digest()
            store = Store(target, owner)
            try:
                _claim(store, folder, identity, resume=resume, force=force, say=say)
                yield store
            finally:
                _leave(store, made)
    except filelock.Timeout:
        raise FileExistsError(f"{folder} must be free; another run is writing there") from None


def _lock(target: Path) -> Path:
    """Return the lock of a folder: outside it, since the folder is replaced while it is held, and never removed."""
    place = hashlib.sha256(str(target.resolve()).encode()).hexdigest()[:24]
    return Path(tempfile.gettempdir(), f"strategic-ambiguity-{place}.lock")


def _leave(store: Store, made: list[Path]) -> None:
    """Remove what says whose chunks these are if there are none, and the folders that were made if they are empty."""
    if not store.numbers():
        (store.folder / UNFINISHED).unlink(missing_ok=True)
    for place in made:
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()


def _claim(store: Store, folder: Path, identity: Identity, *, resume: bool, force: bool, say: Say) -> None:
    """Keep the chunks that are this run's; of another's, remove them if that is allowed, or refuse."""
    file, numbers = store.folder / UNFINISHED, store.numbers()
    if numbers:
        many = "1 finished chunk" if len(numbers) == 1 else f"{len(numbers)} finished chunks"
        if not (fault := _difference(file, identity)):
            say(f"going on from {many} of this run in {folder}")
            return
        if resume:
            raise ResumeError(f"{folder} holds {many} of another run: {fault}")
        if not force:
            raise FileExistsError(f"{folder} holds {many} of another run: {fault}; --force replaces them")
    elif resume:
        say(f"there is nothing to go on from in {folder}: beginning anew")
    for number in numbers:
        store.path(number).unlink()
    save_bytes(file, (json.dumps(dict(identity), indent=1) + "\n").encode())


def _difference(file: Path, identity: Identity) -> str:
    """Return how the run of a folder differs from this one, naming every field; empty if it does not."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        return f"{file.name} cannot be read, so that nobody can tell whose they are ({fault})"
    if not isinstance(found, dict):
        return f"{file.name} does not say whose they are"
    wrong = [name for name in {**identity, **found} if found.get(name) != identity.get(name)]
    named = [
        f"{name} is {found.get(name)!r} there and {identity.get(name)!r} here" for name in wrong if name not in HIDDEN
    ]
    return "; ".join(named or [HIDDEN[name] for name in wrong])
