"""A session that is counted, timed and, if asked, shown; never what it carries.

A trace line holds header, lengths, status and time. Data are left out altogether: under
secure messaging they say nothing, and before it they are nonces and points.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.dialogue import Channel
from drivers.errors import DeviceError

_SECURE_BITS = 0x0C
_NAMES = {
    0x22: "MSE:SET",
    0x82: "EXTERNAL AUTHENTICATE",
    0x84: "GET CHALLENGE",
    0x86: "GENERAL AUTHENTICATE",
    0x88: "INTERNAL AUTHENTICATE",
    0xA4: "SELECT",
    0xB0: "READ BINARY",
    0xB1: "READ BINARY",
}


@dataclass(slots=True)
class Tally:
    """What the sessions of one reading cost."""

    commands: int = 0
    below_s: float = 0.0
    """Time inside the reader and the card."""
    lines: list[str] = field(default_factory=list)


def shown(command: bytes, response: bytes | None, seconds: float) -> str:
    """Return one trace line."""
    sent = CommandApdu.parse(command)
    name = _NAMES.get(sent.ins, "?")
    secured = "SM" if sent.cla & _SECURE_BITS else "  "
    answer = "no answer" if response is None else _answer(response)
    head = f"{sent.cla:02X} {sent.ins:02X} {sent.p1:02X} {sent.p2:02X}"
    return (
        f"{head}  {secured}  {name:22}  {len(sent.data):5} B  →  {answer}  {seconds * 1e3:7.1f} ms"
    )


def _answer(response: bytes) -> str:
    received = ResponseApdu.parse(response)
    return f"{len(received.data):5} B  {received.status:04X}"


class Watched:
    """A channel that adds up what passes through it."""

    def __init__(self, channel: Channel, tally: Tally, show: Callable[[str], None]) -> None:
        self._channel = channel
        self._tally = tally
        self._show = show

    def transmit(self, command: bytes) -> bytes:
        """Pass on, count and show."""
        began = time.perf_counter()
        response: bytes | None = None
        try:
            response = self._channel.transmit(command)
            return response
        finally:
            seconds = time.perf_counter() - began
            self._tally.commands += 1
            self._tally.below_s += seconds
            try:
                self._show(shown(command, response, seconds))
            except DeviceError:
                self._show("an answer without status")
