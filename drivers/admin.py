"""Drive a simulator from outside: one JSON line in, one JSON line out.

The dev dock, scenes and tests insert cards, pull paper and unplug cameras through
it. Only simulators serve it; it never ships.
"""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Verb = Callable[..., Any]
_LONGEST_LINE = 65_536


class AdminRefused(Exception):
    """The simulator did not do what it was asked; the message says why."""


class AdminServer:
    """Serves a simulator's verbs on a unix socket, one connection at a time."""

    def __init__(self, path: Path, verbs: Mapping[str, Verb]) -> None:
        """Listen on `path`, replacing a stale socket there."""
        self._verbs = verbs
        self._path = path
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(path))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve, name=f"admin {path.name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                # A client may hang up in the middle; the next one is served all the same.
                self._attend(connection)

    def _attend(self, connection: socket.socket) -> None:
        with connection.makefile("rwb") as stream:
            for line in stream:
                stream.write(json.dumps(self._answer(line)).encode() + b"\n")
                stream.flush()

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            order = json.loads(line)
            verb = self._verbs[order.pop("do")]
            return {"ok": True, "answer": verb(**order)}
        except (AttributeError, KeyError, TypeError, ValueError, OSError) as refusal:
            return {"ok": False, "why": f"{type(refusal).__name__}: {refusal}"}


def ask(path: Path, verb: str, *, timeout_s: float = 10.0, **arguments: Any) -> Any:
    """Ask the simulator behind `path` to do `verb` and return its answer.

    Raises:
        AdminRefused: it refused, or closed without an answer.
        OSError: nobody serves there.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(timeout_s)
        connection.connect(str(path))
        connection.sendall(json.dumps({"do": verb, **arguments}).encode() + b"\n")
        with connection.makefile("rb") as stream:
            line = stream.readline(_LONGEST_LINE)
    answer = json.loads(line) if line else {"ok": False, "why": "closed without an answer"}
    if not answer["ok"]:
        raise AdminRefused(answer["why"])
    return answer["answer"]
