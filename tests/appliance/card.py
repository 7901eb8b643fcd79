"""Our virtual card on QEMU's USB reader: the machine reads it by its own pcscd and libccid.

Wire: the protocol of spice's virtual smart cards, twelve bytes of head (type, reader, length,
big-endian) and a payload. Source: libcacard, ``vscard_common.h``; QEMU, ``ccid-card-passthru``.
"""

import contextlib
import struct
import threading
import time
from enum import IntEnum
from pathlib import Path
from typing import Final

from drivers.card.personalise.card import VirtualCard
from drivers.card.personalise.chip import ATR, Chip, Gone, Mute
from tests.appliance.ends import exactly, let_go, reached

_HEAD: Final = struct.Struct(">III")
_VERSION: Final = 2
_NOBODY: Final = 0xFFFFFFFF
_FAILED: Final = struct.pack(">I", 1)
_FETCHED_S: Final = 0.5
"""When a card goes QEMU forgets what its guest has not fetched, for which that waits minutes."""


class Message(IntEnum):
    """What a message is about."""

    INIT = 1
    ERROR = 2
    READER_ADD = 3
    READER_REMOVE = 4
    ATR = 5
    CARD_REMOVE = 6
    APDU = 7
    FLUSH = 8
    FLUSH_COMPLETE = 9


class CardSlot:
    """The slot of the machine's reader: a card is put in, taken out, or torn out by its fault."""

    def __init__(self, path: Path) -> None:
        """Reach the machine's reader."""
        self._socket = reached(path)
        self._sending = threading.Lock()
        self._card: VirtualCard | None = None
        self._chip: Chip | None = None
        self._left = 0
        self._torn = threading.Event()
        self._send(Message.INIT, struct.pack(">4sII", b"VSCD", _VERSION, 0), reader=_NOBODY)
        threading.Thread(target=self._play, name="card", daemon=True).start()

    def insert(self, card: VirtualCard, *, torn_under: int = 0) -> None:
        """Put a card in; it is torn out under the command of that number, if one is given."""
        self._left = torn_under
        self._torn.clear()
        self._card, self._chip = card, Chip(card)
        self._send(Message.ATR, ATR)

    def remove(self) -> None:
        """Take the card out; none is no error."""
        if self._card is not None:
            self._card = self._chip = None
            self._send(Message.CARD_REMOVE)

    def wait_torn(self, *, within_s: float) -> bool:
        """Wait until the card was torn out; return whether it was."""
        return self._torn.wait(within_s)

    def close(self) -> None:
        """Let the reader go."""
        let_go(self._socket)

    def _play(self) -> None:
        with contextlib.suppress(OSError, EOFError):
            while True:
                kind, reader, length = _HEAD.unpack(exactly(self._socket, _HEAD.size))
                self._obey(kind, reader, exactly(self._socket, length))

    def _obey(self, kind: int, reader: int, payload: bytes) -> None:
        if kind == Message.INIT:
            self._send(Message.READER_ADD, b"terminal", reader=_NOBODY)
        elif kind == Message.FLUSH:
            self._send(Message.FLUSH_COMPLETE, reader=reader)
        elif kind == Message.ATR and self._card is not None:
            self._chip = Chip(self._card)
            self._send(Message.ATR, ATR, reader=reader)
        elif kind == Message.APDU and self._chip is not None:
            self._left -= 1
            if self._left == 0:
                self._send(Message.ERROR, _FAILED, reader=reader)
                time.sleep(_FETCHED_S)
                self.remove()
                self._torn.set()
                return
            try:
                answer = self._chip.answer(payload)
            except Mute:
                return
            except Gone:
                self.remove()
                return
            self._send(Message.APDU, answer, reader=reader)

    def _send(self, kind: Message, payload: bytes = b"", *, reader: int = 0) -> None:
        with self._sending:
            self._socket.sendall(_HEAD.pack(kind, reader, len(payload)) + payload)
