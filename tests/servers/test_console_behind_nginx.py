"""People reach the console by TLS through the nginx that is shipped, and by nothing else."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.fleet_server import NGINX, RunningFleet, make_data, running_fleet

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not Path(NGINX).exists(), reason="no nginx here"),
]
TOKEN = "a-token-of-at-least-24-letters"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningFleet]:
    data = tmp_path_factory.mktemp("fleet")
    make_data(data)
    token = data / "console.token"
    token.write_text(TOKEN)
    token.chmod(0o600)
    with running_fleet(data, behind_nginx=True, console=True) as running:
        yield running


@pytest.fixture
def browser(fleet: RunningFleet) -> Iterator[httpx.Client]:
    context = ssl.create_default_context(cafile=str(fleet.data / "fleet_ca.pem"))
    url = f"https://127.0.0.1:{fleet.console_port}"
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=url, verify=context, headers=headers) as client:
        yield client


def test_nobody_sees_anything_before_signing_in(browser: httpx.Client) -> None:
    answer = browser.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_page_that_is_open_hears_at_once_what_happens(browser: httpx.Client) -> None:
    form = {"token": TOKEN, "reason": "a test"}
    assert browser.post("/sign-in", data=form).status_code == 200
    with browser.stream("GET", "/events") as events:
        assert next(events.iter_lines()).startswith("id: ")


def test_neither_terminals_nor_machines_reach_the_console_by_their_doors(
    fleet: RunningFleet, browser: httpx.Client
) -> None:
    context = ssl.create_default_context(cafile=str(fleet.data / "fleet_ca.pem"))
    own = fleet.terminal()
    context.load_cert_chain(own.certificate, own.key)
    for port in (fleet.port, fleet.claim_port):
        url = f"https://127.0.0.1:{port}"
        with httpx.Client(base_url=url, verify=context) as client:
            assert client.get("/sign-in").status_code == 404
    assert browser.post("/v1/checkin", content=b"").status_code in {401, 403, 404}
