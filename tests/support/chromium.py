"""Drives a headless Chromium over its debugging pipe: no port, no other library.

Source: the Chrome DevTools protocol; ``--remote-debugging-pipe`` reads commands from
descriptor 3 and writes answers to 4, each message ended by a zero byte.
"""

import base64
import contextlib
import fcntl
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


_NAMED = frozenset(
    {"button", "link", "textbox", "searchbox", "spinbutton", "combobox", "checkbox", "image"}
    | {"region", "navigation", "heading", "columnheader", "rowheader", "RootWebArea"}
)


_PALE = """
(() => {
  const parts = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = parts(getComputedStyle(one).backgroundColor);
      if (color.length === 3 || color[3] === 1) { return color; }
    }
    return [255, 255, 255];
  };
  const pale = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const drawn = element.closest("svg, script, option, .skip") || !box.width || box.right < 0;
    if (!text || drawn) { continue; }
    const [a, b] = [light(parts(style.color)), light(ground(element))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
    if ((a + 0.05) / (b + 0.05) < least) { pale.push(text.slice(0, 40)); }
  }
  return pale;
})()
"""


_AXE_RUNS = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`)))
"""


def _axe() -> str:
    """Return axe-core as its package carries it; that package itself is not imported.

    Source: axe-core 4 by Deque Systems, MPL-2.0, in axe-playwright-python (MIT).
    """
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.submodule_search_locations is not None
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


class Browser:
    """One page in one browser."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to = os.fdopen(to_browser, "wb", buffering=0)
        self._from = os.fdopen(from_browser, "rb")
        self._number = 0
        self._session = ""
        self._pending = b""
        self.complaints: list[str] = []
        """Whatever the browser objected to: errors of scripts, refusals by the policy."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self._call(f"{domain}.enable")

    def close(self) -> None:
        """Close the pipes."""
        self._to.close()
        self._from.close()

    def open(self, url: str) -> None:
        """Go to `url` and wait until all of it is there."""
        self._call("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def cookie(self, url: str, name: str, value: str) -> None:
        """Have a cookie for `url`."""
        self._call("Network.setCookie", url=url, name=name, value=value)

    def until(self, condition: str, *, tries: int = 400) -> None:
        """Wait until a script's condition holds."""
        wait = f"new Promise(r => setTimeout(() => r(Boolean({condition})), 25))"
        for _ in range(tries):
            with contextlib.suppress(LookupError):
                if self.run(wait):
                    return
        raise AssertionError(f"never: {condition}")

    def run(self, script: str) -> Any:
        """Return what a script comes to.

        Raises:
            LookupError: the page went away meanwhile.
        """
        result = self._call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"]["text"])
        return result["result"].get("value")

    def screen(self, width: int, height: int, *, dark: bool = False, phone: bool = False) -> None:
        """Be so large, and light or dark."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def unnamed(self) -> list[str]:
        """Return what the accessibility tree has without a name and must not.

        Source: WCAG 2.2, 1.1.1 and 4.1.2; WAI-ARIA 1.2, roles that need a name.
        """
        nodes = self._call("Accessibility.getFullAXTree")["nodes"]
        return [
            node["role"]["value"]
            for node in nodes
            if not node.get("ignored")
            and node["role"]["value"] in _NAMED
            and not node.get("name", {}).get("value", "").strip()
        ]

    def pale(self) -> list[str]:
        """Return texts with too little contrast to what they stand on.

        Source: WCAG 2.2, 1.4.3: 4.5 to 1, and 3 to 1 for large text.
        """
        found: list[str] = self.run(_PALE)
        return found

    def objections_of_axe(self) -> list[str]:
        """Return what axe-core finds wrong with the page as it is now; its default rules."""
        if not self.run("'axe' in window"):
            self.run(f"{_axe()};0")
        found: list[str] = self.run(_AXE_RUNS)
        return found

    def picture(self, path: Path) -> None:
        """Keep a picture of the whole page."""
        data = self._call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def _call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise LookupError(answer["error"]["message"])
                return answer["result"]
            self._hear(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._pending:
            piece = os.read(self._from.fileno(), 1 << 16)
            assert piece, "the browser went away"
            self._pending += piece
        message, _, self._pending = self._pending.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    def _hear(self, event: dict[str, Any]) -> None:
        if event.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(event["params"]["exceptionDetails"]["text"])
        if event.get("method") == "Log.entryAdded":
            entry = event["params"]["entry"]
            if entry["level"] in {"error", "warning"}:
                self.complaints.append(entry["text"])


def _pipe() -> tuple[int, int]:
    """Return a pipe whose descriptors are none of the two that the browser wants."""
    ends = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in ends]
    for end in ends:
        os.close(end)
    return high[0], high[1]


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Run a browser until the block ends."""
    to_read, to_write = _pipe()
    from_read, from_write = _pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [PROGRAM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        command += ["--disable-dev-shm-usage", "--remote-debugging-pipe"]
        command += ["--disable-background-networking", f"--user-data-dir={profile}"]
        # The browser wants the two pipes as 3 and 4; a shell puts them there.
        joined = f'exec "$@" 3<&{to_read} 4>&{from_write}'
        process = subprocess.Popen(
            ["/bin/bash", "-c", joined, "bash", *command],
            pass_fds=(to_read, from_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(from_write)
        page = None
        try:
            page = Browser(to_write, from_read)
            yield page
        finally:
            if page is not None:
                page.close()
            process.terminate()
            process.wait(20)
