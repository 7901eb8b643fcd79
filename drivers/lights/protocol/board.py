"""The lines that a terminal and its light board exchange.

The board and its language are our own: no maker's protocol was at hand. A line is words
of ASCII, ``*``, the CRC of what stands before it as four hexadecimal digits, and a line feed:

    HELLO n          ->  LIGHTS n count settle_ms  |  BROKEN n
    SWITCH n k|OFF   ->  LIT n k|OFF               |  BROKEN n

`n` counts the orders, 0 to 99 and round again, so that a late answer is not taken for the
next one. The board switches off by itself `HOLD_MS` after the last SWITCH.
Source of the CRC: CRC-16/IBM-3740, polynomial 1021, start FFFF (ITU-T V.41 gives the polynomial).
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass
from typing import Final

from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.lights.lights import Capabilities

HOLD_MS: Final = 1_000
"""Two bursts of half a second fit; a light forgotten by a dead program does not blind the next."""
LONGEST_LINE: Final = 32
MOST_LIGHTS: Final = 16
NUMBERS: Final = 100
_MOST_SETTLE_MS: Final = 500
_LINE = re.compile(rb"([A-Z0-9 ]{1,24})\*([0-9A-F]{4})\n")
_ORDER = re.compile(rb"(?:(HELLO) (\d{1,2})|(SWITCH) (\d{1,2}) (OFF|\d{1,2}))")
_ANSWER = re.compile(
    rb"(?:(LIGHTS) (\d{1,2}) (\d{1,2}) (\d{1,3})|(LIT) (\d{1,2}) (OFF|\d{1,2})|(BROKEN) (\d{1,2}))"
)


@dataclass(frozen=True, slots=True)
class Hello:
    """Who is there?"""

    number: int


@dataclass(frozen=True, slots=True)
class Switch:
    """Let one light shine, or none."""

    number: int
    on: int | None


@dataclass(frozen=True, slots=True)
class Present:
    """The answer to `Hello`."""

    number: int
    capabilities: Capabilities


@dataclass(frozen=True, slots=True)
class Lit:
    """The answer to `Switch`: what shines now."""

    number: int
    on: int | None


@dataclass(frozen=True, slots=True)
class Broken:
    """The answer to either when a lamp draws no current."""

    number: int


Order = Hello | Switch
Answer = Present | Lit | Broken


def line(message: Order | Answer) -> bytes:
    """Return a message as it goes over the line.

    Raises:
        LocalProtocolError: it holds a number that the language cannot say.
    """
    match message:
        case Hello(number):
            words = f"HELLO {number}"
        case Switch(number, on):
            words = f"SWITCH {number} {_name(on)}"
        case Present(number, Capabilities(lights, settle_ms)):
            words = f"LIGHTS {number} {lights} {settle_ms}"
        case Lit(number, on):
            words = f"LIT {number} {_name(on)}"
        case _:
            words = f"BROKEN {message.number}"
    body = words.encode()
    if not (_ORDER.fullmatch(body) or _ANSWER.fullmatch(body)):
        raise LocalProtocolError("a number that the light board's language cannot say")
    return b"%s*%04X\n" % (body, crc_hqx(body, 0xFFFF))


def order_of(sent: bytes) -> Order:
    """Read an order, as the board does.

    Raises:
        RemoteProtocolError: it is none.
    """
    match = _ORDER.fullmatch(_body(sent))
    if match is None:
        raise RemoteProtocolError("no order of a light board")
    if match[1]:
        return Hello(int(match[2]))
    return Switch(int(match[4]), _light(match[5]))


def answer_of(sent: bytes) -> Answer:
    """Read an answer, as the driver does.

    Raises:
        RemoteProtocolError: it is none, or claims what no board has.
    """
    match = _ANSWER.fullmatch(_body(sent))
    if match is None:
        raise RemoteProtocolError("no answer of a light board")
    if match[1]:
        lights, settle_ms = int(match[3]), int(match[4])
        if not 1 <= lights <= MOST_LIGHTS or settle_ms > _MOST_SETTLE_MS:
            raise RemoteProtocolError("a light board beyond all bounds")
        return Present(int(match[2]), Capabilities(lights, settle_ms))
    return Lit(int(match[6]), _light(match[7])) if match[5] else Broken(int(match[9]))


def _body(sent: bytes) -> bytes:
    match = _LINE.fullmatch(sent)
    if match is None or crc_hqx(match[1], 0xFFFF) != int(match[2], 16):
        raise RemoteProtocolError("no line, or a damaged one")
    return match[1]


def _name(on: int | None) -> str:
    return "OFF" if on is None else str(on)


def _light(word: bytes) -> int | None:
    return None if word == b"OFF" else int(word)
