"""Record ids sort as they were made, and look as RFC 9562 says."""

import secrets
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.record_id import RecordIds

NOW = 1_795_428_000.123
moments = st.floats(0, 2**47 / 1000)


@given(st.lists(moments, min_size=2, max_size=20))
def test_ids_sort_in_the_order_they_were_made_whatever_the_clock_does(clock: list[float]) -> None:
    ids = RecordIds(random_bits=secrets.randbits)
    given_out = [ids.next(now) for now in clock]
    assert given_out == sorted(given_out)
    assert len(set(given_out)) == len(given_out)


@given(moments)
def test_an_id_is_a_uuid_of_version_seven_that_says_when(now: float) -> None:
    text = RecordIds(random_bits=secrets.randbits).next(now)
    made = UUID(text)
    assert str(made) == text
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(now * 1000)


def test_the_rest_of_an_id_is_chance() -> None:
    nothing = RecordIds(random_bits=lambda _: 0).next(NOW)
    everything = RecordIds(random_bits=lambda bits: (1 << bits) - 1).next(NOW)
    differ = UUID(nothing).int ^ UUID(everything).int
    assert differ == (0xFFF << 64) | ((1 << 62) - 1)
