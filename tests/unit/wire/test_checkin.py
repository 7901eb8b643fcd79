"""A check-in holds numbers and catalogue words, and nothing else is understood as one."""

from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.readings import AT, check_in, entry, reading
from wire import checkin
from wire.audit_events import FIELDS, AuditEvent
from wire.checkin import (
    LARGEST_BYTES,
    MOST_ENTRIES,
    MOST_NOTICED,
    MOST_READINGS,
    MOST_WORDS,
    Answer,
    BadCheckIn,
    CheckIn,
    Entry,
    Noticed,
    Reading,
    Source,
    Step,
    decode_answer,
    decode_check_in,
    is_of_catalogue,
)
from wire.failures import Failure
from wire.log_words import MOST, WORDS, said
from wire.screen import Screen


def plain(sent: CheckIn) -> Any:
    """Return what is sent as lists and numbers, to be tampered with."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(sent))


def refused(content: Any) -> BadCheckIn:
    with pytest.raises(BadCheckIn) as caught:
        decode_check_in(msgspec.msgpack.encode(content))
    return caught.value


def test_what_is_sent_arrives() -> None:
    sent = check_in(reading(1), reading(2), entries=(entry(0), entry(1)))
    assert decode_check_in(msgspec.msgpack.encode(sent)) == sent


def test_an_answer_arrives() -> None:
    answer = Answer(12, 4, 30.0, AT)
    assert decode_answer(msgspec.msgpack.encode(answer)) == answer


@pytest.mark.parametrize("next_s", [0.0, 4.9, 901.0, float("nan"), float("inf")])
def test_no_answer_makes_a_terminal_hurry_or_fall_silent(next_s: float) -> None:
    with pytest.raises(BadCheckIn):
        decode_answer(msgspec.msgpack.encode([1, 1, next_s, AT]))


@pytest.mark.parametrize("where", [(), (0, 0), (0, 0, 4), (0, 0, 6), (0, 0, 10)])
def test_what_is_added_to_a_known_shape_is_refused(where: tuple[int, ...]) -> None:
    content = plain(check_in())
    part = content
    for index in where:
        part = part[index]
    part.extend(["more"] * 40)
    refused(content)


def leaves(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(content, list):
        return [leaf for i, part in enumerate(content) for leaf in leaves(part, (*path, i))]
    return [path]


LOGGED = reading(logs=(Noticed(Source.KERNEL, (3, 0, 5), 7), Noticed(Source.PCSCD, (0,), 1)))


@pytest.mark.parametrize("words", [(), (MOST,), (-1,), (1,) * (MOST_WORDS + 1), ("usb",), (True,)])
def test_a_template_is_places_in_the_list_and_nothing_else(words: tuple[Any, ...]) -> None:
    content = plain(check_in(LOGGED))
    content[0][0][-1][0][1] = list(words)
    refused(content)


def test_a_word_of_a_later_version_is_shown_by_its_number() -> None:
    assert said((1, MOST - 1)) == f"{WORDS[1]} <{MOST - 1}>"


@pytest.mark.parametrize(
    "path", leaves(plain(check_in(LOGGED, entries=(entry(),)))), ids=lambda p: ".".join(map(str, p))
)
def test_no_place_of_a_check_in_takes_a_text_of_its_own(path: tuple[int, ...]) -> None:
    content = plain(check_in(LOGGED, entries=(entry(),)))
    part = content
    for index in path[:-1]:
        part = part[index]
    part[path[-1]] = "CANARY-NAME"
    assert "CANARY" not in str(refused(content))


def texts(kind: Any) -> list[Any]:
    """Return the places of a type that any text would fit in."""
    if get_origin(kind) is Annotated:
        return texts(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return []
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [place for f in msgspec.structs.fields(kind) for place in texts(f.type)]
    if isinstance(kind, UnionType) or get_args(kind):
        return [place for part in get_args(kind) for place in texts(part)]
    return [kind] if kind in {str, bytes} else []


def test_the_only_free_bytes_are_a_hash_and_the_only_words_those_of_entries() -> None:
    assert texts(Reading) == []
    assert texts(Entry) == [str, str]
    assert texts(CheckIn) == [str, str, bytes]


@pytest.mark.parametrize("event", AuditEvent)
def test_an_entry_is_taken_with_exactly_the_fields_of_its_event(event: AuditEvent) -> None:
    examples = {int: 3, float: 0.5, bool: True}
    fields: dict[str, Any] = {
        name: next(iter(kind)).value if issubclass(kind, StrEnum) else examples[kind]
        for name, kind in FIELDS[event].items()
    }
    assert is_of_catalogue(event, fields)
    assert not is_of_catalogue(event, fields | {"more": 1})
    for name in fields:
        assert not is_of_catalogue(event, fields | {name: "CANARY"})
        assert not is_of_catalogue(event, {n: v for n, v in fields.items() if n != name})


def test_a_true_is_no_number() -> None:
    assert not is_of_catalogue(AuditEvent.CARD_READ, {"ms": True, "apdus": 60})


def test_readings_and_entries_come_in_order() -> None:
    refused(plain(check_in(reading(2), reading(1))))
    refused(plain(check_in(reading(2), reading(2))))
    refused(plain(check_in(entries=(entry(3), entry(3)))))


def test_a_check_in_has_a_bounded_number_of_everything() -> None:
    refused(plain(check_in(*(reading(n) for n in range(1, MOST_READINGS + 2)))))
    refused(plain(check_in(entries=tuple(entry(n) for n in range(MOST_ENTRIES + 1)))))
    refused([[], [], 0, bytes(32)])


def test_the_fullest_check_in_is_small_enough_to_be_taken() -> None:
    full = reading(
        steps={screen: Step(2**53, 2**53) for screen in Screen},
        failures=dict.fromkeys(Failure, 2**53),
        logs=tuple(
            Noticed(Source.KERNEL, (MOST - 1,) * MOST_WORDS, 2**53) for _ in range(MOST_NOTICED)
        ),
    )
    readings = tuple(msgspec.structs.replace(full, sequence=n) for n in range(1, MOST_READINGS + 1))
    worst = max(AuditEvent, key=lambda event: len(str(FIELDS[event])))
    fields: dict[str, Any] = {
        name: max((word.value for word in kind), key=len) if issubclass(kind, StrEnum) else 2**53
        for name, kind in FIELDS[worst].items()
    }
    entries = tuple(Entry(n, AT, worst, fields) for n in range(MOST_ENTRIES))
    body = msgspec.msgpack.encode(CheckIn(readings, entries, 2**53, bytes(32)))
    assert len(body) <= LARGEST_BYTES


def test_an_ordinary_check_in_is_smaller_than_a_packet() -> None:
    assert len(msgspec.msgpack.encode(check_in())) < 200


def outcome(body: bytes) -> str:
    """Return ``taken``, or what the refusal says; anything else that is raised is a defect."""
    try:
        decode_check_in(body)
    except BadCheckIn as refusal:
        return str(refusal)
    return "taken"


SAID = {
    "taken",
    "no check-in of version 1",
    "an entry that the catalogue does not know",
    "readings out of order",
    "entries out of order",
}


@given(st.binary(max_size=300))
def test_any_bytes_are_a_check_in_or_refused(body: bytes) -> None:
    assert outcome(body) in SAID


@given(st.data())
def test_a_check_in_with_changed_bytes_is_a_check_in_or_refused(data: st.DataObject) -> None:
    body = bytearray(msgspec.msgpack.encode(check_in(entries=(entry(),))))
    place = data.draw(st.integers(0, len(body) - 1))
    body[place] = data.draw(st.integers(0, 255))
    assert outcome(bytes(body)) in SAID


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(BadCheckIn):
        decode_check_in(b"\x91" * 100_000)


def test_the_pause_asked_for_by_default_is_one_that_may_be_asked_for() -> None:
    assert checkin.SOONEST_S <= checkin.EVERY_S <= checkin.LATEST_S


@pytest.mark.parametrize("fields", [{"ms": 1}, {"ms": 1, "apdus": "CANARY"}, {"name": "CANARY"}])
def test_an_entry_with_other_fields_makes_the_whole_check_in_refused(fields: Any) -> None:
    content = plain(check_in(entries=(entry(),)))
    content[1][0][3] = fields
    assert str(refused(content)) == "an entry that the catalogue does not know"
