"""Commands and bundles hold nothing that is not of our catalogues."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.readings import AT, check_in, entry, reading
from wire.audit_events import AuditEvent
from wire.checkin import Answer, BadCheckIn, Entry, decode_answer, decode_check_in
from wire.commands import MOST_AT_ONCE, Check, Command, Order, Outcome, Program, Progress
from wire.diagnostics import BadBundle, Bundle, Unit, decode_bundle

encode = msgspec.msgpack.encode


def bundle(**changes: Any) -> Bundle:
    whole = Bundle(1, reading(), (entry(),), {Check.DISK: True}, {Program.SYNC: Unit.ACTIVE}, 3)
    return msgspec.structs.replace(whole, **changes)


def test_an_answer_carries_commands_and_one_without_is_still_understood() -> None:
    command = Command(7, Order.RESTART, AT, Program.ENGINE)
    answer = Answer(1, 1, 30.0, AT, (command,))
    assert decode_answer(encode(answer)) == answer
    assert decode_answer(encode([1, 1, 30.0, AT])).commands == ()


def test_a_check_in_without_outcomes_is_still_understood() -> None:
    told = check_in()
    old = [told.readings, told.entries, told.trail_count, told.trail_head]
    assert decode_check_in(encode(old)) == told


@pytest.mark.parametrize(
    "command",
    [
        [0, "reboot", AT],
        [1, "format", AT],
        [1, "reboot", AT, "engine"],
        [1, "restart", AT],
        [1, "restart", AT, "/bin/sh"],
        [1, "reboot", AT, None, "x"],
        [1, "reboot"],
    ],
)
def test_a_command_of_another_shape_is_none(command: list[Any]) -> None:
    with pytest.raises(BadCheckIn):
        decode_answer(encode([1, 1, 30.0, AT, [command]]))


def test_too_many_commands_are_none() -> None:
    commands = [[number + 1, "reboot", AT] for number in range(MOST_AT_ONCE + 1)]
    with pytest.raises(BadCheckIn):
        decode_answer(encode([1, 1, 30.0, AT, commands]))


@pytest.mark.parametrize(
    "outcome",
    [[1, "exploded"], [1, "done", "because"], [1, "done", None, {"soul": True}], [-1, "done"]],
)
def test_an_outcome_of_another_shape_is_none(outcome: list[Any]) -> None:
    told = check_in()
    body = encode([told.readings, told.entries, 0, told.trail_head, [outcome]])
    with pytest.raises(BadCheckIn):
        decode_check_in(body)


def test_an_outcome_travels_whole() -> None:
    told = msgspec.structs.replace(
        check_in(), outcomes=(Outcome(1, Progress.DONE, None, {Check.TRAIL: False}),)
    )
    assert decode_check_in(encode(told)) == told


def test_a_bundle_travels_whole_and_nothing_else_does() -> None:
    assert decode_bundle(encode(bundle())) == bundle()
    free = bundle(entries=(Entry(0, AT, AuditEvent.CARD_READ, {"name": "Chan"}),))
    with pytest.raises(BadBundle) as caught:
        decode_bundle(encode(free))
    assert "Chan" not in str(caught.value)


def test_no_place_of_a_bundle_takes_a_text() -> None:
    content = list(msgspec.msgpack.decode(encode(bundle())))
    for place in range(len(content)):
        changed = list(content)
        changed[place] = "some text"
        with pytest.raises(BadBundle):
            decode_bundle(encode(changed))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_bundle_or_refused(body: bytes) -> None:
    with pytest.raises(BadBundle):
        decode_bundle(body)
