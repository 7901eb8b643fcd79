"""The register's sealing keys, as it offers them to terminals.

They travel as a JWS signed by the register's receipt key: the program with the network
carries them, and could else make the terminal seal to a key of its own.
"""

import msgspec

from wire.record import SUITE, SealSuite

CONTENT_TYPE = "application/jose"


class SealKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key that records may be sealed to."""

    id: str
    """See `wire.record.key_id`."""
    public: bytes
    """In its raw form, see `wire.sealing`."""
    seal_until: str
    """UTC, ISO 8601: a terminal that knows a later key uses that one from then on."""
    suite: str = SUITE
    """A `wire.record.SealSuite`, or one that is made later and chosen by nobody yet."""


class KeySet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every key the register offers, the one to be used first."""

    keys: tuple[SealKey, ...]


def chosen(offered: KeySet, *, now: str) -> SealKey | None:
    """Return the key to seal to at `now` (UTC, ISO 8601); None if none is offered.

    When all have passed, the latest still serves: the register opens what is sealed to
    a key for weeks after, and a terminal without news must not stop for that.
    """
    known = [key for key in offered.keys if key.suite in list(SealSuite)]
    in_time = [key for key in known if key.seal_until > now]
    return in_time[0] if in_time else max(known, key=lambda key: key.seal_until, default=None)
