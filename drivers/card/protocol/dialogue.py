"""Protocols as dialogues: `response = yield command`, run by one `converse`.

A dialogue knows no reader. Dialogues are composed with ``yield from``; `converse`
is the only place where one meets a card.
"""

from collections.abc import Generator
from dataclasses import replace
from typing import Protocol, TypeVar

from drivers.card.protocol.apdu import SHORT_EXPECTED, CommandApdu, ResponseApdu

T = TypeVar("T")
_SECURE_BITS = 0x0C
_MORE, _WRONG_LENGTH = 0x61, 0x6C
"""61xx: xx bytes are left for GET RESPONSE. 6Cxx: ask again for xx (ISO/IEC 7816-4, 5.6)."""
_MOST_PARTS = 8
Dialogue = Generator[CommandApdu, ResponseApdu, T]


class Channel(Protocol):
    """Whatever carries bytes to a card and back."""

    def transmit(self, command: bytes) -> bytes:
        """Send an encoded command and return the encoded response.

        Raises:
            DeviceError: the reader or the card failed; the session is over.
        """


def converse(dialogue: Dialogue[T], channel: Channel) -> T:
    """Run `dialogue` over `channel` and return its result.

    Raises:
        DeviceError: from the channel or the dialogue; either ends the card session.
    """
    try:
        command = next(dialogue)
        while True:
            command = dialogue.send(_exchanged(command, channel))
    except StopIteration as end:
        result: T = end.value
        return result


def _exchanged(command: CommandApdu, channel: Channel) -> ResponseApdu:
    """Send one command; a card of the T=0 protocol may give its answer in parts.

    Under secure messaging such parts would be another's words: there they are an answer
    like any other, and end the session.
    """
    response = ResponseApdu.parse(channel.transmit(bytes(command)))
    if command.cla & _SECURE_BITS:
        return response
    if response.status >> 8 == _WRONG_LENGTH:
        again = replace(command, expected=response.status & 0xFF or SHORT_EXPECTED)
        response = ResponseApdu.parse(channel.transmit(bytes(again)))
    data = response.data
    for _ in range(_MOST_PARTS):
        if response.status >> 8 != _MORE:
            break
        rest = CommandApdu(
            0x00, 0xC0, 0x00, 0x00, expected=response.status & 0xFF or SHORT_EXPECTED
        )
        response = ResponseApdu.parse(channel.transmit(bytes(rest)))
        data += response.data
    return ResponseApdu(data, response.status)
