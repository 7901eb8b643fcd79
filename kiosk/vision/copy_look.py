"""Look for a copy: one still, then one under each of the switched lights.

Off unless lights are set up (`devices.lights`). A suspicion is a reason for staff to
look at the card, never an accusation; its error rates are those of synthetic specimens
only (docs/document.md, "Copies").
"""

from collections.abc import Callable

import numpy as np

from drivers.camera import burst
from drivers.camera.camera import Camera, Frame
from drivers.errors import DeviceError
from drivers.lights.lights import Lights
from kiosk.document import optical
from kiosk.vision import recapture
from kiosk.vision.card_finder import straightened
from kiosk.vision.print_reader import PrintReader
from wire.document import CopyCheck


class CopyLooker:
    """Takes stills of its own; keeps none."""

    def __init__(
        self,
        lights: Lights,
        reader: PrintReader,
        *,
        clock_ns: Callable[[], int],
        lag_ms: int = burst.LAG_MS,
    ) -> None:
        """Look with `lights`; `clock_ns` and `lag_ms` are those of `drivers.camera.burst.take`."""
        self._lag_ms = lag_ms
        self._lights = lights
        self._reader = reader
        self._clock_ns = clock_ns

    def look(self, camera: Camera) -> CopyCheck:
        """Return what the front under the camera looks like."""
        frames: list[Frame] = []
        try:
            frames.append(camera.read())
            corners = self._reader.upright_corners(frames[0].picture)
            if corners is None:
                return CopyCheck.NOT_MADE
            frames += burst.take(camera, self._lights, clock_ns=self._clock_ns, lag_ms=self._lag_ms)
            plain, *lit = (straightened(frame.picture, corners) for frame in frames)
        except DeviceError:
            return CopyCheck.NOT_MADE
        finally:
            for frame in frames:
                frame.picture[:] = 0
        genuine = (
            optical.varies(optical.read(np.array(lit))) and not recapture.look(plain).reasons()
        )
        return CopyCheck.NO_SIGN if genuine else CopyCheck.SUSPECTED
