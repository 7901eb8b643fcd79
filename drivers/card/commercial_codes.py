"""Chinese commercial codes: four digits for each character of a name.

An HKID prints them under the Chinese name. The table is Unicode's
(``kTaiwanTelegraph`` of Unihan, UAX #38), from the Debian package `unicode-data`.
"""

import bz2
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

TABLE: Final = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
_PROPERTY: Final = "\tkTaiwanTelegraph\t"


@cache
def characters_by_code(table: Path = TABLE) -> Mapping[str, str]:
    """Return the characters that each code stands for; most stand for one.

    Raises:
        OSError: the package is not installed.
    """
    found: dict[str, str] = {}
    with bz2.open(table, "rt", encoding="utf-8") as lines:
        for line in lines:
            point, has, codes = line.rstrip("\n").partition(_PROPERTY)
            for code in codes.split() if has else ():
                found[code] = found.get(code, "") + chr(int(point.removeprefix("U+"), 16))
    return MappingProxyType(found)
