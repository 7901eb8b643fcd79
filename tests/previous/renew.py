"""``python -m tests.previous.renew``: keep what of today's release touches a terminal's state.

Run once when a release is signed; the archive then is "the version before" of the next one.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from fleet.release.building import build
from wire.versions import SOFTWARE

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
ARCHIVE: Final = HERE / "before.tar.gz"
_LIST: Final = (
    "import sys, json, runpy; runpy.run_path(sys.argv[1]);"
    "print(json.dumps([m.__file__ for n, m in sorted(sys.modules.items())"
    " if n.partition('.')[0] in {'kiosk', 'wire', 'drivers'} and m.__file__]))"
)


def main() -> None:
    """Write the archive."""
    command = [sys.executable, "-c", _LIST, str(HERE / "state.py")]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory() as place:
        for source in map(Path, json.loads(listed)):
            to = Path(place) / source.relative_to(ROOT)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(source.read_bytes())
        version = SOFTWARE.rpartition("/")[2]
        build(Path(place), ARCHIVE, version=version, python="3.11", sbom={})


if __name__ == "__main__":
    main()
