"""A role's wheel holds what the role runs and nothing else, and is the same each time."""

import ast
import base64
import csv
import hashlib
import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.shipping.test_tree import PACKAGES, ROOT, not_shipped


def builder() -> ModuleType:
    path = ROOT / "packaging" / "role_wheel.py"
    spec = importlib.util.spec_from_file_location("role_wheel", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = builder()
ROLES = sorted(BUILD.ROLES)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("wheels")
    return {role: BUILD.build(role, folder) for role in ROLES}


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.mark.parametrize("role", ROLES)
def test_no_simulator_and_nothing_of_demo_or_tests_is_in_it(
    role: str, wheels: dict[str, Path]
) -> None:
    unwanted = tuple(module.replace(".", "/") for module in not_shipped())
    there = names(wheels[role])
    found = [n for n in there if n.startswith(tuple(f"{one}/" for one in unwanted))]
    found += [n for n in there if n.removesuffix(".py") in unwanted]
    assert found == []
    assert not [n for n in there if "simulated" in n or n.startswith(("tests/", "benchmarks/"))]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_in_it_imports_what_is_not(role: str, wheels: dict[str, Path]) -> None:
    there = set(names(wheels[role]))
    missing = set()
    with zipfile.ZipFile(wheels[role]) as archive:
        for name in there:
            if name.endswith(".py"):
                for module in _imported(ast.parse(archive.read(name))):
                    path = module.replace(".", "/")
                    if not {f"{path}.py", f"{path}/__init__.py"} & there and not any(
                        one.startswith(f"{path}/") for one in there
                    ):
                        missing.add((name, module))
    assert missing == set()


def _imported(tree: ast.Module) -> set[str]:
    """Return the modules of ours that are imported outright."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {module for module in found if module.split(".")[0] in PACKAGES}


@pytest.mark.parametrize("role", ROLES)
def test_it_has_the_data_that_its_programs_read(role: str, wheels: dict[str, Path]) -> None:
    wanted = {
        "terminal": {"ui/texts/zh_HK.ts", "provisioning/words.toml", "wire/failures.toml",
                     "kiosk/content/services.toml", "ui/qml/shell/Main.qml"},
        "fleet": {"fleet/health/rules.toml", "fleet/console/districts.json"},
        "register": {"enrolment/phone/phone.css"},
    }[role]  # fmt: skip
    assert wanted <= set(names(wheels[role]))


@pytest.mark.parametrize("role", ROLES)
def test_its_record_holds(role: str, wheels: dict[str, Path]) -> None:
    with zipfile.ZipFile(wheels[role]) as archive:
        (record,) = [name for name in archive.namelist() if name.endswith("/RECORD")]
        rows = {row[0]: row for row in csv.reader(io.StringIO(archive.read(record).decode()))}
        assert rows.keys() == set(archive.namelist())
        for name, digest, size in rows.values():
            if name != record:
                content = archive.read(name)
                made = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
                assert (digest, int(size)) == (f"sha256={made.decode()}", len(content))


def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (BUILD.build("fleet", tmp_path / name) for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_a_server_carries_no_driver_and_a_terminal_no_server(wheels: dict[str, Path]) -> None:
    tops = {role: {name.split("/")[0] for name in names(wheels[role])} for role in ROLES}
    for role in ROLES:
        ours = {top for top in tops[role] if not top.endswith(".dist-info")}
        assert ours == set(BUILD.ROLES[role][0])
