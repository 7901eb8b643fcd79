"""What people do about rollouts, from the console and by the API: who may, and what is meant."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec

from fleet.access.roles import Person, Right
from fleet.app import Service
from fleet.console import views
from fleet.console.reach import lines_of
from fleet.door.problems import Refused
from fleet.release.repository import Release
from fleet.rollout.course import OFFERED, Move, State
from fleet.waves import members
from fleet.waves.book import NoSuchRollout, NotNow, SamePerson, Wanted
from fleet.waves.publishing import NotPublished
from wire.failures import Failure
from wire.rollout import DAY_MINUTES, Kind, Window, numbers

MOVES: Final = {
    "pause": (Move.PAUSE, Right.HALT_ROLLOUT),
    "abort": (Move.ABORT, Right.HALT_ROLLOUT),
    "resume": (Move.RESUME, Right.ROLL_OUT),
    "withdraw": (Move.WITHDRAW, Right.ROLL_OUT),
}
_SHOWN: Final = 60
Row = dict[str, Any]


def releases(service: Service) -> list[Release]:
    """Return what people signed; nothing where the fleet has no repository."""
    if service.publishing is None:
        return []
    try:
        return service.publishing.releases()
    except NotPublished:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, Failure.ROLLOUT_UNPUBLISHED) from None


def seen(service: Service, who: Person) -> list[Row]:
    """Return the newest rollouts for terminals that `who` sees."""
    rows = service.rollouts.latest(_SHOWN)
    if who.may_everywhere(Right.LOOK):
        return rows
    reached = _numbers(service, who, Right.LOOK)
    return [row for row in rows if _meant(service, row) & reached]


def one(service: Service, who: Person, number: int) -> tuple[Row, list[Row]]:
    """Return a rollout and those of its terminals that `who` sees.

    Raises:
        Refused: there is none for them.
    """
    row = _theirs(service, who, number)
    rows, reached = service.rollouts.members(number), _numbers(service, who, Right.LOOK)
    return row, [member for member in rows if member["terminal"] in reached]


def ask(service: Service, who: Person, form: Mapping[str, str]) -> int:
    """Ask for a rollout of a release that people signed; return its number.

    Raises:
        Refused: the form cannot be meant, or means terminals that are not theirs.
    """
    urgent = form.get("urgent") == "yes"
    try:
        kind, version = _named(form)
        release = _signed(service, kind, version)
        plan = service.plans.of(kind, urgent=urgent)
        wanted = Wanted(
            artifact=release.artifact,
            plan=plan,
            reason=form.get("reason", "").strip(),
            urgent=urgent,
            models=_known(service, "model", form.get("models", "")),
            districts=_known(service, "district", form.get("districts", "")),
            window=Window(_minute(form.get("from", "00:00")), _minute(form.get("until", "24:00"))),
        )
    except (KeyError, ValueError):
        raise _unusable() from None
    return _asked(service, who, wanted)


def back(service: Service, who: Person, number: int, form: Mapping[str, str]) -> int:
    """Halt a rollout and ask for the version before it; return the new one's number.

    Raises:
        Refused: there is nothing to go back to, or it is not theirs.
    """
    this = _theirs(service, who, number, Right.ROLL_OUT)
    before = service.rollouts.before(number)
    version = form.get("version", "").strip() or (before["version"] if before else "")
    try:
        _step_back(version, this["version"])
        release = _signed(service, Kind(this["kind"]), version)
        wanted = Wanted(
            artifact=release.artifact,
            plan=service.plans.back,
            reason=form.get("reason", "").strip(),
            go_back=True,
            takes_back=number,
            models=this["models"],
            districts=this["districts"],
        )
    except (KeyError, ValueError):
        raise _unusable() from None
    made = _asked(service, who, wanted)
    if this["state"] in OFFERED:
        move(service, who, number, "abort")
    return made


def approve(service: Service, who: Person, number: int) -> State:
    """Be one of those who approve.

    Raises:
        Refused: it is not theirs, they asked for it, or it waits for nobody.
    """
    _theirs(service, who, number, Right.APPROVE_ROLLOUT)
    try:
        return service.rollouts.approve(number, by=who, now=int(service.clock()))
    except SamePerson:
        raise Refused(HTTPStatus.FORBIDDEN, Failure.ROLLOUT_SAME_PERSON) from None
    except NotNow:
        raise Refused(HTTPStatus.CONFLICT, Failure.ROLLOUT_NOT_NOW) from None


def move(service: Service, who: Person, number: int, act: str) -> State:
    """Pause, resume, abort or withdraw.

    Raises:
        Refused: it is not theirs, or stands where that cannot be done.
    """
    move_, right = MOVES[act]
    _theirs(service, who, number, right)
    try:
        return service.rollouts.move(number, move_, by=who, now=int(service.clock()))
    except NotNow:
        raise Refused(HTTPStatus.CONFLICT, Failure.ROLLOUT_NOT_NOW) from None


def exclude(
    service: Service, who: Person, number: int, form: Mapping[str, str], *, out: bool
) -> None:
    """Leave one of their terminals out, or let it in again.

    Raises:
        Refused: there is no such rollout or terminal for them.
    """
    _theirs(service, who, number)
    lines = lines_of(who, views.lines(service, (), now=service.clock()), Right.ROLL_OUT)
    name = form.get("terminal", "").strip()
    found = next((one.place.number for one in lines if one.place.name == name), None)
    if found is None:
        raise _unusable()
    try:
        service.rollouts.exclude(number, found, by=who, now=int(service.clock()), out=out)
    except NoSuchRollout:
        raise _unusable() from None


def may(service: Service, who: Person, row: Row, right: Right) -> bool:
    """Say whether `who` has `right` for every terminal that a rollout means, also later ones."""
    if who.may_everywhere(right):
        return True
    limited, meant = row["models"] or row["districts"], _meant(service, row)
    return bool(limited and meant) and meant <= _numbers(service, who, right)


def _asked(service: Service, who: Person, wanted: Wanted) -> int:
    if not wanted.reason:
        raise _unusable()
    row = {"models": wanted.models, "districts": wanted.districts}
    if not may(service, who, row, Right.ROLL_OUT):
        raise Refused(HTTPStatus.FORBIDDEN, Failure.ACCESS_DENIED)
    return service.rollouts.ask(wanted, by=who, now=int(service.clock()))


def _named(form: Mapping[str, str]) -> tuple[Kind, str]:
    """Return what a form names: ``release=KIND/VERSION``, or each in a field of its own.

    Raises:
        ValueError: no kind of release.
    """
    kind, _, version = form.get("release", "").partition("/")
    if not version:
        kind, version = form.get("kind", Kind.APP.value), form.get("version", "")
    return Kind(kind), version


def _signed(service: Service, kind: Kind, version: str) -> Release:
    """Return what people signed under that name.

    Raises:
        KeyError: nothing.
    """
    found = {(one.artifact.kind, one.artifact.version): one for one in releases(service)}
    return found[kind, version]


def _step_back(to: str, version: str) -> None:
    """Hold that it is one.

    Raises:
        ValueError: it is none, or no version.
    """
    if numbers(to) >= numbers(version):
        raise ValueError("no step back")


def _known(service: Service, label: str, text: str) -> tuple[str, ...]:
    """Return the words of a field, each of which the inventory has.

    Raises:
        ValueError: it does not have one.
    """
    words = tuple(dict.fromkeys(text.replace(",", " ").split()))
    there = {getattr(place, label) for place in service.watch.places.values()}
    if not set(words) <= there:
        raise ValueError("not in the inventory")
    return msgspec.convert(words, tuple[str, ...])


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    made = int(hour) * 60 + int(minute)
    if not (len(text) <= len("00:00") and 0 <= int(minute) < 60 and 0 <= made <= DAY_MINUTES):
        raise ValueError("no time of day")
    return made


def _meant(service: Service, row: Row) -> set[int]:
    return {place.number for place in members.meant(row, service.watch.places.values())}


def _numbers(service: Service, who: Person, right: Right) -> set[int]:
    lines = lines_of(who, views.lines(service, (), now=service.clock()), right)
    return {line.place.number for line in lines}


def _theirs(service: Service, who: Person, number: int, right: Right = Right.LOOK) -> Row:
    try:
        row = service.rollouts.one(number)
    except NoSuchRollout:
        raise _missing() from None
    looks = who.may_everywhere(Right.LOOK)
    if not looks and not _meant(service, row) & _numbers(service, who, Right.LOOK):
        raise _missing()
    if right is not Right.LOOK and not may(service, who, row, right):
        raise Refused(HTTPStatus.FORBIDDEN, Failure.ACCESS_DENIED)
    return row


def _unusable() -> Refused:
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED)


def _missing() -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
