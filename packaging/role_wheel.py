"""Make one wheel for each role, with what the role runs and nothing else.

``python packaging/role_wheel.py ROLE FOLDER`` with ROLE terminal, fleet or register. The same
tree gives the same bytes. What only demo and tests need is left out by the one list that
pyproject.toml has for it.

Source: the binary distribution format (PEP 427), core metadata 2.1 (PEP 566).
"""

import argparse
import base64
import hashlib
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
ROLES: Final[Mapping[str, tuple[tuple[str, ...], str]]] = MappingProxyType(
    {
        "terminal": (("kiosk", "ui", "provisioning", "drivers", "wire"), "terminal"),
        "fleet": (("fleet", "wire"), "fleet"),
        "register": (("enrolment", "wire"), "enrolment"),
    }
)
"""Packages of a role, and the extra of pyproject.toml that names what it needs."""
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_SKIPPED: Final = {"__pycache__"}


def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def files(role: str) -> Iterator[Path]:
    """Yield the files of a role's packages, in order, from the root of the tree."""
    target = project()["tool"]["hatch"]["build"]["targets"]["wheel"]
    left_out = tuple(ROOT / name.lstrip("/") for name in target["exclude"])
    for package in ROLES[role][0]:
        for path in sorted((ROOT / package).rglob("*")):
            parents = {path, *path.parents}
            if path.is_file() and not parents & set(left_out) and not set(path.parts) & _SKIPPED:
                yield path.relative_to(ROOT)


def metadata(role: str) -> str:
    """Return the wheel's METADATA."""
    about = project()["project"]
    needed = [*about["dependencies"], *about["optional-dependencies"][ROLES[role][1]]]
    lines = [
        "Metadata-Version: 2.1",
        f"Name: kiosk-{role}",
        f"Version: {about['version']}",
        f"Summary: {about['description']}",
        f"Requires-Python: {about['requires-python']}",
        "Classifier: Private :: Do Not Upload",
        *(f"Requires-Dist: {one}" for one in needed),
    ]
    return "\n".join(lines) + "\n"


def build(role: str, folder: Path) -> Path:
    """Write the wheel into `folder`; return where it is."""
    version = project()["project"]["version"]
    stem = f"kiosk_{role}-{version}"
    content = {str(path): (ROOT / path).read_bytes() for path in files(role)}
    info = f"{stem}.dist-info"
    content[f"{info}/METADATA"] = metadata(role).encode()
    content[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: packaging/role_wheel.py\n"
        b"Root-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in content.items()]
    content[f"{info}/RECORD"] = ("\n".join([*record, f"{info}/RECORD,,"]) + "\n").encode()
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return wheel


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and build."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("role", choices=sorted(ROLES))
    flags.add_argument("folder", type=Path)
    asked = flags.parse_args(arguments)
    print(build(asked.role, asked.folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
