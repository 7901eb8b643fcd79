"""What a camera sees in pictures of the screens: drawn, and nobody is in it (not shipped)."""

import os
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen, QPolygonF

from ui.qr import drawn
from wire.preview import PreviewHeader

_WIDTH, _HEIGHT = 1280, 720
_CODE: Final = "KIOSK1/FLEET.EXAMPLE:8444/AUTHORITY"


def memory(seen: str) -> int:
    """Return a descriptor of preview memory with ``hall``, ``tray`` or ``slip`` in it."""
    picture = {"hall": _hall, "tray": _tray, "slip": _slip}[seen]()
    header = PreviewHeader(_WIDTH, _HEIGHT, count=1, captured_ns=1)
    descriptor = os.memfd_create("backdrop", os.MFD_CLOEXEC)
    os.ftruncate(descriptor, header.total_bytes)
    os.pwrite(descriptor, header.pack(), 0)
    os.pwrite(descriptor, bytes(picture.constBits()), header.slot_offset(0))
    return descriptor


def _blank(colour: str) -> tuple[QImage, QPainter]:
    picture = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    picture.fill(QColor(colour))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    return picture, painter


def _hall() -> QImage:
    """Draw a library's hall: shelves, a lamp, a floor."""
    picture, painter = _blank("#E4DFD5")
    wall = QLinearGradient(0, 0, _WIDTH, 0)
    wall.setColorAt(0, QColor("#D8D3C8"))
    wall.setColorAt(0.55, QColor("#F0ECE4"))
    wall.setColorAt(1, QColor("#DDD8CE"))
    painter.fillRect(QRectF(0, 0, _WIDTH, 520), wall)
    floor = QLinearGradient(0, 520, 0, _HEIGHT)
    floor.setColorAt(0, QColor("#B9AE9C"))
    floor.setColorAt(1, QColor("#93897A"))
    painter.fillRect(QRectF(0, 520, _WIDTH, 200), floor)
    spines = ("#0B6B63", "#C9821A", "#41595A", "#9B5C4A", "#6F8B85", "#D9B56A")
    for left in (90, 880):
        painter.setBrush(QColor("#8C6A4A"))
        painter.drawRect(QRectF(left, 130, 310, 392))
        for shelf in range(4):
            painter.setBrush(QColor("#6E5238"))
            painter.drawRect(QRectF(left + 12, 146 + shelf * 94, 286, 80))
            for book in range(13):
                painter.setBrush(QColor(spines[(book * 5 + shelf * 3) % len(spines)]))
                tall = 58 + (book * 7 + shelf * 5) % 18
                painter.drawRect(QRectF(left + 18 + book * 21, 226 + shelf * 94 - tall, 17, tall))
    painter.setBrush(QColor("#FFF6DC"))
    painter.drawEllipse(QPointF(640, 76), 92, 26)
    painter.setPen(QPen(QColor("#8B8376"), 5))
    painter.drawLine(QPointF(640, 0), QPointF(640, 52))
    painter.end()
    return picture


def _tray() -> QImage:
    """Draw the tray from above, with the place of the card."""
    picture, painter = _blank("#2B3A39")
    painter.setBrush(QColor("#3C504E"))
    painter.drawRoundedRect(QRectF(150, 70, 980, 580), 40, 40)
    painter.setBrush(QColor("#506865"))
    painter.drawRoundedRect(QRectF(250, 130, 780, 470), 26, 26)
    painter.setPen(QPen(QColor("#DCEBE5"), 6, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(330, 175, 620, 390), 28, 28)
    painter.end()
    return picture


def _slip() -> QImage:
    """Draw the claim's slip on the tray; a little askew, as it is laid."""
    picture = _tray()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(640, 360)
    painter.rotate(-4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FBF8F2"))
    painter.drawPolygon(
        QPolygonF([QPointF(-190, -270), QPointF(190, -270), QPointF(190, 270), QPointF(-190, 270)])
    )
    painter.drawImage(QPointF(-150, -190), drawn(_CODE, QSize(300, 300)))
    painter.setBrush(QColor("#17302F"))
    painter.drawRect(QRectF(-150, -235, 180, 18))
    painter.drawRect(QRectF(-150, 190, 300, 12))
    painter.drawRect(QRectF(-150, 216, 220, 12))
    painter.end()
    return picture
