"""The engine: where the citizen is, whose session it is, what is on the screen.

Rule 1: everything here runs on one thread; other threads post to it.
Rule 2: personal data goes into the vault at once and out masked by the view.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.audit.tail import Entry
from kiosk.config import Settings
from kiosk.content import catalogue
from kiosk.content.bundle import Content, shipped
from kiosk.document.policy import CardPolicy
from kiosk.engine import showing
from kiosk.engine.battery import Battery
from kiosk.engine.readiness import Conditions, within_hours
from kiosk.engine.runner import Move, Runner
from kiosk.engine.session import Session
from kiosk.engine.staff_memory import StaffMemory
from kiosk.engine.staff_report import Stock
from kiosk.engine.staff_visit import StaffVisit, staff_facts
from kiosk.engine.timers import Clock, Timers
from kiosk.flow.preconditions import readiness
from kiosk.flow.reasons import REASONS, STAFF_ENDS, outcome
from kiosk.flow.staff import lock_s
from kiosk.flow.states import IN_SESSION, STAFF, Effect, Event, State
from kiosk.flow.tally import Limits
from kiosk.flow.timeouts import TIMEOUTS
from kiosk.flow.view import Seen, facts
from kiosk.session.vault import Vault
from wire.failures import Failure
from wire.screen import Language, Mode, Show, ToScreens

_SCREEN_TIME = "screen time"
_OF_THE_STATE = ("card", "register", "phone", "vision")
"""Timers that live no longer than the state that set them."""


@dataclass(slots=True, kw_only=True)
class World:
    """What the engine stands on; built once in `engine/main.py`."""

    settings: Settings
    clock: Clock
    timers: Timers
    now: Callable[[], datetime]
    """Local wall clock with its zone."""
    conditions: Callable[[], Conditions]
    card_present: Callable[[], bool]
    policy: CardPolicy
    send: Callable[[ToScreens], None]
    content: Content = field(default_factory=shipped)
    """What may be read without an account; replaced when a newer bundle arrives."""
    vault: Vault = field(default_factory=Vault)
    staff_memory: StaffMemory
    stock: Callable[[], Stock] = Stock
    log: Callable[[], list[Entry]] = list
    """The last entries of the trail, newest first."""
    battery: Callable[[], Battery] = Battery


class Engine:
    """Holds the session and the screen; the flow decides, `perform` does."""

    def __init__(self, world: World, perform: Callable[[Effect], None]) -> None:
        """Begin in STARTING; call `begin` once devices are watched."""
        self.world = world
        self.session: Session | None = None
        self.staff: StaffVisit | None = None
        wrong_pins = world.staff_memory.kept.wrong_pins
        self.staff_locked_until = world.clock() + lock_s(wrong_pins)
        """On the engine's clock; a restart lets a lock begin anew."""
        self.language = Language(world.settings.terminal.language)
        limits = world.settings.limits
        self._limits = Limits(
            print_tries=limits.print_attempts,
            card_tries=limits.card_attempts,
            photo_tries=limits.photo_attempts,
        )
        self._runner = Runner(perform=perform, moved=self._moved, settled=self._settled)
        self._out_of_service = ""
        self._sequence = 0
        self._first_of_state = 0

    @property
    def state(self) -> State:
        """Where the citizen is."""
        return self._runner.state

    @property
    def visit(self) -> Session:
        """The session that is open.

        Raises:
            LookupError: none is: a bug in the flow.
        """
        if self.session is None:
            raise LookupError("no session is open")
        return self.session

    def begin(self) -> None:
        """Show the first screen and ask whether all is ready."""
        self._settled()
        self.check_readiness()

    def happen(self, event: Event, code: str = "") -> None:
        """Let the flow take `event`, with the failure code behind it if there is one."""
        if self.session is not None:
            event, self.session.tally = self.session.tally.judge(event, self._limits)
        self._runner.happen(event, code)

    def check_readiness(self) -> None:
        """Say whether sessions may begin, unless a device has not said yet how it is."""
        conditions = self.world.conditions()
        if self.state is State.STARTING and conditions.starting:
            return
        hours = self.world.settings.hours
        is_open = within_hours(self.world.now(), hours.opens, hours.closes)
        event, code = readiness(conditions.lacks(), within_hours=is_open)
        if event is Event.READY and conditions.ordered_out:
            event, code = Event.NOT_READY, Failure.TERMINAL_ORDERED_OUT.value
        self._out_of_service = code
        if self.state is State.CLOSED and event is not Event.CLOSING_TIME:
            event = Event.OPENING_TIME
        self._runner.happen(event, code)

    def is_current(self, sequence: int) -> bool:
        """Say whether a touch was meant for the state that is shown now."""
        return sequence >= self._first_of_state

    def restart_time(self) -> None:
        """The citizen is there: give the whole time of the screen again."""
        after_s = TIMEOUTS[self.state].after_s * self.world.settings.timeouts.factor
        if after_s:
            self.world.timers.set(_SCREEN_TIME, after_s, lambda: self.happen(Event.TIMED_OUT))
        else:
            self.world.timers.cancel(_SCREEN_TIME)

    def display(self) -> None:
        """Show the screen of the state as things stand."""
        self._sequence += 1
        timeout, factor = TIMEOUTS[self.state], self.world.settings.timeouts.factor
        battery = self.world.battery()
        show = Show(
            sequence=self._sequence,
            screen=self.state,
            language=(self.session or self.staff or self).language,
            facts=facts(self.state, self._look()),
            timeout_s=round(timeout.after_s * factor),
            warn_s=round(timeout.warn_s * factor),
            mode=Mode(self.world.settings.terminal.mode),
            site=self.world.settings.terminal.site,
            battery=battery.percent,
            charging=battery.charging,
        )
        self.world.send(show)

    @property
    def sequence(self) -> int:
        """The number of the screen that was shown last."""
        return self._sequence

    def _look(self) -> Seen:
        settings = self.world.settings
        if self.staff is not None and self.state in {*STAFF, State.CONFIRM}:
            return Seen(staff=staff_facts(self.state, self.staff, self.world, self.locked_s))
        if self.session is None or self.state not in IN_SESSION:
            lacks = self.world.conditions().lacks()
            opens = settings.hours.opens
            headline = catalogue.headline(self.world.content, self.world.now(), self.language)
            return showing.look_outside(
                lacks=lacks, code=self._out_of_service, opens=opens, headline=headline
            )
        return showing.look(
            self.state,
            self.session,
            statement=settings.terminal.statement,
            photo_tries=self._limits.photo_tries,
            phone_url=settings.register.phone_url,
            card_in=self.world.card_present(),
            content=showing.browsed(self.state, self.session, self.world.content, self.world.now()),
        )

    @property
    def locked_s(self) -> float:
        """For how long staff is locked out, in seconds; 0 while it is not."""
        return max(0.0, self.staff_locked_until - self.world.clock())

    def _moved(self, move: Move) -> None:
        for name in _OF_THE_STATE:
            self.world.timers.cancel(name)
        if self.staff is not None:
            self.staff.end = STAFF_ENDS.get(move.event, self.staff.end)
        if self.session is None:
            return
        if move.to in {State.CARD_PROBLEM, State.REFERRAL}:
            self.session.code = str(REASONS.get(move.event, move.code))
        if move.to is State.TAKE_CARD or move.came_from not in {State.TAKE_CARD, State.WIPING}:
            stored = self.session.stored
            self.session.outcome = outcome(move.came_from, move.event, stored=stored)

    def _settled(self) -> None:
        self._first_of_state = self._sequence + 1
        self.restart_time()
        self.display()
