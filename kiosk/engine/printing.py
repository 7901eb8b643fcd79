"""The receipt printer on a thread of its own: printing blocks, the flow must not."""

import threading
from collections.abc import Callable
from queue import SimpleQueue

from drivers.errors import DeviceError
from drivers.health import DeviceStatus
from drivers.printer.printer import Bitmap, Printer


class PrintingThread:
    """Takes one bitmap after the other."""

    def __init__(
        self,
        printer: Printer,
        *,
        on_status: Callable[[DeviceStatus], None],
        on_done: Callable[[str], None],
    ) -> None:
        """Begin to watch the printer.

        Args:
            printer: owned from now on.
            on_status: its health, level-triggered, on another thread.
            on_done: after each bitmap, the failure code or an empty text, on the
                printing thread.
        """
        self._printer = printer
        self._on_done = on_done
        self._orders: SimpleQueue[Bitmap | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="printing", daemon=True)
        self._thread.start()
        printer.watch(on_status)

    def print(self, bitmap: Bitmap) -> None:
        """Queue a bitmap; `on_done` follows."""
        self._orders.put(bitmap)

    def close(self) -> None:
        """Finish what was queued, then let the printer go."""
        self._orders.put(None)
        self._thread.join()
        self._printer.close()

    def _work(self) -> None:
        while (bitmap := self._orders.get()) is not None:
            code = ""
            try:
                self._printer.print_bitmap(bitmap)
            except DeviceError as error:
                code = error.code
            self._on_done(code)
