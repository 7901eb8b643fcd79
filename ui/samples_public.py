"""What the screens without an account may have to show, in each language (not shipped).

The services are the shipped ones; the news is invented.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from wire.screen import Facts, Language

_TOLD: Final[dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text())

NEWS: Final[Mapping[Language, Facts]] = {one: _TOLD["news"][one.value] for one in Language}
HEADLINES: Final[Mapping[Language, Facts]] = {
    one: {"receipt_on_screen": False, "headline": _TOLD["news"][one.value]["titles"][0]}
    for one in Language
}


def in_each(name: str) -> dict[Language, Facts]:
    """Return a picture's facts of the services by language."""
    return {one: _TOLD["services"][one.value][name] for one in Language}
