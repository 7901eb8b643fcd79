"""Paint a readiness report for another program: ``python -m ui.readiness REPORT.pdf < ORDER``.

ORDER is a `wire.screen.PaintReport` as JSON. Provisioning runs before the screens do and
has no painter of its own.
"""

import sys
from pathlib import Path

from ui import environment

environment.prepare()

import msgspec  # noqa: E402
from PySide6.QtGui import QGuiApplication  # noqa: E402  (Qt reads its environment when imported)

from ui import report  # noqa: E402
from ui.words import Words  # noqa: E402
from wire.screen import PaintReport  # noqa: E402


def main(arguments: list[str], order: bytes) -> int:
    """Paint `order` into the file that is named; 2 if it is no order."""
    try:
        wanted = msgspec.json.decode(order, type=PaintReport)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return 2
    application = QGuiApplication(["readiness", "-platform", "offscreen"])
    words = Words()
    painted = report.paint(wanted, lambda text_id: words.text(wanted.language, text_id))
    Path(arguments[0]).write_bytes(painted.pdf)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer.read()))
