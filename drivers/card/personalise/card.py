"""One virtual card: files and keys of a synthetic person, and what is wrong with it."""

from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image

from drivers.card.personalise import chip_keys, pki
from drivers.card.personalise.chip_keys import NO_KEYS, ChipKeys
from drivers.card.personalise.person import Person
from drivers.card.personalise.spec import Fault, Layout, Spec
from drivers.card.personalise.suite import KeyKind, Suite
from drivers.card.profile import hkid_details
from drivers.card.protocol import tlv
from drivers.card.protocol.access_key import Password, from_can, from_mrz
from drivers.card.protocol.card_files import build_atr_info
from drivers.card.protocol.data_groups import JPEG, JPEG_2000, build_dg1, build_dg2
from drivers.card.protocol.files import File
from drivers.card.protocol.lds import ATR_INFO, CARD_ACCESS, CARD_SECURITY, GROUPS, SOD
from drivers.card.protocol.mrz import Mrz, build
from drivers.card.protocol.security_info import Mapping, SecurityInfos

ISSUER = "UTO"
DEFAULT = Spec()
_ORDERED = 2_000
"""More bytes than any command of ours has."""


@dataclass(frozen=True, slots=True, repr=False)
class VirtualCard:
    """What the software chip plays."""

    files: dict[File, bytes]
    secrets: dict[Password, bytes]
    chip: ChipKeys = NO_KEYS
    offers_bac: bool = False
    applications: frozenset[bytes] = frozenset()
    """AIDs that it answers before access, beside the one of ICAO."""
    longest_answer: int = 256
    fault: Fault = Fault.NONE


def personalise(
    person: Person, portrait: bytes, csca: pki.Authority, spec: Spec = DEFAULT
) -> VirtualCard:
    """Make the card of `person` with an encoded portrait, issued under `csca`."""
    if spec.layout is Layout.HKID_2003:
        return VirtualCard(files={}, secrets={})
    keys = chip_keys.make(spec)
    signer = issuing_key(csca, spec)
    groups = _groups(person, portrait, spec, keys)
    files = {SOD: pki.sign(groups, signer, digest=spec.digest)}
    if spec.pace:
        files[CARD_ACCESS] = access_file(spec)
    if keys.mapping_infos:
        infos = _dump([*_offers(spec), *keys.mapping_infos])
        files[CARD_SECURITY] = pki.sign_card_security(infos, signer)
    if spec.longest_answer > 256:
        files[ATR_INFO] = build_atr_info(_ORDERED, spec.longest_answer)
    files |= {GROUPS[number]: content for number, content in groups.items()}
    return VirtualCard(
        files=_spoilt(files, person, spec),
        secrets=_secrets(person, spec),
        chip=replace(
            keys, secret=keys.secret ^ 1, mapping_secret=keys.mapping_secret ^ 1, sign=None
        )
        if spec.fault is Fault.CLONED
        else keys,
        offers_bac=spec.bac or not spec.pace,
        longest_answer=spec.longest_answer,
        fault=spec.fault,
    )


def _secrets(person: Person, spec: Spec) -> dict[Password, bytes]:
    printed = from_mrz(person.number, person.birth[2:], person.issued[2:])
    found = {Password.MRZ: printed.secret}
    return found | {Password.CAN: from_can(spec.can).secret} if spec.can else found


def issuing_key(csca: pki.Authority, spec: Spec, *, kind: str = "I") -> pki.Authority:
    """Make the document signer of a card of that `kind`, or what is wrong with it."""
    issuer = pki.make_csca() if spec.fault is Fault.UNKNOWN_SIGNER else csca
    years = (2018, 2020) if spec.fault is Fault.EXPIRED_SIGNER else (2018, 2035)
    suite = Suite(
        key=KeyKind(spec.signer),
        digest=spec.digest,
        pss=spec.signer_pss,
        explicit=spec.signer_explicit,
    )
    return pki.make_signer(issuer, years=years, suite=suite, document_types=[kind])


def access_file(spec: Spec, keys: ChipKeys = NO_KEYS) -> bytes:
    """Return EF.CardAccess; with keys, what DG14 signs of it and of them."""
    return _dump([*_offers(spec), *keys.infos])


def _offers(spec: Spec) -> list[dict[str, object]]:
    return [chip_keys.pace_info(spec, mapping) for mapping in spec.pace]


def _dump(infos: list[dict[str, object]]) -> bytes:
    encoded: bytes = SecurityInfos(infos).dump()
    return encoded


def _groups(person: Person, portrait: bytes, spec: Spec, keys: ChipKeys) -> dict[int, bytes]:
    image = Image.open(BytesIO(portrait))
    kind = JPEG if image.format == "JPEG" else JPEG_2000
    width, height = image.size
    groups = {
        1: _dg1(person),
        2: build_dg2(portrait, kind=kind, width=width, height=height, standard=spec.portrait),
        13: hkid_details.build(person.details),
    }
    if spec.pace or keys.infos:
        groups[14] = tlv.build(0x6E, access_file(spec, keys))
    if keys.public:
        groups[15] = tlv.build(0x6F, keys.public)
    return groups


def _dg1(person: Person) -> bytes:
    mrz = Mrz(
        issuer=ISSUER,
        number=person.number,
        birth=person.birth[2:],
        sex=person.sex,
        surname=person.surname.upper(),
        given=person.given.upper(),
    )
    return build_dg1(build(mrz))


def _spoilt(files: dict[File, bytes], person: Person, spec: Spec) -> dict[File, bytes]:
    """Return the files with what is wrong with them."""
    match spec.fault:
        case Fault.FORGED:
            # The last byte belongs to the signature value.
            return files | {SOD: files[SOD][:-1] + bytes((files[SOD][-1] ^ 1,))}
        case Fault.CHANGED:
            return files | {GROUPS[1]: _dg1(replace(person, given="Tai Ming"))}
        case Fault.TRUNCATED:
            portrait = files[GROUPS[2]]
            return files | {GROUPS[2]: portrait[: len(portrait) // 2]}
        case Fault.DOWNGRADED:
            worse = replace(spec, pace=(Mapping.GENERIC,), pace_cipher="3DES")
            return files | {CARD_ACCESS: _dump(_offers(worse))}
        case _:
            return files
