"""Synthetic people in place of the population record, and a stand-in for faces. Not shipped.

``population.toml`` in the sandbox's data folder, for example::

    [[person]]
    number = "A123456(3)"
    name = "CHAN, Tai Man"
    birth = "19700131"
    sex = "M"
    issued = "20190401"
    is_cancelled = false
"""

import hashlib
import hmac
from pathlib import Path

import msgspec

from enrolment.matching import Person, canonical


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: str
    name: str
    birth: str
    sex: str
    issued: str
    is_cancelled: bool = False


class _Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: list[_Row]


class SyntheticPopulation:
    """People from a file."""

    def __init__(self, file: Path) -> None:
        """Read the people in `file`.

        Raises:
            OSError: there is none.
            msgspec.DecodeError: it is malformed.
        """
        rows = msgspec.toml.decode(file.read_bytes(), type=_Rows).person
        self._people = {
            canonical(row.number): Person(
                row.name, row.birth, row.sex, row.issued, is_cancelled=row.is_cancelled
            )
            for row in rows
        }

    def person(self, number: str) -> Person | None:
        """Return whose number this is (without brackets); None if nobody's."""
        return self._people.get(number)


class SamePicture:
    """**Recognises a picture, not a face**: two agree when their bytes are the same.

    It stands where a certified face comparison belongs, so that everything around it can
    be built and tested; it says nothing about people.
    """

    kind = "same-picture-1"

    def template(self, picture: bytes) -> bytes:
        """Return what is kept of a picture."""
        return hashlib.sha256(picture).digest()

    def matches(self, template: bytes, picture: bytes) -> bool:
        """Say whether `picture` is the one `template` was made of."""
        return hmac.compare_digest(template, self.template(picture))

    def agree(self, portrait: bytes, photo: bytes) -> bool:
        """Say whether both pictures are one."""
        return self.matches(self.template(portrait), photo)
