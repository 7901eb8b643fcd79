"""A claim code makes one machine a terminal, once; whoever raced, was late or guessed is told."""

import itertools
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from fleet import sandbox
from fleet.identity.authority import Authority, BadRequest, NoAuthority, key_of_request
from fleet.identity.claims import ClaimRefused, Claims, ClaimUsed, Made
from fleet.identity.machines import NotThere, shown
from fleet.identity.renewals import Renewals
from fleet.store.database import Database
from fleet.store.known import Inventory, Known
from wire import signing
from wire.claim import LASTS_S, TOKEN_BYTES, Machine, machine_claim

NOW = 1_800_000_000
NAME = "terminal-17"
Key = ec.EllipticCurvePrivateKey


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def authority() -> Authority:
    made = sandbox.authority("Sandbox terminal CA")
    return Authority(made.certificate, made.key)


@pytest.fixture
def claims(database: Database) -> Claims:
    Inventory(database).add(NAME)
    counter = itertools.count(1)
    return Claims(database, random_bytes=lambda size: next(counter).to_bytes(size, "big"))


@pytest.fixture
def take(claims: Claims, authority: Authority) -> Callable[..., Made]:
    def taken(token: bytes, key: Key, now: int = NOW + 1) -> Made:
        return claims.take(token, key.public_key(), authority, model="k1", key_kept="tpm", now=now)

    return taken


@pytest.fixture
def token(claims: Claims) -> bytes:
    return claims.make(NAME, by="someone", now=NOW, size=TOKEN_BYTES)


def known(database: Database, certificate: x509.Certificate) -> bool:
    there = Known(database)
    there.refresh()
    return there.caller(certificate.public_bytes(Encoding.DER)) is not None


def test_a_claim_names_the_machine_and_lets_it_in(
    token: bytes, take: Callable[..., Made], database: Database
) -> None:
    key = new_key()
    made = take(token, key)
    assert made.certificate.public_key() == key.public_key()
    (name,) = made.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert (name.value, made.terminal) == (NAME, NAME)
    assert known(database, made.certificate)


def test_a_second_machine_with_the_same_code_is_refused_and_operations_are_told(
    token: bytes, take: Callable[..., Made]
) -> None:
    take(token, new_key())
    with pytest.raises(ClaimUsed) as refused:
        take(token, new_key())
    assert refused.value.contested.security
    assert NAME in refused.value.contested.sentence


def test_the_same_machine_may_ask_again_for_a_lost_answer(
    token: bytes, take: Callable[..., Made]
) -> None:
    key = new_key()
    first, again = take(token, key), take(token, key, now=NOW + 10 * LASTS_S)
    assert again.again
    assert first.certificate == again.certificate


def test_of_many_machines_that_race_for_a_code_one_wins(
    token: bytes, take: Callable[..., Made]
) -> None:
    start, outcomes = threading.Barrier(12), []

    def race() -> None:
        key = new_key()
        start.wait()
        try:
            take(token, key)
        except ClaimUsed:
            outcomes.append("used")
        else:
            outcomes.append("won")

    racers = [threading.Thread(target=race) for _ in range(12)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(outcomes) == ["used"] * 11 + ["won"]


def test_a_late_code_and_an_unknown_one_are_refused_alike(
    token: bytes, take: Callable[..., Made]
) -> None:
    with pytest.raises(ClaimRefused):
        take(token, new_key(), now=NOW + LASTS_S)
    with pytest.raises(ClaimRefused):
        take(bytes(TOKEN_BYTES), new_key())


def test_a_new_code_ends_the_one_before(
    token: bytes, claims: Claims, take: Callable[..., Made]
) -> None:
    second = claims.make(NAME, by="someone", now=NOW, size=TOKEN_BYTES)
    with pytest.raises(ClaimRefused):
        take(token, new_key())
    assert take(second, new_key()).terminal == NAME


def test_a_retired_terminal_is_claimed_no_more(
    token: bytes, take: Callable[..., Made], database: Database, claims: Claims
) -> None:
    inventory = Inventory(database)
    inventory.retire(inventory.add(NAME))
    with pytest.raises(ClaimRefused):
        take(token, new_key())
    with pytest.raises(ClaimRefused):
        claims.make(NAME, by="someone", now=NOW, size=TOKEN_BYTES)


def test_the_machine_that_is_swapped_is_out_at_once(
    token: bytes, claims: Claims, take: Callable[..., Made], database: Database
) -> None:
    broken = take(token, new_key())
    fresh = take(claims.make(NAME, by="someone", now=NOW, size=TOKEN_BYTES), new_key())
    assert not known(database, broken.certificate)
    assert known(database, fresh.certificate)


def test_a_renewal_leaves_the_certificate_in_use_and_ends_the_others(
    token: bytes, take: Callable[..., Made], database: Database, authority: Authority
) -> None:
    renewals, there = Renewals(database, authority), Known(database)
    certificates = [take(token, new_key()).certificate]
    for step in range(2):
        there.refresh()
        caller = there.caller(certificates[-1].public_bytes(Encoding.DER))
        assert caller is not None
        made = renewals.renew(caller, new_key().public_key(), now=NOW + step)
        assert made is not None
        certificates.append(made.certificate)
    assert [known(database, one) for one in certificates] == [False, True, True]


def test_a_renewal_asked_for_twice_gives_one_certificate(
    token: bytes, take: Callable[..., Made], database: Database, authority: Authority
) -> None:
    there, key = Known(database), new_key().public_key()
    der = take(token, new_key()).certificate.public_bytes(Encoding.DER)
    there.refresh()
    caller = there.caller(der)
    assert caller is not None
    made = [Renewals(database, authority).renew(caller, key, now=NOW) for _ in range(2)]
    assert made[0] is not None
    assert made[1] is not None
    assert made[0].certificate == made[1].certificate


def test_a_copied_disk_that_renews_too_is_noticed(
    token: bytes, take: Callable[..., Made], database: Database, authority: Authority
) -> None:
    there, renewals = Known(database), Renewals(database, authority)
    der = take(token, new_key()).certificate.public_bytes(Encoding.DER)
    there.refresh()
    both = there.caller(der)
    assert both is not None
    of_original = renewals.renew(both, new_key().public_key(), now=NOW)
    of_copy = renewals.renew(both, new_key().public_key(), now=NOW)
    assert of_original is not None
    assert of_copy is not None
    assert not known(database, of_original.certificate)


def request(key: Key | rsa.RSAPrivateKey, name: str = "anyone") -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    authority = x509.BasicConstraints(ca=True, path_length=None)
    builder = builder.add_extension(authority, critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_of_a_request_nothing_is_taken_but_its_key(authority: Authority) -> None:
    key = key_of_request(request(new_key(), name="terminal-1"))
    made = authority.issue(NAME, key, now=NOW)
    (name,) = made.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert name.value == NAME
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert made.not_valid_after_utc - made.not_valid_before_utc <= timedelta(days=30, hours=1)


def test_another_kind_of_key_an_altered_request_and_rubbish_are_refused() -> None:
    good = request(new_key())
    altered = good[:-1] + bytes([good[-1] ^ 1])
    weak = request(rsa.generate_private_key(65537, 2048))
    for bad in (altered, weak, b"", b"0" * 5000, good[:50]):
        with pytest.raises(BadRequest):
            key_of_request(bad)


def test_what_is_no_authority_issues_nothing(tmp_path: Path) -> None:
    folder = tmp_path
    ca, other = sandbox.authority("A"), sandbox.authority("B")
    ca.keep(folder, "ca")
    other.keep(folder, "other")
    sandbox.issue("leaf", ca).keep(folder, "leaf")
    pairs = [("ca", "other"), ("leaf", "leaf"), ("ca", "missing")]
    for certificate, key in pairs:
        with pytest.raises(NoAuthority):
            Authority.load(folder / f"{certificate}.pem", folder / f"{key}.key")
    assert Authority.load(folder / "ca.pem", folder / "ca.key").certificate == ca.certificate


def of_machine(key: Key, token: bytes, request: bytes) -> Machine:
    proof = signing.sign(key, machine_claim(token, request))
    return Machine(signing.public_bytes(key.public_key()), proof)


def test_a_machines_key_is_kept_with_the_claim_it_signed_and_asked_for_ever_after(
    database: Database, claims: Claims, authority: Authority, token: bytes
) -> None:
    machine = new_key()
    public = shown(of_machine(machine, token, b"request"), token=token, request=b"request")
    made = claims.take(
        token,
        new_key().public_key(),
        authority,
        model="k1",
        key_kept="tpm",
        now=NOW + 1,
        machine=public,
    )
    there = Known(database)
    there.refresh()
    caller = there.caller(made.certificate.public_bytes(Encoding.DER))
    assert caller is not None
    assert caller.machine == machine.public_key()


def test_a_machine_without_a_tpm_claims_and_the_key_of_the_one_before_is_forgotten(
    database: Database, claims: Claims, take: Callable[..., Made], authority: Authority
) -> None:
    with_key = claims.make(NAME, by="someone", now=NOW, size=TOKEN_BYTES)
    public = signing.public_bytes(new_key().public_key())
    about = {"model": "k1", "key_kept": "tpm", "now": NOW + 1, "machine": public}
    claims.take(with_key, new_key().public_key(), authority, **about)  # type: ignore[arg-type]
    made = take(claims.make(NAME, by="someone", now=NOW, size=TOKEN_BYTES), new_key())
    there = Known(database)
    there.refresh()
    caller = there.caller(made.certificate.public_bytes(Encoding.DER))
    assert caller is not None
    assert caller.machine is None


def test_a_machines_key_that_did_not_sign_this_claim_is_refused(token: bytes) -> None:
    machine = new_key()
    for other in (
        of_machine(machine, bytes(TOKEN_BYTES), b"request"),
        of_machine(machine, token, b"another request"),
        Machine(signing.public_bytes(new_key().public_key()), bytes(64)),
        Machine(bytes(91), bytes(64)),
    ):
        with pytest.raises(NotThere):
            shown(other, token=token, request=b"request")
