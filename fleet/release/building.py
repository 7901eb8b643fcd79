"""Build a release from a tree of files: the same bytes wherever and whenever it is built.

Source: reproducible-builds.org, "Archive metadata": names in order, one date, no owner, plain
modes; gzip without name or date.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any, Final

MANIFEST: Final = "MANIFEST.json"
SBOM: Final = "SBOM.cdx.json"
_LEVEL: Final = 9
_SKIPPED: Final = frozenset({"__pycache__"})


class NotBuilt(Exception):
    """A tree that makes no release; carries a stable `code`."""

    code = "release.bad_tree"


def says(tree: Path, version: str) -> None:
    """Hold an application to its name: screens and sync of a version are known by what they say.

    Raises:
        NotBuilt: it calls itself by another version.
    """
    named = tree / "wire" / "versions.py"
    if named.is_file() and f'/{version}"' not in named.read_text(encoding="utf-8"):
        raise NotBuilt(f"{named.name} names another version than {version}")


def build(tree: Path, into: Path, *, version: str, python: str, sbom: dict[str, Any]) -> str:
    """Write the archive of a tree; return its SHA-256.

    Args:
        tree: what a terminal runs, without caches.
        into: the archive.
        version: three numbers.
        python: the interpreter it was built for, "3.13".
        sbom: see `fleet.release.sbom`.

    Raises:
        NotBuilt: links, devices, or names that no terminal takes.
        OSError: it cannot be read or written.
    """
    files = {SBOM: (json.dumps(sbom, indent=1, sort_keys=True).encode(), False)}
    for place in sorted(tree.rglob("*")):
        if place.is_dir() and not place.is_symlink():
            continue
        name = place.relative_to(tree).as_posix()
        if _SKIPPED & set(name.split("/")):
            continue
        if (
            place.is_symlink()
            or not place.is_file()
            or any(part.startswith(".") for part in name.split("/"))
        ):
            raise NotBuilt(name)
        files[name] = (place.read_bytes(), os.access(place, os.X_OK))
    listed = [
        {
            "name": name,
            "length": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
            **({"program": True} if program else {}),
        }
        for name, (body, program) in sorted(files.items())
    ]
    manifest = json.dumps({"version": version, "python": python, "files": listed}).encode()
    content = io.BytesIO()
    with (
        gzip.GzipFile("", "wb", _LEVEL, content, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, body in [(MANIFEST, manifest), *((n, b) for n, (b, _) in sorted(files.items()))]:
            info = tarfile.TarInfo(name)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    into.write_bytes(content.getvalue())
    return hashlib.sha256(content.getvalue()).hexdigest()
