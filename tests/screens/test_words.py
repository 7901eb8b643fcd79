"""Texts: every id in every language, finished, and read strictly."""

from pathlib import Path

import pytest

from ui.words import BadTexts, Words, read_texts
from wire.screen import Language

pytestmark = pytest.mark.screen

FILE = '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1"><context>{}</context></TS>'
ONE = '<message id="a"><source>A</source><translation>Hello &amp; 你好</translation></message>'
MANY = (
    '<message id="m" numerus="yes"><translation>'
    "<numerusform>%n day</numerusform><numerusform>%n days</numerusform>"
    "</translation></message>"
)


def write(folder: Path, language: str, messages: str) -> Path:
    path = folder / f"{language}.ts"
    path.write_text(FILE.format(messages), encoding="utf-8")
    return path


def test_every_text_is_there_in_every_language(words: Words) -> None:
    for language in Language:
        for text_id in words.ids():
            assert words.text(language, text_id)


def test_a_text_is_read_as_it_is_written(tmp_path: Path) -> None:
    assert read_texts(write(tmp_path, "en", ONE)) == {"a": ("Hello & 你好",)}


def test_one_day_and_two_days_have_their_own_forms(tmp_path: Path) -> None:
    for language in Language:
        write(tmp_path, language, MANY)
    words = Words(tmp_path)
    assert words.translate(None, "m", None, 1) == "%n day"
    assert words.translate(None, "m", None, 2) == "%n days"


@pytest.mark.parametrize(
    "messages",
    [
        '<message id="a"><translation type="unfinished">x</translation></message>',
        '<message id="a"><translation></translation></message>',
        '<message id="a"></message>',
        "<message><translation>x</translation></message>",
        ONE + ONE,
        "<message",
    ],
    ids=["unfinished", "empty", "none", "without an id", "twice", "no xml"],
)
def test_what_is_not_finished_is_refused(tmp_path: Path, messages: str) -> None:
    with pytest.raises(BadTexts):
        read_texts(write(tmp_path, "en", messages))


def test_a_text_that_one_language_lacks_is_refused(tmp_path: Path) -> None:
    for language in Language:
        write(tmp_path, language, ONE + (MANY if language is Language.EN else ""))
    with pytest.raises(BadTexts, match="m"):
        Words(tmp_path)


def test_texts_of_qt_itself_stay_as_they_are(words: Words) -> None:
    assert words.translate("QIODevice", "No such file or directory") is None
    assert not words.missing


def test_an_unknown_id_is_remembered(words: Words) -> None:
    assert words.translate(None, "no.such.text") is None
    assert "no.such.text" in words.missing
    words.missing.clear()
