"""DER read whole and strictly: what asn1crypto skips lazily is forced here.

Rule: parse everything, encode it again, and compare; a byte that does not come
back the same was not understood.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from asn1crypto.core import Asn1Value, ObjectIdentifier

from drivers.card.protocol.errors import CardUnreadable
from drivers.errors import DeviceError

T = TypeVar("T", bound=Asn1Value)
LONGEST = 1 << 17
"""Bytes of anything a card holds."""


@contextmanager
def fail_closed(what: str) -> Iterator[None]:
    """Turn whatever escapes a library into a bad card; our own errors pass.

    Libraries raise what they happen upon in hostile bytes, from KeyError to types of
    their own. Their texts may repeat what the card says, so the cause is dropped.

    Raises:
        CardUnreadable: something else than a `DeviceError` was raised in the block.
    """
    try:
        yield
    except DeviceError:
        raise
    except Exception:  # noqa: BLE001  (a closed list was tried: fuzzing kept finding more)
        raise CardUnreadable(what) from None


def strict(kind: type[T], encoded: bytes, *, longest: int = LONGEST) -> T:
    """Return `encoded`, of at most `longest` bytes, as a `kind`.

    Raises:
        CardUnreadable: malformed, not DER, too long, or bytes are left over.
    """
    if len(encoded) > longest:
        raise CardUnreadable("an ASN.1 object that is too long")
    with fail_closed("malformed ASN.1"):
        value: T = kind.load(encoded, strict=True)
        # Encoding by force decodes every value first, also those that nobody asks for.
        if value.dump(force=True) != encoded:
            raise CardUnreadable("ASN.1 that is not DER")
    return value


def oid_value(dotted: str) -> bytes:
    """Return the value bytes of an object identifier, as cards carry it in TLV."""
    encoded: bytes = ObjectIdentifier(dotted).contents
    return encoded
