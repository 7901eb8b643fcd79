"""Figures for Prometheus: of the fleet as the last look saw it, and of this server.

No metric names a terminal: ten thousand series of each would be another system's work.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from fleet.app import Service
from fleet.commands.policy import OPEN
from fleet.console.views import Look, lines
from fleet.health.rules import Severity
from fleet.store.tables import commands, messages

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
_ENDS: Final = ("started", "completed", "left", "referred", "broken")


class _Figures(Collector):
    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        """Yield every figure."""
        service, now = self._service, int(self._service.clock())
        alerts = service.book.open(now=now)
        looks = Counter(one.look for one in lines(service, alerts, now=now))
        yield _gauge("fleet_terminals", "Terminals by how they look.", "state", looks, Look)
        open_ = Counter(Severity(row["severity"]) for row in alerts if not row["silenced"])
        yield _gauge("fleet_alerts_open", "Open alerts, not silenced.", "severity", open_, Severity)
        yield from self._visits()
        yield from self._store()
        writer = service.writer_if_running
        stored = CounterMetricFamily(
            "fleet_check_ins", "Check-ins by what became of them.", None, ["end"]
        )
        stored.add_metric(["stored"], writer.stored if writer else 0)
        stored.add_metric(["refused"], writer.refused if writer else 0)
        yield stored
        load = GaugeMetricFamily("fleet_writer_load", "How full the writer's queue is, 0 to 1.")
        load.add_metric([], writer.load if writer else 0.0)
        yield load
        looked = GaugeMetricFamily("fleet_looked_at_seconds", "When all terminals were looked at.")
        looked.add_metric([], service.watch.looked_at)
        yield looked

    def _visits(self) -> Iterator[Metric]:
        visits = CounterMetricFamily("fleet_visits", "Visits by how they ended.", None, ["end"])
        told = list(self._service.watch.present.values())
        for end in _ENDS:
            visits.add_metric([end], sum(getattr(one.reading.sessions, end) for one in told))
        yield visits
        waiting = GaugeMetricFamily("fleet_records_waiting", "Records that wait at terminals.")
        waiting.add_metric([], sum(one.reading.queued for one in told))
        yield waiting

    def _store(self) -> Iterator[Metric]:
        wanted = sa.select(commands.c.state, sa.func.count()).group_by(commands.c.state)
        unsent = sa.select(sa.func.count()).where(messages.c.sent_at.is_(None))
        with self._service.database.reading() as connection:
            states = {row[0]: row[1] for row in connection.execute(wanted)}
            waiting = connection.execute(unsent).scalar_one()
        counted = Counter({state: states.get(state.value, 0) for state in OPEN})
        yield _gauge("fleet_commands_open", "Commands by where they stand.", "state", counted, OPEN)
        gauge = GaugeMetricFamily("fleet_messages_waiting", "Mails and webhooks not taken yet.")
        gauge.add_metric([], waiting)
        yield gauge


def exposed(service: Service) -> bytes:
    """Return all figures in Prometheus' text form."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(service))
    return generate_latest(registry)


def _gauge(name: str, text: str, label: str, counted: Counter[Any], words: Any) -> Metric:
    made = GaugeMetricFamily(name, text, None, [label])
    for word in sorted(words):
        made.add_metric([word.value], counted[word])
    return made
