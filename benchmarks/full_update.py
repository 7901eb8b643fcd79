"""How long a whole terminal is out of service for an update: ``python -m benchmarks.full_update``.

Every program of a terminal on loopback (`kiosk.stage`): register, engine with its children, sync
and screens; devices are simulated behind the real drivers. The engine runs from a release's tree,
and is started by the launcher, again whenever it ends, as by the service manager; the screens end
with it and begin once it is ready, as their unit says.

Measured from the end of the engine's process, which nobody's session precedes, until the screens
are up and every device is ready again (the engine's status ``ATTRACT``). Peer, in the same
run: the same engine ended and started again without launcher and without an update. The service
manager's pause before a restart (2 s in the unit) comes on top of both, and is not counted.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from fleet.release.building import build
from kiosk.config.overlay import SETTINGS
from kiosk.stage import Look, Stage, until
from kiosk.update.kinds import versions_of
from kiosk.update.versions import Versions
from tests.support.releases import release
from wire.audit_events import AuditEvent
from wire.rollout import Kind

ROOT = Path(__file__).parents[1]
_PACKAGES = ("kiosk", "drivers", "wire")
_SKIPPED = shutil.ignore_patterns("__pycache__", "training", "evaluate")
_IN_SERVICE = "STATUS=ATTRACT"
_SCREENS_UP = AuditEvent.SCREENS_UP.value
_PATIENCE_S = 600.0
_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


class Kept(Stage):
    """A stage whose engine the launcher starts, again whenever it ends."""

    launched = True
    ended_s = 0.0
    said = 0
    """So long was the engine's log when it ended."""
    closing = False

    def start(self, name: str, module: str, *arguments: object, **others: object) -> None:
        """Start a program; the engine through the launcher, and kept."""
        if name != "engine":
            super().start(name, module, *arguments, **others)  # type: ignore[arg-type]
            return
        versions = self.state / "versions"

        def once() -> None:
            words = (module, *arguments)
            if self.launched:
                words = ("kiosk.update.launcher", "--versions", versions, "--", *words)
            Stage.start(self, "engine", *words, **others)  # type: ignore[arg-type]

        def keep() -> None:
            while not self.closing:
                self._programs["engine"].wait()
                self.said = len(self.log("engine"))
                self.ended_s = time.monotonic()
                if not self.closing:
                    self.stop("screens")
                    once()
                    until(lambda: "READY=1" in self._since(), within_s=_PATIENCE_S, name="engine")
                    self.start_screens()

        once()
        threading.Thread(target=keep, daemon=True).start()

    @property
    def engine(self) -> "subprocess.Popen[bytes]":
        """The engine's process that lives."""
        return self._programs["engine"]

    def _since(self) -> str:
        """Return what the engine said since it ended."""
        return self.log("engine")[self.said :]

    def out_of_service_s(self, end: Callable[[], object]) -> float:
        """Let the engine be ended; return how long nobody could begin a session."""
        before = self.ended_s
        end()
        until(lambda: self.ended_s > before, within_s=_PATIENCE_S, name="the engine's end")
        until(
            lambda: _IN_SERVICE in self._since() and _SCREENS_UP in self._since(),
            within_s=_PATIENCE_S,
            name="the terminal in service",
        )
        return time.monotonic() - self.ended_s


def tree(folder: Path, version: str) -> Path:
    """Return the archive of a whole application as this checkout has it."""
    place = folder / version
    for package in _PACKAGES:
        shutil.copytree(ROOT / package, place / package, ignore=_SKIPPED)
    made = folder / f"{version}.tar.gz"
    build(place, made, version=version, python=_PYTHON, sbom={"components": []})
    return made


def measured(folder: Path, pictures: Path, times: int) -> dict[str, float]:
    """Measure restarts without an update, and with one of each kind that wants a new start."""
    stage = Kept(folder / "stage", pictures, Look())
    versions = stage.state / "versions"
    with tree(folder, "1.0.0").open("rb") as content:
        versions_of(versions, Kind.APP).found(content, "1.0.0")
    found: dict[str, list[float]] = {"restart": [], "app": [], "config": []}

    def wait(kind: Kind, number: int) -> Versions:
        held, version = versions_of(versions, kind), f"1.1.{number}"
        if kind is Kind.APP:
            with tree(folder, version).open("rb") as content:
                held.add(content, version)
        else:
            held.add(release(version, {SETTINGS: b"[timeouts]\nfactor = 1\n"}), version)
        return held

    with stage:
        until(lambda: _IN_SERVICE in stage.log("engine"), within_s=_PATIENCE_S, name="service")
        for number in range(times):
            for kind in (Kind.APP, Kind.CONFIG):
                # The engine finds what waits, and ends by itself.
                found[kind].append(
                    stage.out_of_service_s(lambda kind=kind: wait(kind, number))  # type: ignore[misc] # noqa: B023
                )
                versions_of(versions, kind).confirm(f"1.1.{number}")
            stage.launched = False
            found["restart"].append(stage.out_of_service_s(stage.engine.terminate))
            stage.launched = True
            stage.out_of_service_s(stage.engine.terminate)
        stage.closing = True
    median = {name: statistics.median(taken) for name, taken in found.items()}
    return {
        **{f"{name}_s": taken for name, taken in median.items()},
        "ratio_app": median["app"] / median["restart"],
        "ratio_config": median["config"] / median["restart"],
    }


def main() -> None:
    """Print the figures as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, default=ROOT / ".cache" / "pictures")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="full-update-") as place:
        figures = measured(Path(place), options.pictures, options.times)
    print(json.dumps({"what": "out of service, whole terminal"} | figures))


if __name__ == "__main__":
    main()
