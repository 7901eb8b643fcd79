"""Answers are given one by one, and a step waits for its own alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioning.answers import parse, written
from provisioning.screen.draft import FIELDS, Draft, Field
from provisioning.screen.line import LONGEST, Line
from provisioning.screen.pages import Mark, Standing, of_step
from provisioning.steps import MAY_BE_SKIPPED, Outcome, Result, Step
from wire.screen import SCREENS_LONGEST_ARGUMENT

NAMED = {field.name: field for fields in FIELDS.values() for field in fields}
WHOLE = {
    "fleet.url": "https://fleet.example:8443",
    "register.url": "https://register.example",
    "register.phone_url": "https://phone.example",
    "site.id": "sha_tin_library",
}


def answered(**others: str) -> Draft:
    draft = Draft()
    for name, text in {**WHOLE, **others}.items():
        after = draft.with_answer(NAMED[name], text)
        assert after is not None
        draft = after
    return draft


def test_devices_can_be_tried_before_anybody_knows_the_site() -> None:
    draft = Draft()
    waiting = {step for step in Step if draft.lacking(step)}
    assert waiting == {Step.NETWORK, Step.SITE, Step.CLAIM, Step.SETTINGS, Step.SELF_TEST}
    assert draft.answers().devices.printer
    assert not draft.is_whole()


def test_what_was_answered_at_the_panel_is_what_a_file_says() -> None:
    draft = answered()
    assert draft.is_whole()
    assert parse(written(draft.tables)) == draft.answers()
    assert draft.answers().site.id == "sha_tin_library"


@pytest.mark.parametrize("name", list(NAMED))
def test_an_answer_that_cannot_be_used_is_not_taken(name: str) -> None:
    assert Draft().with_answer(NAMED[name], 'a "quoted" \n answer' * 30) is None


def test_the_first_language_is_chosen_and_the_others_follow() -> None:
    draft = Draft().with_answer(NAMED["site.languages"], "en")
    assert draft is not None
    assert draft.answers().site.languages == ["en", "zh_HK", "zh_CN"]
    assert draft.shown(NAMED["site.languages"]) == "en"


def test_without_an_answer_it_is_shown_what_counts() -> None:
    assert Draft().shown(Field("site", "opens")) == "00:00"
    assert Draft().shown(Field("site", "id")) == ""


def test_another_answer_makes_a_step_due_again_and_no_other() -> None:
    draft = answered()
    before = draft.answers().digests()
    other = draft.with_answer(NAMED["devices.printer"], "/dev/ttyUSB1")
    assert other is not None
    after = other.answers().digests()
    changed = {step for step in Step if before[step] != after[step]}
    assert changed == {Step.PRINTER, Step.SETTINGS, Step.SELF_TEST}


@pytest.mark.parametrize("step", sorted(MAY_BE_SKIPPED))
def test_what_is_skipped_can_be_done_after_all(step: Step) -> None:
    skipped = answered().skipping(step, "comes later")
    assert skipped.answers().skipped == {step: "comes later"}
    assert skipped.doing(step).answers().skipped == {}


@given(st.lists(st.text(max_size=SCREENS_LONGEST_ARGUMENT), max_size=40))
def test_whatever_the_screens_send_a_line_stays_one_line_of_known_letters(keys: list[str]) -> None:
    line = Line()
    for key in keys:
        line = line.after(key)
    assert len(line.text) <= LONGEST
    assert "\n" not in line.text
    assert '"' not in line.text


def test_keys_type_delete_and_clear() -> None:
    line = Line().after("https://").after("a").after("b").after("delete")
    assert line.text == "https://a"
    assert line.after("clear").text == ""
    assert Line("x" * LONGEST).after("y").text == "x" * LONGEST


def test_a_page_says_which_answers_are_open_and_what_it_waits_for() -> None:
    draft = Draft()
    standing = Standing({}, draft.answers().digests())
    claim = of_step(Step.CLAIM, standing, draft, ()).facts
    assert claim["waits"] == ["clock"]
    assert claim["lacking"] == ["site.id", "fleet.url"]
    assert standing.mark(Step.CLAIM) is Mark.WAITS


def test_what_failed_with_other_answers_is_to_be_done_anew() -> None:
    digests = answered().answers().digests()
    failed = Result(Step.PRINTER, Outcome.FAILED, 1, digests[Step.PRINTER], "printer.missing")
    assert Standing({Step.PRINTER: failed}, digests).mark(Step.PRINTER) is Mark.BAD
    other = answered(**{"devices.printer": "/dev/ttyUSB1"}).answers().digests()
    assert Standing({Step.PRINTER: failed}, other).mark(Step.PRINTER) is Mark.TODO


def test_the_next_step_goes_round_and_leaves_out_what_waits() -> None:
    digests = answered().answers().digests()
    done: dict[Step, Result] = {
        step: Result(step, Outcome.PASSED, 1, digests[step])
        for step in Step
        if step not in {Step.NETWORK, Step.CLOCK, Step.CLAIM, Step.SETTINGS}
    }
    standing = Standing(done, digests)
    assert standing.next_after(Step.SOUND) is Step.NETWORK
    assert standing.next_after(Step.NETWORK) is Step.CLOCK
    assert standing.next_after(Step.CLOCK) is Step.NETWORK
