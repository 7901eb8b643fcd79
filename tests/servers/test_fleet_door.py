"""Nobody gets in but a terminal in service, whoever ends TLS; nobody speaks for another."""

import contextlib
import dataclasses
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from fleet import sandbox
from fleet.store.known import Inventory, fingerprint
from tests.support.fleet_server import (
    NAMES,
    NGINX,
    RunningFleet,
    Terminal,
    encoded,
    fields_of,
    make_data,
    post,
    running_fleet,
)
from tests.support.readings import check_in, reading
from wire.checkin import LARGEST_BYTES

pytestmark = pytest.mark.server
NAMED = encoded(check_in())
_SOON_S = 20.0
Folders = pytest.TempPathFactory


@dataclasses.dataclass
class Site:
    """A running server, and terminals that should not get in."""

    fleet: RunningFleet
    rogue: Terminal
    listed: Terminal

    def send(
        self,
        shown: Terminal | None,
        *,
        body: bytes = NAMED,
        signs: Terminal | None = None,
        fields: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[int, str]:
        """Send a check-in; return status and code, (0, "") for a connection refused."""
        signs = signs or shown or self.fleet.terminal()
        signed = fields_of(self.fleet.url, signs.signer(), body, created=int(time.time()))
        try:
            status, problem = post(
                self.fleet.port,
                body,
                signed | dict(fields),
                shown=shown,
                ca=self.fleet.terminal().ca,
            )
        except OSError:
            return 0, ""
        return status, problem.get("code", "")


@pytest.fixture(scope="module", params=["embedded", "nginx"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    behind = request.param == "nginx"
    if behind and not Path(NGINX).exists():
        pytest.skip("no nginx here")
    data = tmp_path_factory.mktemp("fleet")
    ca = make_data(data)
    keys = data / "keys"
    # Same names of authority and terminal, other keys.
    sandbox.issue(NAMES[0], sandbox.authority("Sandbox terminal CA")).keep(keys, "rogue")
    listed = sandbox.issue("terminal-9", ca)
    listed.keep(keys, "listed")
    (data / "terminals" / "terminal-9.pem").write_bytes((keys / "listed.pem").read_bytes())
    (data / "terminal_crl.pem").write_bytes(sandbox.revocation_list(ca, listed.certificate))
    with running_fleet(data, behind_nginx=behind) as fleet:
        yield Site(fleet, fleet.terminal("rogue"), fleet.terminal("listed"))


def test_a_terminal_in_service_is_let_in(site: Site) -> None:
    assert site.send(site.fleet.terminal()) == (200, "")


def test_a_caller_without_a_certificate_is_not(site: Site) -> None:
    assert site.send(None)[0] in {0, 400}


def test_a_certificate_of_another_authority_of_the_same_name_is_not(site: Site) -> None:
    assert site.send(site.rogue)[0] in {0, 400}


def test_a_certificate_on_the_authoritys_list_is_not(site: Site) -> None:
    assert site.send(site.listed)[0] in {0, 400}


def test_a_certificate_that_the_fleet_has_revoked_is_not(site: Site) -> None:
    terminal = site.fleet.terminal(NAMES[2])
    assert site.send(terminal) == (200, "")
    certificate = x509.load_pem_x509_certificate(terminal.certificate.read_bytes())
    der = certificate.public_bytes(Encoding.DER)
    with contextlib.closing(site.fleet.database()) as database:
        assert Inventory(database).revoke(fingerprint(der))
    began = time.monotonic()
    while site.send(terminal) != (403, "terminal.unknown"):
        assert time.monotonic() - began < _SOON_S


def test_headers_that_a_caller_writes_are_not_believed(site: Site) -> None:
    claimed = {"X-Client-Verify": "SUCCESS", "X-Client-Certificate": "anything"}
    assert site.send(site.fleet.terminal(), fields=claimed) == (200, "")
    assert site.send(None, fields=claimed)[0] in {0, 400}


def test_a_terminal_cannot_speak_for_another(site: Site) -> None:
    one, other = (site.fleet.terminal(name) for name in NAMES[:2])
    assert site.send(one, signs=other) == (401, "signature.bad")


@pytest.mark.parametrize("name", ["Signature", "Signature-Input", "Content-Digest"])
def test_a_request_whose_signature_is_spoilt_is_refused(site: Site, name: str) -> None:
    assert site.send(site.fleet.terminal(), fields={name: "sig1=:AAAA:"}) == (401, "signature.bad")


def test_a_signature_for_another_server_is_refused(site: Site) -> None:
    terminal, now = site.fleet.terminal(), int(time.time())
    fields = fields_of("https://elsewhere.example", terminal.signer(), NAMED, created=now)
    status, problem = post(site.fleet.port, NAMED, fields, shown=terminal, ca=terminal.ca)
    assert (status, problem["code"]) == (401, "signature.bad")


def test_a_clock_that_is_wrong_is_told_the_time(site: Site) -> None:
    terminal = site.fleet.terminal()
    fields = fields_of(site.fleet.url, terminal.signer(), NAMED, created=int(time.time()) - 3600)
    status, problem = post(site.fleet.port, NAMED, fields, shown=terminal, ca=terminal.ca)
    assert (status, problem["code"]) == (401, "signature.clock")
    assert abs(problem["server_at"] / 1000 - time.time()) < 60


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x94\x90\x90\x00", NAMED[:-1], NAMED + b"\x00"])
def test_what_is_no_check_in_is_refused_by_its_code(site: Site, body: bytes) -> None:
    assert site.send(site.fleet.terminal(), body=body) == (422, "checkin.malformed")


def test_what_is_too_large_is_refused_by_its_code(site: Site) -> None:
    body = bytes(LARGEST_BYTES + 1)
    assert site.send(site.fleet.terminal(), body=body) == (413, "checkin.too_large")


def test_another_version_is_refused_by_its_code(site: Site) -> None:
    sent = site.send(site.fleet.terminal(), fields={"Content-Type": "application/json"})
    assert sent == (415, "checkin.wrong_type")


def test_whatever_was_refused_nothing_of_it_is_stored_or_noted(site: Site) -> None:
    canary = b"CANARY-NAME"
    site.send(site.fleet.terminal(), body=canary)
    site.send(site.fleet.terminal(NAMES[1]), body=encoded(check_in(reading(77))))
    if site.fleet.database_url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(site.fleet.data / "fleet.db")) as database:
            assert database.execute("SELECT max(sequence) FROM latest").fetchone() == (77,)
            dump = "\n".join(database.iterdump())
        assert "CANARY" not in dump
    assert "CANARY" not in "".join(site.fleet.lines)
