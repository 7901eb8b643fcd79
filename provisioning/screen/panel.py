"""The panel: one page at a time in whatever language, and what is touched on it.

Rule 1: a touch counts for the page it was made on, and for no other.
Rule 2: the language is the screens' affair: no step knows of it, and it may change during one.
"""

import queue
import threading
from pathlib import Path
from typing import Self

from drivers.camera.camera import Picture
from provisioning.screen.link import Link
from provisioning.screen.pages import Page
from provisioning.screen.preview import Preview
from wire.screen import Action, Language, SetupScreen, ShowSetup, Touched


class Panel:
    """Shows pages and waits for touches."""

    def __init__(self, path: Path, language: Language) -> None:
        """Listen for the screens on the unix socket `path`.

        Raises:
            OSError: nothing can listen there.
        """
        self._language = language
        self._page = Page(SetupScreen.SETUP_WORK)
        self._sequence = 0
        self._began = 0
        self._touches: queue.SimpleQueue[Touched] = queue.SimpleQueue()
        self._lock = threading.RLock()
        self._preview = Preview()
        # Screens that come at once wait until there is a link to answer by.
        with self._lock:
            self._link = Link(
                path,
                preview=self._preview.descriptor,
                on_up=self._again,
                on_touch=self._touched,
            )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up and leave no picture."""
        self._link.close()
        self._preview.close()

    @property
    def language(self) -> Language:
        """Return what is spoken now."""
        return self._language

    def show(self, page: Page) -> None:
        """Show a page; what was touched on another before does not count any more."""
        with self._lock:
            if page != self._page:
                self._began = self._sequence + 1
                self._send(page)

    def renew(self, page: Page) -> None:
        """Show other figures on the same page: what is touched meanwhile counts."""
        with self._lock:
            if page != self._page:
                self._send(page)

    def see(self, picture: Picture) -> None:
        """Show what a camera sees, on pages that have a place for it."""
        self._preview.write(picture)

    def unsee(self) -> None:
        """Leave nothing of what a camera saw."""
        self._preview.zero()

    def touched(self, timeout_s: float | None = None) -> Touched | None:
        """Wait for a touch on this page; None when none came in time (at once with 0)."""
        while True:
            try:
                touch = self._touches.get(block=timeout_s != 0, timeout=timeout_s or None)
            except queue.Empty:
                return None
            if touch.sequence >= self._began:
                return touch

    def _send(self, page: Page) -> None:
        self._page = page
        self._sequence += 1
        self._link.send(
            ShowSetup(
                sequence=self._sequence,
                screen=page.screen,
                language=self._language,
                facts=page.facts,
            )
        )

    def _again(self) -> None:
        """Screens came, or came back: they know nothing yet."""
        with self._lock:
            self._send(self._page)

    def _touched(self, touch: Touched) -> None:
        if touch.action is not Action.SET_LANGUAGE:
            self._touches.put(touch)
        elif touch.argument in set(Language):
            with self._lock:
                self._language = Language(touch.argument)
                self._send(self._page)
