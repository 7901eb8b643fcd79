"""Read what the kernel and the card service wrote into the system's journal.

Lines may hold anything: they live in the block that reads them and go nowhere but to
`kiosk.sync.drain`. Fields with a leading underscore are the journal's own and cannot be
written by who logs; only those decide whose line it is.

Source: systemd.journal-fields(7), "Trusted Journal Fields"; sd_journal_seek_cursor(3).
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, Protocol

from systemd import journal as systemd

from wire.checkin import Source

CARD_SERVICE: Final = "pcscd.service"
OF_A_FILE: Final = "byte:"
"""How a cursor begins that is a place in a file, and so none of the journal's."""
_LONGEST: Final = 4096


class Line(NamedTuple):
    """One line of a foreign log."""

    source: Source
    text: str


class Read(NamedTuple):
    """Lines in order, and where they end."""

    lines: list[Line]
    cursor: str


class Journal(Protocol):
    """Where foreign logs are read."""

    def after(self, cursor: str, *, most: int) -> Read:
        """Return up to `most` lines after `cursor`; from this boot's first where it is empty.

        Raises:
            OSError: the logs cannot be read.
        """


class SystemJournal:
    """The journal of this computer."""

    def __init__(self, opened: Callable[[], Any] | None = None) -> None:
        """Read what `opened` opens; the system's own journal if not said."""
        self._opened = opened or _own

    def after(self, cursor: str, *, most: int) -> Read:
        """Return up to `most` lines after `cursor`, see `Journal`."""
        lines: list[Line] = []
        # Opened anew each time: files that were rotated meanwhile are seen without a watch.
        with self._opened() as reader:
            if not (reader.has_runtime_files() or reader.has_persistent_files()):
                # Whose files these are not sees an empty journal, and no error.
                raise PermissionError("no journal that may be read")
            reader.data_threshold = _LONGEST
            reader.add_match(_TRANSPORT="kernel")
            reader.add_disjunction()
            reader.add_match(_SYSTEMD_UNIT=CARD_SERVICE)
            if cursor and not cursor.startswith(OF_A_FILE):
                reader.seek_cursor(cursor)
            else:
                reader.seek_monotonic(0)
            while len(lines) < most and (entry := reader.get_next()):
                if entry["__CURSOR"] == cursor:
                    continue
                cursor = entry["__CURSOR"]
                lines.append(Line(source_of(entry.get("_TRANSPORT")), _text(entry)))
        return Read(lines, cursor)


def source_of(transport: str | None) -> Source:
    """Return whose line it is, of the two that are read."""
    return Source.KERNEL if transport == "kernel" else Source.PCSCD


def _own() -> Any:
    return systemd.Reader(systemd.LOCAL_ONLY)


def _text(entry: dict[str, Any]) -> str:
    text = entry.get("MESSAGE", "")
    # What is no UTF-8 comes as bytes, and a field that stands twice as a list.
    return text if isinstance(text, str) else ""
