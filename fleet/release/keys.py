"""Keys by their names: files, tokens and key services, as securesystemslib has them."""

import json
from pathlib import Path

from securesystemslib.signer import Key, Signer


def public(path: Path) -> Key:
    """Return the public half of a key from its file.

    Raises:
        OSError: it cannot be read.
        KeyError, ValueError: it is none.
    """
    held = json.loads(path.read_text())
    return Key.from_dict(held.pop("keyid"), held)


def signer(uri: str, half: Path) -> Signer:
    """Return what signs by the private key at `uri`, whose public half is in a file.

    Raises:
        OSError, KeyError, ValueError: see `public`; or the URI is of no known kind.
    """
    return Signer.from_priv_key_uri(uri, public(half))
