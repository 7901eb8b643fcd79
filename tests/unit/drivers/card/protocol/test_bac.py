"""Basic access control, against the worked example of the standard."""

import pytest

from drivers.card.personalise.chip_access import CardBac
from drivers.card.protocol import bac
from drivers.card.protocol.access_key import from_mrz
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, KeyRefused
from drivers.card.protocol.keys import TRIPLE_DES
from drivers.card.protocol.secure_messaging import SecureMessaging
from tests.support import known_basic_access as known
from tests.support.transcript import TranscriptChannel

SEED = from_mrz(*known.MRZ).seed or b""
CHALLENGE, AUTHENTICATE = known.TRANSCRIPT
GOOD = AUTHENTICATE[1]


def _run(*exchanges: tuple[str, str], seed: bytes = SEED) -> SecureMessaging:
    card = TranscriptChannel(exchanges)
    drawn = list(known.NONCE_AND_HALF)
    session = converse(bac.establish(seed, lambda _: drawn.pop(0)), card)
    card.assert_finished()
    return session


def test_the_worked_example_runs_byte_for_byte() -> None:
    session = _run(*known.TRANSCRIPT)
    expected = SecureMessaging(known.SESSION_SEED, TRIPLE_DES, counter=known.COUNTER)
    assert vars(session) == vars(expected)


def test_a_card_answers_the_worked_example_byte_for_byte() -> None:
    drawn = [known.CARD_NONCE, known.CARD_HALF]
    card = CardBac(SEED, lambda _: drawn.pop(0))
    assert bytes(card.challenge()) == bytes.fromhex(CHALLENGE[1])
    sent = bytes.fromhex(AUTHENTICATE[0])[5:-1]
    response, session = card.authenticate(sent)
    assert bytes(response) == bytes.fromhex(GOOD)
    assert session is not None
    assert vars(session) == vars(_run(*known.TRANSCRIPT))


@pytest.mark.parametrize("status", ["63 00", "69 82", "69 85", "69 88"])
def test_a_card_that_refuses_says_that_the_key_is_wrong(status: str) -> None:
    with pytest.raises(KeyRefused):
        _run(CHALLENGE, (AUTHENTICATE[0], status))


@pytest.mark.parametrize(
    ("number", "answer", "error"),
    [
        (0, "69 82", CardUnreadable),
        (0, "46 08 F9 19 88 70 22 90 00", CardUnreadable),
        (0, "46 08 F9 19 88 70 22 12 00 90 00", CardUnreadable),
        (1, "6F 00", CardUnreadable),
        (1, "90 00", CardUnreadable),
        (1, GOOD[2:], CardUnreadable),
        (1, "47" + GOOD[2:], KeyRefused),
        (1, GOOD[:-8] + "48 90 00", KeyRefused),
    ],
    ids=[
        "no challenge",
        "a short challenge",
        "a long challenge",
        "another refusal",
        "no answer",
        "an answer cut short",
        "a changed cryptogram",
        "a changed MAC",
    ],
)
def test_a_card_that_breaks_the_protocol_gets_no_session(
    number: int, answer: str, error: type[Exception]
) -> None:
    exchanges = list(known.TRANSCRIPT[: number + 1])
    exchanges[number] = (exchanges[number][0], answer)
    with pytest.raises(error):
        _run(*exchanges)


def test_an_answer_to_another_challenge_is_refused() -> None:
    """A card that knows the key and plays back what it said to somebody else."""
    keys = bac.BasicKeys.derived(SEED)
    other = keys.seal(bytes(8) + known.NONCE_AND_HALF[0].to_bytes(8, "big") + bytes(16))
    with pytest.raises(CardUnreadable, match="nonces"):
        _run(CHALLENGE, (AUTHENTICATE[0], other.hex() + "90 00"))


def test_no_repr_shows_a_key() -> None:
    assert known.MAC_KEY.hex() not in repr(bac.BasicKeys.derived(SEED)).lower()
