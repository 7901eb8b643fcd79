"""A file of an installed package that somebody altered is found by Debian's own means."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTROL = """\
Package: kiosk-sample
Version: 1
Architecture: all
Maintainer: Terminal project <terminal@example.invalid>
Description: a sample
"""
FILES = {"opt/kiosk/program": b"as it was built", "usr/lib/kiosk/start": b"#!/bin/sh\n"}
pytestmark = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="no dpkg here")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return the root of a system into which a package was installed, made as ours are."""
    tree, system = tmp_path / "tree", tmp_path / "system"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(CONTROL)
    for name, content in FILES.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(content)
    run("sh", str(ROOT / "packaging/digests.sh"), str(tree))
    package = tmp_path / "sample.deb"
    run("dpkg-deb", "--root-owner-group", "--build", str(tree), str(package))
    database = system / "var/lib/dpkg"
    (database / "info").mkdir(parents=True)
    (database / "updates").mkdir()
    (database / "status").touch()
    unpacking = ["--force-not-root", "--force-script-chrootless", "--log=/dev/null"]
    run("dpkg", f"--root={system}", *unpacking, "--install", str(package))
    return system


def run(*command: str) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def altered(system: Path) -> str:
    command = ["dpkg", f"--root={system}", "--verify", "kiosk-sample"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_a_package_as_it_was_built_is_whole(installed: Path) -> None:
    listed = (installed / "var/lib/dpkg/info/kiosk-sample.md5sums").read_text()
    assert {line.split("  ")[1] for line in listed.splitlines()} == set(FILES)
    assert altered(installed) == ""


@pytest.mark.parametrize("name", FILES)
def test_one_altered_byte_is_named(installed: Path, name: str) -> None:
    path = installed / name
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)
    assert altered(installed).split()[-1] == f"/{name}"


def test_every_package_of_ours_is_built_so() -> None:
    assert 'sh packaging/digests.sh "$root"' in (ROOT / "packaging/build_deb.sh").read_text()
