"""The cameras as the engine sees them: a vision process that may crash at any time."""

from collections.abc import Callable

from kiosk.audit import note
from kiosk.engine.listening import Listening
from kiosk.engine.supervised import Supervised
from wire.audit_events import AuditEvent
from wire.child import ChildName
from wire.document import PrintRead, PrintUnreadable
from wire.failures import Failure
from wire.framing import BadMessage, decode, encode
from wire.message import DeviceState
from wire.vision import (
    Asked,
    Camera,
    CameraChanged,
    Coloured,
    Compared,
    DocumentHint,
    Forget,
    FromVision,
    Hint,
    Photo,
    Presented,
    ToVision,
    VisionForgot,
    VisionReady,
)


class VisionDevice:
    """Both cameras behind one vision process."""

    def __init__(
        self,
        listener: Listening,
        forgot: Callable[[], None],
        start: Callable[[Callable[[bytes], None], Callable[[int], None]], Supervised],
    ) -> None:
        """Start the vision process.

        Args:
            listener: told everything of a session.
            forgot: called when nothing of a session is held there any more.
            start: builds the supervised child from its message and end callbacks.
        """
        self._listener = listener
        self._forgot = forgot
        self.ready = False
        self.states = dict.fromkeys(Camera, (DeviceState.STARTING, ""))
        self._process = start(self._take, self._ended)

    def send(self, message: ToVision) -> None:
        """Tell the vision process what to do."""
        self._process.send(encode(message))

    def forget(self) -> None:
        """Order everything of the session dropped; `forgot` follows."""
        self.send(Forget())

    def kill(self) -> None:
        """End a process that does not answer: with it goes all it held."""
        self._process.kill()

    def close(self) -> None:
        """End the vision process."""
        self._process.close()

    def _take(self, body: bytes) -> None:
        try:
            message: FromVision = decode(body, FromVision)
        except BadMessage:
            self._process.kill()
            return
        match message:
            case VisionReady():
                self.ready = True
                self._listener.vision_ready()
            case CameraChanged(camera=camera, state=state, code=code):
                self._become(camera, state, code)
            case VisionForgot():
                self._forgot()
            case DocumentHint() | PrintRead() | PrintUnreadable():
                self._card_news(message)
            case _:
                self._face_news(message)

    def _card_news(self, message: DocumentHint | PrintRead | PrintUnreadable) -> None:
        match message:
            case DocumentHint(hint=hint):
                self._listener.document_hint(hint)
            case PrintRead():
                self._listener.print_read(message)
            case PrintUnreadable():
                self._listener.print_unreadable()

    def _face_news(self, message: Hint | Asked | Coloured | Presented | Photo | Compared) -> None:
        match message:
            case Asked(challenge=challenge, progress=progress):
                self._listener.asked(challenge, progress)
            case Coloured(rgb=rgb):
                self._listener.coloured(rgb)
            case Presented():
                self._listener.presented(message)
            case Hint(hint=hint, seconds_left=left):
                self._listener.face_hint(hint, left)
            case Photo(jpeg=jpeg):
                self._listener.photo_taken(jpeg)
            case Compared():
                self._listener.compared(message)

    def _become(self, camera: Camera, state: DeviceState, code: str) -> None:
        if self.states[camera] != (state, code):
            self.states[camera] = (state, code)
            self._listener.camera_changed(camera, state, code)

    def _ended(self, status: int) -> None:
        note(AuditEvent.CHILD_ENDED, child=ChildName.VISION, status=status)
        self.ready = False
        for camera in Camera:
            self._become(camera, DeviceState.STARTING, Failure.VISION_CRASHED)
        # What it held is gone with it.
        self._forgot()
