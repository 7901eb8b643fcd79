"""An account is opened once, on one phone; what is kept of a face is the citizen's choice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from enrolment.accounts import Accounts, Opened
from enrolment.activation import Link, Product, digest_of
from enrolment.citizens import CHALLENGE_LASTS, TRIES, TRIES_WITHIN, StepUp
from enrolment.ledger import Act, Consents
from enrolment.signing_ca import NoSigningKey
from tests.support import enrolment_records as canaries
from tests.support.citizens import LINK_LASTS, Town, chosen
from tests.support.enrolment_records import record

pytestmark = pytest.mark.server

OPTED_IN = msgspec.structs.replace(record().consent, keep_template=True)
OTHER = "B111111(1)"


def phone_of(town: Town, token: str) -> str:
    done, phone = town.citizens.open(token, chosen())
    assert done is Opened.DONE
    return phone


def stepped_up(town: Town, phone: str, selfie: bytes = canaries.CANARY_PHOTO) -> StepUp | None:
    challenge = town.citizens.challenge(phone)
    assert challenge is not None
    return town.citizens.step_up(phone, challenge, selfie)


def trail(town: Town, phone: str) -> list[Act]:
    view = town.citizens.view(phone)
    assert view is not None
    return [done.act for done in view.trail]


def test_of_sixty_phones_that_race_for_one_link_exactly_one_wins(town: Town) -> None:
    token = town.enrol()
    with ThreadPoolExecutor(60) as threads:
        won = list(threads.map(lambda _: town.citizens.open(token, chosen()), range(60)))
    assert [done for done, _ in won].count(Opened.DONE) == 1
    assert [done for done, _ in won].count(Opened.GONE) == 59
    winners = [phone for done, phone in won if done is Opened.DONE]
    assert [phone for _, phone in won if town.citizens.view(phone) is not None] == winners


def test_a_link_lasts_for_a_while_and_no_longer(town: Town) -> None:
    token = town.enrol()
    town.clock.now += LINK_LASTS
    assert town.citizens.invitation(token).link is Link.OPEN
    town.clock.now += timedelta(seconds=1)
    assert town.citizens.invitation(token).link is Link.EXPIRED
    assert town.citizens.open(token, chosen())[0] is Opened.GONE


@pytest.mark.parametrize("token", ["", "no token", "A" * 22])
def test_a_link_of_nobodys_leads_nowhere(town: Town, token: str) -> None:
    assert town.citizens.invitation(token).link is Link.UNKNOWN
    assert town.citizens.open(token, chosen())[0] is Opened.GONE


def test_one_phone_has_one_account_and_the_other_link_stays_open(town: Town) -> None:
    phone = phone_of(town, town.enrol())
    token = town.enrol(number=OTHER)
    assert town.citizens.open(token, chosen(phone=phone))[0] is Opened.PHONE_TAKEN
    assert town.citizens.invitation(token).link is Link.OPEN
    assert town.citizens.open(token, chosen())[0] is Opened.DONE


def test_without_the_opt_in_no_template_is_made_or_kept(town: Town) -> None:
    phone = phone_of(town, town.enrol())
    assert town.templates.seen == []
    assert stepped_up(town, phone) is StepUp.NO_TEMPLATE
    view = town.citizens.view(phone)
    assert view is not None
    assert not view.is_template_kept
    kept = b"".join(file.read_bytes() for file in town.data.glob("register.db*"))
    assert canaries.CANARY_PHOTO[:32] not in kept
    assert canaries.CANARY_PORTRAIT[:32] not in kept


def test_with_the_opt_in_the_template_is_kept_sealed(town: Town) -> None:
    token = town.enrol(consent=OPTED_IN)
    account = Accounts(town.store.engine).of_token(digest_of(token) or "")
    assert account is not None
    template = Accounts(town.store.engine).template(account.record_id)
    assert template is not None
    assert town.templates.seen == [canaries.CANARY_PHOTO]
    assert template.kind == town.templates.kind
    assert town.templates.template(canaries.CANARY_PHOTO) not in template.sealed


def test_who_is_not_accepted_has_no_template_kept(town: Town) -> None:
    town.enrol(number="A123456(4)", consent=OPTED_IN)
    town.enrol(consent=OPTED_IN)
    town.enrol(consent=OPTED_IN)  # a duplicate: its template may be made, and is not stored
    with town.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM templates").scalar() == 1
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM accounts").scalar() == 1


def test_a_selfie_is_compared_with_the_template(town: Town) -> None:
    phone = phone_of(town, town.enrol(consent=OPTED_IN))
    assert stepped_up(town, phone) is StepUp.PASSED
    assert stepped_up(town, phone, b"somebody else") is StepUp.FAILED
    assert trail(town, phone)[-4:] == [
        Act.STEP_UP_TRIED,
        Act.STEP_UP_PASSED,
        Act.STEP_UP_TRIED,
        Act.STEP_UP_FAILED,
    ]


def test_a_challenge_is_answered_once_soon_and_by_its_own_phone(town: Town) -> None:
    phone = phone_of(town, town.enrol(consent=OPTED_IN))
    other = phone_of(town, town.enrol(consent=OPTED_IN, number=OTHER))
    challenge = town.citizens.challenge(phone)
    assert challenge is not None
    assert town.citizens.step_up(other, challenge, b"") is StepUp.CHALLENGE_GONE
    assert town.citizens.step_up(phone, challenge, canaries.CANARY_PHOTO) is StepUp.PASSED
    assert town.citizens.step_up(phone, challenge, b"") is StepUp.CHALLENGE_GONE
    late = town.citizens.challenge(phone)
    assert late is not None
    town.clock.now += CHALLENGE_LASTS + timedelta(seconds=1)
    assert town.citizens.step_up(phone, late, b"") is StepUp.CHALLENGE_GONE


def test_tries_are_bounded_also_when_they_are_made_at_once(town: Town) -> None:
    phone = phone_of(town, town.enrol(consent=OPTED_IN))
    given = [town.citizens.challenge(phone) or "" for _ in range(20)]
    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(lambda one: town.citizens.step_up(phone, one, b"x"), given))
    assert outcomes.count(StepUp.FAILED) == TRIES
    assert outcomes.count(StepUp.LOCKED) == 20 - TRIES
    assert stepped_up(town, phone) is StepUp.LOCKED
    town.clock.now += TRIES_WITHIN + timedelta(seconds=1)
    assert stepped_up(town, phone) is StepUp.PASSED


def test_who_passed_may_fail_again(town: Town) -> None:
    phone = phone_of(town, town.enrol(consent=OPTED_IN))
    for _ in range(TRIES - 1):
        assert stepped_up(town, phone, b"x") is StepUp.FAILED
    assert stepped_up(town, phone) is StepUp.PASSED
    assert stepped_up(town, phone, b"x") is StepUp.FAILED


def test_a_withdrawal_destroys_the_template_and_stays_in_the_ledger(town: Town) -> None:
    token = town.enrol(consent=OPTED_IN)
    account = Accounts(town.store.engine).of_token(digest_of(token) or "")
    assert account is not None
    template = Accounts(town.store.engine).template(account.record_id)
    assert template is not None
    phone = phone_of(town, token)
    assert town.citizens.withdraw(phone, language="en")
    assert town.citizens.withdraw(phone, language="en")
    view = town.citizens.view(phone)
    assert view is not None
    assert not view.is_template_kept
    assert stepped_up(town, phone) is StepUp.NO_TEMPLATE
    said = [(row.purpose, row.choice, row.language) for row in view.consents]
    assert said == [
        (Consents.REGISTRATION, True, "zh_HK"),
        (Consents.TEMPLATE, True, "zh_HK"),
        (Consents.TEMPLATE, False, "en"),
    ]
    assert {row.statement for row in view.consents} == {"2026-11"}
    assert trail(town, phone)[-1] is Act.TEMPLATE_DESTROYED
    kept = b"".join(file.read_bytes() for file in town.data.glob("register.db*"))
    assert template.sealed[:40] not in kept


def test_a_phone_without_an_account_sees_and_does_nothing(town: Town) -> None:
    town.enrol(consent=OPTED_IN)
    for phone in ("", "guessed"):
        assert town.citizens.view(phone) is None
        assert town.citizens.challenge(phone) is None
        assert town.citizens.step_up(phone, "", b"x") is None
        assert not town.citizens.withdraw(phone, language="en")


def spki(key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_the_plus_version_has_a_certificate_over_the_phones_own_key(town: Town) -> None:
    token = town.enrol()
    account = Accounts(town.store.engine).of_token(digest_of(token) or "")
    assert account is not None
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    plus = chosen(product=Product.PLUS, signing_key=spki(key))
    done, phone = town.citizens.open(token, plus)
    assert done is Opened.DONE
    view = town.citizens.view(phone)
    kept = Accounts(town.store.engine).certificate(account.record_id)
    assert view is not None
    assert kept is not None
    certificate = x509.load_der_x509_certificate(kept.certificate)
    authority = x509.load_pem_x509_certificate((town.data / "signing_ca.pem").read_bytes())
    certificate.verify_directly_issued_by(authority)
    (name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert certificate.public_key() == key
    assert name.value == canaries.CANARY_NAME
    assert view.serial == kept.serial == f"{certificate.serial_number:x}"
    assert trail(town, phone)[-1] is Act.CERTIFIED
    digest = hashes.Hash(hashes.SHA256())
    digest.update(account.evidence.encode())
    assert digest.finalize().hex() == kept.evidence_digest


def test_the_evidence_says_how_and_shows_no_image_and_no_person(town: Town) -> None:
    token = town.enrol()
    account = Accounts(town.store.engine).of_token(digest_of(token) or "")
    assert account is not None
    said = msgspec.json.decode(account.evidence)
    assert said["access"] == "PACE"
    assert said["comparison"] == "supports"
    assert said["sod_digest"] == "01" * 32
    assert "distance" not in said
    for canary in (canaries.CANARY_NAME, canaries.CANARY_NUMBER, canaries.CANARY_BIRTH, "CANARY"):
        assert canary not in account.evidence


@pytest.mark.parametrize(
    "key",
    [
        b"no key",
        spki(ec.generate_private_key(ec.SECP384R1()).public_key()),
        spki(ed25519.Ed25519PrivateKey.generate().public_key()),
    ],
    ids=["rubbish", "another curve", "another kind"],
)
def test_a_key_of_another_kind_is_not_certified_and_the_link_stays_open(
    town: Town, key: bytes
) -> None:
    token = town.enrol()
    with pytest.raises(NoSigningKey):
        town.citizens.open(token, chosen(product=Product.PLUS, signing_key=key))
    assert town.citizens.invitation(token).link is Link.OPEN
