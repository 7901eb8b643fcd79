"""EF.CardAccess and DG14: what the card offers for access and authenticity.

Source: ICAO Doc 9303-11, 9.2 (SecurityInfos).
"""

from dataclasses import dataclass

from asn1crypto.core import Any as AnyValue
from asn1crypto.core import Integer, ObjectIdentifier, Sequence, SetOf
from asn1crypto.keys import PublicKeyInfo

from drivers.card.protocol import tlv
from drivers.card.protocol.curves import BY_PARAMETER_ID, Curve
from drivers.card.protocol.der import strict
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.public_key import curve_and_point

PACE_ECDH_GM_AES = {
    "0.4.0.127.0.7.2.2.4.2.2": 16,
    "0.4.0.127.0.7.2.2.4.2.3": 24,
    "0.4.0.127.0.7.2.2.4.2.4": 32,
}
"""id-PACE-ECDH-GM-AES-CBC-CMAC-128, -192, -256: key length in bytes."""
CHIP_ECDH_AES = {
    "0.4.0.127.0.7.2.2.3.2.2": 16,
    "0.4.0.127.0.7.2.2.3.2.3": 24,
    "0.4.0.127.0.7.2.2.3.2.4": 32,
}
"""id-CA-ECDH-AES-CBC-CMAC-128, -192, -256."""
CHIP_KEY_ECDH = "0.4.0.127.0.7.2.2.1.2"
PACE_VERSION = 2
CHIP_VERSION = 1


class SecurityInfo(Sequence):  # type: ignore[misc]
    """protocol, requiredData, optionalData."""

    _fields = [  # noqa: RUF012  (asn1crypto's way)
        ("protocol", ObjectIdentifier),
        ("required", AnyValue),
        ("optional", AnyValue, {"optional": True}),
    ]


class SecurityInfos(SetOf):  # type: ignore[misc]
    """SET OF SecurityInfo."""

    _child_spec = SecurityInfo


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """One way in: PACE with ECDH, generic mapping, AES."""

    protocol: str
    parameter_id: int

    @property
    def key_bytes(self) -> int:
        """Length of the session keys."""
        return PACE_ECDH_GM_AES[self.protocol]

    @property
    def curve(self) -> Curve:
        """The domain parameters."""
        return BY_PARAMETER_ID[self.parameter_id]

    @property
    def name(self) -> str:
        """For the evidence record."""
        return f"PACE-ECDH-GM-AES-CBC-CMAC-{self.key_bytes * 8}/{self.curve.name}"


@dataclass(frozen=True, slots=True)
class ChipKey:
    """The chip's static public key and how to authenticate with it."""

    protocol: str
    curve: Curve
    public: bytes
    """Uncompressed point."""
    key_id: int | None

    @property
    def key_bytes(self) -> int:
        """Length of the session keys."""
        return CHIP_ECDH_AES[self.protocol]


def _infos(encoded: bytes) -> list[SecurityInfo]:
    return list(strict(SecurityInfos, encoded))


def _number(value: AnyValue) -> int:
    number: int = strict(Integer, value.dump()).native
    return number


def pace_infos(encoded: bytes) -> list[PaceInfo]:
    """Return every way in that we know, in the card's order.

    Args:
        encoded: the SecurityInfos of EF.CardAccess, or of DG14 without its tag.

    Raises:
        CardUnreadable: malformed.
    """
    found = []
    for info in _infos(encoded):
        protocol = info["protocol"].dotted
        if protocol not in PACE_ECDH_GM_AES or _number(info["required"]) != PACE_VERSION:
            continue
        if info["optional"].native is None:
            raise CardUnreadable("PACE without domain parameters")
        parameter_id = _number(info["optional"])
        if parameter_id in BY_PARAMETER_ID:
            found.append(PaceInfo(protocol, parameter_id))
    return found


def security_infos_of_dg14(file: bytes) -> bytes:
    """Return the SecurityInfos inside DG14.

    Raises:
        CardUnreadable: no DG14.
    """
    return tlv.only(file, 0x6E)


def chip_key(encoded: bytes) -> ChipKey:
    """Return the chip's key with its protocol.

    Raises:
        CardUnreadable: malformed, or no chip authentication that we know.
    """
    protocols: dict[int | None, str] = {}
    keys: dict[int | None, PublicKeyInfo] = {}
    for info in _infos(encoded):
        protocol = info["protocol"].dotted
        key_id = None if info["optional"].native is None else _number(info["optional"])
        if protocol in CHIP_ECDH_AES and _number(info["required"]) == CHIP_VERSION:
            protocols[key_id] = protocol
        elif protocol == CHIP_KEY_ECDH:
            keys[key_id] = strict(PublicKeyInfo, info["required"].dump())
    for key_id, protocol in protocols.items():
        if key_id in keys:
            return ChipKey(protocol, *curve_and_point(keys[key_id]), key_id)
    raise CardUnreadable("no chip authentication that we know")
