"""Make releases of the demo: real modules of the terminal, its own program, perhaps a fault."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from fleet.release.building import build

ROOT = Path(__file__).resolve().parents[2]
_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
_LIST = (
    "import sys; sys.argv = ['x']; import tests.update_demo.program;"
    "print('\\n'.join(m.__file__ for n, m in sorted(sys.modules.items())"
    " if n.partition('.')[0] in {'kiosk', 'wire', 'drivers'} and m.__file__))"
)


def modules() -> list[Path]:
    """Return the files that the demo's program needs, and no others."""
    done = subprocess.run(
        [sys.executable, "-c", _LIST], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [Path(line) for line in done.stdout.split()]


def archive(folder: Path, version: str, faults: Mapping[str, float]) -> Path:
    """Return the archive of a version that crashes as `faults` say."""
    tree = folder / f"tree-{version}"
    for source in modules():
        place = tree / source.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.read_bytes())
    named = tree / "wire" / "versions.py"
    named.write_text(named.read_text().replace("0.1.0", version))
    program = Path(__file__).with_name("program.py")
    (tree / "terminal_program.py").write_bytes(program.read_bytes())
    (tree / "faults.json").write_text(json.dumps(dict(faults)))
    made = folder / f"{version}.tar.gz"
    build(tree, made, version=version, python=_PYTHON, sbom={"components": []})
    return made
