"""A QR code is read by another program, in every size that it is drawn in."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage

from tests.support.stage import Stage
from ui.qr import QrPictures, drawn
from wire.screen import Screen

pytestmark = pytest.mark.screen
LINK = "https://phone.example/#A&B=%20C=+/?"


def read(picture: QImage) -> str:
    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return str(cv2.QRCodeDetector().detectAndDecode(rows[:, : plain.width()].copy())[0])


@pytest.mark.parametrize("side", [200, 333, 640])
def test_it_says_the_text_and_its_modules_are_whole_pixels(
    qapp: QGuiApplication, side: int
) -> None:
    picture = drawn(LINK, QSize(side, side))
    assert (picture.width(), picture.height()) == (side, side)
    assert read(picture) == LINK
    levels = {picture.pixelColor(x, y).name() for x in range(side) for y in range(0, side, 7)}
    assert levels == {"#000000", "#ffffff"}


def test_no_text_is_no_code(qapp: QGuiApplication) -> None:
    assert drawn("", QSize(9, 9)).pixelColor(4, 4).alpha() == 0


def test_a_name_in_an_address_is_the_text(qapp: QGuiApplication) -> None:
    size = QSize()
    picture = QrPictures().requestImage("https%3A%2F%2Fphone.example", size, QSize(200, 200))
    assert (read(picture), size) == ("https://phone.example", QSize(200, 200))


def test_a_link_with_signs_of_its_own_is_read_from_the_screen(stage: Stage) -> None:
    stage.show(Screen.LINK_PHONE, link=LINK)
    stage.qtbot.waitUntil(lambda: read(stage.screens.glass.window.grabWindow()) == LINK)
