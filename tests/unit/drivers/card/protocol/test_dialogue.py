"""Dialogues meet a card in one place."""

import pytest

from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.dialogue import Dialogue, converse
from drivers.card.protocol.errors import CardRemoved
from tests.support.transcript import TranscriptChannel


def _two_reads() -> Dialogue[bytes]:
    first = yield CommandApdu(0, 0xB0, 0, 0, expected=1)
    second = yield CommandApdu(0, 0xB0, 0, 1, expected=1)
    return first.data + second.data


def test_commands_go_out_in_order_and_the_result_comes_back() -> None:
    card = TranscriptChannel([("00 B0 00 00 01", "AA 90 00"), ("00 B0 00 01 01", "BB 90 00")])
    assert converse(_two_reads(), card) == b"\xaa\xbb"
    card.assert_finished()


def test_a_dialogue_without_commands_needs_no_card() -> None:
    def nothing() -> Dialogue[int]:
        yield from ()
        return 7

    assert converse(nothing(), TranscriptChannel([])) == 7


@pytest.mark.parametrize("torn", ["", "90"])
def test_a_torn_card_ends_the_dialogue(torn: str) -> None:
    card = TranscriptChannel([("00 B0 00 00 01", torn)])
    with pytest.raises(CardRemoved):
        converse(_two_reads(), card)
