"""The guardian's page in Chromium, as large as a small phone, in three languages."""

import os
import secrets
import uuid
from pathlib import Path

import msgspec
import pytest

from tests.support.citizens import request_for
from tests.support.delivery import key_of, sealed_for
from tests.support.enrolment_records import CANARY_NAME, CANARY_NUMBER, record
from tests.support.phone import SMALLEST_TARGET_PX, WIDTH, Phone
from tests.support.register import RunningRegister
from wire.guardian import guardian_path
from wire.record import activation_path

pytestmark = [pytest.mark.server, pytest.mark.slow]

PICTURES = Path(os.environ.get("PHONE_PICTURES", "out/phone"))
LANGUAGES = {
    "zh_HK": ("請為未成年人給予同意", "多謝", "你的同意已撤回"),
    "zh_CN": ("请为未成年人给予同意", "谢谢", "您的同意已撤回"),
    "en": ("Your consent for a minor", "Thank you", "Your consent is withdrawn"),
}


@pytest.fixture
def address(register: RunningRegister) -> str:
    """The address in the QR on the terminal."""
    token = secrets.token_bytes(16)
    body = msgspec.json.encode(request_for(record(), token))
    assert register.transport().ask_consent(str(uuid.uuid4()), body).status == 201
    return register.phone_url + guardian_path(token)


def assert_fits(new_phone: Phone) -> None:
    assert new_phone.width_needed() <= WIDTH
    for target in new_phone.all("nav a, button, label.biometrics, label.declared, .calm a"):
        assert target.size["height"] >= SMALLEST_TARGET_PX, target.text
        assert target.accessible_name or target.text
    for canary in (CANARY_NAME, CANARY_NUMBER):
        assert canary not in new_phone.driver.page_source


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guardian_consents_sees_it_and_takes_it_back(
    new_phone: Phone, address: str, language: str
) -> None:
    asked, given, withdrawn = LANGUAGES[language]
    new_phone.open(f"{address}?lang={language}")
    assert new_phone.find("h1").text == asked
    assert record().reference in new_phone.text()
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"guardian.{language}.png")
    new_phone.tap("button[value=agree]")
    assert new_phone.until(".fault").text
    new_phone.picture(PICTURES / f"guardian-fault.{language}.png")
    new_phone.tap("label[for=is_guardian]")
    new_phone.tap("label[for=biometrics]")
    new_phone.tap("button[value=agree]")
    new_phone.until(".guardian_given")
    assert new_phone.find("h1").text == given
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"guardian-given.{language}.png")
    new_phone.tap("button.quiet")
    new_phone.until(".calm.guardian_withdrawn")
    assert new_phone.find("h1").text == withdrawn
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"guardian-withdrawn.{language}.png")
    # The browser notes that a form with something missing answers 422.
    assert [line for line in new_phone.complaints() if "422" not in line] == []


def test_a_guardian_declines_without_a_word_more(new_phone: Phone, address: str) -> None:
    new_phone.open(f"{address}?lang=zh_HK")
    new_phone.tap("button[value=decline]")
    new_phone.until(".calm.guardian_declined")
    assert_fits(new_phone)
    new_phone.picture(PICTURES / "guardian-declined.zh_HK.png")


def test_another_phone_sees_that_it_was_answered_and_nothing_else(
    new_phone: Phone, address: str
) -> None:
    new_phone.open(f"{address}?lang=zh_HK")
    new_phone.tap("label[for=is_guardian]")
    new_phone.tap("label[for=biometrics]")
    new_phone.tap("button[value=agree]")
    new_phone.until(".guardian_given")
    new_phone.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    new_phone.open(f"{address}?lang=zh_HK")
    new_phone.until(".calm.guardian_used")
    assert_fits(new_phone)
    new_phone.picture(PICTURES / "guardian-used.zh_HK.png")


def test_an_account_shows_whom_its_holder_consented_for(
    new_phone: Phone, address: str, register: RunningRegister
) -> None:
    token = secrets.token_bytes(16)
    content = record(token=token, number="E364912(5)")
    way = register.transport()
    sealed = sealed_for(register.data, content)
    assert way.put(content.record_id, sealed, key_id=key_of(register.data)).status == 201
    new_phone.open(f"{register.phone_url}{activation_path(token)}?lang=zh_HK")
    new_phone.tap("label[for=biometrics]")
    new_phone.type("#password", "271828")
    new_phone.type("#again", "271828")
    new_phone.type("#email", "someone@example.hk")
    new_phone.tap("button[type=submit]")
    new_phone.until(".calm.done")
    new_phone.open(f"{address}?lang=zh_HK")
    new_phone.picture(PICTURES / "guardian-account.zh_HK.png")
    new_phone.tap("label[for=is_guardian]")
    new_phone.tap("label[for=biometrics]")
    new_phone.tap("button[value=agree]")
    new_phone.until(".guardian_given")
    new_phone.open(f"{register.phone_url}/account?lang=zh_HK")
    new_phone.until(".rows")
    assert "為未成年人給予的同意" in new_phone.text()
    assert_fits(new_phone)
    new_phone.picture(PICTURES / "guardian-listed.zh_HK.png")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_of_nobodys_is_said_calmly(
    new_phone: Phone, register: RunningRegister, language: str
) -> None:
    new_phone.open(f"{register.phone_url}/g/{'A' * 22}?lang={language}")
    new_phone.until(".calm.guardian_unknown")
    assert_fits(new_phone)
    new_phone.picture(PICTURES / f"guardian-unknown.{language}.png")
