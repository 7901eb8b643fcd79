"""DER read whole and strictly: what asn1crypto skips lazily is forced here.

Rule: parse everything, encode it again, and compare; a byte that does not come
back the same was not understood.
"""

from typing import Any, TypeVar

from asn1crypto.core import Asn1Value, ObjectIdentifier

from drivers.card.protocol.errors import CardUnreadable

T = TypeVar("T", bound=Asn1Value)
LONGEST = 1 << 17


def strict(kind: type[T], encoded: bytes) -> T:
    """Return `encoded` as a `kind`.

    Raises:
        CardUnreadable: malformed, not DER, too long, or bytes are left over.
    """
    if len(encoded) > LONGEST:
        raise CardUnreadable("an ASN.1 object that is too long")
    try:
        value: T = kind.load(encoded, strict=True)
        native: Any = value.native
        again = kind.load(encoded, strict=True).copy().dump(force=True)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError):
        # asn1crypto raises what it happens upon; to us all of it is a bad card.
        raise CardUnreadable("malformed ASN.1") from None
    if native is None or again != encoded:
        raise CardUnreadable("ASN.1 that is not DER")
    return value


def oid_value(dotted: str) -> bytes:
    """Return the value bytes of an object identifier, as cards carry it in TLV."""
    encoded: bytes = ObjectIdentifier(dotted).contents
    return encoded
