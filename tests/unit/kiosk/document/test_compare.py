"""Chip against print: what agrees, what cannot be told, what differs."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.document.compare import compare, distance
from tests.support.printed import contents, reading
from wire.document import PrintedField, PrintOutcome

OTHERS = {
    "number": "A1234571",
    "name": "LAM, SIU MUN",
    "birth": "19680413",
    "sex": "M",
    "chinese": "林小海",
    "codes": ("2651", "1420", "3189"),
    "issued": "20190316",
    "first": "200807",
}


def test_card_and_chip_agree() -> None:
    judgement = compare(reading(), contents())
    assert judgement.outcome is PrintOutcome.AGREES
    assert set(judgement.by_field) == set(PrintedField) - {PrintedField.TITLE}


@pytest.mark.parametrize("of", OTHERS)
def test_one_other_character_anywhere_differs(of: str) -> None:
    chip = msgspec.structs.replace(contents(), **{of: OTHERS[of]})
    judgement = compare(reading(), chip)
    assert judgement.outcome is PrintOutcome.DIFFERS
    assert judgement.by_field[PrintedField(of)] is PrintOutcome.DIFFERS


@pytest.mark.parametrize("of", OTHERS)
def test_what_was_not_read_is_unsure(of: str) -> None:
    printed = msgspec.structs.replace(reading(), unread=frozenset({PrintedField(of)}))
    chip = msgspec.structs.replace(contents(), **{of: OTHERS[of]})
    assert compare(printed, chip).outcome is PrintOutcome.UNSURE


def test_a_doubtful_character_may_be_another_and_is_never_agreed() -> None:
    printed = msgspec.structs.replace(reading(), unsure={PrintedField.NAME: 1})
    assert compare(printed, contents()).outcome is PrintOutcome.AGREES
    chip = msgspec.structs.replace(contents(), name="LAM, SIU MUN")
    assert compare(printed, chip).outcome is PrintOutcome.UNSURE
    chip = msgspec.structs.replace(contents(), name="LAM, SIU MAN")
    assert compare(printed, chip).outcome is PrintOutcome.DIFFERS


def test_one_field_that_differs_outweighs_one_that_is_unsure() -> None:
    printed = msgspec.structs.replace(reading(), unread=frozenset({PrintedField.SEX}))
    chip = msgspec.structs.replace(contents(), name="WONG, SIU MUI")
    assert compare(printed, chip).outcome is PrintOutcome.DIFFERS


@pytest.mark.parametrize(
    ("printed", "chip"),
    [
        ("GARCIA-LOPEZ, Elena", "GARCIA LOPEZ, ELENA"),
        ("O'BRIEN, Liam", "OBRIEN, LIAM"),
        ("CHAN-WONG, Alexandria Siu Man", "CHAN WONG, ALEXANDRIA SIU M"),
        ("MADONNA", "MADONNA"),
    ],
)
def test_a_name_is_compared_as_the_mrz_writes_it(printed: str, chip: str) -> None:
    said = msgspec.structs.replace(reading(), name=printed)
    padded = chip if len(chip) < 27 else "CHAN WONG, ALEXANDRIA SIU MAN"[:29]
    onchip = msgspec.structs.replace(contents(), name=padded)
    assert compare(said, onchip).by_field[PrintedField.NAME] is PrintOutcome.AGREES


def test_nothing_of_what_was_compared_is_kept() -> None:
    assert "LAM" not in repr(compare(reading(), contents()))


@given(st.text("AB", max_size=6), st.text("AB", max_size=6))
def test_the_distance_is_one(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


def test_the_distance_counts_changes_additions_and_drops() -> None:
    assert [distance("kitten", other) for other in ("sitten", "kittens", "kitte", "sitting")] == [
        1,
        1,
        1,
        3,
    ]
