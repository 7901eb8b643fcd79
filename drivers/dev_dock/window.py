"""The dock's window: groups of buttons, how each simulator is, the last receipt."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from drivers.dev_dock.orders import Order, carry_out, groups, latest_receipt, state

_COLUMNS = 4
_LOOK_MS = 700
_STYLE = """
QWidget { background: #FAF7F1; color: #17302F; font-size: 14px; }
QGroupBox { border: 1px solid #B9CBC5; border-radius: 8px; margin-top: 18px; padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; font-weight: 600; color: #0B6B63; }
QPushButton { background: white; border: 1px solid #6F8B85; border-radius: 6px; padding: 8px 12px; }
QPushButton:pressed { background: #E3EFEA; }
QLabel#said { color: #5E3B00; }
"""


class Dock(QWidget):
    """The panel."""

    def __init__(
        self,
        sockets: Mapping[str, Path],
        pictures: Path,
        record: Callable[[Order], None] | None = None,
    ) -> None:
        """Lay it out and look at the simulators now and then.

        Args:
            sockets: admin sockets by simulator.
            pictures: faces and card fronts.
            record: told of each button that is pressed.
        """
        super().__init__()
        self._record = record
        self._sockets = sockets
        self._states = {name: QLabel() for name in sockets}
        self._said = QLabel("")
        self._said.setObjectName("said")
        self._receipt = QLabel("No receipt yet")
        self._receipt.setFixedWidth(300)
        self._receipt.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setWindowTitle("Virtual devices")
        self.setStyleSheet(_STYLE)
        buttons = QVBoxLayout()
        for title, orders in groups(pictures).items():
            buttons.addWidget(self._group(title, orders))
        for label in self._states.values():
            buttons.addWidget(label)
        buttons.addWidget(self._said)
        buttons.addStretch()
        whole = QHBoxLayout(self)
        whole.addLayout(buttons)
        whole.addWidget(self._receipt)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)
        self.look()

    def look(self) -> None:
        """Renew what is said of the simulators."""
        for name, label in self._states.items():
            label.setText(state(name, self._sockets))
        path = latest_receipt(self._sockets)
        if path is not None:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._receipt.setPixmap(QPixmap(str(path)).scaledToWidth(290, smooth))

    def _group(self, title: str, orders: list[Order]) -> QGroupBox:
        box = QGroupBox(title)
        grid = QGridLayout(box)
        for place, order in enumerate(orders):
            button = QPushButton(order.label)
            button.clicked.connect(lambda _=False, order=order: self._press(order))
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        return box

    def _press(self, order: Order) -> None:
        if self._record is not None:
            self._record(order)
        self._said.setText(carry_out(order, self._sockets))
        self.look()
