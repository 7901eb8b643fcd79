"""The readiness report: what was done, measured and judged; signed by the terminal. NO I/O.

It names no person and shows none (`provisioning.pictures`). The PDF is painted from the same lines
by the screens' own painter (``python -m ui.readiness``): one look for staff mode and for
provisioning.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from provisioning.steps import Outcome, Result, Step
from wire.screen import Language, PaintReport, ReportLine, ReportPicture
from wire.versions import SOFTWARE

_SHOWN: Final = 40
"""So many letters of its figures fit on a line of the page."""


class Shown(StrEnum):
    """What a picture shows; its file is called so."""

    FACE_CAMERA = "face_camera"
    TEST_PAGE = "test_page"
    TOUCH = "touch"


class ShownPicture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One picture; as JSON its content is base64."""

    shows: Shown
    content: bytes
    """PNG or JPEG."""


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything there is to say."""

    terminal: str
    site: str
    made_at: str
    """ISO 8601, UTC."""
    software: str
    ready: bool
    missing: list[Step]
    results: list[Result]
    """The last of each step, in order."""
    tries: Annotated[int, Meta(ge=0)]
    """All tries of all steps: what went wrong on the way shows by how many there were."""
    pictures: list[ShownPicture] = []


def compiled(
    results: Sequence[Result],
    last: Mapping[Step, Result],
    missing: Sequence[Step],
    *,
    terminal: str,
    site: str,
    made_at: str,
    pictures: Mapping[Shown, bytes] = MappingProxyType({}),
) -> Report:
    """Return the report."""
    shown = [last[step] for step in Step if step in last]
    return Report(
        terminal=terminal,
        site=site,
        made_at=made_at,
        software=SOFTWARE,
        ready=not missing,
        missing=list(missing),
        results=shown,
        tries=len(results),
        pictures=[ShownPicture(shows, content) for shows, content in pictures.items()],
    )


def encoded(report: Report) -> bytes:
    """Return the report as it is kept and signed."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def page(report: Report, language: Language) -> PaintReport:
    """Return the order to paint it."""
    lines = [ReportLine("report_software", report.software)]
    done = {result.step: result for result in report.results}
    lines += [_line(step, done.get(step)) for step in Step]
    return PaintReport(
        language=language,
        terminal=report.terminal,
        made_at=report.made_at,
        is_ready=report.ready,
        lines=tuple(lines),
        pictures=tuple(
            ReportPicture(f"picture_{one.shows}", one.content) for one in report.pictures
        ),
    )


def _line(step: Step, result: Result | None) -> ReportLine:
    label = f"test_{step}" if step in _TESTED else f"provision_{step}"
    if result is None:
        return ReportLine(label, "", "bad", "report_never")
    if result.outcome is Outcome.FAILED:
        return ReportLine(label, result.code, "bad")
    mark = "good" if result.outcome is Outcome.PASSED else ""
    return ReportLine(label, _figures(result), mark)


def _figures(result: Result) -> str:
    shown = ""
    for name, value in result.figures.items():
        part = f"{name} {value}"
        if len(shown) + len(part) + 2 > _SHOWN:
            break
        shown = f"{shown}, {part}" if shown else part
    return shown


_TESTED: Final = frozenset(
    {Step.TOUCH, Step.FACE_CAMERA, Step.DOCUMENT_CAMERA, Step.READER, Step.PRINTER, Step.SOUND}
)
"""The screens have words for these tests already."""
