"""Without an account: from the first touch to a service, and back."""

import pytest

from kiosk.engine.readiness import DeviceReport
from kiosk.flow.states import Effect, State
from tests.support.desk import Desk
from wire.message import DeviceState
from wire.screen import Action, Language


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.engine.begin()
    desk.touch(Action.BROWSE)
    return desk


def test_services_and_news_are_one_touch_from_the_first_screen(desk: Desk) -> None:
    assert desk.where() is State.BROWSE
    assert Effect.OPEN_SESSION in desk.ordered
    assert desk.shown.facts["services"] == 51


def test_what_needs_no_device_still_works_when_the_terminal_is_out_of_service() -> None:
    desk = Desk(reader=DeviceReport(DeviceState.MISSING, "reader.missing"))
    desk.engine.begin()
    assert desk.where() is State.OUT_OF_SERVICE
    assert desk.shown.facts == {"code": "reader.missing"}
    desk.touch(Action.BROWSE)
    assert desk.where() is State.BROWSE
    desk.touch(Action.BACK)
    desk.touch(Action.REGISTER)
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "reader.missing"


def test_a_service_is_found_by_theme_and_looked_at(desk: Desk) -> None:
    desk.touch(Action.CATALOGUE)
    desk.touch(Action.GROUP, "transport")
    assert desk.where() is State.SERVICES
    assert desk.shown.facts["numbers"] == ["17", "47", "48", "49"]
    desk.touch(Action.NEXT)
    assert desk.shown.facts["numbers"] == ["50", "51"]
    desk.touch(Action.PICK, "51")
    assert desk.where() is State.ONE_SERVICE
    assert desk.shown.facts["name"] == "Online Application for International Driving Permit"
    desk.touch(Action.BACK)
    assert desk.shown.facts["numbers"] == ["50", "51"]


def test_a_service_is_found_by_letters(desk: Desk) -> None:
    desk.touch(Action.CATALOGUE)
    desk.touch(Action.SEARCH)
    for letter in "URX":
        desk.touch(Action.KEY, letter)
    desk.touch(Action.CONTINUE)
    assert desk.where() is State.SEARCH
    desk.touch(Action.KEY, "delete")
    assert desk.shown.facts["found"] == 1
    desk.touch(Action.CONTINUE)
    assert desk.shown.facts["numbers"] == ["32"]


def test_a_service_is_found_by_a_word_in_chinese(desk: Desk) -> None:
    desk.touch(Action.CATALOGUE)
    desk.touch(Action.SEARCH)
    desk.touch(Action.SET_LANGUAGE, Language.ZH_HK)
    assert "駕駛" in str(desk.shown.facts["word_names"])
    desk.touch(Action.WORD, "birth")
    assert desk.where() is State.SERVICES
    assert desk.shown.facts["numbers"] == ["24"]


@pytest.mark.parametrize(
    ("way", "wrong"),
    [
        ([], (Action.GROUP, "transport")),
        ([(Action.CATALOGUE, "")], (Action.GROUP, "nothing")),
        ([(Action.CATALOGUE, "")], (Action.PICK, "1")),
        ([(Action.CATALOGUE, ""), (Action.SEARCH, "")], (Action.WORD, "nothing")),
        ([(Action.CATALOGUE, ""), (Action.GROUP, "home")], (Action.PICK, "99")),
        ([(Action.CATALOGUE, ""), (Action.GROUP, "home")], (Action.PICK, "x")),
    ],
)
def test_what_names_nothing_changes_nothing(
    desk: Desk, way: list[tuple[Action, str]], wrong: tuple[Action, str]
) -> None:
    for step in way:
        desk.touch(*step)
    before = desk.where()
    desk.touch(*wrong)
    assert desk.where() is before


def test_a_new_look_begins_at_the_beginning(desk: Desk) -> None:
    desk.touch(Action.CATALOGUE)
    desk.touch(Action.GROUP, "home")
    desk.touch(Action.NEXT)
    desk.touch(Action.BACK)
    desk.touch(Action.GROUP, "home")
    assert desk.shown.facts["page"] == 1
