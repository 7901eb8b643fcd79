"""Ask for a site's answers at the keyboard, one question at a time, until each can be used."""

from collections.abc import Callable
from typing import Final

import msgspec

from provisioning.answers import Answers, BadAnswers, parse
from provisioning.people import People

QUESTIONS: Final = (
    ("site", "id", ""),
    ("site", "mode", "self_service"),
    ("site", "opens", "00:00"),
    ("site", "closes", "00:00"),
    ("fleet", "url", ""),
    ("register", "url", ""),
    ("register", "phone_url", ""),
    ("machine", "panel", "1080x1920"),
    ("devices", "face_camera", "/dev/video0"),
    ("devices", "document_camera", "/dev/video2"),
    ("devices", "printer", "/dev/ttyUSB0"),
)
"""Table, key and what an empty answer means; without a meaning it is asked again."""
_COMPLETE: Final = {
    "site": {"id": "x"},
    "fleet": {"url": "https://x"},
    "register": {"url": "https://x", "phone_url": "https://x"},
}


def ask(people: People, ask_one: Callable[[str], str]) -> tuple[Answers, bytes]:
    """Return a site's answers, and the same as TOML to be kept.

    Args:
        people: who is told what cannot be used.
        ask_one: asks for one line.

    Raises:
        EOFError: nobody answers.
    """
    tables: dict[str, dict[str, str]] = {}
    for table, key, default in QUESTIONS:
        while True:
            said = (
                ask_one(f"{table}.{key}{f' [{default}]' if default else ''}: ").strip() or default
            )
            if said and _fits(table, key, said):
                tables.setdefault(table, {})[key] = said
                break
            people.told("not_usable", key=f"{table}.{key}")
    content = _toml(tables)
    return parse(content), content


def _fits(table: str, key: str, said: str) -> bool:
    trial = {name: dict(values) for name, values in _COMPLETE.items()}
    trial.setdefault(table, {})[key] = said
    try:
        parse(_toml(trial))
    except BadAnswers:
        return False
    return True


def _toml(tables: dict[str, dict[str, str]]) -> bytes:
    lines = []
    for table, values in tables.items():
        lines.append(f"[{table}]")
        # A JSON string is a basic string of TOML.
        lines += [f"{key} = {msgspec.json.encode(value).decode()}" for key, value in values.items()]
    return ("\n".join(lines) + "\n").encode()
