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
from drivers.card.personalise.card import Fault, VirtualCard, personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.profile import icao
from drivers.card.profile.reading import CardProfile, CardRead, Print, Step
from drivers.card.protocol import tlv
from drivers.card.protocol.curves import BY_PARAMETER_ID
from drivers.card.protocol.data_groups import build_dg1
from drivers.card.protocol.dialogue import converse
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
from drivers.card.protocol.mrz import Mrz, build_td1
from drivers.card.protocol.security_info import SecurityInfos
from drivers.card.protocol.trust import TrustStore
from drivers.errors import DeviceError, LocalProtocolError
from tests.support.cards import ChipChannel, portrait
from tests.support.certificates import NOW
from tests.support.transcript import TranscriptChannel

CSCA = pki.make_csca()
TRUST = TrustStore((CSCA.certificate,))
PHOTO = portrait()
PRINT = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
PROFILE: CardProfile = icao.read
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
    progress: Callable[[Step, float], None] = lambda _step, _share: None,
) -> CardRead:
    channel = ChipChannel(card) if isinstance(card, VirtualCard) else card
    reading = PROFILE(printed, TRUST, now=NOW, draw=Drawn(), progress=progress)
    return converse(reading, channel)


def _reissued(files: dict[int, bytes], card: VirtualCard = GOOD) -> VirtualCard:
    """Return a card with other files, signed anew by a good issuer."""
    changed = {**card.files, **files}
    groups = {1: changed[icao.DG1], 2: changed[icao.DG2], 14: changed[icao.DG14]}
    return replace(card, files={**changed, icao.SOD: pki.sign(groups, pki.make_signer(CSCA))})


def test_a_good_card_is_read_whole() -> None:
    card = _read(GOOD)
    assert (card.number, card.name, card.birth, card.sex) == (
        SPECIMEN.number,
        f"{SPECIMEN.surname}, {SPECIMEN.given}".upper(),
        SPECIMEN.birth,
        SPECIMEN.sex,
    )
    assert card.portrait == PHOTO
    assert card.access == "PACE-ECDH-GM-AES-CBC-CMAC-128/P-256"
    assert card.sod_digest == hashlib.sha256(GOOD.files[icao.SOD]).digest()


def test_the_evidence_names_the_document_signer() -> None:
    signer = pki.make_signer(CSCA)
    groups = {1: GOOD.files[icao.DG1], 2: GOOD.files[icao.DG2], 14: GOOD.files[icao.DG14]}
    card = replace(GOOD, files={**GOOD.files, icao.SOD: pki.sign(groups, signer)})
    assert _read(card).document_signer == signer.certificate.fingerprint(hashes.SHA256())


def test_a_reading_repeats_byte_for_byte() -> None:
    channel = ChipChannel(GOOD)
    first = _read(channel)
    exchanges = zip(channel.commands, channel.responses, strict=True)
    transcript = TranscriptChannel((c.hex(), r.hex()) for c, r in exchanges)
    reading = PROFILE(PRINT, TRUST, now=NOW, draw=Drawn(), progress=lambda *_: None)
    assert converse(reading, transcript) == first
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
        _read(personalise(SPECIMEN, PHOTO, CSCA, fault=fault))
    assert type(caught.value) is error


@pytest.mark.parametrize("file", [icao.CARD_ACCESS, icao.SOD, icao.DG14, icao.DG1, icao.DG2])
def test_a_missing_file_is_told(file: int) -> None:
    files = {number: content for number, content in GOOD.files.items() if number != file}
    with pytest.raises(FileNotOnCard):
        _read(replace(GOOD, files=files))


@pytest.mark.parametrize("group", [icao.DG1, icao.DG2, icao.DG14])
def test_a_changed_data_group_is_told(group: int) -> None:
    other = _reissued({icao.DG2: personalise(SPECIMEN, PHOTO + b"\0", CSCA).files[icao.DG2]})
    if group == icao.DG14:
        other = personalise(SPECIMEN, PHOTO, CSCA)
    if group == icao.DG1:
        mrz = Mrz("UTO", SPECIMEN.number, SPECIMEN.birth[2:], "M", "LAM", "TAI MING")
        other = _reissued({icao.DG1: build_dg1(build_td1(mrz))})
    card = replace(
        GOOD,
        files={**GOOD.files, group: other.files[group]},
        chip_secret=other.chip_secret,
    )
    with pytest.raises(DataChanged):
        _read(card)


def test_the_security_object_of_another_card_is_told() -> None:
    other = personalise(replace(SPECIMEN, given="Tai Ming"), PHOTO, CSCA)
    with pytest.raises(DataChanged):
        _read(replace(GOOD, files={**GOOD.files, icao.SOD: other.files[icao.SOD]}))


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
        _read(_reissued({icao.DG1: build_dg1(build_td1(mrz))}))


def _pace(last: int, parameter_id: int = 12) -> dict[str, object]:
    protocol = f"0.4.0.127.0.7.2.2.4.2.{last}"
    return {"protocol": protocol, "required": Integer(2), "optional": Integer(parameter_id)}


@pytest.mark.parametrize("last", [2, 3, 4], ids=["AES-128", "AES-192", "AES-256"])
@pytest.mark.parametrize("parameter_id", list(BY_PARAMETER_ID))
def test_each_suite_that_we_know_opens_a_card(last: int, parameter_id: int) -> None:
    access = SecurityInfos([_pace(last, parameter_id)]).dump(force=True)
    kept = [info for info in _signed_infos() if info["protocol"].dotted != _pace(2)["protocol"]]
    infos = SecurityInfos([*kept, _pace(last, parameter_id)]).dump(force=True)
    card = _read(_reissued({icao.CARD_ACCESS: access, icao.DG14: tlv.build(0x6E, infos)}))
    bits, curve = {2: 128, 3: 192, 4: 256}[last], BY_PARAMETER_ID[parameter_id].name
    assert card.access == f"PACE-ECDH-GM-AES-CBC-CMAC-{bits}/{curve}"


def _signed_infos() -> SecurityInfos:
    infos: SecurityInfos = SecurityInfos.load(tlv.only(GOOD.files[icao.DG14], 0x6E))
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
        _read(_reissued({icao.CARD_ACCESS: access, icao.DG14: dg14}))


def test_a_card_without_a_way_in_that_we_know_is_unreadable() -> None:
    files = {**GOOD.files, icao.CARD_ACCESS: b"\x31\x00"}
    with pytest.raises(CardUnreadable, match="no way in"):
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


def test_a_reading_is_built_in_one_place() -> None:
    """`CardRead` vouches for its verification, so nobody else may make one."""
    places = [
        path.name
        for path in Path(drivers.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "CardRead"
    ]
    assert places == ["icao.py"]


def test_the_secret_comes_from_number_birth_and_issue() -> None:
    printed = Print("A1234563", "19680412", "20190315")
    key = b"A1234563<4" + b"6804129" + b"1903153"
    assert icao.secret(printed) == hashlib.sha1(key, usedforsecurity=False).digest()
