"""Commands to a card and its responses.

`repr` shows lengths, never data: it may be personal or a key.
Source: ISO/IEC 7816-3 and 7816-4, command-response pairs; short and extended length.
"""

from dataclasses import dataclass

from drivers.card.protocol.errors import CardRemoved, CardUnreadable
from drivers.errors import LocalProtocolError

SHORT_DATA = 255
SHORT_EXPECTED = 256
EXTENDED_DATA = 65_535
EXTENDED_EXPECTED = 65_536
OK = 0x9000


@dataclass(frozen=True, slots=True, repr=False)
class CommandApdu:
    """One command; `expected` is the longest answer wanted, None for no data."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    expected: int | None = None

    def __repr__(self) -> str:
        head = f"{self.cla:02X} {self.ins:02X} {self.p1:02X} {self.p2:02X}"
        return f"<command {head} data={len(self.data)} expected={self.expected}>"

    @property
    def header(self) -> bytes:
        """The four header bytes."""
        return bytes((self.cla, self.ins, self.p1, self.p2))

    @property
    def is_extended(self) -> bool:
        """Whether lengths need three bytes."""
        return len(self.data) > SHORT_DATA or (self.expected or 0) > SHORT_EXPECTED

    def __bytes__(self) -> bytes:
        """Encode, short where that is possible.

        Raises:
            LocalProtocolError: longer than any command can be.
        """
        if len(self.data) > EXTENDED_DATA or (self.expected or 0) > EXTENDED_EXPECTED:
            raise LocalProtocolError("longer than an extended command")
        if self.is_extended:
            return self._extended()
        encoded = self.header
        if self.data:
            encoded += bytes((len(self.data),)) + self.data
        if self.expected is not None:
            encoded += bytes((self.expected % SHORT_EXPECTED,))
        return encoded

    def _extended(self) -> bytes:
        encoded = self.header + b"\0"
        if self.data:
            encoded += len(self.data).to_bytes(2, "big") + self.data
        if self.expected is not None:
            encoded += (self.expected % EXTENDED_EXPECTED).to_bytes(2, "big")
        return encoded

    @classmethod
    def parse(cls, encoded: bytes) -> "CommandApdu":
        """Read an encoded command, as a card does.

        Raises:
            LocalProtocolError: the lengths do not fit.
        """
        if len(encoded) < 4:
            raise LocalProtocolError("shorter than a header")
        cla, ins, p1, p2 = encoded[:4]
        body = encoded[4:]
        if not body:
            return cls(cla, ins, p1, p2)
        extended = body[0] == 0 and len(body) > 1
        width, offset = (2, 1) if extended else (1, 0)
        most = EXTENDED_EXPECTED if extended else SHORT_EXPECTED
        first = int.from_bytes(body[offset : offset + width], "big")
        rest = body[offset + width :]
        if not rest:
            return cls(cla, ins, p1, p2, expected=first or most)
        data, tail = rest[:first], rest[first:]
        if len(data) != first or len(tail) not in {0, width}:
            raise LocalProtocolError("lengths do not fit the bytes")
        expected = (int.from_bytes(tail, "big") or most) if tail else None
        return cls(cla, ins, p1, p2, data, expected)


@dataclass(frozen=True, slots=True, repr=False)
class ResponseApdu:
    """One response: data and the status word."""

    data: bytes
    status: int

    def __repr__(self) -> str:
        return f"<response data={len(self.data)} status={self.status:04X}>"

    @property
    def ok(self) -> bool:
        """Whether the status is 9000."""
        return self.status == OK

    def __bytes__(self) -> bytes:
        return self.data + self.status.to_bytes(2, "big")

    @classmethod
    def parse(cls, encoded: bytes) -> "ResponseApdu":
        """Read what a reader handed over.

        Raises:
            CardRemoved: shorter than a status word; pcscd reports a card torn out
                mid-command as success with an empty response.
            CardUnreadable: longer than any response.
        """
        if len(encoded) < 2:
            raise CardRemoved("no status word")
        if len(encoded) > EXTENDED_EXPECTED + 2:
            raise CardUnreadable(f"a response of {len(encoded)} bytes")
        return cls(encoded[:-2], int.from_bytes(encoded[-2:], "big"))
