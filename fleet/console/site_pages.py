"""Sites: to look at, and to keep true."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.roles import Person, Right
from fleet.app import Service
from fleet.console import views
from fleet.console.guard import person, to
from fleet.console.painting import Painter
from fleet.console.reach import lines_of
from fleet.door.problems import Refused
from fleet.store.sites import BadSite, Site, Sites
from wire.failures import Failure


def site_pages(service: Service, painter: Painter) -> APIRouter:
    """Return the paths of sites."""
    router = APIRouter()
    kept = Sites(service.database)

    def seen(who: Person) -> list[Site]:
        if who.may_everywhere(Right.LOOK):
            return kept.all()
        theirs = {
            line.place.site for line in lines_of(who, views.lines(service, (), now=service.clock()))
        }
        return [site for site in kept.all() if site.id in theirs]

    @router.get("/sites")
    async def sites(request: Request) -> Response:
        """Show the sites at which somebody's terminals stand."""
        return painter.paint(
            "sites.html", request, sites=await run_in_threadpool(seen, person(request))
        )

    @router.get("/sites/{site}")
    async def one(site: str, request: Request) -> Response:
        """Show one site, to be changed by whoever may."""
        there = await run_in_threadpool(seen, person(request))
        found = next((one for one in there if one.id == site), None)
        if found is None:
            return painter.paint("missing.html", request, status=HTTPStatus.NOT_FOUND)
        return painter.paint("site.html", request, site=found)

    @router.post("/sites/{site}")
    async def save(site: str, request: Request) -> Response:
        """Change a site; the map and the hours follow at the next look."""
        try:
            done = await run_in_threadpool(kept.save, site, request.state.form)
        except BadSite:
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED) from None
        if not done:
            raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
        return to(f"/sites/{site}")

    return router
