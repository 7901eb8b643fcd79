"""How a camera stands, told to its watcher whenever a read changes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drivers.errors import DeviceError, DeviceFaulty
from drivers.health import DeviceStatus, Health


class Standing:
    """The status of one camera and who is told of it."""

    def __init__(self) -> None:
        self._status = DeviceStatus(Health.STARTING)
        self._tell: Callable[[DeviceStatus], None] | None = None

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._tell = on_event
        on_event(self._status)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Take what becomes of one read as the camera's status."""
        try:
            yield
        except DeviceError as error:
            faulty = isinstance(error, DeviceFaulty)
            self._become(DeviceStatus(Health.FAULTY if faulty else Health.MISSING, error.code))
            raise
        self._become(DeviceStatus(Health.READY))

    def _become(self, status: DeviceStatus) -> None:
        if status != self._status:
            self._status = status
            if self._tell is not None:
                self._tell(status)
