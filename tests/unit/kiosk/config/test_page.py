"""The page of settings is whole."""

import dataclasses
from typing import Any

import pytest

from kiosk.config.page import markdown
from kiosk.config.settings import Settings


def places() -> list[tuple[str, str]]:
    found = []
    for group in dataclasses.fields(Settings):
        kind: Any = group.default_factory
        found += [(group.name, one.name) for one in dataclasses.fields(kind)]
    return found


@pytest.mark.parametrize(("group", "name"), places())
def test_every_setting_has_a_row_with_its_meaning(group: str, name: str) -> None:
    section = markdown().split(f"## [{group}]")[1].split("## [")[0]
    (row,) = [line for line in section.splitlines() if line.startswith(f"| `{name}` |")]
    assert len(row.split("|")[3].strip()) > len(name) / 2
