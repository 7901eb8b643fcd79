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
from tests.support.phone import WIDTH, Phone, phone
from tests.support.register import RunningRegister
from tests.torture.citizens import number_of
from wire.record import activation_path

pytestmark = [pytest.mark.server, pytest.mark.slow]

PICTURES = Path(os.environ.get("PHONE_PICTURES", "out/phone"))
SMALLEST_TARGET_PX = 44
LANGUAGES = {
    "zh_HK": ("請在此手機上完成登記", "登記完成", "我的同意紀錄"),
    "zh_CN": ("请在此手机上完成登记", "登记完成", "我的同意记录"),
    "en": ("Finish on this phone", "All done", "What I consented to"),
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Phone]:
    with phone() as one:
        yield one


@pytest.fixture
def mine(chromium: Phone) -> Phone:
    """A phone that has no account yet."""
    chromium.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    chromium.complaints()
    return chromium


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


def fill(mine: Phone, *, again: str = "271828", product: Product = Product.BASIC) -> None:
    mine.tap(f"label[for={product.value}]")
    mine.tap("label[for=biometrics]")
    mine.type("#password", "271828")
    mine.type("#again", again)
    mine.find("#email").clear()
    mine.type("#email", "someone@example.hk")
    mine.tap("button[type=submit]")


def assert_fits(mine: Phone) -> None:
    assert mine.width_needed() <= WIDTH
    for target in mine.all("nav a, button, label.biometrics, label.choice, .calm a, a.back"):
        assert target.size["height"] >= SMALLEST_TARGET_PX, target.text
        assert target.accessible_name or target.text


def assert_quiet(mine: Phone) -> None:
    """No error of a script, of the content policy or of loading."""
    assert mine.complaints() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citizen_finishes_sees_the_consents_and_withdraws(
    mine: Phone, address: str, register: RunningRegister, language: str
) -> None:
    head, done, account = LANGUAGES[language]
    mine.open(f"{address}?lang={language}")
    assert mine.find("h1").text == head
    assert_fits(mine)
    mine.picture(PICTURES / f"open.{language}.png")
    fill(mine)
    mine.until(".calm.done")
    assert mine.find("h1").text == done
    assert_fits(mine)
    mine.picture(PICTURES / f"done.{language}.png")
    mine.tap(".calm a")
    mine.until(".rows")
    assert mine.find("h1").text == account
    assert len(mine.all(".mark")) == 2
    assert_fits(mine)
    mine.picture(PICTURES / f"account.{language}.png")
    mine.tap("button.quiet")
    mine.until(".mark.no")
    assert_fits(mine)
    mine.picture(PICTURES / f"withdrawn.{language}.png")
    assert len(mine.all(".mark")) == 3
    mine.open(f"{address}?lang={language}")
    mine.until(".calm.used")
    mine.picture(PICTURES / f"used.{language}.png")
    # A browser notes that the used link answers 410; nothing else is worth a note.
    assert [line for line in mine.complaints() if "410" not in line] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_is_closed_once_its_holder_saw_what_is_kept(
    mine: Phone, address: str, language: str
) -> None:
    mine.open(f"{address}?lang={language}")
    fill(mine, product=Product.PLUS)
    mine.until(".calm.done")
    mine.tap(".calm a")
    mine.tap("a.back")
    assert "7" in mine.until("section + section h2").text
    assert len(mine.all(".points li")) == 6
    assert_fits(mine)
    mine.picture(PICTURES / f"close.{language}.png")
    mine.tap("button.quiet")
    assert mine.until(".fault").text
    mine.tap("label[for=biometrics]")
    mine.tap("button.quiet")
    mine.until(".calm.closed")
    assert_fits(mine)
    mine.picture(PICTURES / f"closed.{language}.png")
    mine.open(f"{address.partition('/a/')[0]}/account?lang={language}")
    mine.until(".calm.no_account")


def test_what_is_wrong_is_said_and_what_was_filled_in_stays(mine: Phone, address: str) -> None:
    mine.open(f"{address}?lang=zh_HK")
    fill(mine, again="271829", product=Product.PLUS)
    mine.until(".fault")
    assert mine.find(".fault").text.startswith("兩次輸入的密碼不相同")
    assert mine.find("#email").get_attribute("value") == "someone@example.hk"
    assert mine.find("#iam_smart_plus").is_selected()
    assert mine.find("#biometrics").is_selected()
    assert not mine.find("#password").get_attribute("value")
    mine.picture(PICTURES / "fault.zh_HK.png")


def test_the_plus_version_makes_its_key_on_the_phone_and_keeps_it(
    mine: Phone, address: str, register: RunningRegister
) -> None:
    mine.open(f"{address}?lang=en")
    fill(mine, product=Product.PLUS)
    mine.until(".calm.done")
    assert_quiet(mine)
    mine.tap(".calm a")
    serial = mine.until(".serial").text.split()[-1]
    mine.picture(PICTURES / "plus.en.png")
    public = mine.driver.execute_async_script(
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
    mine: Phone, register: RunningRegister, language: str
) -> None:
    mine.open(f"{register.phone_url}/a/{'A' * 22}?lang={language}")
    mine.until(".calm.unknown")
    assert_fits(mine)
    mine.picture(PICTURES / f"unknown.{language}.png")
