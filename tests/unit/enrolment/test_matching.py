"""Who is plausible, new and on record with this very card is accepted; nobody else."""

import string
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment.matching import (
    ACCEPTED,
    DUPLICATE,
    Decision,
    Matching,
    Person,
    PlausibilityMatching,
    PopulationMatching,
    Reason,
    canonical,
    has_right_check_digit,
)
from enrolment.sandbox_population import SamePicture, SyntheticPopulation
from tests.support.enrolment_records import record
from wire.record import Evidence, Verdict
from wire.vision import Comparison

KNOWN = msgspec.structs.replace(
    record(), name="CHAN, Tai Man", birth="19700131", sex="M", issued="20190401"
)
PERSON = Person(name="CHAN, Tai Man", birth="19700131", sex="M", issued="20190401")


class _People:
    def person(self, number: str) -> Person | None:
        return {
            "A1234563": PERSON,
            "E3649125": replace(PERSON, is_cancelled=True),
            "C1234569": replace(PERSON, portrait=b"portrait on record"),
        }.get(number)


def unclear(comparison: Comparison) -> Evidence:
    return msgspec.structs.replace(KNOWN.evidence, comparison=comparison)


MATCHING = PlausibilityMatching()
ON_RECORD = PopulationMatching(_People(), SamePicture())

# Published examples and computed ones, docs/hkid.md.
RIGHT = [
    "A123456(3)",
    "G123456(A)",
    "E364912(5)",
    "D288754(2)",
    "C123456(9)",
    "K000000(0)",
    "M925951(7)",
    "Y000006(8)",
    "A000007(0)",
    "A000002(A)",
    "Z000001(A)",
    "AB987654(3)",
    "AB123456(9)",
    "WX123456(9)",
    "XA000000(8)",
    "XE000005(A)",
]


@pytest.mark.parametrize("number", RIGHT)
def test_the_published_numbers_have_the_right_check_digit(number: str) -> None:
    assert has_right_check_digit(number)
    assert has_right_check_digit(canonical(number))


@pytest.mark.parametrize("number", RIGHT)
@pytest.mark.parametrize("check", "0123456789A")
def test_every_other_check_digit_is_wrong(number: str, check: str) -> None:
    changed = f"{number[:-3]}({check})"
    assert has_right_check_digit(changed) is (changed == number)


@given(st.text(alphabet=string.printable, max_size=12))
def test_any_text_has_an_answer(text: str) -> None:
    assert has_right_check_digit(text) in {True, False}


def test_who_is_plausible_and_new_is_accepted() -> None:
    assert MATCHING.decide(record(), is_enrolled=False) == ACCEPTED


def test_who_is_enrolled_already_is_a_duplicate() -> None:
    assert MATCHING.decide(record(), is_enrolled=True) == DUPLICATE


@pytest.mark.parametrize("matching", [MATCHING, ON_RECORD])
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"number": "A123456(4)"}, Reason.INCOMPLETE),
        ({"name": " "}, Reason.INCOMPLETE),
        ({"portrait": b""}, Reason.INCOMPLETE),
        ({"photo": b""}, Reason.INCOMPLETE),
        ({"evidence": unclear(Comparison.UNCLEAR)}, Reason.FACE_UNCLEAR),
        ({"evidence": unclear(Comparison.NO_FACE_ON_CHIP)}, Reason.FACE_UNCLEAR),
    ],
)
def test_what_is_doubtful_by_itself_is_referred(
    matching: Matching, change: dict[str, object], reason: Reason
) -> None:
    doubtful = msgspec.structs.replace(KNOWN, **change)
    assert matching.decide(doubtful, is_enrolled=False) == Decision(Verdict.REFER, reason)


def test_who_is_on_record_with_this_card_is_accepted_once() -> None:
    assert ON_RECORD.decide(KNOWN, is_enrolled=False) == ACCEPTED
    assert ON_RECORD.decide(KNOWN, is_enrolled=True) == DUPLICATE


@pytest.mark.parametrize("name", ["CHAN TAI MAN", "chan, tai man", "CHAN,  Tai-Man"])
def test_a_name_is_the_same_however_it_is_written(name: str) -> None:
    written = msgspec.structs.replace(KNOWN, name=name)
    assert ON_RECORD.decide(written, is_enrolled=False) == ACCEPTED


@pytest.mark.parametrize("is_enrolled", [False, True])
@pytest.mark.parametrize(
    ("change", "verdict", "reason"),
    [
        ({"number": "G123456(A)"}, Verdict.REFER, Reason.NOT_ON_RECORD),
        ({"issued": "20181231"}, Verdict.REJECTED, Reason.CARD_REPLACED),
        ({"issued": "20190402"}, Verdict.REFER, Reason.CARD_UNKNOWN),
        ({"issued": ""}, Verdict.REFER, Reason.CARD_UNKNOWN),
        ({"name": "CHAN, Tai Wan"}, Verdict.REFER, Reason.DETAILS_DIFFER),
        ({"birth": "19700201"}, Verdict.REFER, Reason.DETAILS_DIFFER),
        ({"sex": "F"}, Verdict.REFER, Reason.DETAILS_DIFFER),
        ({"number": "E364912(5)"}, Verdict.REJECTED, Reason.CARD_CANCELLED),
        ({"number": "C123456(9)", "photo": b"another"}, Verdict.REFER, Reason.FACE_DIFFERS),
    ],
)
def test_a_card_that_is_not_the_persons_present_one_tells_nothing_of_an_enrolment(
    change: dict[str, object], verdict: Verdict, reason: Reason, *, is_enrolled: bool
) -> None:
    other = msgspec.structs.replace(KNOWN, **change)
    assert ON_RECORD.decide(other, is_enrolled=is_enrolled) == Decision(verdict, reason)


def test_the_registers_own_portrait_is_compared_where_there_is_one() -> None:
    known = msgspec.structs.replace(KNOWN, number="C123456(9)", photo=b"portrait on record")
    assert ON_RECORD.decide(known, is_enrolled=False) == ACCEPTED


def test_the_sandboxs_people_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "population.toml"
    file.write_text(
        '[[person]]\nnumber = "A123456(3)"\nname = "CHAN, Tai Man"\nbirth = "19700131"\n'
        'sex = "M"\nissued = "20190401"\n'
    )
    people = SyntheticPopulation(file)
    assert people.person("A1234563") == PERSON
    assert people.person("A1234564") is None
    assert "CHAN" not in repr(people.person("A1234563"))


def test_the_stand_in_for_faces_knows_a_picture_and_no_face() -> None:
    faces = SamePicture()
    assert faces.agree(b"picture", b"picture")
    assert not faces.agree(b"picture", b"picture of the same face")
