"""May a run write here, and what of an earlier one can it use? Its folder, for as long as the run lasts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sim.work.executors import Say
from sim.work.folders import UNFINISHED, taken
from sim.work.manifest import plain_bytes
from sim.work.saving import save_bytes
from sim.work.store import Store

Identity = Mapping[str, object]  # all that the bits of a chunk depend on, by the name under which it is reported

# Hashes, which tell nobody anything: how they are told apart where nothing else differs.
HIDDEN = {"scenario": "the scenario states other things", "version of stream": "this machine computes other bits"}


class ResumeError(ValueError):
    """A folder that holds no run that can go on, and why."""


def kept(folder: Path) -> int:
    """Return how many chunks of an unfinished run a folder holds."""
    return len(Store(folder).numbers())


@contextmanager
def opened(
    folder: Path, identity: Identity, *, resume: bool = False, force: bool = False, say: Say = lambda _: None
) -> Iterator[Store]:
    """Take a folder for a run, keep others out, and go on from chunks of the very same run; whole ones stay."""
    with taken(folder, "run", within=False) as place:
        owner = hashlib.sha256(json.dumps(dict(identity), sort_keys=True).encode()).digest()
        store = Store(place.path, owner)
        try:
            _claim(store, folder, identity, resume=resume, force=force, say=say)
            yield store
        finally:
            if not store.numbers():
                (place.path / UNFINISHED).unlink(missing_ok=True)


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
        found = json.loads(plain_bytes(file))
    except (OSError, ValueError, RecursionError) as fault:
        return f"{file.name} cannot be read, so that nobody can tell whose they are ({fault})"
    if not isinstance(found, dict):
        return f"{file.name} does not say whose they are"
    wrong = [name for name in {**identity, **found} if found.get(name) != identity.get(name)]
    told = [name for name in wrong if name not in HIDDEN]
    named = [f"{name} is {found.get(name)!r} there and {identity.get(name)!r} here" for name in told]
    return "; ".join(named or [HIDDEN[name] for name in wrong])
