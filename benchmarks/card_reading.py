"""What the benchmarks of card readings share: one reading, counted and timed."""

import secrets
import time
from datetime import UTC, datetime
from io import BytesIO
from queue import SimpleQueue

import numpy as np
from PIL import Image

from drivers.card.pcsc import PcscReader
from drivers.card.personalise.person import SPECIMEN
from drivers.card.profile.icao import IcaoProfile
from drivers.card.profile.plan import ReadPlan
from drivers.card.profile.reading import CardRead, Print, whole
from drivers.card.protocol.dialogue import Channel, Dialogue
from drivers.card.protocol.trust import TrustStore
from drivers.card.read import read_card
from drivers.card.reader import CardReader, ReaderEvent

PORTRAIT_BYTES = 18_000
SEEN_S = 5.0
FIXED_COMMANDS = 9
"""EF.CardAccess, five of PACE, SELECT, two of chip authentication."""
PRINT = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)


def portrait() -> bytes:
    """Return a JPEG of about 18 KB."""
    pixels = np.random.default_rng(1).integers(0, 255, (320, 240, 3)).astype(np.uint8)
    for quality in range(60, 1, -1):
        buffer = BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
        if buffer.tell() <= PORTRAIT_BYTES:
            return buffer.getvalue()
    raise ValueError("no quality is small enough")


class Timed:
    """A reader's sessions, whose commands are counted and timed."""

    def __init__(self) -> None:
        self.commands = 0
        self.below_s = 0.0
        self.plan = ReadPlan()
        self._channel: Channel | None = None

    def begins(self) -> None:
        """Be told that what came before, asking for lengths, is not part of the reading."""

    def around(self, channel: Channel) -> Channel:
        """Wrap a session."""
        self._channel = channel
        return self

    def transmit(self, command: bytes) -> bytes:
        """Pass on, and take the time."""
        assert self._channel is not None
        began = time.perf_counter()
        try:
            return self._channel.transmit(command)
        finally:
            self.below_s += time.perf_counter() - began
            self.commands += 1

    def read(self, reader: CardReader, trust: TrustStore) -> tuple[CardRead, float]:
        """Read the card that lies there; return it with the seconds of the reading.

        Not in it: connecting, and the reset at the end.
        """
        seconds = 0.0

        def reading(plan: ReadPlan) -> Dialogue[CardRead]:
            nonlocal seconds
            began = time.perf_counter()
            self.plan, self.commands, self.below_s = plan, 0, 0.0
            self.begins()
            card = yield from whole(
                IcaoProfile(),
                PRINT,
                trust,
                now=datetime.now(UTC),
                draw=secrets.randbelow,
                progress=lambda *_: None,
                plan=plan,
            )
            seconds = time.perf_counter() - began
            return card

        return read_card(reader, reading, through=self.around), seconds


def until_card(*, present: bool) -> float:
    """Wait until the reader has seen that a card lies there, or none; return when."""
    events: SimpleQueue[ReaderEvent] = SimpleQueue()
    reader = PcscReader()
    reader.watch(events.put)
    while events.get(timeout=SEEN_S).card_present is not present:
        continue
    seen = time.perf_counter()
    reader.close()
    return seen
