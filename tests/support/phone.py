"""A phone: Chromium without a window, as large as a small phone."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

WIDTH, HEIGHT = 360, 740
SOON_S = 30
SMALLEST_TARGET_PX = 44
"""Source: WCAG 2.2, 2.5.5 (target size, enhanced)."""


class Phone:
    """What a citizen does with it."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def open(self, url: str) -> None:
        """Open an address."""
        self.driver.get(url)

    def find(self, selector: str) -> WebElement:
        """Return the first element of a CSS selector."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        """Return every element of a CSS selector."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def tap(self, selector: str) -> None:
        """Tap an element, wherever it is on the page."""
        found = self.find(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()

    def type(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.find(selector).send_keys(text)

    def text(self) -> str:
        """Return all that is to be read."""
        return self.find("body").text

    def until(self, selector: str) -> WebElement:
        """Wait until there is such an element, and return it."""
        return WebDriverWait(self.driver, SOON_S).until(lambda _: self.find(selector))

    def picture(self, file: Path) -> None:
        """Keep a picture of the whole page."""
        tall = self.driver.execute_script("return document.documentElement.scrollHeight")
        self._size(max(HEIGHT, tall))
        file.parent.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(file))
        self._size(HEIGHT)

    def width_needed(self) -> int:
        """Return how wide the page is, in CSS pixels."""
        width: int = self.driver.execute_script("return document.documentElement.scrollWidth")
        return width

    def complaints(self) -> list[str]:
        """Return what the browser complained of since it was last asked."""
        said = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [
            line["message"]
            for line in said
            if line["level"] in {"SEVERE", "WARNING"} and "favicon" not in line["message"]
        ]

    def _size(self, height: int) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": WIDTH, "height": height, "deviceScaleFactor": 2, "mobile": True},
        )

    def show_phone_size(self) -> None:
        """Be as large as a phone."""
        self._size(HEIGHT)


@contextlib.contextmanager
def phone(*, language: str = "en") -> Iterator[Phone]:
    """Switch a phone on until the block ends; it speaks `language`."""
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    # Root may not sandbox Chromium; the pages are our own.
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.add_argument(f"--accept-lang={language}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=ChromeService("/usr/bin/chromedriver"))
    try:
        driver.implicitly_wait(SOON_S)
        one = Phone(driver)
        one.show_phone_size()
        yield one
    finally:
        driver.quit()
