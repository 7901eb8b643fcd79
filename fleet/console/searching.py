"""The one search: over alerts and notes, commands, the audit, foreign logs and trails."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.people import People
from fleet.access.roles import Right
from fleet.app import Service
from fleet.console import views
from fleet.console.csv_out import table
from fleet.console.guard import person
from fleet.console.painting import Painter
from fleet.console.reach import lines_of
from fleet.console.sentences import in_language
from fleet.door.problems import Refused
from fleet.search.finding import MOST, Finder, Found, Hit, Scope
from fleet.search.full_text import TooBroad
from fleet.search.words import BadQuery, Query, marked, parsed
from fleet.selection import BadSelection
from fleet.store.text_tables import Kind
from wire.failures import Failure
from wire.screen import Language

DAYS: Final = (1, 7, 28, 90)
USUAL_DAYS: Final = 7
_SHOWN: Final = 50
_DAY_S: Final = 86_400


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found, and how it is shown."""

    query: Query
    found: Found
    names: Mapping[int, str]

    def pieces(self, hit: Hit, language: Language = Language.EN) -> list[tuple[str, bool]]:
        """Return a hit's text in pieces, each with whether it was searched for."""
        spoken = in_language(hit.text, language) if hit.kind is Kind.ALERT else hit.text
        return marked(spoken, self.query)

    def name(self, hit: Hit) -> str:
        """Return the terminal's name; empty if it is about none or several."""
        return "" if hit.terminal is None else self.names.get(hit.terminal, "")

    def link(self, hit: Hit) -> str:
        """Return the page that says more."""
        name = self.name(hit)
        match hit.kind:
            case Kind.ALERT:
                return f"/alerts/{hit.ref}"
            case Kind.NOTE:
                return f"/alerts/{hit.about}"
            case Kind.COMMAND if not name:
                return "/commands"
            case Kind.AUDIT:
                return f"/audit?before={hit.ref + 1}"
            case _:
                return f"/terminals/{name}" if name else ""


def searching(service: Service, people: People, painter: Painter) -> APIRouter:
    """Return the paths of search."""
    router = APIRouter()

    @router.get("/search")
    async def search(request: Request) -> Response:
        """Show what was found, best first."""
        asked = request.query_params
        facts: dict[str, Any] = {
            "wanted": asked.get("q", ""),
            "days": asked.get("days", str(USUAL_DAYS)),
            "days_of": DAYS,
            "kinds": Kind,
            "kind": asked.get("in", ""),
            "begun": not asked.get("after"),
            "most": MOST,
            "searched": None,
            "fault": "",
        }
        status = HTTPStatus.OK
        try:
            facts["searched"] = await run_in_threadpool(looked, service, people, request)
        except BadQuery as bad:
            facts["fault"], status = f"search_{bad}", HTTPStatus.UNPROCESSABLE_ENTITY
        except BadSelection as bad:
            facts["fault"], status = str(bad), HTTPStatus.UNPROCESSABLE_ENTITY
        except TooBroad:
            facts["fault"], status = "search_too_broad", HTTPStatus.SERVICE_UNAVAILABLE
        return painter.paint("search.html", request, status=status, **facts)

    @router.get("/search.csv")
    async def taken(request: Request) -> Response:
        """Hand out what was found."""
        searched = await run_in_threadpool(
            asked_for, service, people, request, Right.EXPORT, len(Kind) * MOST
        )
        rows = [
            (hit.kind.value, hit.at, searched.name(hit), hit.text) for hit in searched.found.hits
        ]
        headers = {"Content-Disposition": 'attachment; filename="search.csv"'}
        body = table(("kind", "at", "terminal", "text"), rows)
        return Response(body, media_type="text/csv; charset=utf-8", headers=headers)

    return router


def asked_for(
    service: Service,
    people: People,
    request: Request,
    right: Right = Right.LOOK,
    limit: int = _SHOWN,
) -> Searched:
    """Return what was found, as `looked`.

    Raises:
        Refused: with a code, what cannot be understood or takes too long.
    """
    try:
        return looked(service, people, request, right, limit)
    except (BadQuery, BadSelection):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.SEARCH_MALFORMED) from None
    except TooBroad:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, Failure.SEARCH_TOO_BROAD) from None


def looked(
    service: Service,
    people: People,
    request: Request,
    right: Right = Right.LOOK,
    limit: int = _SHOWN,
) -> Searched:
    """Search as the request asks, among what its person has `right` for.

    Raises:
        BadQuery: what is searched for cannot be understood.
        BadSelection: nor which terminals are meant.
        TooBroad: it takes too long.
        Refused: days or sort are none of ours.
    """
    asked, who, now = request.query_params, person(request), service.clock()
    kinds, since = _kinds(asked.get("in", "")), int(now) - _days(asked.get("days", "")) * _DAY_S
    lines = lines_of(who, views.lines(service, (), now=now), right)
    names = {one.place.number: one.place.name for one in lines}
    query = parsed(asked.get("q", ""), frozenset(name.casefold() for name in names.values()))
    scope = Scope(terminals=None, districts=None, audit=who.may(Right.READ_AUDIT))
    if query.selection:
        lines = views.selected(service, lines, query.selection)
    if query.selection or not who.may_everywhere(right):
        scope = Scope(
            terminals={one.place.number for one in lines},
            districts={one.place.district for one in lines},
            audit=scope.audit and not query.selection,
        )
    if scope.audit and Kind.AUDIT in kinds and query.wanted:
        # To look into the audit is an act of its own.
        detail = {name: asked[name] for name in asked}
        people.audit.add(who, f"GET {request.url.path}", request.url.path, detail, now=int(now))
    named = {number for number, name in names.items() if name.casefold() in query.names}
    found = Finder(service.database).find(
        query,
        scope,
        named=named,
        kinds=kinds,
        since=since,
        limit=limit,
        after=asked.get("after", ""),
    )
    return Searched(query, found, names)


def _kinds(asked: str) -> frozenset[Kind]:
    if not asked:
        return frozenset(Kind)
    if asked not in set(Kind):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.SEARCH_MALFORMED)
    return frozenset({Kind(asked)})


def _days(asked: str) -> int:
    if asked and asked not in {str(days) for days in DAYS}:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.SEARCH_MALFORMED)
    return int(asked or USUAL_DAYS)
