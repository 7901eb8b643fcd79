"""The open profile against a software chip: a reading is whole and verified, or none."""

import ast
import hashlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes

import drivers
from drivers.card.personalise import pki
from drivers.card.personalise.card import personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.spec import Fault, Layout, Spec
from drivers.card.profile.icao import IcaoProfile
from drivers.card.profile.plan import ReadPlan
from drivers.card.profile.reading import Print, Step
from drivers.card.protocol.data_groups import build_dg1
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import (
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
from drivers.card.protocol.lds import SOD
from drivers.card.protocol.mrz import Mrz, build
from drivers.errors import DeviceError
from tests.support.cards import ChipChannel
from tests.support.icao_cards import (
    CSCA,
    DG1,
    DG2,
    DG14,
    GOOD,
    PHOTO,
    PRINT,
    PROFILE,
    read,
    reading,
    reissued,
)
from tests.support.transcript import TranscriptChannel


def test_a_good_card_is_read_whole() -> None:
    card = read(GOOD)
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
    assert read(card).provenance.chain.signer == signer.certificate.fingerprint(hashes.SHA256())


def test_a_reading_repeats_byte_for_byte() -> None:
    channel = ChipChannel(GOOD)
    first = read(channel)
    exchanges = zip(channel.commands, channel.responses, strict=True)
    transcript = TranscriptChannel((c.hex(), r.hex()) for c, r in exchanges)
    assert converse(reading(), transcript) == first
    transcript.assert_finished()


def test_nothing_personal_crosses_the_link_in_clear() -> None:
    channel = ChipChannel(GOOD)
    read(channel)
    crossed = b"".join(channel.commands + channel.responses)
    for secret in (SPECIMEN.number, SPECIMEN.birth[2:], SPECIMEN.surname, "SIU"):
        assert secret.encode() not in crossed
    assert PHOTO[:16] not in crossed


def test_progress_rises_from_nothing_to_the_whole_through_every_step() -> None:
    told: list[tuple[Step, float]] = []
    read(GOOD, progress=lambda step, share: told.append((step, share)))
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
        read(channel, printed)
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
        read(personalise(SPECIMEN, PHOTO, CSCA, Spec(fault=fault)))
    assert type(caught.value) is error


@pytest.mark.parametrize("file", [SOD, DG1, DG2], ids=lambda file: file.name)
def test_a_missing_file_is_told(file: File) -> None:
    files = {kept: content for kept, content in GOOD.files.items() if kept != file}
    with pytest.raises(FileNotOnCard):
        read(replace(GOOD, files=files))


def test_a_card_without_the_application_is_told() -> None:
    with pytest.raises(FileNotOnCard):
        read(personalise(SPECIMEN, PHOTO, CSCA, Spec(layout=Layout.HKID_2003)))


@pytest.mark.parametrize("group", [DG1, DG2, DG14], ids=lambda file: file.name)
def test_a_changed_data_group_is_told(group: File) -> None:
    other = reissued({DG2: personalise(SPECIMEN, PHOTO + b"\0", CSCA).files[DG2]})
    if group == DG14:
        other = personalise(SPECIMEN, PHOTO, CSCA)
    if group == DG1:
        mrz = Mrz("UTO", SPECIMEN.number, SPECIMEN.birth[2:], "M", "LAM", "TAI MING")
        other = reissued({DG1: build_dg1(build(mrz))})
    files = {**GOOD.files, group: other.files[group]}
    with pytest.raises(DataChanged):
        read(replace(GOOD, files=files, chip=other.chip))


def test_the_security_object_of_another_card_is_told() -> None:
    other = personalise(replace(SPECIMEN, given="Tai Ming"), PHOTO, CSCA)
    with pytest.raises(DataChanged):
        read(replace(GOOD, files={**GOOD.files, SOD: other.files[SOD]}))


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
        read(reissued({DG1: build_dg1(build(mrz))}))


@pytest.mark.parametrize("number", [11, 13])
def test_further_groups_are_read_where_a_card_has_them(number: int) -> None:
    card = read(GOOD, profile=IcaoProfile(further_groups=(number,)))
    assert (number in card.groups) is (number == 13)
    assert (number in card.provenance.groups) is (number == 13)


@pytest.mark.parametrize("chunk", [128, 160, 223, 4_000])
def test_files_are_read_in_pieces_of_any_length(chunk: int) -> None:
    card = personalise(SPECIMEN, PHOTO, CSCA, Spec(longest_answer=4_096))
    channel = ChipChannel(card)
    plan = ReadPlan(chunk=chunk, longest_answer=4_096)
    assert read(channel, plan=plan).portrait == PHOTO


def test_pieces_shorter_than_asked_for_come_together() -> None:
    assert read(personalise(SPECIMEN, PHOTO, CSCA, Spec(fault=Fault.SHORT_READS))).portrait == PHOTO


@pytest.mark.parametrize("printed", [PRINT, None])
def test_a_probe_opens_nothing(printed: Print | None) -> None:
    card = GOOD if printed else personalise(SPECIMEN, PHOTO, CSCA, Spec(layout=Layout.HKID_2003))
    channel = ChipChannel(card)
    assert converse(PROFILE.probe(), channel) is (printed is not None)
    assert {command[1] for command in channel.commands} <= {0xB0, 0xA4}


def test_no_repr_shows_who_the_citizen_is() -> None:
    shown = repr(PRINT) + repr(read(GOOD))
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
