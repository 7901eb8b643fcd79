"""Closing an account erases at once what names somebody, and the rest after its time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from enrolment.accounts import Accounts, Opened
from enrolment.activation import Link, Product
from enrolment.ledger import Act, Consents
from enrolment.tables import (
    accounts,
    acts,
    certificates,
    challenges,
    consents,
    guardian_consents,
    records,
    templates,
)
from tests.support.citizens import KEPT_FOR, LINK_LASTS, Town, chosen
from tests.support.enrolment_records import TERMINAL, record
from wire.record import Verdict

pytestmark = pytest.mark.server

OPTED_IN = msgspec.structs.replace(record().consent, keep_template=True)
MINOR_BIRTH = "20120229"


def signing_key() -> bytes:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def opened_account(town: Town, **changed: object) -> tuple[str, str]:
    """Enrol and open an account of everything; return its record id and the phone."""
    content = msgspec.structs.replace(record(), consent=OPTED_IN, **changed)
    link = town.enrol(
        record_id=content.record_id,
        consent=OPTED_IN,
        birth=content.birth,
        guardian_consent=content.guardian_consent,
    )
    plus = chosen(product=Product.PLUS, signing_key=signing_key())
    done, phone = town.citizens.open(link, plus)
    assert done is Opened.DONE
    assert town.citizens.challenge(phone) is not None
    return content.record_id, phone


def rows(town: Town) -> dict[str, int]:
    tables = (
        accounts, acts, certificates, challenges, consents, guardian_consents, records, templates,
    )  # fmt: skip
    with town.store.engine.connect() as connection:
        return {table.name: len(connection.execute(table.select()).all()) for table in tables}


def trail(town: Town, record_id: str) -> list[Act]:
    return [done.act for done in Accounts(town.store.engine).trail(record_id)]


def test_closing_leaves_no_name_no_phone_no_template_and_no_valid_certificate(town: Town) -> None:
    record_id, phone = opened_account(town)
    assert town.citizens.close(phone, language="zh_HK")
    assert town.citizens.view(phone) is None
    assert not town.citizens.close(phone, language="zh_HK")
    with town.store.engine.connect() as connection:
        kept = connection.execute(accounts.select()).one()
        certificate = connection.execute(certificates.select()).one()
    assert (kept.details, kept.email, kept.phone_digest) == (b"", None, None)
    assert certificate.revoked_at is not None
    assert (rows(town)["templates"], rows(town)["challenges"]) == (0, 0)
    assert trail(town, record_id)[-2:] == [Act.TEMPLATE_DESTROYED, Act.CLOSED]


def test_closing_is_a_withdrawal_of_what_was_agreed_to(town: Town) -> None:
    record_id, phone = opened_account(town)
    town.citizens.close(phone, language="en")
    ledger = Accounts(town.store.engine).ledger(record_id)
    assert [(row.purpose, row.choice) for row in ledger] == [
        (Consents.REGISTRATION, True),
        (Consents.TEMPLATE, True),
        (Consents.REGISTRATION, False),
        (Consents.TEMPLATE, False),
    ]
    assert ledger[-1].language == "en"


def test_a_revoked_certificate_is_on_the_authoritys_list(town: Town) -> None:
    _, phone = opened_account(town)
    view = town.citizens.view(phone)
    assert view is not None
    assert len(x509.load_der_x509_crl(town.citizens.revoked())) == 0
    town.citizens.close(phone, language="en")
    listed = x509.load_der_x509_crl(town.citizens.revoked())
    assert [f"{one.serial_number:x}" for one in listed] == [view.serial]
    authority = x509.load_pem_x509_certificate((town.data / "signing_ca.pem").read_bytes())
    public = authority.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert listed.is_signature_valid(public)


def test_who_closed_an_account_enrols_again_on_the_same_phone(town: Town) -> None:
    _, phone = opened_account(town)
    assert town.take(record()) is Verdict.DUPLICATE
    town.citizens.close(phone, language="en")
    link = town.enrol()
    done, again = town.citizens.open(link, chosen(phone=phone))
    assert (done, again) == (Opened.DONE, phone)


def test_an_account_that_no_phone_opened_lapses_and_its_number_is_free(town: Town) -> None:
    link = town.enrol(consent=OPTED_IN)
    town.clock.now += LINK_LASTS
    assert town.closing.tidy() == (0, 0)
    town.clock.now += timedelta(seconds=1)
    assert town.closing.tidy() == (1, 0)
    assert town.citizens.invitation(link).link is Link.EXPIRED
    assert town.citizens.open(link, chosen())[0] is Opened.GONE
    assert rows(town)["templates"] == 0
    town.enrol()


def test_the_register_itself_sees_what_lapsed(town: Town) -> None:
    town.enrol()
    town.clock.now += LINK_LASTS + timedelta(seconds=1)
    # The first record that comes later clears the way; which of two records it is matters not.
    first = town.take(record())
    assert first in {Verdict.ACCEPTED, Verdict.DUPLICATE}
    assert town.take(record()) is (
        Verdict.DUPLICATE if first is Verdict.ACCEPTED else Verdict.ACCEPTED
    )


def test_a_phone_that_opens_while_the_register_tidies_is_not_closed(town: Town) -> None:
    link = town.enrol()
    town.clock.now += LINK_LASTS
    with ThreadPoolExecutor(8) as threads:
        tidied = [threads.submit(town.closing.tidy) for _ in range(7)]
        done, phone = threads.submit(town.citizens.open, link, chosen()).result()
    assert [one.result() for one in tidied] == [(0, 0)] * 7
    assert done is Opened.DONE
    assert town.citizens.view(phone) is not None


def test_nothing_at_all_is_kept_after_its_time(town: Town) -> None:
    _, phone = opened_account(town)
    town.citizens.close(phone, language="en")
    town.clock.now += KEPT_FOR
    assert town.closing.tidy() == (0, 0)
    town.clock.now += timedelta(seconds=1)
    assert town.closing.tidy() == (0, 1)
    assert set(rows(town).values()) == {0}


def test_an_open_account_is_never_dropped(town: Town) -> None:
    _, phone = opened_account(town)
    town.clock.now += 2 * KEPT_FOR
    assert town.closing.tidy() == (0, 0)
    assert town.citizens.view(phone) is not None


def minors_account(town: Town) -> tuple[str, str, str]:
    content = msgspec.structs.replace(record(), birth=MINOR_BIRTH)
    consent, token = town.asked(content)
    _, guardian = town.guardians.answer(token, choice=True, language="en", phone="")
    record_id, phone = opened_account(
        town, record_id=content.record_id, birth=MINOR_BIRTH, guardian_consent=consent
    )
    return consent, guardian, phone if record_id == content.record_id else ""


def test_a_guardian_who_withdraws_closes_the_minors_account(town: Town) -> None:
    consent, guardian, phone = minors_account(town)
    assert town.citizens.view(phone) is not None
    assert town.guardians.withdraw(consent, language="en", phone=guardian)
    assert town.citizens.view(phone) is None
    with town.store.engine.connect() as connection:
        record_id = connection.execute(records.select()).one().record_id
    assert trail(town, record_id)[-1] is Act.CLOSED_BY_GUARDIAN


def test_a_guardian_who_withdraws_once_the_minor_is_an_adult_closes_nothing(town: Town) -> None:
    consent, guardian, phone = minors_account(town)
    town.clock.now += timedelta(days=6 * 366)
    assert town.guardians.withdraw(consent, language="en", phone=guardian)
    assert town.citizens.view(phone) is not None


def test_a_consent_is_dropped_with_the_account_that_stood_on_it(town: Town) -> None:
    consent, guardian, _ = minors_account(town)
    town.guardians.withdraw(consent, language="en", phone=guardian)
    town.clock.now += KEPT_FOR + timedelta(seconds=1)
    town.closing.tidy()
    assert town.guardians.standing(consent, terminal=TERMINAL) is None
