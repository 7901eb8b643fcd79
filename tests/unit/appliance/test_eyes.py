"""The robot citizen's eyes read what stands on a panel, whatever it stands on."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.appliance.eyes import Line, find, read

_CREAM, _INK, _GREEN = (252, 248, 240), (26, 46, 46), (12, 108, 98)


def _page(path: Path) -> Path:
    """Draw a page as the terminal's are: a heading, a framed and a dark button side by side."""
    page = Image.new("RGB", (720, 1280), _CREAM)
    draw = ImageDraw.Draw(page)

    def say(text: str, at: tuple[int, int], size: float, colour: tuple[int, int, int]) -> None:
        font = ImageFont.load_default(size)
        draw.text(at, text, colour, font, anchor="mm", stroke_width=size > 40)

    say("Move a little to your", (300, 830), 54, _INK)
    say("right", (100, 892), 54, _INK)
    draw.rounded_rectangle((38, 1020, 352, 1100), 14, "white", _GREEN, 2)
    draw.rounded_rectangle((368, 1020, 682, 1100), 14, _GREEN)
    say("I will do it later", (195, 1060), 26, _INK)
    say("My phone is done", (525, 1060), 28, (255, 255, 255))
    page.save(path)
    return path


def _near(line: Line | None, x: float, y: float) -> bool:
    return line is not None and abs(line.x - x) < 0.05 and abs(line.y - y) < 0.02


def test_words_are_read_on_light_and_dark_buttons_and_found_where_they_stand(
    tmp_path: Path,
) -> None:
    lines = read(_page(tmp_path / "page.png"))
    assert _near(find(lines, "I will do it later"), 0.27, 0.83)
    assert _near(find(lines, "My phone is done"), 0.73, 0.83)
    assert _near(find(lines, "Move a little to your right"), 0.42, 0.65)


def test_what_is_above_is_left_out_and_what_is_below_stands_where_it_stood(tmp_path: Path) -> None:
    lines = read(_page(tmp_path / "page.png"), below=0.75)
    assert find(lines, "Move a little") is None
    assert _near(find(lines, "My phone is done"), 0.73, 0.83)


def test_a_file_that_is_no_picture_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(b"")
    assert read(tmp_path / "page.png") == []
