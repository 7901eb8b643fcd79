"""Which release which terminals may take now: what the fleet's online key signs.

The online key only picks among releases that the offline signers named, and says who may take
them and when. Kiosk and fleet compute the same wave from the same words.

Rule 1: numbers, names of our own and patterns; unknown fields are refused.
Rule 2: a bucket depends on rollout and terminal, so that no terminal is always among the first.
"""

import hashlib
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

UPDATES_PATH: Final = "/v1/updates"
"""Where the fleet gives its signed repository."""
BUCKETS: Final = 10_000
LARGEST_BYTES: Final = 256 * 1024
DAY_MINUTES: Final = 24 * 60

Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
"""Of a rollout, a terminal, a hardware model or a district, as the inventory has it."""
Version = Annotated[str, Meta(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){2}$")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[int, Meta(ge=0, le=2**53)]
"""Milliseconds since 1970, UTC."""
Minute = Annotated[int, Meta(ge=0, le=DAY_MINUTES)]


class Kind(StrEnum):
    """What a release holds; each kind is signed by an offline role of its own."""

    APP = "app"
    MODELS = "models"
    CONTENT = "content"
    CONFIG = "config"


class Network(StrEnum):
    """How a terminal reaches the fleet."""

    WIRED = "wired"
    MOBILE = "mobile"


class Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a terminal may switch, in minutes of its local day; over midnight if from > until."""

    from_minute: Minute = 0
    until_minute: Minute = DAY_MINUTES

    def holds(self, minute: int) -> bool:
        """Say whether a minute of the day is inside."""
        if self.from_minute <= self.until_minute:
            return self.from_minute <= minute < self.until_minute
        return minute >= self.from_minute or minute < self.until_minute


class Artifact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One release as the offline signers named it."""

    kind: Kind
    version: Version
    sha256: Sha256
    length: Annotated[int, Meta(ge=1, le=1 << 31)]

    @property
    def path(self) -> str:
        """Its name in the repository."""
        return f"{self.kind}/{self.version}.tar.gz"


class Rollout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rollout as it stands now."""

    id: Name
    artifact: Artifact
    share: Annotated[int, Meta(ge=0, le=BUCKETS)]
    """So many of the 10,000 buckets may take it."""
    named: tuple[Name, ...] = ()
    """Terminals that may take it whatever their bucket: canaries and those let in by hand."""
    excluded: tuple[Name, ...] = ()
    models: tuple[Name, ...] = ()
    """Hardware models; all when empty."""
    districts: tuple[Name, ...] = ()
    """All when empty."""
    not_before: Moment = 0
    window: Window = Window()
    paused: bool = False
    urgent: bool = False
    """Not only in the window; signed only after two approvals."""
    go_back: bool = False
    """To an older version, as far as the offline signers allow."""


def numbers(version: str) -> tuple[int, ...]:
    """Return a version's numbers, to compare by.

    Raises:
        ValueError: it has other parts than numbers.
    """
    return tuple(int(part) for part in version.split("."))


def bucket(rollout: str, terminal: str) -> int:
    """Return a terminal's bucket in a rollout, 0 to 9,999."""
    digest = hashlib.sha256(f"{rollout}\0{terminal}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % BUCKETS
