"""What is wrong with a drawn screen, measured on its items and its picture (not shipped).

Source of 20 mm: Duff 2010, touch targets of kiosks for people with disabilities.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final, TypeGuard

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.legibility import LOWEST, Pixels
from ui.pressables import PREFIX, buttons, is_seen, items, place, topmost

SMALLEST_TARGET_MM: Final = 20.0
_TOLERANCE_PX: Final = 2.0
_RIGHT, _CENTRE, _BOTTOM, _MIDDLE = (
    flag.value
    for flag in (
        Qt.AlignmentFlag.AlignRight,
        Qt.AlignmentFlag.AlignHCenter,
        Qt.AlignmentFlag.AlignBottom,
        Qt.AlignmentFlag.AlignVCenter,
    )
)
_PRESSED: Final = frozenset(
    {
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.RadioButton,
        QAccessible.Role.Switch,
    }
)


def faults(window: QQuickWindow, px_per_mm: float, picture: QImage) -> list[str]:
    """Return what is wrong with what `window` shows, one sentence each.

    Args:
        window: what is judged.
        px_per_mm: of the panel.
        picture: what the window looks like now.
    """
    top = topmost(window)
    seen = [(text, painted(text)) for text in texts(top)]
    return [
        *([] if texts(window.contentItem()) else ["nothing to read: the screen did not load"]),
        *_text_faults(window, seen),
        *_contrast_faults(seen, Pixels(picture)),
        *_target_faults(window, top, px_per_mm),
    ]


def texts(root: QQuickItem) -> list[QQuickItem]:
    """Return the texts that can be seen in `root`."""
    return [
        item
        for item in items(root)
        if item.inherits("QQuickText") and item.property("text") and is_seen(item)
    ]


def painted(text: QQuickItem) -> QRectF:
    """Return where on the window the letters of `text` stand."""
    width, height = text.property("paintedWidth"), text.property("paintedHeight")
    spare_x, spare_y = text.width() - width, text.height() - height
    x = {_RIGHT: spare_x, _CENTRE: spare_x / 2}.get(_number(text, "effectiveHorizontalAlignment"))
    y = {_BOTTOM: spare_y, _MIDDLE: spare_y / 2}.get(_number(text, "verticalAlignment"))
    return text.mapRectToScene(QRectF(x or 0.0, y or 0.0, width, height))


def _number(item: QQuickItem, name: str) -> int:
    """Read an enum of a private QML type, which `property` cannot convert."""
    context = qmlContext(item)
    assert context is not None, "the text was not made by QML"
    answer: Any = QQmlExpression(context, item, name).evaluate()
    return int(answer[0] if isinstance(answer, tuple) else answer)


Seen = list[tuple[QQuickItem, QRectF]]
"""Texts, and where their letters stand."""


def _text_faults(window: QQuickWindow, seen: Seen) -> Iterator[str]:
    glass = _grown(QRectF(0, 0, window.width(), window.height()))
    for text, box in seen:
        if text.property("truncated"):
            yield f"text cut: {_quote(text)}"
        if not _grown(place(text)).contains(box):
            yield f"text larger than its place: {_quote(text)}"
        if not all(frame.contains(box) for frame in (glass, *_frames(text))):
            yield f"text outside of what holds it: {_quote(text)}"
    for (one, here), (other, there) in combinations(seen, 2):
        if _meet(here, there):
            yield f"texts over each other: {_quote(one)} and {_quote(other)}"


def _contrast_faults(seen: Seen, pixels: Pixels) -> Iterator[str]:
    for text, box in seen:
        # WCAG 1.4.3 leaves out what cannot be used now.
        if text.isEnabled() and (weakest := pixels.weakest(text, box)) < LOWEST:
            yield f"contrast {weakest:.1f} of {_quote(text)}"


def _frames(item: QQuickItem) -> Iterator[QRectF]:
    """Give the buttons and clipping items that `item` must stay within."""
    here: QQuickItem | None = item.parentItem()
    while here is not None:
        if here.clip() or here.objectName().startswith(PREFIX):
            yield _grown(place(here))
        here = here.parentItem()


def _target_faults(window: QQuickWindow, top: QQuickItem, px_per_mm: float) -> Iterator[str]:
    glass = _grown(QRectF(0, 0, window.width(), window.height()))
    inside = items(top)
    targets = [item for item in _pressed(window) if item in inside and is_seen(item)]
    for target in targets:
        where, name = place(target), target.objectName() or "a button"
        smallest_mm = min(where.width(), where.height()) / px_per_mm
        if smallest_mm < SMALLEST_TARGET_MM - 0.1:
            yield f"target of {smallest_mm:.1f} mm: {name}"
        if not glass.contains(where):
            yield f"target off the glass: {name}"
        if not accessible_name(target):
            yield f"button without a name: {name}"
    for one, other in combinations(targets, 2):
        if _meet(place(one), place(other)) and not _holds(one, other) and not _holds(other, one):
            yield f"targets over each other: {one.objectName()} and {other.objectName()}"


def _pressed(window: QQuickWindow) -> list[QQuickItem]:
    """Return what a screen reader can press, and what a robot can."""
    root = QAccessible.queryAccessibleInterface(window)
    found = [one.object() for one in accessible_tree(root) if one.role() in _PRESSED]
    return list(dict.fromkeys([*buttons(window), *filter(_is_item, found)]))


def _is_item(thing: QObject | None) -> TypeGuard[QQuickItem]:
    return isinstance(thing, QQuickItem)


def accessible_name(thing: QObject) -> str:
    """Return what a screen reader calls `thing`; nothing for what it cannot press."""
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(thing)
    if interface is None or interface.role() not in _PRESSED:
        return ""
    return interface.text(QAccessible.Text.Name)


def accessible_tree(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Give `root` and all below it, as a screen reader meets them."""
    yield root
    for index in range(root.childCount()):
        child = root.child(index)
        if child is not None and child.isValid():
            yield from accessible_tree(child)


def _holds(outer: QQuickItem, inner: QQuickItem) -> bool:
    return outer.isAncestorOf(inner)


def _grown(box: QRectF) -> QRectF:
    return box.adjusted(-_TOLERANCE_PX, -_TOLERANCE_PX, _TOLERANCE_PX, _TOLERANCE_PX)


def _meet(one: QRectF, other: QRectF) -> bool:
    common = one.intersected(other)
    return common.width() > _TOLERANCE_PX and common.height() > _TOLERANCE_PX


def _quote(text: QQuickItem) -> str:
    return repr(str(text.property("text"))[:30])
