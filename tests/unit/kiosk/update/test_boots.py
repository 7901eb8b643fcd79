"""Which version starts next, over every sequence of starts, crashes and words of health."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.update import boots
from kiosk.update.boots import RESTLESS_STARTS, TRIAL_BOOTS, Refused, Slots

OLD, NEW, NEWER = "1.0.0", "1.1.0", "1.2.0"


def test_a_version_on_trial_is_started_twice_and_then_never_again() -> None:
    slots = boots.offer(Slots(good=OLD), NEW)
    for _ in range(TRIAL_BOOTS):
        chosen = boots.start(slots)
        assert chosen.version == NEW
        slots = chosen.slots
    chosen = boots.start(slots)
    assert (chosen.version, chosen.gave_up) == (OLD, NEW)
    with pytest.raises(Refused, match=r"update\.known_bad"):
        boots.offer(chosen.slots, NEW)


def test_a_version_that_says_it_works_is_good_and_the_old_one_is_kept() -> None:
    tried = boots.start(boots.offer(Slots(good=OLD), NEW)).slots
    assert boots.confirm(tried, NEW) == Slots(good=NEW, before=OLD)


def test_what_was_not_started_is_taken_back_and_is_not_bad() -> None:
    slots = boots.offer(Slots(good=NEW, before=OLD), OLD, floor="1.0.5")
    assert boots.take_back(slots) == Slots(good=NEW, before=OLD)
    started = boots.start(slots).slots
    assert boots.take_back(started) == started


def test_the_version_before_may_be_tried_again_and_is_lost_only_if_it_fails() -> None:
    slots = boots.offer(Slots(good=NEW, before=OLD), OLD)
    for _ in range(TRIAL_BOOTS):
        slots = boots.start(slots).slots
    assert boots.confirm(slots, OLD) == Slots(good=OLD, before=NEW)
    chosen = boots.start(slots)
    assert (chosen.version, chosen.gave_up) == (NEW, OLD)
    assert chosen.slots.before == ""


def test_the_floor_rises_with_a_confirmed_version_and_never_sinks() -> None:
    tried = boots.start(boots.offer(Slots(good=OLD), NEW, floor="1.0.5")).slots
    assert tried.floor == "0.0.0"
    confirmed = boots.confirm(tried, NEW)
    assert confirmed.floor == "1.0.5"
    again = boots.confirm(boots.start(boots.offer(confirmed, NEWER, floor="0.9.0")).slots, NEWER)
    assert again.floor == "1.0.5"


def test_only_the_version_on_trial_confirms_itself() -> None:
    tried = boots.start(boots.offer(Slots(good=OLD), NEW)).slots
    assert boots.confirm(tried, OLD).good == OLD
    assert boots.confirm(tried, OLD).trial == NEW
    assert boots.confirm(tried, NEWER) == tried


def test_a_good_version_that_crashes_hours_later_gives_way_to_the_one_before() -> None:
    slots = Slots(good=NEW, before=OLD)
    for _ in range(RESTLESS_STARTS):
        chosen = boots.start(slots)
        assert chosen.version == NEW
        slots = chosen.slots
    chosen = boots.start(slots)
    assert (chosen.version, chosen.gave_up) == (OLD, NEW)
    assert chosen.slots.bad == (NEW,)


def test_calm_spells_between_starts_are_no_crash_loop() -> None:
    slots = Slots(good=NEW, before=OLD)
    for _ in range(3 * RESTLESS_STARTS):
        slots = boots.confirm(boots.start(slots).slots, NEW)
    assert slots == Slots(good=NEW, before=OLD)


def test_where_there_is_nothing_before_the_good_version_is_started_for_ever() -> None:
    slots = Slots(good=OLD)
    for _ in range(3 * RESTLESS_STARTS):
        chosen = boots.start(slots)
        assert (chosen.version, chosen.gave_up) == (OLD, "")
        slots = chosen.slots


@pytest.mark.parametrize(
    ("slots", "version", "code"),
    [
        (Slots(good=OLD), OLD, "update.runs_already"),
        (Slots(good=OLD, bad=(NEW,)), NEW, "update.known_bad"),
        (Slots(good=OLD, trial=NEW), NEWER, "update.under_way"),
        (Slots(good=OLD, trial=NEW), NEW, "update.under_way"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(slots: Slots, version: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        boots.offer(slots, version)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "wrong",
    [
        {"good": ""},
        {"good": OLD, "trial": OLD},
        {"good": OLD, "before": OLD},
        {"good": OLD, "bad": (OLD,)},
        {"good": OLD, "trial": NEW, "bad": (NEW,)},
        {"good": OLD, "boots": -1},
    ],
    ids=str,
)
def test_slots_that_contradict_themselves_are_not_built(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"slots|counts"):
        Slots(**wrong)  # type: ignore[arg-type]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("start"), st.just("")),
        st.tuples(
            st.sampled_from(["offer", "confirm", "give_up", "take_back"]),
            st.sampled_from([OLD, NEW, NEWER]),
        ),
    ),
    max_size=60,
)


@given(ACTS)
def test_whatever_happens_something_good_starts_and_nothing_bad(
    acts: list[tuple[str, str]],
) -> None:
    slots, starts_of_trial = Slots(good=OLD), 0
    for act, version in acts:
        known_bad = slots.bad
        if act == "start":
            chosen = boots.start(slots)
            assert chosen.version not in chosen.slots.bad
            assert chosen.version in {chosen.slots.good, chosen.slots.trial}
            slots = chosen.slots
        elif act == "offer":
            try:
                slots = boots.offer(slots, version)
            except Refused:
                continue
            starts_of_trial = 0
        elif act == "take_back":
            slots = boots.take_back(slots)
        else:
            slots = getattr(boots, act)(slots, version)
        assert set(known_bad) <= set(slots.bad)
        starts_of_trial = starts_of_trial + 1 if act == "start" and slots.trial else starts_of_trial
        assert starts_of_trial <= TRIAL_BOOTS or not slots.trial
