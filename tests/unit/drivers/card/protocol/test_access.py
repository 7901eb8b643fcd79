"""Which way in is taken, and when."""

import pytest

from drivers.card.protocol.access import offers, open_card
from drivers.card.protocol.access_key import from_can, from_mrz
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, KeyRefused
from tests.support import known_basic_access as basic
from tests.support import known_pace as pace
from tests.support.transcript import TranscriptChannel

READ_CARD_ACCESS = "00 B0 9C 00 DF"
MASTER_FILE = ("00 A4 00 0C 02 3F 00", "90 00")
APPLICATION = ("00 A4 04 0C 07 A0 00 00 02 47 10 01", "90 00")
CARD_ACCESS = "31 14 30 12 06 0A 04 00 7F 00 07 02 02 04 02 02 02 01 02 02 01 0D 62 82"
"""EF.CardAccess of app. G.1."""


def test_a_card_that_offers_pace_is_opened_with_it() -> None:
    card = TranscriptChannel([(READ_CARD_ACCESS, CARD_ACCESS), *pace.TRANSCRIPT])
    draw = pace.draws(pace.TERMINAL_MAPPING, pace.TERMINAL_AGREEMENT)
    opened = converse(open_card(from_mrz("T22000129", "640812", "101031"), draw, chunk=223), card)
    assert opened.name == "PACE-ECDH-GM-AES-CBC-CMAC-128/brainpoolP256r1"
    assert opened.gap == ""
    card.assert_finished()


def test_a_card_without_pace_is_opened_with_bac_and_that_is_said() -> None:
    missing = [(READ_CARD_ACCESS, "6A 82"), MASTER_FILE, (READ_CARD_ACCESS, "6A 82")]
    card = TranscriptChannel([*missing, APPLICATION, *basic.TRANSCRIPT])
    drawn = list(basic.NONCE_AND_HALF)
    opened = converse(open_card(from_mrz(*basic.MRZ), lambda _: drawn.pop(0), chunk=223), card)
    assert opened.name == "BAC-3DES-CBC-CBC"
    assert "BAC" in opened.gap
    card.assert_finished()


def test_an_access_number_does_not_open_a_card_without_pace() -> None:
    missing = [(READ_CARD_ACCESS, "6A 82"), MASTER_FILE, (READ_CARD_ACCESS, "6A 82")]
    with pytest.raises(KeyRefused):
        converse(open_card(from_can("123456"), pace.draws(), chunk=223), TranscriptChannel(missing))


def test_a_card_that_is_somewhere_else_is_told_to_go_to_its_master_file() -> None:
    card = TranscriptChannel(
        [(READ_CARD_ACCESS, "6A 82"), MASTER_FILE, (READ_CARD_ACCESS, CARD_ACCESS)]
    )
    assert len(converse(offers(chunk=223), card)) == 1


def test_a_malformed_card_access_is_no_reason_for_bac() -> None:
    with pytest.raises(CardUnreadable):
        converse(offers(chunk=223), TranscriptChannel([(READ_CARD_ACCESS, "31 02 30 05 90 00")]))
