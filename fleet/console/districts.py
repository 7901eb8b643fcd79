"""The eighteen districts: names and outlines.

Outlines are simplified by us from those of svg-maps by Victor Cazanave, after MapSVG
(CC BY 4.0): a map to see at a glance by, not to measure on.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

VIEW_BOX: Final = "0 0 613 445"
ATTRIBUTION: Final = "District outlines after svg-maps / MapSVG, CC BY 4.0"


class District(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One district."""

    en: str
    zh_HK: str  # noqa: N815  (named as the languages are)
    zh_CN: str  # noqa: N815
    x: int
    """Its middle on the map."""
    y: int
    outline: str
    """Path of an SVG, in units of the map."""

    def name(self, language: str) -> str:
        """Return its name in a language."""
        named: str = getattr(self, language)
        return named


@cache
def districts() -> dict[str, District]:
    """Return all districts by id."""
    content = (Path(__file__).parent / "districts.json").read_bytes()
    return msgspec.json.decode(content, type=dict[str, District])
