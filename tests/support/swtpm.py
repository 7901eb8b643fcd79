"""Software TPMs, as many as there are machines: systemd-creds and libtss2 talk by a socket."""

import contextlib
import importlib.util
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

NO_TPM = not (shutil.which("swtpm") and importlib.util.find_spec("tpm2_pytss"))
"""Nothing here that a key could be made in."""
MISSING = not (shutil.which("swtpm") and shutil.which("systemd-creds"))

_TRIES = 5


def _free_port() -> int:
    """Return a free port with a free one behind it.

    Even, so no two pairs overlap, and of those that a system hands to nobody by itself.
    """
    while True:
        port = 20_000 + 2 * secrets.randbelow(6_000)
        with (
            contextlib.suppress(OSError),
            socket.create_server(("127.0.0.1", port)),
            socket.create_server(("127.0.0.1", port + 1)),
        ):
            return port


@contextlib.contextmanager
def running_tpm(folder: Path) -> Iterator[str]:
    """Run the TPM of a folder; yield how systemd-creds and libtss2 name it.

    At the end the mains are pulled.
    """
    folder.mkdir(exist_ok=True)
    process, port = _started(folder)
    try:
        yield f"swtpm:host=127.0.0.1,port={port}"
    finally:
        process.kill()
        process.wait(20)


def _started(folder: Path) -> "tuple[subprocess.Popen[bytes], int]":
    """Start one; another program may take a port in between, then it is tried again."""
    for _ in range(_TRIES):
        port = _free_port()
        process = _process(folder, port)
        while process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port + 1), timeout=1).close()
                return process, port
    raise AssertionError("the software TPM did not start")


def _process(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    # libtss2-tcti-swtpm expects the control port beside the other one.
    command = [
        "swtpm", "socket", "--tpm2", "--tpmstate", f"dir={folder}",
        "--server", f"type=tcp,port={port},bindaddr=127.0.0.1",
        "--ctrl", f"type=tcp,port={port + 1},bindaddr=127.0.0.1",
        "--flags", "not-need-init,startup-clear",
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
