"""What people do about alerts."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.roles import Right
from fleet.alerts.book import NoSuchAlert
from fleet.alerts.silence import BadSilence, Silence
from fleet.app import Service
from fleet.console import views
from fleet.console.guard import NEEDED, Number, person, to
from fleet.console.painting import language_of
from fleet.console.reach import may_work_on
from fleet.door.problems import Refused
from wire.failures import Failure

ACTS: Final = ("acknowledge", "assign", "comment", "not-useful", "silence")


def acting(service: Service) -> APIRouter:
    """Return the paths that work on alerts."""
    router = APIRouter()
    for act in ACTS:
        path = f"/alerts/{{number}}/{act}"
        router.post(path, name=act)(_one(service, act, NEEDED["POST", path]))
    return router


def _one(service: Service, act: str, right: Right) -> Callable[[Number, Request], Any]:
    async def act_on(number: Number, request: Request) -> Response:
        """Do something about an alert."""
        await run_in_threadpool(do, service, act, right, number, request)
        return to(f"/alerts/{number}?lang={language_of(request)}")

    return act_on


def do(service: Service, act: str, right: Right, number: int, request: Request) -> None:
    """Do something about an alert, in the name of whoever asks.

    Raises:
        Refused: there is no such alert for them, no such right, or the form cannot be used.
    """
    book, now, who = service.book, int(service.clock()), person(request)
    form: dict[str, str] = request.state.form
    try:
        alert = book.one(number, now=now)
    except NoSuchAlert:
        raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED) from None
    everything = views.lines(service, (), now=now)
    if not may_work_on(who, alert, everything, Right.LOOK):
        raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
    if not may_work_on(who, alert, everything, right):
        raise Refused(HTTPStatus.FORBIDDEN, Failure.ACCESS_DENIED)
    acts: dict[str, Callable[[], None]] = {
        "acknowledge": lambda: book.acknowledge(number, by=who.shown, now=now),
        "assign": lambda: book.assign(number, form["to"][:120], by=who.shown, now=now),
        "comment": lambda: book.comment(number, form["text"], by=who.shown, now=now),
        "not-useful": lambda: book.not_useful(number, by=who.shown, now=now),
        "silence": lambda: book.silence(_silence(alert, form, who.shown, now)),
    }
    try:
        acts[act]()
    except (KeyError, ValueError, OverflowError, BadSilence):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED) from None


def _silence(alert: dict[str, Any], form: dict[str, str], author: str, now: int) -> Silence:
    matchers = {"rule": alert["rule"], "district": alert["district"]}
    if alert["terminal_name"]:
        matchers["terminal"] = alert["terminal_name"]
    return Silence(
        matchers={name: value for name, value in matchers.items() if value},
        begins_at=now,
        ends_at=now + float(form["hours"]) * 3600,
        author=author,
        reason=form["reason"],
    )
