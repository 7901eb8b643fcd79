"""Whatever a card, an issuer or a file gives: our own errors leave a parser, and no others.

Mutations of the kept specimens in tests/corpus (`tests.support.corpus` makes them anew):
bytes flipped, cut, put in, and pieces of other specimens spliced in.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card.personalise import pki
from drivers.card.profile import hkid_details
from drivers.card.protocol import (
    active_auth,
    card_security,
    certificate,
    details,
    master_list,
    mrz,
    revocation,
    security_info,
    security_object,
    tlv,
)
from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.card_files import parse_atr_info, parse_com
from drivers.card.protocol.data_groups import parse_dg1, parse_dg2
from drivers.card.protocol.errors import CardRemoved, CardUnreadable, NotGenuine
from drivers.card.protocol.keys import AES_128, TRIPLE_DES
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.trust import TrustStore
from tests.support.certificates import NOW
from tests.support.corpus import FOLDER

OURS = (CardRemoved, CardUnreadable, NotGenuine)
TRUST = TrustStore((pki.make_csca().certificate,))
PARSERS: dict[str, Callable[[bytes], Any]] = {
    "sod": security_object.parse,
    "card_access": security_info.parse,
    "card_security": card_security.parse,
    "atr_info": parse_atr_info,
    "com": parse_com,
    "dg1": parse_dg1,
    "dg2_19794": parse_dg2,
    "dg2_39794": parse_dg2,
    "dg11": details.parse_dg11,
    "dg12": details.parse_dg12,
    "dg13": hkid_details.parse,
    "dg14": security_info.parse_dg14,
    "dg15": active_auth.parse_dg15,
    "certificate": certificate.load,
    "master_list": lambda file: master_list.parse(file, TRUST, now=NOW),
    "revocation_list": revocation.parse,
}
CORPUS = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.bin"))}
pieces = st.binary(max_size=6) | st.sampled_from(list(CORPUS.values())).flatmap(
    lambda content: st.tuples(st.integers(0, len(content)), st.integers(0, 40)).map(
        lambda place: content[place[0] : place[0] + place[1]]
    )
)
edits = st.lists(st.tuples(st.integers(0), pieces, st.integers(0, 12)), min_size=1, max_size=3)


def test_every_specimen_has_its_parser() -> None:
    assert {name.partition(".")[0] for name in CORPUS} == PARSERS.keys()


@pytest.mark.parametrize("name", [name for name in PARSERS if name != "master_list"])
def test_the_specimens_are_read(name: str) -> None:
    PARSERS[name](CORPUS[name])


def _changed(content: bytes, how: list[tuple[int, bytes, int]]) -> bytes:
    for position, put, taken in how:
        at = position % (len(content) + 1)
        content = content[:at] + put + content[at + taken :]
    return content


@pytest.mark.parametrize("name", list(CORPUS))
@settings(max_examples=60)
@given(how=edits)
def test_only_our_own_errors_leave_a_parser(name: str, how: list[tuple[int, bytes, int]]) -> None:
    changed = _changed(CORPUS[name], how)
    for parse in (PARSERS[name.partition(".")[0]], lambda file: list(tlv.walk(file))):
        try:
            parse(changed)
        except OURS:
            continue


@pytest.mark.parametrize("cipher", [AES_128, TRIPLE_DES], ids=["AES", "3DES"])
@given(answer=st.binary(max_size=300), how=edits)
def test_only_our_own_errors_leave_secure_messaging(
    cipher: Any, answer: bytes, how: list[tuple[int, bytes, int]]
) -> None:
    good, terminal = SecureMessaging(b"shared", cipher), SecureMessaging(b"shared", cipher)
    command = CommandApdu(0x00, 0xB0, 0x9E, 0x00, expected=223)
    good.unprotect_command(terminal.protect(command))
    said = bytes(good.protect_response(ResponseApdu(answer, 0x9000)))
    try:
        response = terminal.unprotect(ResponseApdu.parse(_changed(said, how)))
    except OURS:
        return
    assert response.data == answer, "only what changes nothing may be let pass"


@given(text=st.text("ABCXYZ0189<", min_size=72, max_size=90))
def test_only_our_own_errors_leave_the_zones_parser(text: str) -> None:
    for length in (72, 88, 90):
        try:
            mrz.parse(text[:length])
        except CardUnreadable:
            continue
