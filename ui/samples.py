"""What each screen may have to show, for pictures and tests (not shipped).

Every failure code that changes a screen's words is here; people are invented.
"""

from typing import Final

from ui import samples_public as public
from ui.sample import Sample
from ui.samples_setup import SETUP_SAMPLES
from ui.samples_staff import STAFF_SAMPLES
from wire.document import CardHint
from wire.failures import Failure
from wire.screen import Facts, Mode, Screen
from wire.vision import Challenge, FaceHint

_REFERENCE: Final = "7KQF-3M2X"
_LINK: Final = "https://phone.example/a/Zx3kP0aVqL8s2TnYb7RcWdEf"
_GUARDIAN_LINK: Final = "https://phone.example/g/Zx3kP0aVqL8s2TnYb7RcWd"
_NAME: Final = "CHAN-WONG, Alexandria Siu Man Josephine"


def _typing(variant: str, **facts: str | int | bool | list[str]) -> Sample:
    plain: Facts = {"field": "number", "typed": "", "complete": False, "wrong": "", "reason": ""}
    return Sample(Screen.TYPE_DETAILS, variant, plain | facts)


def _receipt(paper: str, *, sent: bool) -> Sample:
    facts: Facts = {"reference": _REFERENCE, "link": _LINK, "paper": paper, "sent": sent}
    return Sample(Screen.RECEIPT, f"{paper}{'' if sent else '-queued'}", facts)


def _coded(screen: Screen, *codes: Failure, **facts: str | int | bool) -> list[Sample]:
    return [Sample(screen, code.value, {"code": code.value, **facts}) for code in codes]


def _outcomes(screen: Screen, **facts: bool) -> list[Sample]:
    return [
        Sample(screen, outcome, {"outcome": outcome, **facts})
        for outcome in ("done", "left", "timed_out", "referred")
    ]


_HUB: Final[Facts] = {"link": "https://www.iamsmart.gov.hk/", "services": 51}


_DETAILS: Final[Facts] = {
    "name": _NAME,
    "chinese": "陳黃小文",
    "number": "A12••••(•)",
    "birth": "••-••-1987",
    "sex": "F",
}
_PHOTO: Final[Facts] = {"attempt": 1, "attempts": 3}

SAMPLES: Final = (
    Sample(Screen.STARTING),
    Sample(Screen.STARTING, "engine-away", connected=False),
    *_coded(
        Screen.OUT_OF_SERVICE,
        Failure.READER_MISSING,
        Failure.CAMERA_MISSING,
        Failure.OUTBOX_FULL,
        Failure.CLOCK_UNTRUSTED,
        Failure.VISION_MODEL_ALTERED,
        Failure.STAFF_OUT_OF_SERVICE,
        Failure.POWER_LOW,
    ),
    Sample(Screen.CLOSED, "", {"opens": "09:00"}),
    Sample(Screen.ATTRACT, "", {"receipt_on_screen": False}),
    Sample(Screen.ATTRACT, "no-paper", {"receipt_on_screen": True}),
    Sample(Screen.ATTRACT, "counter", {"receipt_on_screen": False}, mode=Mode.COUNTER),
    Sample(
        Screen.ATTRACT,
        "mobile",
        {"receipt_on_screen": False},
        mode=Mode.MOBILE,
        site="沙田大會堂 Sha Tin Town Hall",
        battery=64,
    ),
    Sample(Screen.PLACE_CARD, "mobile", mode=Mode.MOBILE, site="Tai O", battery=12),
    Sample(Screen.SENDING, "mobile", mode=Mode.MOBILE, battery=88, charging=True),
    Sample(Screen.LANGUAGE),
    Sample(Screen.SERVICE),
    Sample(Screen.SERVICE, "keypad", focus="register"),
    Sample(Screen.SERVICE, "keypad-below", focus="help"),
    Sample(Screen.ATTRACT, "warning-in-force", told=public.HEADLINES),
    Sample(Screen.BROWSE, "", _HUB | {"notices": 3}),
    Sample(Screen.BROWSE, "no-news", _HUB | {"notices": 0}),
    Sample(Screen.INFORMATION, "", told=public.NEWS),
    Sample(Screen.INFORMATION, "none", {"titles": [], "page": 1, "pages": 1}),
    Sample(Screen.CATALOGUE, "", told=public.in_each("catalogue")),
    *(
        Sample(Screen.SEARCH, name, told=public.in_each(name))
        for name in ("words", "typed", "none")
    ),
    *(
        Sample(Screen.SERVICES, name, told=public.in_each(name))
        for name in ("first", "last", "single")
    ),
    *(Sample(Screen.ONE_SERVICE, name, told=public.in_each(name)) for name in ("one", "own")),
    Sample(Screen.ELIGIBILITY),
    Sample(Screen.PRIVACY_NOTICE, "off", {"statement": "2026-01", "keep_template": False}),
    Sample(Screen.PRIVACY_NOTICE, "on", {"statement": "2026-01", "keep_template": True}),
    Sample(Screen.PLACE_CARD),
    *(Sample(Screen.PLACE_CARD, hint.value, card_hint=hint) for hint in CardHint),
    Sample(Screen.PLACE_CARD, "warning", is_warning=True),
    _typing("number-empty"),
    _typing("number", typed="A1234567", complete=True),
    _typing("number-wrong", typed="AB1234567", complete=True, wrong="check_digit"),
    _typing("birth", field="birth", typed="0102", complete=False),
    _typing("birth-wrong", field="birth", typed="31021987", complete=True, wrong="date"),
    _typing("issued", field="issued", typed="15062019", complete=True),
    _typing("key-refused", reason="key_refused"),
    Sample(Screen.READING_CARD, "", progress=0.0),
    Sample(Screen.READING_CARD, "half", progress=0.55),
    *_coded(
        Screen.CARD_PROBLEM,
        Failure.CARD_REMOVED,
        Failure.CARD_MUTE,
        Failure.CARD_UNREADABLE,
        may_retry=True,
    ),
    Sample(
        Screen.CARD_PROBLEM,
        "no-retry",
        {"code": Failure.CARD_UNREADABLE.value, "may_retry": False},
    ),
    Sample(Screen.CHECK_DETAILS, "", _DETAILS),
    Sample(Screen.CHECK_DETAILS, "short", _DETAILS | {"name": "NG, Bo", "chinese": "", "sex": "X"}),
    Sample(Screen.GUARDIAN, "asking", {"link": "", "reference": _REFERENCE, "known": False}),
    Sample(
        Screen.GUARDIAN,
        "",
        {"link": _GUARDIAN_LINK, "reference": _REFERENCE, "known": True},
    ),
    Sample(Screen.TAKING_PHOTO, "", _PHOTO),
    *(Sample(Screen.TAKING_PHOTO, hint.value, _PHOTO, hint=hint) for hint in FaceHint),
    Sample(Screen.TAKING_PHOTO, "counting", _PHOTO, hint=FaceHint.HOLD_STILL, seconds_left=2),
    *(
        Sample(Screen.TAKING_PHOTO, one.value, _PHOTO, challenge=one, turned=0.6)
        for one in Challenge
    ),
    Sample(Screen.TAKING_PHOTO, "colours", _PHOTO, challenge=Challenge.LOOK_STRAIGHT, rgb=0xFFFF00),
    Sample(Screen.TAKING_PHOTO, "again", _PHOTO | {"attempt": 3}, hint=FaceHint.HOLD_STILL),
    Sample(Screen.TAKING_PHOTO, "warning", _PHOTO, is_warning=True),
    Sample(Screen.COMPARING),
    Sample(Screen.SENDING),
    Sample(Screen.LINK_PHONE, "", {"link": _LINK, "reference": _REFERENCE}),
    _receipt("printing", sent=True),
    _receipt("printed", sent=True),
    _receipt("none", sent=True),
    _receipt("printed", sent=False),
    *_coded(
        Screen.REFERRAL,
        Failure.SESSION_ASKED_HELP,
        Failure.SESSION_COUNTER,
        Failure.SESSION_NOT_ELIGIBLE,
        Failure.SESSION_NOT_MINE,
        Failure.CARD_OLD_FORM,
        Failure.CARD_OLD_FORM_COUNTER,
        Failure.CARD_CONSULAR,
        Failure.CARD_CHILD,
        Failure.CARD_MINOR,
        Failure.CARD_COPY_SUSPECTED,
        Failure.GUARDIAN_DECLINED,
        Failure.GUARDIAN_EXPIRED,
        Failure.GUARDIAN_WITHDRAWN,
        Failure.GUARDIAN_UNREACHABLE,
        Failure.CARD_TRIES_USED,
        Failure.CARD_SIGNATURE_BAD,
        Failure.CARD_DIFFERS_FROM_PRINT,
        Failure.FACE_UNCLEAR,
        Failure.FACE_TRIES_USED,
        Failure.FACE_FOR_STAFF,
        Failure.CAMERA_MISSING,
        Failure.READER_MISSING,
        Failure.REGISTER_REFERRED,
        Failure.OUTBOX_WRITE_FAILED,
        Failure.VISION_CRASHED,
        reference=_REFERENCE,
    ),
    *_outcomes(Screen.TAKE_CARD, card_in=True),
    Sample(Screen.TAKE_CARD, "card-out", {"outcome": "done", "card_in": False}),
    *_outcomes(Screen.WIPING),
    Sample(Screen.CARD_LEFT),
    *STAFF_SAMPLES,
    *SETUP_SAMPLES,
)
"""Every screen at least once."""
