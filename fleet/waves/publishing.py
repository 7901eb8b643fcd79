"""Say by the fleet's online key who may take what now, and keep what it signs fresh.

One process at a time writes the repository: another one's turn is not waited for, the next look
comes soon.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from securesystemslib.exceptions import Error as SigningError
from tuf.api.exceptions import RepositoryError

from fleet.release.repository import NotSigned, Release, Repository
from fleet.release.roles import ONLINE, ROLES
from wire.rollout import Rollout


class NotPublished(Exception):
    """The repository could not be read, signed or written."""


class Publishing:
    """The fleet's hand on the repository."""

    def __init__(self, folder: Path, repository: Repository, now: Callable[[], datetime]) -> None:
        """Write to `repository`, which lies in `folder` and has the fleet's keys."""
        self.folder = folder
        self._repository = repository
        self._now = now

    def releases(self) -> list[Release]:
        """Return what people signed and published, newest version first.

        Raises:
            NotPublished: it cannot be read.
        """
        try:
            return self._repository.releases()
        except (OSError, RepositoryError):
            raise NotPublished("cannot be read") from None

    def waiting(self) -> list[tuple[str, int]]:
        """Return the roles that wait for people, and how many signatures each still wants.

        Raises:
            NotPublished: it cannot be read.
        """
        try:
            roles = [role for role in ROLES if self._repository.staged(role) is not None]
            return [(role, self._repository.missing(role)) for role in roles]
        except (OSError, RepositoryError):
            raise NotPublished("cannot be read") from None

    def offer(self, wanted: Callable[[], Sequence[Rollout]]) -> bool:
        """Publish what `wanted` says if it says another thing than the repository; say if it did.

        Raises:
            NotPublished: it could not be done.
        """
        try:
            with self._repository.alone(waits=False) as alone:
                if not alone:
                    return False
                # Asked for within: what another process has published is not undone.
                rollouts = [_strict(one) for one in wanted()]
                if rollouts != self._repository.rollouts() or self._due("rollout"):
                    self._repository.roll_out(rollouts)
                    return True
                if any(self._due(role) for role in ONLINE):
                    self._repository.refresh()
                    return True
        except (OSError, RepositoryError, SigningError, NotSigned, msgspec.MsgspecError):
            raise NotPublished("cannot be written") from None
        return False

    def _due(self, role: str) -> bool:
        expires: datetime = self._repository.open(role).signed.expires
        return expires - self._now().astimezone(UTC) < timedelta(days=ROLES[role].days) / 2


def _strict(rollout: Rollout) -> Rollout:
    """Return it as terminals will read it: what they would refuse is not published."""
    return msgspec.json.decode(msgspec.json.encode(rollout), type=Rollout)
