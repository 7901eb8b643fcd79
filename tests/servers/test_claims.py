"""A bare machine becomes a terminal of the fleet on its slip, and of no other."""

import contextlib
import http.server
import io
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.serialization import Encoding

from fleet import sandbox
from fleet.identity.__main__ import main
from fleet.store.tables import alerts, audit, claims
from provisioning.identity import fleet_link
from provisioning.identity.claiming import Became, claim
from provisioning.identity.fleet_link import FleetError, FleetRefuses, FleetSilent, ForgedFleet
from provisioning.identity.generations import KEY, Generations
from provisioning.identity.keeper import FileKeeper
from provisioning.identity.renewing import renew
from tests.support.fleet_kiosk import Kiosk
from tests.support.fleet_server import NGINX, RunningFleet, Terminal, make_data, running_fleet
from wire.claim import AUTHORITY_PATH, CLAIM_PATH, JSON, RENEWAL_PATH, ClaimCode

pytestmark = pytest.mark.server
_LOOK_S = 0.2


@pytest.fixture(scope="module", params=["embedded", "nginx"])
def fleet(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningFleet]:
    behind = request.param == "nginx"
    if behind and not Path(NGINX).exists():
        pytest.skip("no nginx here")
    data = tmp_path_factory.mktemp("fleet")
    make_data(data)
    with running_fleet(data, behind_nginx=behind) as running:
        yield running


def is_limited(fleet: RunningFleet) -> bool:
    """Say whether nginx stands before it, which lets a terminal ask so often and no more."""
    return (fleet.data / "fleet.sock").exists()


def slip(fleet: RunningFleet, name: str) -> ClaimCode:
    """Print a code as operations do; return what stands on the slip."""
    server = f"127.0.0.1:{fleet.claim_port}"
    command = ["claim", name, "--data", str(fleet.data), "--server", server]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main(command) == 0
    return ClaimCode.parse(printed.getvalue().splitlines()[0])


def become(fleet: RunningFleet, folder: Path, name: str) -> tuple[Generations, Became]:
    generations = Generations(folder)
    return generations, claim(generations, FileKeeper(), slip(fleet, name), model="k1")


def checks_in(fleet: RunningFleet, folder: Path, generations: Generations) -> bool:
    """Say whether the machine's first check-in is taken."""
    current = generations.current()
    assert current is not None
    ca, pem, key = (current.folder / name for name in ("fleet_ca.pem", "terminal.pem", KEY))
    kiosk = Kiosk(folder, Terminal(ca, pem, key), fleet.url)
    with contextlib.closing(kiosk):
        return type(kiosk.reporter.check_in(())).__name__ == "Taken"


def test_a_machine_with_a_slip_is_a_terminal_and_checks_in(
    fleet: RunningFleet, tmp_path: Path
) -> None:
    generations, became = become(fleet, tmp_path / "id", "terminal-51")
    assert became.claimed.terminal == "terminal-51"
    assert until_taken(fleet, tmp_path / "kiosk", generations)


def until_taken(fleet: RunningFleet, folder: Path, generations: Generations) -> bool:
    """Check in until the server, which looks each second, knows the certificate.

    Not faster than nginx lets a terminal.
    """
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if checks_in(fleet, folder, generations):
            return True
        time.sleep(_LOOK_S)
    return False


def test_a_second_machine_with_the_same_slip_is_refused_told_and_alarmed(
    fleet: RunningFleet, tmp_path: Path
) -> None:
    code = slip(fleet, "terminal-52")
    claim(Generations(tmp_path / "one"), FileKeeper(), code, model="k1")
    with pytest.raises(FleetRefuses) as refused:
        claim(Generations(tmp_path / "other"), FileKeeper(), code, model="k1")
    assert (refused.value.status, refused.value.code) == (HTTPStatus.CONFLICT, "claim.used")
    with contextlib.closing(fleet.database()) as database, database.reading() as connection:
        told = connection.execute(sa.select(alerts.c.failure, alerts.c.security)).all()
    assert ("claim.contested", True) in [tuple(row) for row in told]


def test_a_machine_that_lost_the_answer_asks_again_and_is_given_the_same(
    fleet: RunningFleet, tmp_path: Path
) -> None:
    code, generations = slip(fleet, "terminal-53"), Generations(tmp_path / "id")
    first = claim(generations, FileKeeper(), code, model="k1")
    # As a power cut leaves it: the fleet has answered, the disk does not know.
    (first.generation.folder / "terminal.pem").unlink()
    (tmp_path / "id" / "current").unlink()
    again = claim(Generations(tmp_path / "id"), FileKeeper(), code, model="k1")
    assert again.claimed.certificate == first.claimed.certificate


def test_a_certificate_is_renewed_under_a_new_key_and_the_old_one_ends_with_the_next(
    fleet: RunningFleet, tmp_path: Path
) -> None:
    generations, became = become(fleet, tmp_path / "id", "terminal-54")
    assert until_taken(fleet, tmp_path / "kiosk", generations)
    now = datetime.now(UTC)
    assert not renew(generations, FileKeeper(), fleet.url, now=now).is_new
    assert renew(generations, FileKeeper(), fleet.url, now=now, at_once=True).is_new
    current = generations.current()
    assert current is not None
    fresh = current.certificate()
    assert fresh is not None
    assert fresh.public_key() != became.generation.key(FileKeeper()).public_key()
    assert until_taken(fleet, tmp_path / "kiosk", generations)


def test_a_fleet_that_has_too_much_at_once_is_no_forged_one(
    fleet: RunningFleet, tmp_path: Path
) -> None:
    generations, _ = become(fleet, tmp_path / "id", "terminal-58")
    current = generations.current()
    assert current is not None
    said: set[type[FleetError]] = set()
    for _ in range(40):
        try:
            fleet_link.post(
                fleet.url,
                RENEWAL_PATH,
                {"Content-Type": JSON},
                b"{}",
                fleet_ca=(current.folder / "fleet_ca.pem").read_bytes(),
                identity=(current.folder / "terminal.pem", current.folder / KEY),
            )
        except FleetError as told:
            said.add(type(told))
    assert said == ({FleetRefuses, FleetSilent} if is_limited(fleet) else {FleetRefuses})


def test_a_guess_is_refused_and_says_nothing(fleet: RunningFleet, tmp_path: Path) -> None:
    code = replace(slip(fleet, "terminal-55"), token=bytes(16))
    with pytest.raises(FleetRefuses) as refused:
        claim(Generations(tmp_path / "id"), FileKeeper(), code, model="k1")
    assert refused.value.code == "claim.refused"


def test_no_token_and_no_key_is_in_the_database_or_a_note(
    fleet: RunningFleet, tmp_path: Path
) -> None:
    code = slip(fleet, "terminal-56")
    claim(Generations(tmp_path / "id"), FileKeeper(), code, model="k1")
    letters = str(code).split("/")[3]
    with contextlib.closing(fleet.database()) as database, database.reading() as connection:
        kept = [str(row) for table in (claims, audit) for row in connection.execute(table.select())]
    assert any("terminal-56" in row for row in kept)
    said = "".join([*kept, *fleet.lines])
    assert letters not in said
    assert code.token.hex() not in said
    assert str(code.token) not in said


def test_the_door_for_claims_answers_nothing_else(fleet: RunningFleet, tmp_path: Path) -> None:
    code = slip(fleet, "terminal-57")
    issuer, _ = fleet_link.authority(code)
    fleet_ca = issuer.public_bytes(Encoding.PEM)
    for path in ("/v1/checkin", "/v1/certificates", "/healthz", "/openapi.json"):
        with pytest.raises((FleetRefuses, ForgedFleet)):
            fleet_link.post(code.url, path, {"Content-Type": JSON}, b"{}", fleet_ca=fleet_ca)
    with pytest.raises(FleetRefuses) as refused:
        fleet_link.post(code.url, CLAIM_PATH, {"Content-Type": JSON}, b"{}", fleet_ca=fleet_ca)
    assert refused.value.code == "claim.malformed"


@contextlib.contextmanager
def impostor(folder: Path, answer: bytes, status: int = 200) -> Iterator[tuple[int, list[bytes]]]:
    """Run an https server of another authority; yield its port and what it was told."""
    folder.mkdir()
    sandbox.make(folder, [])
    told: list[bytes] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.append(self.path.encode())
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def do_POST(self) -> None:
            told.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "fleet.pem", folder / "fleet.key")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port, told
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("kind", ["other authority", "the right authority copied", "login page"])
def test_a_forged_fleet_is_refused_and_learns_nothing(
    fleet: RunningFleet, tmp_path: Path, kind: str
) -> None:
    code = slip(fleet, "terminal-58")
    other = sandbox.authority("Sandbox fleet CA").certificate
    answer = {
        "other authority": other.public_bytes(Encoding.PEM),
        "the right authority copied": (fleet.data / "fleet_ca.pem").read_bytes(),
        "login page": b"<html>Welcome to the mall's Wi-Fi. Please sign in.</html>",
    }[kind]
    with impostor(tmp_path / "impostor", answer) as (port, told), pytest.raises(ForgedFleet):
        claim(
            Generations(tmp_path / "id"),
            FileKeeper(),
            replace(code, server=f"127.0.0.1:{port}"),
            model="k1",
        )
    assert told == [AUTHORITY_PATH.encode()]


def test_a_fleet_that_is_away_is_not_called_forged(fleet: RunningFleet, tmp_path: Path) -> None:
    code = replace(slip(fleet, "terminal-59"), server="127.0.0.1:1")
    with pytest.raises(FleetSilent):
        claim(Generations(tmp_path / "id"), FileKeeper(), code, model="k1")
