"""Pictures as hashes: the same everywhere, and a change is found, named and shown."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from ui import baseline
from ui.easel import Easel
from ui.samples import SAMPLES
from ui.words import Words
from wire.screen import Language

pytestmark = pytest.mark.screen

USERS_OWN = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><match target="font">
<edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
<edit name="rgba" mode="assign"><const>rgb</const></edit>
<edit name="autohint" mode="assign"><bool>true</bool></edit>
</match></fontconfig>
"""
FEW = ["--only", "language", "--panels", "portrait", "--languages", "zh_HK", "--modes", "normal"]


def plain(colour: str = "#FFFFFF", width: int = 40) -> QImage:
    picture = QImage(QSize(width, 20), QImage.Format.Format_RGB32)
    picture.fill(QColor(colour))
    return picture


def drawn(folder: Path, **environment: str) -> dict[str, str]:
    """Draw one screen in a process of its own, and return its hashes."""
    hashes = folder / "pictures.toml"
    command = [sys.executable, "-m", "ui.gallery", str(folder), *FEW, "--renew", str(hashes)]
    subprocess.run(command, check=True, env=os.environ | environment, capture_output=True)
    pictures: dict[str, str] = tomllib.loads(hashes.read_text())["pictures"]
    return pictures


@pytest.mark.slow
def test_a_picture_is_the_same_whatever_the_machine_and_its_user_prefer(tmp_path: Path) -> None:
    config = tmp_path / "config" / "fontconfig"
    config.mkdir(parents=True)
    (config / "fonts.conf").write_text(USERS_OWN)
    here = drawn(tmp_path / "here")
    assert here
    assert here == drawn(
        tmp_path / "there",
        XDG_CONFIG_HOME=str(tmp_path / "config"),
        FONTCONFIG_FILE=str(config / "fonts.conf"),
        QT_NO_CPU_FEATURE="avx2 avx sse4.2 sse4.1 ssse3",
        LC_ALL="C",
    )


def test_a_picture_is_the_same_whatever_was_drawn_before_it(words: Words) -> None:
    by_name = {sample.name: sample for sample in SAMPLES}
    easel = Easel("portrait", words)
    order = ["sending", "reading_card", "sending", "place_card-nothing", "sending"]
    hashes = [
        (name, baseline.pixels_hash(easel.draw(by_name[name], Language.ZH_HK))) for name in order
    ]
    easel.close()
    assert len(set(hashes)) == len(set(order))


def test_a_hash_is_of_the_pixels_alone() -> None:
    assert baseline.pixels_hash(plain()) == baseline.pixels_hash(
        plain().convertToFormat(QImage.Format.Format_ARGB32)
    )
    other = plain()
    other.setPixelColor(39, 19, QColor("#FEFFFF"))
    assert baseline.pixels_hash(plain()) != baseline.pixels_hash(other)


def test_what_changed_is_new_or_gone_is_named() -> None:
    was, now = {"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "0", "d": "4"}
    assert baseline.differences(was, now, whole=True) == {
        "b": "has changed",
        "c": "is drawn no more",
        "d": "is not in the baseline",
    }
    assert "c" not in baseline.differences(was, now, whole=False)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pictures.toml"
    baseline.write(path, {"qt": "6"}, {"b": "2", "a": "1"})
    assert baseline.read(path) == ({"qt": "6"}, {"a": "1", "b": "2"})
    path.write_text("nothing")
    with pytest.raises(baseline.BadBaseline):
        baseline.read(path)


def test_what_differs_is_red_beside_both_pictures() -> None:
    after = plain()
    after.setPixelColor(5, 7, QColor("#000000"))
    sheet = baseline.side_by_side(plain(), after)
    third = 2 * (40 + 16)
    assert sheet.pixelColor(5, 7) == QColor("#FFFFFF")
    assert sheet.pixelColor(56 + 5, 7) == QColor("#000000")
    assert sheet.pixelColor(third + 5, 7) == QColor("#D00000")
    assert sheet.pixelColor(third + 6, 7) == QColor("#FFFFFF")


def test_a_part_is_renewed_and_the_rest_stays_unless_something_else_drew_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "pictures.toml"
    assert baseline.kept(path) == {}
    baseline.write(path, baseline.drawn_by(), {"a": "1"})
    assert baseline.kept(path) == {"a": "1"}
    baseline.write(path, baseline.drawn_by() | {"qt": "0"}, {"a": "1"})
    assert baseline.kept(path) == {}
