"""The card reader as the engine sees it: a card host that may be killed at any time.

Rule 1: a reading is over when the card host answered, or was killed; an answer
that comes after that belongs to nobody and is dropped with its host.
Rule 2: a host that says nothing for `SILENCE_S` during a reading is killed: a
mute card blocks PC/SC for ever (docs/devices.md).
"""

from collections.abc import Callable
from enum import Enum, auto

from kiosk.audit import note
from kiosk.engine.listening import Listening
from kiosk.engine.supervised import Supervised
from wire.audit_events import AuditEvent
from wire.card import (
    CardContents,
    CardFailed,
    CardPresence,
    CardProbed,
    FromCardHost,
    OpenServiceCard,
    ProbeCard,
    ReadCard,
    ReaderChanged,
    ReadProgress,
    ServiceCardOpened,
)
from wire.child import ChildName
from wire.failures import Failure
from wire.framing import BadMessage, decode, encode
from wire.message import DeviceState

SILENCE_S = 8.0
"""Longest pause of one command on a slow contact link, with room (docs/devices.md)."""


class _Order(Enum):
    """What the card host was asked for last, and has not answered."""

    READ = auto()
    PROBE = auto()
    OPEN_SERVICE = auto()


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
        self._order: _Order | None = None
        self.present = False
        self.state = DeviceState.STARTING
        self.code = ""
        self._host = start(self._take, self._ended)

    def read(self, order: ReadCard) -> None:
        """Begin a reading; `card_read` or `card_failed` follows."""
        self._order = _Order.READ
        self._host.send(encode(order))
        self._host.expect(SILENCE_S)

    def probe(self) -> None:
        """Ask what kind of card lies there; `card_probed` follows, with no for any failure."""
        self._order = _Order.PROBE
        self._host.send(encode(ProbeCard()))
        self._host.expect(SILENCE_S)

    def open_service(self, order: OpenServiceCard) -> None:
        """Have a service card check a PIN; it is opened, or `service_card_failed` follows."""
        self._order = _Order.OPEN_SERVICE
        self._host.send(encode(order))
        self._host.expect(SILENCE_S)

    def stop(self) -> None:
        """End a reading that nobody waits for any more."""
        if self._order is not None:
            self._order = None
            self._host.kill()

    def close(self) -> None:
        """End the card host."""
        self._host.close()

    def _finish(self, order: _Order) -> bool:
        """End `order` if it is the one that was given last; say whether it was."""
        if self._order is not order:
            return False
        self._order = None
        self._host.expect(None)
        return True

    def _fail(self, code: str) -> None:
        """Whatever was ordered has failed."""
        was, self._order = self._order, None
        self._host.expect(None)
        match was:
            case _Order.READ:
                self._listener.card_failed(code)
            case _Order.OPEN_SERVICE:
                self._listener.service_card_failed(code)
            case _Order.PROBE:
                self._listener.card_probed(service=False)

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
                if self._order is _Order.READ:
                    self._listener.card_progress(share)
            case _:
                self._answered(message)

    def _answered(self, answer: CardContents | CardProbed | ServiceCardOpened | CardFailed) -> None:
        """Take the answer to an order; one that nobody waits for is dropped."""
        match answer:
            case CardContents() if self._finish(_Order.READ):
                self._listener.card_read(answer)
            case CardProbed(service=service) if self._finish(_Order.PROBE):
                self._listener.card_probed(service=service)
            case ServiceCardOpened(number=number) if self._finish(_Order.OPEN_SERVICE):
                self._listener.service_card_opened(number)
            case CardFailed(code=code):
                self._fail(code)

    def _become(self, state: DeviceState, code: str) -> None:
        if (state, code) != (self.state, self.code):
            self.state, self.code = state, code
            self._listener.reader_changed(state, code)

    def _ended(self, status: int) -> None:
        note(AuditEvent.CHILD_ENDED, child=ChildName.CARD_HOST, status=status)
        # The next host says anew whether a card lies there.
        self.present = False
        self._fail(Failure.CARD_MUTE)
