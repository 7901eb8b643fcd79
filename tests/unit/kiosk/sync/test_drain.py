"""Foreign log lines become templates of known words; nothing else of them is left."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.sync.drain import MOST_TEMPLATES, Miner, template_of
from tests.support.foreign_lines import FORMS, lines
from wire.checkin import MOST_WORDS, Source
from wire.log_words import ANYTHING, NUMBERS, WORDS, said

NAMES = """
chan wong lee lam cheung leung lau chow kwok tang fung tsang hui yip tse tsui wan mak kwan poon
law lai fong mok sin sze tam tong yau yuen yung chin ting wai sum sun long ping king man kit kin
ming pak hung tin ken may will mark bill rob jack dean grant art max mac ray rose grace hope joy
faith dawn ivy june april august summer amy ann anna annie bob carl dan eva eric fan fok gary
ivan jan jay jen jim joe john kay kim kong leo lily liu luk lui mary mei ngai pang paul peter
pui ron sam shek siu sue suk tai ted tim tom tony tung vic wing winnie yan yee yeung ying yiu
yuk zhang wang chen yang zhao huang zhou hong
"""


def test_no_word_that_may_be_said_is_a_name_or_too_short_to_be_anything_else() -> None:
    assert not set(WORDS) & set(NAMES.split())
    assert [word for word in WORDS if len(word) < 3] == []
    assert len(set(WORDS)) == len(WORDS)


def test_every_word_of_the_list_is_found_in_a_line() -> None:
    unfound = [word for word in WORDS[1:] if template_of(f"({word.upper()}):") != (NUMBERS[word],)]
    assert unfound == []


def test_known_words_keep_their_number_for_ever() -> None:
    # Numbers stand on disks and in tables: this may grow at its end, and change nowhere.
    known = ("<*>", "abort", "usb", "zone", "checksumming")
    assert [NUMBERS[word] for word in known] == [0, 1, 793, 846, 923]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "usb 1-1.2: reset full-speed USB device number 5 using xhci_hcd",
            "usb <*> reset full-speed usb device number <*> using xhci_hcd",
        ),
        (
            "00000123 ccid_usb.c:871:WriteUSB() write failed (1/2): LIBUSB_ERROR_NO_DEVICE",
            "<*> writeusb write failed <*> libusb_error_no_device",
        ),
        (
            "EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2: comm python3: reading",
            "ext4-fs error device <*> ext4_find_entry <*> inode <*> comm <*> reading",
        ),
        ("A123456(3) CHAN Tai Man 陳大文", "<*>"),
        ("", "<*>"),
    ],
)
def test_a_line_is_what_of_it_is_known(line: str, words: str) -> None:
    assert said(template_of(line)) == words


@given(st.text(max_size=300))
@example("usb CANARY-A123456(3) failed: CHAN-CANARY Tai Man")
@example("error\x00A123456(3)")
def test_whatever_a_line_holds_only_words_of_the_list_are_left(line: str) -> None:
    template = template_of(line)
    assert 1 <= len(template) <= MOST_WORDS
    assert all(0 <= word < len(WORDS) for word in template)
    assert all(one or other for one, other in pairwise(template))


def test_a_canary_in_every_place_of_a_line_is_nowhere_in_what_is_kept() -> None:
    miner = Miner()
    canaries = (
        "CANARY",
        "A123456(3)",
        "陳大文",
        "Z684321A",
        "1990-01-02",
        "Tai_Man",
        "canary@x.hk",
    )
    for form in FORMS:
        parts = form.split()
        for place in range(len(parts)):
            for canary in canaries:
                miner.add(Source.KERNEL, " ".join([*parts[:place], canary, *parts[place + 1 :]]))
    kept = msgspec.msgpack.encode(miner.groups())
    told = " ".join(said(group.words) for group in miner.groups())
    for canary in canaries:
        assert canary.encode() not in kept
        assert canary.casefold() not in told


def test_lines_that_differ_in_known_words_become_one_template_and_are_counted() -> None:
    miner = Miner()
    for speed in ("full-speed", "high-speed", "low-speed", "high-speed"):
        miner.add(Source.KERNEL, f"usb 1-1: reset {speed} USB device number 5 using xhci_hcd")
    shown = {said(group.words): group.times for group in miner.groups()}
    assert shown == {"usb <*> reset <*> usb device number <*> using xhci_hcd": 3}


def test_what_was_said_under_the_narrower_form_is_not_counted_twice() -> None:
    miner = Miner()
    for _ in range(3):
        miner.add(Source.KERNEL, "usb device reset done")
    miner.add(Source.KERNEL, "usb device reset failed")
    miner.add(Source.KERNEL, "usb device reset done")
    assert [(said(group.words), group.times) for group in miner.groups()] == [
        ("usb device reset <*>", 2)
    ]


def test_two_sources_that_say_the_same_are_two() -> None:
    miner = Miner()
    miner.add(Source.KERNEL, "device removed")
    miner.add(Source.PCSCD, "device removed")
    assert len(miner.groups()) == 2


def test_twenty_forms_of_lines_are_told_apart() -> None:
    miner = Miner()
    for line in lines(4000, seed=7):
        miner.add(Source.KERNEL, line)
    # Each form's lines are of one template, and no template is of two forms.
    assert len(miner.groups()) == len(FORMS) == 20


def test_what_was_mined_goes_on_where_it_stood() -> None:
    whole, first = Miner(), Miner()
    some = list(lines(400, seed=3))
    for line in some:
        whole.add(Source.KERNEL, line)
    for line in some[:200]:
        first.add(Source.KERNEL, line)
    second = Miner(first.groups(), lines=first.lines)
    for line in some[200:]:
        second.add(Source.KERNEL, line)
    assert sorted(map(str, second.groups())) == sorted(map(str, whole.groups()))


def test_a_log_that_says_ever_new_things_does_not_grow_without_end() -> None:
    miner = Miner()
    known = [word for word in WORDS if word != WORDS[ANYTHING]]
    for index, word in enumerate(known):
        miner.add(Source.KERNEL, f"{word} {known[index - 1]} {known[index - 2]}")
    assert len(miner.groups()) == MOST_TEMPLATES
    # The newest are there.
    assert known[-1] in said(max(miner.groups(), key=lambda group: group.seen).words)
