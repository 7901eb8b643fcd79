"""The guardian's page in Chromium, as large as a small phone, in three languages."""

import os
import secrets
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.support.citizens import request_for
from tests.support.delivery import key_of, sealed_for
from tests.support.enrolment_records import CANARY_NAME, CANARY_NUMBER, record
from tests.support.phone import WIDTH, Phone, phone
from tests.support.register import RunningRegister
from wire.guardian import guardian_path
from wire.record import activation_path

pytestmark = [pytest.mark.server, pytest.mark.slow]

PICTURES = Path(os.environ.get("PHONE_PICTURES", "out/phone"))
SMALLEST_TARGET_PX = 44
LANGUAGES = {
    "zh_HK": ("請為未成年人給予同意", "多謝", "你的同意已撤回"),
    "zh_CN": ("请为未成年人给予同意", "谢谢", "您的同意已撤回"),
    "en": ("Your consent for a minor", "Thank you", "Your consent is withdrawn"),
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Phone]:
    with phone() as one:
        yield one


@pytest.fixture
def theirs(chromium: Phone) -> Phone:
    """A guardian's phone that has no account yet."""
    chromium.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    chromium.complaints()
    return chromium


@pytest.fixture
def address(register: RunningRegister) -> str:
    """The address in the QR on the terminal."""
    token = secrets.token_bytes(16)
    body = msgspec.json.encode(request_for(record(), token))
    assert register.transport().ask_consent(str(uuid.uuid4()), body).status == 201
    return register.phone_url + guardian_path(token)


def assert_fits(theirs: Phone) -> None:
    assert theirs.width_needed() <= WIDTH
    for target in theirs.all("nav a, button, label.biometrics, label.declared, .calm a"):
        assert target.size["height"] >= SMALLEST_TARGET_PX, target.text
        assert target.accessible_name or target.text
    for canary in (CANARY_NAME, CANARY_NUMBER):
        assert canary not in theirs.driver.page_source


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guardian_consents_sees_it_and_takes_it_back(
    theirs: Phone, address: str, language: str
) -> None:
    asked, given, withdrawn = LANGUAGES[language]
    theirs.open(f"{address}?lang={language}")
    assert theirs.find("h1").text == asked
    assert record().reference in theirs.text()
    assert_fits(theirs)
    theirs.picture(PICTURES / f"guardian.{language}.png")
    theirs.tap("button[value=agree]")
    assert theirs.until(".fault").text
    theirs.picture(PICTURES / f"guardian-fault.{language}.png")
    theirs.tap("label[for=is_guardian]")
    theirs.tap("label[for=biometrics]")
    theirs.tap("button[value=agree]")
    theirs.until(".guardian_given")
    assert theirs.find("h1").text == given
    assert_fits(theirs)
    theirs.picture(PICTURES / f"guardian-given.{language}.png")
    theirs.tap("button.quiet")
    theirs.until(".calm.guardian_withdrawn")
    assert theirs.find("h1").text == withdrawn
    assert_fits(theirs)
    theirs.picture(PICTURES / f"guardian-withdrawn.{language}.png")
    # The browser notes that a form with something missing answers 422.
    assert [line for line in theirs.complaints() if "422" not in line] == []


def test_a_guardian_declines_without_a_word_more(theirs: Phone, address: str) -> None:
    theirs.open(f"{address}?lang=zh_HK")
    theirs.tap("button[value=decline]")
    theirs.until(".calm.guardian_declined")
    assert_fits(theirs)
    theirs.picture(PICTURES / "guardian-declined.zh_HK.png")


def test_another_phone_sees_that_it_was_answered_and_nothing_else(
    theirs: Phone, address: str
) -> None:
    theirs.open(f"{address}?lang=zh_HK")
    theirs.tap("label[for=is_guardian]")
    theirs.tap("label[for=biometrics]")
    theirs.tap("button[value=agree]")
    theirs.until(".guardian_given")
    theirs.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    theirs.open(f"{address}?lang=zh_HK")
    theirs.until(".calm.guardian_used")
    assert_fits(theirs)
    theirs.picture(PICTURES / "guardian-used.zh_HK.png")


def test_an_account_shows_whom_its_holder_consented_for(
    theirs: Phone, address: str, register: RunningRegister
) -> None:
    token = secrets.token_bytes(16)
    content = record(token=token, number="E364912(5)")
    way = register.transport()
    sealed = sealed_for(register.data, content)
    assert way.put(content.record_id, sealed, key_id=key_of(register.data)).status == 201
    theirs.open(f"{register.phone_url}{activation_path(token)}?lang=zh_HK")
    theirs.tap("label[for=biometrics]")
    theirs.type("#password", "271828")
    theirs.type("#again", "271828")
    theirs.type("#email", "someone@example.hk")
    theirs.tap("button[type=submit]")
    theirs.until(".calm.done")
    theirs.open(f"{address}?lang=zh_HK")
    theirs.picture(PICTURES / "guardian-account.zh_HK.png")
    theirs.tap("label[for=is_guardian]")
    theirs.tap("label[for=biometrics]")
    theirs.tap("button[value=agree]")
    theirs.until(".guardian_given")
    theirs.open(f"{register.phone_url}/account?lang=zh_HK")
    theirs.until(".rows")
    assert "為未成年人給予的同意" in theirs.text()
    assert_fits(theirs)
    theirs.picture(PICTURES / "guardian-listed.zh_HK.png")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_of_nobodys_is_said_calmly(
    theirs: Phone, register: RunningRegister, language: str
) -> None:
    theirs.open(f"{register.phone_url}/g/{'A' * 22}?lang={language}")
    theirs.until(".calm.guardian_unknown")
    assert_fits(theirs)
    theirs.picture(PICTURES / f"guardian-unknown.{language}.png")
