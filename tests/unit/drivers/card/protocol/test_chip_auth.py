"""Chip authentication, from the terminal's end."""

from dataclasses import replace

import pytest

from drivers.card.protocol import chip_auth, tlv
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import ChipCloned
from drivers.card.protocol.keys import TRIPLE_DES
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import ChipKey
from drivers.card.protocol.standard_curves import BY_PARAMETER_ID
from tests.support.known_pace import draws
from tests.support.transcript import TranscriptChannel

P256 = BY_PARAMETER_ID[12]
OURS, CHIPS = 1234567, 7654321
PUBLIC = P256.encode(P256.generator * CHIPS)
KEY = ChipKey("0.4.0.127.0.7.2.2.3.2.2", P256, PUBLIC, None)
OID = "80 0A 04 00 7F 00 07 02 02 03 02 02"
OUR_POINT = tlv.build(0x80, P256.encode(P256.generator * OURS)).hex()
AGREE = f"00 86 00 00 45 7C 43 {OUR_POINT} 00"


def _run(key: ChipKey, *exchanges: tuple[str, str]) -> SecureMessaging:
    card = TranscriptChannel(exchanges)
    session = converse(chip_auth.authenticate(key, draws(OURS)), card)
    card.assert_finished()
    return session


def test_the_new_session_is_the_one_that_the_chips_key_gives() -> None:
    session = _run(KEY, (f"00 22 41 A4 0C {OID}", "90 00"), (AGREE, "7C 00 90 00"))
    expected = SecureMessaging(P256.agree(CHIPS, P256.generator * OURS))
    assert vars(session) == vars(expected)


def test_3des_takes_the_older_command() -> None:
    """MSE:Set KAT (9303-11, 6.2.4.1)."""
    key = replace(KEY, protocol="0.4.0.127.0.7.2.2.3.2.1", key_id=7)
    point = P256.encode(P256.generator * OURS).hex()
    session = _run(key, (f"00 22 41 A6 46 91 41 {point} 84 01 07", "90 00"))
    expected = SecureMessaging(P256.agree(CHIPS, P256.generator * OURS), TRIPLE_DES)
    assert vars(session) == vars(expected)


@pytest.mark.parametrize(("key_id", "encoded"), [(0, "00"), (7, "07"), (300, "01 2C")])
def test_a_key_that_has_a_name_is_asked_for_by_name(key_id: int, encoded: str) -> None:
    name = f"84 {len(bytes.fromhex(encoded)):02X} {encoded}"
    length = 14 + len(bytes.fromhex(encoded))
    select = f"00 22 41 A4 {length:02X} {OID} {name}"
    _run(replace(KEY, key_id=key_id), (select, "90 00"), (AGREE, "7C 00 90 00"))


def test_a_chip_that_refuses_is_no_chip_that_has_the_key() -> None:
    select = f"00 22 41 A4 0C {OID}"
    with pytest.raises(ChipCloned, match="6A88"):
        _run(KEY, (select, "6A 88"))
    with pytest.raises(ChipCloned, match="6300"):
        _run(KEY, (select, "90 00"), (AGREE, "63 00"))
