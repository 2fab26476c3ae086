"""How does one talk to a language server? Over its standard input and output, as an editor does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class LanguageServer:
    """A server that has been told of a folder."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process, self._last = process, 0

    def ask(self, method: str, **params: Any) -> Any:  # noqa: ANN401 - whatever JSON the server answers
        """Return the answer to a request."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._last and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            if "id" in message:  # a question of the server's: we have nothing to say
                self._send({"id": message["id"], "result": None})

    def tell(self, method: str, **params: Any) -> None:  # noqa: ANN401
        """Send what has no answer."""
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Return the next message."""
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server ended"
        found: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return found


@contextmanager
def opened(command: Sequence[str], folder: Path) -> Iterator[LanguageServer]:
    """Start a server in a folder, and end it."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    try:
        server = LanguageServer(process)
        root = [{"uri": folder.as_uri(), "name": folder.name}]
        server.ask("initialize", processId=None, rootUri=folder.as_uri(), workspaceFolders=root, capabilities={})
        server.tell("initialized")
        yield server
    finally:
        process.kill()
        process.communicate(timeout=10)
