"""From an empty folder to the first citizen, in one go."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from kiosk.dev import play_on
from kiosk.play import Play, expect
from kiosk.scenes import happy
from kiosk.stage import Look
from tests.provision_demo.operations import NAME, SITE, SITE_ZH
from tests.provision_demo.stage import Provisioned
from wire.screen import Language


def walk(
    out: Path,
    pictures: Path,
    look: Look,
    language: Language,
    say: Callable[[str], None],
    *,
    with_console: bool = False,
) -> dict[str, Any]:
    """Provision, let a citizen register, look for both at the fleet; return the report.

    Args:
        out: for pictures, readiness report and logs; made anew.
        pictures: of people and cards.
        look: how the screens are shown.
        language: the citizen's.
        say: is told what happens, as it happens.
        with_console: keep pictures of the fleet's console too, where there is a browser.
    """
    began = time.monotonic()

    def timed(text: str) -> None:
        say(f"{time.monotonic() - began:6.1f} s  {text}")

    def staged(folder: Path) -> Provisioned:
        return Provisioned(folder, pictures, look, timed, out)

    def scene(play: Play) -> None:
        stage = cast("Provisioned", play.stage)
        timed("the terminal's programs run, from what provisioning wrote")
        happy(play)
        timed("the first citizen has registered, and the register holds the record")
        _seen_by_the_fleet(stage)
        timed(f"the fleet shows {NAME} at {SITE_ZH}")
        if with_console:
            stage.operations.pictures(out)

    return play_on(staged, "first-citizen", scene, out, language)


def _seen_by_the_fleet(stage: Provisioned) -> None:
    told = stage.operations.hears()
    expect((told["name"], told["site"], told["district"]) == (NAME, SITE, "sha_tin"), "its place")
    expect(told["told"] is not None, "what it told is kept")
    expect(SITE in stage.operations.page(f"/terminals/{NAME}"), "its page names the site")
    expect(SITE_ZH in stage.operations.page("/sites"), "the site is called by its name")
