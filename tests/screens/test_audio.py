"""The audio helper, as its own process; a recorder stands where the sound card would."""

import stat
import sys
import wave
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.audio import clip, louder
from ui.audio_link import AudioLink

pytestmark = pytest.mark.screen

RECORDER = """#!{python}
import io, pathlib, sys, time, wave
content = sys.stdin.buffer.read()
folder = pathlib.Path({folder!r})
with wave.open(io.BytesIO(content)) as clip:
    first = int.from_bytes(clip.readframes(1), "little", signed=True)
with (folder / "heard").open("a") as heard:
    heard.write(f"{{first}}\\n")
while (folder / "long").exists():
    time.sleep(0.01)
"""


def write_clip(path: Path, sample: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 22_050, 1, "NONE", ""))
        out.writeframes(sample.to_bytes(2, "little", signed=True) * 10)


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    write_clip(tmp_path / "draft" / "en" / "help.wav", 1_000)
    write_clip(tmp_path / "draft" / "en" / "cancel.wav", 2_000)
    write_clip(tmp_path / "recorded" / "en" / "cancel.wav", 3_000)
    return tmp_path


@pytest.fixture
def player(tmp_path: Path) -> list[str]:
    path = tmp_path / "recorder"
    path.write_text(RECORDER.format(python=sys.executable, folder=str(tmp_path)))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return [str(path)]


def heard(voices: Path) -> list[int]:
    path = voices / "heard"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_clips_are_played_in_order_recordings_before_drafts(
    qtbot: QtBot, voices: Path, player: list[str]
) -> None:
    audio = AudioLink(voices, player)
    qtbot.waitUntil(lambda: audio.is_running)
    audio.send({"do": "volume", "percent": 100})
    audio.send({"do": "say", "language": "en", "ids": ["help", "none", "cancel"]})
    qtbot.waitUntil(lambda: heard(voices) == [1_000, 3_000], timeout=15_000)
    audio.close()
    assert not audio.is_running


def test_the_next_thing_said_interrupts(qtbot: QtBot, voices: Path, player: list[str]) -> None:
    (voices / "long").touch()
    audio = AudioLink(voices, player)
    qtbot.waitUntil(lambda: audio.is_running)
    audio.send({"do": "volume", "percent": 100})
    audio.send({"do": "say", "language": "en", "ids": ["help", "help", "help"]})
    qtbot.waitUntil(lambda: heard(voices) == [1_000], timeout=15_000)
    audio.send({"do": "say", "language": "en", "ids": ["cancel"]})
    qtbot.waitUntil(lambda: heard(voices) == [1_000, 3_000], timeout=15_000)
    audio.close()


def test_a_helper_that_ends_is_started_again(qtbot: QtBot, voices: Path, player: list[str]) -> None:
    audio = AudioLink(voices, player)
    qtbot.waitUntil(lambda: audio.is_running)
    audio.kill()
    qtbot.waitUntil(lambda: not audio.is_running)
    qtbot.waitUntil(lambda: audio.is_running, timeout=10_000)
    audio.send({"do": "say", "language": "en", "ids": ["help"]})
    qtbot.waitUntil(lambda: heard(voices) == [700], timeout=15_000)
    audio.close()


@pytest.mark.parametrize("text_id", ["../help", "help.wav", "/etc/passwd", "", "a" * 65])
def test_no_id_reaches_another_file(voices: Path, text_id: str) -> None:
    assert clip(voices, "en", text_id) is None
    assert clip(voices, "..", "help") is None
    assert clip(voices, "en", "help") is not None


def test_softer_is_softer(voices: Path) -> None:
    content = (voices / "draft" / "en" / "help.wav").read_bytes()
    assert louder(content, 100) == content
    assert louder(content, 50)[44:46] == (500).to_bytes(2, "little", signed=True)
