"""Ask for a site's answers at the keyboard, one question at a time, until each can be used."""

from collections.abc import Callable
from typing import Final

from provisioning.answers import Answers, fits, parse, written
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
            if said and fits(table, key, said):
                tables.setdefault(table, {})[key] = said
                break
            people.told("not_usable", key=f"{table}.{key}")
    content = written(tables)
    return parse(content), content
