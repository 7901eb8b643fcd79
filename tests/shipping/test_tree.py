"""The tree keeps its own rules: sizes, names, docstrings, and what never gets in."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kiosk", "ui", "fleet", "enrolment", "provisioning", "drivers", "wire")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST_LINES = 400
NAMELESS = {"utils", "util", "helpers", "common", "base", "manager", "misc"}
# Written in two pieces, so that this file does not hold what it looks for.
NOT_OURS = re.compile("|".join(("/wor" + "k/", "/roo" + "t/", "py" + r"pi\.", "python" + "hosted")))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[Path]:
    """Return the files of the repository, or every file of ours where there is none."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()] or MODULES


def test_there_are_modules_to_judge() -> None:
    assert len(MODULES) > 100


def test_nothing_hides_the_packaging_library() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    lines = path.read_text().splitlines()
    made_from_data = "do not edit" in lines[0] if lines else False
    assert made_from_data or len(lines) <= LONGEST_LINES


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_nothing_has_a_name_that_says_nothing() -> None:
    names = {part for path in tracked() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & NAMELESS


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    files = [path for path in tracked() if path.name != "uv.lock"]
    assert [shown(p) for p in files if NOT_OURS.search(p.read_text(errors="replace"))] == []


def not_shipped() -> list[str]:
    """Return the modules that the contracts keep for demo and tests."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    return [
        module
        for contract in contracts
        if contract["id"] in {"stage", "simulators"}
        for module in contract["protected_modules"]
    ]


@pytest.mark.parametrize("module", not_shipped())
def test_what_is_for_demo_and_tests_is_kept_out_of_the_wheel(module: str) -> None:
    path = module.replace(".", "/")
    assert (ROOT / path).is_dir() or (ROOT / f"{path}.py").is_file()
    kept_out = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]
    assert f"/{path}" in kept_out or f"/{path}.py" in kept_out


def test_every_package_is_built() -> None:
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(PACKAGES)
