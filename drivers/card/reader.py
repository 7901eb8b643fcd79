"""What any card reader must do; `pcsc` and `simulated` do it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from drivers.health import DeviceStatus


@dataclass(frozen=True, slots=True)
class ReaderEvent:
    """How the reader is and whether a card lies on it."""

    status: DeviceStatus
    card_present: bool


class CardSession(AbstractContextManager["CardSession"], Protocol):
    """One card, from connecting to the first error or the end of the block.

    The first error is the end: every later `transmit` raises the same kind.
    """

    @property
    def longest_answer(self) -> int:
        """Bytes that one answer may hold on this reader; 256 where it takes short ones only."""

    def transmit(self, command: bytes) -> bytes:
        """Send an encoded command, return the encoded response.

        Raises:
            CardRemoved: the card is not there any more.
            DeviceError: the reader failed.
        """


class CardReader(Protocol):
    """One reader."""

    def watch(self, on_event: Callable[[ReaderEvent], None]) -> None:
        """Call `on_event` with the present state at once and after each change.

        The calls come on a thread of the reader's own.
        """

    def connect(self) -> CardSession:
        """Connect to the card that lies there, for ourselves alone.

        Raises:
            CardRemoved: none lies there.
            DeviceError: the reader failed, or another program holds it.
        """

    def close(self) -> None:
        """Stop watching."""
