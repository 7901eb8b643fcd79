"""The slip by which engine and sync pass on a request for a guardian's consent.

One slip, for a terminal serves one citizen at a time. Nothing on it is personal; the
token in the QR stays with the engine, so that the program with the network could not
answer for a guardian.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.sync import database
from kiosk.sync.database import Connection
from kiosk.sync.stored import OutboxWriteFailed
from wire.guardian import ConsentRequest, ConsentStanding, ConsentState

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS slip (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    consent_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    token_digest TEXT NOT NULL,
    statement TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT '',
    until TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT ''
) STRICT
"""
_ASK: Final = """
REPLACE INTO slip (one, consent_id, record_id, reference, token_digest, statement)
VALUES (1, ?, ?, ?, ?, ?)
"""
_ASKED: Final = """
SELECT consent_id, state, record_id, reference, token_digest, statement FROM slip
"""
_TOLD: Final = "UPDATE slip SET state = ?, until = ?, code = '' WHERE consent_id = ?"
_FAILED: Final = "UPDATE slip SET code = ? WHERE consent_id = ?"


def beside(outbox: Path) -> Path:
    """Return where the slip lies, given the outbox."""
    return outbox.with_name("guardian.db")


@dataclass(frozen=True, slots=True)
class Told:
    """How a request stands, as far as the terminal knows."""

    state: ConsentState | None
    """None until the register has the request."""
    until: str
    """UTC, ISO 8601 to the second: so long a guardian may answer; empty until it is known."""
    code: str
    """Why the register could not be asked the last time; empty if it could."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is on the slip."""

    consent_id: str
    request: ConsentRequest
    state: ConsentState | None


class GuardianSlip(Connection):
    """One connection to the slip, safe to use from several threads.

    Whatever the database refuses leaves as a `kiosk.sync.stored.OutboxError`.
    """

    def __init__(self, path: Path) -> None:
        """Open the slip at `path`, made if it is not there; its folder must exist.

        Raises:
            OutboxWriteFailed: it cannot be made.
        """
        super().__init__()
        try:
            with database.folder_held(path.parent):
                self._db = database.opened(path)
                with self._writing():
                    self._db.execute(_TABLE)
        except (sqlite3.Error, OSError) as cause:
            raise OutboxWriteFailed("the guardian's slip cannot be opened") from cause

    def close(self) -> None:
        """Close this connection."""
        with self._lock:
            self._db.close()

    # the engine's side

    def ask(self, consent_id: str, request: ConsentRequest) -> None:
        """Ask for a guardian's consent, in place of whatever was asked before.

        Args:
            consent_id: a new UUID.
            request: what is asked; its token is in the vault and in the QR.
        """
        self._change(
            (
                _ASK,
                (
                    consent_id,
                    request.record_id,
                    request.reference,
                    request.token_digest,
                    request.statement,
                ),
            )
        )

    def told(self, consent_id: str) -> Told:
        """Say how a request stands.

        Raises:
            KeyError: it is not the one that was asked last.
        """
        row = self._one("SELECT state, until, code FROM slip WHERE consent_id = ?", consent_id)
        if row is None:
            raise KeyError("no such request")
        return Told(ConsentState(row[0]) if row[0] else None, row[1], row[2])

    def drop(self) -> None:
        """Ask no more: the visit is over."""
        self._change(("DELETE FROM slip", ()))

    # sync's side

    def asked(self) -> Asked | None:
        """Return the request that waits for an answer; None if none does."""
        row = self._one(_ASKED)
        if row is None:
            return None
        consent_id, state, *asked = row
        known = ConsentState(state) if state else None
        if known is not None and known.is_final:
            return None
        return Asked(consent_id, ConsentRequest(*asked), known)

    def note(self, consent_id: str, standing: ConsentStanding) -> None:
        """Keep what the register said."""
        self._change((_TOLD, (standing.state.value, standing.until, consent_id)))

    def failed(self, consent_id: str, code: str) -> None:
        """Keep why the register could not be asked."""
        self._change((_FAILED, (code, consent_id)))
