"""Which of the three languages a phone is answered in, and the words of each.

NO I/O but reading the texts once.

Source: RFC 9110, 12.5.4 (Accept-Language).
"""

import tomllib
from pathlib import Path

from wire.screen import Language

_FOLDER = Path(__file__).parent / "texts"
_LONGEST_HEADER = 200
_SIMPLIFIED = ("zh-cn", "zh-hans", "zh-sg", "zh-my")


def texts() -> dict[Language, dict[str, str]]:
    """Return the words of each language, by text id."""
    return {
        language: tomllib.loads((_FOLDER / f"{language.value}.toml").read_text("utf-8"))
        for language in Language
    }


def chosen(asked: str | None, accepted: str) -> Language:
    """Return the language asked for by hand, else the phone's first that we speak.

    Args:
        asked: the page's ``lang``.
        accepted: the Accept-Language field.
    """
    if asked in set(Language):
        return Language(asked)
    ranges = [_weighed(part) for part in accepted[:_LONGEST_HEADER].lower().split(",")]
    for _, name in sorted(ranges, key=lambda weighed: -weighed[0]):
        if name.startswith("en"):
            return Language.EN
        if name.startswith(_SIMPLIFIED):
            return Language.ZH_CN
        if name.startswith(("zh", "yue")):
            return Language.ZH_HK
    return Language.ZH_HK


def _weighed(part: str) -> tuple[float, str]:
    name, _, weight = part.strip().partition(";")
    try:
        return float(weight.strip().removeprefix("q=") or 1), name
    except ValueError:
        return 0.0, name
