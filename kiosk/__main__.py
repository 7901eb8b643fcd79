"""``python -m kiosk``: run the terminal's engine."""

import argparse
import sys
from pathlib import Path

from kiosk.config import BadSettings, load
from kiosk.engine.main import run


def main() -> int:
    """Run until told to stop; status 2 when the settings cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m kiosk", description=__doc__)
    parser.add_argument("--settings", type=Path, help="TOML file; the defaults without one")
    options = parser.parse_args()
    try:
        settings = load(options.settings)
    except BadSettings as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 2
    run(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
