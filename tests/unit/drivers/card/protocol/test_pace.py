"""PACE, from the terminal's end, against the worked example of the standard."""

import pytest

from drivers.card.protocol import pace
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, KeyRefused
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import PaceInfo
from tests.support import known_pace as known
from tests.support.transcript import TranscriptChannel

INFO = PaceInfo(known.PROTOCOL, known.PARAMETER_ID)


def _run(*answers: tuple[int, str], steps: int = 5) -> SecureMessaging:
    """Play the worked example, some answers replaced, and stop after `steps`."""
    replaced = dict(answers)
    exchanges = [
        (command, replaced.get(number, response))
        for number, (command, response) in enumerate(known.TRANSCRIPT[:steps])
    ]
    card = TranscriptChannel(exchanges)
    draw = known.draws(known.TERMINAL_MAPPING, known.TERMINAL_AGREEMENT)
    session = converse(pace.establish(known.SECRET, INFO, draw), card)
    card.assert_finished()
    return session


def test_the_worked_example_runs_byte_for_byte() -> None:
    session = _run()
    expected = SecureMessaging(known.SHARED)
    assert vars(session) == vars(expected)


def test_the_nonce_of_the_worked_example_is_sealed_and_opened() -> None:
    assert pace.seal_nonce(known.SECRET, known.NONCE, key_bytes=16) == known.SEALED_NONCE
    assert pace.open_nonce(known.SECRET, known.SEALED_NONCE, key_bytes=16) == known.NONCE


def test_the_tokens_of_the_worked_example_come_out() -> None:
    assert pace.token(known.SHARED, INFO, known.CARD_AGREEMENT_POINT) == known.TERMINAL_TOKEN
    assert pace.token(known.SHARED, INFO, known.TERMINAL_AGREEMENT_POINT) == known.CARD_TOKEN


def test_a_can_is_asked_for_as_such() -> None:
    command, response = known.TRANSCRIPT[0]
    card = TranscriptChannel([(command.replace("83 01 01", "83 01 02"), response)])
    draw = known.draws()
    with pytest.raises(AssertionError, match="one command more"):
        converse(pace.establish(b"123456", INFO, draw, password=pace.Password.CAN), card)


@pytest.mark.parametrize("status", ["63 00", "63 C2", "63 C0"])
def test_a_card_that_refuses_the_token_says_the_key_is_wrong(status: str) -> None:
    with pytest.raises(KeyRefused):
        _run((4, status))


def test_a_card_whose_own_token_is_wrong_is_not_the_prints() -> None:
    with pytest.raises(KeyRefused):
        _run((4, "7C 0A 86 08 3A BB 96 74 BC E9 3C 09 90 00"))


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        (0, "6A 80"),
        (1, "69 85"),
        (1, "90 00"),
        (1, "7C 00 90 00"),
        (1, f"7C 11 80 0F {known.SEALED_NONCE[:15].hex()} 90 00"),
        (1, f"7C 32 80 30 {known.SEALED_NONCE.hex() * 3} 90 00"),
        (1, f"7C 12 82 10 {known.SEALED_NONCE.hex()} 90 00"),
        (2, f"7C 43 82 41 {known.TERMINAL_MAPPING_POINT.hex()} 90 00"),
        (2, f"7C 43 82 41 04 {'00' * 64} 90 00"),
        (2, "7C 03 82 01 00 90 00"),
        (3, f"7C 43 84 41 {known.TERMINAL_AGREEMENT_POINT.hex()} 90 00"),
        (3, f"7C 43 84 41 04 {'FF' * 64} 90 00"),
        (4, "69 82"),
        (4, "90 00"),
        (4, "7C 02 86 00 90 00"),
        (4, "7C 09 86 07 3A BB 96 74 BC E9 3C 90 00"),
        (4, "7C 0E 86 08 3A BB 96 74 BC E9 3C 08 87 02 AA BB 90 00"),
    ],
    ids=[
        "PACE refused",
        "nonce refused",
        "no nonce at all",
        "an empty answer",
        "nonce too short",
        "nonce too long",
        "nonce under another tag",
        "our own mapping point reflected",
        "mapping point off the curve",
        "mapping point at infinity",
        "our own agreement point reflected",
        "agreement point off the curve",
        "token refused for another reason",
        "no token",
        "an empty token",
        "a short token",
        "something beside the token",
    ],
)
def test_a_card_that_breaks_the_protocol_gets_no_session(step: int, answer: str) -> None:
    with pytest.raises((CardUnreadable, KeyRefused)) as caught:
        _run((step, answer), steps=step + 1)
    is_token = answer in {"7C 02 86 00 90 00", "7C 09 86 07 3A BB 96 74 BC E9 3C 90 00"}
    assert isinstance(caught.value, KeyRefused) is is_token


def test_a_wrong_password_shows_only_at_the_token() -> None:
    nonce = pace.open_nonce(bytes(20), known.SEALED_NONCE, key_bytes=16)
    assert len(nonce) == 16
    assert nonce != known.NONCE
