"""Cut a byte stream into messages: four bytes of length, then the body.

Rule 1: a body is never longer than its stream allows, and never empty.
Rule 2: the splitter keeps no byte it has handed out.

Layout: length as unsigned 32-bit big-endian, then `length` bytes of msgpack.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

HEADER_BYTES = 4
LONGEST_BODY_BYTES = 4 << 20
"""Room for a portrait and a photograph; a record is refused by the register above 4 MB."""


class BadMessage(Exception):
    """The other side sent bytes that are no message of ours; carries no content."""

    code = "link.bad_message"


def frame(body: bytes) -> bytes:
    """Prefix `body` with its length.

    Raises:
        BadMessage: the body is empty or longer than LONGEST_BODY_BYTES.
    """
    if not 0 < len(body) <= LONGEST_BODY_BYTES:
        raise BadMessage(f"a body of {len(body)} bytes cannot be framed")
    return len(body).to_bytes(HEADER_BYTES, "big") + body


class Splitter:
    """Collects stream bytes and hands out whole bodies."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take `chunk` and return every body that is now complete.

        Raises:
            BadMessage: a header announces an empty or oversize body.
        """
        self._pending += chunk
        bodies = []
        while len(self._pending) >= HEADER_BYTES:
            length = int.from_bytes(self._pending[:HEADER_BYTES], "big")
            if not 0 < length <= LONGEST_BODY_BYTES:
                raise BadMessage(f"a header announces {length} bytes")
            end = HEADER_BYTES + length
            if len(self._pending) < end:
                break
            bodies.append(bytes(self._pending[HEADER_BYTES:end]))
            del self._pending[:end]
        return bodies


def encode(message: msgspec.Struct) -> bytes:
    """Return the msgpack body of `message`, unframed."""
    return msgspec.msgpack.encode(message)


def decode(body: bytes, kind: Any) -> Any:
    """Read a body as `kind`, a struct or a union of structs, strictly.

    Raises:
        BadMessage: the body is not a `kind`; the content is not repeated.
    """
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # The cause quotes nothing but a type path, yet may name a field's value: cut it.
        raise BadMessage("a message of another shape than expected") from None


def messages(chunks: Iterable[bytes], kind: Any) -> Iterator[Any]:
    """Yield what stream bytes say, each message read strictly as `kind`.

    Raises:
        BadMessage: a frame or a body is none; what came before it was yielded.
    """
    splitter = Splitter()
    for chunk in chunks:
        for body in splitter.feed(chunk):
            yield decode(body, kind)
