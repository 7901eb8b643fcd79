"""The Chinese name: characters and their codes decide together."""

from kiosk.document import chinese_name
from kiosk.document.chinese_name import ChineseName
from tests.support.printed import line

TABLE = {"2651": "林", "1420": "小", "2734": "梅", "7651": "林木", "2631": "枝"}


def read(characters: str, codes: str, **others: tuple[str, float]) -> ChineseName | None:
    return chinese_name.read(line(characters), line(codes, **others), TABLE)


def test_both_lines_agree() -> None:
    assert read("林小梅", "2651 1420 2734") == ChineseName("林小梅", ("2651", "1420", "2734"), 0)


def test_the_character_decides_between_two_readings_of_its_code() -> None:
    name = read("林小梅", "2631 1420 2734", at_2=("5", 0.3))
    assert name == ChineseName("林小梅", ("2651", "1420", "2734"), 0)


def test_where_they_do_not_agree_the_code_stands_and_is_unsure() -> None:
    assert read("木小梅", "2651 1420 2734") == ChineseName("林小梅", ("2651", "1420", "2734"), 1)


def test_codes_alone_tell_the_name_unsurely() -> None:
    name = read("林小", "2651 1420 2734")
    assert name is not None
    assert (name.characters, name.unsure) == ("林小梅", 3)


def test_what_is_no_character_is_left_out() -> None:
    name = read("林小~梅", "2651 1420 2734")
    assert name is not None
    assert (name.characters, name.unsure) == ("林小梅", 0)


def test_nobody_has_to_have_a_chinese_name() -> None:
    assert read("", "") == ChineseName("", (), 0)


def test_characters_without_codes_are_unsure() -> None:
    assert read("林小", "") == ChineseName("林小", (), 2)


def test_a_code_that_stands_for_nothing_is_not_read() -> None:
    assert read("林", "9999") is None


def test_codes_come_in_fours() -> None:
    assert read("林", "265") is None


def test_the_character_that_was_read_is_taken_of_several_under_one_code() -> None:
    assert read("木", "7651") == ChineseName("木", ("7651",), 0)
    assert read("林", "7651") == ChineseName("林", ("7651",), 0)
