"""A reader that goes in the middle of a visit: whoever needs it is sent to staff, and told why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.engine.readiness import DeviceReport
from kiosk.flow.states import State
from tests.support.engine_alone import Alone
from wire.message import DeviceState

GONE = DeviceReport(DeviceState.MISSING, "reader.missing")


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Alone]:
    alone = Alone(tmp_path)
    yield alone
    alone.close()


def where(alone: Alone) -> State:
    return alone.engine.state


def test_one_that_went_on_an_earlier_page_is_told_where_it_is_needed(alone: Alone) -> None:
    alone.walk(State.PRIVACY_NOTICE, "")
    alone.reader = GONE
    alone.listening.reader_changed(GONE.state, GONE.code)
    assert where(alone) is State.PRIVACY_NOTICE
    alone.walk(State.PLACE_CARD, "")
    alone.pass_time(1.0)
    assert where(alone) is State.REFERRAL
    assert alone.engine.session is not None
    assert alone.engine.session.code == "reader.missing"
