"""Say an alert's sentence in the reader's language.

What was told is kept as it was told, in English: it is evidence, and mails quote it. Our own
sentences are few, so each is recognised by its form, and its numbers are put into the others.
"""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from wire.screen import Language

_FILE: Final = Path(__file__).parent / "texts" / "sentences.toml"
_PLACE: Final = re.compile(r"{(\w+)}")


def in_language(sentence: str, language: Language) -> str:
    """Return a sentence in a language; as it is if it is none of ours."""
    return sentence if language is Language.EN else _said(sentence, language)


@lru_cache(maxsize=20_000)
def _said(sentence: str, language: Language) -> str:
    for form, rows in _forms():
        found = form.fullmatch(sentence)
        if found:
            values = {name: _word(value, language) for name, value in found.groupdict().items()}
            return rows[language].format(**values)
    return sentence


def _word(value: str, language: Language) -> str:
    row = _rows().get(f"device_{value}")
    return row[language.value] if row else value


@cache
def _rows() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _forms() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    return [(_form(row["en"]), row) for name, row in _rows().items() if "device_" not in name]


def _form(template: str) -> re.Pattern[str]:
    parts = _PLACE.split(template)
    # Every second part is the name of a place.
    pattern = "".join(
        _place(part) if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )
    return re.compile(pattern)


def _place(name: str) -> str:
    # A template of a log is the one value with spaces in it, and stands last.
    value = r".+" if name == "words" else r"\S+?"
    return f"(?P<{name}>{value})"
