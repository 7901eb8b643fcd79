"""Virtual service cards of our own issuing authority; their PIN is no secret of anybody."""

from dataclasses import replace

from drivers.card.personalise import chip_keys, pki
from drivers.card.personalise.card import ISSUER, VirtualCard, access_file, issuing_key
from drivers.card.personalise.spec import Fault, Spec
from drivers.card.profile.service import APPLICATION, CODE
from drivers.card.protocol import tlv
from drivers.card.protocol.access_key import Password, from_pin
from drivers.card.protocol.data_groups import build_dg1
from drivers.card.protocol.lds import CARD_ACCESS, GROUPS, SOD
from drivers.card.protocol.mrz import Mrz, build

PIN = "314159"
NUMBER = 17


def make_authority() -> pki.Authority:
    """Make an authority that issues service cards; no citizen's card is signed under it."""
    return pki.make_csca("Specimen Service Cards")


def personalise_service(
    authority: pki.Authority,
    *,
    pin: str = PIN,
    number: int = NUMBER,
    fault: Fault = Fault.NONE,
) -> VirtualCard:
    """Make service card `number`; of the faults, those of its signature and its chip exist."""
    spec = Spec(fault=fault)
    keys = chip_keys.make(spec)
    mrz = Mrz(issuer=ISSUER, number=f"S{number:08d}", birth="000101", sex="X", surname="SERVICE",
              given="CARD", code=CODE)  # fmt: skip
    access = access_file(spec)
    groups = {1: build_dg1(build(mrz)), 14: tlv.build(0x6E, access_file(spec, keys))}
    sod = pki.sign(groups, issuing_key(authority, spec, kind=CODE))
    if fault is Fault.FORGED:
        sod = sod[:-1] + bytes((sod[-1] ^ 1,))
    return VirtualCard(
        files={SOD: sod, CARD_ACCESS: access}
        | {GROUPS[group]: content for group, content in groups.items()},
        secrets={Password.PIN: from_pin(pin).secret},
        chip=replace(keys, secret=keys.secret ^ 1) if fault is Fault.CLONED else keys,
        applications=frozenset({APPLICATION}),
        fault=fault,
    )
