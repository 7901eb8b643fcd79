"""A site's answers are read strictly, and a step is bound to those that it depends on."""

import tomllib
from pathlib import Path

import pytest

from provisioning import people
from provisioning.answers import Answers, BadAnswers, parse
from provisioning.asking import QUESTIONS, ask
from provisioning.people import Keyboard, Scripted, words
from provisioning.steps import Step
from ui.words import FOLDER, read_texts

GOOD = b"""
[site]
id = "sha_tin_library"
[fleet]
url = "https://fleet.example:8443"
[register]
url = "https://register.example"
phone_url = "https://iamsmart.example"
"""


def changed(old: str, new: str) -> Answers:
    return parse(GOOD.decode().replace(old, new).encode())


def test_what_is_left_out_has_a_default() -> None:
    answers = parse(GOOD)
    assert (answers.site.mode, answers.site.languages[0]) == ("self_service", "zh_HK")


@pytest.mark.parametrize(
    "more",
    [
        b"[sight]\nid = 'x'\n",
        b"[devices]\nprinted = 'x'\n",
        b"[machine]\npanel = 'big'\n",
        b"[skipped]\nreader = 'broken'\n",
        b"[skipped]\nsound = ''\n",
        b"[judged]\nprinter = 'yes'\n",
        b"[devices]\nprinter = 'a\"b'\n",
        b"[devices]\nprinter = 7\n",
        b"\xff",
    ],
)
def test_what_is_unknown_or_unusable_is_refused(more: bytes) -> None:
    with pytest.raises(BadAnswers):
        parse(GOOD + more)


@pytest.mark.parametrize("value", ['"fr"', '"en", "en"', ""])
def test_languages_are_ours_and_each_once(value: str) -> None:
    with pytest.raises(BadAnswers):
        changed('id = "sha_tin_library"', f'id = "x"\nlanguages = [{value}]')


def test_another_printer_makes_the_printer_and_the_settings_due_and_no_camera() -> None:
    before = parse(GOOD).digests()
    after = parse(GOOD + b"[devices]\nprinter = '/dev/ttyUSB1'\n").digests()
    differ = {step for step in Step if before[step] != after[step]}
    assert differ == {Step.PRINTER, Step.SETTINGS, Step.SELF_TEST}


def test_a_new_slip_makes_no_claim_due_that_was_done() -> None:
    with_code = changed("8443", "8443").digests()
    another = parse(GOOD.replace(b':8443"', b":8443\"\ncode = 'KIOSK1/X'")).digests()
    assert with_code[Step.CLAIM] == another[Step.CLAIM]


def test_neither_a_code_nor_a_reason_of_refusal_is_repeated() -> None:
    answers = parse(GOOD.replace(b':8443"', b":8443\"\ncode = 'CANARY'"))
    assert "CANARY" not in repr(answers)


def test_every_word_is_there_in_every_language_with_the_same_places() -> None:
    tables = tomllib.loads((Path(people.__file__).parent / "words.toml").read_text())
    for word, said in tables.items():
        assert said.keys() == {"en", "zh_HK"}, word
        places = [sorted(part for part in text.split("{")[1:]) for text in said.values()]
        names = [[part.partition("}")[0] for part in one] for one in places]
        assert sorted(names[0]) == sorted(names[1]), word


@pytest.mark.parametrize("language", ["en", "zh_HK"])
def test_a_step_is_called_the_same_at_the_keyboard_and_at_the_panel(language: str) -> None:
    panel = read_texts(FOLDER / f"{language}.ts")
    for step in Step:
        # What staff test too has one name for both.
        (named,) = panel.get(f"test_{step}") or panel[f"provision_{step}"]
        assert words(language)[f"step_{step}"] == named


def test_at_the_keyboard_a_bad_answer_is_asked_again_and_an_empty_one_has_its_default() -> None:
    typed = iter(["Sha Tin!", "sha_tin_library", "kiosk", "", "25:00", "09:00", "20:00",
                  "http://fleet", "https://fleet.example:8443", "https://register.example",
                  "https://iamsmart.example", "", "", "", ""])  # fmt: skip
    told: list[str] = []
    answers, content = ask(Keyboard("en", lambda _: "", told.append), lambda _: next(typed))
    assert answers == parse(content)
    assert (answers.site.id, answers.site.opens, answers.site.closes) == (
        "sha_tin_library",
        "09:00",
        "20:00",
    )
    assert len(told) == 4
    assert len(QUESTIONS) == 11


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [("en", "y", True), ("en", "N", False), ("zh_HK", "是", True), ("zh_HK", "否", False)],
)
def test_people_judge_in_their_language(language: str, typed: str, *, said: bool) -> None:
    tries = iter(["what?", typed])
    assert Keyboard(language, lambda _: next(tries), print).judge(Step.PRINTER) is said


def test_nobody_there_judges_nothing() -> None:
    assert Keyboard("en", lambda _: "", print).judge(Step.SOUND) is None
    assert Scripted({}, print).judge(Step.SOUND) is None
    assert Scripted({Step.SOUND: False}, print).judge(Step.SOUND) is False
