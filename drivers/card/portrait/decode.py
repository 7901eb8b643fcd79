"""Decode a portrait without trusting it: the parent's end, which loads no decoder."""

import subprocess
import sys
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


def decode(image: bytes, *, limits: Limits | None = None) -> Pixels:
    """Decode a JPEG or JPEG 2000 portrait in a child process.

    Raises:
        PortraitTooCostly: it went over a limit, or announces to.
        PortraitUnreadable: no picture of these kinds, cut short, or its decoder broke.
    """
    allowed = limits or Limits()
    if len(image) > _LARGEST_IMAGE:
        raise PortraitTooCostly("a portrait of more bytes than a chip carries")
    command = [sys.executable, "-m", "drivers.card.portrait.child"]
    command += [str(allowed.memory_bytes), str(allowed.seconds), str(allowed.longest_side)]
    try:
        done = subprocess.run(
            command, input=image, capture_output=True, timeout=2 * allowed.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise PortraitTooCostly("a portrait whose decoding does not end") from None
    if done.returncode == _TOO_COSTLY:
        raise PortraitTooCostly("a portrait that asks for too much")
    if done.returncode:
        raise PortraitUnreadable("no portrait that can be decoded")
    return _pixels(done.stdout)


def _pixels(answer: bytes) -> Pixels:
    width, height = (int.from_bytes(answer[at : at + 4], "big") for at in (0, 4))
    rgb = answer[_HEADER_BYTES:]
    if not rgb or len(rgb) != width * height * 3:
        raise PortraitUnreadable("a decoder that gave something else than a picture")
    return Pixels(width, height, rgb)
