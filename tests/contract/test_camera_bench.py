"""`python -m drivers camera`: what is there, or the code of what is wrong."""

import json
import subprocess
import sys

import pytest

from drivers.camera.simulated import Scene
from tests.contract.test_camera import served

pytestmark = pytest.mark.server


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "drivers", "camera", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_says_which_camera_is_there_and_refuses_another_one() -> None:
    with served(Scene()) as address:
        found = json.loads(bench(address, "--frames", "10", "--json").stdout)
        assert (found["width_px"], found["height_px"]) == (1280, 720)
        assert found["controls_exposure"]
        assert bench(address, "--identity", found["identity"], "--frames", "2").returncode == 0
        other = bench(address, "--identity", "another")
    assert (other.returncode, other.stderr.split(":")[0]) == (1, "camera.changed")
    assert "Traceback" not in other.stderr


def test_no_camera_is_said_by_its_code() -> None:
    refused = bench("/dev/video-none")
    assert (refused.returncode, refused.stderr.split(":")[0]) == (1, "camera.missing")
