"""``python -m drivers.card.portrait.child``: decode one picture and end.

The picture comes on standard input, header and pixels (RGB) go to standard output; nothing
of it stands in an argument, a file or a message. Limits come first, and what the header
announces is asked before a pixel is decoded. Any other end than status 0 is a refusal.
"""

import io
import resource
import struct
import sys

from PIL import Image

HEADER = struct.Struct(">II")
"""Width and height in pixels."""
TOO_COSTLY = 3
_KINDS = ("JPEG", "JPEG2000")


def _limit(memory_bytes: int, seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """Decode; the arguments are memory in bytes, seconds, and the longest side in pixels."""
    memory_bytes, seconds, most_px = (int(word) for word in sys.argv[1:])
    # Decoders are loaded before the limits: a plug-in that cannot be mapped is no bad picture.
    Image.init()
    _limit(memory_bytes, seconds)
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=_KINDS) as picture:
            if max(picture.size) > most_px:
                return TOO_COSTLY
            pixels = picture.convert("RGB")
    except (MemoryError, Image.DecompressionBombError):
        return TOO_COSTLY
    except Exception:  # noqa: BLE001  (whatever a decoder raises, the picture is refused)
        return 1
    sys.stdout.buffer.write(HEADER.pack(*pixels.size) + pixels.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
