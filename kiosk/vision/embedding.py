"""Ask the embedding process: a face chip goes over, its descriptor comes back."""

import threading
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from drivers.errors import DeviceTimeout
from drivers.host import Child

_START_S = 30.0
_ANSWER_S = 10.0


class Embedder:
    """A context manager: in the block the network is loaded."""

    def __init__(self) -> None:
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._asking = threading.Lock()

    def __enter__(self) -> Self:
        """Start the process and wait until the network is loaded.

        Raises:
            DeviceTimeout: it did not load.
        """
        self._child = Child(
            "kiosk.vision.embedder",
            on_message=self._answers.put,
            on_end=lambda _: self._answers.put(b""),
        )
        self._answer(_START_S)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.close()

    def embed(self, chip: Picture) -> NDArray[np.float64]:
        """Return the 128 numbers of a face chip; any number of threads may ask.

        Raises:
            DeviceTimeout: the process died or hangs.
        """
        with self._asking:
            self._child.send(chip.tobytes())
            return np.frombuffer(self._answer(_ANSWER_S), np.float64)

    def _answer(self, within_s: float) -> bytes:
        try:
            answer = self._answers.get(timeout=within_s)
        except Empty:
            raise DeviceTimeout("no descriptor in time") from None
        if not answer:
            raise DeviceTimeout("the embedding process ended")
        return answer
