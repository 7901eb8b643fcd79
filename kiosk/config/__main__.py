"""Say whether a settings file can be used: ``python -m kiosk.config FILE``.

Of a folder it says whether it is a bundle of settings that the fleet may roll out.

Credentials that systemd lends the programs are not there when this runs.
"""

import sys
from pathlib import Path

from kiosk.config.load import BadSettings, check_overlay, load


def main(arguments: list[str]) -> int:
    """Read the file; 0 if it can be used, 2 and its code if not."""
    try:
        place = Path(arguments[0])
        if place.is_dir():
            check_overlay(place)
        else:
            load(place, uses_credentials=False)
    except (BadSettings, OSError, IndexError) as error:
        code = getattr(error, "code", "config.bad_value")
        print(f"{code}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
