"""One terminal of the demo: its folders, the real update program, and who starts its engine."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.update.kinds import versions_of
from kiosk.update.versions import Versions
from tests.support.fleet_server import Terminal as Identity
from tests.update_demo.trees import ROOT
from wire.rollout import Kind

MOST_BYTES = 1 << 30
_AGAIN_S = 0.5
_MB = 1 << 20
_SETTINGS = """
[terminal]
id = "{name}"
[paths]
state = "{folder}/state"
outbox = "{folder}/state/outbox.db"
versions = "{folder}/versions"
[register]
certificate = "{certificate}"
key = "{key}"
[fleet]
url = "{url}"
ca = "{ca}"
[update]
url = "{url}/v1/updates"
ca = "{ca}"
root = "{root}"
model = "{model}"
district = "{district}"
every_s = 10
bytes_per_s = 5e6
"""


@dataclass
class Terminal:
    """A terminal on loopback."""

    name: str
    model: str
    district: str
    folder: Path
    speed: float
    starts: list[tuple[float, int]] = field(default_factory=list)
    """When the engine ended, and with what status."""

    def prepare(
        self, archive: Path, version: str, root: Path, identity: Identity, url: str
    ) -> None:
        """Lay down the first version, as a provisioned machine has it."""
        self.folder.mkdir(parents=True)
        (self.folder / "terminal.toml").write_text(
            _SETTINGS.format(
                name=self.name,
                folder=self.folder,
                certificate=identity.certificate,
                key=identity.key,
                ca=identity.ca,
                url=url,
                root=root,
                model=self.model,
                district=self.district,
            )
        )
        with archive.open("rb") as content:
            self.versions.found(content, version)

    @property
    def versions(self) -> Versions:
        """Its versions on the disk."""
        return versions_of(self.folder / "versions", Kind.APP)

    def start(self) -> None:
        """Start its programs."""
        self._stop = threading.Event()
        self._log = (self.folder / "log").open("ab")
        self._updates = self._run("kiosk.update", "--settings", str(self.folder / "terminal.toml"))
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def end(self) -> None:
        """Tell them all to stop."""
        self._stop.set()
        self._updates.terminate()
        self._engine.terminate()

    def stop(self) -> None:
        """Stop them all."""
        self.end()
        while self._keeper.is_alive():
            self._engine.terminate()
            self._keeper.join(0.5)
        self._updates.wait(60)
        self._log.close()

    def trail(self) -> list[dict[str, Any]]:
        """Return what it noted."""
        lines = (self.folder / "state" / "trail.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def megabytes(self) -> float:
        """Return the memory that its programs hold now."""
        pages = sum(
            int(Path(f"/proc/{program.pid}/statm").read_text().split()[1])
            for program in (self._updates, self._engine)
            if program.poll() is None
        )
        return pages * os.sysconf("SC_PAGE_SIZE") / _MB

    def _keep(self) -> None:
        """Start the engine again whenever it ends, as the service manager does."""
        while not self._stop.is_set():
            versions, settings = self.folder / "versions", self.folder / "terminal.toml"
            self._engine = self._run(
                "kiosk.update.launcher", "--versions", str(versions), "--",
                "terminal_program", "--settings", str(settings), "--speed", str(self.speed),
            )  # fmt: skip
            status = self._engine.wait()
            self.starts.append((time.time(), status))
            self._stop.wait(_AGAIN_S)

    def _run(self, *words: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        environment.pop("JOURNAL_STREAM", None)
        bounded = ["prlimit", f"--as={MOST_BYTES}", sys.executable, "-m", *words]
        return subprocess.Popen(bounded, cwd=ROOT, env=environment, stderr=self._log)
