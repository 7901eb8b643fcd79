"""A full verified read of an 18 KB portrait, against the bare round trips of its commands.

Peer: the time inside `transmit` in the same read: pcscd, the virtual reader and the
software chip's own answers. What comes on top is our cryptography, parsing and
verification at the terminal's end; a ratio of 1 would mean that it costs nothing.

``python -m benchmarks.card_read [--reads 15] [--json]``
"""

import argparse
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from cryptography import x509
from PIL import Image

from drivers.card.pcsc import PcscReader
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.virtual_reader import VirtualReader
from drivers.card.profile import icao
from drivers.card.profile.reading import Print
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.trust import TrustStore
from drivers.card.reader import CardSession
from drivers.errors import DeviceError

PORTRAIT_BYTES = 18_000
INSERTED_S = 3.0


class Timed:
    """A channel that adds up the time spent below it."""

    def __init__(self, session: CardSession) -> None:
        self._session = session
        self.below_s = 0.0
        self.commands = 0

    def transmit(self, command: bytes) -> bytes:
        """Pass on, and take the time."""
        began = time.perf_counter()
        try:
            return self._session.transmit(command)
        finally:
            self.below_s += time.perf_counter() - began
            self.commands += 1


def portrait() -> bytes:
    """Return a JPEG of about 18 KB."""
    pixels = np.random.default_rng(1).integers(0, 255, (320, 240, 3)).astype(np.uint8)
    for quality in range(60, 1, -1):
        buffer = BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
        if buffer.tell() <= PORTRAIT_BYTES:
            return buffer.getvalue()
    raise ValueError("no quality is small enough")


def measure(reads: int) -> dict[str, Any]:
    """Return medians in milliseconds and their ratio."""
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        folder = Path(name)
        (folder / "portrait.jpg").write_bytes(portrait())
        with VirtualReader(folder, portrait=folder / "portrait.jpg") as reader:
            os.environ.update(reader.environment)
            pem = next(reader.trust.glob("*.pem")).read_bytes()
            trust = TrustStore((x509.load_pem_x509_certificate(pem),))
            reader.insert()
            whole, below, commands = [], [], 0
            for _ in range(reads):
                total_s, timed = one_read(trust)
                whole.append(total_s * 1000)
                below.append(timed.below_s * 1000)
                commands = timed.commands
    return {
        "portrait_bytes": len(portrait()),
        "commands": commands,
        "read_ms": round(statistics.median(whole), 1),
        "round_trips_ms": round(statistics.median(below), 1),
        "ratio": round(statistics.median(w / b for w, b in zip(whole, below, strict=True)), 2),
    }


def one_read(trust: TrustStore) -> tuple[float, Timed]:
    """Read once; waits for the reader to see the card."""
    printed = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
    deadline = time.monotonic() + INSERTED_S
    while True:
        try:
            session = PcscReader().connect()
        except DeviceError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
            continue
        break
    with session:
        timed = Timed(session)
        began = time.perf_counter()
        reading = icao.read(
            printed,
            trust,
            now=datetime.now(UTC),
            draw=secrets.randbelow,
            progress=lambda *_: None,
        )
        converse(reading, timed)
        return time.perf_counter() - began, timed


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reads", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.reads)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    print(
        f"card read: {figures['read_ms']} ms for {figures['commands']} commands and a portrait of "
        f"{figures['portrait_bytes']} bytes; bare round trips (inside transmit, card included) "
        f"{figures['round_trips_ms']} ms; ratio {figures['ratio']}"
    )


if __name__ == "__main__":
    main()
