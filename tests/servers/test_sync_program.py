"""`python -m kiosk.sync` as the terminal runs it."""

import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from kiosk.session.seal import seal
from kiosk.sync.guardian_slip import GuardianSlip, beside
from kiosk.sync.outbox import Outbox
from kiosk.update.follow import is_up
from kiosk.update.kinds import versions_of
from tests.support.citizens import request_for
from tests.support.enrolment_records import CANARY_NUMBER, TERMINAL, record
from tests.support.register import make_data, running_register
from tests.support.releases import release
from wire.record import key_id
from wire.rollout import Kind
from wire.versions import SOFTWARE

pytestmark = pytest.mark.server

_SOON_S = 60.0


def start(
    data: Path, outbox: Path, register: str, notify: Path, **told: str
) -> subprocess.Popen[str]:
    settings = data / "terminal.toml"
    settings.write_text(
        f"""
        [terminal]
        id = "{TERMINAL}"
        [paths]
        outbox = "{outbox}"
        state = "{outbox.parent}"
        versions = "{outbox.parent / "versions"}"
        [register]
        url = "{register}"
        ca = "{data / "register_ca.pem"}"
        certificate = "{data / "terminal.pem"}"
        key = "{data / "terminal.key"}"
        receipt_key = "{data / "receipt_public.pem"}"
        """
    )
    environment = {n: v for n, v in os.environ.items() if n != "JOURNAL_STREAM"}
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk.sync", "--settings", str(settings)],
        stderr=subprocess.PIPE,
        text=True,
        env=environment | {"NOTIFY_SOCKET": str(notify)} | told,
    )


def until(notified: socket.socket, wanted: bytes) -> float:
    """Read what systemd would be told until `wanted`, and say how long it took."""
    began = time.monotonic()
    while time.monotonic() - began < _SOON_S:
        if select.select([notified], [], [], 1.0)[0] and notified.recv(4096) == wanted:
            return time.monotonic() - began
    raise AssertionError(f"never told {wanted!r}")


def test_a_record_stored_while_it_runs_is_delivered_and_it_stops_when_told(tmp_path: Path) -> None:
    data = make_data(tmp_path / "register")
    notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notified.bind(str(tmp_path / "notify"))
    box = Outbox(tmp_path / "outbox.db", limit_records=9, limit_age_s=1e9, clock=time.time)
    content = record()
    public = (data / "seal_public.bin").read_bytes()
    sealed = seal(content, register_key=public, terminal=TERMINAL)
    with running_register(data) as register:
        sync = start(data, tmp_path / "outbox.db", register.url, tmp_path / "notify")
        until(notified, b"READY=1")
        until(notified, b"WATCHDOG=1")
        box.store(content.record_id, sealed, key_id=key_id(public), created_at=content.created_at)
        mark = box.change_mark()
        began = time.monotonic()
        while box.outcome(content.record_id).verdict is None:
            assert time.monotonic() - began < _SOON_S
            until(notified, b"WATCHDOG=1")
        assert box.change_mark() != mark
        sync.send_signal(signal.SIGTERM)
        _, said = sync.communicate(timeout=_SOON_S)
    assert sync.returncode == 0
    assert "sync.delivered" in said
    assert CANARY_NUMBER not in said
    assert content.record_id not in said
    box.close()
    notified.close()


def test_a_guardian_is_asked_for_while_it_runs(tmp_path: Path) -> None:
    data = make_data(tmp_path / "register")
    notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notified.bind(str(tmp_path / "notify"))
    slip = GuardianSlip(beside(tmp_path / "outbox.db"))
    consent_id = str(uuid.uuid4())
    with running_register(data) as register:
        sync = start(data, tmp_path / "outbox.db", register.url, tmp_path / "notify")
        until(notified, b"READY=1")
        slip.ask(consent_id, request_for(record(), secrets.token_bytes(16)))
        began = time.monotonic()
        while slip.told(consent_id).state is None:
            assert time.monotonic() - began < _SOON_S
            until(notified, b"WATCHDOG=1")
        sync.send_signal(signal.SIGTERM)
        _, said = sync.communicate(timeout=_SOON_S)
    assert sync.returncode == 0
    assert consent_id not in said
    slip.close()
    notified.close()


def test_it_ends_once_the_engine_runs_another_version_and_is_known_to_be_up_until_then(
    tmp_path: Path,
) -> None:
    data = make_data(tmp_path / "register")
    notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notified.bind(str(tmp_path / "notify"))
    nowhere = "https://127.0.0.1:9"
    sync = start(data, tmp_path / "outbox.db", nowhere, tmp_path / "notify", KIOSK_TREE="")
    try:
        until(notified, b"WATCHDOG=1")
        assert is_up(tmp_path, SOFTWARE)
        versions_of(tmp_path / "versions", Kind.APP).found(release("9.0.0"), "9.0.0")
        sync.communicate(timeout=_SOON_S)
    finally:
        sync.kill()
        sync.communicate()
        notified.close()
    assert sync.returncode == 0
    assert not is_up(tmp_path, SOFTWARE)


def test_settings_that_cannot_be_used_are_said_by_their_code(tmp_path: Path) -> None:
    settings = tmp_path / "terminal.toml"
    settings.write_text("[register]\nurrl = 1\n")
    command = [sys.executable, "-m", "kiosk.sync", "--settings", str(settings)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert refused.stderr.startswith("config.unknown_key: register.urrl")
    assert "url" in refused.stderr
