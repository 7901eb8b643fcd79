"""The phone's pages in Chromium, as large as a small phone, in three languages."""

import base64
import itertools
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from cryptography import x509

from enrolment.accounts import Accounts
from enrolment.activation import Product
from enrolment.store import Store
from kiosk.sync.outbox import Outbox
from tests.support.delivery import store, uploader
from tests.support.enrolment_records import record
from tests.support.phone import SMALLEST_TARGET_PX, WIDTH, Phone
from tests.support.register import RunningRegister
from tests.torture.citizens import number_of
from wire.record import activation_path

pytestmark = [pytest.mark.server, pytest.mark.slow]

PICTURES = Path(os.environ.get("PHONE_PICTURES", "out/phone"))
LANGUAGES = {
    "zh_HK": ("請在此手機上完成登記", "登記完成", "我的同意紀錄"),
    "zh_CN": ("请在此手机上完成登记", "登记完成", "我的同意记录"),
    "en": ("Finish on this phone", "All done", "What I consented to"),
}


@pytest.fixture(scope="module")
def numbers() -> Iterator[str]:
    return map(number_of, itertools.count())


@pytest.fixture
def address(register: RunningRegister, outbox: Outbox, numbers: Iterator[str]) -> str:
    """The address in the QR of somebody who opted in."""
    token = secrets.token_bytes(16)
    content = record(token=token, number=next(numbers))
    agreed = msgspec.structs.replace(content.consent, keep_template=True)
    store(outbox, register.data, msgspec.structs.replace(content, consent=agreed))
    uploader(outbox, register).send_next(fresh=True)
    return register.phone_url + activation_path(token)


def fill(new_phone: Phone, *, again: str = "271828", product: Product = Product.BASIC) -> None:
    new_phone.tap(f"label[for={product.value}]")
    new_phone.tap("label[for=biometrics]")
    new_phone.type("#password", "271828")
    new_phone.type("#again", again)
    new_phone.find("#email").clear()
    new_phone.type("#email", "someone@example.hk")
    new_phone.tap("button[type=submit]")


def assert_fits(new_phone: Phone) -> None:
    assert new_phone.width_needed() <= WIDTH
    for target in new_phone.all("nav a, button, label.biometrics, label.choice, .calm a, a.back"):
        assert target.size["height"] >= SMALLEST_TARGET_PX, target.text
        assert target.accessible_name or target.text


def assert_quiet(new_phone: Phone) -> None:
    """No error of a script, of the content policy or of loading."""
    assert new_phone.complaints() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citizen_finishes_sees_the_consents_and_withdraws(
    new_phone: Phone, address: str, register: RunningRegister, language: str
) -> None:
    head, done, account = LANGUAGES[language]
    new_phone.open(f"{address}?lang={language}")
    assert new_phone.find("h1").text == head
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"open.{language}.png")
    fill(new_phone)
    new_phone.until(".calm.done")
    assert new_phone.find("h1").text == done
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"done.{language}.png")
    new_phone.tap(".calm a")
    new_phone.until(".rows")
    assert new_phone.find("h1").text == account
    assert len(new_phone.all(".mark")) == 2
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"account.{language}.png")
    new_phone.tap("button.quiet")
    new_phone.until(".mark.no")
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"withdrawn.{language}.png")
    assert len(new_phone.all(".mark")) == 3
    new_phone.open(f"{address}?lang={language}")
    new_phone.until(".calm.used")
    new_phone.picture(PICTURES / f"used.{language}.png")
    # A browser notes that the used link answers 410; nothing else is worth a note.
    assert [line for line in new_phone.complaints() if "410" not in line] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_is_closed_once_its_holder_saw_what_is_kept(
    new_phone: Phone, address: str, language: str
) -> None:
    new_phone.open(f"{address}?lang={language}")
    fill(new_phone, product=Product.PLUS)
    new_phone.until(".calm.done")
    new_phone.tap(".calm a")
    new_phone.tap("a.back")
    assert "7" in new_phone.until("section + section h2").text
    assert len(new_phone.all(".points li")) == 6
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"close.{language}.png")
    new_phone.tap("button.quiet")
    assert new_phone.until(".fault").text
    new_phone.tap("label[for=biometrics]")
    new_phone.tap("button.quiet")
    new_phone.until(".calm.closed")
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"closed.{language}.png")
    new_phone.open(f"{address.partition('/a/')[0]}/account?lang={language}")
    new_phone.until(".calm.no_account")


def test_what_is_wrong_is_said_and_what_was_filled_in_stays(new_phone: Phone, address: str) -> None:
    new_phone.open(f"{address}?lang=zh_HK")
    fill(new_phone, again="271829", product=Product.PLUS)
    new_phone.until(".fault")
    assert new_phone.find(".fault").text.startswith("兩次輸入的密碼不相同")
    assert new_phone.find("#email").get_attribute("value") == "someone@example.hk"
    assert new_phone.find("#iam_smart_plus").is_selected()
    assert new_phone.find("#biometrics").is_selected()
    assert not new_phone.find("#password").get_attribute("value")
    new_phone.picture(PICTURES / "fault.zh_HK.png")


def test_the_plus_version_makes_its_key_on_the_phone_and_keeps_it(
    new_phone: Phone, address: str, register: RunningRegister
) -> None:
    new_phone.open(f"{address}?lang=en")
    fill(new_phone, product=Product.PLUS)
    new_phone.until(".calm.done")
    assert_quiet(new_phone)
    new_phone.tap(".calm a")
    serial = new_phone.until(".serial").text.split()[-1]
    new_phone.picture(PICTURES / "plus.en.png")
    public = new_phone.driver.execute_async_script(
        """
        const done = arguments[0];
        const opening = indexedDB.open("iam-smart-sandbox", 1);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("keys").objectStore("keys").get("signing");
          reading.onsuccess = () => done([reading.result.type, reading.result.extractable]);
        };
        """
    )
    assert public == ["private", False]
    kept = Store(f"sqlite:///{register.data / 'register.db'}")
    with kept.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT record_id FROM certificates WHERE serial = ?", (serial,)
        ).scalar_one()
    certificate = Accounts(kept.engine).certificate(row)
    kept.close()
    assert certificate is not None
    x509.load_der_x509_certificate(certificate.certificate)
    assert base64.b64encode(certificate.certificate)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_of_nobodys_is_said_calmly(
    new_phone: Phone, register: RunningRegister, language: str
) -> None:
    new_phone.open(f"{register.phone_url}/a/{'A' * 22}?lang={language}")
    new_phone.until(".calm.unknown")
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"unknown.{language}.png")
