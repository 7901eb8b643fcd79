"""``python -m kiosk.dev``: a whole terminal on this machine, played or to be played with.

Headless, a robot citizen walks one scene through the real programs and the folder
gets a picture of each screen, the receipt and ``report.json``. With a display the
terminal stands in a window, the dev dock in another. Never shipped.
"""

import argparse
import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from drivers.admin import ask
from drivers.card.personalise.person import SPECIMEN
from kiosk import leftovers
from kiosk.citizen import Citizen
from kiosk.play import Play
from kiosk.robot import Lost, Robot
from kiosk.scenes import PATIENCE, SCENES
from kiosk.stage import Look, NotStarted, Stage, until
from wire.screen import Language
from wire.versions import SOFTWARE

_PACKAGES = ("PySide6_Essentials", "opencv-python-headless", "dlib-bin", "cryptography", "pyscard")


def play(name: str, out: Path, pictures: Path, look: Look, language: Language) -> dict[str, Any]:
    """Play one scene and return its report; pictures and report lie in `out` then."""
    look = replace(look, patience=PATIENCE.get(name, 1.0))
    return play_on(lambda folder: Stage(folder, pictures, look), name, SCENES[name], out, language)


def play_on(
    staged: Callable[[Path], Stage],
    name: str,
    scene: Callable[[Play], None],
    out: Path,
    language: Language,
) -> dict[str, Any]:
    """Play a scene on the stage that `staged` makes in a folder; return its report."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    report: dict[str, Any] = {"scene": name, "verdict": "failed", "versions": _versions()}
    with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
        stage = staged(Path(folder))
        try:
            report |= _walk(stage, scene, out, language)
        except (Lost, NotStarted, subprocess.CalledProcessError) as failure:
            report["why"] = f"{type(failure).__name__}: {failure}"
        finally:
            _keep(stage, out)
    (out / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    return report


def _walk(
    stage: Stage, scene: Callable[[Play], None], out: Path, language: Language
) -> dict[str, Any]:
    began = time.monotonic()
    with stage:
        started_ms = round((time.monotonic() - began) * 1000)
        wanted = leftovers.canaries(SPECIMEN, stage.pictures / "holder_chip.jpg")
        places = (*stage.searched, leftovers.SHARED_MEMORY)
        ends = leftovers.WatchedEnds(stage.logs / "engine.log", wanted, *places)
        robot = Robot(stage.robot, out)
        report: dict[str, Any] = {"started_ms": started_ms, "steps": robot.steps}
        try:
            with Citizen(stage.robot, stage.cameras):
                scene(Play(stage, robot, language))
        except (Lost, NotStarted) as failure:
            report["why"] = f"{type(failure).__name__}: {failure}"
            robot.ask("grab", path=str(out / "where-it-stopped.png"))
            return report
        finally:
            robot.close()
            ends.close()
        last = {path.name for path in leftovers.found_in(wanted, *places)}
        report["left_behind"] = sorted(ends.found | last)
        report["session_ends"] = ends.ends
        report["preview_is_zero"] = not any(leftovers.preview_of(stage.pid("engine")))
    clean = not report["left_behind"] and report["preview_is_zero"]
    return report | {"verdict": "passed" if clean else "left something behind"}


def _keep(stage: Stage, out: Path) -> None:
    """Keep receipts and logs; they hold nothing personal."""
    for receipt in sorted(stage.roll.glob("*.png")):
        shutil.copy(receipt, out / receipt.name)
    shutil.copytree(stage.logs, out / "logs", dirs_exist_ok=True)


def _versions() -> dict[str, str]:
    named = {package: version(package) for package in _PACKAGES}
    return {"software": SOFTWARE, "python": platform.python_version(), **named}


def stand(pictures: Path, look: Look, record: Path | None) -> None:
    """Run the terminal in a window with the dev dock beside it, until interrupted.

    Args:
        pictures: of people and cards.
        look: how the screens are shown.
        record: where to write what is pressed on the dock.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
        stage = Stage(Path(folder), pictures, look)
        with stage:
            stage.start(
                "dock",
                "drivers.dev_dock",
                *("--card", stage.reader.admin, "--cameras", stage.cameras),
                *("--printer", stage.printer, "--pictures", stage.pictures),
                *(("--record", record.resolve()) if record else ()),
            )
            until(lambda: ask(stage.cameras, "state"), name="the cameras")
            sys.stdout.write("The terminal runs. Close with Ctrl-C.\n")
            with contextlib.suppress(KeyboardInterrupt), Citizen(stage.robot, stage.cameras):
                while True:
                    time.sleep(1)


def main() -> int:
    """Play a scene, or stand; status 0 when the scene passed."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.dev", description=__doc__)
    parser.add_argument("--scene", choices=SCENES, default="happy", help="what the robot plays")
    parser.add_argument("--out", type=Path, default=Path("out/demo"), help="for the pictures")
    parser.add_argument("--pictures", type=Path, default=Path(".cache/pictures"))
    parser.add_argument("--language", choices=list(Language), default=Language.EN)
    parser.add_argument("--landscape", action="store_true", help="a panel lying on its side")
    parser.add_argument("--headless", action="store_true", help="a robot plays, without a display")
    parser.add_argument("--record", type=Path, help="write what is pressed on the dev dock")
    options = parser.parse_args()
    headless = options.headless or not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    size = ("1920x1080", "476x268") if options.landscape else ("1080x1920", "268x476")
    look = Look(*size, headless=headless)
    if not headless:
        stand(options.pictures, look, options.record)
        return 0
    report = play(options.scene, options.out, options.pictures, look, Language(options.language))
    for step in report.get("steps", ()):
        sys.stdout.write(f"{step['ms']:>7} ms  {step['screen']}\n")
    sys.stdout.write(f"{options.scene}: {report['verdict']} {report.get('why', '')}\n")
    sys.stdout.write(f"pictures, receipt and report in {options.out}\n")
    return 0 if report["verdict"] == "passed" else 1


if __name__ == "__main__":
    sys.exit(main())
