"""Serves a repository's folder over loopback HTTP, and can be told to misbehave."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class Served:
    """What is served and how."""

    folder: Path
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Paths, each with its Range."""
    cut_after: int | None = None
    """Bytes of each body before the connection is cut."""
    endless: bool = False
    frozen: dict[str, bytes] = field(default_factory=dict)
    """Bodies given in place of the present files."""


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve until the end of the block."""
    state = Served(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            state.asked.append((self.path, wanted))
            place = folder / self.path.lstrip("/")
            body = state.frozen.get(self.path)
            if body is None and place.is_file():
                body = place.read_bytes()
            if body is None:
                self.send_error(404)
                return
            begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            body = body[begin:]
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Length", str(len(body) + (state.endless << 40)))
            self.end_headers()
            if state.endless:
                while True:
                    try:
                        self.wfile.write(bytes(1 << 16))
                    except OSError:
                        return
            self.wfile.write(body if state.cut_after is None else body[: state.cut_after])
            if state.cut_after is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
