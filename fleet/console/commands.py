"""Commands on the console: to ask, to approve, to withdraw, to see what became of each."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.roles import Person, Right
from fleet.app import Service
from fleet.commands.book import NoSuchCommand, SamePerson
from fleet.commands.policy import LASTS_S, LONGEST_S, MOST
from fleet.console import views
from fleet.console.guard import Number, person, to
from fleet.console.painting import Painter
from fleet.console.reach import lines_of
from fleet.door.problems import Refused
from fleet.selection import BadSelection
from wire.commands import Order, Program
from wire.diagnostics import decode_bundle
from wire.failures import Failure

_SHOWN: Final = 200


def commanding(service: Service, painter: Painter) -> APIRouter:
    """Return the paths of commands."""
    router = APIRouter()

    @router.get("/commands")
    async def commands(request: Request) -> Response:
        """Show the newest commands, those that wait for a second person first."""
        who, now = person(request), service.clock()
        rows = await run_in_threadpool(seen, service, who, now)
        return painter.paint(
            "commands.html",
            request,
            now=now,
            commands=[row for row in rows if row["state"] != "asked"],
            waiting=_lots(row for row in rows if row["state"] == "asked"),
            may_approve=who.may(Right.APPROVE_COMMAND),
        )

    @router.post("/commands")
    async def send(request: Request) -> Response:
        """Ask the terminals of a selection for something."""
        await run_in_threadpool(ask, service, person(request), request.state.form)
        return to("/commands")

    @router.post("/commands/{number}/approve")
    async def approve(number: Number, request: Request) -> Response:
        """Be the second person for everything asked for together."""
        await run_in_threadpool(_second, service, person(request), number)
        return to("/commands")

    @router.post("/commands/{number}/withdraw")
    async def take_back(number: Number, request: Request) -> Response:
        """End what no terminal has been told of."""
        await run_in_threadpool(withdraw, service, person(request), number)
        return to("/commands")

    @router.get("/commands/{number}/bundle")
    async def bundle(number: Number, request: Request) -> Response:
        """Hand out a diagnostics bundle, as JSON."""
        body = await run_in_threadpool(_bundle, service, person(request), number)
        name = {"Content-Disposition": f'attachment; filename="diagnostics-{number}.json"'}
        return Response(body, media_type="application/json", headers=name)

    return router


def seen(service: Service, who: Person, now: float) -> list[dict[str, Any]]:
    """Return the newest commands to terminals that `who` sees."""
    rows = service.commands.latest(_SHOWN)
    if who.may_everywhere(Right.LOOK):
        return rows
    reached = _numbers(service, who, Right.LOOK, now)
    return [row for row in rows if row["terminal"] in reached]


def _numbers(service: Service, who: Person, right: Right, now: float) -> set[int]:
    lines = lines_of(who, views.lines(service, (), now=now), right)
    return {one.place.number for one in lines}


def ask(service: Service, who: Person, form: Mapping[str, str]) -> int:
    """Ask the terminals of a selection for something; return how many were asked.

    Raises:
        Refused: the form cannot be meant, or means too many.
    """
    now = service.clock()
    reason, wanted = form.get("reason", "").strip(), form.get("q", "").strip()
    try:
        order = Order(form.get("order", ""))
        program = Program(form["program"]) if order is Order.RESTART else None
        lasts_s = int(form.get("lasts_s", LASTS_S))
        lines = views.selected(
            service, lines_of(who, views.lines(service, (), now=now), Right.COMMAND), wanted
        )
    except (KeyError, ValueError, BadSelection):
        raise _unusable() from None
    # An empty selection means everything, which nobody orders by leaving a field empty.
    if not reason or not wanted or not lines or not 0 < lasts_s <= LONGEST_S:
        raise _unusable()
    if len(lines) > MOST:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.COMMAND_TOO_MANY)
    numbers = [one.place.number for one in lines]
    return service.commands.ask(
        numbers, order, program, by=who, reason=reason, now=int(now), lasts_s=lasts_s
    )


def _second(service: Service, who: Person, number: int) -> None:
    if who.token:
        raise Refused(HTTPStatus.FORBIDDEN, Failure.COMMAND_SAME_PERSON)
    lot = _theirs(service, who, number, Right.APPROVE_COMMAND)
    try:
        service.commands.approve(lot, by=who, now=int(service.clock()))
    except SamePerson:
        raise Refused(HTTPStatus.FORBIDDEN, Failure.COMMAND_SAME_PERSON) from None
    except NoSuchCommand:
        raise Refused(HTTPStatus.CONFLICT, Failure.FORM_MALFORMED) from None


def withdraw(service: Service, who: Person, number: int) -> None:
    """End what no terminal has been told of.

    Raises:
        Refused: there is no such command for them, or nothing to withdraw.
    """
    lot = _theirs(service, who, number, Right.COMMAND)
    try:
        service.commands.withdraw(lot, now=int(service.clock()))
    except NoSuchCommand:
        raise Refused(HTTPStatus.CONFLICT, Failure.FORM_MALFORMED) from None


def _bundle(service: Service, who: Person, number: int) -> bytes:
    _theirs(service, who, number, Right.EXPORT, whole=False)
    body = service.commands.bundle(number)
    if body is None:
        raise _missing()
    return msgspec.json.format(msgspec.json.encode(msgspec.to_builtins(decode_bundle(body))))


def _theirs(service: Service, who: Person, number: int, right: Right, *, whole: bool = True) -> int:
    """Return the lot of a command, if `who` has `right` for all of its terminals."""
    try:
        rows = service.commands.lot(number)
    except NoSuchCommand:
        raise _missing() from None
    if not whole:
        rows = [row for row in rows if row["id"] == number]
    meant, now = {row["terminal"] for row in rows}, service.clock()
    if not meant & _numbers(service, who, Right.LOOK, now):
        raise _missing()
    if not meant <= _numbers(service, who, right, now):
        raise Refused(HTTPStatus.FORBIDDEN, Failure.ACCESS_DENIED)
    return int(rows[0]["lot"])


def _lots(rows: Any) -> list[dict[str, Any]]:
    """Return what waits, one row for each lot."""
    lots: dict[int, dict[str, Any]] = {}
    for row in rows:
        lot = lots.setdefault(row["lot"], dict(row) | {"names": []})
        lot["names"].append(row["terminal_name"])
    return list(lots.values())


def _unusable() -> Refused:
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED)


def _missing() -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
