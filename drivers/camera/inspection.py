"""Everything a frame must pass before it counts."""

from drivers.camera.camera import CameraWrongSize, Capabilities, Picture
from drivers.camera.liveliness import Liveliness
from drivers.camera.pace import Pace
from drivers.camera.steadiness import Steadiness


class Inspection:
    """Looks at the frames of one connection to a camera."""

    def __init__(self, wanted: Capabilities) -> None:
        """Look for frames as a camera was asked for them."""
        self._size = (wanted.height_px, wanted.width_px)
        self._pace = Pace()
        self._liveliness = Liveliness()
        self._steadiness = Steadiness()

    def check(self, picture: Picture, *, asked_ns: int, got_ns: int) -> None:
        """Take a frame.

        Raises:
            DeviceFaulty: it does not count; `code` says why (camera.*).
        """
        if picture.shape[:2] != self._size:
            raise CameraWrongSize("another size than the camera was asked for")
        self._liveliness.check(picture)
        self._steadiness.check(picture)
        self._pace.check(asked_ns, got_ns)
