"""The two files of content, strictly read: services.toml and information.toml.

Rule: a field that is not known, a reference to nothing, or an address that is not https
refuses the whole file (docs/content.md).
"""

import tomllib
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, TypeVar

import msgspec

from wire.failures import Failure
from wire.screen import Language

SCHEMA: Final = 1
LONGEST_FILE: Final = 1_000_000
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Id = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{1,11}$")]
Address = Annotated[str, msgspec.Meta(pattern="^https://[^\\s]{4,300}$")]
_File = TypeVar("_File", "Services", "Information")


class BadContent(Exception):
    """Content is of another form than agreed; `code` says what is wrong."""

    def __init__(self, code: Failure, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Unknown fields are refused."""


class Said(Strict, frozen=True):
    """The same in three languages."""

    en: Words
    zh_HK: Words  # noqa: N815
    zh_CN: Words  # noqa: N815

    def to(self, language: Language) -> str:
        """Return it in one of them."""
        text: str = getattr(self, language.value)
        return text


class Headline(Said, frozen=True):
    """As long as fits on its card in large text."""

    en: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    zh_HK: Annotated[str, msgspec.Meta(min_length=1, max_length=30)]  # noqa: N815
    zh_CN: Annotated[str, msgspec.Meta(min_length=1, max_length=30)]  # noqa: N815


class Paragraph(Said, frozen=True):
    """Two short sentences."""

    en: Annotated[str, msgspec.Meta(min_length=1, max_length=160)]
    zh_HK: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]  # noqa: N815
    zh_CN: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]  # noqa: N815


class Group(Strict, frozen=True):
    """A theme or an age group."""

    id: Id
    name: Said


class Service(Strict, frozen=True):
    """One online service."""

    number: Annotated[int, msgspec.Meta(ge=1, le=9_999)]
    department: Id
    name: Said
    themes: tuple[Id, ...] = ()
    ages: tuple[Id, ...] = ()
    words: tuple[Id, ...] = ()
    """What else it is searched by."""
    short: str = ""
    """A shorter English name for lists; Chinese names are short enough."""
    link: Address | None = None
    """Where it is; without one, the catalogue's `site`."""

    def brief(self, language: Language) -> str:
        """Return its name for a list."""
        is_short = language is Language.EN and self.short
        return self.short if is_short else self.name.to(language)


class Services(Strict, frozen=True):
    """services.toml."""

    schema: int
    site: Address
    departments: dict[Id, Said]
    themes: tuple[Group, ...]
    ages: tuple[Group, ...]
    words: dict[Id, Said]
    services: tuple[Service, ...]


class Kind(StrEnum):
    """What a notice is about, most urgent first."""

    WARNING = "warning"
    WEATHER = "weather"
    TRAFFIC = "traffic"
    ANNOUNCEMENT = "announcement"


FRESH_FOR: Final = MappingProxyType(
    {
        Kind.WARNING: timedelta(hours=1),
        Kind.WEATHER: timedelta(hours=3),
        Kind.TRAFFIC: timedelta(hours=1),
        Kind.ANNOUNCEMENT: timedelta(days=14),
    }
)
"""Older than this a notice is not shown, whatever it says of itself; our own judgement."""


class Notice(Strict, frozen=True):
    """One piece of public information."""

    kind: Kind
    issued_at: datetime
    """With its zone."""
    source: Said
    title: Headline
    text: Paragraph
    expires_at: datetime | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Say whether it may still be shown; one from the future may not either."""
        ends = self.issued_at + FRESH_FOR[self.kind]
        if self.expires_at is not None:
            ends = min(ends, self.expires_at)
        return self.issued_at <= now < ends


class Information(Strict, frozen=True):
    """information.toml."""

    schema: int
    notices: tuple[Notice, ...] = ()


def services(text: str) -> Services:
    """Read services.toml.

    Raises:
        BadContent: another form than agreed.
    """
    read = _read(text, Services)
    numbers = [service.number for service in read.services]
    if len(set(numbers)) != len(numbers):
        raise BadContent(Failure.CONTENT_MALFORMED, "a number is there twice")
    themes, ages = {group.id for group in read.themes}, {group.id for group in read.ages}
    if themes & ages:
        raise BadContent(Failure.CONTENT_MALFORMED, "a theme and an age group share an id")
    for service in read.services:
        _known((service.department,), read.departments, service)
        _known(service.themes, themes, service)
        _known(service.ages, ages, service)
        _known(service.words, read.words, service)
    return read


def information(text: str) -> Information:
    """Read information.toml.

    Raises:
        BadContent: another form than agreed.
    """
    read = _read(text, Information)
    for notice in read.notices:
        times = [notice.issued_at, notice.expires_at or notice.issued_at]
        if any(one.tzinfo is None for one in times):
            raise BadContent(Failure.CONTENT_MALFORMED, "a time has no zone")
    return read


def _read(text: str, kind: type[_File]) -> _File:
    try:
        read = msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadContent(Failure.CONTENT_MALFORMED, str(error)) from None
    if read.schema != SCHEMA:
        raise BadContent(Failure.CONTENT_MALFORMED, f"schema {read.schema}, not {SCHEMA}")
    return read


def _known(ids: Collection[str], there: Collection[str], service: Service) -> None:
    if unknown := set(ids) - set(there):
        detail = f"service {service.number} names {min(unknown)}, which is not there"
        raise BadContent(Failure.CONTENT_MALFORMED, detail)
