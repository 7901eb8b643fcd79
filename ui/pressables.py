"""What can be pressed on a window now, where it is, and in which order it is read.

A button's objectName is PREFIX, its action, and its argument if it has one.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem, QQuickWindow

PREFIX: Final = "action:"
OVERLAY: Final = "overlay:"
"""Prefix of the objectName of what lies over a screen; what it covers cannot be pressed."""


def items(root: QQuickItem) -> list[QQuickItem]:
    """Return `root` and everything in it."""
    return [root, *(item for child in root.childItems() for item in items(child))]


def buttons(window: QQuickWindow) -> list[QQuickItem]:
    """Return what is visible, enabled and named as an action, also below an overlay."""
    return [item for item in items(window.contentItem()) if is_button(item)]


def is_button(item: QQuickItem | None) -> bool:
    """Say whether `item` can be pressed now."""
    return (
        item is not None
        and item.objectName().startswith(PREFIX)
        and item.isVisible()
        and item.isEnabled()
    )


def place(item: QQuickItem) -> QRectF:
    """Return where on the window `item` is, in pixels."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def is_seen(item: QQuickItem) -> bool:
    """Say whether anything of `item` reaches the eye."""
    if not item.isVisible():
        return False
    opacity = 1.0
    here: QQuickItem | None = item
    while here is not None:
        opacity *= here.opacity()
        here = here.parentItem()
    return opacity > 0


def topmost(window: QQuickWindow) -> QQuickItem:
    """Return what lies over everything else: an overlay, or all of the screen."""
    overlays = [
        item
        for item in items(window.contentItem())
        if item.objectName().startswith(OVERLAY) and is_seen(item)
    ]
    return overlays[-1] if overlays else window.contentItem()


def rows(window: QQuickWindow) -> list[list[QQuickItem]]:
    """Return what can be pressed as it is read: rows from above, each from the left."""
    found: list[QQuickItem] = []
    _reach(window.contentItem(), found)
    return [sorted(row, key=lambda one: place(one).x()) for row in _rows(found)]


def _reach(item: QQuickItem, found: list[QQuickItem]) -> None:
    """Gather buttons in one walk; an overlay covers all that was declared before it."""
    if not item.isVisible():
        return
    name = item.objectName()
    if name.startswith(OVERLAY):
        found.clear()
    elif name.startswith(PREFIX) and item.isEnabled():
        found.append(item)
        return
    for child in item.childItems():
        _reach(child, found)


def _rows(found: list[QQuickItem]) -> Iterator[list[QQuickItem]]:
    row: list[QQuickItem] = []
    for item in sorted(found, key=lambda one: place(one).center().y()):
        if row and place(item).center().y() > place(row[0]).bottom():
            yield row
            row = []
        row.append(item)
    if row:
        yield row
