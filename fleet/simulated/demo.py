"""A fleet to look at: a hundred terminals live a week in about a minute. Not shipped.

``python -m fleet.simulated.demo --port 8080``: store, watch, alerts and console are the real
ones, and so is each check-in's way into the database; only terminals and time are not. Ten days
of habits are there at the start; faults and traps of the seed happen while one looks on.
"""

import argparse
import asyncio
import secrets
import socket
import tempfile
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fleet.access.break_glass import BreakGlass
from fleet.access.people import People
from fleet.access.provider import Client, Provider
from fleet.access.roles import Role, Rule
from fleet.access.sessions import Sessions as SignedIn
from fleet.access.tokens import Tokens
from fleet.anomaly.episode import Kind
from fleet.anomaly.figures import HOURS_A_DAY, Figures, Grid
from fleet.anomaly.logs import Logs
from fleet.app import Service
from fleet.audit.book import Audit
from fleet.console.districts import districts
from fleet.console.pages import create_console
from fleet.door.serve import Door, serve
from fleet.ingest.rows import Told, rows, template, template_id, template_text
from fleet.migrations.upgrade import upgrade
from fleet.simulated.devices import fit
from fleet.simulated.foreign_logs import speak
from fleet.simulated.happenings import FIRST_DAY, Fault, add_faults, add_traps
from fleet.simulated.provider import CLIENT, SECRET, LocalProvider, running_provider
from fleet.simulated.world import BEGIN, SEEN_DAYS, TERMINALS, World, habits, told
from fleet.statistics import FUNNEL
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from fleet.store.log_tables import log_hours, log_templates
from fleet.store.past import HOUR_S
from fleet.store.tables import hours, sites, terminals
from fleet.store.texts import write_new
from fleet.unusual import unusual
from wire.checkin import (
    MOST_NOTICED,
    CheckIn,
    Host,
    Noticed,
    Parts,
    Reading,
    Sessions,
    Step,
    Supply,
)
from wire.commands import Check, Order, Outcome, Progress
from wire.message import DeviceState
from wire.screen import Screen

_COMPARE_EVERY_H: Final = 3
_RULES: Final = (
    Rule("operators", Role.OPERATOR),
    Rule("sha-tin", Role.OPERATOR, "district:sha_tin"),
    Rule("viewers", Role.VIEWER),
    Rule("security", Role.SECURITY),
    Rule("auditors", Role.AUDITOR),
)
WHO: Final = {
    "ada": ("operators",),
    "ben": ("operators",),
    "chi-wai": ("sha-tin",),
    "dora": ("viewers",),
    "eve": ("security",),
    "fung": ("auditors",),
}
"""People of the demo and their groups."""
_PLACES: Final = (
    ("post_office", "Post Office", "郵政局"),
    ("home_affairs", "Home Affairs Enquiry Centre", "民政諮詢中心"),
    ("library", "Public Library", "公共圖書館"),
    ("government_offices", "Government Offices", "政府合署"),
    ("station", "MTR Station", "港鐵站"),
    ("hospital", "Hospital", "醫院"),
)


@dataclass(slots=True)
class Story:
    """A seed's fleet and where in it we are."""

    figures: Figures
    world: World
    faults: list[Fault]
    totals: dict[str, Grid]
    said: dict[tuple[int, int], list[Noticed]]
    """What each terminal's logs said in each hour, counted up."""
    hour: int = FIRST_DAY * HOURS_A_DAY

    def clock(self) -> float:
        """Return the story's time, at the end of its last hour."""
        return float((BEGIN + self.hour) * HOUR_S)


def begin(seed: int) -> Story:
    """Return the story of a seed, at the end of its ten quiet days."""
    world = habits(seed)
    add_traps(world)
    faults = add_faults(world)
    logs, more = speak(world, seed, {fault.terminal for fault in faults})
    figures = replace(told(world), logs=logs)
    counted = {
        "started": figures.started,
        "completed": figures.completed,
        "cards_read": figures.cards - figures.card_failures,
        "card_failures": figures.card_failures,
        "photos": figures.photos,
        "capture_rejections": figures.capture_rejections,
        "face_checks": figures.face_checks,
        "presentation_rejections": figures.presentation_rejections,
    }
    totals = {name: np.cumsum(np.nan_to_num(value), axis=1) for name, value in counted.items()}
    return Story(figures, world, faults + more, totals, _noticed(logs))


def _noticed(logs: Logs) -> dict[tuple[int, int], list[Noticed]]:
    said: dict[tuple[int, int], list[Noticed]] = defaultdict(list)
    total: dict[tuple[int, int], int] = defaultdict(int)
    for index in np.argsort(logs.hour, kind="stable"):
        form, row = int(logs.form[index]), int(logs.terminal[index])
        total[form, row] += int(logs.times[index])
        one = Noticed(logs.forms[form].source, logs.forms[form].words, total[form, row])
        said[row, int(logs.hour[index])].append(one)
    return said


def settle(database: Database, story: Story) -> None:
    """Put sites, terminals and the quiet days into the database."""
    names = list(districts())
    made_sites, made_terminals = [], []
    for row in range(TERMINALS):
        district = names[int(story.figures.district[row])]
        place, en, zh = _PLACES[row % len(_PLACES)]
        site = f"{district[:20]}-{place[:6]}-{row}"[:32]
        shown = districts()[district]
        opens = {"opens": 540, "closes": 1140}
        days = 127 if story.figures.is_open[row, 5 * HOURS_A_DAY : 7 * HOURS_A_DAY].any() else 31
        made_sites.append(
            {"id": site, "district": district, "x": shown.x, "y": shown.y, "days": days}
            | {"name_en": f"{shown.en} {en}", "name_zh": f"{shown.zh_HK}{zh}"}
            | opens
        )
        made_terminals.append({"name": f"terminal-{row + 1}", "site": site, "model": "T1"})
    spoken = [
        {"terminal": row + 1, "at": (BEGIN + column) * HOUR_S, "template": template_id(one)}
        | {"times": one.times}
        for (row, column), some in story.said.items()
        if column < story.hour
        for one in some
    ]
    forms: dict[int, dict[str, Any]] = {}
    said: dict[int, dict[str, Any]] = {}
    for (_, column), some in sorted(story.said.items(), key=lambda one: one[0][1]):
        for one in some if column < story.hour else ():
            number = template_id(one)
            forms.setdefault(number, template(number, one, (BEGIN + column) * HOUR_S))
            said.setdefault(number, template_text(number, one, (BEGIN + column) * HOUR_S))
    past = [_rolled(story, row, column) for row in range(TERMINALS) for column in range(story.hour)]
    with database.writing() as connection:
        connection.execute(sites.insert(), made_sites)
        connection.execute(terminals.insert(), made_terminals)
        connection.execute(hours.insert(), past)
        connection.execute(log_templates.insert(), list(forms.values()))
        connection.execute(log_hours.insert(), spoken)
        write_new(connection, database, list(said.values()))
    now = BEGIN + story.hour
    fit(database, TERMINALS, since=BEGIN * HOUR_S, now=(now - HOURS_A_DAY) * HOUR_S)


def _rolled(story: Story, row: int, column: int) -> dict[str, Any]:
    host = _host(story, row, column)
    return {
        "terminal": row + 1,
        "at": (BEGIN + column) * HOUR_S,
        "readings": 120,
        "worst_parts": 0,
        "temperature_c": host.temperature_c,
        "round_trip_ms": host.round_trip_ms,
        "clock_offset_ms": host.clock_offset_ms,
        "disk_free": host.disk_free,
    } | {name: int(total[row, column]) for name, total in story.totals.items()}


def _host(story: Story, row: int, column: int) -> Host:
    def figure(grid: Grid) -> float | None:
        value = float(grid[row, column])
        return None if np.isnan(value) else round(value, 2)

    def whole(grid: Grid) -> int | None:
        value = figure(grid)
        return None if value is None else round(value)

    figures = story.figures
    return Host(
        uptime_s=column * HOUR_S,
        disk_free=figure(figures.disk_free),
        memory_free=0.6,
        temperature_c=figure(figures.temperature_c),
        clock_offset_ms=whole(figures.clock_offset_ms),
        round_trip_ms=whole(figures.round_trip_ms),
        certificate_days=whole(figures.certificate_days),
        version=(0, 1, 0),
        os_version=(12, 11),
    )


def live_an_hour(service: Service, keeping: Keeping, story: Story) -> None:
    """Let every terminal that has a network check in, then look at all of them."""
    column = story.hour
    story.hour += 1
    now = int(story.clock())
    batch = [
        Told(row + 1, _check_in(story, row, column, now), now - 1)
        for row in range(TERMINALS)
        if story.world.there[row, column]
    ]
    keeping.keep(rows(batch))
    for told_ in batch:
        _obey(service, told_.terminal, now)
    service.rolling.roll_up(now=now)
    service.commands.expire(now=now)
    service.commands.refresh()
    service.watch.look(now, pause_s=HOUR_S / 2)
    if column % _COMPARE_EVERY_H == 0:
        service.compared(unusual(service.database, service.watch.places, now=now), now=now)


def _obey(service: Service, terminal: int, now: int) -> None:
    """Do what was asked for, as a terminal that is well would."""
    if not service.commands.is_due(terminal):
        return
    for command in service.commands.hand_out(terminal, now=now):
        checks = dict.fromkeys(Check, True) if command.order is Order.SELF_TEST else {}
        outcome = Outcome(command.number, Progress.DONE, None, checks)
        service.commands.told(terminal, [outcome], now=now)


def _check_in(story: Story, row: int, column: int, now: int) -> CheckIn:
    ill = {fault.kind for fault in story.faults if fault.terminal == row and fault.begin <= column}
    figures = {name: int(total[row, column]) for name, total in story.totals.items()}
    referred = (figures["started"] - figures["completed"]) // 3
    left = figures["started"] - figures["completed"] - referred
    ready = DeviceState.READY
    reading = Reading(
        sequence=column + 1,
        at=(now - 60) * 1000,
        screen=Screen.TAKING_PHOTO if Kind.QUIET in ill else Screen.ATTRACT,
        screen_s=3600 if Kind.QUIET in ill else 40,
        parts=Parts(ready, ready, ready, ready),
        paper=Supply.OUT if _paper_left(story, row, column) <= 0 else Supply.ENOUGH,
        sessions=Sessions(**figures, left=left, referred=referred, receipts=figures["completed"]),
        queued=0,
        set_aside=0,
        oldest_s=0,
        host=_host(story, row, column),
        steps=_steps(figures["started"], figures["completed"]),
        paper_left=round(_paper_left(story, row, column), 3),
        logs=tuple(story.said.get((row, column), ())[:MOST_NOTICED]),
    )
    return CheckIn((reading,), (), 0, bytes(32))


def _steps(started: int, completed: int) -> dict[Screen, Step]:
    """Return stays on each screen, as many people leave on the way as do not complete."""
    most = len(FUNNEL) - 1
    lost = started - completed
    return {
        screen: Step(started - lost * place // most, (started - lost * place // most) * 9_000)
        for place, screen in enumerate(FUNNEL)
    }


def _paper_left(story: Story, row: int, column: int) -> float:
    """Return how much paper is left, 0 to 1."""
    return float(story.figures.paper_left[row, column])


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, and let the story run beside the console."""
    parser = argparse.ArgumentParser(prog="python -m fleet.simulated.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8080, help="of the console on this machine")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--token", default="", help="to sign in with; one is made without it")
    asked = parser.parse_args(arguments)
    token = asked.token or secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'fleet.db'}")
        upgrade(database.engine)
        story = begin(asked.seed)
        settle(database, story)
        service = Service(database, clock=story.clock, channels={})
        listener = socket.create_server(("127.0.0.1", asked.port))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        print(f"console: {url}   token: {token}", flush=True)  # noqa: T201  (to people)
        with running_provider(WHO, story.clock) as provider:
            console = create_console(service, known(database, provider, url, token))
            asyncio.run(_show(service, story, Door(console, listener)))
        database.close()


def known(database: Database, provider: LocalProvider, url: str, token: str) -> People:
    """Return the demo's people: those of the local provider, and the token."""
    client = Client(
        issuer=provider.issuer,
        client_id=CLIENT,
        secret=SECRET,
        redirect=f"{url}/sign-in/back",
    )
    return People(
        sessions=SignedIn(database),
        tokens=Tokens(database),
        audit=Audit(database, Ed25519PrivateKey.generate()),
        provider=Provider(client, _RULES),
        break_glass=BreakGlass(token),
    )


async def _show(service: Service, story: Story, door: Door) -> None:
    loop, ends = asyncio.get_running_loop(), threading.Event()
    keeping = Keeping(service.database)

    def live() -> None:
        while not ends.is_set() and story.hour < SEEN_DAYS * HOURS_A_DAY:
            live_an_hour(service, keeping, story)
            loop.call_soon_threadsafe(service.live.looked)

    living = threading.Thread(target=live, daemon=True)
    living.start()
    await serve([door], lambda: None)
    ends.set()
    living.join()


if __name__ == "__main__":
    main()
