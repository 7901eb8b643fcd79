"""The ways into a card and how its chip is proved, against a software chip."""

from dataclasses import replace

import pytest
from asn1crypto.core import Integer

from drivers.card.personalise.card import personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.spec import ChipProofKind, Fault, Spec
from drivers.card.profile.icao import IcaoProfile
from drivers.card.protocol import tlv
from drivers.card.protocol.access_key import Password
from drivers.card.protocol.errors import (
    CardUnreadable,
    ChipCloned,
    DataChanged,
    FileNotOnCard,
    KeyRefused,
)
from drivers.card.protocol.lds import CARD_ACCESS
from drivers.card.protocol.security_info import Mapping, SecurityInfos
from drivers.card.protocol.standard_curves import CURVES
from tests.support.cards import ChipChannel
from tests.support.icao_cards import CSCA, DG14, GOOD, PHOTO, read, reissued


def _pace(last: int, parameter_id: int = 12) -> dict[str, object]:
    protocol = f"0.4.0.127.0.7.2.2.4.2.{last}"
    return {"protocol": protocol, "required": Integer(2), "optional": Integer(parameter_id)}


SUITES = [
    Spec(
        pace=(mapping,), pace_cipher=cipher, pace_curve=curve, chip_cipher=cipher, chip_curve=curve
    )
    for mapping in Mapping
    for cipher in ("3DES", "AES-128", "AES-192", "AES-256")
    for curve in (curve.name for curve in CURVES)
    if (mapping, cipher) != (Mapping.CHIP_AUTHENTICATION, "3DES")
]


@pytest.mark.parametrize(
    "spec", SUITES, ids=lambda s: f"{s.pace[0]}-{s.pace_cipher}-{s.pace_curve}"
)
def test_each_suite_opens_a_card_and_proves_its_chip(spec: Spec) -> None:
    provenance = read(personalise(SPECIMEN, PHOTO, CSCA, spec)).provenance
    cipher = (
        "3DES-CBC-CBC" if spec.pace_cipher == "3DES" else f"AES-CBC-CMAC-{spec.pace_cipher[4:]}"
    )
    assert provenance.access == f"PACE-ECDH-{spec.pace[0]}-{cipher}/{spec.pace_curve}"
    by_mapping = spec.pace[0] is Mapping.CHIP_AUTHENTICATION
    chip = provenance.access if by_mapping else f"CA-ECDH-{cipher}/{spec.chip_curve}"
    assert provenance.chip == chip


@pytest.mark.parametrize(
    ("spec", "chip"),
    [
        (Spec(chip=ChipProofKind.ACTIVE_RSA), "AA-RSA-1280-sha256"),
        (Spec(chip=ChipProofKind.ACTIVE_ECDSA), "AA-ECDSA-secp256r1-sha256"),
        (Spec(chip=ChipProofKind.ACTIVE_ECDSA, chip_curve="brainpoolP384r1"),
         "AA-ECDSA-brainpoolP384r1-sha256"),
    ],
)  # fmt: skip
def test_active_authentication_proves_a_chip_that_has_no_other_way(spec: Spec, chip: str) -> None:
    assert read(personalise(SPECIMEN, PHOTO, CSCA, spec)).provenance.chip == chip
    copied = replace(spec, fault=Fault.CLONED)
    with pytest.raises(ChipCloned):
        read(personalise(SPECIMEN, PHOTO, CSCA, copied))


def test_a_copy_of_a_chip_is_told_after_the_mapping_too() -> None:
    spec = Spec(pace=(Mapping.CHIP_AUTHENTICATION,), fault=Fault.CLONED)
    with pytest.raises(ChipCloned, match="mapping"):
        read(personalise(SPECIMEN, PHOTO, CSCA, spec))


def test_a_card_with_bac_alone_is_opened_and_said_to_be() -> None:
    provenance = read(personalise(SPECIMEN, PHOTO, CSCA, Spec(pace=()))).provenance
    assert provenance.access == "BAC-3DES-CBC-CBC"
    assert any(gap.startswith("access: BAC") for gap in provenance.not_verified)


def test_a_card_whose_pace_fails_is_not_opened_with_bac() -> None:
    card = personalise(SPECIMEN, PHOTO, CSCA, Spec(bac=True))
    channel = ChipChannel(replace(card, secrets={Password.MRZ: bytes(20)}))
    with pytest.raises(KeyRefused, match="PACE"):
        read(channel)
    assert not any(command[1] in {0x82, 0x84} for command in channel.commands)


def test_a_card_that_hides_its_pace_is_told() -> None:
    """Without EF.CardAccess the terminal takes BAC; the signed DG14 knows better."""
    card = personalise(SPECIMEN, PHOTO, CSCA, Spec(bac=True))
    files = {file: content for file, content in card.files.items() if file != CARD_ACCESS}
    with pytest.raises(DataChanged, match="CardAccess"):
        read(replace(card, files=files))


def test_a_chip_that_proves_nothing_is_refused_unless_nobody_asks() -> None:
    card = personalise(SPECIMEN, PHOTO, CSCA, Spec(chip=ChipProofKind.NONE))
    with pytest.raises(CardUnreadable, match="no proof"):
        read(card)
    provenance = read(card, profile=IcaoProfile(ask_chip=False)).provenance
    assert provenance.chip == ""
    assert any("copy" in gap for gap in provenance.not_verified)


def _signed_infos() -> SecurityInfos:
    infos: SecurityInfos = SecurityInfos.load(tlv.only(GOOD.files[DG14], 0x6E))
    return infos


@pytest.mark.parametrize(
    ("offered", "signed"), [([2], [2, 4]), ([2, 4], [2])], ids=["one less", "one more"]
)
def test_ways_in_that_were_not_signed_are_told(offered: list[int], signed: list[int]) -> None:
    access = SecurityInfos([_pace(last) for last in offered]).dump(force=True)
    kept = [info for info in _signed_infos() if info["protocol"].dotted != _pace(2)["protocol"]]
    infos = SecurityInfos([*kept, *(_pace(last) for last in signed)])
    dg14 = tlv.build(0x6E, infos.dump(force=True))
    with pytest.raises(DataChanged, match="CardAccess"):
        read(reissued({CARD_ACCESS: access, DG14: dg14}))


def test_a_card_without_a_way_in_that_we_know_is_unreadable() -> None:
    files = {**GOOD.files, CARD_ACCESS: b"\x31\x00"}
    with pytest.raises(FileNotOnCard, match="6982"):
        read(replace(GOOD, files=files))


def test_a_chip_that_keeps_talking_under_the_old_keys_is_cloned() -> None:
    class Copycat(ChipChannel):
        """Refuses to change keys at chip authentication."""

        def transmit(self, command: bytes) -> bytes:
            session = self._chip._session
            response = super().transmit(command)
            self._chip._session = session or self._chip._session
            return response

    with pytest.raises(ChipCloned):
        read(Copycat(GOOD))
