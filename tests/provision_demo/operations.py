"""Operations at their console: make the slip, look for the new terminal."""

import contextlib
import html
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx

from fleet.console.guard import COOKIE
from fleet.health.presence import Presence
from fleet.identity.__main__ import main as fleet_identity
from tests.support.chromium import PROGRAM, browser
from tests.support.fleet_server import RunningFleet

NAME: Final = "terminal-71"
SITE: Final = "sha_tin_library"
SITE_EN, SITE_ZH = "Sha Tin Library", "沙田圖書館"
TOKEN: Final = "a-token-of-at-least-24-letters"
_HERE: Final = {"Sec-Fetch-Site": "same-origin"}
_CODE: Final = re.compile(r'<code class="secret">([^<]+)</code>')
_LOOK_S: Final = 0.2
_PATIENCE_S: Final = 60.0


class Operations:
    """Somebody who is signed in."""

    def __init__(self, fleet: RunningFleet, client: httpx.Client) -> None:
        """Work at the console of `fleet` by a client that has its cookie."""
        self._fleet = fleet
        self._client = client

    def slip(self) -> str:
        """Add the site to the inventory, and return the code of a slip for its terminal."""
        with contextlib.redirect_stdout(io.StringIO()):
            named = ["--name-en", SITE_EN, "--name-zh", SITE_ZH, "--district", "sha_tin"]
            added = fleet_identity(["site", SITE, *named, "--data", str(self._fleet.data)])
        assert added == 0
        made = self._client.post("/claims", data={"terminal": NAME, "site": SITE, "minutes": "15"})
        code = _CODE.search(made.raise_for_status().text)
        assert code is not None, made.text
        return html.unescape(code[1])

    def page(self, path: str) -> str:
        """Return a page of the console, in Chinese."""
        return self._client.get(path, params={"lang": "zh_HK"}).raise_for_status().text

    def told(self) -> dict[str, Any]:
        """Return what the fleet tells programs of the terminal."""
        answer = self._client.get(f"/api/v1/terminals/{NAME}").raise_for_status()
        told: dict[str, Any] = answer.json()
        return told

    def hears(self) -> dict[str, Any]:
        """Wait until the fleet says that the terminal is online; return what it tells of it then.

        Raises:
            AssertionError: it does not.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while (told := self.told())["presence"] != Presence.ONLINE:
            assert time.monotonic() < deadline, told
            time.sleep(_LOOK_S)
        return told

    def pictures(self, out: Path) -> None:
        """Keep what a browser shows, where there is one."""
        if not PROGRAM:
            return
        url = str(self._client.base_url).rstrip("/")
        with browser() as shown:
            shown.cookie(url, COOKIE, self._client.cookies[COOKIE])
            shown.screen(1280, 900)
            for name, path in (("terminal", f"/terminals/{NAME}"), ("claims", "/claims")):
                shown.open(f"{url}{path}?lang=zh_HK")
                shown.picture(out / f"console-{name}.png")


@contextlib.contextmanager
def signed_in(fleet: RunningFleet) -> Iterator[Operations]:
    """Sign in at the console of `fleet`, whose token lies in its folder."""
    url = f"http://127.0.0.1:{fleet.console_port}"
    with httpx.Client(base_url=url, headers=_HERE, timeout=30) as client:
        form = {"token": TOKEN, "reason": "a new terminal"}
        client.post("/sign-in", data=form).raise_for_status()
        yield Operations(fleet, client)
