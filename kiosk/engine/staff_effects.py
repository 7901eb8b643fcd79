"""Perform what the flow orders in staff mode."""

from kiosk.audit import note
from kiosk.engine.engine import Engine
from kiosk.engine.parts import Devices
from kiosk.engine.staff import tell_when_unlocked, test_ran
from kiosk.engine.staff_report import BadReport, keep, lines
from kiosk.engine.staff_visit import StaffVisit, typed_pin
from kiosk.flow.staff import VISIT_S
from kiosk.flow.states import STAFF, Event, State
from kiosk.session.vault import Slot
from wire.audit_events import AuditEvent
from wire.card import OpenServiceCard
from wire.failures import Failure
from wire.message import DeviceState
from wire.screen import Forget as ForgetScreens
from wire.screen import PaintReport, PaintTestSlip, ReportPainted
from wire.staff import DeviceTest
from wire.vision import Camera, Forget, StartFace, StopFace

_TIME_BOX = "staff time"


class StaffEffects:
    """The effects of staff mode, one method each."""

    _engine: Engine
    _devices: Devices

    def probe_card(self) -> None:
        """Ask what kind of card was laid down."""
        self._devices.card.probe()

    def open_staff(self) -> None:
        """Begin a visit; its whole time is bounded."""
        engine = self._engine
        note(AuditEvent.STAFF_CARD_SEEN)
        engine.staff = StaffVisit(engine.language, engine.world.clock() + VISIT_S)
        engine.world.timers.set(_TIME_BOX, VISIT_S, lambda: engine.happen(Event.STAFF_TIME_UP))
        tell_when_unlocked(engine)

    def close_staff(self) -> None:
        """Drop everything of the visit; screens and cameras forget as after a citizen."""
        engine, visit = self._engine, self._engine.staff
        engine.world.timers.cancel(_TIME_BOX)
        engine.world.vault.wipe()
        self._devices.card.stop()
        self._devices.vision.send(Forget())
        engine.world.send(ForgetScreens())
        if visit is not None:
            note(AuditEvent.STAFF_ENDED, card=visit.card, why=visit.end)
        engine.staff = None

    def open_confirm(self) -> None:
        """Wait for staff's card beside the citizen; the citizen's own still lies there."""
        engine = self._engine
        engine.staff = StaffVisit(engine.visit.language, engine.world.clock() + VISIT_S)
        engine.staff.card_seen = False
        tell_when_unlocked(engine)

    def close_confirm(self) -> None:
        """Drop the PIN, and whoever was asked for it."""
        self._engine.world.vault.drop(Slot.SERVICE_PIN)
        self._devices.card.stop()
        self._engine.staff = None

    def open_service_card(self) -> None:
        """Let the card check the PIN."""
        self._devices.card.open_service(OpenServiceCard(typed_pin(self._engine.world.vault)))

    def run_test(self) -> None:
        """Do the terminal's part of the test that was chosen."""
        engine = self._engine
        test = engine.staff.test if engine.staff else None
        if test is DeviceTest.READER:
            self._devices.card.probe()
        elif test is DeviceTest.DOCUMENT_CAMERA:
            state, code = self._devices.vision.states[Camera.DOCUMENT]
            ready = state is DeviceState.READY
            test_ran(engine, test, "" if ready else code or Failure.CAMERA_MISSING)
        elif test is DeviceTest.SOUND:
            test_ran(engine, test, "")
        elif test is DeviceTest.PRINTER:
            self._print_test_slip()

    def _print_test_slip(self) -> None:
        engine = self._engine
        if not self._devices.printer_ready():
            test_ran(engine, DeviceTest.PRINTER, Failure.PRINTER_MISSING)
            return
        visit = engine.staff
        engine.world.send(
            PaintTestSlip(
                language=visit.language if visit else engine.language,
                terminal=engine.world.settings.terminal.id,
                printed_at=engine.world.now().strftime("%Y-%m-%dT%H:%M"),
            )
        )

    def card_probed(self, service: bool) -> None:  # noqa: FBT001  (a callback)
        """The card said what it is: the way into staff mode, or the reader's test."""
        visit = self._engine.staff
        if self._engine.state is State.CONFIRM and visit is not None:
            visit.card_seen = service
            self._engine.display()
        elif self._engine.state in STAFF:
            code = "" if service else Failure.CARD_UNREADABLE
            test_ran(self._engine, DeviceTest.READER, code)
        elif service:
            self._engine.happen(Event.SERVICE_CARD_SEEN)

    def show_camera(self) -> None:
        """Show what the face camera sees; no moves are asked for, no colours shown."""
        self._devices.vision.send(StartFace(gentle=True))

    def restart_camera(self) -> None:
        """Begin anew: no photograph of staff is taken."""
        self.show_camera()

    def hide_camera(self) -> None:
        """End the preview; it is zeroed."""
        self._devices.vision.send(StopFace())

    def paint_report(self) -> None:
        """Have the readiness report painted."""
        engine = self._engine
        if engine.staff is None:
            return
        engine.staff.report = "making"
        world = engine.world
        ready, found = lines(
            world.conditions(), world.staff_memory.kept, world.stock(), world.settings
        )
        world.send(
            PaintReport(
                language=engine.staff.language,
                terminal=world.settings.terminal.id,
                made_at=world.now().strftime("%Y-%m-%dT%H:%M"),
                is_ready=ready,
                lines=tuple(found),
            )
        )
        engine.display()

    def report_painted(self, painted: ReportPainted) -> None:
        """The report came back: keep it, if one was asked for."""
        engine, world = self._engine, self._engine.world
        if engine.staff is None or engine.staff.report != "making":
            return
        engine.staff.report = "made"
        try:
            keep(painted.pdf, world.settings.paths.state / "reports", now=world.now())
        except (BadReport, OSError):
            engine.staff.report = "failed"
        else:
            note(AuditEvent.STAFF_REPORTED, card=engine.staff.card)
        engine.display()

    def restart(self) -> None:
        """End the program; the service manager starts the next one."""
        self._devices.restart()
