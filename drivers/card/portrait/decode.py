"""Decode a portrait without trusting it: the parent's end, which loads no decoder."""

import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.portrait import LARGEST_SIDE_PX

_HEADER_BYTES: Final = 8
_TOO_COSTLY: Final = 3
_LARGEST_IMAGE: Final = 1 << 20
"""Bytes; no chip carries more (`protocol.tlv.LONGEST_VALUE`)."""


class PortraitUnreadable(CardUnreadable):
    """No picture of a kind that we take, or one that breaks its decoder."""


class PortraitTooCostly(PortraitUnreadable):
    """A picture that asks for more memory, time or room than any portrait needs."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What decoding may cost."""

    memory_bytes: int = 512 << 20
    """Address space of the child, interpreter and decoders included."""
    seconds: int = 3
    longest_side: int = LARGEST_SIDE_PX


@dataclass(frozen=True, slots=True, repr=False)
class Pixels:
    """A decoded portrait."""

    width: int
    height: int
    rgb: bytes
    """Three bytes a pixel, rows from the top."""


class Decoder:
    """A child process with its decoders loaded: it decodes one picture and ends.

    Starting it takes half a second, which need not be waited for once there is a picture.
    """

    def __init__(self, *, limits: Limits | None = None) -> None:
        """Start the child."""
        self._allowed = limits or Limits()
        command = [sys.executable, "-m", "drivers.card.portrait.child"]
        command += [
            str(self._allowed.memory_bytes),
            str(self._allowed.seconds),
            str(self._allowed.longest_side),
        ]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    @property
    def waits(self) -> bool:
        """Whether the child is there for a picture."""
        return self._child.poll() is None

    def decode(self, image: bytes) -> Pixels:
        """Decode a JPEG or JPEG 2000 portrait.

        Raises:
            PortraitTooCostly: it went over a limit, or announces to.
            PortraitUnreadable: no picture of these kinds, cut short, or its decoder broke.
        """
        if len(image) > _LARGEST_IMAGE:
            raise PortraitTooCostly("a portrait of more bytes than a chip carries")
        try:
            answer, _ = self._child.communicate(image, timeout=2 * self._allowed.seconds)
        except subprocess.TimeoutExpired:
            raise PortraitTooCostly("a portrait whose decoding does not end") from None
        if self._child.returncode == _TOO_COSTLY:
            raise PortraitTooCostly("a portrait that asks for too much")
        if self._child.returncode:
            raise PortraitUnreadable("no portrait that can be decoded")
        return _pixels(answer)

    def close(self) -> None:
        """End the child."""
        with self._child:
            self._child.kill()


def decode(image: bytes, *, limits: Limits | None = None) -> Pixels:
    """Decode a portrait in a child started for it; see `Decoder.decode`.

    Raises:
        PortraitTooCostly, PortraitUnreadable: see there.
    """
    with closing(Decoder(limits=limits)) as decoder:
        return decoder.decode(image)


def _pixels(answer: bytes) -> Pixels:
    width, height = (int.from_bytes(answer[at : at + 4], "big") for at in (0, 4))
    rgb = answer[_HEADER_BYTES:]
    if not rgb or len(rgb) != width * height * 3:
        raise PortraitUnreadable("a decoder that gave something else than a picture")
    return Pixels(width, height, rgb)
