"""Two software TPMs, as two machines have two: systemd-creds talks to each by its socket."""

import contextlib
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

MISSING = not (shutil.which("swtpm") and shutil.which("systemd-creds"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@contextlib.contextmanager
def running_tpm(folder: Path) -> Iterator[str]:
    """Run a TPM of its own; yield how systemd-creds names it."""
    folder.mkdir()
    # libtss2-tcti-swtpm expects the control port beside the other one.
    port = _free_port()
    command = [
        "swtpm", "socket", "--tpm2", "--tpmstate", f"dir={folder}",
        "--server", f"type=tcp,port={port},bindaddr=127.0.0.1",
        "--ctrl", f"type=tcp,port={port + 1},bindaddr=127.0.0.1",
        "--flags", "not-need-init,startup-clear",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port + 1), timeout=1).close()
                break
        assert process.poll() is None, "the software TPM did not start"
        yield f"swtpm:host=127.0.0.1,port={port}"
    finally:
        process.terminate()
        process.wait(20)
