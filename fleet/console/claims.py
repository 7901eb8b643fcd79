"""Claim codes on the console: to make, shown once with a QR code to print, and to withdraw."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import segno
import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.roles import Person, Right
from fleet.app import Service
from fleet.console import views
from fleet.console.guard import person, to
from fleet.console.painting import Painter, language_of
from fleet.console.reach import lines_of
from fleet.door.problems import Refused
from fleet.identity.admission import (
    LASTS,
    Admission,
    NotMeant,
    NotTheirs,
    Printed,
    of_site_alone,
)
from fleet.identity.claims import Slip
from fleet.store.tables import sites
from wire.failures import Failure

_QUIET_ZONE: Final = 4
"""Modules of white around a QR code; ISO/IEC 18004, 5.3.8."""


def claim_pages(service: Service, painter: Painter) -> APIRouter:
    """Return the paths of claim codes."""
    router = APIRouter()

    async def shown(request: Request, made: Printed | None = None) -> Response:
        facts = await run_in_threadpool(_facts, service, person(request))
        return painter.paint(
            "claims.html",
            request,
            now=service.clock(),
            made=made,
            qr=drawn(made.code) if made else "",
            lasts=[one // 60 for one in LASTS],
            wanted=request.query_params.get("terminal", ""),
            **facts,
        )

    @router.get("/claims")
    async def claims(request: Request) -> Response:
        """Show the codes of a day, and the form for another."""
        return await shown(request)

    @router.post("/claims")
    async def make(request: Request) -> Response:
        """Make a code and show it this once."""
        return await shown(request, await run_in_threadpool(make_code, service, request))

    @router.post("/claims/{name}/withdraw")
    async def take_back(name: str, request: Request) -> Response:
        """End a code that nobody has used."""
        await run_in_threadpool(withdraw, service, person(request), name)
        return to(f"/claims?lang={language_of(request)}")

    return router


def drawn(code: str) -> str:
    """Return a code as an inline picture, black on white in the dark too."""
    picture: str = segno.make(code, error="m").svg_inline(
        border=_QUIET_ZONE, light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return picture


def make_code(service: Service, request: Request) -> Printed:
    """Make a code as a form asks for it.

    Raises:
        Refused: the form cannot be meant, the place is none of theirs, or this server makes none.
    """
    form: Mapping[str, str] = request.state.form
    try:
        return _admission(service).make(
            person(request),
            form.get("terminal", "").strip(),
            form.get("site", ""),
            lasts_s=int(form.get("minutes", str(LASTS[0] // 60))) * 60,
            now=int(service.clock()),
        )
    except ValueError:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED) from None
    except NotTheirs:
        raise Refused(HTTPStatus.FORBIDDEN, Failure.ACCESS_DENIED) from None


def withdraw(service: Service, who: Person, name: str) -> None:
    """End the open code for a terminal.

    Raises:
        Refused: there is none for them.
    """
    try:
        _admission(service).withdraw(who, name, now=int(service.clock()))
    except NotMeant:
        raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED) from None


def slips(service: Service, who: Person) -> list[Slip]:
    """Return the codes of a day for terminals that are theirs to admit; none without a door."""
    if service.admission is None:
        return []
    return service.admission.slips(who, now=int(service.clock()))


def _admission(service: Service) -> Admission:
    if service.admission is None:
        raise Refused(HTTPStatus.NOT_IMPLEMENTED, Failure.CLAIM_NO_AUTHORITY)
    return service.admission


def _facts(service: Service, who: Person) -> dict[str, Any]:
    lines = lines_of(who, views.lines(service, (), now=service.clock()), Right.ADMIT)
    with service.database.reading() as connection:
        rows = connection.execute(sa.select(sites).order_by(sites.c.name_en)).mappings().all()
    places = [dict(one) for one in rows]
    theirs = [
        one for one in places if who.reaches(of_site_alone(one["id"], one["district"]), Right.ADMIT)
    ]
    return {
        "issues": service.admission is not None,
        "slips": slips(service, who),
        "names": sorted(one.place.name for one in lines),
        "sites": theirs,
        # Names for the ids of slips that are theirs to see; a terminal may be without its place.
        "places": {one["id"]: one for one in places},
    }
