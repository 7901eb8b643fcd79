"""Paint the readiness report: one page of A4 as PDF, by Qt's own writer.

Everything on it is a text id, a figure or a code; it names nobody.
"""

from typing import Final

from PySide6.QtCore import QBuffer, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPdfWriter, QPen

from ui.receipt import Text
from ui.shown import FAMILIES
from wire.screen import PaintReport, ReportLine, ReportPainted

_DOTS_PER_INCH: Final = 300
_DOTS_PER_MM: Final = _DOTS_PER_INCH / 25.4
_MARGIN_MM: Final = 20
_WIDTH_MM: Final = 210 - 2 * _MARGIN_MM
_HEIGHT_MM: Final = 297 - 2 * _MARGIN_MM
_ROW_MM: Final = 8.4
_PICTURE_MM: Final = 40.0
_GAP_MM: Final = 6.0
_INK, _MUTED, _ACCENT, _BAD, _LINE = (
    QColor(name) for name in ("#17302F", "#41595A", "#0B6B63", "#9B1C1C", "#CFDCD6")
)
_GROUPS: Final = (("device_", "report_devices"), ("test_", "report_tests"), ("", "report_rest"))
"""Lines whose label begins so stand under this heading; each line once, in the first that fits."""


class _Sheet:
    """A page that is painted from the top down, in millimetres inside its margins."""

    def __init__(self, painter: QPainter, family: str) -> None:
        self._painter = painter
        self._family = family
        self.y = 0.0

    def text(
        self,
        words: str,
        size_mm: float,
        *,
        x: float = 0.0,
        colour: QColor = _INK,
        bold: bool = False,
    ) -> None:
        """Write one line at `x`, on the present height."""
        font = QFont(self._family)
        font.setPixelSize(round(size_mm * _DOTS_PER_MM))
        font.setBold(bold)
        self._painter.setFont(font)
        self._painter.setPen(colour)
        place = self._box(x, self.y, _WIDTH_MM - x, _ROW_MM)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._painter.drawText(place, flags, words)

    def rule(self, colour: QColor = _LINE, height_mm: float = 0.3) -> None:
        """Draw a line across."""
        self._painter.fillRect(self._box(0, self.y, _WIDTH_MM, height_mm), colour)

    def mark(self, *, good: bool, x: float) -> None:
        """Draw a tick or a cross: the verdict is told by shape, not by colour alone."""
        pen = QPen(_ACCENT if good else _BAD, 0.8 * _DOTS_PER_MM)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._painter.setPen(pen)
        tick, cross = [(0, 2), (1.4, 3.4), (4, 0.4)], [(0, 0), (3.6, 3.6)]
        strokes = [tick] if good else [cross, [(3.6, 0), (0, 3.6)]]
        for stroke in strokes:
            points = [self._point(x + px, self.y + (_ROW_MM - 3.6) / 2 + py) for px, py in stroke]
            self._painter.drawPolyline(points)

    def picture(self, picture: QImage, x: float, width_mm: float, height_mm: float) -> None:
        """Draw a picture as large as its place allows, in a thin frame."""
        scale = min(width_mm / picture.width(), height_mm / picture.height())
        size = picture.width() * scale, picture.height() * scale
        box = self._box(x, self.y, *size)
        self._painter.drawImage(box, picture)
        self._painter.setPen(QPen(_LINE, 0.3 * _DOTS_PER_MM))
        self._painter.drawRect(box)

    @staticmethod
    def _point(x: float, y: float) -> QPointF:
        return QPointF(x * _DOTS_PER_MM, y * _DOTS_PER_MM)

    def _box(self, x: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(self._point(x, y), self._point(x + width, y + height))


def paint(order: PaintReport, text: Text) -> ReportPainted:
    """Return the report as PDF.

    Args:
        order: what stands on it.
        text: the words of staff's language, by text id.
    """
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(*[float(_MARGIN_MM)] * 4))
    writer.setTitle(text("report_title"))
    painter = QPainter(writer)
    _page(_Sheet(painter, FAMILIES[order.language]), order, text)
    painter.end()
    return ReportPainted(bytes(buffer.data().data()))


def _page(sheet: _Sheet, order: PaintReport, text: Text) -> None:
    sheet.text(text("wordmark"), 4.4, colour=_ACCENT, bold=True)
    sheet.y += _ROW_MM
    sheet.rule(_ACCENT, 0.8)
    sheet.y += 5
    sheet.text(text("report_title"), 8, bold=True)
    sheet.y += 11
    sheet.text(text("report_terminal").replace("%1", order.terminal), 4.4)
    sheet.y += 6
    made_at = order.made_at.replace("T", " ")
    sheet.text(text("report_made_at").replace("%1", made_at), 4.4, colour=_MUTED)
    sheet.y += 12
    verdict = "report_ready" if order.is_ready else "report_not_ready"
    sheet.mark(good=order.is_ready, x=0)
    sheet.text(text(verdict), 6, x=8, colour=_ACCENT if order.is_ready else _BAD, bold=True)
    sheet.y += 12
    left = list(order.lines)
    for prefix, heading in _GROUPS:
        mine = [line for line in left if line.label.startswith(prefix)]
        left = [line for line in left if line not in mine]
        if not mine:
            continue
        sheet.text(text(heading), 4, colour=_MUTED, bold=True)
        sheet.y += _ROW_MM
        for line in mine:
            _row(sheet, line, text)
        sheet.y += 4
    _pictures(sheet, order, text)


def _pictures(sheet: _Sheet, order: PaintReport, text: Text) -> None:
    """Draw the pictures side by side on what the lines left of the page."""
    drawn = [(one.label, QImage.fromData(one.content)) for one in order.pictures]
    shown = [(label, picture) for label, picture in drawn if not picture.isNull()]
    height = min(_PICTURE_MM, _HEIGHT_MM - sheet.y - 2 * _ROW_MM)
    if not shown or height < _ROW_MM:
        return
    sheet.text(text("report_pictures"), 4, colour=_MUTED, bold=True)
    sheet.y += _ROW_MM
    width = (_WIDTH_MM - (len(shown) - 1) * _GAP_MM) / len(shown)
    for number, (_, picture) in enumerate(shown):
        sheet.picture(picture, number * (width + _GAP_MM), width, height)
    sheet.y += height
    for number, (label, _) in enumerate(shown):
        sheet.text(text(label), 3.2, x=number * (width + _GAP_MM), colour=_MUTED)


def _row(sheet: _Sheet, line: ReportLine, text: Text) -> None:
    sheet.rule()
    sheet.text(text(line.label), 4.2)
    if line.mark:
        sheet.mark(good=line.mark == "good", x=78)
    value = text(line.words) if line.words else line.value
    sheet.text(value, 4.2, x=86)
    sheet.y += _ROW_MM
