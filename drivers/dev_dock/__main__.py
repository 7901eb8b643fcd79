"""``python -m drivers.dev_dock``: the panel of virtual devices."""

import argparse
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from drivers.dev_dock.window import Dock


def main() -> int:
    """Show the dock until its window is closed."""
    parser = argparse.ArgumentParser(prog="python -m drivers.dev_dock", description=__doc__)
    for name in ("card", "cameras", "printer"):
        parser.add_argument(f"--{name}", type=Path, required=True, help="its admin socket")
    parser.add_argument("--pictures", type=Path, required=True, help="faces and card fronts")
    options = parser.parse_args()
    application = QApplication(sys.argv[:1])
    sockets = {"card": options.card, "cameras": options.cameras, "printer": options.printer}
    dock = Dock(sockets, options.pictures)
    dock.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
