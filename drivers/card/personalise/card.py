"""One virtual card: files and keys of a synthetic person, and what is wrong with it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO

from asn1crypto.core import Integer
from asn1crypto.keys import PublicKeyInfo
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

from drivers.card.personalise import pki
from drivers.card.personalise.person import Person
from drivers.card.profile import icao
from drivers.card.profile.icao import CARD_ACCESS, DG1, DG2, DG14, SOD
from drivers.card.profile.reading import Print
from drivers.card.protocol import tlv
from drivers.card.protocol.data_groups import JPEG, build_dg1, build_dg2
from drivers.card.protocol.mrz import Mrz, build_td1
from drivers.card.protocol.security_info import CHIP_KEY_ECDH, SecurityInfos

_PACE = "0.4.0.127.0.7.2.2.4.2.2"
_CHIP = "0.4.0.127.0.7.2.2.3.2.2"
_P256 = 12
ISSUER = "UTO"


class Fault(StrEnum):
    """What can be wrong with a card."""

    NONE = "none"
    FORGED = "forged"
    """The signature over the security object is another's."""
    CHANGED = "changed"
    """A data group was changed after signing."""
    UNKNOWN_SIGNER = "unknown_signer"
    """Signed under a CSCA that no terminal trusts."""
    EXPIRED_SIGNER = "expired_signer"
    CLONED = "cloned"
    """All files copied, the chip's private key not."""
    TRUNCATED = "truncated"
    """DG2 ends before its length says."""
    MUTE = "mute"
    """Stops answering in the middle of the portrait."""
    TORN = "torn"
    """Leaves the reader in the middle of the portrait."""


@dataclass(frozen=True, slots=True, repr=False)
class VirtualCard:
    """What the software chip plays."""

    files: dict[int, bytes]
    secret: bytes
    chip_secret: int
    fault: Fault = Fault.NONE


def _security_infos(chip: ec.EllipticCurvePrivateKey) -> tuple[bytes, bytes]:
    """Return EF.CardAccess and DG14."""
    pace = {"protocol": _PACE, "required": Integer(2), "optional": Integer(_P256)}
    public = PublicKeyInfo.load(
        chip.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    authentication = {"protocol": _CHIP, "required": Integer(1)}
    key = {"protocol": CHIP_KEY_ECDH, "required": public}
    access = SecurityInfos([pace]).dump()
    return access, tlv.build(0x6E, SecurityInfos([pace, authentication, key]).dump())


def _dg1(person: Person) -> bytes:
    mrz = Mrz(
        issuer=ISSUER,
        number=person.number,
        birth=person.birth[2:],
        sex=person.sex,
        surname=person.surname.upper(),
        given=person.given.upper(),
    )
    return build_dg1(build_td1(mrz))


def personalise(
    person: Person, portrait: bytes, csca: pki.Authority, *, fault: Fault = Fault.NONE
) -> VirtualCard:
    """Make the card of `person` with a JPEG portrait, issued under `csca`."""
    chip = ec.generate_private_key(ec.SECP256R1())
    access, dg14 = _security_infos(chip)
    width, height = Image.open(BytesIO(portrait)).size
    groups = {1: _dg1(person), 2: build_dg2(portrait, kind=JPEG, width=width, height=height)}
    groups[14] = dg14
    issuer = pki.make_csca() if fault is Fault.UNKNOWN_SIGNER else csca
    years = (2018, 2020) if fault is Fault.EXPIRED_SIGNER else (2018, 2035)
    sod = pki.sign(groups, pki.make_signer(issuer, years=years))
    if fault is Fault.FORGED:
        # The last byte belongs to the signature value.
        sod = sod[:-1] + bytes((sod[-1] ^ 1,))
    if fault is Fault.CHANGED:
        groups[1] = _dg1(replace(person, given="Tai Ming"))
    if fault is Fault.TRUNCATED:
        groups[2] = groups[2][: len(groups[2]) // 2]
    secret = chip.private_numbers().private_value
    printed = Print(person.number, person.birth, person.issued)
    return VirtualCard(
        files={CARD_ACCESS: access, SOD: sod, DG1: groups[1], DG2: groups[2], DG14: dg14},
        secret=icao.secret(printed),
        chip_secret=secret ^ 1 if fault is Fault.CLONED else secret,
        fault=fault,
    )
