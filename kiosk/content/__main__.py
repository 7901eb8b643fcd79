"""``python -m kiosk.content sign|check FOLDER --key FILE``: make or judge a bundle."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from kiosk.content.bundle import sign, verified
from kiosk.content.model import BadContent


def main(argv: list[str]) -> int:
    """Sign or check one folder; exit status 1 when it is not good."""
    reader = argparse.ArgumentParser(prog="python -m kiosk.content", description=__doc__)
    reader.add_argument("do", choices=["sign", "check"])
    reader.add_argument("folder", type=Path)
    reader.add_argument("--key", type=Path, required=True, help="PEM: private to sign, else public")
    reader.add_argument("--serial", type=int, default=1, help="to sign: larger than the last one")
    reader.add_argument("--made-at", type=datetime.fromisoformat, help="to sign: `date -Iseconds`")
    options = reader.parse_args(argv)
    pem = options.key.read_bytes()
    try:
        if options.do == "check":
            public = load_pem_public_key(pem)
            assert isinstance(public, Ed25519PublicKey), "the key is no Ed25519 key"
            good = verified(options.folder, public)
            sys.stdout.write(f"serial {good.serial}: {len(good.services.services)} services\n")
        else:
            private = load_pem_private_key(pem, None)
            assert isinstance(private, Ed25519PrivateKey), "the key is no Ed25519 key"
            sign(options.folder, private, serial=options.serial, made_at=options.made_at)
    except BadContent as bad:
        sys.stderr.write(f"{bad.code}: {bad}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
