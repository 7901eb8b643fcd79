"""Elliptic curves as cards use them: points, key agreement, and mapped generators.

Rule: a secret is multiplied by OpenSSL alone, in constant time. `cryptography` gives
only the x-coordinate of a product, so `Point.__mul__` asks for two neighbouring products
and finds the sign of y by their difference; additions hold nothing secret of ours.
Source: ICAO Doc 9303-11, 4.4.3.3 and appendix B (mappings); BSI TR-03111 (encoding).
"""

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from drivers.card.protocol.errors import CardUnreadable

_UNCOMPRESSED = 4

Draw = Callable[[int], int]
"""Draws an unpredictable number from 0 up to, not including, its argument.

Drawing is an effect, so it comes from outside: `secrets.randbelow`.
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """y^2 = x^3 + ax + b over a prime field, a generator and its order; the cofactor is 1."""

    name: str
    parameter_id: int
    """ICAO Doc 9303-11, table 12."""
    oid: str
    """As named in public keys (RFC 5480, RFC 5639)."""
    native: type[ec.EllipticCurve]
    prime: int
    a: int
    b: int
    x: int
    y: int
    order: int

    @property
    def field_bytes(self) -> int:
        """Length of one coordinate."""
        return (self.prime.bit_length() + 7) // 8

    @property
    def generator(self) -> "Point":
        """The standard generator."""
        return Point(self, self.x, self.y)

    def right_side(self, x: int) -> int:
        """Return what y squared is at `x`."""
        return (pow(x, 3, self.prime) + self.a * x + self.b) % self.prime

    def point(self, encoded: bytes) -> "Point":
        """Read an uncompressed point.

        Raises:
            CardUnreadable: no point of this curve, or the point at infinity.
        """
        if len(encoded) != 1 + 2 * self.field_bytes or encoded[0] != _UNCOMPRESSED:
            raise CardUnreadable("no uncompressed point")
        x = int.from_bytes(encoded[1 : 1 + self.field_bytes], "big")
        y = int.from_bytes(encoded[1 + self.field_bytes :], "big")
        # The cofactor is 1: what is on the curve is in the group.
        if max(x, y) >= self.prime or pow(y, 2, self.prime) != self.right_side(x):
            raise CardUnreadable("a point that is not on the curve")
        return Point(self, x, y)

    def encode(self, point: "Point") -> bytes:
        """Write a point uncompressed."""
        width = self.field_bytes
        return b"\x04" + point.x.to_bytes(width, "big") + point.y.to_bytes(width, "big")

    def new_secret(self, draw: Draw) -> int:
        """Draw a private key."""
        return draw(self.order - 1) + 1

    def agree(self, secret: int, other: "Point") -> bytes:
        """Return the x-coordinate of the shared point, full length."""
        return self._private(secret).exchange(ec.ECDH(), other.native())

    def mapped(self, nonce: int, shared: "Point") -> "Point":
        """Return the generator of generic mapping: nonce times G plus the shared point.

        Raises:
            CardUnreadable: the two cancel out, which only a dishonest card can bring about.
        """
        if nonce % self.order == 0:
            return shared
        return self.generator * nonce + shared

    def encoded_field(self, t: int) -> "Point":
        """Return the generator of integrated mapping: the point that `t` stands for.

        Raises:
            CardUnreadable: `t` is one of the few for which the map is not defined.
        """
        prime = self.prime
        alpha = -t * t % prime
        denominator = self.a * (alpha + alpha * alpha) % prime
        if denominator == 0:
            raise CardUnreadable("a mapped generator that is not defined")
        ratio = (1 + alpha + alpha * alpha) * pow(denominator, -1, prime)
        x = -self.b * ratio % prime
        h = self.right_side(x)
        root = pow(h, prime - 1 - (prime + 1) // 4, prime)
        if root * root * h % prime == 1:
            return Point(self, x, root * h % prime)
        return Point(self, alpha * x % prime, root * pow(t, 3, prime) * h % prime)

    def _private(self, secret: int) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(secret, self.native())


@dataclass(frozen=True, slots=True, repr=False)
class Point:
    """A point that is on its curve, and not at infinity."""

    curve: Curve
    x: int
    y: int

    def native(self) -> ec.EllipticCurvePublicKey:
        """Return the point as a public key of `cryptography`."""
        return ec.EllipticCurvePublicNumbers(self.x, self.y, self.curve.native()).public_key()

    def __add__(self, other: "Point") -> "Point":
        """Add.

        Raises:
            CardUnreadable: the two cancel out.
        """
        prime = self.curve.prime
        if self.x == other.x:
            if self.y != other.y or self.y == 0:
                raise CardUnreadable("a point at infinity")
            slope = (3 * self.x * self.x + self.curve.a) * pow(2 * self.y, -1, prime)
        else:
            slope = (other.y - self.y) * pow(other.x - self.x, -1, prime)
        x = (slope * slope - self.x - other.x) % prime
        return Point(self.curve, x, (slope * (self.x - x) - self.y) % prime)

    def __neg__(self) -> "Point":
        return Point(self.curve, self.x, -self.y % self.curve.prime)

    def __mul__(self, factor: int) -> "Point":
        """Multiply by a factor that the order does not divide."""
        curve = self.curve
        factor %= curve.order
        if self == curve.generator:
            numbers = curve._private(factor).public_key().public_numbers()
            return Point(curve, numbers.x, numbers.y)
        # The neighbour of the last factor but one would be infinity: negate for it.
        if factor == curve.order - 1:
            return -self
        x = int.from_bytes(curve.agree(factor, self), "big")
        next_x = int.from_bytes(curve.agree(factor + 1, self), "big")
        found = Point(curve, x, pow(curve.right_side(x), (curve.prime + 1) // 4, curve.prime))
        if x == self.x:
            return self if next_x == (self + self).x else -self
        return found if (found + self).x == next_x else -found
