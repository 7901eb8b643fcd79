"""What was promised, held against what is there: nothing lost, doubled or readable."""

import contextlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.audit.trail import verify as verify_trail
from kiosk.sync.jws import opened
from kiosk.sync.keyring import Unwrappable
from tests.support.enrolment_records import TERMINAL
from tests.torture.citizens import CANARY
from tests.torture.work import Site
from wire.record import Receipt


@dataclass
class Ledger:
    """Promises of the terminal's programs, and what was found wrong."""

    site: Site
    stored: set[str] = field(default_factory=set)
    """Records that `store` returned for: a citizen was told so."""
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def take(self, words: str) -> None:
        """Take what a child told, one promise a line."""
        for line in words.splitlines():
            word, _, rest = line.partition(" ")
            self.told[line if word in {"again", "delivered"} else word] += 1
            if word == "stored":
                self.stored.add(rest)

    def check(self, after: str) -> None:
        """Look at the terminal as a kill left it, before any program opens it again."""
        if held := self.readable():
            self.wrong.append(f"readable after {after}: {held}")
        outbox = self.site.outbox()
        with contextlib.closing(outbox):
            rows = dict(outbox._db.execute("SELECT record_id, state FROM records"))
            if lost := self.stored - rows.keys():
                self.wrong.append(f"lost after {after}: {len(lost)}")
            waiting = outbox._db.execute(
                "SELECT record_id, slot, wrapped FROM records JOIN payloads USING (number)"
            ).fetchall()
            for record_id, slot, wrapped in waiting:
                try:
                    outbox._keys.unwrap(slot, wrapped, bound_to=record_id)
                except Unwrappable:
                    self.wrong.append(f"a payload lost its key after {after}")
            queued = {record_id for record_id, state in rows.items() if state == "queued"}
            if {record_id for record_id, _, _ in waiting} != queued:
                self.wrong.append(f"payloads and records differ after {after}")
            if outbox._keys.held() != {slot for _, slot, _ in waiting}:
                self.wrong.append(f"a key outlived its payload after {after}")
            delivered = sum(1 for state in rows.values() if state == "delivered")
            promised = sum(n for line, n in self.told.items() if line.startswith("delivered"))
            if delivered < promised:
                self.wrong.append(f"a receipt was lost after {after}")
            if set(rows.values()) - {"queued", "delivered"}:
                self.wrong.append(f"a record was set aside after {after}")

    def readable(self) -> list[str]:
        """Return the files of the terminal that hold anything personal."""
        files = [*self.site.state.iterdir(), *Path("/dev/shm").glob("*kiosk*")]  # noqa: S108
        return [file.name for file in files if file.is_file() and CANARY in file.read_bytes()]

    def close(self, errors: Path) -> dict[str, int]:
        """Compare terminal and register after everything was delivered; return the counts."""
        key = load_pem_public_key((self.site.data / "receipt_public.pem").read_bytes())
        assert isinstance(key, Ed25519PublicKey)
        register = sa.create_engine(self.site.database)
        with register.connect() as database:
            kept = database.exec_driver_sql(
                "SELECT record_id, digest, receipt, verdict, number_digest FROM records"
            ).all()
            contradicting = database.exec_driver_sql(
                "SELECT COUNT(*) FROM trail_heads WHERE contradicts"
            ).scalar_one()
        register.dispose()
        with contextlib.closing(self.site.outbox()) as outbox:
            mine = dict(outbox._db.execute("SELECT record_id, receipt FROM records"))
            digests = dict(outbox._db.execute("SELECT record_id, digest FROM records"))
        theirs = {row[0]: row[2] for row in kept}
        numbers = Counter(row[4] for row in kept)
        # The register keeps no sealed bytes of what it accepted: the digest stands for them.
        for record_id, digest, receipt, _, _ in kept:
            told = msgspec.json.decode(opened(receipt, key=key), type=Receipt)
            about = (told.record_id, told.terminal, told.digest)
            if about != (record_id, TERMINAL, digest) or digests.get(record_id, digest) != digest:
                self.wrong.append("a receipt about other bytes than were stored")
        head = verify_trail(self.site.state / "trail.jsonl")
        residue = (self.site.state / "outbox.keys").read_bytes().strip(b"\0")
        return {
            "told stored": len(self.stored),
            "stored, kill before told": len(mine.keys() - self.stored),
            "at the register": len(kept),
            "lost": len((self.stored | mine.keys()) - theirs.keys()),
            "doubled": len(kept) - len(theirs) + sum(n - 1 for n in numbers.values()),
            "not accepted": sum(1 for row in kept if row[3] != "accepted"),
            "without the register's receipt": sum(
                1 for record_id, receipt in mine.items() if receipt != theirs.get(record_id)
            ),
            "readable": len(self.readable()) + (1 if residue else 0),
            "unknown to the terminal": len(theirs.keys() - mine.keys()),
            "trail heads that contradict": contradicting,
            "trail entries": head.count,
            "children that crashed": errors.read_text().count("Traceback")
            if errors.exists()
            else 0,
        }


MUST_BE_ZERO = (
    "lost",
    "doubled",
    "not accepted",
    "without the register's receipt",
    "readable",
    "unknown to the terminal",
    "trail heads that contradict",
    "children that crashed",
)
