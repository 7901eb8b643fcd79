"""PACE, from the terminal's end, against the worked example of the standard."""

import secrets
from dataclasses import replace

import pytest

from drivers.card.personalise.chip_access import CardPace
from drivers.card.protocol import pace_arithmetic, tlv
from drivers.card.protocol.access_key import AccessKey, Password, from_can, from_mrz
from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, KeyRefused
from drivers.card.protocol.keys import AES_128, TRIPLE_DES
from drivers.card.protocol.pace import Established, establish
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import PACE_ECDH, Mapping, PaceInfo
from drivers.card.protocol.standard_curves import BY_PARAMETER_ID
from tests.support import known_chip_mapping as chip_mapping
from tests.support import known_integrated as integrated
from tests.support import known_pace as known
from tests.support.transcript import TranscriptChannel

Transcript = tuple[tuple[str, str], ...]
INFO = PaceInfo(known.PROTOCOL, known.PARAMETER_ID)
KEY = AccessKey(Password.MRZ, known.SECRET)
INTEGRATED = PaceInfo(integrated.PROTOCOL, known.PARAMETER_ID)
_resealed = pace_arithmetic.seal_nonce(known.SECRET, integrated.NONCE, AES_128)
INTEGRATED_TRANSCRIPT = (
    integrated.TRANSCRIPT[0],
    ("10 86 00 00 02 7C 00 00", f"7C 12 80 10 {_resealed.hex()} 90 00"),
    *integrated.TRANSCRIPT[2:],
)
"""The worked example under a password that we know: the standard's one is not given."""
CHIP_MAPPING = PaceInfo(chip_mapping.PROTOCOL, known.PARAMETER_ID)


def _run(*answers: tuple[int, str], steps: int = 5) -> Established:
    """Play the worked example, some answers replaced, and stop after `steps`."""
    replaced = dict(answers)
    exchanges = [
        (command, replaced.get(number, response))
        for number, (command, response) in enumerate(known.TRANSCRIPT[:steps])
    ]
    card = TranscriptChannel(exchanges)
    draw = known.draws(known.TERMINAL_MAPPING, known.TERMINAL_AGREEMENT)
    established = converse(establish(KEY, INFO, draw), card)
    card.assert_finished()
    return established


def test_the_worked_example_runs_byte_for_byte() -> None:
    established = _run()
    assert vars(established.session) == vars(SecureMessaging(known.SHARED))
    assert established.chip_data is None


def _play(info: PaceInfo, key: AccessKey, transcript: Transcript, *drawn: int) -> Established:
    card, left = TranscriptChannel(transcript), list(drawn)
    established = converse(establish(key, info, lambda _: left.pop(0)), card)
    card.assert_finished()
    return established


def test_the_worked_example_of_integrated_mapping_runs_byte_for_byte() -> None:
    ours = int.from_bytes(integrated.OURS, "big")
    agreement = integrated.TERMINAL_AGREEMENT - 1
    plain = AES_128.decrypt_blocks(integrated.PASSWORD_KEY, bytes(16), integrated.SEALED_NONCE)
    assert plain == integrated.NONCE
    established = _play(INTEGRATED, KEY, INTEGRATED_TRANSCRIPT, ours, agreement)
    assert vars(established.session) == vars(SecureMessaging(integrated.SHARED))


def test_the_random_numbers_of_integrated_mapping_come_out() -> None:
    random = pace_arithmetic.pseudo_random(AES_128, integrated.NONCE, integrated.OURS, 256)
    assert random == integrated.RANDOM
    field = pace_arithmetic.integrated_field(INTEGRATED, integrated.NONCE, integrated.OURS)
    assert field == integrated.FIELD


def _chip_mapping(transcript: Transcript = chip_mapping.TRANSCRIPT) -> Established:
    drawn = (chip_mapping.TERMINAL_MAPPING - 1, chip_mapping.TERMINAL_AGREEMENT - 1)
    return _play(CHIP_MAPPING, from_mrz(*chip_mapping.MRZ), transcript, *drawn)


def test_the_worked_example_of_chip_authentication_mapping_runs_byte_for_byte() -> None:
    established = _chip_mapping()
    session, data = established.session, established.chip_data
    assert session._encryption == chip_mapping.ENCRYPTION_KEY
    assert session._authentication == chip_mapping.MAC_KEY
    assert data is not None
    assert data.factor == chip_mapping.FACTOR
    assert data.proves(CHIP_MAPPING.curve, chip_mapping.STATIC_POINT)


def test_another_key_than_the_chips_is_not_proved() -> None:
    data = _chip_mapping().chip_data
    assert data is not None
    curve = CHIP_MAPPING.curve
    assert not data.proves(curve, curve.encode(curve.generator * 5))
    other = BY_PARAMETER_ID[12]
    assert not data.proves(other, other.encode(other.generator * 5))
    assert not replace(data, factor=0).proves(curve, chip_mapping.STATIC_POINT)
    beyond = replace(data, factor=data.factor + curve.order)
    assert not beyond.proves(curve, chip_mapping.STATIC_POINT)


@pytest.mark.parametrize(
    "last",
    [
        f"7C 0A 86 08 {chip_mapping.CARD_TOKEN} 90 00",
        f"7C 0C 86 08 {chip_mapping.CARD_TOKEN} 8A 00 90 00",
        f"7C 1C 86 08 {chip_mapping.CARD_TOKEN} 8A 10 {'00' * 16} 90 00",
        f"7C 1C 86 08 {chip_mapping.CARD_TOKEN} 87 10 {'00' * 16} 90 00",
    ],
    ids=["no chip data", "empty chip data", "chip data of other bytes", "another object"],
)
def test_chip_authentication_mapping_without_its_data_gives_no_session(last: str) -> None:
    *before, (command, _) = chip_mapping.TRANSCRIPT
    with pytest.raises(CardUnreadable):
        _chip_mapping((*before, (command, last)))


def test_mapping_data_where_integrated_mapping_has_none_are_refused() -> None:
    exchanges = [*INTEGRATED_TRANSCRIPT[:2], (integrated.TRANSCRIPT[2][0], "7C 03 82 01 00 90 00")]
    with pytest.raises(CardUnreadable, match="mapping data"):
        _play(INTEGRATED, KEY, tuple(exchanges), int.from_bytes(integrated.OURS, "big"))


@pytest.mark.parametrize("protocol", list(PACE_ECDH))
@pytest.mark.parametrize("parameter_id", list(BY_PARAMETER_ID))
def test_both_ends_agree_with_every_cipher_mapping_and_curve(
    protocol: str, parameter_id: int
) -> None:
    info = PaceInfo(protocol, parameter_id)
    static = info.curve.new_secret(secrets.randbelow)
    card = CardPace(known.SECRET, info, static)
    entered: list[SecureMessaging] = []

    class Card:
        def transmit(self, command: bytes) -> bytes:
            apdu = CommandApdu.parse(command)
            if apdu.ins == 0x22:
                return b"\x90\x00"
            response, session = card.step(tlv.fields(tlv.only(apdu.data, 0x7C)))
            entered.extend([session] if session else [])
            return bytes(response)

    established = converse(establish(KEY, info, secrets.randbelow), Card())
    assert [vars(session) for session in entered] == [vars(established.session)]
    if info.mapping is Mapping.CHIP_AUTHENTICATION:
        assert established.chip_data is not None
        public = info.curve.encode(info.curve.generator * static)
        assert established.chip_data.proves(info.curve, public)


def test_a_nonce_is_as_long_as_its_mapping_asks() -> None:
    lengths = {
        protocol: pace_arithmetic.nonce_lengths(PaceInfo(protocol, 12)) for protocol in PACE_ECDH
    }
    assert lengths["0.4.0.127.0.7.2.2.4.4.4"] == (32,)
    assert lengths["0.4.0.127.0.7.2.2.4.4.2"] == (16,)
    assert lengths["0.4.0.127.0.7.2.2.4.2.4"] == (16, 32)
    assert PACE_ECDH["0.4.0.127.0.7.2.2.4.4.1"] == (Mapping.INTEGRATED, TRIPLE_DES)


def test_the_nonce_of_the_worked_example_is_sealed_and_opened() -> None:
    assert pace_arithmetic.seal_nonce(known.SECRET, known.NONCE, AES_128) == known.SEALED_NONCE
    assert pace_arithmetic.open_nonce(known.SECRET, known.SEALED_NONCE, AES_128) == known.NONCE


def test_the_tokens_of_the_worked_example_come_out() -> None:
    assert (
        pace_arithmetic.token(known.SHARED, INFO, known.CARD_AGREEMENT_POINT)
        == known.TERMINAL_TOKEN
    )
    assert (
        pace_arithmetic.token(known.SHARED, INFO, known.TERMINAL_AGREEMENT_POINT)
        == known.CARD_TOKEN
    )


def test_a_can_is_asked_for_as_such() -> None:
    command, response = known.TRANSCRIPT[0]
    card = TranscriptChannel([(command.replace("83 01 01", "83 01 02"), response)])
    draw = known.draws()
    with pytest.raises(AssertionError, match="one command more"):
        converse(establish(from_can("123456"), INFO, draw), card)


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
    nonce = pace_arithmetic.open_nonce(bytes(20), known.SEALED_NONCE, AES_128)
    assert len(nonce) == 16
    assert nonce != known.NONCE
