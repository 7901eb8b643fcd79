"""Messages come out of a stream as they went in, however it was cut."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.framing import (
    HEADER_BYTES,
    LONGEST_BODY_BYTES,
    BadMessage,
    Splitter,
    decode,
    encode,
    frame,
    messages,
)
from wire.message import Message
from wire.screen import SCREENS_LONGEST_ARGUMENT, Action, FromScreens, Hello, ToScreens, Touched

bodies = st.lists(st.binary(min_size=1, max_size=50), max_size=6)


@given(bodies, st.lists(st.integers(0, 400), max_size=8))
def test_bodies_survive_any_cutting(sent: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(map(frame, sent))
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    splitter = Splitter()
    received = []
    for start, end in pairwise(edges):
        received += splitter.feed(stream[start:end])
    assert received == sent


def test_the_splitter_keeps_nothing_it_has_handed_out() -> None:
    splitter = Splitter()
    splitter.feed(frame(b"A1234563") + b"\0\0")
    assert splitter._pending == b"\0\0"


@pytest.mark.parametrize("length", [0, LONGEST_BODY_BYTES + 1, 2**32 - 1])
def test_a_header_of_no_possible_length_is_refused(length: int) -> None:
    with pytest.raises(BadMessage):
        Splitter().feed(length.to_bytes(HEADER_BYTES, "big"))


def test_the_longest_body_is_framed_and_no_longer_one() -> None:
    body = bytes(LONGEST_BODY_BYTES)
    assert Splitter().feed(frame(body)) == [body]
    with pytest.raises(BadMessage):
        frame(body + b"\0")
    with pytest.raises(BadMessage):
        frame(b"")


@given(st.binary(max_size=100))
def test_any_bytes_are_a_message_or_refused(body: bytes) -> None:
    with suppress(BadMessage):
        assert isinstance(decode(body, FromScreens), Message)


@pytest.mark.parametrize("body", [b"", b"CANARY", encode(Touched(1, Action.KEY, "CANARY")) + b"x"])
def test_a_refusal_repeats_nothing_and_keeps_no_cause(body: bytes) -> None:
    with pytest.raises(BadMessage) as caught:
        decode(body, FromScreens)
    assert str(caught.value) == "a message of another shape than expected"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@given(
    st.integers(0, 2**40),
    st.sampled_from(Action),
    st.text(max_size=SCREENS_LONGEST_ARGUMENT),
)
def test_what_is_encoded_is_decoded(sequence: int, action: Action, argument: str) -> None:
    touch = Touched(sequence, action, argument)
    assert decode(encode(touch), FromScreens) == touch


def test_what_came_whole_is_told_before_what_is_none() -> None:
    touch = Touched(1, Action.CONTINUE)
    said = messages([frame(encode(touch)) + frame(b"rubbish")], FromScreens)
    assert next(said) == touch
    with pytest.raises(BadMessage):
        next(said)


def test_a_message_for_the_other_direction_is_refused() -> None:
    with pytest.raises(BadMessage):
        decode(encode(Hello("1")), ToScreens)
