"""What the wizard of provisioning may have to show, for pictures and tests (not shipped)."""

from typing import Final

from ui.sample import Sample
from wire.failures import Failure
from wire.screen import Facts, SetupScreen

_STEPS: Final = [
    "network", "clock", "site", "panel", "touch", "face_camera", "document_camera", "lights",
    "reader", "printer", "sound", "claim", "settings", "self_test",
]  # fmt: skip
_SITE: Final = "sha_tin_library"
_VIDEO: Final = "/dev/v4l/by-path/pci-0000:00:14.0-usb-0:{}:1.0-video-index0"
_SERIAL: Final = "/dev/kiosk/serial-pci-0000:00:14.0-usb-0:4:1.0"
_CODE: Final = "KIOSK1/FLEET.EXAMPLE:8444/QK7TMEX2L5WBZ3RYDHAU6FCNVG/7PJ2SKQW"


def _marks(until: str, **others: str) -> list[str]:
    """Return marks: good before a step, to do from it on, waiting where the claim is needed."""
    at = _STEPS.index(until)
    after = {"settings": "waits", "self_test": "waits"}
    plain = ["good" if i < at else after.get(step, "todo") for i, step in enumerate(_STEPS)]
    return [others.get(step, mark) for step, mark in zip(_STEPS, plain, strict=True)]


def _list(variant: str, marks: list[str], following: str, terminal: str = "") -> Sample:
    facts: Facts = {
        "steps": _STEPS,
        "marks": marks,
        "done": sum(mark in {"good", "skipped"} for mark in marks),
        "next": following,
        "terminal": terminal,
        "site": _SITE if variant else "",
    }
    return Sample(SetupScreen.SETUP_LIST, variant, facts)


def _where(step: str) -> Facts:
    return {"step": step, "steps": _STEPS, "marks": _marks(step)}


def _step(
    step: str,
    mark: str,
    *,
    asked: dict[str, str] | None = None,
    told: dict[str, str] | None = None,
    **facts: str | int | bool | list[str],
) -> Sample:
    marks = _marks(step, **{step: mark})
    plain: Facts = {
        "step": step,
        "steps": _STEPS,
        "marks": marks,
        "mark": mark,
        "fields": list(asked or {}),
        "answers": list((asked or {}).values()),
        "lacking": [],
        "waits": [],
        "may_skip": step in {"network", "panel", "touch", "lights", "sound"},
        "code": "",
        "reason": "",
        "figures": list(told or {}),
        "values": list((told or {}).values()),
        "is_last": False,
    }
    return Sample(SetupScreen.SETUP_STEP, f"{step}-{mark}", plain | facts)


def _camera(step: str, seen: str, variant: str, *, still: bool = False) -> Sample:
    told = {"size": "1280x720", "per_s": "30.0", "brightness": "121.4", "sharpness": "214.7"}
    figures = {} if still or step == "claim" else told
    facts: Facts = {
        "figures": list(figures),
        "values": list(figures.values()),
        "still": still,
    }
    return Sample(SetupScreen.SETUP_CAMERA, variant, _where(step) | facts, seen=seen)


def _typing(variant: str, field: str, typed: str, *, wrong: bool = False) -> Sample:
    return Sample(SetupScreen.SETUP_TYPE, variant, {"field": field, "typed": typed, "wrong": wrong})


def _choosing(variant: str, field: str, choices: list[str], chosen: str, **facts: bool) -> Sample:
    plain: Facts = {"field": field, "choices": choices, "chosen": chosen, "may_type": False}
    return Sample(SetupScreen.SETUP_CHOOSE, variant, plain | facts)


def _work(step: str, word: str = "", *, may_stop: bool = False) -> Sample:
    facts: Facts = {"word": word, "may_stop": may_stop}
    return Sample(SetupScreen.SETUP_WORK, f"{step}{word and '-'}{word}", _where(step) | facts)


def _target(number: int, x: str, y: str) -> Sample:
    facts: Facts = {"target": [x, y], "number": number, "targets": 5}
    return Sample(SetupScreen.SETUP_TOUCH, str(number), facts)


_ADDRESSES: Final = {
    "fleet.url": "https://fleet.kiosk.example.hk:8443",
    "register.url": "https://register.kiosk.example.hk",
    "register.phone_url": "https://phone.kiosk.example.hk",
}
_PLACE: Final = {
    "site.id": _SITE,
    "site.mode": "self_service",
    "site.opens": "09:00",
    "site.closes": "20:00",
    "site.languages": "zh_HK",
}
_SEEN: Final = {
    "size": "1280x720",
    "per_s": "30.0",
    "brightness": "121.4",
    "sharpness": "214.7",
    "picture": "kept",
    "identity": "046d:0825 Face Camera HD, port 2",
}

SETUP_SAMPLES: Final = (
    _list("", _marks("network"), "network"),
    _list("underway", _marks("printer", lights="skipped", reader="bad"), "printer"),
    _list("done", ["good"] * len(_STEPS), "", "terminal-17"),
    _step(
        "network",
        "todo",
        asked=dict.fromkeys(_ADDRESSES, ""),
        lacking=list(_ADDRESSES),
    ),
    _step(
        "network",
        "bad",
        asked=_ADDRESSES,
        told={"fleet_ms": "18", "unreachable": "register"},
        code=Failure.PROVISION_NO_NETWORK.value,
    ),
    _step("clock", "good", told={"synchronized": "yes", "off_s": "0.4"}),
    _step("site", "todo", asked=_PLACE | {"site.id": ""}, lacking=["site.id"]),
    _step("site", "good", asked=_PLACE),
    _step(
        "panel",
        "bad",
        asked={"machine.panel": "1080x1920"},
        told={"mode": "1280x800"},
        code=Failure.PROVISION_OTHER_PANEL.value,
    ),
    _step("touch", "todo"),
    _step(
        "touch",
        "good",
        told={"worst_off": "0.012", "swapped": "no", "mirrored": "no", "check_off": "0.008"},
    ),
    _step("face_camera", "good", asked={"devices.face_camera": _VIDEO.format(2)}, told=_SEEN),
    _step("document_camera", "todo", asked={"devices.document_camera": _VIDEO.format(3)}),
    _step("lights", "skipped", asked={"devices.lights": ""}, reason="not ordered"),
    _step("reader", "bad", code=Failure.PROVISION_NO_CARD.value),
    _step(
        "printer",
        "bad",
        asked={"devices.printer": _SERIAL},
        code=Failure.PRINTER_PAPER_OUT.value,
    ),
    _step(
        "printer",
        "good",
        asked={"devices.printer": _SERIAL},
        told={"width_px": "576", "ms": "1840"},
    ),
    _step("sound", "todo"),
    _step("claim", "waits", waits=["clock"]),
    _step(
        "claim",
        "good",
        told={
            "terminal": "terminal-17",
            "key_kept_by": "tpm",
            "district": "sha_tin",
            "certificate_ends": "2026-12-26",
        },
    ),
    _step("settings", "good", told={"terminal": "terminal-17"}),
    _step(
        "self_test",
        "bad",
        told={
            "secure_boot": "yes",
            "free_mb": "48210",
            "certificate_days": "29",
            "issuers": "0",
            "faults": "swap issuers",
        },
        code=Failure.PROVISION_NOT_FIT.value,
    ),
    _step(
        "self_test",
        "good",
        told={"secure_boot": "yes", "free_mb": "48210", "certificate_days": "29", "issuers": "2"},
        is_last=True,
    ),
    _typing("", "site.id", "sha_tin_lib"),
    _typing("wrong", "fleet.url", "fleet.kiosk.example.hk", wrong=True),
    _typing("code", "type_code", _CODE),
    _choosing("mode", "site.mode", ["self_service", "counter", "mobile"], "self_service"),
    _choosing("language", "site.languages", ["zh_HK", "zh_CN", "en"], "zh_HK"),
    _choosing(
        "camera",
        "devices.face_camera",
        [_VIDEO.format(2), _VIDEO.format(3)],
        _VIDEO.format(2),
        may_type=True,
    ),
    _choosing("none-found", "devices.printer", [], "/dev/ttyUSB0", may_type=True),
    _choosing("skip", "skip", ["not ordered", "comes later", "not possible here"], ""),
    _work("network"),
    _work("reader", "lay_card", may_stop=True),
    _work("claim", "key_in_a_file"),
    Sample(SetupScreen.SETUP_WORK, "report", {"word": "report"}),
    _camera("face_camera", "hall", "face"),
    _camera("document_camera", "tray", "card"),
    _camera("face_camera", "hall", "still", still=True),
    _camera("claim", "slip", "claim"),
    _target(1, "0.1", "0.1"),
    _target(3, "0.9", "0.9"),
    _target(5, "0.25", "0.1"),
    *(
        Sample(SetupScreen.SETUP_JUDGE, step, _where(step))
        for step in ("printer", "sound", "lights")
    ),
    Sample(
        SetupScreen.SETUP_REPORT,
        "ready",
        {
            "ready": True,
            "lacking": [],
            "terminal": "terminal-17",
            "pictures": ["face_camera", "test_page", "touch"],
            "painted": True,
        },
    ),
    Sample(
        SetupScreen.SETUP_REPORT,
        "not-ready",
        {
            "ready": False,
            "lacking": ["reader", "printer", "claim", "settings", "self_test"],
            "terminal": "",
            "pictures": ["touch"],
            "painted": True,
        },
    ),
)
