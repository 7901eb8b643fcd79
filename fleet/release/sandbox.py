"""A repository with keys of its own: ``python -m fleet.release.sandbox --to FOLDER``.

Private keys lie beside the repository as files. A real repository's root, targets and release
keys live in hardware tokens of different people (docs/updates.md).
"""

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner

from fleet.release.repository import Repository, entrust
from fleet.release.roles import DELEGATED, ONLINE, ROLES

PEOPLE = 3


class Sandbox:
    """A new repository, its people and its fleet."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        """Make all keys, sign and publish the first, empty state."""
        self.folder = folder
        self.people = {
            role: [CryptoSigner.generate_ed25519() for _ in range(PEOPLE)]
            for role in ROLES
            if role not in ONLINE
        }
        self.online = CryptoSigner.generate_ed25519()
        self.repository = Repository(folder, now, [self.online])
        self.stage_root()
        self.repository.stage_roles(
            {role: [one.public_key for one in self._of(role)] for role in DELEGATED}
        )
        for role in self.people:
            self.sign(role)
        self.repository.publish()
        self.repository.roll_out([])
        self.root = (folder / "metadata" / "1.root.json").read_bytes()

    def stage_root(self) -> None:
        """Prepare a root that names the people and the fleet as they are now."""
        keys = {
            role: [one.public_key for one in self._of(role)]
            for role in ("root", "targets", "snapshot", "timestamp")
        }
        self.repository.stage("root", lambda root: entrust(root, keys))

    def sign(self, role: str) -> None:
        """Let as many people sign what is staged as must."""
        for person in self.people[role]:
            if self.repository.sign(role, person) == 0:
                return

    def _of(self, role: str) -> list[CryptoSigner]:
        return [self.online] if role in ONLINE else self.people[role]


def main(arguments: Sequence[str] | None = None) -> None:
    """Make one."""
    parser = argparse.ArgumentParser(prog="python -m fleet.release.sandbox", description=__doc__)
    parser.add_argument("--to", type=Path, required=True, help="an empty folder")
    folder: Path = parser.parse_args(arguments).to
    made = Sandbox(folder / "repository", lambda: datetime.now(UTC))
    keys = folder / "keys"
    keys.mkdir()
    for role, people in {**made.people, "online": [made.online]}.items():
        for number, person in enumerate(people, 1):
            place = keys / f"{role}-{number}.pem"
            place.touch(0o600)
            place.write_bytes(person.private_bytes)


if __name__ == "__main__":
    main()
