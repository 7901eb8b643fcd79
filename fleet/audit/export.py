"""An export of the audit as lines of JSON, and what can be said of one without the server.

The first line says what it is; entries follow, then signed heads. NO I/O.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fleet.audit.chain import FIRST, Entry, hashed
from fleet.audit.heads import Head, holds

FORMAT = "fleet-audit-v1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an export is worth."""

    entries: int
    heads: int
    fault: str
    """Empty if everything holds; what is wrong first otherwise."""


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    format: str = ""
    entry: Entry | None = None
    head: Head | None = None


def lines(entries: Iterable[Entry], heads: Iterable[Head]) -> Iterator[bytes]:
    """Yield the lines of an export."""
    yield msgspec.json.encode(_Line(format=FORMAT)) + b"\n"
    for entry in entries:
        yield msgspec.json.encode(_Line(entry=entry)) + b"\n"
    for head in heads:
        yield msgspec.json.encode(_Line(head=head)) + b"\n"


def judged(content: Iterable[bytes], key: Ed25519PublicKey) -> Verdict:
    """Say whether an export is whole, unchanged and signed by `key`."""
    hashes = {0: FIRST}
    count = signed = 0
    begun = False
    for raw in content:
        try:
            line = msgspec.json.decode(raw, type=_Line)
        except msgspec.DecodeError:
            return Verdict(count, signed, f"line {count + signed + 2} is none of an export")
        if not begun:
            if line.format != FORMAT:
                return Verdict(0, 0, "not an export of an audit")
            begun = True
        elif line.entry is not None:
            before = hashes[count]
            if line.entry.number != count + 1 or line.entry.hash != hashed(line.entry, before):
                return Verdict(count, signed, f"broken at entry {count + 1}")
            count += 1
            hashes[count] = line.entry.hash
        elif line.head is not None:
            if not holds(line.head, key):
                return Verdict(count, signed, f"the head of day {line.head.day} is not signed")
            if hashes.get(line.head.count) != line.head.head:
                return Verdict(
                    count, signed, f"the head of day {line.head.day} is of another chain"
                )
            signed += 1
    return Verdict(count, signed, "" if begun else "empty")
