"""Say whether a settings file can be used: ``python -m kiosk.config FILE``.

Credentials that systemd lends the programs are not there when this runs.
"""

import sys
from pathlib import Path

from kiosk.config.load import BadSettings, load


def main(arguments: list[str]) -> int:
    """Read the file; 0 if it can be used, 2 and its code if not."""
    try:
        load(Path(arguments[0]), uses_credentials=False)
    except (BadSettings, OSError, IndexError) as error:
        code = getattr(error, "code", "config.bad_value")
        print(f"{code}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
