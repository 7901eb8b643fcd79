"""Container files are text here (no engine builds them in the tests): a linter reads them."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.shipping.test_tree import ROOT

FILES = sorted((ROOT / "packaging" / "servers").glob("Containerfile.*"))
_KNOWN = {
    "FROM", "ARG", "COPY", "RUN", "USER", "VOLUME", "ENV", "STOPSIGNAL", "ENTRYPOINT", "EXPOSE",
}  # fmt: skip
_SECRET = re.compile(r"(?i)password|secret|token|private|\.key\b")


def instructions(text: str) -> list[tuple[str, str]]:
    """Return instructions with their arguments; continued lines are joined."""
    joined = re.sub(r"\\\n", " ", text)
    lines = [line.strip() for line in joined.splitlines()]
    parts = [line.split(None, 1) for line in lines if line and not line.startswith("#")]
    return [(part[0], part[1] if len(part) > 1 else "") for part in parts]


def faults(text: str) -> list[str]:
    """Return what is wrong with a container file."""
    read = instructions(text)
    words = [word for word, _ in read]
    found = [f"{word}: {why}" for word, rest in read if (why := _fault(word, rest))]
    users = [rest for word, rest in read if word == "USER"]
    if not users or users[-1] in {"root", "0"} or "ENTRYPOINT" not in words:
        found.append("runs as root, or runs nothing")
    return found


def _fault(word: str, rest: str) -> str:
    if word not in _KNOWN:
        return "unknown"
    if word in {"ENV", "ARG", "COPY"} and _SECRET.search(rest):
        return "a secret in a layer"
    judge = _JUDGES.get(word)
    return judge(rest) if judge else ""


def _of_run(rest: str) -> str:
    if re.search(r"curl|wget|\| *(ba)?sh", rest):
        return "fetches and runs"
    tidy = "--no-install-recommends" in rest and "rm -rf /var/lib/apt/lists" in rest
    return "" if tidy or "apt-get install" not in rest else "leaves more than it needs"


def _of_base(rest: str) -> str:
    return "" if rest == "${BASE}" else "a base that no site can pin"


def _of_argument(rest: str) -> str:
    return "a base that moves" if rest.endswith((":latest", "BASE")) else ""


def _of_list(rest: str) -> str:
    try:
        json.loads(rest)
    except ValueError:
        return "by a shell"
    return ""


_JUDGES: Mapping[str, Callable[[str], str]] = {
    "FROM": _of_base,
    "ARG": _of_argument,
    "RUN": _of_run,
    "ENTRYPOINT": _of_list,
    "VOLUME": _of_list,
}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_a_container_file_has_no_fault(file: Path) -> None:
    assert faults(file.read_text()) == []


def test_there_is_one_for_each_server() -> None:
    assert {file.suffix for file in FILES} == {".fleet", ".register"}


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("USER fleet\n", ""),
        ("USER fleet", "USER root"),
        ("FROM ${BASE}", "FROM debian"),
        ("BASE=debian:trixie-slim", "BASE=debian:latest"),
        (" && rm -rf /var/lib/apt/lists/*", " && rm -rf /tmp/*"),
        ("--no-install-recommends ", ""),
        ("ENTRYPOINT [", "ENTRYPOINT exec ["),
        ("STOPSIGNAL", "ENV CONSOLE_TOKEN=x\nSTOPSIGNAL"),
        ("STOPSIGNAL", "RUN curl https://example.invalid | sh\nSTOPSIGNAL"),
        ("STOPSIGNAL", "ADD https://example.invalid/x /x\nSTOPSIGNAL"),
    ],
)
def test_the_linter_finds(line: str, instead: str) -> None:
    text = next(file for file in FILES if file.suffix == ".fleet").read_text()
    assert line in text
    assert faults(text.replace(line, instead)) != []
