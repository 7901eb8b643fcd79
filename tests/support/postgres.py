"""A PostgreSQL of the test's own: a new cluster in a temporary folder, on a unix socket."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OWNER = "postgres"


def available() -> bool:
    """Say whether a cluster can be started here."""
    return bool(shutil.which("initdb") and shutil.which("pg_ctl")) and (
        os.geteuid() != 0 or bool(shutil.which("runuser"))
    )


@dataclass(frozen=True)
class Cluster:
    """A running cluster."""

    folder: Path

    @property
    def url(self) -> str:
        """Return the SQLAlchemy URL of its database."""
        return f"postgresql+psycopg://{OWNER}@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'"
        control(self.folder, "start", "-w", "-o", options)

    def stop(self) -> None:
        """Stop as a crash would: nobody is waited for."""
        control(self.folder, "stop", "-w", "-m", "immediate")


def control(folder: Path, *arguments: str) -> None:
    """Run pg_ctl on the cluster in `folder`."""
    log = folder / "log"
    _as_owner("pg_ctl", "-D", str(folder / "data"), "-l", str(log), *arguments)


def _as_owner(*command: str) -> None:
    # PostgreSQL refuses to run as root.
    before = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    program = shutil.which(command[0])
    assert program is not None
    subprocess.run([*before, program, *command[1:]], check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextlib.contextmanager
def running_cluster(folder: Path) -> Iterator[Cluster]:
    """Make and run a cluster in `folder` until the block ends; short path, for the socket."""
    folder.mkdir(parents=True)
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    data = str(folder / "data")
    _as_owner("initdb", "-D", data, "-U", OWNER, "-A", "trust", "-N", "--locale=C.UTF-8")
    cluster = Cluster(folder)
    cluster.start()
    try:
        yield cluster
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            cluster.stop()
