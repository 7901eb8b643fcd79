"""How the entries of the audit hang together. NO I/O.

Each entry's hash covers its content and the hash before it; the first one's is of nothing.
Who changes, drops or inserts one has to change every later one, and the signed heads.
"""

import hashlib

import msgspec

FIRST = "0" * 64


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody did something."""

    number: int
    """From 1, without gaps."""
    at: int
    """Seconds since 1970."""
    who: str
    name: str
    act: str
    """Method and path, or a word of ours."""
    subject: str
    detail: str
    """JSON of what was filled in."""
    hash: str = ""


def hashed(entry: Entry, before: str) -> str:
    """Return the hash of an entry that follows the hash `before`."""
    content = [
        entry.number,
        entry.at,
        entry.who,
        entry.name,
        entry.act,
        entry.subject,
        entry.detail,
        before,
    ]
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()
