"""Only the register's own, coded refusal sets a record aside."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.answers import Again, Answer, SetAside, Signed, is_linked, read, told_at
from wire.failures import Failure


def answer(status: int, body: object, **headers: str) -> Answer:
    return Answer(status, headers, json.dumps(body).encode())


@pytest.mark.parametrize("status", [200, 201])
def test_a_receipt_is_handed_on_to_be_verified(status: int) -> None:
    assert read(answer(status, {"receipt": "a.b.c"})) == Signed("a.b.c")


@pytest.mark.parametrize("status", [409, 413, 415, 422])
def test_a_coded_refusal_sets_the_record_aside(status: int) -> None:
    assert read(answer(status, {"code": "record.conflict"})) == SetAside("record.conflict")


def test_an_unknown_code_is_a_refusal_all_the_same() -> None:
    assert read(answer(422, {"code": "record.from_next_year"})) == SetAside("register.refused")


@pytest.mark.parametrize("status", [409, 413, 415, 422])
@pytest.mark.parametrize("body", [b"", b"<html>too large</html>", b"{}", b'{"code": 5}', b"\xff"])
def test_a_proxys_refusal_sets_nothing_aside(status: int, body: bytes) -> None:
    assert read(Answer(status, {}, body)) == Again("register.bad_answer")


@pytest.mark.parametrize("status", [408, 425, 429, 502, 503, 504])
def test_a_busy_register_is_asked_again_when_it_says(status: int) -> None:
    assert read(answer(status, {}, **{"retry-after": "7"})) == Again("register.slow", 7.0)


@pytest.mark.parametrize("asked", ["", "soon", "-1", "1e9", "٣", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_retry_after_that_is_no_number_asks_for_nothing(asked: str) -> None:
    assert read(answer(503, {}, **{"retry-after": asked})) == Again("register.slow", 0.0)


@pytest.mark.parametrize("status", [401, 403])
def test_a_terminal_out_of_service_keeps_its_records(status: int) -> None:
    assert read(answer(status, {"code": "terminal.unknown"})) == Again("terminal.unknown")


@given(st.integers(100, 599), st.binary(max_size=64))
def test_any_status_and_any_bytes_have_a_meaning_with_a_known_code(
    status: int, body: bytes
) -> None:
    meaning = read(Answer(status, {}, body))
    if not isinstance(meaning, Signed):
        assert Failure(meaning.code)


@pytest.mark.parametrize(
    ("given_answer", "linked"),
    [
        (answer(200, {"verdict": "accepted", "linked": True}), True),
        (answer(200, {"verdict": "accepted", "linked": False}), False),
        (answer(404, {"linked": True}), False),
        (Answer(200, {}, b"rubbish"), False),
        (answer(200, {"linked": "true"}), False),
    ],
)
def test_only_a_clear_yes_is_linked(given_answer: Answer, *, linked: bool) -> None:
    assert is_linked(given_answer) is linked


def test_an_answer_tells_the_registers_time() -> None:
    dated = answer(404, {}, date="Mon, 23 Nov 2026 10:00:00 GMT")
    assert told_at(dated) == 1_795_428_000.0


def test_who_is_told_that_the_clock_is_wrong_is_told_the_time_it_is_held_against() -> None:
    skewed = {"code": "request.clock_skew", "server_time": 1_795_428_000.5}
    other = skewed | {"code": "request.replayed"}
    assert told_at(answer(401, skewed, date="Mon, 23 Nov 2026 10:00:09 GMT")) == 1_795_428_000.5
    assert told_at(answer(401, other)) is None


@pytest.mark.parametrize("date", ["", "soon", "Mon, 23 Nov 2026 10:00:00 -0000", "2026-11-23"])
def test_what_is_no_date_tells_no_time(date: str) -> None:
    assert told_at(answer(200, {}, date=date)) is None
