"""Start the terminal: ``python -m kiosk.update.launcher --versions FOLDER -- PROGRAM...``.

Run by the service manager in place of the program; it decides which version runs, with which
models and settings, then becomes the program inside that version's tree. It is part of the image,
not of a release, so that no release can break what undoes it.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kiosk.update.together import Together
from kiosk.update.versions import NoVersions

NO_VERSION: Final = 78
"""Exit status of a terminal without a version. Source: sysexits.h, EX_CONFIG."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Decide, and become the program."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.update.launcher", description=__doc__)
    parser.add_argument("--versions", type=Path, required=True, help="folder of the versions")
    parser.add_argument("program", nargs="+", help="module and its arguments")
    options = parser.parse_args(arguments)
    together = Together(options.versions)
    try:
        chosen = together.start()
    except NoVersions as error:
        print(f"{error.code}: {error}", file=sys.stderr)  # noqa: T201  (there is no journal yet)
        return NO_VERSION
    # A tree is never written to: it must stay what its manifest lists.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **together.told(chosen)}
    tree = together.application(chosen)
    if tree is not None:
        environment["PYTHONPATH"] = str(tree)
        os.chdir(tree)
    python = sys.executable
    return os.execve(python, [python, "-m", *options.program], environment)  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
