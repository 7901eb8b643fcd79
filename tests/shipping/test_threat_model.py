"""Whatever the pages promise by naming a test is a test that exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from kiosk.scenes import SCENES

ROOT = Path(__file__).resolve().parents[2]
TESTS = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PAGES = sorted(page for page in (ROOT / "docs").glob("*.md") if TESTS.search(page.read_text()))
MODEL = (ROOT / "docs" / "threat-model.md").read_text()


@cache
def names_in(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text())
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    named = TESTS.findall(page.read_text())
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


def test_the_threat_model_names_tests_and_its_scenes_are_played() -> None:
    assert len(TESTS.findall(MODEL)) > 50
    scenes = set(re.findall(r"`scene ([a-z-]+)`", MODEL))
    assert scenes
    assert scenes <= set(SCENES)


def test_every_threat_and_attack_has_a_test_or_says_why_it_has_none() -> None:
    rows = [line for line in MODEL.splitlines() if re.match(r"\| (?!threat|attack|---)", line)]
    rows = [row for row in rows if not row.startswith("| | threat")]
    assert len(rows) > 50
    shown = ("::test_", "`scene ", "not testable here")
    assert [row for row in rows if not any(how in row for how in shown)] == []


@pytest.mark.parametrize("letter", "STRIDE")
def test_every_letter_of_stride_has_its_rows(letter: str) -> None:
    assert re.search(rf"^\| \*\*{letter}\*\*", MODEL, re.MULTILINE)
