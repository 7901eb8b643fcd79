"""``python -m drivers``: benches for the workshop."""

import argparse
import sys

from drivers.camera import bench as camera
from drivers.card.bench import commands as card


def main() -> int:
    """Run the command that was asked for; its status is the exit status."""
    parser = argparse.ArgumentParser(prog="python -m drivers", description=__doc__)
    devices = parser.add_subparsers(required=True, metavar="DEVICE")
    of_card = devices.add_parser("card", help="the card reader and what lies on it")
    commands = of_card.add_subparsers(required=True, metavar="COMMAND")
    card.add(commands)
    card.add_personalise(commands)
    camera.add(devices)
    options = parser.parse_args()
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
