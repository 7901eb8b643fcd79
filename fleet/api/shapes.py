"""What the API tells, as its contract has it: numbers, and words of our catalogues."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fleet.alerts.finding import runbook
from fleet.console.searching import Searched
from fleet.console.views import Line
from fleet.release.repository import Release as Signed
from fleet.store.fittings import Fitting
from wire.devices import Place as Where
from wire.failures import Failure


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """The device in one place of a terminal, by what it says of itself."""

    place: str
    model: str
    serial: str | None
    since: int
    """Seconds since 1970."""


class Terminal(msgspec.Struct, frozen=True, kw_only=True):
    """One terminal."""

    name: str
    site: str
    district: str
    model: str
    version: str | None
    """Of the program; None if it never told."""
    tags: list[str]
    state: str
    presence: str
    heard_at: int | None
    """Seconds since 1970."""
    open_alerts: int
    devices: list[Device]


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One alert."""

    id: int
    rule: str
    terminal: str | None
    district: str
    severity: str
    security: bool
    failure: str
    runbook: str
    sentence: str
    opened_at: int
    resolved_at: int | None
    acknowledged_by: str | None
    assigned_to: str | None
    silenced: bool


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """One command to one terminal."""

    id: int
    lot: int
    terminal_name: str
    ordered: str
    program: str | None
    state: str
    asked_name: str
    approved_name: str | None
    reason: str
    asked_at: int
    delivered_at: int | None
    running_at: int | None
    ended_at: int | None
    expires_at: int
    failure: str | None
    checks: Mapping[str, bool]


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """One release that people signed."""

    kind: str
    version: str
    sha256: str
    length: int
    floor: str
    python: str


class Rollout(msgspec.Struct, frozen=True, kw_only=True):
    """One rollout; the figures are those of the last look at it."""

    id: int
    name: str
    kind: str
    version: str
    state: str
    because: str | None
    urgent: bool
    go_back: bool
    takes_back: int | None
    models: list[str]
    districts: list[str]
    reason: str
    asked_name: str
    asked_at: int
    approved_by: list[str]
    begun_at: int | None
    ended_at: int | None
    wave: int
    waves: list[int]
    """Shares of 10,000 that may take it, wave by wave; the first with canaries alone is 0."""
    wave_at: int | None
    failed: int
    confirmed: int
    reachable: int
    probability: float


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """How far one terminal of a rollout came."""

    name: str
    wave: int
    progress: str
    since: int
    excluded: bool


class Releases(msgspec.Struct, frozen=True):
    """A part of the releases."""

    items: list[Release]
    next: str | None


class Rollouts(msgspec.Struct, frozen=True):
    """A part of the rollouts."""

    items: list[Rollout]
    next: str | None


class Claim(msgspec.Struct, frozen=True):
    """One claim code as it is seen afterwards: everything but the code."""

    terminal: str
    site: str
    made_by: str
    made_at: int
    ends_at: int
    used_at: int | None
    open: bool


class Claims(msgspec.Struct, frozen=True):
    """A part of the claim codes of a day."""

    items: list[Claim]
    next: str | None


class Slip(msgspec.Struct, frozen=True):
    """A claim code, told this once."""

    terminal: str
    site: str
    code: str
    ends_at: int


class Made(msgspec.Struct, frozen=True):
    """The number of what was made."""

    id: int


class Terminals(msgspec.Struct, frozen=True):
    """A part of the terminals."""

    items: list[Terminal]
    next: str | None


class Alerts(msgspec.Struct, frozen=True):
    """A part of the alerts."""

    items: list[Alert]
    next: str | None


class Commands(msgspec.Struct, frozen=True):
    """A part of the commands."""

    items: list[Command]
    next: str | None


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was found."""

    kind: str
    """alert, note, command, audit, template or event."""
    at: int
    """Seconds since 1970."""
    terminal: str | None
    """None for what is about none or several."""
    text: str
    marks: list[tuple[int, int]]
    """Where in `text` stands what was searched for: from, and up to."""
    rank: float
    page: str | None
    """Of the console, that says more."""


class SearchPart(msgspec.Struct, frozen=True):
    """A part of what was found, best first."""

    items: list[SearchHit]
    counts: dict[str, int]
    """By kind, of what was looked at; from 2,000 on there may be more."""
    next: str | None


class Asked(msgspec.Struct, frozen=True):
    """How many terminals were asked."""

    asked: int


def terminal(line: Line, fitted: Mapping[Where, Fitting]) -> Terminal:
    """Return a terminal as the API tells it, with the devices that are `fitted` in it."""
    place, standing = line.place, line.standing
    return Terminal(
        name=place.name,
        site=place.site,
        district=place.district,
        model=place.model,
        version=line.version or None,
        tags=place.tags.split(),
        state=line.look.value,
        presence=standing.presence.value,
        heard_at=None if standing.heard_at is None else int(standing.heard_at),
        open_alerts=line.alerts,
        devices=[
            Device(place=where.value, model=one.model, serial=one.serial or None, since=one.since)
            for where, one in fitted.items()
        ],
    )


def search_part(searched: Searched) -> SearchPart:
    """Return what was found as the API tells it."""
    found = searched.found
    items = [
        SearchHit(
            kind=hit.kind.value,
            at=hit.at,
            terminal=searched.name(hit) or None,
            text=hit.text,
            marks=_marks(searched.pieces(hit)),
            rank=hit.rank,
            page=searched.link(hit) or None,
        )
        for hit in found.hits
    ]
    return SearchPart(items, {kind.value: n for kind, n in found.counts.items()}, found.next)


def _marks(pieces: Iterable[tuple[str, bool]]) -> list[tuple[int, int]]:
    marks, begin = [], 0
    for text, is_hit in pieces:
        if is_hit:
            marks.append((begin, begin + len(text)))
        begin += len(text)
    return marks


def alert(row: Mapping[str, Any]) -> Alert:
    """Return an alert as the API tells it."""
    named = {"terminal": row["terminal_name"], "runbook": runbook(Failure(row["failure"]))}
    return msgspec.convert(_plain(row) | named, Alert)


def command(row: Mapping[str, Any]) -> Command:
    """Return a command as the API tells it."""
    return msgspec.convert(_plain(row), Command)


def release(one: Signed) -> Release:
    """Return a release as the API tells it."""
    return msgspec.convert(
        msgspec.to_builtins(one.artifact) | {"floor": one.floor, "python": one.python}, Release
    )


def rollout(row: Mapping[str, Any]) -> Rollout:
    """Return a rollout as the API tells it."""
    named = {
        "approved_by": [one["name"] for one in row["approvals"]],
        "waves": [wave.share for wave in row["plan"].waves],
        "models": list(row["models"]),
        "districts": list(row["districts"]),
    }
    return msgspec.convert(_plain(row) | named, Rollout)


def member(row: Mapping[str, Any]) -> Member:
    """Return a terminal of a rollout as the API tells it."""
    return msgspec.convert(_plain(row), Member)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with names that are nothing but texts: a database's are of its own kind."""
    return {str(name): value for name, value in row.items()}
