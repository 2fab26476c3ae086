"""Where are finished chunks kept? In files of the run's folder, each whole, checked, and known to be of this run."""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from sim.study.chunks import Chunk
from sim.study.saving import save_bytes
from sim.study.tally import Part

CHUNK_FILE = re.compile(r"chunk-(\d{6,})\.bin")
"""Names of the files; others are not ours."""

_LEVEL = 1  # of compression: a quarter of the size for a twentieth of the time that the chunk took


class DamagedError(Exception):
    """A chunk file that does not hold what was written."""


@dataclass(frozen=True)
class Store:
    """Chunks of a run in a folder.

    Attributes
    ----------
    folder : Path
        Where the chunks are, and where the result will be.
    owner : bytes
        What tells this run from others: a chunk of another one, or of another place, fails its check.
    """

    folder: Path
    owner: bytes = b""

    def path(self, number: int) -> Path:
        """Return the file of a chunk."""
        return self.folder / f"chunk-{number:06}.bin"

    def numbers(self) -> list[int]:
        """Return the numbers of the chunks that are there, lowest first."""
        places = self.folder.iterdir() if self.folder.is_dir() else []
        return sorted(int(found[1]) for path in places if (found := CHUNK_FILE.fullmatch(path.name)))

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
        save_bytes(self.path(number), self._digest(number, body) + body)

    def load(self, number: int) -> Chunk:
        """Return a chunk that `keep` wrote.

        Raises
        ------
        DamagedError
            If the file is cut short, changed, of another run, or cannot be read.
        """
        path, size = self.path(number), hashlib.sha256().digest_size
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise DamagedError(f"{path.name} cannot be read ({fault.strerror})") from fault
        if self._digest(number, content[size:]) != content[:size]:
            raise DamagedError(f"{path.name} is damaged: its checksum is wrong")
        kinds: dict[str, dict[str, Any]] = {"part": {}, "strata": {}, "parameters": {}, "outcomes": {}}
        with np.load(io.BytesIO(zlib.decompress(content[size:]))) as arrays:
            for key, array in arrays.items():
                kind, _, name = key.partition("/")
                kinds[kind][name] = array
        return Chunk(Part(**kinds["part"]), kinds["strata"]["sums"], kinds["parameters"], kinds["outcomes"])

    def _digest(self, number: int, body: bytes) -> bytes:
        """Return the checksum of a chunk in its place."""
        return hashlib.sha256(b"%s %d " % (self.owner, number) + body).digest()
