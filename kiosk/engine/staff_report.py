"""The readiness report: what it says, and where it is kept. It names no person."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from kiosk.config import Settings
from kiosk.engine.readiness import Conditions, DeviceReport
from kiosk.engine.staff_memory import Kept, replace_file
from kiosk.flow.staff import is_ready
from wire.message import DeviceState
from wire.screen import ReportLine
from wire.staff import DeviceTest
from wire.versions import SOFTWARE

REPORTS_KEPT: Final = 12
LONGEST_PDF: Final = 2 << 20
_PDF: Final = b"%PDF-"
_HOUR_S: Final = 3600


class BadReport(ValueError):
    """What the screens painted is no report."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Counts that a report tells."""

    queued: int = 0
    oldest_age_s: float = 0.0
    trail_entries: int = 0
    content_serial: int = 0


def devices(conditions: Conditions) -> dict[str, DeviceReport]:
    """Return every device by its name, in the order they are shown."""
    return {
        "reader": conditions.reader,
        "face_camera": conditions.face_camera,
        "document_camera": conditions.document_camera,
        "printer": conditions.printer,
    }


def lines(
    conditions: Conditions, kept: Kept, stock: Stock, settings: Settings
) -> tuple[bool, list[ReportLine]]:
    """Return whether the terminal may be handed to citizens, and why in lines."""
    found = [ReportLine("report_software", SOFTWARE)]
    found += [_device(name, report) for name, report in devices(conditions).items()]
    found += [_tested(test, kept) for test in DeviceTest]
    found += [
        ReportLine("report_clock", "", *_good(conditions.clock_trusted)),
        ReportLine("report_outbox", "", *_good(conditions.outbox_has_room)),
        ReportLine("report_queued", f"{stock.queued} / {settings.limits.outbox_records}"),
        ReportLine("report_oldest", f"{stock.oldest_age_s / _HOUR_S:.1f} h"),
        ReportLine("report_service", "", *_good(kept.in_service)),
        ReportLine("report_trail", str(stock.trail_entries)),
        ReportLine("report_content", str(stock.content_serial)),
    ]
    results = {test: verdict.passed for test, verdict in kept.verdicts.items()}
    return is_ready(results, lacks=len(conditions.lacks())), found


def _good(good: bool) -> tuple[str, str]:  # noqa: FBT001  (a mark and its word)
    return ("good", "report_good") if good else ("bad", "report_bad")


def _device(name: str, report: DeviceReport) -> ReportLine:
    if report.state is DeviceState.READY:
        return ReportLine(f"device_{name}", "", *_good(True))
    return ReportLine(f"device_{name}", report.code or report.state.value, "bad")


def _tested(test: DeviceTest, kept: Kept) -> ReportLine:
    verdict = kept.verdicts.get(test)
    if verdict is None:
        return ReportLine(f"test_{test}", "", "bad", "report_never")
    mark = "good" if verdict.passed else "bad"
    return ReportLine(f"test_{test}", f"{moment(verdict.at)}  {verdict.code}".strip(), mark)


def moment(at: datetime) -> str:
    """Return a time as staff reads it, the same in each language."""
    return f"{at:%Y-%m-%d %H:%M}"


def keep(pdf: bytes, folder: Path, *, now: datetime) -> None:
    """Keep a report, and the last few before it.

    Raises:
        BadReport: it is no PDF, or too long.
        OSError: the disk did not take it.
    """
    if not pdf.startswith(_PDF) or len(pdf) > LONGEST_PDF:
        raise BadReport(f"{len(pdf)} bytes that are no report")
    replace_file(folder / f"readiness-{now:%Y%m%d-%H%M%S}.pdf", pdf)
    for old in sorted(folder.glob("readiness-*.pdf"))[:-REPORTS_KEPT]:
        old.unlink()
