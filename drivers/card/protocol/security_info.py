"""SecurityInfos: what the card offers for access and authenticity.

They stand in EF.CardAccess, unsigned, and again in DG14 and EF.CardSecurity, signed.
Unknown entries are passed over, as the standard allows.
Source: ICAO Doc 9303-11, 9.2 (SecurityInfos), 9.5.1 (standardised domain parameters).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from asn1crypto.core import Any as AnyValue
from asn1crypto.core import Integer, ObjectIdentifier, OctetBitString, Sequence, SetOf
from asn1crypto.keys import PublicKeyInfo

from drivers.card.protocol import tlv
from drivers.card.protocol.curves import Curve
from drivers.card.protocol.der import fail_closed, strict
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.keys import AES_128, AES_192, AES_256, TRIPLE_DES, Cipher
from drivers.card.protocol.public_key import curve_and_point
from drivers.card.protocol.standard_curves import BY_PARAMETER_ID

_BSI = "0.4.0.127.0.7"
_CIPHERS: dict[str, Cipher] = {"1": TRIPLE_DES, "2": AES_128, "3": AES_192, "4": AES_256}
_STANDARDISED = f"{_BSI}.1.2"
CHIP_KEY_ECDH = f"{_BSI}.2.2.1.2"
ACTIVE_AUTHENTICATION = "2.23.136.1.1.5"
PACE_VERSION = 2
CHIP_VERSION = 1


class Mapping(StrEnum):
    """How PACE makes a generator of the nonce."""

    GENERIC = "GM"
    INTEGRATED = "IM"
    CHIP_AUTHENTICATION = "CAM"


_MAPPINGS = {"2": Mapping.GENERIC, "4": Mapping.INTEGRATED, "6": Mapping.CHIP_AUTHENTICATION}
PACE_ECDH = {
    f"{_BSI}.2.2.4.{arc}.{last}": (mapping, cipher)
    for arc, mapping in _MAPPINGS.items()
    for last, cipher in _CIPHERS.items()
    if (mapping, cipher) != (Mapping.CHIP_AUTHENTICATION, TRIPLE_DES)
}
"""id-PACE-ECDH-GM, -IM and -CAM with each cipher (9303-11, 9.2.3)."""
CHIP_ECDH = {f"{_BSI}.2.2.3.2.{last}": cipher for last, cipher in _CIPHERS.items()}
"""id-CA-ECDH with each cipher (9303-11, 9.2.7)."""


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


class _Algorithm(Sequence):  # type: ignore[misc]
    _fields = [("algorithm", ObjectIdentifier), ("parameters", AnyValue)]  # noqa: RUF012


class StandardisedKeyInfo(Sequence):  # type: ignore[misc]
    """SubjectPublicKeyInfo whose curve is named by its parameter identifier."""

    _fields = [("algorithm", _Algorithm), ("public_key", OctetBitString)]  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """One way in: PACE with ECDH."""

    protocol: str
    parameter_id: int

    @property
    def mapping(self) -> Mapping:
        """How the generator is made."""
        return PACE_ECDH[self.protocol][0]

    @property
    def cipher(self) -> Cipher:
        """What the session is protected with."""
        return PACE_ECDH[self.protocol][1]

    @property
    def curve(self) -> Curve:
        """The domain parameters."""
        return BY_PARAMETER_ID[self.parameter_id]

    @property
    def name(self) -> str:
        """For the evidence record."""
        return f"PACE-ECDH-{self.mapping}-{self.cipher.name}/{self.curve.name}"


@dataclass(frozen=True, slots=True)
class ChipKey:
    """A static public key of the chip and the cipher to authenticate with."""

    protocol: str
    curve: Curve
    public: bytes
    """Uncompressed point."""
    key_id: int | None

    @property
    def cipher(self) -> Cipher:
        """What the new session is protected with."""
        return CHIP_ECDH[self.protocol]

    @property
    def name(self) -> str:
        """For the evidence record."""
        return f"CA-ECDH-{self.cipher.name}/{self.curve.name}"


def _number(value: AnyValue) -> int:
    number: int = strict(Integer, value.dump()).native
    return number


def _key_id(info: SecurityInfo) -> int | None:
    return None if info["optional"].native is None else _number(info["optional"])


@dataclass(frozen=True, slots=True)
class Offers:
    """What one set of SecurityInfos says, as far as we know it."""

    pace: tuple[PaceInfo, ...]
    """Ways in, in the card's order."""
    chip: ChipKey | None
    """Chip authentication, AES before 3DES."""
    chip_points: dict[int | None, tuple[Curve, bytes]]
    """Static keys of the chip by their number."""
    signature: str | None
    """OID of the signature that ECDSA active authentication uses."""

    def mapping_key(self, parameter_id: int) -> tuple[Curve, bytes]:
        """Return the static key that PACE with chip authentication mapping proves.

        Args:
            parameter_id: of the PACE that was run; the key has the same number (9.2.1).

        Raises:
            CardUnreadable: no such key on that curve.
        """
        found = self.chip_points.get(parameter_id)
        if found is None or found[0].parameter_id != parameter_id:
            raise CardUnreadable("no chip key for the mapping")
        return found


def parse(encoded: bytes) -> Offers:
    """Read SecurityInfos: of EF.CardAccess, EF.CardSecurity, or DG14 without its tag.

    Raises:
        CardUnreadable: malformed, or a protocol that we know without what it needs.
    """
    infos = list(strict(SecurityInfos, encoded))
    points = {
        _key_id(info): _point(info["required"].dump())
        for info in infos
        if info["protocol"].dotted == CHIP_KEY_ECDH
    }
    return Offers(_pace(infos), _chip(infos, points), points, _signature(infos))


def _pace(infos: list[SecurityInfo]) -> tuple[PaceInfo, ...]:
    found = []
    for info in infos:
        protocol = info["protocol"].dotted
        if protocol not in PACE_ECDH or _number(info["required"]) != PACE_VERSION:
            continue
        parameter_id = _key_id(info)
        if parameter_id is None:
            raise CardUnreadable("PACE without domain parameters")
        if parameter_id in BY_PARAMETER_ID:
            found.append(PaceInfo(protocol, parameter_id))
    return tuple(found)


def _chip(
    infos: list[SecurityInfo], points: dict[int | None, tuple[Curve, bytes]]
) -> ChipKey | None:
    protocols = [
        (info["protocol"].dotted, _key_id(info))
        for info in infos
        if info["protocol"].dotted in CHIP_ECDH and _number(info["required"]) == CHIP_VERSION
    ]
    if not protocols:
        return None
    for protocol, key_id in sorted(protocols, key=lambda p: CHIP_ECDH[p[0]] is TRIPLE_DES):
        if key_id in points:
            return ChipKey(protocol, *points[key_id], key_id)
    raise CardUnreadable("chip authentication without its key")


def _signature(infos: list[SecurityInfo]) -> str | None:
    for info in infos:
        if info["protocol"].dotted == ACTIVE_AUTHENTICATION:
            algorithm: str = strict(ObjectIdentifier, info["optional"].dump()).dotted
            return algorithm
    return None


def _point(encoded: bytes) -> tuple[Curve, bytes]:
    """Read a SubjectPublicKeyInfo, its curve named by OID, by number, or spelt out."""
    info: Any = strict(StandardisedKeyInfo, encoded)
    if info["algorithm"]["algorithm"].dotted != _STANDARDISED:
        return curve_and_point(strict(PublicKeyInfo, encoded))
    with fail_closed("a key of a form that we do not take"):
        curve = BY_PARAMETER_ID[_number(info["algorithm"]["parameters"])]
        point: bytes = info["public_key"].native
        curve.point(point)
        return curve, point


def parse_dg14(file: bytes) -> Offers:
    """Read DG14.

    Raises:
        CardUnreadable: malformed; see `parse`.
    """
    return parse(tlv.only(file, 0x6E))


def preferred(offered: tuple[PaceInfo, ...]) -> PaceInfo:
    """Return the best way in: AES before 3DES, then the mapping that proves the chip too.

    Raises:
        CardUnreadable: none that we know.
    """
    if not offered:
        raise CardUnreadable("no way in that we know")
    order = (Mapping.CHIP_AUTHENTICATION, Mapping.GENERIC, Mapping.INTEGRATED)
    return min(offered, key=lambda info: (info.cipher is TRIPLE_DES, order.index(info.mapping)))
