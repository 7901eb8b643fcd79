"""Starts a real register, or a misbehaving one, on loopback with real certificates."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enrolment import sandbox
from kiosk.sync.signature import RecordSigner, load_signer
from kiosk.sync.transport import Identity, Patience, Transport
from tests.support.enrolment_records import TERMINAL


@dataclass
class RunningRegister:
    """A register in a process of its own."""

    data: Path
    process: subprocess.Popen[str]
    port: int
    phone_port: int
    lines: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return where terminals find it."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def phone_url(self) -> str:
        """Return where phones find it."""
        return f"http://127.0.0.1:{self.phone_port}"

    def transport(
        self, *, patience: Patience | None = None, signs: RecordSigner | None = None
    ) -> Transport:
        """Return a terminal's way to it."""
        return transport(self.url, self.data, patience=patience, signs=signs)

    def stop(self) -> str:
        """Stop it in good order and return all it said."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return "".join(self.lines)


def identity(data: Path) -> Identity:
    """Return the sandbox terminal's certificate and key, and whom it trusts."""
    return Identity(
        ca=data / "register_ca.pem", certificate=data / "terminal.pem", key=data / "terminal.key"
    )


def signer(data: Path, *, ahead_s: float = 0.0) -> RecordSigner:
    """Return what signs for the sandbox terminal, by a clock that may be wrong."""
    own = identity(data)
    signs = load_signer(own.certificate, own.key)
    return RecordSigner(signs, clock=lambda: time.time() + ahead_s)


def transport(
    url: str,
    data: Path,
    *,
    patience: Patience | None = None,
    own: Identity | None = None,
    signs: RecordSigner | None = None,
) -> Transport:
    """Return the way of the terminal of `data` to the register at `url`."""
    return Transport(url, own or identity(data), patience or Patience(), signs or signer(data))


def make_data(folder: Path) -> Path:
    """Make a register's data folder with one terminal."""
    sandbox.make(folder, TERMINAL)
    return folder


@contextlib.contextmanager
def running_register(
    data: Path, *, mode: str = "", more: tuple[str, ...] = ()
) -> Iterator[RunningRegister]:
    """Run a register on free ports until the block ends; with `mode`, a misbehaving one."""
    module = ["enrolment.sandbox_faults", "--mode", mode] if mode else ["enrolment"]
    command = [sys.executable, "-m", *module, "--data", str(data), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--phone-port", "0", *more],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "JOURNAL_STREAM"},
    )
    assert process.stderr is not None
    ready = _ready(process)
    register = RunningRegister(data, process, ready["port"], ready["phone_port"])
    listener = threading.Thread(target=register.lines.extend, args=(process.stderr,))
    listener.start()
    try:
        yield register
    finally:
        process.kill()
        process.wait()
        listener.join()
        process.stderr.close()


def _ready(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if '"register.ready"' in line:
            ready: dict[str, Any] = json.loads(line)
            return ready
    raise AssertionError("the register did not start: " + "".join(said))
