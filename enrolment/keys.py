"""The register's keys behind one port, and the plan of the keys that records are sealed to.

The plan is ``keys.toml`` in the data folder, the newest key first. It holds public keys
and times alone; the private halves lie where the port's implementation keeps them: in
files for the sandbox (`enrolment.file_keys`), in a hardware module for a real register.

A key's life: offered until `seal_until`; opened until `open_until`, which must be later
by more than the oldest record an outbox may hold.
"""

from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from wire.record import Record
from wire.register_keys import KeySet, SealKey


class SealPeriod(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key that records are sealed to."""

    id: str
    public: str
    """X25519, hex."""
    seal_until: datetime
    open_until: datetime


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, the newest first."""

    seal: tuple[SealPeriod, ...]

    def opened(self, now: datetime) -> frozenset[str]:
        """Return the ids of the keys whose records are opened at `now`."""
        return frozenset(key.id for key in self.seal if now < key.open_until)

    def retired(self, now: datetime) -> frozenset[str]:
        """Return the ids of the keys that were opened once."""
        return frozenset(key.id for key in self.seal) - self.opened(now)

    def offer(self, now: datetime) -> KeySet:
        """Return what terminals are told at `now`."""
        return KeySet(
            tuple(
                SealKey(key.id, bytes.fromhex(key.public), key.seal_until.isoformat())
                for key in self.seal
                if now < key.seal_until
            )
        )


class Keys(Protocol):
    """What the register opens, signs and digests with; for any number of threads."""

    @property
    def plan(self) -> Plan:
        """Return the plan of the sealing keys."""
        ...

    def unseal(self, sealed: bytes, *, key_id: str, terminal: str, record_id: str) -> Record:
        """Return the record that was sealed to the key `key_id`; see `enrolment.unseal`."""
        ...

    def sign(self, content: bytes) -> bytes:
        """Return the Ed25519 signature of the receipt key."""
        ...

    def number_digest(self, number: bytes) -> bytes:
        """Return a keyed digest: a bare digest of so few numbers is no secret."""
        ...


def load_plan(folder: Path) -> Plan:
    """Read the plan in `folder`.

    Raises:
        OSError: there is none.
        msgspec.DecodeError: it is malformed.
    """
    return msgspec.toml.decode((folder / "keys.toml").read_bytes(), type=Plan)
