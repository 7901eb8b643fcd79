"""What a card prints, as the bench learns it: from a file or from whoever sits there.

Never from the command line, which every program of the machine can read.
"""

import sys
import tomllib
from pathlib import Path

from drivers.card.profile.reading import Print
from drivers.errors import LocalProtocolError

_FIELDS = {"number": "number without brackets", "birth": "born", "issued": "issued"}
_DAY = " (YYYYMMDD)"


def asked_or_read(path: Path | None) -> Print:
    """Return the print of a TOML file, or ask for it.

    Raises:
        LocalProtocolError: the file is no TOML of that form, or what was typed is none.
    """
    if path is None:
        return Print(**{name: _ask(name, text) for name, text in _FIELDS.items()})
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return Print(**{name: str(content[name]) for name in _FIELDS})
    except (OSError, ValueError, KeyError):
        raise LocalProtocolError(f"{path.name} is no TOML with {', '.join(_FIELDS)}") from None


def _ask(name: str, text: str) -> str:
    print(f"{text}{'' if name == 'number' else _DAY}: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
