"""The card reader as the engine sees it: a card host that may be killed at any time.

Rule 1: a reading is over when the card host answered, or was killed; an answer
that comes after that belongs to nobody and is dropped with its host.
Rule 2: a host that says nothing for `SILENCE_S` during a reading is killed: a
mute card blocks PC/SC for ever (docs/devices.md).
"""

from collections.abc import Callable

from kiosk.audit import note
from kiosk.engine.listening import Listening
from kiosk.engine.supervised import Supervised
from wire.audit_events import AuditEvent
from wire.card import (
    CardContents,
    CardFailed,
    CardPresence,
    FromCardHost,
    ReadCard,
    ReaderChanged,
    ReadProgress,
)
from wire.child import ChildName
from wire.failures import Failure
from wire.framing import BadMessage, decode, encode
from wire.message import DeviceState

SILENCE_S = 8.0
"""Longest pause of one command on a slow contact link, with room (docs/devices.md)."""


class CardDevice:
    """One reader behind one card host."""

    def __init__(
        self,
        listener: Listening,
        start: Callable[[Callable[[bytes], None], Callable[[int], None]], Supervised],
    ) -> None:
        """Start the card host.

        Args:
            listener: told everything.
            start: builds the supervised child from its message and end callbacks.
        """
        self._listener = listener
        self._reading = False
        self.present = False
        self.state = DeviceState.STARTING
        self.code = ""
        self._host = start(self._take, self._ended)

    def read(self, order: ReadCard) -> None:
        """Begin a reading; `card_read` or `card_failed` follows."""
        self._reading = True
        self._host.send(encode(order))
        self._host.expect(SILENCE_S)

    def stop(self) -> None:
        """End a reading that nobody waits for any more."""
        if self._reading:
            self._reading = False
            self._host.kill()

    def close(self) -> None:
        """End the card host."""
        self._host.close()

    def _finish(self) -> bool:
        """End the reading; say whether there was one."""
        was, self._reading = self._reading, False
        self._host.expect(None)
        return was

    def _take(self, body: bytes) -> None:
        try:
            message: FromCardHost = decode(body, FromCardHost)
        except BadMessage:
            self._host.kill()
            return
        match message:
            case ReaderChanged(state=state, code=code):
                self._become(state, code)
            case CardPresence(present=present):
                self.present = present
                self._listener.card_present(present=present)
            case ReadProgress(share=share):
                if self._reading:
                    self._listener.card_progress(share)
            case CardContents():
                if self._finish():
                    self._listener.card_read(message)
            case CardFailed(code=code):
                if self._finish():
                    self._listener.card_failed(code)

    def _become(self, state: DeviceState, code: str) -> None:
        if (state, code) != (self.state, self.code):
            self.state, self.code = state, code
            self._listener.reader_changed(state, code)

    def _ended(self, status: int) -> None:
        note(AuditEvent.CHILD_ENDED, child=ChildName.CARD_HOST, status=status)
        # The next host says anew whether a card lies there.
        self.present = False
        if self._finish():
            self._listener.card_failed(Failure.CARD_MUTE)
