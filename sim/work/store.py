"""Where are finished chunks kept? In files of the run's folder, each whole, checked, and known to be of this run."""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.work.saving import save_bytes

Arrays = Mapping[str, NDArray[Any]]
CHUNK_FILE = re.compile(r"chunk-(\d{6,})\.bin")  # names of the files; others are not ours
_LEVEL = 1  # of compression: a quarter of the size for a twentieth of the time that the chunk took


class DamagedError(Exception):
    """A chunk file that does not hold what was written."""


@dataclass(frozen=True)
class Store:
    """Chunks of a run in its folder; the owner tells it from others, whose chunks fail their check."""

    folder: Path
    owner: bytes = b""

    def path(self, number: int) -> Path:
        """Return the file of a chunk."""
        return self.folder / f"chunk-{number:06}.bin"

    def numbers(self) -> list[int]:
        """Return the numbers of the chunks that are there, lowest first."""
        places = self.folder.iterdir() if self.folder.is_dir() else []
        return sorted(int(found[1]) for path in places if (found := CHUNK_FILE.fullmatch(path.name)))

    def keep(self, number: int, arrays: Arrays) -> None:
        """Write the arrays of a chunk, whole or not at all."""
        # Compressed here and not by NumPy, whose checksum is of the content alone: it cannot tell whose chunk it is.
        content = io.BytesIO()
        np.savez(content, allow_pickle=False, **arrays)
        body = zlib.compress(content.getvalue(), _LEVEL)
        save_bytes(self.path(number), self._digest(number, body) + body)

    def load(self, number: int) -> dict[str, NDArray[Any]]:
        """Return the arrays that `keep` wrote."""
        path, size = self.path(number), hashlib.sha256().digest_size
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise DamagedError(f"{path.name} cannot be read ({fault.strerror})") from fault
        if self._digest(number, content[size:]) != content[:size]:
            raise DamagedError(f"{path.name} is damaged: its checksum is wrong")
        with np.load(io.BytesIO(zlib.decompress(content[size:]))) as arrays:
            return dict(arrays)

    def _digest(self, number: int, body: bytes) -> bytes:
        """Return the checksum of a chunk in its place."""
        return hashlib.sha256(b"%s %d " % (self.owner, number) + body).digest()
