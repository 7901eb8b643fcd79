"""The preview: what vision writes is what the citizen sees, mirrored, and nothing more."""

import os

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from tests.support.stage import Stage
from ui.pressables import items, place
from ui.preview import PreviewItem, PreviewMemory, crop_to_fill
from wire.preview import PreviewHeader
from wire.screen import Forget, Forgot, Screen

pytestmark = pytest.mark.screen

LEFT, RIGHT = b"\x10\x20\x30\xff", b"\x40\x50\x60\xff"


def memory_with(header: PreviewHeader, content: bytes = b"") -> PreviewMemory:
    descriptor = os.memfd_create("preview", os.MFD_CLOEXEC)
    os.ftruncate(descriptor, header.total_bytes)
    os.pwrite(descriptor, header.pack() + content, 0)
    memory = PreviewMemory()
    memory.adopt(descriptor)
    return memory


def test_the_newest_slot_is_wrapped_as_it_lies_in_memory() -> None:
    header = PreviewHeader(2, 1, count=2)
    memory = memory_with(header, b"\0" * header.frame_bytes + LEFT + RIGHT)
    memory.open()
    seen = memory.header()
    assert seen is not None
    image = memory.image(seen)
    assert image.pixelColor(0, 0) == QColor(0x30, 0x20, 0x10)
    assert image.pixelColor(1, 0) == QColor(0x60, 0x50, 0x40)


def test_nothing_is_shown_before_the_first_frame() -> None:
    memory = memory_with(PreviewHeader(2, 1, count=0))
    memory.open()
    assert memory.header() is None


def test_nothing_is_shown_between_forgetting_and_the_next_screen() -> None:
    memory = memory_with(PreviewHeader(2, 1, count=1))
    memory.open()
    memory.forget()
    assert memory.header() is None
    memory.open()
    assert memory.header() is not None


def test_memory_of_another_layout_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    descriptor = os.memfd_create("preview", os.MFD_CLOEXEC)
    os.pwrite(descriptor, b"\x7f" * 64, 0)
    memory = PreviewMemory()
    memory.adopt(descriptor)
    memory.open()
    assert memory.header() is None
    assert "preview.bad_memory" in capfd.readouterr().err


def test_empty_memory_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    PreviewMemory().adopt(os.memfd_create("preview", os.MFD_CLOEXEC))
    assert "preview.bad_memory" in capfd.readouterr().err


def test_the_picture_fills_its_place_and_keeps_its_shape() -> None:
    crop = crop_to_fill(1280, 720, into=QRectF(0, 0, 300, 400))
    assert crop == QRectF(370, 0, 540, 720)
    assert crop_to_fill(300, 400, into=QRectF(0, 0, 1200, 400)) == QRectF(0, 150, 300, 100)


def test_the_citizen_looks_into_a_mirror_until_the_screens_forget(stage: Stage) -> None:
    header = PreviewHeader(64, 48, count=1)
    blue, red = b"\xff\0\0\xff", b"\0\0\xff\xff"
    pixels = (blue * 32 + red * 32) * 48
    os.pwrite(stage.engine.preview, header.pack() + pixels, 0)
    stage.show(Screen.TAKING_PHOTO, attempt=1, attempts=3)
    item = preview_of(stage)
    box = place(item)
    middle = round(box.center().y())

    def colours() -> tuple[QColor, QColor]:
        picture = stage.screens.glass.window.grabWindow()
        left, right = round(box.left() + box.width() / 20), round(box.right() - box.width() / 20)
        return picture.pixelColor(left, middle), picture.pixelColor(right, middle)

    stage.qtbot.waitUntil(lambda: colours() == (QColor("red"), QColor("blue")))
    stage.engine.send(Forget())
    stage.qtbot.waitUntil(lambda: stage.engine.heard(Forgot()))
    left, right = colours()
    assert left == right
    assert left not in [QColor("red"), QColor("blue")]


def test_no_preview_is_left_behind_on_the_next_screen(stage: Stage) -> None:
    stage.show(Screen.TAKING_PHOTO, attempt=1, attempts=3)
    assert len(previews(stage)) == 1
    stage.show(Screen.COMPARING)
    stage.qtbot.waitUntil(lambda: not previews(stage))


def previews(stage: Stage) -> list[PreviewItem]:
    every = items(stage.screens.glass.window.contentItem())
    return [item for item in every if isinstance(item, PreviewItem)]


def preview_of(stage: Stage) -> PreviewItem:
    (item,) = previews(stage)
    return item
