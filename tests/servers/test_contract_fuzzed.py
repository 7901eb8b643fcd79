"""Whatever is sent is answered as the contract says, and never by a failure of our own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from enrolment.app import create_api
from enrolment.closing import Closing, Kept
from enrolment.file_keys import FileKeys
from enrolment.guardians import Guardians
from enrolment.matching import PlausibilityMatching
from enrolment.register import Register
from enrolment.sandbox_population import SamePicture
from enrolment.settings import Limits
from tests.support.register import make_data, signer
from tests.support.register_databases import opened
from tests.support.requests_of_terminals import fields
from wire.record import CONTENT_TYPE

pytestmark = pytest.mark.server

EXAMPLES = 40
CONTRACT = Path(__file__).resolve().parents[2] / "enrolment" / "openapi.yaml"


@schemathesis.serializer(CONTENT_TYPE)
def raw(_: Any, value: Any) -> bytes:
    """Send what was made up as the bytes it is."""
    return value if isinstance(value, bytes) else str(value).encode()


class Called:
    """The application as over TLS: with the caller's certificate in each request's scope."""

    def __init__(self, app: Any, certificate: bytes) -> None:
        self._app = app
        self._certificate = certificate

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope.setdefault("extensions", {})["tls"] = {"client_certificate": self._certificate}
        await self._app(scope, receive, send)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="module")
def contract(data: Path) -> Iterator[Any]:
    pem = (data / "terminal.pem").read_bytes()
    certificate = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    with opened(f"sqlite:///{data / 'register.db'}") as store:
        store.add_terminal(certificate, "T-001")
        keys = FileKeys(data)
        guardians = Guardians(
            store=store,
            keys=keys,
            clock=lambda: datetime.now(UTC),
            lasts=timedelta(minutes=10),
            stand_ins=True,
        )
        register = Register(
            keys=keys,
            store=store,
            matching=PlausibilityMatching(),
            templates=SamePicture(),
            guardians=guardians,
            closing=Closing(
                store.engine,
                Kept(timedelta(hours=72), timedelta(days=2557)),
                lambda: datetime.now(UTC),
            ),
            clock=lambda: datetime.now(UTC),
        )
        app = create_api(register, Limits(requests_burst=1_000_000))
        yield schemathesis.openapi.from_asgi("/openapi.json", Called(app, certificate))
        register.close()


def test_the_contract_in_the_tree_is_the_applications(contract: Any) -> None:
    assert yaml.safe_load(CONTRACT.read_text()) == contract.raw_schema


def operations(contract: Any) -> dict[str, Any]:
    found = (result.ok() for result in contract.get_all_operations())
    return {f"{operation.method} {operation.path}": operation for operation in found}


NAMES = [
    f"{method} {path}"
    for path, methods in yaml.safe_load(CONTRACT.read_text())["paths"].items()
    for method in methods
]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_sent_is_answered_as_the_contract_says(contract: Any, name: str) -> None:
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(operations(contract)[name].as_strategy())
    def sent(case: Any) -> None:
        case.call_and_validate()

    sent()


def test_whatever_a_terminal_signs_is_answered_as_the_contract_says(
    contract: Any, data: Path
) -> None:
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(operations(contract)["put /v1/enrolments/{record_id}"].as_strategy())
    def sent(case: Any) -> None:
        body = case.body if isinstance(case.body, bytes) else b""
        known = fields(body, data)
        signed = known | signer(data).sign("PUT", f"http://testserver{case.formatted_path}", known)
        # No schema can say what opens with the register's key.
        case.call_and_validate(headers=signed, excluded_checks=[positive_data_acceptance])

    sent()
