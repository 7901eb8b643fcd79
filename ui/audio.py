"""``python -m ui.audio --voices FOLDER``: plays clips by name; the screens' colleague.

A process of its own: a sound card that hangs never stops the screens. Orders come as JSON
lines on standard input:

- ``{"do": "say", "language": "en", "ids": ["title_SERVICE", …]}``: stop, then play these.
- ``{"do": "stop"}``, ``{"do": "pause"}``, ``{"do": "resume"}``
- ``{"do": "volume", "percent": 60}``: for what is played from now on.

Rule 1: an id is letters, digits and underscores: no order reaches another file.
Rule 2: a recorded clip (``recorded/LANGUAGE/ID.wav``) goes before a draft
(``draft/LANGUAGE/ID.wav``); an id with neither is passed over in silence.
Rule 3: clips are 16-bit WAV; the volume is applied to their samples, so that any player of
WAV on standard input will do.
"""

import argparse
import array
import contextlib
import io
import json
import os
import re
import selectors
import signal
import subprocess
import sys
import wave
from collections import deque
from pathlib import Path
from typing import Any, Final

PLAYER: Final = ["aplay", "-q", "-"]
_ID: Final = re.compile(r"[A-Za-z0-9_]{1,64}")
_LANGUAGES: Final = frozenset({"zh_HK", "zh_CN", "en"})
_KINDS: Final = ("recorded", "draft")
_LOOK_S: Final = 0.05
_CHUNK_BYTES: Final = 65_536


def clip(voices: Path, language: str, text_id: str) -> Path | None:
    """Return the file of a text, if there is one."""
    if language not in _LANGUAGES or not _ID.fullmatch(text_id):
        return None
    paths = (voices / kind / language / f"{text_id}.wav" for kind in _KINDS)
    return next((path for path in paths if path.is_file()), None)


def louder(content: bytes, percent: int) -> bytes:
    """Return a 16-bit WAV with its samples at `percent`."""
    with wave.open(io.BytesIO(content)) as source:
        form, frames = source.getparams(), source.readframes(source.getnframes())
    samples = array.array("h", frames)
    for index, sample in enumerate(samples):
        samples[index] = sample * percent // 100
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setparams(form)
        target.writeframes(samples.tobytes())
    return out.getvalue()


class Speaker:
    """Plays one clip after the other."""

    def __init__(self, voices: Path, player: list[str]) -> None:
        self._voices = voices
        self._player = player
        self._waiting: deque[Path] = deque()
        self._playing: subprocess.Popen[bytes] | None = None
        self._paused = False
        self._percent = 70

    @property
    def is_busy(self) -> bool:
        """Whether something is played or waits."""
        return self._playing is not None or bool(self._waiting)

    def do(self, order: dict[str, Any]) -> None:
        """Carry out one order; one that is not known means nothing."""
        match order:
            case {"do": "say", "language": str(language), "ids": [*ids]}:
                self.stop()
                paths = (clip(self._voices, language, str(one)) for one in ids)
                self._waiting.extend(path for path in paths if path is not None)
            case {"do": "stop"}:
                self.stop()
            case {"do": "pause"}:
                self._pause(signal.SIGSTOP, paused=True)
            case {"do": "resume"}:
                self._pause(signal.SIGCONT, paused=False)
            case {"do": "volume", "percent": int(percent)}:
                self._percent = min(max(percent, 10), 100)

    def go_on(self) -> None:
        """Begin the next clip when the last one has ended."""
        if self._playing is not None and self._playing.poll() is not None:
            self._playing = None
        if self._playing is None and self._waiting and not self._paused:
            self._play(self._waiting.popleft())

    def stop(self) -> None:
        """Fall silent at once."""
        self._waiting.clear()
        self._paused = False
        if self._playing is not None:
            self._playing.kill()
            self._playing.wait()
            self._playing = None

    def _play(self, path: Path) -> None:
        try:
            content = louder(path.read_bytes(), self._percent)
            self._playing = subprocess.Popen(self._player, stdin=subprocess.PIPE)
        except (OSError, EOFError, wave.Error):
            return
        assert self._playing.stdin is not None
        with contextlib.suppress(BrokenPipeError), self._playing.stdin as pipe:
            pipe.write(content)

    def _pause(self, number: signal.Signals, *, paused: bool) -> None:
        self._paused = paused
        if self._playing is not None and self._playing.poll() is None:
            self._playing.send_signal(number)


def serve(speaker: Speaker) -> None:
    """Take orders until standard input ends."""
    orders = selectors.DefaultSelector()
    stream = sys.stdin.fileno()
    orders.register(stream, selectors.EVENT_READ)
    rest = b""
    while True:
        if orders.select(_LOOK_S if speaker.is_busy else None):
            chunk = os.read(stream, _CHUNK_BYTES)
            if not chunk:
                break
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                with contextlib.suppress(ValueError):
                    order = json.loads(line)
                    if isinstance(order, dict):
                        speaker.do(order)
        speaker.go_on()
    speaker.stop()


def main() -> int:
    """Run until the screens go."""
    reader = argparse.ArgumentParser(prog="python -m ui.audio", description=__doc__)
    reader.add_argument("--voices", type=Path, required=True)
    reader.add_argument("--player", nargs="+", default=PLAYER, help="plays WAV on standard input")
    options = reader.parse_args()
    serve(Speaker(options.voices, options.player))
    return 0


if __name__ == "__main__":
    sys.exit(main())
