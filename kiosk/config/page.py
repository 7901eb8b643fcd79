"""Draw docs/settings.md from the settings module itself."""

import ast
import dataclasses
import inspect
from typing import Any

from kiosk.config import settings
from kiosk.config.overlay import MAY_SET


def _help(kind: type) -> dict[str, str]:
    """Return the text that stands under each setting in the source."""
    body = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(body, ast.ClassDef)
    found, name = {}, ""
    for node in body.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found[name] = str(node.value.value)
    return found


def markdown() -> str:
    """Return the whole page."""
    lines = [
        "# Settings",
        "",
        "Made from `kiosk/config/settings.py` by `make catalogues`; do not edit.",
        "One TOML file, `/etc/kiosk/terminal.toml`; what it leaves out has the default.",
        "An unknown key is refused (`config.unknown_key`), so is a value out of range",
        "(`config.bad_value`). **F**: the fleet may set it, by a bundle that people signed",
        "([updates](updates.md)).",
    ]
    for group in dataclasses.fields(settings.Settings):
        kind: Any = group.default_factory
        texts = _help(kind)
        lines += ["", f"## [{group.name}]", "", kind.__doc__ or "", ""]
        lines += ["| setting | default | meaning |", "|---|---|---|"]
        for one in dataclasses.fields(kind):
            default = str(one.default) or '""'
            fleets = " **F**" if f"{group.name}.{one.name}" in MAY_SET else ""
            lines.append(f"| `{one.name}` | `{default}` | {texts[one.name]}{fleets} |")
    return "\n".join(lines) + "\n"
