"""Build the engine and run its loop: the one place where everything is joined.

One thread runs the flow; children, printer and screens post to its inbox. The loop
tells systemd that it is alive after each turn.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from queue import Empty, SimpleQueue

from drivers.health import DeviceStatus, Health
from drivers.printer.escpos_serial import EscposSerialPrinter
from kiosk.audit import clocks, note, notify
from kiosk.audit.log import keep_trail
from kiosk.audit.tail import tail
from kiosk.audit.trail import Trail
from kiosk.config import Settings
from kiosk.engine import battery
from kiosk.engine.battery import Battery
from kiosk.engine.card_device import CardDevice
from kiosk.engine.effects import Effects
from kiosk.engine.engine import Engine, World
from kiosk.engine.fitting import Fitting
from kiosk.engine.last_run import LastRun
from kiosk.engine.listening import Listening
from kiosk.engine.opening import (
    SECONDS_A_DAY,
    camera_arguments,
    card_policy,
    open_outbox,
    reader_arguments,
    register_keys,
)
from kiosk.engine.ordered import Ordered
from kiosk.engine.parts import Devices
from kiosk.engine.preview import Preview
from kiosk.engine.printing import PrintingThread
from kiosk.engine.readiness import Conditions, DeviceReport
from kiosk.engine.reading import Reading
from kiosk.engine.releases import follow, works
from kiosk.engine.screen_link import ScreenLink
from kiosk.engine.staff import printer_changed
from kiosk.engine.staff_memory import StaffMemory
from kiosk.engine.staff_report import Stock
from kiosk.engine.supervised import Supervised
from kiosk.engine.timers import Timers
from kiosk.engine.touching import touched
from kiosk.engine.vision_device import VisionDevice
from kiosk.engine.watched_clock import WatchedClock
from kiosk.engine.wiping import Wiping
from kiosk.flow import modes
from kiosk.flow.states import IN_SESSION, OUTSIDE_SESSION, STAFF, Event, State
from kiosk.session import forgetful
from kiosk.session.memory import guard
from kiosk.sync.guardian_slip import GuardianSlip
from kiosk.sync.guardian_slip import beside as beside_outbox
from kiosk.update.follow import is_up
from kiosk.update.health import Health as WorksHealth
from kiosk.update.kinds import versions_of
from wire.audit_events import AuditEvent
from wire.failures import Failure
from wire.framing import encode
from wire.message import DeviceState
from wire.rollout import Kind
from wire.screen import (
    Forget,
    Forgot,
    FromScreens,
    Mode,
    Painted,
    ReceiptPainted,
    ReportPainted,
    ToScreens,
    Touched,
)
from wire.versions import SOFTWARE
from wire.vision import Camera, Wake

_TURN_S = 1.0
_NOBODY = OUTSIDE_SESSION - {State.CARD_LEFT, *STAFF}
_HOURS_S = 20.0


class Terminal:
    """Everything that lives as long as the engine."""

    def __init__(self, settings: Settings) -> None:
        """Start every device; nothing is shown before `run`.

        Raises:
            OSError: a file or folder of the settings cannot be used.
            OutboxError: the outbox cannot be opened.
            TrailBroken: the audit trail was tampered with.
            BadPolicy: the table of cards that are served is of another form than agreed.
        """
        self._settings = settings
        self._clock = WatchedClock(lambda: clocks.look(time.time))
        self._ordered = Ordered(settings.paths.state)
        self._fitting = Fitting(settings.devices, settings.paths.state)
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._timers = Timers(time.monotonic)
        self._running = True
        self._printer = DeviceReport(DeviceState.STARTING)
        self._preview = Preview()
        settings.paths.state.mkdir(parents=True, exist_ok=True)
        self._outbox = open_outbox(settings, time.time)
        self._guardian = GuardianSlip(beside_outbox(settings.paths.outbox))
        path, anchor = settings.paths.state / "trail.jsonl", self._outbox.anchor()
        trail = Trail(path, now=_now, anchor=anchor)
        keep_trail(trail)
        rolled_out = versions_of(settings.paths.versions, Kind.CONTENT)
        self._reading = Reading(settings.paths.content, settings.paths.content_key, rolled_out)
        self._staff_memory = StaffMemory(settings.paths.state / "staff.json")
        self._trail = trail
        self._mode = Mode(settings.terminal.mode)
        self._battery = self._look_at_the_battery()
        self._effects = Effects()
        world = World(
            settings=settings,
            clock=time.monotonic,
            timers=self._timers,
            now=_now,
            conditions=self._conditions,
            card_present=lambda: self._card.present,
            policy=card_policy(settings.paths.card_policy),
            send=self._send,
            content=self._reading.content,
            staff_memory=self._staff_memory,
            stock=self._stock,
            log=lambda: tail(path),
            battery=lambda: self._battery,
        )
        self._engine = Engine(world, self._effects.perform)
        listening = Listening(self._engine, self._effects.card_probed)
        devices, preview = settings.devices, self._preview.descriptor
        reader = reader_arguments(devices)
        self._card = CardDevice(listening, self._child("kiosk.engine.card_host", reader))
        vision = self._child(
            "kiosk.vision",
            [*camera_arguments(devices), "--preview-fd", str(preview), "--asleep"],
            preview,
            wake=encode(Wake()),
            environment=forgetful.without(os.environ),
        )
        self._vision = VisionDevice(listening, self._vision_forgot, vision)
        self._printing = PrintingThread(
            EscposSerialPrinter(devices.printer),
            on_status=lambda status: self._post(lambda: self._printer_changed(status)),
            on_done=lambda code: self._post(lambda: self._effects.receipt_done(code)),
        )
        self._screens = ScreenLink(
            settings.paths.screens,
            preview_fd=preview,
            on_message=lambda message: self._post(lambda: self._screen_said(message)),
            on_up=lambda version: self._post(lambda: self._screen_up(version)),
            on_down=lambda code: self._post(lambda: self._screen_down(code)),
        )
        self._wiping = Wiping(
            timers=self._timers,
            clock=time.monotonic,
            holders={
                "vision": (self._vision.forget, self._vision.kill),
                "screens": (self._forget_screens, self._screens.kill_peer),
            },
            done=self._effects.wiped,
        )
        parts = Devices(
            card=self._card,
            vision=self._vision,
            printing=self._printing,
            printer_ready=lambda: self._printer.state is DeviceState.READY,
            outbox=self._outbox,
            guardian=self._guardian,
            trail=trail,
            register_key=register_keys(settings, time.time).current,
            wiping=self._wiping,
            restart=self.stop,
        )
        self._effects.join(self._engine, parts)
        self._screens_version = self._painted_by = ""
        self._last_run = LastRun(settings.paths.screens.parent)
        follow(
            settings.paths.versions,
            os.environ,
            self._reading,
            timers=self._timers,
            clock=time.monotonic,
            health=self._health,
            idle=self._nobody_is_there,
            leave=self.stop,
            show=self._show_content,
            crashed=self._last_run.crashed,
        )

    def run(self) -> None:
        """Run until `stop`."""
        note(AuditEvent.TERMINAL_STARTED)
        self._engine.begin()
        self._look_at_the_clock()
        notify.ready()
        while self._running:
            notify.watchdog()
            with contextlib.suppress(Empty):
                self._inbox.get(timeout=self._timers.wait_s(_TURN_S))()
            self._timers.run_due()
        notify.stopping()
        self._close()
        self._last_run.end()
        note(AuditEvent.TERMINAL_STOPPED)

    def stop(self) -> None:
        """End the loop; safe from a signal handler."""
        self._running = False
        self._inbox.put(lambda: None)

    def _close(self) -> None:
        self._engine.world.vault.wipe()
        for part in (
            self._screens,
            self._card,
            self._vision,
            self._printing,
            self._outbox,
            self._guardian,
        ):
            part.close()
        self._preview.zero()

    def _send(self, message: ToScreens) -> None:
        self._screens.send(message)

    def _post(self, action: Callable[[], None]) -> None:
        self._inbox.put(action)

    def _child(
        self,
        module: str,
        arguments: list[str],
        *descriptors: int,
        wake: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> Callable[[Callable[[bytes], None], Callable[[int], None]], Supervised]:
        """Return what starts a supervised child once its listener exists."""
        return lambda on_message, on_end: Supervised(
            module,
            module,
            arguments,
            timers=self._timers,
            clock=time.monotonic,
            post=self._post,
            on_message=on_message,
            on_end=on_end,
            pass_fds=descriptors,
            wake=wake,
            environment=environment,
        )

    def _conditions(self) -> Conditions:
        counts, limits = self._outbox.counts(), self._settings.limits
        face, document = (DeviceReport(*self._vision.states[camera]) for camera in Camera)
        return Conditions(
            reader=DeviceReport(self._card.state, self._card.code),
            face_camera=face,
            document_camera=document,
            printer=self._printer,
            vision_ready=self._vision.ready,
            outbox_has_room=counts.queued < limits.outbox_records
            and counts.oldest_age_s < limits.outbox_age_days * SECONDS_A_DAY,
            clock_trusted=self._clock.trusted(self._outbox.register_time()),
            ordered_out=self._ordered.out(),
            power_low=modes.is_low(
                self._mode, self._battery.percent, charging=self._battery.charging
            ),
            in_service=self._staff_memory.kept.in_service,
        )

    def _stock(self) -> Stock:
        counts = self._outbox.counts()
        return Stock(
            queued=counts.queued,
            oldest_age_s=counts.oldest_age_s,
            trail_entries=self._trail.head.count,
            content_serial=self._reading.content.serial,
        )

    def _nobody_is_there(self) -> bool:
        return self._engine.state in _NOBODY

    def _show_content(self) -> None:
        self._engine.world.content = self._reading.content
        self._engine.display()

    def _health(self) -> WorksHealth:
        sync = is_up(self._settings.paths.state, SOFTWARE)
        painted = self._painted_by == SOFTWARE
        return works(self._conditions(), painted=painted, sync=sync)

    def _printer_changed(self, status: DeviceStatus) -> None:
        state = DeviceState(Health(status.health))
        self._printer = DeviceReport(state, status.code)
        note(AuditEvent.PRINTER_CHANGED, state=state)
        self._engine.check_readiness()
        printer_changed(self._engine, ready=state is DeviceState.READY)

    def _vision_forgot(self) -> None:
        self._preview.zero()
        self._wiping.answered("vision")

    def _forget_screens(self) -> None:
        if self._screens.is_up:
            self._screens.send(Forget())
        else:
            self._post(lambda: self._wiping.answered("screens"))

    def _screen_up(self, version: str) -> None:
        self._screens_version, self._painted_by = version, ""
        note(AuditEvent.SCREENS_UP)
        self._engine.display()

    def _screen_down(self, code: str) -> None:
        self._painted_by = ""
        note(AuditEvent.SCREENS_LOST, failure=Failure(code))
        self._wiping.answered("screens")
        if self._engine.state in IN_SESSION.union(STAFF):
            self._engine.happen(Event.SCREEN_LOST, code)

    def _screen_said(self, message: FromScreens) -> None:
        match message:
            case Touched():
                touched(self._engine, message)
            case ReceiptPainted():
                self._effects.receipt_painted(message)
            case ReportPainted():
                self._effects.report_painted(message)
            case Forgot():
                self._wiping.answered("screens")
            case Painted():
                self._painted_by = self._screens_version
                notify.status(self._engine.state)

    def _look_at_the_battery(self) -> Battery:
        """Return how full it is; a terminal that stands at the mains shows none."""
        mobile = self._mode is Mode.MOBILE
        return battery.look(self._settings.paths.power) if mobile else Battery()

    def _look_at_the_clock(self) -> None:
        """Hours, warnings, bundles and batteries change without an event of their own."""
        self._battery = self._look_at_the_battery()
        self._fitting.look()
        if self._nobody_is_there() and self._reading.renew():
            self._show_content()
        if self._engine.state not in IN_SESSION:
            self._engine.check_readiness()
        if self._engine.state is State.ATTRACT:
            self._engine.display()
        self._timers.set("opening hours", _HOURS_S, self._look_at_the_clock)


def _now() -> datetime:
    return datetime.now().astimezone()


def run(settings: Settings) -> None:
    """Run the engine until SIGTERM or SIGINT."""
    guards = guard(lock=True)
    note(
        AuditEvent.MEMORY_GUARDED,
        no_core=guards.no_core,
        no_trace=guards.no_trace,
        locked=guards.locked,
        vault_locked=guards.vault_locked,
        no_swap=guards.no_swap,
    )
    terminal = Terminal(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: terminal.stop())
    terminal.run()
