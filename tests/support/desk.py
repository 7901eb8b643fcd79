"""An engine on a desk: all that goes out of it is kept, and its devices are as a test says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import Settings
from kiosk.document.policy import parse
from kiosk.engine.engine import Engine, World
from kiosk.engine.opening import SHIPPED_POLICY
from kiosk.engine.readiness import Conditions, DeviceReport
from kiosk.engine.session import Session
from kiosk.engine.staff_memory import StaffMemory
from kiosk.engine.timers import Timers
from kiosk.engine.touching import touched
from kiosk.flow.states import Effect, Event, State
from wire.message import DeviceState
from wire.screen import (
    Action,
    Language,
    Show,
    ToScreens,
    Touched,
)

READY = DeviceReport(DeviceState.READY)
NOWHERE = Path("/nowhere/staff.json")
"""No staff comes to this desk."""


@dataclass
class Desk:
    """An engine, with all that goes out of it kept."""

    now: float = 0.0
    sent: list[ToScreens] = field(default_factory=list)
    ordered: list[Effect] = field(default_factory=list)
    reader: DeviceReport = READY
    printer: DeviceReport = READY
    camera: DeviceReport = READY
    ordered_out: bool = False
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        world = World(
            settings=Settings(),
            clock=lambda: self.now,
            timers=Timers(lambda: self.now),
            now=lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
            conditions=self._conditions,
            card_present=lambda: False,
            policy=parse(SHIPPED_POLICY.read_text()),
            send=self.sent.append,
            staff_memory=StaffMemory(NOWHERE),
        )
        self.engine = Engine(world, self._perform)

    def _conditions(self) -> Conditions:
        return Conditions(
            reader=self.reader,
            face_camera=self.camera,
            document_camera=READY,
            printer=self.printer,
            vision_ready=self.camera is READY,
            outbox_has_room=True,
            clock_trusted=True,
            ordered_out=self.ordered_out,
        )

    def _perform(self, effect: Effect) -> None:
        self.ordered.append(effect)
        if effect is Effect.RESTART_FACE:
            self.engine.display()
        if effect is Effect.OPEN_SESSION:
            world = self.engine.world
            self.engine.session = Session(world.vault, Language.EN, self.now, "id", "ABCD-EFGH")

    @property
    def shown(self) -> Show:
        """The screen shown last."""
        return next(message for message in reversed(self.sent) if isinstance(message, Show))

    def where(self) -> State:
        """The state, whose screen is the one shown."""
        assert self.shown.screen is self.engine.state
        return self.engine.state

    def touch(self, action: Action, argument: str = "") -> None:
        """Touch the screen that is shown."""
        touched(self.engine, Touched(self.shown.sequence, action, argument))

    def walk_to(self, state: State) -> None:
        """Go the main way as far as `state`."""
        way: list[Callable[[], None]] = [
            self.engine.begin,
            lambda: self.touch(Action.TOUCH),
            lambda: self.touch(Action.SET_LANGUAGE, "en"),
            lambda: self.touch(Action.REGISTER),
            lambda: self.touch(Action.CONTINUE),
            lambda: self.touch(Action.AGREE),
            lambda: self.engine.happen(Event.CARD_IN),
            lambda: self.engine.happen(Event.DOCUMENT_CAMERA_LOST),
        ]
        for step in way:
            if self.engine.state is state and self.sent:
                return
            step()
        assert self.engine.state is state
