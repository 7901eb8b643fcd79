"""Cards whose access, messages, chip or files are hostile: each is refused by its own code.

The cases beside passive authentication, which has a table of its own
(`test_hostile_authenticity`). ``pytest -s`` prints both.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from drivers.card.personalise import pki
from drivers.card.personalise.card import VirtualCard, personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.spec import ChipProofKind, Fault, Layout, Spec
from drivers.card.profile.icao import IcaoProfile
from drivers.card.profile.reading import Print
from drivers.card.protocol import iso39794, tlv
from drivers.card.protocol.access_key import Password
from drivers.card.protocol.data_groups import JPEG, JPEG_2000, build_dg1, build_dg2
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.lds import CARD_ACCESS, GROUPS, SOD
from drivers.card.protocol.mrz import Form, Mrz, build
from drivers.card.protocol.security_info import Mapping
from drivers.card.protocol.standard_curves import BY_PARAMETER_ID
from drivers.card.protocol.trust import TrustStore
from drivers.errors import DeviceError
from tests.support.cards import ChipChannel, portrait, reading

CSCA = pki.make_csca()
TRUST = TrustStore((CSCA.certificate,))
PRINT = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
PHOTO = portrait()
UNREADABLE, KEY, CLONED = "card.unreadable", "card.key_refused", "card.chip_cloned"
CHANGED, DIFFERS, MISSING = "card.data_changed", "card.differs_from_print", "card.file_missing"
GENERAL_AUTHENTICATE, MSE, READ, CHALLENGE, EXTERNAL = 0x86, 0x22, 0xB0, 0x84, 0x82
P256 = BY_PARAMETER_ID[12]

Change = Callable[[bytes, "Mangled"], bytes]
Made = VirtualCard | ChipChannel


class Mangled(ChipChannel):
    """A chip whose n-th answer to one instruction is changed."""

    def __init__(self, card: VirtualCard, ins: int, number: int, change: Change) -> None:
        super().__init__(card)
        self._left = number
        self._ins = ins
        self._change = change

    def transmit(self, command: bytes) -> bytes:
        response = super().transmit(command)
        if command[1] == self._ins:
            self._left -= 1
            if self._left == 0:
                return self._change(response, self)
        return response


def card(**spec: object) -> VirtualCard:
    return personalise(SPECIMEN, PHOTO, CSCA, replace(Spec(), **spec))  # type: ignore[arg-type]


ONE = card()


def pace(step: int, answer: str) -> Callable[[], Made]:
    """Answer one step of PACE otherwise."""
    said = bytes.fromhex(answer)
    return lambda: Mangled(card(), GENERAL_AUTHENTICATE, step, lambda *_: said)


def reflected(step: int) -> Callable[[], Made]:
    def change(_: bytes, chip: Mangled) -> bytes:
        ours = tlv.only(tlv.only(chip.commands[-1][5:-1], 0x7C), 0x81 + (step - 2) * 2)
        return tlv.build(0x7C, tlv.build(0x82 + (step - 2) * 2, ours)) + b"\x90\x00"

    return lambda: Mangled(card(), GENERAL_AUTHENTICATE, step, change)


def bac(ins: int, change: Callable[[bytes], bytes]) -> Callable[[], Made]:
    return lambda: Mangled(card(pace=()), ins, 1, lambda said, _: change(said))


def secure(change: Change) -> Callable[[], Made]:
    """Change the third protected read."""
    return lambda: Mangled(card(), READ, 4, change)


def flipped(at: int) -> Change:
    return lambda said, _: said[:at] + bytes((said[at] ^ 1,)) + said[at + 1 :]


def without(tag: int) -> Change:
    def change(said: bytes, _: Mangled) -> bytes:
        objects = {t: v for t, v in tlv.walk(said[:-2]) if t != tag}
        return b"".join(tlv.build(t, v) for t, v in objects.items()) + said[-2:]

    return change


def reissued(groups: dict[int, bytes], made: VirtualCard | None = None) -> VirtualCard:
    """Return a card with other data groups, signed by a good issuer."""
    good = made or card()
    kept = {n: good.files[file] for n, file in GROUPS.items() if file in good.files} | groups
    files = good.files | {GROUPS[n]: content for n, content in kept.items()}
    return replace(
        good, files=files | {SOD: pki.sign(kept, pki.make_signer(CSCA, document_types=["I"]))}
    )


def unsigned(number: int, content: bytes) -> Callable[[], Made]:
    """Put a file on the card that its issuer never saw."""
    return lambda: replace(ONE, files=ONE.files | {GROUPS[number]: content})


def dg1(text: str) -> Callable[[], Made]:
    return lambda: reissued({1: build_dg1(text)})


def dg2(content: bytes) -> Callable[[], Made]:
    return lambda: reissued({2: content})


def picture(kind: str) -> bytes:
    content = BytesIO()
    Image.new("RGB", (96, 128)).save(content, kind)
    return content.getvalue()


def template(record: bytes, *, tag: int = 0x5F2E, count: int = 1) -> bytes:
    body = tlv.build(0x02, bytes((count,))) + tlv.build(0x7F60, tlv.build(tag, record))
    return tlv.build(0x75, tlv.build(0x7F61, body))


def bomb() -> bytes:
    nested = b""
    for _ in range(4_000):
        nested = tlv.build(0xA0, nested)
    return nested


ZONE = build(Mrz("UTO", SPECIMEN.number, SPECIMEN.birth[2:], "F", "LAM", "SIU MUI"))
GOOD_DG2 = build_dg2(PHOTO, kind=JPEG, width=96, height=128)
RECORD = tlv.fields(tlv.fields(tlv.only(tlv.only(GOOD_DG2, 0x75), 0x7F61))[0x7F60])[0x5F2E]
NEWER = iso39794.build(PHOTO, kind=JPEG, width=96, height=128)
OFF_THE_CURVE = (b"\x04" + bytes(63) + b"\x01").hex()

CASES: dict[str, tuple[Callable[[], Made], str]] = {
    # the way in
    "PACE: another password": (lambda: replace(card(), secrets={Password.MRZ: bytes(20)}), KEY),
    "PACE: refused with a retry counter": (pace(4, "63 C2"), KEY),
    "PACE: authentication blocked": (pace(4, "69 83"), UNREADABLE),
    "PACE: chaining refused": (pace(1, "68 83"), UNREADABLE),
    "PACE: a nonce that is too short": (pace(1, "7C 0A 80 08 0001020304050607 9000"), UNREADABLE),
    "PACE: no nonce": (pace(1, "7C 00 90 00"), UNREADABLE),
    "PACE: a mapping point off the curve": (
        pace(2, f"7C 43 82 41 {OFF_THE_CURVE} 9000"), UNREADABLE),
    "PACE: a mapping point at infinity": (pace(2, "7C 03 82 01 00 90 00"), UNREADABLE),
    "PACE: our mapping key reflected": (reflected(2), UNREADABLE),
    "PACE: an agreement point off the curve": (
        pace(3, f"7C 43 84 41 {OFF_THE_CURVE} 9000"), UNREADABLE),
    "PACE: our agreement key reflected": (reflected(3), UNREADABLE),
    "PACE: a token of zeros": (pace(4, "7C 0A 86 08 0000000000000000 9000"), KEY),
    "PACE: a short token": (pace(4, "7C 04 86 02 0000 9000"), KEY),
    "PACE: no token": (pace(4, "90 00"), UNREADABLE),
    "PACE: the protocol is not there": (
        lambda: Mangled(card(), MSE, 1, lambda *_: b"\x6a\x80"), UNREADABLE),
    "PACE: chip data that nobody asked for": (
        lambda: Mangled(card(), GENERAL_AUTHENTICATE, 4, lambda said, _: tlv.build(
            0x7C, tlv.only(said[:-2], 0x7C) + tlv.build(0x8A, bytes(16))) + b"\x90\x00"),
        UNREADABLE),
    "EF.CardAccess offers less than was signed": (
        lambda: card(fault=Fault.DOWNGRADED, pace_cipher="AES-256"), CHANGED),
    "EF.CardAccess hidden, BAC offered": (
        lambda: replace(ONE, offers_bac=True, files={
            f: c for f, c in ONE.files.items() if f != CARD_ACCESS}),
        CHANGED),
    "BAC: another key": (
        lambda: replace(card(pace=()), secrets={Password.MRZ: bytes(20)}), KEY),
    "BAC: no challenge": (bac(CHALLENGE, lambda _: b"\x69\x82"), UNREADABLE),
    "BAC: a changed MAC": (lambda: Mangled(card(pace=()), EXTERNAL, 1, flipped(-3)), KEY),
    "BAC: a short answer": (bac(EXTERNAL, lambda said: said[8:]), UNREADABLE),
    # secure messaging
    "SM: a flipped bit in the cryptogram": (secure(flipped(5)), UNREADABLE),
    "SM: a flipped bit in the MAC": (secure(flipped(-3)), UNREADABLE),
    "SM: no MAC": (secure(without(0x8E)), UNREADABLE),
    "SM: no status": (secure(without(0x99)), UNREADABLE),
    "SM: no data": (secure(without(0x87)), UNREADABLE),
    "SM: plain success": (secure(lambda *_: b"\x90\x00"), UNREADABLE),
    "SM: plain data": (secure(lambda *_: bytes(8) + b"\x90\x00"), UNREADABLE),
    "SM: an answer played back": (secure(lambda _, chip: chip.responses[-2]), UNREADABLE),
    "SM: another status outside than inside": (
        secure(lambda said, _: said[:-2] + b"\x62\x82"), UNREADABLE),
    "SM: objects missing (6987)": (secure(lambda *_: b"\x69\x87"), UNREADABLE),
    "SM: session gone (6988)": (secure(lambda *_: b"\x69\x88"), UNREADABLE),
    "SM: more than an answer can hold": (secure(lambda *_: bytes(65_540)), UNREADABLE),
    "garbled in the middle of the portrait": (
        lambda: personalise(SPECIMEN, PHOTO + bytes(4_000), CSCA, Spec(fault=Fault.BAD_MAC)),
        UNREADABLE),
    # the chip
    "a copy without the chip's key": (lambda: card(fault=Fault.CLONED), CLONED),
    "a copy that refuses chip authentication": (
        lambda: Mangled(card(), MSE, 2, lambda *_: b"\x6a\x88"), UNREADABLE),
    "a copy after chip authentication mapping": (
        lambda: card(fault=Fault.CLONED, pace=(Mapping.CHIP_AUTHENTICATION,)), CLONED),
    "a copy that signs with another RSA key": (
        lambda: card(fault=Fault.CLONED, chip=ChipProofKind.ACTIVE_RSA), CLONED),
    "a copy that signs with another ECDSA key": (
        lambda: card(fault=Fault.CLONED, chip=ChipProofKind.ACTIVE_ECDSA), CLONED),
    "a copy that cannot sign at all": (
        lambda: replace(card(chip=ChipProofKind.ACTIVE_RSA), chip=card().chip), CLONED),
    "a chip that proves nothing": (lambda: card(chip=ChipProofKind.NONE), UNREADABLE),
    # files
    "no application": (lambda: card(layout=Layout.HKID_2003), MISSING),
    "no DG2": (lambda: replace(ONE, files={
        f: c for f, c in ONE.files.items() if f != GROUPS[2]}), MISSING),
    "DG2 cut short": (lambda: card(fault=Fault.TRUNCATED), UNREADABLE),
    "DG2 longer than its file": (unsigned(2, b"\x75\x82\x40\x00" + bytes(100)), UNREADABLE),
    "DG2 that claims 4 GB": (unsigned(2, b"\x75\x84\xff\xff\xff\xff" + bytes(100)), UNREADABLE),
    "DG2 of indefinite length": (unsigned(2, b"\x75\x80" + bytes(100)), UNREADABLE),
    "DG2 of no length": (unsigned(2, b"\x75\x00"), CHANGED),
    "an empty DG1": (unsigned(1, b""), UNREADABLE),
    "DG1 that is no object": (unsigned(1, b"\xff"), UNREADABLE),
    "a bomb of nested objects": (dg2(template(bomb())), UNREADABLE),
    "a bomb in the newer record": (dg2(template(bomb(), tag=0x7F2E)), UNREADABLE),
    # faces
    "no face": (dg2(template(RECORD, count=0)), UNREADABLE),
    "two faces": (dg2(template(RECORD, count=2)), UNREADABLE),
    "a record of two faces": (dg2(template(RECORD.replace(b"010\0", b"020\0"))), UNREADABLE),
    "a PNG": (dg2(build_dg2(picture("PNG"), kind=JPEG, width=96, height=128)), UNREADABLE),
    "a JPEG said to be JPEG 2000": (
        dg2(build_dg2(PHOTO, kind=JPEG_2000, width=96, height=128)), UNREADABLE),
    "larger than any portrait": (
        dg2(build_dg2(PHOTO, kind=JPEG, width=5_000, height=128)), UNREADABLE),
    "no image": (dg2(build_dg2(b"", kind=JPEG, width=96, height=128)), UNREADABLE),
    "a newer record of another generation": (
        dg2(template(NEWER.replace(b"\x80\x01\x03", b"\x80\x01\x09"), tag=0x7F2E)), UNREADABLE),
    # the zone
    "a wrong check digit": (dg1(ZONE[:14] + str((int(ZONE[14]) + 1) % 10) + ZONE[15:]), UNREADABLE),
    "a zone of no known form": (dg1(ZONE[:-1]), UNREADABLE),
    "a zone that is not ASCII": (
        lambda: reissued({1: build_dg1(ZONE).replace(b"LAM", b"L\xc4M")}), UNREADABLE),
    "an unknown date of birth": (
        dg1(build(Mrz("UTO", SPECIMEN.number, "<<<<<<", "F", "LAM", ""))), DIFFERS),
    "another number than printed": (
        dg1(build(Mrz("UTO", "A1234571", SPECIMEN.birth[2:], "F", "LAM", ""))), DIFFERS),
    "a passport's zone": (
        dg1(build(Mrz("UTO", "A1234571", SPECIMEN.birth[2:], "F", "LAM", "", Form.TD3, "P"))),
        "card.signer_unknown"),
}  # fmt: skip


def refused(made: Made) -> str:
    """Read a card and return the code of its refusal; empty if it was believed."""
    channel = made if isinstance(made, ChipChannel) else ChipChannel(made)
    dialogue = reading(IcaoProfile(), PRINT, TRUST)
    try:
        converse(dialogue, channel)
    except DeviceError as error:
        return error.code
    return ""


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_card_is_refused_by_its_code(name: str) -> None:
    make, code = CASES[name]
    found = refused(make())
    sys.stdout.write(f"{name:45} {found}\n")
    assert found == code


GOOD: dict[str, Callable[[], Made]] = {
    "a card without anything wrong": card,
    "one that gives less than asked": lambda: card(fault=Fault.SHORT_READS),
    "JPEG 2000": lambda: personalise(SPECIMEN, picture("JPEG2000"), CSCA),
    "ISO 39794-5": lambda: card(portrait="ISO 39794-5"),
    "a portrait beyond 32,767 bytes": lambda: personalise(SPECIMEN, PHOTO + bytes(40_000), CSCA),
    "extended length": lambda: card(longest_answer=4_096),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_unusual_and_allowed_is_believed(name: str) -> None:
    assert refused(GOOD[name]()) == ""
