"""A release is the same bytes wherever it is built, and a terminal takes it."""

import io
import json
import os
from pathlib import Path

import pytest

from fleet.release.building import NotBuilt, build
from fleet.release.sbom import bill
from kiosk.update.bundle import Limits, unpack, whole


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    made = tmp_path / "tree"
    (made / "kiosk" / "__pycache__").mkdir(parents=True)
    (made / "kiosk" / "__init__.py").write_text("")
    (made / "kiosk" / "__pycache__" / "x.pyc").write_text("")
    (made / "run").write_text("#!/bin/sh\n")
    (made / "run").chmod(0o755)
    info = made / "segno-1.6.6.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Name: segno\nVersion: 1.6.6\nLicense-Expression: BSD-3-Clause\n"
    )
    long = made / "other_one-2.0.dist-info"
    long.mkdir()
    (long / "METADATA").write_text(f"Name: Other_One\nVersion: 2.0\nLicense: {'x' * 300}\n")
    return made


def built(tree: Path, into: Path) -> str:
    return build(
        tree, into, version="1.1.0", python="3.13", sbom=bill(tree, version="1.1.0")
    )  # fmt: skip


def test_two_builds_of_one_tree_are_one_release(tree: Path, tmp_path: Path) -> None:
    first = built(tree, tmp_path / "first")
    os.utime(tree / "run", (1, 1))
    (tree / "run").chmod(0o700)
    assert built(tree, tmp_path / "second") == first
    (tree / "run").write_text("#!/bin/sh\nexit\n")
    assert built(tree, tmp_path / "third") != first


def test_a_terminal_takes_what_was_built(tree: Path, tmp_path: Path) -> None:
    built(tree, tmp_path / "archive")
    into = tmp_path / "into"
    into.mkdir()
    unpack(io.BytesIO((tmp_path / "archive").read_bytes()), into, "1.1.0", Limits())
    assert whole(into)
    assert os.access(into / "run", os.X_OK)
    assert not (into / "kiosk" / "__pycache__").exists()


def test_the_bill_names_each_package_with_its_licence(tree: Path, tmp_path: Path) -> None:
    built(tree, tmp_path / "archive")
    into = tmp_path / "into"
    into.mkdir()
    unpack(io.BytesIO((tmp_path / "archive").read_bytes()), into, "1.1.0", Limits())
    sbom = json.loads((into / "SBOM.cdx.json").read_text())
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    other, segno = sbom["components"]
    assert segno["purl"] == "pkg:pypi/segno@1.6.6"
    assert segno["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]
    assert other["purl"] == "pkg:pypi/other-one@2.0"
    assert "licenses" not in other


@pytest.mark.parametrize("kind", ["link", "hidden", "pipe"])
def test_what_no_terminal_takes_is_not_built(kind: str, tree: Path, tmp_path: Path) -> None:
    if kind == "link":
        (tree / "link").symlink_to("run")
    elif kind == "hidden":
        (tree / ".hidden").write_text("")
    else:
        os.mkfifo(tree / "pipe")
    with pytest.raises(NotBuilt):
        built(tree, tmp_path / "archive")
    assert not (tmp_path / "archive").exists()
