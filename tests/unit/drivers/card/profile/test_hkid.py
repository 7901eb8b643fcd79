"""HKID-shaped specimens: what they say beside MRZ and portrait."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.personalise import pki
from drivers.card.personalise.card import VirtualCard, personalise
from drivers.card.personalise.person import SPECIMEN, Person
from drivers.card.profile import hkid, hkid_details
from drivers.card.profile.hkid_details import CardType, HkidDetails
from drivers.card.profile.reading import CardProfile, CardRead, Print
from drivers.card.protocol import tlv
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, DiffersFromPrint, FileNotOnCard
from drivers.card.protocol.lds import GROUPS, SOD
from drivers.card.protocol.trust import TrustStore
from tests.support.cards import ChipChannel, portrait, reading

CSCA = pki.make_csca()
TRUST = TrustStore((CSCA.certificate,))
PROFILE: CardProfile[Any, Any] = hkid.HkidProfile()
DG13 = GROUPS[13]
CHILD = Person(
    "C6688665", "CHAN", "Tai Man", "陳大文", "20131201", "M", "20241101", ("7115", "1129", "2429"),
    "202411", CardType.JUVENILE, "***",
)  # fmt: skip
FOREIGNER = replace(SPECIMEN, chinese="", commercial_codes=(), symbols="C")


def _read(card: VirtualCard, person: Person = SPECIMEN) -> CardRead:
    printed = Print(person.number, person.birth, person.issued)
    dialogue = reading(PROFILE, printed, TRUST)
    return converse(dialogue, ChipChannel(card))


def _reissued(groups: dict[int, bytes]) -> VirtualCard:
    card = personalise(SPECIMEN, portrait(), CSCA)
    kept = {n: card.files[file] for n, file in GROUPS.items() if file in card.files and n != 13}
    groups = kept | groups
    files = {file: content for file, content in card.files.items() if file != DG13}
    files |= {GROUPS[n]: content for n, content in groups.items()}
    return replace(card, files=files | {SOD: pki.sign(groups, pki.make_signer(CSCA))})


@pytest.mark.parametrize("person", [SPECIMEN, CHILD, FOREIGNER], ids=["adult", "child", "no name"])
def test_each_kind_of_holder_is_read_with_all_that_the_card_says(person: Person) -> None:
    card = _read(personalise(person, portrait(), CSCA), person)
    assert hkid.details(card) == person.details
    assert 13 in card.provenance.groups


def test_another_day_of_issue_than_is_printed_is_told() -> None:
    details = replace(SPECIMEN.details, issued="20200101")
    with pytest.raises(DiffersFromPrint, match="issued"):
        _read(_reissued({13: hkid_details.build(details)}))


def test_a_good_card_without_these_details_is_another_kind() -> None:
    with pytest.raises(FileNotOnCard, match="DG13"):
        _read(_reissued({}))


details = st.builds(
    HkidDetails,
    chinese=st.just(""),
    commercial_codes=st.just(()),
    issued=st.just("20190315"),
    first_registered=st.just("200806"),
    card_type=st.sampled_from(CardType),
    symbols=st.sampled_from(["", "***AZ", "C", "R"]),
)


@given(details)
def test_what_was_written_is_read(written: HkidDetails) -> None:
    assert hkid_details.parse(hkid_details.build(written)) == written


GOOD = hkid_details.build(SPECIMEN.details)
FIELDS = dict(tlv.walk(tlv.only(GOOD, 0x6D)))


def _with(tag: int, value: bytes | None) -> bytes:
    fields = {t: v for t, v in {**FIELDS, tag: value}.items() if v is not None}
    return tlv.build(0x6D, b"".join(tlv.build(t, v) for t, v in fields.items()))


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (0x80, None),
        (0x80, "林".encode() * 21),
        (0x80, b"LAM"),
        (0x80, b"\xff\xfe"),
        (0x81, b"265114202"),
        (0x81, b"26511420"),
        (0x82, b"190315"),
        (0x83, b"2008"),
        (0x84, b"baby"),
        (0x85, b"***az"),
        (0x86, b"more"),
    ],
)
def test_details_of_another_form_are_refused_and_not_repeated(
    tag: int, value: bytes | None
) -> None:
    with pytest.raises(CardUnreadable) as caught:
        hkid_details.parse(_with(tag, value))
    assert "林" not in str(caught.value)
    assert "2651" not in str(caught.value)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused_by_our_own_error(file: bytes) -> None:
    for tried in (file, tlv.build(0x6D, file)):
        try:
            hkid_details.parse(tried)
        except CardUnreadable:
            continue


def test_no_repr_shows_who_the_citizen_is() -> None:
    assert "林" not in repr(SPECIMEN.details)
