"""The application that terminals call."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping

from fastapi import FastAPI, Request
from sqlalchemy.exc import DBAPIError

from fleet.alerts.book import Book
from fleet.alerts.channels import Channel, NotSent
from fleet.alerts.dead_man import beat, is_alive
from fleet.alerts.sending import send_due
from fleet.anomaly.ranking import Ranked
from fleet.commands.book import Commands
from fleet.door.problems import add_handlers
from fleet.identity.admission import Admission
from fleet.identity.machines import copied
from fleet.identity.paths import renewal_routes
from fleet.identity.renewals import Renewals
from fleet.ingest.devices_path import device_routes
from fleet.ingest.pacing import next_s
from fleet.ingest.paths import Gate, routes
from fleet.ingest.writer import Writer
from fleet.journal import Event, note
from fleet.live import Live
from fleet.release.serving import serving
from fleet.rollout.plan import PLANS, Plans
from fleet.store.database import Database
from fleet.store.fittings import Fittings
from fleet.store.groups import Groups
from fleet.store.keeping import Keeping
from fleet.store.known import Inventory, Known
from fleet.store.past import first_hour
from fleet.store.rolling import Rolling
from fleet.unusual import Comparison, enough_past, unusual
from fleet.watch import Watch
from fleet.waves.book import Rollouts
from fleet.waves.leading import Leading
from fleet.waves.publishing import Publishing
from wire.structs import settle

_REFRESH_S = 1.0
"""A revoked certificate is let in for so long at most."""
_ROLL_S = 60.0
_WATCH_S = 10.0
_UNUSUAL_S = 900.0


class Service:
    """Everything that lives as long as the server."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], float],
        channels: Mapping[str, Channel],
        publishing: Publishing | None = None,
        plans: Plans = PLANS,
    ) -> None:
        """Serve from `database`, which has its present shape.

        Args:
            database: where everything is.
            clock: seconds since 1970.
            channels: the ways to tell people, by name.
            publishing: the signed repository; None for a fleet that rolls nothing out.
            plans: how rollouts go on.
        """
        self.channels = channels
        self.book = Book(database)
        self.live = Live()
        self.watch = Watch(database, started_at=clock())
        self.database = database
        self.known = Known(database)
        self.commands = Commands(database)
        self.groups = Groups(database)
        self.rollouts = Rollouts(database)
        self.publishing = publishing
        self.plans = plans
        self.leading = Leading(database, publishing)
        self.clock = clock
        self.rolling = Rolling(database)
        self.admission: Admission | None = None
        """Makes slips for machines; None for a server that has no door for them."""
        self.dead_man = ""
        """Address that hears from us each minute as long as we work; empty for none."""
        self.ranking: list[Ranked] = []
        """Who is most unlike themselves today."""
        self.jobs: list[Callable[[Book, int], object]] = []
        """What is also done each minute."""
        self._keeping = Keeping(database)
        self._writer: Writer | None = None

    @property
    def writer_if_running(self) -> Writer | None:
        """Return the writer; None outside of `running`."""
        return self._writer

    @property
    def writer(self) -> Writer:
        """Return the writer; there is one while `running`."""
        assert self._writer is not None
        return self._writer

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write, and keep everything fresh, in the block."""
        await asyncio.to_thread(self._refresh)
        self._writer = Writer(self._keeping.keep, asyncio.get_running_loop())
        self._writer.start()
        jobs = [
            asyncio.create_task(_every(_REFRESH_S, self._refresh)),
            asyncio.create_task(_every(_ROLL_S, self._tidy)),
            asyncio.create_task(_every(_WATCH_S, self._look, self.live.looked)),
            asyncio.create_task(_every(_WATCH_S, self._tell)),
            asyncio.create_task(_every(_UNUSUAL_S, self._compare)),
            asyncio.create_task(_every(_ROLL_S, self._beat)),
        ]
        try:
            yield
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)
            await asyncio.to_thread(self._writer.stop)

    def _refresh(self) -> None:
        self.known.refresh()
        self.commands.refresh()

    def _look(self) -> None:
        self.commands.expire(now=int(self.clock()))
        self.watch.look(self.clock(), pause_s=next_s(self.writer.load))
        self.leading.look(self.watch.places, self.watch.present, self.clock())

    def _compare(self) -> None:
        now = int(self.clock())
        if enough_past(now, first_hour(self.database)):
            self.compared(unusual(self.database, self.watch.places, now=now), now=now)

    def compared(self, came: Comparison, *, now: int) -> None:
        """Keep what comparing the terminals came to."""
        self.book.found(came.ill, came.well, now=now)
        self.ranking = came.ranking

    def copied(self, terminal: int) -> None:
        """Tell people that a terminal's key is used in another machine."""
        copied(self.database, self.book, terminal, now=int(self.clock()))

    def _tell(self) -> None:
        now = int(self.clock())
        self.book.tell(self.channels, now=now)
        send_due(self.database, self.channels, now=now)

    def _beat(self) -> None:
        alive = is_alive(
            looked_at=self.watch.looked_at, now=self.clock(), store_down=self.writer.is_down
        )
        if self.dead_man and alive:
            with contextlib.suppress(NotSent):
                beat(self.dead_man)

    def _tidy(self) -> None:
        now = int(self.clock())
        self.rolling.roll_up(now=now)
        self.rolling.forget(now=now)
        for job in self.jobs:
            job(self.book, now)


async def _every(
    pause_s: float, job: Callable[[], object], done: Callable[[], object] = lambda: None
) -> None:
    while True:
        await asyncio.sleep(pause_s)
        try:
            await asyncio.to_thread(job)
        except DBAPIError:
            note(Event.JOB_FAILED)
        else:
            done()


def create_api(
    service: Service,
    shown: Callable[[Request], bytes | None],
    renewals: Renewals | None = None,
) -> FastAPI:
    """Return the application for terminals.

    Args:
        service: what answers.
        shown: which certificate a caller has shown, see `fleet.door.certificate`.
        renewals: gives terminals their next certificates; None: this server has no authority.
    """
    settle()
    # The pages that show OpenAPI load scripts from elsewhere; the document itself is served.
    app = FastAPI(title="Fleet of terminals", version="1", docs_url=None, redoc_url=None)
    gate = Gate(
        shown=shown,
        known=service.known,
        commands=service.commands,
        clock=service.clock,
        copied=service.copied,
    )
    app.include_router(routes(gate, lambda: service.writer))
    app.include_router(device_routes(gate, Fittings(service.database)))
    app.include_router(renewal_routes(gate, renewals, Inventory(service.database)))
    if service.publishing is not None:
        app.include_router(serving(gate, service.publishing.folder))
    add_handlers(app)
    return app
