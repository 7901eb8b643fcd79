"""A card that is torn out, refuses or talks rubbish at any command gives nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card.personalise.card import VirtualCard
from drivers.card.profile.reading import Print
from drivers.card.protocol.errors import (
    CardRemoved,
)
from drivers.errors import DeviceError, LocalProtocolError
from tests.support.cards import ChipChannel
from tests.support.icao_cards import GOOD, read


class _Torn(ChipChannel):
    """Leaves at one command."""

    def __init__(self, card: VirtualCard, at: int, last: bytes) -> None:
        super().__init__(card)
        self._at = at
        self._last = last

    def transmit(self, command: bytes) -> bytes:
        if len(self.commands) == self._at:
            return self._last
        return super().transmit(command)


def _length() -> int:
    channel = ChipChannel(GOOD)
    read(channel)
    return len(channel.commands)


@pytest.mark.parametrize("last", [b"", b"\x90"])
def test_a_card_torn_out_at_any_command_ends_the_reading(last: bytes) -> None:
    for at in range(_length()):
        with pytest.raises(CardRemoved):
            read(_Torn(GOOD, at, last))


@pytest.mark.parametrize("status", [0x6982, 0x6988, 0x6F00, 0x6CFF, 0x6110])
def test_a_card_that_refuses_at_any_command_gives_nothing(status: int) -> None:
    for at in range(_length()):
        with pytest.raises(DeviceError) as caught:
            read(_Torn(GOOD, at, status.to_bytes(2, "big")))
        assert caught.value.code.startswith("card.")


@settings(max_examples=60)
@given(at=st.integers(0, 40), rubbish=st.binary(min_size=2, max_size=300))
def test_a_card_that_talks_rubbish_gives_nothing_but_our_own_errors(
    at: int, rubbish: bytes
) -> None:
    try:
        card = read(_Torn(GOOD, at, rubbish))
    except DeviceError:
        return
    assert card == read(GOOD), "only what changes nothing may be let pass"


@pytest.mark.parametrize(
    "fields",
    [
        ("A123456(3)", "19680412", "20190315"),
        ("", "19680412", "20190315"),
        ("AB12345678", "19680412", "20190315"),
        ("A1234563", "680412", "20190315"),
        ("A1234563", "19680412", "15-03-19"),
    ],
)
def test_a_print_of_another_form_is_our_own_bug_and_not_repeated(
    fields: tuple[str, str, str],
) -> None:
    with pytest.raises(LocalProtocolError) as caught:
        Print(*fields)
    assert not any(field and field in str(caught.value) for field in fields)
