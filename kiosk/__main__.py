"""``python -m kiosk``: run the terminal's engine."""

import argparse
import os
import sys
from pathlib import Path

from kiosk.audit.trail import TrailBroken
from kiosk.config import BadSettings, load
from kiosk.document.policy import BadPolicy
from kiosk.engine.main import run
from kiosk.session import forgetful
from kiosk.sync.outbox import OutboxError
from kiosk.update.together import running
from wire.rollout import Kind


def main() -> int:
    """Run until told to stop; status 2 when settings, policy, trail or outbox cannot be used."""
    forgetful.ensure()
    parser = argparse.ArgumentParser(prog="python -m kiosk", description=__doc__)
    parser.add_argument("--settings", type=Path, help="TOML file; the defaults without one")
    options = parser.parse_args()
    try:
        overlay = running(os.environ, Kind.CONFIG).tree
        run(load(options.settings, uses_credentials=False, overlay=overlay))
    except (BadSettings, BadPolicy, TrailBroken, OutboxError) as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
