"""Write what can be searched, in the transaction of whoever writes what it tells of."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fleet.search.words import words_of
from fleet.store.database import Database
from fleet.store.text_tables import Kind, texts

_LONGEST: Final = 1000


def text_row(
    kind: Kind,
    ref: int,
    text: str,
    *,
    at: int,
    also: Iterable[str] = (),
    about: int | None = None,
    terminal: int | None = None,
    district: str = "",
) -> dict[str, Any]:
    """Return a row of `texts`.

    Args:
        kind: what it is.
        ref: number of what it tells of.
        text: as it is shown.
        at: seconds since 1970.
        also: by which words it is found beside its own.
        about: the alert of a note.
        terminal: whom it is about; None for more than one, or none.
        district: where, of an alert.
    """
    shown = text[:_LONGEST]
    return {
        "kind": kind.value,
        "ref": ref,
        "about": about,
        "terminal": terminal,
        "district": district,
        "at": at,
        "text": shown,
        "words": " ".join(word for one in (shown, *also) for word in words_of(one)),
    }


def write(connection: sa.Connection, database: Database, rows: list[dict[str, Any]]) -> None:
    """Write texts; one that is there becomes what it is now."""
    if not rows:
        return
    insert = database.insert(texts)
    changing = {name: insert.excluded[name] for name in ("terminal", "at", "text", "words")}
    connection.execute(
        insert.on_conflict_do_update(index_elements=["kind", "ref"], set_=changing), rows
    )


def write_new(connection: sa.Connection, database: Database, rows: list[dict[str, Any]]) -> None:
    """Write texts that never change; one that is there stays."""
    if rows:
        connection.execute(database.insert(texts).on_conflict_do_nothing(), rows)


def form(event: str, fields: Mapping[str, Any]) -> tuple[int, str]:
    """Return number and text of an event's form: the event, and the words among its fields."""
    said = (f"{name}={_said(value)}" for name, value in sorted(fields.items()) if _is_word(value))
    return _form(" ".join((event, *said)))


def _is_word(value: Any) -> bool:
    return isinstance(value, str | bool)


def _said(value: str | bool) -> str:  # noqa: FBT001  (a field's value)
    return ("yes" if value else "no") if isinstance(value, bool) else value


@lru_cache(maxsize=20_000)
def _form(text: str) -> tuple[int, str]:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True), text
