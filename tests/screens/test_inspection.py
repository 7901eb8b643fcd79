"""The gallery's judge: it finds each planted fault, and none in a good screen."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ui.inspection import faults

pytestmark = pytest.mark.screen

PX_PER_MM = 4.0
BUTTON = (
    'Rectangle {{ objectName: "action:{name}"; x: {x}; y: 300; width: {width}; height: 80;'
    '\nAccessible.role: Accessible.Button; Accessible.name: "{label}"\n{more} }}'
)


def button(name: str = "go", x: int = 0, width: int = 80, label: str = "Go", more: str = "") -> str:
    return BUTTON.format(name=name, x=x, width=width, label=label, more=more)


@pytest.fixture
def engine(qapp: QGuiApplication) -> Iterator[QQmlApplicationEngine]:
    engine = QQmlApplicationEngine()
    yield engine
    shiboken6.delete(engine)


def judged(engine: QQmlApplicationEngine, content: str) -> list[str]:
    source = f"import QtQuick\nWindow {{ width: 600; height: 600; visible: true\n{content}\n}}"
    engine.loadData(source.encode())
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    return faults(window, PX_PER_MM, window.grabWindow())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('Text { width: 40; elide: Text.ElideRight; text: "far too long a text" }', "text cut"),
        ('Text { width: 40; text: "Unbreakable" }', "text larger than its place"),
        ('Text { x: 560; text: "far too long a text" }', "text outside"),
        ('Text { text: "one text" } Text { x: 5; text: "another" }', "texts over each other"),
        ("", "nothing to read"),
        (button(more='Text { y: 70; text: "Go" }'), "text outside"),
        (button(width=79), "target of 19.8 mm"),
        (button(x=560), "target off the glass"),
        (button(label=""), "button without a name"),
        (button("a") + button("b", x=40), "targets over each other"),
        (button(label="").replace("action:", ""), "button without a name"),
        (button().replace("Accessible.role", "//"), "button without a name"),
        ('Text { color: "#888888"; text: "pale" }', "contrast 3.5"),
        ('Text { opacity: 0.5; text: "pale" }', "contrast 3.9"),
        ('Text { color: "#FFFFFF"; text: "white on white" }', "contrast 1.0"),
    ],
)
def test_a_planted_fault_is_found(engine: QQmlApplicationEngine, content: str, said: str) -> None:
    found = judged(engine, content)
    assert any(fault.startswith(said) for fault in found), found


def test_a_good_screen_has_no_fault(engine: QQmlApplicationEngine) -> None:
    words = 'Text { anchors.centerIn: parent; text: "Go" }'
    good = f'Text {{ width: 200; wrapMode: Text.Wrap; text: "one two three" }} {button(more=words)}'
    assert judged(engine, good) == []


def test_a_text_that_cannot_be_used_now_may_be_pale(engine: QQmlApplicationEngine) -> None:
    assert judged(engine, 'Text { enabled: false; color: "#888888"; text: "pale" }') == []


def test_what_an_overlay_covers_is_not_judged(engine: QQmlApplicationEngine) -> None:
    overlay = 'Item { objectName: "overlay:time"; Text { text: "More time?" } }'
    assert judged(engine, 'Text { text: "below" }' + overlay) == []
