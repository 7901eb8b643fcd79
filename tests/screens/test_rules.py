"""The twenty rules of docs/screens.md, where a machine can tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QGuiApplication

from ui import glass
from ui.easel import PANELS, Easel
from ui.inspection import accessible_tree, texts
from ui.pressables import buttons, is_seen, place
from ui.sample import Sample
from ui.samples import SAMPLES
from ui.words import Words
from wire.screen import Language, Screen, SetupScreen

pytestmark = pytest.mark.screen

QML = glass.MAIN.parents[1]
LANGUAGES = {f"action:set_language:{language}" for language in Language}
STAFF: set[Screen | SetupScreen] = {
    screen for screen in Screen if screen.startswith("STAFF_")
} | set(SetupScreen)
REST: set[Screen | SetupScreen] = {
    Screen.STARTING,
    Screen.OUT_OF_SERVICE,
    Screen.CLOSED,
    Screen.ATTRACT,
    Screen.CARD_LEFT,
}
REST |= STAFF
"""Outside a session: there is nothing to leave."""
ON_THE_WAY_OUT = {Screen.RECEIPT, Screen.REFERRAL, Screen.TAKE_CARD, Screen.WIPING}
"""The one button, or nothing at all, is the way out; staff are called already or not needed."""
STEPPED = {
    Screen.PRIVACY_NOTICE,
    Screen.PLACE_CARD,
    Screen.READING_CARD,
    Screen.TYPE_DETAILS,
    Screen.CARD_PROBLEM,
    Screen.CHECK_DETAILS,
    Screen.GUARDIAN,
    Screen.TAKING_PHOTO,
    Screen.COMPARING,
    Screen.CONFIRM,
    Screen.SENDING,
    Screen.LINK_PHONE,
    Screen.RECEIPT,
}
BOARDS = {"group", "word", "key", "pick", "target"}
ENDS = r"[.?!](?:\s|$)|[\u3002\uff01\uff1f]"
"""Of a sentence, in English and in Chinese."""
SWIPES = r"Flickable|ListView|GridView|SwipeView|ScrollView|DragHandler|PinchHandler|TapHandler"
HIDDEN = r"onPressAndHold|onDoubleClicked|hoverEnabled|HoverHandler|onPressed\b"


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a drawn screen."""

    place: QRectF
    look: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a sample came to."""

    sample: Sample
    width: int
    height: int
    px_per_mm: float
    buttons: dict[str, Button]
    headings: list[str]
    roles: list[QAccessible.Role]

    def mm(self, name: str) -> tuple[float, float]:
        where = self.buttons[name].place
        return where.width() / self.px_per_mm, where.height() / self.px_per_mm


def _drawn(easel: Easel, sample: Sample) -> Drawn:
    easel.sketch(sample, Language.EN)
    window = easel.glass.window
    root = QAccessible.queryAccessibleInterface(window)
    tree = [one for one in accessible_tree(root) if not one.state().invisible]
    return Drawn(
        sample,
        window.width(),
        window.height(),
        easel.px_per_mm,
        {
            item.objectName(): Button(place(item), str(item.property("look") or ""))
            for item in buttons(window)
            if is_seen(item)
        },
        [one.text(QAccessible.Text.Name) for one in tree if one.role() is QAccessible.Role.Heading],
        [one.role() for one in tree],
    )


@pytest.fixture(scope="module", params=list(PANELS))
def drawn(
    request: pytest.FixtureRequest, qapp: QGuiApplication, words: Words
) -> Iterator[list[Drawn]]:
    easel = Easel(request.param, words)
    # While the screen lights the face, for a few seconds, there is nothing to press.
    still = [one for one in SAMPLES if not one.is_warning and one.rgb < 0]
    yield [_drawn(easel, sample) for sample in still]
    easel.close()


def in_session(drawn: list[Drawn]) -> list[Drawn]:
    return [one for one in drawn if one.sample.connected and one.sample.screen not in REST]


def mains(one: Drawn) -> list[QRectF]:
    return [button.place for button in one.buttons.values() if button.look == "main"]


def test_rule_1_the_primary_button_is_one_and_always_in_one_place(drawn: list[Drawn]) -> None:
    corners = set()
    for one in drawn:
        assert len(mains(one)) <= 1, one.sample.name
        corners |= {(round(where.right()), round(where.bottom())) for where in mains(one)}
    # Lying or upright, with or without a way out below it: its corner may stand a footer higher.
    assert len({right for right, _ in corners}) == 1
    assert len({bottom for _, bottom in corners}) <= 2


def test_rule_1_everything_to_press_is_in_the_lower_half(drawn: list[Drawn]) -> None:
    for one in drawn:
        if one.width < one.height:
            for name, button in one.buttons.items():
                # A board of subjects, words or letters may begin a little higher.
                share = 0.34 if name.split(":")[1] in BOARDS else 0.5
                assert button.place.center().y() > one.height * share, f"{one.sample.name}: {name}"


def test_rule_2_every_screen_has_one_heading(drawn: list[Drawn]) -> None:
    for one in drawn:
        assert len(one.headings) == 1, one.sample.name
        assert one.headings[0], one.sample.name


@pytest.mark.parametrize("language", Language)
def test_rule_2_nothing_is_longer_than_two_short_sentences(
    language: Language, words: Words
) -> None:
    most = 26 if language is Language.EN else 60
    for text_id in words.ids():
        text = words.text(language, text_id)
        sentences = [part for part in re.split(ENDS, text) if part.strip()]
        assert len(sentences) <= 2, f"{text_id}: {text}"
        length = len(text.split()) if language is Language.EN else len(text)
        assert length <= most, f"{text_id}: {length}"


def test_rule_3_every_screen_offers_all_languages_in_their_own_script(
    drawn: list[Drawn], words: Words
) -> None:
    for one in drawn:
        assert set(one.buttons) >= LANGUAGES, one.sample.name
    own = {
        (words.text(spoken, f"language_{language}"), language)
        for spoken in Language
        for language in Language
    }
    assert len(own) == len(Language)


def test_rule_4_what_decides_is_26_mm_high(drawn: list[Drawn]) -> None:
    for one in drawn:
        for name in one.buttons:
            action = name.split(":")[1]
            if action not in {
                "set_language",
                "text_size",
                "contrast",
                "seated",
                "speech",
                "key",
                "letters",
            }:
                # Lying, the ways out share one line with the languages.
                least = 20.9 if one.width > one.height else 25.9
                assert min(one.mm(name)) >= least, f"{one.sample.name}: {name} {one.mm(name)}"


def test_rule_5_and_7_nothing_scrolls_and_nothing_hides_behind_a_gesture() -> None:
    for path in sorted(QML.rglob("*.qml")):
        found = re.search(f"{SWIPES}|{HIDDEN}", path.read_text())
        assert found is None, f"{path.name}: {found}"


def test_rule_9_help_and_cancel_are_on_every_screen_of_a_session(drawn: list[Drawn]) -> None:
    for one in in_session(drawn):
        if one.sample.screen not in ON_THE_WAY_OUT:
            assert set(one.buttons) >= {"action:help", "action:leave"}, one.sample.name


def test_rule_10_the_steps_are_named_from_the_notice_to_the_receipt(drawn: list[Drawn]) -> None:
    for one in drawn:
        has_bar = QAccessible.Role.ProgressBar in one.roles
        if one.sample.screen in STEPPED:
            assert has_bar, one.sample.name


def test_rule_12_no_is_as_large_and_as_plain_as_yes(drawn: list[Drawn]) -> None:
    for one in drawn:
        if one.sample.screen is Screen.PRIVACY_NOTICE:
            yes, no = one.buttons["action:agree"], one.buttons["action:disagree"]
            assert (yes.look, yes.place.size()) == (no.look, no.place.size())


def test_rule_16_staff_see_the_code_and_the_citizen_the_words(
    qapp: QGuiApplication, words: Words
) -> None:
    easel = Easel("portrait", words)
    for sample in SAMPLES:
        if sample.screen in {Screen.REFERRAL, Screen.OUT_OF_SERVICE}:
            easel.sketch(sample, Language.EN)
            seen = texts(easel.glass.window.contentItem())
            shown = " ".join(str(text.property("text")) for text in seen)
            assert str(sample.facts["code"]) in shown, sample.name
    easel.close()


@pytest.mark.parametrize("language", Language)
def test_rule_19_the_last_screen_says_that_everything_is_erased(
    language: Language, words: Words
) -> None:
    said = words.text(language, "body_WIPING")
    assert {"en": "erased", "zh_HK": "清除", "zh_CN": "清除"}[language] in said
