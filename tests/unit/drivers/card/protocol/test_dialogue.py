"""Dialogues meet a card in one place."""

import pytest

from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
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


def _one(command: CommandApdu) -> Dialogue[ResponseApdu]:
    return (yield command)


PLAIN = CommandApdu(0x00, 0xB0, 0x9C, 0x00, expected=223)


def test_an_answer_in_parts_is_one_answer() -> None:
    card = TranscriptChannel(
        [
            ("00 B0 9C 00 DF", "6C 03"),
            ("00 B0 9C 00 03", "AA 61 02"),
            ("00 C0 00 00 02", "BB 61 01"),
            ("00 C0 00 00 01", "CC 90 00"),
        ]
    )
    assert converse(_one(PLAIN), card) == ResponseApdu(b"\xaa\xbb\xcc", 0x9000)
    card.assert_finished()


def test_a_card_that_has_always_more_is_not_asked_for_ever() -> None:
    card = TranscriptChannel([("00 B0 9C 00 DF", "61 00"), *([("00 C0 00 00 00", "61 00")] * 8)])
    assert converse(_one(PLAIN), card).status == 0x6100
    card.assert_finished()


@pytest.mark.parametrize("status", ["61 10", "6C 10"])
def test_under_secure_messaging_no_part_is_asked_for(status: str) -> None:
    card = TranscriptChannel([("0C B0 9C 00 00", status)])
    secured = CommandApdu(0x0C, 0xB0, 0x9C, 0x00, expected=256)
    assert converse(_one(secured), card).data == b""
    card.assert_finished()
