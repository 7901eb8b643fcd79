"""Let the TPM count failures from zero: ``python -m drivers.tpm``, before a key is lent.

Ends with 1 and the failure's code if the TPM does not; whoever needs a key then tries without.
"""

import argparse
import sys

from drivers.errors import DeviceError
from drivers.tpm.tss import DEVICE, forget_failures


def main() -> int:
    """Do it; return the status to end with."""
    flags = argparse.ArgumentParser(prog="python -m drivers.tpm", description=__doc__)
    flags.add_argument("--tpm", default=DEVICE, help="as libtss2 names it (default: %(default)s)")
    try:
        forget_failures(tcti=flags.parse_args().tpm)
    except DeviceError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
