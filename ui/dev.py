"""``python -m ui.dev``: the screens with a robot's finger, for the demo (not shipped)."""

import argparse
import sys
from collections.abc import Callable

from ui import environment

environment.prepare()

from ui.app import Screens, parser, run  # noqa: E402  (Qt reads its environment at import)
from ui.robot import Robot  # noqa: E402


def attach(screens: Screens, options: argparse.Namespace) -> Callable[[], None]:
    """Attach the robot, if one was asked for; return how to detach it."""
    if not options.robot:
        return lambda: None
    width_mm = options.panel_mm[0]
    px_per_mm = screens.glass.window.width() / width_mm
    return Robot(screens, options.robot, px_per_mm).close


if __name__ == "__main__":
    reader = parser()
    reader.add_argument("--robot", metavar="SOCKET_PATH", help="where a robot may connect")
    sys.exit(run(sys.argv[1:], reader, more=attach))
