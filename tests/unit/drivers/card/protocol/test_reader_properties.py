"""What a reader says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol.reader_properties import longest_answer, properties_code


def test_the_properties_are_asked_for_by_the_code_that_the_reader_gives() -> None:
    # As libccid answers: PIN verification, then the properties.
    assert properties_code(bytes.fromhex("06 04 42 33 00 06 12 04 42 33 00 12")) == 0x42330012
    assert properties_code(bytes.fromhex("06 04 42 33 00 06")) is None
    assert properties_code(b"") is None


@pytest.mark.parametrize(
    ("properties", "bytes_"),
    [
        ("0A 04 00 00 01 00", 65_536),
        ("01 02 10 00 0A 04 00 00 01 00 0B 02 E6 04", 65_536),
        ("0A 04 00 00 00 00", 256),
        ("01 02 10 00", 65_536),
        ("", 65_536),
    ],
    ids=["extended", "among others", "short only", "not said", "nothing"],
)
def test_the_longest_answer_is_read(properties: str, bytes_: int) -> None:
    assert longest_answer(bytes.fromhex(properties)) == bytes_


@given(st.binary(max_size=60))
def test_a_reader_that_talks_rubbish_stops_nothing(said: bytes) -> None:
    properties_code(said)
    assert longest_answer(said) in {256, 65_536}
