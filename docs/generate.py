"""Write every page and module that is made from data: ``make catalogues``.

Each target is a pure function of the tree; a test fails when a file on disk is
not what its function returns.
"""

import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent


def _rows(name: str) -> dict[str, dict[str, Any]]:
    """Read ``[part.what]`` tables of a catalogue as ``part.what`` rows."""
    tables = tomllib.loads((ROOT / "wire" / name).read_text())
    return {f"{part}.{what}": row for part, rows in tables.items() for what, row in rows.items()}


def _member(code: str) -> str:
    return code.replace(".", "_").upper()


def failures_module() -> str:
    """Return wire/failures.py."""
    lines = [
        '"""Everything that can be told as a failure; made from failures.toml, do not edit."""',
        "",
        "from enum import StrEnum",
        "",
        "",
        "class Failure(StrEnum):",
        '    """Stable codes; each row of docs/failures.md."""',
        "",
    ]
    for code, row in _rows("failures.toml").items():
        lines += [f'    {_member(code)} = "{code}"', f'    """{row["meaning"]}"""', ""]
    return "\n".join(lines)


def events_module() -> str:
    """Return wire/audit_events.py."""
    rows = _rows("audit_events.toml")
    enums = sorted(
        {kind for row in rows.values() for kind in row.get("fields", {}).values() if ":" in kind}
    )
    homes: dict[str, list[str]] = {}
    for enum in enums:
        module, name = enum.split(":")
        homes.setdefault(module, []).append(name)
    imports = [f"from {module} import {', '.join(names)}" for module, names in homes.items()]
    lines = [
        '"""Everything the terminal notes; made from audit_events.toml, do not edit."""',
        "",
        "from collections.abc import Mapping",
        "from enum import StrEnum",
        "from types import MappingProxyType",
        "from typing import Final",
        "",
        *imports,
        "",
        "",
        "class AuditEvent(StrEnum):",
        '    """Stable names; each row of docs/events.md."""',
        "",
    ]
    for name, row in rows.items():
        lines += [f'    {_member(name)} = "{name}"', f'    """{row["meaning"]}"""', ""]
    lines += [
        "",
        "FIELDS: Final[Mapping[AuditEvent, Mapping[str, type]]] = MappingProxyType(",
        "    {",
    ]
    for name, row in rows.items():
        fields = ", ".join(f'"{k}": {v.split(":")[-1]}' for k, v in row.get("fields", {}).items())
        lines.append(f"        AuditEvent.{_member(name)}: {{{fields}}},")
    lines += ["    }", ")", '"""What may be noted with each event, and of which type."""', ""]
    return "\n".join(lines)


def failures_page() -> str:
    """Return docs/failures.md."""
    rows = [
        f"| `{code}` | {row['part']} | {row['fault']} | {row['meaning']} |"
        for code, row in sorted(_rows("failures.toml").items())
    ]
    return "\n".join(
        [
            "# Failures",
            "",
            "Made from `wire/failures.toml` by `make catalogues`; do not edit.",
            "A code lives for ever. *Who acts*: the citizen, staff, us (software and servers);",
            "*card* means that the card itself is at fault.",
            "",
            "| code | part | who acts | what happened |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def runbooks_page() -> str:
    """Return docs/runbooks.md."""
    steps = tomllib.loads((ROOT / "docs" / "runbooks.toml").read_text())
    lines = [
        "# Runbooks",
        "",
        "What to do about each failure code; made from `docs/runbooks.toml` and",
        "`wire/failures.toml` by `make catalogues`, do not edit. An alert links to its row. Who is",
        "who, and what comes first whatever the code, stands in [operations](operations.md).",
        "**Us** are software and servers.",
    ]
    # An id, because a heading's would lose the dot.
    for part, rows in tomllib.loads((ROOT / "wire" / "failures.toml").read_text()).items():
        lines += ["", f"## {part}", "", "| code | what happened | what to do |", "|---|---|---|"]
        for what, row in rows.items():
            code = f"{part}.{what}"
            lines.append(
                f'| <a id="{code}"></a>`{code}` | {row["meaning"]} | {steps[part][what]} |'
            )
    return "\n".join([*lines, ""])


def events_page() -> str:
    """Return docs/events.md."""
    rows = [
        f"| `{name}` | {', '.join(row.get('fields', {})) or '-'} | {row['meaning']} |"
        for name, row in sorted(_rows("audit_events.toml").items())
    ]
    return "\n".join(
        [
            "# Events",
            "",
            "Made from `wire/audit_events.toml` by `make catalogues`; do not edit.",
            "Fields are numbers, switches and enums: text cannot be noted.",
            "",
            "| event | fields | what happened |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def flow_page() -> str:
    """Return docs/flow.md."""
    from kiosk.flow.drawing import markdown  # noqa: PLC0415  (needs the modules made above)

    return markdown()


def settings_page() -> str:
    """Return docs/settings.md."""
    from kiosk.config.page import markdown  # noqa: PLC0415  (needs the modules made above)

    return markdown()


def _paragraphs() -> Any:
    import yaml  # noqa: PLC0415  (a tool of development)

    class Paragraphs(yaml.SafeDumper):
        """Writes texts of several lines as they are."""

        def ignore_aliases(self, _: Any) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, content: str) -> yaml.ScalarNode:
        style = "|" if "\n" in content else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", content, style=style)

    Paragraphs.add_representer(str, text)
    return Paragraphs


def contract() -> str:
    """Return enrolment/openapi.yaml."""
    import yaml  # noqa: PLC0415  (a tool of development)

    from enrolment.app import create_api  # noqa: PLC0415  (needs the modules made above)
    from enrolment.settings import Limits  # noqa: PLC0415

    # What the paths promise does not depend on a register: none of them is called.
    promised = create_api(cast("Any", None), Limits()).openapi()
    text: str = yaml.dump(
        promised, Dumper=_paragraphs(), sort_keys=False, allow_unicode=True, width=96
    )
    return "# Made from the application by `make catalogues`; do not edit.\n" + text


def contract_of_fleet() -> str:
    """Return fleet/openapi.yaml."""
    import yaml  # noqa: PLC0415  (a tool of development)

    from fleet.api.described import described  # noqa: PLC0415  (needs the modules made above)

    text: str = yaml.dump(
        described(), Dumper=_paragraphs(), sort_keys=False, allow_unicode=True, width=96
    )
    return "# Made from the application by `make catalogues`; do not edit.\n" + text


TARGETS: Mapping[str, Callable[[], str]] = {
    "wire/failures.py": failures_module,
    "wire/audit_events.py": events_module,
    "docs/failures.md": failures_page,
    "docs/runbooks.md": runbooks_page,
    "docs/events.md": events_page,
    "docs/flow.md": flow_page,
    "docs/settings.md": settings_page,
    "enrolment/openapi.yaml": contract,
    "fleet/openapi.yaml": contract_of_fleet,
}


def formatted(name: str, text: str) -> str:
    """Return `text` as the formatter would leave it in file `name`."""
    if not name.endswith(".py"):
        return text
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", name, "-"]
    return subprocess.run(
        command, input=text, capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout


def stale() -> list[str]:
    """Return the targets whose file is not what it should be."""
    return [
        name
        for name, make in TARGETS.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text() != formatted(name, make())
    ]


def main() -> int:
    """Write every target that has changed and name it; with --check only name it."""
    changed = stale()
    for name in changed:
        print(name)
        if "--check" not in sys.argv[1:]:
            (ROOT / name).write_text(formatted(name, TARGETS[name]()))
    return int("--check" in sys.argv[1:] and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
