"""Whatever can fail has a runbook, and no runbook names what does not exist."""

import re
import tomllib
from pathlib import Path

from fleet.alerts.finding import runbook
from wire.failures import Failure

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("operations.md", "incidents.md", "runbooks.md")


def test_every_code_has_a_runbook_and_no_runbook_is_for_a_code_that_is_not() -> None:
    told = tomllib.loads((ROOT / "docs" / "runbooks.toml").read_text())
    codes = {f"{part}.{what}" for part, rows in told.items() for what in rows}
    assert codes == set(Failure)


def test_an_alert_leads_to_its_row() -> None:
    page = (ROOT / "docs" / "runbooks.md").read_text()
    for code in Failure:
        name, _, anchor = runbook(code).partition("#")
        assert name == "docs/runbooks.md"
        assert f'<a id="{anchor}"></a>' in page


def test_every_code_that_a_page_names_is_in_the_catalogue() -> None:
    parts = {code.partition(".")[0] for code in Failure}
    unknown = {}
    for name in PAGES:
        page = (ROOT / "docs" / name).read_text()
        named = {
            code
            for code in re.findall(r"`([a-z_]+\.[a-z_]+)`", page)
            if code.partition(".")[0] in parts
        }
        # Files and modules look like codes.
        unknown[name] = {
            c for c in named - set(Failure) if not c.endswith((".key", ".db", ".toml"))
        }
    assert [codes for codes in unknown.values() if codes] == []


def test_every_link_between_the_pages_leads_somewhere() -> None:
    links = [
        (page, target)
        for page in sorted((ROOT / "docs").glob("*.md"))
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
        if "://" not in target
    ]
    assert links
    assert [(p.name, t) for p, t in links if not (p.parent / t).exists()] == []


def test_every_heading_that_a_link_names_is_there() -> None:
    links = [
        (page, page.parent / target if target else page, anchor)
        for page in sorted((ROOT / "docs").glob("*.md"))
        for target, anchor in re.findall(r"\]\(([a-z-]+\.md)?#([a-z0-9-]+)\)", page.read_text())
    ]
    assert links
    assert [(p.name, o.name, a) for p, o, a in links if a not in _anchors(o)] == []


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings}


def test_every_test_that_a_page_names_is_there() -> None:
    written = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)", written, re.MULTILINE))
    named = {
        name
        for page in (ROOT / "docs").glob("*.md")
        for name in re.findall(r"`(test_\w+)`", page.read_text())
    }
    assert named
    assert sorted(named - there) == []
