"""Make the cohort: ``python -m kiosk.vision.training.cohort --faces FOLDER --to FOLDER``.

One descriptor of each person's neutral portrait; no name, no picture, and in an order of
the numbers themselves, so that a row says nothing of the manifest.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np

from kiosk.face import cohort
from kiosk.vision.evaluate.embedded import Embedded
from kiosk.vision.evaluate.people import people, picture


def main() -> None:
    """Write cohort.bin and print its hash."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    wanted = parser.parse_args()
    embedded = Embedded()
    rows = [embedded.descriptor(picture(person.neutral)) for person in people(wanted.faces)]
    seen = np.array([row for row in rows if not np.isnan(row).any()])
    content = cohort.pack(seen[np.lexsort(seen.T)])
    (wanted.to / "cohort.bin").write_bytes(content)
    print(f"{len(seen)} faces", hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    main()
