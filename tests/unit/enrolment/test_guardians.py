"""A minor's record stands on one guardian's consent: given once, in time, by an adult."""

import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest

from enrolment import intake
from enrolment.accounts import Accounts
from enrolment.guardian_requests import GuardianRequests
from enrolment.guardians import Guardian
from enrolment.intake import Refusal
from enrolment.ledger import Act, Consents
from enrolment.tables import records
from tests.support.citizens import CONSENT_LASTS, Town, chosen, request_for
from tests.support.enrolment_records import TERMINAL, record
from wire.guardian import ConsentState
from wire.record import Record, Verdict

pytestmark = pytest.mark.server

MINOR_BIRTH = "20120229"
CHILD_BIRTH = "20160101"
GUARDIANS_NUMBER = "B111111(1)"


def minor(**changed: object) -> Record:
    return msgspec.structs.replace(record(), birth=MINOR_BIRTH, **changed)


def consented(content: Record, consent_id: str) -> Record:
    return msgspec.structs.replace(content, guardian_consent=consent_id)


def guardians_phone(town: Town) -> str:
    """The phone of an adult with an account."""
    return town.citizens.open(town.enrol(number=GUARDIANS_NUMBER), chosen())[1]


def agree(town: Town, token: str, *, phone: str = "", choice: bool = True) -> str:
    counted, secret = town.guardians.answer(token, choice=choice, language="zh_HK", phone=phone)
    assert counted
    return secret


def state(town: Town, consent_id: str) -> ConsentState:
    standing = town.guardians.standing(consent_id, terminal=TERMINAL)
    assert standing is not None
    return standing.state


def reason(town: Town, content: Record) -> str | None:
    with town.store.engine.connect() as connection:
        wanted = records.select().where(records.c.record_id == content.record_id)
        found: str | None = connection.execute(wanted).one().reason
    return found


def test_a_minors_record_with_a_guardians_consent_is_accepted(town: Town) -> None:
    content = minor()
    consent, token = town.asked(content)
    agree(town, token)
    assert town.take(consented(content, consent)) is Verdict.ACCEPTED


def test_a_minors_record_without_one_is_referred_and_kept_for_the_officer(town: Town) -> None:
    content = minor()
    assert town.take(content) is Verdict.REFER
    assert reason(town, content) == "no_guardian"


def test_younger_than_eleven_is_referred_with_or_without_a_consent(town: Town) -> None:
    content = msgspec.structs.replace(record(), birth=CHILD_BIRTH)
    consent, token = town.asked(content)
    agree(town, token)
    assert town.take(consented(content, consent)) is Verdict.REFER
    assert reason(town, content) == "too_young"


@pytest.mark.parametrize("birth", ["", "1970", "no birth"])
def test_a_birth_that_says_no_age_is_referred(town: Town, birth: str) -> None:
    content = msgspec.structs.replace(record(), birth=birth)
    assert town.take(content) is Verdict.REFER
    assert reason(town, content) == "incomplete"


def test_who_was_a_minor_when_the_record_was_made_needs_a_guardian(town: Town) -> None:
    content = msgspec.structs.replace(
        record(), birth="20081124", created_at="2026-11-23T10:00:00+00:00"
    )
    assert town.take(content) is Verdict.REFER


@pytest.mark.parametrize("made", ["2126-11-23T10:00:00+00:00", "2126-11-23T10:00:00", "soon"])
def test_a_record_from_the_future_makes_no_minor_an_adult(town: Town, made: str) -> None:
    assert town.take(minor(created_at=made)) is Verdict.REFER


def test_a_consent_that_nobody_gave_is_none(town: Town) -> None:
    content = minor()
    consent, _ = town.asked(content)
    assert town.take(consented(content, consent)) is Verdict.REFER


def test_a_declined_consent_is_none(town: Town) -> None:
    content = minor()
    consent, token = town.asked(content)
    agree(town, token, choice=False)
    assert state(town, consent) is ConsentState.DECLINED
    assert town.take(consented(content, consent)) is Verdict.REFER


def test_one_consent_is_good_for_one_record(town: Town) -> None:
    content, other = minor(), minor(number="G123456(A)")
    consent, token = town.asked(content)
    agree(town, token)
    assert town.take(consented(other, consent)) is Verdict.REFER
    assert town.take(consented(content, consent)) is Verdict.ACCEPTED


def test_a_consent_for_another_terminals_record_is_none(town: Town) -> None:
    content = minor()
    consent, token = town.asked(content, terminal="T-002")
    agree(town, token)
    assert town.guardians.standing(consent, terminal=TERMINAL) is None
    assert town.take(consented(content, consent)) is Verdict.REFER


def test_a_withdrawn_consent_is_none_and_the_ledger_keeps_both(town: Town) -> None:
    content = minor()
    consent, token = town.asked(content)
    phone = agree(town, token)
    assert town.guardians.withdraw(consent, language="en", phone=phone)
    assert state(town, consent) is ConsentState.WITHDRAWN
    assert town.take(consented(content, consent)) is Verdict.REFER
    assert not town.guardians.withdraw(consent, language="en", phone=phone)


def test_only_the_phone_that_consented_takes_it_back(town: Town) -> None:
    content = minor()
    consent, token = town.asked(content)
    agree(town, token)
    for phone in ("", "another phone", guardians_phone(town)):
        assert not town.guardians.withdraw(consent, language="en", phone=phone)
    assert state(town, consent) is ConsentState.GIVEN


def test_a_request_lasts_for_a_while_and_no_longer(town: Town) -> None:
    content = minor()
    consent, token = town.asked(content)
    town.clock.now += CONSENT_LASTS
    assert state(town, consent) is ConsentState.WAITING
    town.clock.now += timedelta(seconds=1)
    assert state(town, consent) is ConsentState.EXPIRED
    assert town.guardians.answer(token, choice=True, language="en", phone="") == (False, "")
    assert town.take(consented(content, consent)) is Verdict.REFER


def test_a_consent_that_was_given_in_time_holds_while_the_record_waits_offline(town: Town) -> None:
    content = minor()
    consent, token = town.asked(content)
    agree(town, token)
    town.clock.now += timedelta(days=30)
    assert town.take(consented(content, consent)) is Verdict.ACCEPTED


def test_of_sixty_phones_that_race_for_one_request_exactly_one_counts(town: Town) -> None:
    consent, token = town.asked(minor())

    def answered(number: int) -> bool:
        return town.guardians.answer(token, choice=number % 2 == 0, language="en", phone="")[0]

    with ThreadPoolExecutor(60) as threads:
        won = list(threads.map(answered, range(60)))
    assert won.count(True) == 1
    is_given = won.index(True) % 2 == 0
    assert state(town, consent) is (ConsentState.GIVEN if is_given else ConsentState.DECLINED)


def test_a_withdrawal_that_races_the_record_is_seen_by_one_of_them(town: Town) -> None:
    numbers = ["A123456(3)", "C123456(9)", "G123456(A)", "E364912(5)", "D288754(2)"]
    for number in numbers:
        content = minor(number=number)
        consent, token = town.asked(content)
        phone = agree(town, token)
        with ThreadPoolExecutor(2) as threads:
            taken = threads.submit(town.take, consented(content, consent))
            back = threads.submit(town.guardians.withdraw, consent, language="en", phone=phone)
        assert back.result()
        used = GuardianRequests(town.store.engine).of_terminal(
            consent, terminal=TERMINAL, now=town.clock()
        )
        assert used is not None
        assert used.is_used == (taken.result() is Verdict.ACCEPTED)


def test_a_consent_withdrawn_after_the_register_looked_refers_the_record(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = minor()
    consent, token = town.asked(content)
    phone = agree(town, token)
    looked = town.guardians.stands_on

    def withdrawn_meanwhile(*of: object, **at: object) -> object:
        found = looked(*of, **at)  # type: ignore[arg-type]
        town.guardians.withdraw(consent, language="en", phone=phone)
        return found

    monkeypatch.setattr(town.guardians, "stands_on", withdrawn_meanwhile)
    assert town.take(consented(content, consent)) is Verdict.REFER


def test_the_same_request_again_changes_nothing_and_another_is_a_conflict(town: Town) -> None:
    content, token, consent_id = minor(), secrets.token_bytes(16), str(uuid.uuid4())
    body = msgspec.json.encode(request_for(content, token))
    first = town.guardians.ask(consent_id, body, terminal=TERMINAL)
    town.clock.now += timedelta(minutes=1)
    again = town.guardians.ask(consent_id, body, terminal=TERMINAL)
    assert not isinstance(first, Refusal)
    assert not isinstance(again, Refusal)
    assert (first[0], first[1], again[1]) == (again[0], True, False)
    other = msgspec.json.encode(request_for(content, secrets.token_bytes(16)))
    assert town.guardians.ask(consent_id, other, terminal=TERMINAL) is intake.CONSENT_CONFLICT
    assert town.guardians.ask(consent_id, body, terminal="T-002") is intake.CONSENT_CONFLICT
    same_token = town.guardians.ask(str(uuid.uuid4()), body, terminal=TERMINAL)
    assert same_token is intake.CONSENT_CONFLICT


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"\xff",
        msgspec.json.encode(msgspec.structs.asdict(request_for(record(), b"")) | {"more": 1}),
        msgspec.json.encode(msgspec.structs.replace(request_for(record(), b""), record_id="no")),
        msgspec.json.encode(msgspec.structs.replace(request_for(record(), b""), reference="")),
        msgspec.json.encode(msgspec.structs.replace(request_for(record(), b""), statement="a b")),
    ],
)
def test_what_is_no_request_is_refused(town: Town, body: bytes) -> None:
    asked = town.guardians.ask(str(uuid.uuid4()), body, terminal=TERMINAL)
    assert asked is intake.CONSENT_MALFORMED
    assert town.guardians.ask("no id", body, terminal=TERMINAL) is intake.CONSENT_MALFORMED


def test_an_adults_account_consents_and_both_sides_see_it(town: Town) -> None:
    phone, content = guardians_phone(town), minor()
    consent, token = town.asked(content)
    invited = town.guardians.invited(token, phone=phone)
    assert invited is not None
    assert invited.guardian is Guardian.ADULT
    assert agree(town, token, phone=phone) == phone
    assert town.take(consented(content, consent)) is Verdict.ACCEPTED
    assert [one.consent_id for one in town.guardians.given_on(phone)] == [consent]
    mine = town.citizens.view(phone)
    assert mine is not None
    assert mine.trail[-1].act is Act.GUARDED
    rows = Accounts(town.store.engine).ledger(content.record_id)
    assert [(row.purpose, row.choice, row.language) for row in rows] == [
        (Consents.GUARDIAN, True, "zh_HK"),
        (Consents.REGISTRATION, True, "zh_HK"),
        (Consents.TEMPLATE, False, "zh_HK"),
    ]
    assert town.guardians.withdraw(consent, language="en", phone=phone)
    assert Accounts(town.store.engine).ledger(content.record_id)[-1].choice is False
    mine = town.citizens.view(phone)
    assert mine is not None
    assert mine.trail[-1].act is Act.UNGUARDED


def test_a_minor_consents_for_nobody(town: Town) -> None:
    first = minor()
    consent, token = town.asked(first)
    agree(town, token)
    link = town.enrol(
        record_id=first.record_id, birth=MINOR_BIRTH, guardian_consent=consent,
        number=GUARDIANS_NUMBER,
    )  # fmt: skip
    phone = town.citizens.open(link, chosen())[1]
    other, token = town.asked(minor())
    invited = town.guardians.invited(token, phone=phone)
    assert invited is not None
    assert invited.guardian is Guardian.MINOR
    assert town.guardians.answer(token, choice=True, language="en", phone=phone)[0] is False
    assert state(town, other) is ConsentState.WAITING


def test_without_a_sandbox_nobody_stands_in_for_a_guardian(town: Town) -> None:
    town.guardians.stand_ins = False
    consent, token = town.asked(minor())
    assert town.guardians.answer(token, choice=True, language="en", phone="")[0] is False
    agree(town, token, phone=guardians_phone(town))
    assert state(town, consent) is ConsentState.GIVEN


def test_requests_that_led_to_no_record_are_forgotten(town: Town) -> None:
    used, unused = minor(), minor(number="G123456(A)")
    kept, token = town.asked(used)
    agree(town, token)
    town.take(consented(used, kept))
    dropped, _ = town.asked(unused)
    town.clock.now += timedelta(days=32)
    town.guardians.forget()
    assert town.guardians.standing(dropped, terminal=TERMINAL) is None
    assert state(town, kept) is ConsentState.GIVEN
