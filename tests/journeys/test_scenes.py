"""A robot citizen walks every scene through the real programs.

Each passes only if the screens, the register and the terminal end as they must, and
nothing of the citizen remains (`kiosk.leftovers`).
"""

import subprocess
import sys
from pathlib import Path

import pytest

from drivers.card.personalise.virtual_reader import why_not
from kiosk.dev import play
from kiosk.scenes import SCENES
from kiosk.stage import Look
from tests.support.faces import folder_of_pictures
from wire.screen import Language

pytestmark = [
    pytest.mark.server,
    pytest.mark.screen,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a virtual reader"),
]


NIGHTLY = {"mute-card", "truncated-card", "register-rubbish", "camera-blank", "replay-attack"}
NIGHTLY |= {"no-face", "old-card", "look-around", "torn-card", "register-slow", "camera-unplugged"}
NIGHTLY |= {"happy", "copy", "typed"}  # `test_first_citizen` walks the first each time
NIGHTLY |= {"keypad", "minor", "bad-card", "paper-out", "staff", "vision-crash", "wrong-face"}
"""Scenes like another one that is walked each time; ``pytest -m night`` walks them too."""


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(scene, marks=[pytest.mark.night] if scene in NIGHTLY else [])
        for scene in SCENES
    ],
)
def test_the_scene_ends_as_it_must_and_leaves_nothing(scene: str, tmp_path: Path) -> None:
    pictures = folder_of_pictures(with_stranger=scene == "wrong-face")
    report = play(scene, tmp_path / "out", pictures, Look(), Language.EN)
    assert report.get("why", "") == ""
    assert report["left_behind"] == []
    assert report["preview_is_zero"]
    assert report["verdict"] == "passed"


@pytest.mark.night  # `test_first_citizen` walks it each time, in Chinese
@pytest.mark.parametrize("language", [Language.ZH_HK, Language.ZH_CN])
def test_a_citizen_registers_in_each_language(language: Language, tmp_path: Path) -> None:
    look = Look("1920x1080", "476x268")
    report = play("happy", tmp_path / "out", folder_of_pictures(), look, language)
    assert report.get("why", "") == ""
    assert report["verdict"] == "passed"


def test_an_unknown_scene_is_refused_with_the_known_ones() -> None:
    command = [sys.executable, "-m", "kiosk.dev", "--scene", "nonsense"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "walk-away" in refused.stderr
