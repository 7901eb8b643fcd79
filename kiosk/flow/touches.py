"""What a touch means: the buttons of the screens as events of the flow."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kiosk.flow.states import Event
from wire.screen import Action

TOUCHES: Final[Mapping[Action, Event]] = MappingProxyType(
    {
        Action.TOUCH: Event.TOUCHED,
        Action.BROWSE: Event.CHOSE_BROWSE,
        Action.INFORMATION: Event.CHOSE_INFORMATION,
        Action.CATALOGUE: Event.CHOSE_CATALOGUE,
        Action.SEARCH: Event.CHOSE_SEARCH,
        Action.CONTINUE: Event.CONTINUED,
        Action.NOT_ELIGIBLE: Event.NOT_ELIGIBLE,
        Action.AGREE: Event.AGREED,
        Action.DISAGREE: Event.DISAGREED,
        Action.NOT_MINE: Event.SAID_NOT_MINE,
        Action.RETRY: Event.RETRIED,
        Action.COUNTER: Event.CHOSE_COUNTER,
        Action.SKIP: Event.SKIPPED,
        Action.HELP: Event.ASKED_HELP,
        Action.LEAVE: Event.LEFT,
        Action.BACK: Event.WENT_BACK,
        Action.TESTS: Event.CHOSE_TESTS,
        Action.PAPER: Event.CHOSE_PAPER,
        Action.CAMERA: Event.CHOSE_CAMERA,
        Action.LOGS: Event.CHOSE_LOGS,
        Action.REPORT: Event.CHOSE_REPORT,
        Action.RESTART: Event.CHOSE_RESTART,
    }
)
"""Touches that are events as they are."""

HANDLED_BY_ENGINE: Final = frozenset(
    {
        *(Action.SET_LANGUAGE, Action.KEEP_TEMPLATE, Action.KEY, Action.GENTLE, Action.MORE_TIME),
        *(Action.REGISTER, Action.GROUP, Action.WORD, Action.PICK, Action.PREVIOUS, Action.NEXT),
        *(Action.TEST, Action.TARGET, Action.PASSED, Action.FAILED, Action.SERVICE_SWITCH),
    }
)
"""Touches that change the session first: language, opt-in, typed keys, time, what is browsed,
what staff tests and switches, and registering, which depends on what is out."""
