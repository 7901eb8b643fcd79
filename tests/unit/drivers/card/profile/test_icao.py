"""The open profile against a software chip: a reading is whole and verified, or none."""

import ast
import hashlib
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from asn1crypto.core import Integer
from cryptography.hazmat.primitives import hashes
from hypothesis import given, settings
from hypothesis import strategies as st

import drivers
from drivers.card.personalise import pki
from drivers.card.personalise.card import VirtualCard, personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.spec import ChipProofKind, Fault, Layout, Spec
from drivers.card.profile.icao import IcaoProfile
from drivers.card.profile.plan import SHORT, ReadPlan
from drivers.card.profile.reading import CardRead, Print, Step, whole
from drivers.card.protocol import tlv
from drivers.card.protocol.access_key import Password
from drivers.card.protocol.data_groups import build_dg1
from drivers.card.protocol.dialogue import Dialogue, converse
from drivers.card.protocol.errors import (
    CardRemoved,
    CardUnreadable,
    ChipCloned,
    DataChanged,
    DiffersFromPrint,
    FileNotOnCard,
    KeyRefused,
    SignatureBad,
    SignerExpired,
    SignerUnknown,
)
from drivers.card.protocol.files import File
from drivers.card.protocol.lds import CARD_ACCESS, GROUPS, SOD
from drivers.card.protocol.mrz import Mrz, build
from drivers.card.protocol.security_info import Mapping, SecurityInfos
from drivers.card.protocol.standard_curves import CURVES
from drivers.card.protocol.trust import TrustStore
from drivers.errors import DeviceError, LocalProtocolError
from tests.support.cards import ChipChannel, portrait
from tests.support.certificates import NOW
from tests.support.transcript import TranscriptChannel

CSCA = pki.make_csca()
TRUST = TrustStore((CSCA.certificate,))
PHOTO = portrait()
PRINT = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
PROFILE = IcaoProfile()
DG1, DG2, DG14 = (GROUPS[number] for number in (1, 2, 14))
GOOD = personalise(SPECIMEN, PHOTO, CSCA)


class Drawn:
    """Draws the same numbers each time, so that a reading can be repeated byte for byte."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, most: int) -> int:
        self._count += 1
        digest = hashlib.sha256(bytes((self._count,))).digest()
        return int.from_bytes(digest, "big") % most


def _read(
    card: VirtualCard | ChipChannel,
    printed: Print = PRINT,
    *,
    profile: IcaoProfile = PROFILE,
    plan: ReadPlan = SHORT,
    progress: Callable[[Step, float], None] = lambda _step, _share: None,
) -> CardRead:
    channel = ChipChannel(card) if isinstance(card, VirtualCard) else card
    return converse(_reading(printed, profile=profile, plan=plan, progress=progress), channel)


def _reading(
    printed: Print = PRINT,
    *,
    profile: IcaoProfile = PROFILE,
    plan: ReadPlan = SHORT,
    progress: Callable[[Step, float], None] = lambda _step, _share: None,
) -> Dialogue[CardRead]:
    return whole(profile, printed, TRUST, now=NOW, draw=Drawn(), progress=progress, plan=plan)


def _reissued(files: dict[File, bytes], card: VirtualCard = GOOD) -> VirtualCard:
    """Return a card with other files, signed anew by a good issuer."""
    changed = {**card.files, **files}
    groups = {number: changed[file] for number, file in GROUPS.items() if file in changed}
    return replace(card, files={**changed, SOD: pki.sign(groups, pki.make_signer(CSCA))})


def test_a_good_card_is_read_whole() -> None:
    card = _read(GOOD)
    assert (card.number, card.name, card.birth, card.sex) == (
        SPECIMEN.number,
        f"{SPECIMEN.surname}, {SPECIMEN.given}".upper(),
        SPECIMEN.birth,
        SPECIMEN.sex,
    )
    assert card.portrait == PHOTO
    provenance = card.provenance
    assert provenance.access == "PACE-ECDH-GM-AES-CBC-CMAC-128/P-256"
    assert provenance.chip == "CA-ECDH-AES-CBC-CMAC-128/P-256"
    assert provenance.sod_digest == hashlib.sha256(GOOD.files[SOD]).digest()
    assert provenance.groups == (1, 2, 14)
    assert "not read: DG13" in provenance.not_verified


def test_the_evidence_names_the_document_signer() -> None:
    signer = pki.make_signer(CSCA)
    groups = {1: GOOD.files[DG1], 2: GOOD.files[DG2], 14: GOOD.files[DG14]}
    card = replace(GOOD, files={**GOOD.files, SOD: pki.sign(groups, signer)})
    assert _read(card).provenance.chain.signer == signer.certificate.fingerprint(hashes.SHA256())


def test_a_reading_repeats_byte_for_byte() -> None:
    channel = ChipChannel(GOOD)
    first = _read(channel)
    exchanges = zip(channel.commands, channel.responses, strict=True)
    transcript = TranscriptChannel((c.hex(), r.hex()) for c, r in exchanges)
    assert converse(_reading(), transcript) == first
    transcript.assert_finished()


def test_nothing_personal_crosses_the_link_in_clear() -> None:
    channel = ChipChannel(GOOD)
    _read(channel)
    crossed = b"".join(channel.commands + channel.responses)
    for secret in (SPECIMEN.number, SPECIMEN.birth[2:], SPECIMEN.surname, "SIU"):
        assert secret.encode() not in crossed
    assert PHOTO[:16] not in crossed


def test_progress_rises_from_nothing_to_the_whole_through_every_step() -> None:
    told: list[tuple[Step, float]] = []
    _read(GOOD, progress=lambda step, share: told.append((step, share)))
    assert told[0] == (Step.ACCESS, 0.0)
    assert told[-1] == (Step.AUTHENTICITY, 1.0)
    assert all(before[1] <= after[1] for before, after in pairwise(told))
    assert [step for step in Step if step in {step for step, _ in told}] == list(Step)


@pytest.mark.parametrize(
    "printed",
    [
        replace(PRINT, number="A1234564"),
        replace(PRINT, birth="19700101"),
        replace(PRINT, issued="20200101"),
    ],
    ids=["number", "birth", "issue"],
)
def test_another_print_does_not_open_the_card(printed: Print) -> None:
    channel = ChipChannel(GOOD)
    with pytest.raises(KeyRefused):
        _read(channel, printed)
    assert not any(command[0] & 0x0C for command in channel.commands), "no session was begun"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.FORGED, SignatureBad),
        (Fault.CHANGED, DataChanged),
        (Fault.UNKNOWN_SIGNER, SignerUnknown),
        (Fault.EXPIRED_SIGNER, SignerExpired),
        (Fault.CLONED, ChipCloned),
        (Fault.TRUNCATED, CardUnreadable),
    ],
)
def test_what_is_wrong_with_a_card_is_told_by_its_code(
    fault: Fault, error: type[DeviceError]
) -> None:
    with pytest.raises(DeviceError) as caught:
        _read(personalise(SPECIMEN, PHOTO, CSCA, Spec(fault=fault)))
    assert type(caught.value) is error


@pytest.mark.parametrize("file", [SOD, DG1, DG2], ids=lambda file: file.name)
def test_a_missing_file_is_told(file: File) -> None:
    files = {kept: content for kept, content in GOOD.files.items() if kept != file}
    with pytest.raises(FileNotOnCard):
        _read(replace(GOOD, files=files))


def test_a_card_without_the_application_is_told() -> None:
    with pytest.raises(FileNotOnCard):
        _read(personalise(SPECIMEN, PHOTO, CSCA, Spec(layout=Layout.HKID_2003)))


@pytest.mark.parametrize("group", [DG1, DG2, DG14], ids=lambda file: file.name)
def test_a_changed_data_group_is_told(group: File) -> None:
    other = _reissued({DG2: personalise(SPECIMEN, PHOTO + b"\0", CSCA).files[DG2]})
    if group == DG14:
        other = personalise(SPECIMEN, PHOTO, CSCA)
    if group == DG1:
        mrz = Mrz("UTO", SPECIMEN.number, SPECIMEN.birth[2:], "M", "LAM", "TAI MING")
        other = _reissued({DG1: build_dg1(build(mrz))})
    files = {**GOOD.files, group: other.files[group]}
    with pytest.raises(DataChanged):
        _read(replace(GOOD, files=files, chip=other.chip))


def test_the_security_object_of_another_card_is_told() -> None:
    other = personalise(replace(SPECIMEN, given="Tai Ming"), PHOTO, CSCA)
    with pytest.raises(DataChanged):
        _read(replace(GOOD, files={**GOOD.files, SOD: other.files[SOD]}))


@pytest.mark.parametrize(
    "mrz",
    [
        Mrz("UTO", "A1234571", SPECIMEN.birth[2:], "M", "LAM", "SIU MING"),
        Mrz("UTO", SPECIMEN.number, "700101", "M", "LAM", "SIU MING"),
    ],
    ids=["number", "birth"],
)
def test_a_chip_that_says_something_else_than_the_print_is_told(mrz: Mrz) -> None:
    with pytest.raises(DiffersFromPrint):
        _read(_reissued({DG1: build_dg1(build(mrz))}))


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
    provenance = _read(personalise(SPECIMEN, PHOTO, CSCA, spec)).provenance
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
    assert _read(personalise(SPECIMEN, PHOTO, CSCA, spec)).provenance.chip == chip
    copied = replace(spec, fault=Fault.CLONED)
    with pytest.raises(ChipCloned):
        _read(personalise(SPECIMEN, PHOTO, CSCA, copied))


def test_a_copy_of_a_chip_is_told_after_the_mapping_too() -> None:
    spec = Spec(pace=(Mapping.CHIP_AUTHENTICATION,), fault=Fault.CLONED)
    with pytest.raises(ChipCloned, match="mapping"):
        _read(personalise(SPECIMEN, PHOTO, CSCA, spec))


def test_a_card_with_bac_alone_is_opened_and_said_to_be() -> None:
    provenance = _read(personalise(SPECIMEN, PHOTO, CSCA, Spec(pace=()))).provenance
    assert provenance.access == "BAC-3DES-CBC-CBC"
    assert any(gap.startswith("access: BAC") for gap in provenance.not_verified)


def test_a_card_whose_pace_fails_is_not_opened_with_bac() -> None:
    card = personalise(SPECIMEN, PHOTO, CSCA, Spec(bac=True))
    channel = ChipChannel(replace(card, secrets={Password.MRZ: bytes(20)}))
    with pytest.raises(KeyRefused, match="PACE"):
        _read(channel)
    assert not any(command[1] in {0x82, 0x84} for command in channel.commands)


def test_a_card_that_hides_its_pace_is_told() -> None:
    """Without EF.CardAccess the terminal takes BAC; the signed DG14 knows better."""
    card = personalise(SPECIMEN, PHOTO, CSCA, Spec(bac=True))
    files = {file: content for file, content in card.files.items() if file != CARD_ACCESS}
    with pytest.raises(DataChanged, match="CardAccess"):
        _read(replace(card, files=files))


def test_a_chip_that_proves_nothing_is_refused_unless_nobody_asks() -> None:
    card = personalise(SPECIMEN, PHOTO, CSCA, Spec(chip=ChipProofKind.NONE))
    with pytest.raises(CardUnreadable, match="no proof"):
        _read(card)
    provenance = _read(card, profile=IcaoProfile(ask_chip=False)).provenance
    assert provenance.chip == ""
    assert any("copy" in gap for gap in provenance.not_verified)


@pytest.mark.parametrize("number", [11, 13])
def test_further_groups_are_read_where_a_card_has_them(number: int) -> None:
    card = _read(GOOD, profile=IcaoProfile(further_groups=(number,)))
    assert (number in card.groups) is (number == 13)
    assert (number in card.provenance.groups) is (number == 13)


@pytest.mark.parametrize("chunk", [128, 160, 223, 4_000])
def test_files_are_read_in_pieces_of_any_length(chunk: int) -> None:
    card = personalise(SPECIMEN, PHOTO, CSCA, Spec(longest_answer=4_096))
    channel = ChipChannel(card)
    plan = ReadPlan(chunk=chunk, longest_answer=4_096)
    assert _read(channel, plan=plan).portrait == PHOTO


def test_pieces_shorter_than_asked_for_come_together() -> None:
    assert (
        _read(personalise(SPECIMEN, PHOTO, CSCA, Spec(fault=Fault.SHORT_READS))).portrait == PHOTO
    )


@pytest.mark.parametrize("printed", [PRINT, None])
def test_a_probe_opens_nothing(printed: Print | None) -> None:
    card = GOOD if printed else personalise(SPECIMEN, PHOTO, CSCA, Spec(layout=Layout.HKID_2003))
    channel = ChipChannel(card)
    assert converse(PROFILE.probe(), channel) is (printed is not None)
    assert {command[1] for command in channel.commands} <= {0xB0, 0xA4}


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
        _read(_reissued({CARD_ACCESS: access, DG14: dg14}))


def test_a_card_without_a_way_in_that_we_know_is_unreadable() -> None:
    files = {**GOOD.files, CARD_ACCESS: b"\x31\x00"}
    with pytest.raises(FileNotOnCard, match="6982"):
        _read(replace(GOOD, files=files))


def test_a_chip_that_keeps_talking_under_the_old_keys_is_cloned() -> None:
    class Copycat(ChipChannel):
        """Refuses to change keys at chip authentication."""

        def transmit(self, command: bytes) -> bytes:
            session = self._chip._session
            response = super().transmit(command)
            self._chip._session = session or self._chip._session
            return response

    with pytest.raises(ChipCloned):
        _read(Copycat(GOOD))


class _Torn(ChipChannel):
    """Leaves at one command."""

    def __init__(self, card: VirtualCard, at: int, last: bytes) -> None:
        super().__init__(card)
        self._at = at
        self._last = last

    def transmit(self, command: bytes) -> bytes:
        if len(self.commands) == self._at:
            return self._last
        return super().transmit(command)


def _length() -> int:
    channel = ChipChannel(GOOD)
    _read(channel)
    return len(channel.commands)


@pytest.mark.parametrize("last", [b"", b"\x90"])
def test_a_card_torn_out_at_any_command_ends_the_reading(last: bytes) -> None:
    for at in range(_length()):
        with pytest.raises(CardRemoved):
            _read(_Torn(GOOD, at, last))


@pytest.mark.parametrize("status", [0x6982, 0x6988, 0x6F00, 0x6CFF, 0x6110])
def test_a_card_that_refuses_at_any_command_gives_nothing(status: int) -> None:
    for at in range(_length()):
        with pytest.raises(DeviceError) as caught:
            _read(_Torn(GOOD, at, status.to_bytes(2, "big")))
        assert caught.value.code.startswith("card.")


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 40), rubbish=st.binary(min_size=2, max_size=300))
def test_a_card_that_talks_rubbish_gives_nothing_but_our_own_errors(
    at: int, rubbish: bytes
) -> None:
    try:
        card = _read(_Torn(GOOD, at, rubbish))
    except DeviceError:
        return
    assert card == _read(GOOD), "only what changes nothing may be let pass"


@pytest.mark.parametrize(
    "fields",
    [
        ("A123456(3)", "19680412", "20190315"),
        ("", "19680412", "20190315"),
        ("AB12345678", "19680412", "20190315"),
        ("A1234563", "680412", "20190315"),
        ("A1234563", "19680412", "15-03-19"),
    ],
)
def test_a_print_of_another_form_is_our_own_bug_and_not_repeated(
    fields: tuple[str, str, str],
) -> None:
    with pytest.raises(LocalProtocolError) as caught:
        Print(*fields)
    assert not any(field and field in str(caught.value) for field in fields)


def test_no_repr_shows_who_the_citizen_is() -> None:
    shown = repr(PRINT) + repr(_read(GOOD))
    assert not any(word in shown for word in (SPECIMEN.number, SPECIMEN.birth, SPECIMEN.surname))


@pytest.mark.parametrize(
    ("name", "place"), [("CardRead", "authenticity.py"), ("Provenance", "provenance.py")]
)
def test_a_reading_is_built_in_one_place(name: str, place: str) -> None:
    """Both vouch for a verification, so nobody else may make one."""
    places = [
        path.name
        for path in Path(drivers.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name
    ]
    assert places == [place]


def test_the_secret_comes_from_number_birth_and_issue() -> None:
    printed = Print("A1234563", "19680412", "20190315")
    key = b"A1234563<4" + b"6804129" + b"1903153"
    assert PROFILE.key(printed).secret == hashlib.sha1(key, usedforsecurity=False).digest()
