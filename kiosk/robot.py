"""The robot citizen: looks at the real screens and touches them (not shipped).

It knows what a citizen knows: what stands on the screen, and what is on the card.
"""

import json
import socket
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2

from kiosk.stage import until
from wire.screen import Action, Screen

_PATIENCE_S = 5.0
_LOOK_S = 0.03


class Lost(AssertionError):
    """The screen is not where the citizen expected it."""


class Robot:
    """One finger and two eyes."""

    def __init__(self, path: Path, out: Path) -> None:
        """Wait for the screens behind `path`; pictures go to `out`."""
        self._out = out
        out.mkdir(parents=True, exist_ok=True)
        self._socket = socket.socket(socket.AF_UNIX)
        until(lambda: self._socket.connect_ex(str(path)) == 0, name="the screens")
        self._stream = self._socket.makefile("rwb")
        self._began = time.monotonic()
        self.steps: list[dict[str, Any]] = []
        self.by_keys = False
        """Never touch the glass: four arrows and enter do all."""

    def close(self) -> None:
        """Look away."""
        self._stream.close()
        self._socket.close()

    def ask(self, do: str, **arguments: Any) -> dict[str, Any]:
        """Ask the finger's socket.

        Raises:
            Lost: it could not do that.
        """
        self._stream.write(json.dumps({"do": do, **arguments}).encode() + b"\n")
        self._stream.flush()
        answer: dict[str, Any] = json.loads(self._stream.readline() or b'{"ok": false}')
        if not answer["ok"]:
            raise Lost(f"{do} {arguments}: {answer.get('error', 'no answer')}")
        return answer

    def see(self, screen: Screen, *, within_s: float = 60.0, variant: str = "") -> None:
        """Wait until `screen` is painted, and keep a picture of it.

        Raises:
            Lost: another screen stands there.
        """
        deadline = time.monotonic() + within_s
        while True:
            state = self.ask("state")
            if state["screen"] == screen and state["painted"] == state["sequence"]:
                break
            if time.monotonic() > deadline:
                raise Lost(f"expected {screen}, saw {state['screen']}")
            time.sleep(_LOOK_S)
        name = f"{len(self.steps) + 1:02d}-{screen.lower()}{variant and '-'}{variant}"
        ms = round((time.monotonic() - self._began) * 1000)
        self.steps.append({"screen": str(screen), "picture": f"{name}.png", "ms": ms})
        self.ask("grab", path=str(self._out / f"{name}.png"))

    def hint(self, hint: str, *, within_s: float = 10.0) -> None:
        """Wait until the screen gives that hint, and keep a picture of it.

        Raises:
            Lost: it does not.
        """
        until = time.monotonic() + within_s
        while self.ask("state")["hint"] != hint:
            if time.monotonic() > until:
                raise Lost(f"the hint {hint} did not come")
            time.sleep(_LOOK_S)
        self.picture(f"hint-{hint}")

    def asked(self, **holds: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until the screen has asked for each, in any order, and keep a picture of each.

        Raises:
            Lost: it does not.
        """
        until, left = time.monotonic() + 60, dict(holds)
        while left:
            state = self.ask("state")
            for what in [name for name, is_so in left.items() if is_so(state)]:
                del left[what]
                self.picture(f"asked-{what}")
            if time.monotonic() > until:
                raise Lost(f"the screen never asked for {' and '.join(left)}")
            time.sleep(_LOOK_S)

    def picture(self, name: str) -> None:
        """Keep a picture of what is shown right now, as part of the last step."""
        self.ask("grab", path=str(self._out / f"{len(self.steps):02d}-{name}.png"))

    def touch(self, action: Action, argument: str = "") -> None:
        """Touch a button and wait until the screens have answered.

        Raises:
            Lost: there is none like it on the screen, or it does nothing.
        """
        name = f"action:{action}" + (f":{argument}" if argument else "")
        before = self._until(lambda state: name in _names(state), f"no button {name}")
        if self.by_keys:
            self._press(name, len(before["buttons"]))
        else:
            self.ask("tap", name=name)
        sequence = before["sequence"]
        self._until(lambda state: state["sequence"] != sequence, f"{name} does nothing")

    def _press(self, name: str, buttons: int) -> None:
        """Go to a button with one arrow, and press enter."""
        # Buttons of an overlay count too, and the first key only shows the ring.
        for _ in range(buttons + 2):
            if self.ask("key", name="Right")["focus"] == name:
                self.ask("key", name="Return")
                return
        raise Lost(f"the keypad does not reach {name}")

    def _until(self, holds: Callable[[dict[str, Any]], bool], otherwise: str) -> dict[str, Any]:
        deadline = time.monotonic() + _PATIENCE_S
        while not holds(state := self.ask("state")):
            if time.monotonic() > deadline:
                raise Lost(otherwise)
            time.sleep(_LOOK_S)
        return state

    def type(self, text: str) -> None:
        """Type on the pad, key by key."""
        for key in text:
            self.touch(Action.KEY, key)
        self.touch(Action.CONTINUE)

    def until_qr(self) -> str:
        """Wait for a QR code on the screen, and return what it says.

        Raises:
            NotStarted: none comes.
        """

        def read() -> str:
            try:
                return self.read_qr()
            except Lost:
                return ""

        return str(until(read, name="a QR code"))

    def read_qr(self) -> str:
        """Return what the QR on the screen says, read from its picture.

        Raises:
            Lost: none can be read.
        """
        path = self._out / "qr.png"
        self.ask("grab", path=str(path))
        picture = cv2.imread(str(path))
        path.unlink()
        text = cv2.QRCodeDetector().detectAndDecode(picture)[0] if picture is not None else ""
        if not text:
            raise Lost("no QR code can be read from the screen")
        return text


def _names(state: dict[str, Any]) -> set[str]:
    return {button["name"] for button in state["buttons"]}


def finish_on_phone(link: str) -> str:
    """Do on the sandbox page what a citizen does on the phone; return the last page."""
    form = {"biometrics": "yes", "password": "271828", "again": "271828", "lang": "en"}
    form["email"] = "robot@example.hk"
    body = urllib.parse.urlencode(form).encode()
    with urllib.request.urlopen(link, timeout=10) as page:  # noqa: S310  (our own loopback page)
        page.read()
    with urllib.request.urlopen(link, data=body, timeout=10) as page:  # noqa: S310
        content: bytes = page.read()
    return content.decode()


def consent_on_phone(link: str) -> None:
    """Do on the sandbox page what a guardian does on a phone: read, tick, agree.

    Raises:
        urllib.error.HTTPError: the page does not take it.
    """
    form = {"is_guardian": "yes", "biometrics": "yes", "choice": "agree", "lang": "en"}
    body = urllib.parse.urlencode(form).encode()
    # The page that follows knows the phone that answered.
    phone = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    for data in (None, body):
        with phone.open(link, data=data, timeout=10) as page:
            page.read()
