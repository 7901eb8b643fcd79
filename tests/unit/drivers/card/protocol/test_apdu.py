"""Commands and responses, from bytes and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.errors import CardRemoved, CardUnreadable
from drivers.errors import LocalProtocolError

octets = st.integers(0, 255)
lengths = st.sampled_from([1, 2, 254, 255, 256, 257, 300, 65_534, 65_535])


@pytest.mark.parametrize(
    ("command", "encoded"),
    [
        (CommandApdu(0x00, 0xA4, 0x02, 0x0C), "00 A4 02 0C"),
        (CommandApdu(0x00, 0xB0, 0x00, 0x10, expected=4), "00 B0 00 10 04"),
        (CommandApdu(0x00, 0xB0, 0x00, 0x00, expected=256), "00 B0 00 00 00"),
        (CommandApdu(0x00, 0xA4, 0x02, 0x0C, b"\x01\x1e"), "00 A4 02 0C 02 01 1E"),
        (CommandApdu(0x00, 0x86, 0, 0, b"\x7c\x00", 256), "00 86 00 00 02 7C 00 00"),
        (CommandApdu(0x00, 0xB0, 0, 0, expected=4096), "00 B0 00 00 00 10 00"),
        (CommandApdu(0x00, 0xB0, 0, 0, expected=65_536), "00 B0 00 00 00 00 00"),
        (CommandApdu(0x00, 0x86, 0, 0, bytes(256)), f"00 86 00 00 00 01 00 {'00' * 256}"),
        (CommandApdu(0, 0x86, 0, 0, b"\x01", 300), "00 86 00 00 00 00 01 01 01 2C"),
    ],
)
def test_a_command_is_encoded_as_the_standard_says_and_read_back(
    command: CommandApdu, encoded: str
) -> None:
    assert bytes(command) == bytes.fromhex(encoded)
    assert CommandApdu.parse(bytes.fromhex(encoded)) == command


commands = st.builds(
    CommandApdu,
    *[octets] * 4,
    st.just(b"") | lengths.map(bytes),
    st.none() | lengths | st.just(65_536),
)


@given(commands)
def test_every_command_comes_back_from_its_bytes(command: CommandApdu) -> None:
    assert CommandApdu.parse(bytes(command)) == command


@given(st.binary(max_size=300))
def test_bytes_that_are_no_command_are_refused_by_our_own_error(encoded: bytes) -> None:
    try:
        CommandApdu.parse(encoded)
    except LocalProtocolError:
        return


@pytest.mark.parametrize("encoded", ["00 A4 02", "00 A4 02 0C 03 01 1E", "00 A4 02 0C 01 01 1E 00"])
def test_a_command_whose_lengths_do_not_fit_is_refused(encoded: str) -> None:
    with pytest.raises(LocalProtocolError):
        CommandApdu.parse(bytes.fromhex(encoded))


@pytest.mark.parametrize(
    "command",
    [CommandApdu(0, 0, 0, 0, bytes(65_536)), CommandApdu(0, 0, 0, 0, expected=65_537)],
)
def test_a_command_longer_than_any_is_our_own_bug(command: CommandApdu) -> None:
    with pytest.raises(LocalProtocolError):
        bytes(command)


def test_a_response_is_data_and_status() -> None:
    response = ResponseApdu.parse(bytes.fromhex("60 02 62 82"))
    assert (response.data, response.status, response.ok) == (b"\x60\x02", 0x6282, False)
    assert ResponseApdu.parse(b"\x90\x00").ok
    assert bytes(response) == bytes.fromhex("60 02 62 82")


@pytest.mark.parametrize("encoded", [b"", b"\x90"])
def test_a_torn_card_answers_less_than_a_status_word(encoded: bytes) -> None:
    with pytest.raises(CardRemoved):
        ResponseApdu.parse(encoded)


def test_a_response_longer_than_any_is_refused() -> None:
    assert len(ResponseApdu.parse(bytes(65_538)).data) == 65_536
    with pytest.raises(CardUnreadable):
        ResponseApdu.parse(bytes(65_539))


def test_no_repr_shows_data() -> None:
    assert "5A5A" not in repr(CommandApdu(0, 0x20, 0, 0, b"\x5a\x5a", 8)).upper()
    assert "5A5A" not in repr(ResponseApdu(b"\x5a\x5a", 0x9000)).upper()
    assert repr(CommandApdu(0, 0xB0, 1, 2, b"", 8)) == "<command 00 B0 01 02 data=0 expected=8>"
    assert repr(ResponseApdu(b"\x5a", 0x9000)) == "<response data=1 status=9000>"
