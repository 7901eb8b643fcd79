"""In how long pieces files are read."""

import pytest

from drivers.card.profile.plan import SHORT, plans
from drivers.card.protocol.card_files import CardLimits

FALL_BACKS = [223, 160, 128]


def test_without_long_answers_the_fall_backs_are_tried_from_the_longest() -> None:
    assert [plan.chunk for plan in plans(256, None)] == FALL_BACKS
    assert SHORT.chunk == FALL_BACKS[0]


@pytest.mark.parametrize(
    ("reader", "card", "chunk"),
    [
        (65_536, CardLimits(2_000, 4_096), 4_063),
        (65_536, CardLimits(2_000, 65_536), 4_096),
        (1_000, CardLimits(2_000, 65_536), 975),
    ],
)
def test_long_pieces_are_what_reader_and_card_both_take(
    reader: int, card: CardLimits, chunk: int
) -> None:
    first, *others = plans(reader, card)
    assert first.chunk == chunk
    assert first.longest_answer == min(reader, card.answer_bytes)
    assert [plan.chunk for plan in others] == FALL_BACKS


@pytest.mark.parametrize(
    ("reader", "card"),
    [(65_536, None), (256, CardLimits(2_000, 4_096)), (65_536, CardLimits(256, 256))],
    ids=["a silent card", "a short reader", "a short card"],
)
def test_nothing_long_is_tried_unless_both_say_so(reader: int, card: CardLimits | None) -> None:
    assert [plan.chunk for plan in plans(reader, card)] == FALL_BACKS
