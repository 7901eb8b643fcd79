"""Run the simulated printer: ``python -m drivers.printer.serve``.

Admin verbs: load_paper(), paper_out(after_rows), tear(), cover(open), jam(on), mute(on),
unplug(), plug(), state().
"""

import argparse
import threading
from pathlib import Path
from typing import Any

from drivers.admin import AdminServer
from drivers.printer.simulated import SimulatedPrinter


class Bench:
    """The printer's verbs."""

    def __init__(self, printer: SimulatedPrinter) -> None:
        self._printer = printer

    def load_paper(self) -> None:
        """Lay in a new roll."""
        self._printer.roll.rows_left = None

    def paper_out(self, after_rows: int = 0) -> None:
        """Let the paper run out after so many rows."""
        self._printer.roll.rows_left = after_rows

    def tear(self) -> None:
        """Pull the paper off, cut or not."""
        self._printer.roll.tear()

    def jam(self, *, on: bool) -> None:
        """Let the cutter jam, or free it."""
        self._printer.roll.jammed = on

    def cover(self, *, open: bool) -> None:  # noqa: A002  (the verb's own word)
        """Open or close the cover."""
        self._printer.roll.cover_open = open

    def mute(self, *, on: bool) -> None:
        """Stop answering, or answer again."""
        self._printer.roll.mute = on

    def state(self) -> dict[str, Any]:
        """Say how the roll is and which receipts were printed."""
        roll = self._printer.roll
        return {
            "unplugged": not self._printer.plugged,
            "paper_out": roll.paper_out,
            "near_end": roll.near_end,
            "cover_open": roll.cover_open,
            "jammed": roll.jammed,
            "mute": roll.mute,
            "faulty": roll.faulty,
            "receipts": [str(path) for path in roll.receipts],
        }


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--admin", type=Path, required=True, help="admin socket to serve")
    parser.add_argument("--link", type=Path, required=True, help="symbolic link to the port")
    parser.add_argument("--roll", type=Path, required=True, help="folder for finished receipts")
    parser.add_argument(
        "--rows-per-s", type=float, default=1200, help="how fast it prints; 1200 is 150 mm a second"
    )
    options = parser.parse_args()
    printer = SimulatedPrinter(options.roll, options.link, rows_per_s=options.rows_per_s)
    bench = Bench(printer)
    names = ("load_paper", "paper_out", "tear", "cover", "jam", "mute", "state")
    verbs = {name: getattr(bench, name) for name in names}
    AdminServer(options.admin, verbs | {"plug": printer.plug, "unplug": printer.unplug})
    threading.Event().wait()


if __name__ == "__main__":
    main()
