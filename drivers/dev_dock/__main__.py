"""``python -m drivers.dev_dock``: the panel of virtual devices.

``--record FILE`` writes what is pressed; ``--replay FILE`` presses it again, without a window.
"""

import argparse
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from drivers.dev_dock.orders import carry_out
from drivers.dev_dock.script import Recorder, read, replay
from drivers.dev_dock.window import Dock


def main() -> int:
    """Show the dock until its window is closed, or replay a script."""
    parser = argparse.ArgumentParser(prog="python -m drivers.dev_dock", description=__doc__)
    for name in ("card", "cameras", "printer"):
        parser.add_argument(f"--{name}", type=Path, required=True, help="its admin socket")
    parser.add_argument("--pictures", type=Path, required=True, help="faces and card fronts")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write what is pressed")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="press it again and end")
    parser.add_argument("--faster", type=float, default=1.0, help="replay so many times faster")
    options = parser.parse_args()
    sockets = {"card": options.card, "cameras": options.cameras, "printer": options.printer}
    if options.replay:
        with options.replay.open() as lines:
            script = list(read(lines, options.pictures))
        said = replay(
            script,
            lambda order: carry_out(order, sockets),
            wait=time.sleep,
            faster=options.faster,
        )
        sys.stdout.write("".join(f"{line}\n" for line in said))
        return int(any("refused" in line for line in said))
    application = QApplication(sys.argv[:1])
    recorder = (
        Recorder(options.record, options.pictures, clock=time.monotonic) if options.record else None
    )
    dock = Dock(sockets, options.pictures, recorder.add if recorder else None)
    dock.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
