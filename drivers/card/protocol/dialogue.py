"""Protocols as dialogues: `response = yield command`, run by one `converse`.

A dialogue knows no reader. Dialogues are composed with ``yield from``; `converse`
is the only place where one meets a card.
"""

from collections.abc import Generator
from typing import Protocol, TypeVar

from drivers.card.protocol.apdu import CommandApdu, ResponseApdu

T = TypeVar("T")
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
            response = ResponseApdu.parse(channel.transmit(bytes(command)))
            command = dialogue.send(response)
    except StopIteration as end:
        result: T = end.value
        return result
