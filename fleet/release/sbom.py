"""What a release is made of: a CycloneDX 1.6 bill of materials from the packages in its tree.

Source: CycloneDX 1.6 JSON schema; package URLs as purl-spec, type "pypi".
"""

from email.parser import HeaderParser
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from wire.rollout import Kind

_TYPES: Final = MappingProxyType(
    {
        Kind.APP: ("application", "kiosk-terminal"),
        Kind.MODELS: ("machine-learning-model", "kiosk-models"),
        Kind.CONTENT: ("data", "kiosk-content"),
        Kind.CONFIG: ("data", "kiosk-config"),
    }
)
"""Of a component in CycloneDX, and its name."""
_LONGEST_LICENCE = 100
"""Some packages put the whole text where the name belongs."""


def bill(tree: Path, *, version: str, kind: Kind = Kind.APP) -> dict[str, Any]:
    """Return the bill of a tree; packages by their own metadata, in order of name."""
    found = sorted(
        (_component(file) for file in tree.glob("**/*.dist-info/METADATA")),
        key=lambda component: (component["name"], component["version"]),
    )
    type_, name = _TYPES[kind]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": type_, "name": name, "version": version}},
        "components": found,
    }


def _component(file: Path) -> dict[str, Any]:
    said = HeaderParser().parsestr(file.read_text(encoding="utf-8", errors="replace"))
    name, version = said["Name"].lower(), said["Version"]
    licence = said["License-Expression"] or said["License"] or ""
    component: dict[str, Any] = {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name.replace('_', '-')}@{version}",
    }
    if licence and len(licence) <= _LONGEST_LICENCE:
        component["licenses"] = [{"license": {"name": licence}}]
    return component
