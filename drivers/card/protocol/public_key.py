"""Elliptic curve keys as they stand in certificates and in DG14: which curve, which point.

ICAO asks for explicit curve parameters where the rest of the world names the curve.
Rule: explicit parameters are held against a table, all of them, generator and order
included; what differs in one number from a standard curve is no key.
Source: ICAO Doc 9303-12, 4.1.6.3; SEC 1, C.2 (explicit parameters); RFC 5480.
"""

from typing import Any

from asn1crypto.keys import PublicKeyInfo

from drivers.card.protocol.curves import Curve
from drivers.card.protocol.der import fail_closed
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.standard_curves import BY_OID, CURVES


def curve_and_point(info: PublicKeyInfo) -> tuple[Curve, bytes]:
    """Return a key's curve and its uncompressed point, which lies on it.

    Raises:
        CardUnreadable: no key on a curve that we know.
    """
    with fail_closed("a key of a form that we do not take"):
        if info["algorithm"]["algorithm"].native != "ec":
            raise CardUnreadable("a key that is on no curve")
        curve = _curve(info["algorithm"]["parameters"])
        encoded: bytes = info["public_key"].native
        curve.point(encoded)
        return curve, encoded


def _curve(parameters: Any) -> Curve:
    if parameters.name == "named":
        found = BY_OID.get(parameters.chosen.dotted)
    else:
        found = next((curve for curve in CURVES if is_spelt(curve, parameters.chosen)), None)
    if found is None:
        raise CardUnreadable("a curve that we do not know")
    return found


def is_spelt(curve: Curve, explicit: Any) -> bool:
    """Say whether explicit parameters are exactly those of `curve`.

    Raises:
        Exception: whatever the library happens upon in parameters over another field.
    """
    a, b = (int.from_bytes(explicit["curve"][part].native, "big") for part in ("a", "b"))
    generator = curve.encode(curve.generator)
    compressed = bytes((2 + generator[-1] % 2,)) + generator[1 : 1 + curve.field_bytes]
    return (
        explicit["field_id"]["field_type"].native == "prime_field"
        and explicit["field_id"]["parameters"].native == curve.prime
        and (a, b) == (curve.a, curve.b)
        and explicit["base"].native in {generator, compressed}
        and explicit["order"].native == curve.order
        and explicit["cofactor"].native in {None, 1}
    )
