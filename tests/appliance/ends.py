"""QEMU's ends of a device: a stream socket, read in exact pieces."""

import contextlib
import socket
from pathlib import Path


def reached(path: Path) -> socket.socket:
    """Return a connection to where QEMU listens."""
    end = socket.socket(socket.AF_UNIX)
    end.connect(str(path))
    return end


def exactly(end: socket.socket, length: int) -> bytes:
    """Return the next `length` bytes.

    Raises:
        EOFError: the other side is gone.
    """
    content = b""
    while len(content) < length:
        chunk = end.recv(length - len(content))
        if not chunk:
            raise EOFError
        content += chunk
    return content


def let_go(end: socket.socket) -> None:
    """Hang up; whoever reads from it meanwhile is told."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
