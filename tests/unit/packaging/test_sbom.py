"""The list of what the image is made of names what lies in it, and is the same each time."""

import json
from pathlib import Path

import pytest

from tests.unit.packaging.test_slots import loaded

SBOM = loaded("sbom")
STATUS = """Package: cage
Status: install ok installed
Architecture: amd64
Version: 0.2.0-2+b1
Description: kiosk
 Source: not a field
 .

Package: gone
Status: deinstall ok config-files
Architecture: amd64
Version: 1

Package: libc6
Status: install ok installed
Architecture: amd64
Source: glibc (2.41-12)
Version: 2.41-12
"""
COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: cage

Files: *
Copyright: somebody
License: Expat

Files: debian/*
License: GPL-3+
 text
"""
METADATA = "Metadata-Version: 2.1\nName: Some_Lib\nVersion: 2.0\nLicense-Expression: MIT\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, content in (
        ("var/lib/dpkg/status", STATUS),
        ("usr/share/doc/cage/copyright", COPYRIGHT),
        ("usr/share/doc/libc6/copyright", "This package is free software.\nLicense: see below\n"),
        (
            "opt/kiosk/venv/lib/python3.13/site-packages/some_lib-2.0.dist-info/METADATA",
            METADATA,
        ),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


def test_every_installed_package_and_library_is_named_with_its_licences(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert SBOM.main([str(root), "1.0", str(root)]) == 0
    made = json.loads((root / "sbom.json").read_text())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    purls = [one["purl"] for one in made["components"]]
    assert purls == [
        "pkg:deb/debian/cage@0.2.0-2%2Bb1?arch=amd64&distro=debian-13",
        "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13",
        "pkg:pypi/some-lib@2.0",
    ]
    assert made["components"][1]["properties"][0]["value"] == "glibc"
    assert (root / "licences.txt").read_text().splitlines() == [
        "deb   cage 0.2.0-2+b1: Expat, GPL-3+",
        "deb   libc6 2.41-12: see its copyright file",
        "pypi  some-lib 2.0: MIT",
    ]
    assert "3 components, 1 with licences in prose" in capsys.readouterr().out


def test_the_same_root_gives_the_same_list(root: Path) -> None:
    one, other = (SBOM.document("1.0", list(SBOM.debian(root))) for _ in range(2))
    assert one == other
    assert SBOM.document("1.1", one["components"])["serialNumber"] != one["serialNumber"]
