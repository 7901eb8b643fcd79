"""The trap that decides the version of PySide6 (docs/adr/0011)."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

pytestmark = pytest.mark.screen


class Emitter(QObject):
    """Has one signal."""

    happened = Signal()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True lives for ever from Python 3.12 on")
def test_emitting_a_signal_keeps_the_references_of_true() -> None:
    emitter = Emitter()
    before = sys.getrefcount(True)
    for _ in range(200):
        emitter.happened.emit()
    assert sys.getrefcount(True) > before - 20
