"""What the image is made of: a CycloneDX list of every Debian package and every Python library.

``python packaging/image/sbom.py ROOT VERSION OUT``: OUT/sbom.json (CycloneDX 1.6) and
OUT/licences.txt. Read from what lies in the root, not from what was asked for.

Source: ECMA-424 (CycloneDX 1.6); package URL specification.
"""

import argparse
import hashlib
import importlib.metadata
import json
import re
import sys
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

_NAMESPACE = uuid.UUID("6f0a37a2-5a0e-5d43-8f1c-3b7e3c1f8d10")
_LONGEST = 80
_PROSE = "see its copyright file"


def paragraphs(status: str) -> Iterator[dict[str, str]]:
    """Yield the paragraphs of a Debian control file, without continued lines."""
    for block in re.split(r"\n\s*\n", status):
        fields = {}
        for line in block.splitlines():
            if line[:1] not in {" ", "\t", "#", ""} and ":" in line:
                name, _, value = line.partition(":")
                fields[name.strip()] = value.strip()
        if fields:
            yield fields


def debian(root: Path) -> Iterator[dict[str, Any]]:
    """Yield a component for each installed Debian package."""
    for package in paragraphs((root / "var/lib/dpkg/status").read_text()):
        if package.get("Status") != "install ok installed":
            continue
        name, version, arch = (package[part] for part in ("Package", "Version", "Architecture"))
        source = package.get("Source", name).split()[0]
        purl = f"pkg:deb/debian/{quote(name)}@{quote(version)}?arch={arch}&distro=debian-13"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "licenses": [{"license": {"name": one}} for one in debian_licences(root, name)],
            "properties": [{"name": "debian:source", "value": source}],
        }


def debian_licences(root: Path, package: str) -> list[str]:
    """Return the short names in a machine-readable copyright file; empty where it is prose."""
    path = root / "usr/share/doc" / package / "copyright"
    try:
        text = path.read_text(errors="replace")
    except OSError:
        return []
    if not text.startswith("Format:"):
        return []
    names = {fields["License"] for fields in paragraphs(text) if fields.get("License")}
    return sorted(name[:_LONGEST] for name in names)


def python(site_packages: Path) -> Iterator[dict[str, Any]]:
    """Yield a component for each distribution in an environment."""
    found = importlib.metadata.distributions(path=[str(site_packages)])
    for library in sorted(found, key=lambda each: each.name.lower()):
        name = re.sub(r"[-_.]+", "-", library.name).lower()
        about = library.metadata
        licence = about.get("License-Expression") or about.get("License") or ""
        classifiers = about.get_all("Classifier") or []
        classified = [one.rpartition(" :: ")[2] for one in classifiers if "License ::" in one]
        names = [licence.splitlines()[0][:_LONGEST]] if licence.strip() else classified
        purl = f"pkg:pypi/{quote(name)}@{quote(library.version)}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": library.version,
            "purl": purl,
            "licenses": [{"license": {"name": each}} for each in names],
        }


def document(version: str, components: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the list as CycloneDX; the same components have the same serial number."""
    refs = "\n".join(one["bom-ref"] for one in components)
    digest = hashlib.sha256(f"{version}\n{refs}".encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "operating-system",
                "bom-ref": "terminal-image",
                "name": "terminal-image",
                "version": version,
            }
        },
        "components": list(components),
    }


def licences(components: Sequence[dict[str, Any]]) -> str:
    """Return one line for each component: name, version, licences."""
    lines = []
    for one in components:
        names = ", ".join(each["license"]["name"] for each in one["licenses"])
        kind = one["purl"].partition("/")[0].removeprefix("pkg:")
        lines.append(f"{kind:5} {one['name']} {one['version']}: {names or _PROSE}")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and write both files."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("root", type=Path)
    flags.add_argument("version")
    flags.add_argument("out", type=Path)
    asked = flags.parse_args(arguments)
    (environment,) = asked.root.glob("opt/kiosk/venv/lib/python3*/site-packages")
    components = [*debian(asked.root), *python(environment)]
    made = json.dumps(document(asked.version, components), indent=1, ensure_ascii=False)
    (asked.out / "sbom.json").write_text(made + "\n")
    (asked.out / "licences.txt").write_text(licences(components))
    prose = sum(not one["licenses"] for one in components)
    print(f"{len(components)} components, {prose} with licences in prose only")
    return 0


if __name__ == "__main__":
    sys.exit(main())
