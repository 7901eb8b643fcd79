"""The register's keys behind one port, and the plan of the keys that records are sealed to.

The plan is ``keys.toml`` in the data folder, the newest key first. It holds public keys
and times alone; the private halves lie where the port's implementation keeps them: in
files for the sandbox (`enrolment.file_keys`), in a hardware module for a real register.

A key's life: offered until `seal_until`; opened until `open_until`, which must be later
by more than the oldest record an outbox may hold.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from enrolment.kept import Wrapping
from wire.record import SealSuite, key_id
from wire.register_keys import KeySet, SealKey
from wire.sealing import suite_of

_LASTS = timedelta(days=90)
_OVERLAP = timedelta(days=1)
_OPENED_AFTER = timedelta(days=31)
"""Longer than an outbox may keep a record."""


class SealPeriod(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key that records are sealed to."""

    id: str
    public: str
    """In its raw form (`wire.sealing`), hex."""
    seal_until: datetime
    open_until: datetime

    @property
    def suite(self) -> SealSuite:
        """Return how records are sealed to this kind of key."""
        return suite_of(bytes.fromhex(self.public))


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, the newest first."""

    seal: tuple[SealPeriod, ...]

    def opened(self, now: datetime) -> dict[str, SealSuite]:
        """Return the ids of the keys whose records are opened at `now`, and their suites.

        Raises:
            ValueError: a public key is of no kind that is known.
        """
        return {key.id: key.suite for key in self.seal if now < key.open_until}

    def retired(self, now: datetime) -> frozenset[str]:
        """Return the ids of the keys that were opened once."""
        return frozenset(key.id for key in self.seal) - self.opened(now).keys()

    def offer(self, now: datetime) -> KeySet:
        """Return what terminals are told at `now`."""
        return KeySet(
            tuple(
                SealKey(key.id, bytes.fromhex(key.public), key.seal_until.isoformat(), key.suite)
                for key in self.seal
                if now < key.seal_until
            )
        )


class Keys(Wrapping, Protocol):
    """What the register opens, signs and digests with; for any number of threads."""

    @property
    def plan(self) -> Plan:
        """Return the plan of the sealing keys."""
        ...

    def open_sealed(self, sealed: bytes, info: bytes, *, key_id: str) -> bytes:
        """Return what was sealed to the key `key_id` with this HPKE info.

        Raises:
            cryptography.exceptions.InvalidTag: altered, or sealed for something else.
            ValueError: no sealed bytes at all.
        """
        ...

    def sign(self, content: bytes) -> bytes:
        """Return the Ed25519 signature of the receipt key."""
        ...

    def number_digest(self, number: bytes) -> bytes:
        """Return a keyed digest: a bare digest of so few numbers is no secret."""
        ...


def new_period(public: bytes, now: datetime) -> SealPeriod:
    """Return the plan of a new key."""
    until = now + _LASTS
    return SealPeriod(
        key_id(public), public.hex(), seal_until=until, open_until=until + _OPENED_AFTER
    )


def write_plan(folder: Path, new: SealPeriod, now: datetime) -> None:
    """Put a new key at the head of the plan in `folder`; those before it end soon."""
    file = folder / "keys.toml"
    before = load_plan(folder).seal if file.exists() else ()
    older = [
        SealPeriod(
            key.id,
            key.public,
            seal_until=min(key.seal_until, now + _OVERLAP),
            open_until=min(key.open_until, now + _OPENED_AFTER),
        )
        for key in before
    ]
    file.write_text(
        "".join(
            f'[[seal]]\nid = "{key.id}"\npublic = "{key.public}"\n'
            f"seal_until = {key.seal_until.isoformat()}\n"
            f"open_until = {key.open_until.isoformat()}\n"
            for key in [new, *older]
        )
    )


def load_plan(folder: Path) -> Plan:
    """Read the plan in `folder`.

    Raises:
        OSError: there is none.
        msgspec.DecodeError: it is malformed.
    """
    return msgspec.toml.decode((folder / "keys.toml").read_bytes(), type=Plan)
