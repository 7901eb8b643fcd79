"""Lay a software chip on the virtual reader of vsmartcard-vpcd.

Wire: two bytes of length, big-endian, then the payload. One byte from the reader is
an order (0 off, 1 on, 2 reset, 4 give the ATR), more bytes are a command. Closing
the connection takes the card away.
"""

import socket
import threading

from drivers.card.personalise.card import VirtualCard
from drivers.card.personalise.chip import ATR, Chip, Gone, Mute

PORT = 35_963
_POWER_OFF, _POWER_ON, _RESET, _GIVE_ATR = 0, 1, 2, 4
_LONGEST_ANSWER = 65_535


class CardOnReader:
    """One card while it lies on the virtual reader."""

    def __init__(self, card: VirtualCard, *, port: int = PORT) -> None:
        """Put `card` down.

        Raises:
            OSError: no virtual reader listens.
        """
        self._card = card
        self._chip = Chip(card)
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._thread = threading.Thread(target=self._play, name="card", daemon=True)
        self._thread.start()

    @property
    def is_there(self) -> bool:
        """Whether the card still lies there."""
        return self._thread.is_alive()

    def remove(self) -> None:
        """Take the card away."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            # Torn out by its own fault already.
            return
        finally:
            self._thread.join()

    def _play(self) -> None:
        with self._socket:
            try:
                while order := self._receive():
                    self._obey(order)
            except (Gone, OSError):
                return

    def _obey(self, order: bytes) -> None:
        if len(order) > 1:
            try:
                answer = self._chip.answer(order)
            except Mute:
                return
            if not 2 <= len(answer) <= _LONGEST_ANSWER:
                raise Gone
            self._send(answer)
        elif order[0] in {_POWER_OFF, _POWER_ON, _RESET}:
            self._chip = Chip(self._card)
        elif order[0] == _GIVE_ATR:
            self._send(ATR)

    def _send(self, payload: bytes) -> None:
        self._socket.sendall(len(payload).to_bytes(2, "big") + payload)

    def _receive(self) -> bytes:
        return self._exactly(int.from_bytes(self._exactly(2), "big"))

    def _exactly(self, length: int) -> bytes:
        content = b""
        while len(content) < length:
            # WORKAROUND: vpcd sends length and payload in two packets; without a quick
            # acknowledgement each command waits 44 ms (docs/devices.md, "PC/SC").
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            chunk = self._socket.recv(length - len(content))
            if not chunk:
                raise Gone
            content += chunk
        return content
