"""A PC/SC reader, over the bare PC/SC calls.

WORKAROUND: pyscard's own monitor threads die for good when pcscd restarts, so the
watch loop is ours and makes a new context whenever the old one fails. The traps
behind each rule stand in docs/devices.md, "PC/SC".

Rule 1: each card session has a context of its own, holds the card exclusively, and
resets it at the beginning and at the end; after an error only at the beginning.
Rule 2: the first error ends the session: after a swap the old handle may talk to
the new card.
Rule 3: the data that comes with an error code is never looked at: it is memory
nobody has written to.
Rule 4: a reader that somebody else holds is waited for, and faulty once that is too
long: pcscd keeps what a reading held that was killed until that one's last command
has ended, and where the reader itself hangs that takes minutes.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self

from smartcard import scard

from drivers.card.protocol.errors import CardRemoved, CardUnreadable
from drivers.card.protocol.reader_properties import (
    FEATURE_REQUEST,
    longest_answer,
    properties_code,
)
from drivers.card.reader import ReaderEvent
from drivers.errors import DeviceError, DeviceFaulty, DeviceMissing
from drivers.health import DeviceStatus, Health

_PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
_POLL_MS = 500
_RETRY_S = 0.1
_HELD_S: Final = 6.0
"""A reader gives a mute card up within five seconds, and the engine waits for eight."""
_HELD_TRIES: Final = round(_HELD_S / _RETRY_S)
_GONE = frozenset(
    {
        scard.SCARD_W_REMOVED_CARD,
        scard.SCARD_E_NO_SMARTCARD,
        scard.SCARD_W_RESET_CARD,
        scard.SCARD_E_NOT_TRANSACTED,
    }
)
_NO_CARD_OF_OURS = frozenset(
    {
        scard.SCARD_E_PROTO_MISMATCH,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_W_UNRESPONSIVE_CARD,
        scard.SCARD_W_UNSUPPORTED_CARD,
    }
)
"""Something lies there that gives no answer to reset, or none that makes sense."""
_SERVICE_GONE = frozenset(
    {
        scard.SCARD_E_INVALID_HANDLE,
        scard.SCARD_E_NO_READERS_AVAILABLE,
        scard.SCARD_E_NO_SERVICE,
        scard.SCARD_E_READER_UNAVAILABLE,
        scard.SCARD_E_SERVICE_STOPPED,
        scard.SCARD_E_UNKNOWN_READER,
        scard.SCARD_F_COMM_ERROR,
    }
)


class ReaderMissing(DeviceMissing):
    """No such reader, or no PC/SC service."""

    code = "reader.missing"


class ReaderFaulty(DeviceFaulty):
    """The reader answers with errors, or another program holds it."""

    code = "reader.faulty"


_READY: Final = DeviceStatus(Health.READY)
_MISSING: Final = DeviceStatus(Health.MISSING, ReaderMissing.code)
_FAULTY: Final = DeviceStatus(Health.FAULTY, ReaderFaulty.code)


def _answer(function: Callable[..., Any], *arguments: Any) -> tuple[int, list[Any]]:
    """Call PC/SC and return its code and what it gave."""
    try:
        answer = function(*arguments)
    except SystemError:
        # WORKAROUND: pyscard raises this for handles that have died meanwhile.
        raise ReaderMissing("a PC/SC handle has died") from None
    code, *rest = answer if isinstance(answer, list | tuple) else [answer]
    return code, rest


def _checked(code: int, given: list[Any]) -> list[Any]:
    """Return what PC/SC gave; raise our own errors for its codes."""
    if code == scard.SCARD_S_SUCCESS:
        return given
    kind: type[DeviceError] = ReaderFaulty
    if code in _GONE:
        kind = CardRemoved
    elif code in _NO_CARD_OF_OURS:
        kind = CardUnreadable
    elif code in _SERVICE_GONE:
        kind = ReaderMissing
    raise kind(f"PC/SC says {code & 0xFFFFFFFF:08X}")


def _call(function: Callable[..., Any], *arguments: Any) -> list[Any]:
    return _checked(*_answer(function, *arguments))


def _connected(
    context: Any, reader: str, how: tuple[int, int], wait: Callable[[float], None]
) -> Any:
    """Return a connection, once whoever holds the reader has let go of it.

    Raises:
        DeviceError: nobody does, or PC/SC refuses.
    """
    for _ in range(_HELD_TRIES):
        code, given = _answer(scard.SCardConnect, context, reader, *how)
        if code != scard.SCARD_E_SHARING_VIOLATION:
            return _checked(code, given)[0]
        wait(_RETRY_S)
    raise ReaderFaulty("another program holds the reader")


def _release(context: Any) -> None:
    """Let a context go; one that has died already is let go twice without harm."""
    with contextlib.suppress(DeviceError):
        _call(scard.SCardReleaseContext, context)


class PcscSession:
    """One connection to one card."""

    def __init__(self, reader: str, wait: Callable[[float], None]) -> None:
        """Connect exclusively and reset the card.

        Raises:
            CardRemoved: no card lies there.
            DeviceError: the reader failed, or another program holds it.
        """
        self._over = False
        [self._context] = _call(scard.SCardEstablishContext, scard.SCARD_SCOPE_USER)
        try:
            how = (scard.SCARD_SHARE_EXCLUSIVE, _PROTOCOLS)
            self._card = _connected(self._context, reader, how, wait)
            [self._protocol] = _call(scard.SCardReconnect, self._card, *how, scard.SCARD_RESET_CARD)
        except DeviceError:
            _release(self._context)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # WORKAROUND: pcscd takes a card that it cannot reset for gone, and does not see the
        # one that lies there 0.4 s later until it is lifted again (docs/devices.md).
        ending = scard.SCARD_LEAVE_CARD if self._over else scard.SCARD_RESET_CARD
        self._over = True
        # What ended before we did cannot be let go twice.
        with contextlib.suppress(DeviceError):
            _call(scard.SCardDisconnect, self._card, ending)
        _release(self._context)

    @property
    def is_over(self) -> bool:
        """Whether nothing can be asked any more."""
        return self._over

    @property
    def longest_answer(self) -> int:
        """Bytes that one answer may hold."""
        try:
            code = properties_code(self._control(scard.SCARD_CTL_CODE(FEATURE_REQUEST)))
            return longest_answer(self._control(code) if code else b"")
        except DeviceError:
            return longest_answer(b"")

    def _control(self, code: int) -> bytes:
        [given] = _call(scard.SCardControl, self._card, code, [])
        return bytes(given)

    def transmit(self, command: bytes) -> bytes:
        """Send an encoded command, return the encoded response.

        Raises:
            CardRemoved: the card is not there any more, or the session is over.
            DeviceError: the reader failed.
        """
        if self._over:
            raise CardRemoved("the session is over")
        try:
            [response] = _call(scard.SCardTransmit, self._card, self._protocol, list(command))
        except DeviceError:
            self._over = True
            raise
        if not response:
            self._over = True
            raise CardRemoved("an empty response")
        return bytes(response)


class PcscReader:
    """A reader by its PC/SC name."""

    def __init__(
        self,
        name: str = "",
        *,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Name the reader; an empty name takes the first one there is."""
        self._name = name
        self._wait = wait
        self._clock = clock
        self._session: PcscSession | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, on_event: Callable[[ReaderEvent], None]) -> None:
        """Call `on_event` with the present state at once and after each change."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._watch, args=(on_event,), daemon=True)
        self._thread.start()

    def connect(self) -> PcscSession:
        """Connect to the card that lies there, for ourselves alone.

        Raises:
            CardRemoved: none lies there.
            DeviceError: the reader failed, or another program holds it.
        """
        [context] = _call(scard.SCardEstablishContext, scard.SCARD_SCOPE_USER)
        try:
            name = self._find(context)
        finally:
            _release(context)
        self._session = PcscSession(name, self._wait)
        return self._session

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    @property
    def _is_ours(self) -> bool:
        return self._session is not None and not self._session.is_over

    def _find(self, context: Any) -> str:
        [names] = _call(scard.SCardListReaders, context, [])
        name = next((n for n in names if not self._name or n == self._name), None)
        if name is None:
            raise ReaderMissing("no such reader")
        return str(name)

    def _watch(self, on_event: Callable[[ReaderEvent], None]) -> None:
        last: ReaderEvent | None = None

        def tell(event: ReaderEvent) -> None:
            nonlocal last
            if event != last:
                last = event
                on_event(event)

        while not self._stop.is_set():
            try:
                self._follow(tell)
            except DeviceError as error:
                status = _MISSING if isinstance(error, ReaderMissing) else _FAULTY
                tell(ReaderEvent(status, card_present=False))
                self._stop.wait(_RETRY_S)

    def _follow(self, tell: Callable[[ReaderEvent], None]) -> None:
        """Report changes until the reader or the service goes away.

        One that somebody else holds for too long is faulty: nobody can be read meanwhile.

        Raises:
            DeviceError: it went.
        """
        [context] = _call(scard.SCardEstablishContext, scard.SCARD_SCOPE_USER)
        try:
            name, state = self._find(context), scard.SCARD_STATE_UNAWARE
            free_at = self._clock()
            while not self._stop.is_set():
                seen = [(name, state)]
                code, given = _answer(scard.SCardGetStatusChange, context, _POLL_MS, seen)
                if code == scard.SCARD_E_TIMEOUT:
                    # That somebody took the reader or let go of it ends no wait.
                    afresh = [(name, scard.SCARD_STATE_UNAWARE)]
                    code, given = _answer(scard.SCardGetStatusChange, context, 0, afresh)
                [[(_, state, _)]] = _checked(code, given)
                if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
                    raise ReaderMissing("the reader was unplugged")
                now = self._clock()
                if self._is_ours or not state & scard.SCARD_STATE_EXCLUSIVE:
                    free_at = now
                status = _READY if now - free_at <= _HELD_S else _FAULTY
                present = bool(state & scard.SCARD_STATE_PRESENT)
                tell(ReaderEvent(status, card_present=present))
        finally:
            _release(context)
