"""May a session begin, and may it register? Decided from what is out and the hour."""

from collections.abc import Mapping
from datetime import time

from kiosk.flow.degraded import Consequence, Lack, worst
from kiosk.flow.states import Event


def is_open(now: time, opens: time, closes: time) -> bool:
    """Say whether `now` lies in the opening hours; equal times mean always open."""
    if opens == closes:
        return True
    if opens < closes:
        return opens <= now < closes
    return now >= opens or now < closes


def readiness(lacks: Mapping[Lack, str], *, within_hours: bool) -> tuple[Event, str]:
    """Return the event that says whether sessions may begin, and the failure code if not."""
    if not within_hours:
        return Event.CLOSING_TIME, ""
    consequence, code = worst(lacks)
    if consequence is Consequence.OUT_OF_SERVICE:
        return Event.NOT_READY, code
    return Event.READY, ""


def registering(lacks: Mapping[Lack, str]) -> tuple[Event, str]:
    """Return the event that follows "register", and the failure code if it cannot be."""
    consequence, code = worst(lacks)
    if consequence >= Consequence.REFER:
        return Event.CANNOT_REGISTER, code
    return Event.CHOSE_REGISTER, ""
