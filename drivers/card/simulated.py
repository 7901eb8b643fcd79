"""A reader without hardware: a software chip in the same process, with every fault."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from drivers.card.personalise.card import VirtualCard
from drivers.card.personalise.chip import Chip, Gone, Mute
from drivers.card.protocol.errors import CardRemoved
from drivers.card.reader import ReaderEvent
from drivers.errors import DeviceTimeout
from drivers.health import DeviceStatus, Health


class SimulatedSession:
    """One power-up of the card that lay there."""

    def __init__(self, reader: "SimulatedReader", card: VirtualCard) -> None:
        self._reader = reader
        self._card = card
        self._chip: Chip | None = Chip(card)
        self.commands = 0

    @property
    def longest_answer(self) -> int:
        """Bytes that one answer may hold."""
        return self._reader.longest_answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._chip = None

    def transmit(self, command: bytes) -> bytes:
        """Send an encoded command, return the encoded response.

        Raises:
            CardRemoved: the card is not there any more.
            DeviceTimeout: it is mute; a real one would block for ever.
        """
        self.commands += 1
        if self.commands == self._reader.tear_at:
            self._reader.remove()
        if self._chip is None or not self._reader.holds(self._card):
            self._chip = None
            raise CardRemoved("no card lies there")
        try:
            return self._chip.answer(command)
        except Gone:
            self._chip = None
            self._reader.remove()
            raise CardRemoved("the card was torn out") from None
        except Mute:
            raise DeviceTimeout("the card is mute") from None


class SimulatedReader:
    """A reader whose card is put down and taken away by calls."""

    def __init__(self) -> None:
        self._card: VirtualCard | None = None
        self._on_event: Callable[[ReaderEvent], None] = lambda _: None
        self._lock = threading.Lock()
        self.tear_at: int | None = None
        """Tear the card out at this command of a session, counted from one."""
        self.longest_answer = 65_536
        """Bytes that one answer may hold."""

    def holds(self, card: VirtualCard) -> bool:
        """Whether this very card lies there."""
        return self._card is card

    def insert(self, card: VirtualCard) -> None:
        """Put a card down."""
        self._become(card)

    def remove(self) -> None:
        """Take the card away."""
        self._become(None)

    def watch(self, on_event: Callable[[ReaderEvent], None]) -> None:
        """Call `on_event` with the present state at once and after each change."""
        self._on_event = on_event
        self._tell()

    def connect(self) -> SimulatedSession:
        """Connect to the card that lies there.

        Raises:
            CardRemoved: none lies there.
        """
        if self._card is None:
            raise CardRemoved("no card lies there")
        return SimulatedSession(self, self._card)

    def close(self) -> None:
        """Stop watching."""
        self._on_event = lambda _: None

    def _become(self, card: VirtualCard | None) -> None:
        with self._lock:
            self._card = card
            self._tell()

    def _tell(self) -> None:
        present = self._card is not None
        self._on_event(ReaderEvent(DeviceStatus(Health.READY), card_present=present))
