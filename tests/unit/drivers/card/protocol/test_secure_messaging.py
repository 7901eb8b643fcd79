"""Every command and response encrypted and counted.

The standard gives no example for AES. The known answers were computed by two other
implementations from the session keys of ICAO Doc 9303-11, app. G.1.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.dialogue import Dialogue, converse
from drivers.card.protocol.errors import CardUnreadable, SessionBroken
from drivers.card.protocol.keys import AES_128, AES_192, AES_256, TRIPLE_DES, Cipher
from drivers.card.protocol.secure_messaging import SecureMessaging, protected, room
from tests.support import known_basic_access as basic
from tests.support.transcript import TranscriptChannel

SHARED = bytes.fromhex("28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925")
SELECT_COM = CommandApdu(0x00, 0xA4, 0x02, 0x0C, b"\x01\x1e")
READ_FOUR = CommandApdu(0x00, 0xB0, 0x00, 0x00, expected=4)
SEALED_SELECT = (
    "0C A4 02 0C 1D 87 11 01 EE 0E 47 24 F4 46 5C 1B E9 C2 F7 3A BD D7 3A 3D"
    "8E 08 83 5D 1B 54 57 5C 95 5F 00"
)
SELECTED = "99 02 90 00 8E 08 BE A7 B3 81 C4 94 A0 79 90 00"
SEALED_READ = "0C B0 00 00 0D 97 01 04 8E 08 AA 6B A5 4F 44 DF 83 64 00"
READ = (
    "87 11 01 64 5C 0B 1F 99 8A 08 82 78 D0 79 42 BB E9 4B 60"
    "99 02 90 00 8E 08 94 A3 3C 6A A2 D8 CC C8 90 00"
)
CIPHERS = [TRIPLE_DES, AES_128, AES_192, AES_256]
commands = st.builds(
    CommandApdu,
    cla=st.just(0),
    ins=st.sampled_from([0xA4, 0xB0, 0xB1, 0x86]),
    p1=st.integers(0, 255),
    p2=st.integers(0, 255),
    data=st.binary(max_size=400),
    expected=st.none() | st.sampled_from([1, 223, 256, 257, 65_536]),
)
responses = st.builds(ResponseApdu, st.binary(max_size=400), st.sampled_from([0x9000, 0x6282]))


def _pair(cipher: Cipher = AES_128) -> tuple[SecureMessaging, SecureMessaging]:
    return SecureMessaging(SHARED, cipher), SecureMessaging(SHARED, cipher)


def _response(text: str) -> ResponseApdu:
    return ResponseApdu.parse(bytes.fromhex(text))


def test_commands_are_protected_byte_for_byte_as_others_do_it() -> None:
    session = SecureMessaging(SHARED)
    assert bytes(session.protect(SELECT_COM)) == bytes.fromhex(SEALED_SELECT)
    assert session.unprotect(_response(SELECTED)) == ResponseApdu(b"", 0x9000)
    assert bytes(session.protect(READ_FOUR)) == bytes.fromhex(SEALED_READ)
    assert session.unprotect(_response(READ)) == ResponseApdu(bytes.fromhex("60145F01"), 0x9000)


def test_a_card_understands_and_answers_byte_for_byte_as_others_do_it() -> None:
    card = SecureMessaging(SHARED)
    sealed = CommandApdu.parse(bytes.fromhex(SEALED_SELECT))
    assert card.unprotect_command(sealed) == SELECT_COM
    assert card.protect_response(ResponseApdu(b"", 0x9000)) == _response(SELECTED)
    assert card.unprotect_command(CommandApdu.parse(bytes.fromhex(SEALED_READ))) == READ_FOUR
    answer = ResponseApdu(bytes.fromhex("60145F01"), 0x9000)
    assert card.protect_response(answer) == _response(READ)


@pytest.mark.parametrize("cipher", CIPHERS, ids=lambda cipher: cipher.name)
@given(exchanges=st.lists(st.tuples(commands, responses), min_size=1, max_size=4))
def test_both_ends_understand_each_other(
    cipher: Cipher, exchanges: list[tuple[CommandApdu, ResponseApdu]]
) -> None:
    terminal, card = _pair(cipher)
    for command, response in exchanges:
        sealed = CommandApdu.parse(bytes(terminal.protect(command)))
        assert card.unprotect_command(sealed) == command
        assert terminal.unprotect(card.protect_response(response)) == response


@pytest.mark.parametrize("cipher", CIPHERS, ids=lambda cipher: cipher.name)
@pytest.mark.parametrize("longest", [256, 1000, 4096, 65_536])
def test_an_answer_carries_what_there_is_room_for_and_no_byte_more(
    cipher: Cipher, longest: int
) -> None:
    most = room(longest, cipher)
    for length, fits in ((most, True), (most + 1, False)):
        terminal, card = _pair(cipher)
        card.unprotect_command(terminal.protect(READ_FOUR))
        answer = card.protect_response(ResponseApdu(bytes(length), 0x9000))
        assert (len(answer.data) <= longest) is fits


def test_a_short_answer_carries_223_bytes_under_aes_and_231_under_3des() -> None:
    assert (room(256, AES_128), room(256, TRIPLE_DES)) == (223, 231)


def test_secure_messaging_of_appendix_d_comes_out_byte_for_byte() -> None:
    session = SecureMessaging(basic.SESSION_SEED, TRIPLE_DES, counter=basic.COUNTER)

    def reading() -> Dialogue[bytes]:
        yield SELECT_COM
        first = yield READ_FOUR
        rest = yield CommandApdu(0x00, 0xB0, 0x00, 0x04, expected=18)
        return first.data + rest.data

    card = TranscriptChannel(basic.SECURE_TRANSCRIPT)
    file = converse(protected(reading(), session), card)
    assert file == basic.EF_COM
    card.assert_finished()


def test_odd_instructions_carry_their_cryptogram_without_padding_indicator() -> None:
    terminal, card = _pair()
    command = CommandApdu(0x00, 0xB1, 0x00, 0x00, tlv.build(0x54, b"\x80\x00"), 223)
    sealed = terminal.protect(command)
    assert set(tlv.fields(sealed.data)) == {0x85, 0x97, 0x8E}
    assert card.unprotect_command(sealed) == command
    answer = card.protect_response(ResponseApdu(tlv.build(0x53, bytes(220)), 0x9000))
    assert len(answer.data) <= 256
    assert terminal.unprotect(answer).data == tlv.build(0x53, bytes(220))


@given(st.integers(0), responses)
def test_a_flipped_bit_anywhere_breaks_the_session(position: int, response: ResponseApdu) -> None:
    terminal, card = _pair()
    card.unprotect_command(terminal.protect(READ_FOUR))
    sealed = bytearray(card.protect_response(response).data)
    sealed[position // 8 % len(sealed)] ^= 1 << position % 8
    with pytest.raises(SessionBroken):
        terminal.unprotect(ResponseApdu(bytes(sealed), response.status))


@pytest.mark.parametrize(
    "answer",
    ["90 00", "69 88", "60 14 5F 01 90 00", SELECTED[:11] + " 90 00", SELECTED[12:]],
    ids=["plain success", "plain refusal", "plain data", "status without MAC", "MAC alone"],
)
def test_an_unprotected_answer_breaks_the_session(answer: str) -> None:
    session = SecureMessaging(SHARED)
    session.protect(SELECT_COM)
    with pytest.raises(SessionBroken):
        session.unprotect(_response(answer))


def test_another_status_outside_than_inside_breaks_the_session() -> None:
    session = SecureMessaging(SHARED)
    session.protect(SELECT_COM)
    with pytest.raises(SessionBroken, match="status"):
        session.unprotect(_response(SELECTED[:-5] + "62 82"))


def test_a_replayed_answer_breaks_the_session() -> None:
    session = SecureMessaging(SHARED)
    session.protect(SELECT_COM)
    session.unprotect(_response(SELECTED))
    session.protect(SELECT_COM)
    with pytest.raises(SessionBroken, match="MAC"):
        session.unprotect(_response(SELECTED))


def test_a_skipped_command_breaks_the_session() -> None:
    terminal, card = _pair()
    terminal.protect(READ_FOUR)
    with pytest.raises(SessionBroken, match="MAC"):
        card.unprotect_command(terminal.protect(READ_FOUR))


class _Forger(SecureMessaging):
    """Has the keys and says with a good MAC what no card says."""

    def say(self, body: bytes) -> ResponseApdu:
        self._counter += 2
        return ResponseApdu(body + tlv.build(0x8E, self._mac(body)), 0x9000)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        bytes.fromhex("99 01 90"),
        bytes.fromhex("81 01 AA 99 02 90 00"),
        bytes.fromhex("87 00 99 02 90 00"),
        bytes.fromhex("87 01 01 99 02 90 00"),
        bytes.fromhex("87 11 02") + bytes(16) + bytes.fromhex("99 02 90 00"),
        bytes.fromhex("87 11 01") + bytes(16) + bytes.fromhex("99 02 90 00"),
        bytes.fromhex("85 10") + bytes(16) + bytes.fromhex("99 02 90 00"),
    ],
    ids=[
        "no status",
        "half a status",
        "plain data",
        "an empty cryptogram",
        "no block",
        "another padding indicator",
        "wrong padding",
        "the cryptogram of an odd instruction",
    ],
)
def test_even_with_a_good_mac_another_form_is_refused(body: bytes) -> None:
    session, forger = SecureMessaging(SHARED), _Forger(SHARED)
    session.protect(SELECT_COM)
    with pytest.raises(CardUnreadable):
        session.unprotect(forger.say(body))


def test_another_padding_indicator_is_refused_even_before_a_good_cryptogram() -> None:
    terminal, card, forger = *_pair(), _Forger(SHARED)
    card.unprotect_command(terminal.protect(READ_FOUR))
    good = card.protect_response(ResponseApdu(b"data", 0x9000)).data[:-10]
    assert good[:3] == bytes.fromhex("87 11 01")
    with pytest.raises(SessionBroken, match="indicator"):
        terminal.unprotect(forger.say(good[:2] + b"\x02" + good[3:]))


def test_a_command_without_mac_is_refused_by_the_card() -> None:
    with pytest.raises(CardUnreadable):
        SecureMessaging(SHARED).unprotect_command(CommandApdu(0x0C, 0xB0, 0, 0, b"\x97\x01\x04", 4))


def test_a_dialogue_runs_under_protection() -> None:
    def selecting() -> Dialogue[int]:
        return (yield SELECT_COM).status

    card = TranscriptChannel([(SEALED_SELECT, SELECTED)])
    assert converse(protected(selecting(), SecureMessaging(SHARED)), card) == 0x9000
    card.assert_finished()


def test_no_repr_shows_keys() -> None:
    assert repr(SecureMessaging(SHARED)) == "<SecureMessaging after 0>"
