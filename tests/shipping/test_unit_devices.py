"""What a unit may open, systemd fixes as it starts: without what the kernel does not know yet."""

from tests.support.units import UNITS, settings

REGISTERED_BY = {
    "alsa": "snd",
    "drm": "drm",
    "ttyACM": "cdc_acm",
    "ttyUSB": "usbserial",
    "video4linux": "videodev",
}
"""Classes of devices, and the kernel's module without which there is none."""


def test_a_class_of_devices_is_known_to_the_kernel_before_a_unit_may_open_it() -> None:
    for unit in UNITS:
        allowed = [words.split()[0] for words in settings(unit, "DeviceAllow")]
        classes = {name.removeprefix("char-") for name in allowed if not name.startswith("/")}
        needed = {f"modprobe@{REGISTERED_BY[name]}.service" for name in classes - {"input"}}
        for key in ("Wants", "After"):
            assert needed <= set(" ".join(settings(unit, key)).split()), f"{unit.name}: {key}"
