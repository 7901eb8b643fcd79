"""The screens' end of the pipe to the audio helper.

Rule: a helper that ends is started again; what it was saying is lost, never the screens.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QProcess, QTimer

_AGAIN_MS: Final = 1_000
_END_MS: Final = 1_000


class AudioLink(QObject):
    """Starts ``python -m ui.audio`` and sends it orders."""

    def __init__(self, voices: Path, player: list[str] | None = None) -> None:
        """Start the helper.

        Args:
            voices: folder of the clips.
            player: what plays WAV on standard input; the helper's own choice without it.
        """
        super().__init__()
        self._arguments = ["-m", "ui.audio", "--voices", str(voices)]
        self._arguments += ["--player", *player] if player else []
        self._is_closing = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._start)
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.finished.connect(self._ended)
        self._start()

    def send(self, order: dict[str, Any]) -> None:
        """Send one order; while the helper is away it is lost."""
        if self._process.state() is QProcess.ProcessState.Running:
            self._process.write(json.dumps(order).encode() + b"\n")

    def close(self) -> None:
        """Let the helper end: its standard input does."""
        self._is_closing = True
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(_END_MS):
            self._process.kill()
            self._process.waitForFinished(_END_MS)

    @property
    def is_running(self) -> bool:
        """Whether the helper is there."""
        return self._process.state() is QProcess.ProcessState.Running

    def kill(self) -> None:
        """End the helper at once; the next one follows."""
        self._process.kill()

    def _start(self) -> None:
        self._process.start(sys.executable, self._arguments)

    def _ended(self) -> None:
        if not self._is_closing:
            self._again.start(_AGAIN_MS)
