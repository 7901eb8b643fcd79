"""Each phone is answered in a language it asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment.activation import Fault
from enrolment.phone.languages import chosen, texts
from wire.screen import Language


def test_every_text_exists_in_every_language() -> None:
    words = texts()
    assert words[Language.EN].keys() == words[Language.ZH_HK].keys()
    assert words[Language.EN].keys() == words[Language.ZH_CN].keys()
    assert all(all(found.values()) for found in words.values())


def test_every_fault_has_its_words() -> None:
    assert {fault.value for fault in Fault} <= texts()[Language.EN].keys()


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", Language.ZH_HK),
        ("fr", Language.ZH_HK),
        ("en-GB,en;q=0.9,zh;q=0.8", Language.EN),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH_CN),
        ("zh-Hans-HK", Language.ZH_CN),
        ("zh-TW", Language.ZH_HK),
        ("yue-Hant-HK", Language.ZH_HK),
        ("fr-FR,en;q=0.1,zh-HK;q=0.7", Language.ZH_HK),
        ("zh-HK;q=0.1,en;q=0.7", Language.EN),
        ("en;q=rubbish,zh-CN;q=0.5", Language.ZH_CN),
    ],
)
def test_the_phones_first_language_that_we_speak_is_taken(
    accepted: str, language: Language
) -> None:
    assert chosen(None, accepted) is language


@pytest.mark.parametrize("language", Language)
def test_the_language_asked_for_by_hand_wins(language: Language) -> None:
    assert chosen(language.value, "en;q=1") is language


@given(st.none() | st.text(max_size=9), st.text(max_size=300))
def test_any_header_has_an_answer(asked: str | None, accepted: str) -> None:
    assert chosen(asked, accepted) in set(Language)
