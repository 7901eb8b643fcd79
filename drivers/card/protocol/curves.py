"""Elliptic curves as cards use them: points, key agreement, and a mapped generator.

Point arithmetic comes from the `ecdsa` library: `cryptography` has no generator of
one's own, which PACE's mapping needs. Keys here live for one session.
Source: ICAO Doc 9303-11, 9.5.1 (standardised domain parameters), 4.4.3.3 (generic
mapping); BSI TR-03111 for point encoding.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from ecdsa import curves as library
from ecdsa.ellipticcurve import INFINITY, PointJacobi

from drivers.card.protocol.errors import CardUnreadable

_UNCOMPRESSED = 4

Draw = Callable[[int], int]
"""Draws an unpredictable number from 0 up to, not including, its argument.

Drawing is an effect, so it comes from outside: `secrets.randbelow`.
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """One set of domain parameters."""

    name: str
    parameter_id: int
    """9303-11, table 5."""
    library: Any
    """The `ecdsa` library's curve."""

    @property
    def field_bytes(self) -> int:
        """Length of one coordinate."""
        length: int = (self.library.curve.p().bit_length() + 7) // 8
        return length

    @property
    def generator(self) -> Any:
        """The standard generator."""
        return self.library.generator

    def point(self, encoded: bytes) -> Any:
        """Read an uncompressed point.

        Raises:
            CardUnreadable: no point of this curve, or the point at infinity.
        """
        if len(encoded) != 1 + 2 * self.field_bytes or encoded[0] != _UNCOMPRESSED:
            raise CardUnreadable("no uncompressed point")
        x = int.from_bytes(encoded[1 : 1 + self.field_bytes], "big")
        y = int.from_bytes(encoded[1 + self.field_bytes :], "big")
        domain = self.library.curve
        # The cofactor of every curve here is 1: on the curve is in the group.
        if max(x, y) >= domain.p() or not domain.contains_point(x, y):
            raise CardUnreadable("a point that is not on the curve")
        return PointJacobi(domain, x, y, 1, self.library.order)

    def encode(self, point: Any) -> bytes:
        """Write a point uncompressed."""
        encoded: bytes = point.to_bytes("uncompressed")
        return encoded

    def new_secret(self, draw: Draw) -> int:
        """Draw a private key."""
        return draw(int(self.library.order) - 1) + 1

    def agree(self, secret: int, other: Any) -> bytes:
        """Return the x-coordinate of the shared point, full length."""
        shared = other * secret
        return int(shared.x()).to_bytes(self.field_bytes, "big")

    def mapped(self, nonce: int, shared: Any) -> Any:
        """Return the generator of generic mapping: nonce times G plus the shared point.

        Raises:
            CardUnreadable: the two cancel out, which only a dishonest card can bring about.
        """
        generator = self.generator * nonce + shared
        if generator == INFINITY:
            raise CardUnreadable("a mapped generator at infinity")
        return generator


CURVES: Final = (
    Curve("P-256", 12, library.NIST256p),
    Curve("brainpoolP256r1", 13, library.BRAINPOOLP256r1),
    Curve("P-384", 15, library.NIST384p),
    Curve("brainpoolP384r1", 16, library.BRAINPOOLP384r1),
    Curve("brainpoolP512r1", 17, library.BRAINPOOLP512r1),
)
BY_PARAMETER_ID: Final[Mapping[int, Curve]] = MappingProxyType({c.parameter_id: c for c in CURVES})
BY_OID: Final[Mapping[str, Curve]] = MappingProxyType(
    {
        "1.2.840.10045.3.1.7": CURVES[0],
        "1.3.36.3.3.2.8.1.1.7": CURVES[1],
        "1.3.132.0.34": CURVES[2],
        "1.3.36.3.3.2.8.1.1.11": CURVES[3],
        "1.3.36.3.3.2.8.1.1.13": CURVES[4],
    }
)
"""Named curves in public keys (RFC 5480, RFC 5639)."""
