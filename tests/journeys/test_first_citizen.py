"""A machine with nothing on it is provisioned, and a citizen registers at it.

The terminal's programs start from what provisioning wrote and from nothing else; the citizen's
walk is the one of `test_scenes`, in Chinese and on a panel that lies on its side.
"""

import json
from pathlib import Path

import pytest

from drivers.card.personalise.virtual_reader import why_not
from kiosk.stage import Look
from tests.provision_demo.walk import walk
from tests.support.faces import folder_of_pictures
from wire.screen import Language

pytestmark = [
    pytest.mark.server,
    pytest.mark.screen,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a virtual reader"),
]


def test_an_empty_folder_becomes_a_terminal_and_its_first_citizen_registers(tmp_path: Path) -> None:
    look, out = Look("1920x1080", "476x268"), tmp_path / "out"
    said: list[str] = []
    report = walk(out, folder_of_pictures(), look, Language.ZH_HK, said.append)
    assert report.get("why", "") == "", "\n".join(said)
    assert report["left_behind"] == []
    assert report["preview_is_zero"]
    assert report["verdict"] == "passed"
    # What was handed over with the terminal: a report that holds, and says that it is ready.
    assert json.loads((out / "readiness.json").read_bytes())["ready"] is True
    assert (out / "readiness.pdf").read_bytes().startswith(b"%PDF-")
