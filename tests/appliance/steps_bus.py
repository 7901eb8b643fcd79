"""What strangers plug in: none of it is let in, and nothing it types is heard."""

from typing import Any, Final

from tests.appliance.walk import Walk

_PORT: Final = 6
"""The first that no device of the terminal's is in."""
_STRANGERS: Final = {
    "usb-storage": "QEMU USB HARDDRIVE",
    "usb-net": "RNDIS/QEMU USB Network Device",
    "usb-mouse": "QEMU USB Mouse",
    "usb-kbd": "QEMU USB Keyboard",
}
"""What each calls itself; the keyboard stays until it was typed on."""
_KEYS: Final = (
    *("ctrl-alt-f2", "ctrl-alt-f1", "alt-f4", "alt-tab", "ctrl-alt-backspace", "meta_l"),
    *("ctrl-shift-esc", "ctrl-c", "esc", "alt-sysrq-b", "ctrl-alt-delete"),
)
_HAS: Final = (
    "cat /proc/sys/kernel/random/boot_id; ls /sys/class/block /sys/class/net /sys/class/input"
)
_STAYS: Final = "cat /sys/bus/usb/devices/*/product"


def strangers(walk: Walk) -> str:
    """Stick, network card, mouse and keyboard are rejected; no key leads out."""
    machine = walk.on
    walk.see("07-c-attract", "Touch to begin", within_s=60)
    has = machine.run(_HAS)
    stick = walk.out / "stranger.img"
    with stick.open("wb") as file:
        file.truncate(16 << 20)
    there = {"driver": "file", "filename": str(stick)}
    machine.order("blockdev-add", driver="raw", file=there, **{"node-name": "stranger"})
    machine.order("netdev_add", type="user", id="stranger")
    more: dict[str, dict[str, Any]] = {
        "usb-storage": {"drive": "stranger"},
        "usb-net": {"netdev": "stranger"},
    }
    for driver, name in _STRANGERS.items():
        machine.plug(driver, driver, port=str(_PORT), **more.get(driver, {}))
        known = f"until dmesg | grep -qF 'Product: {name}'; do sleep 0.2; done"
        machine.run(f"{known}; while {_STAYS} | grep -qF '{name}'; do sleep 0.2; done")
        if driver == "usb-kbd":
            for keys in _KEYS:
                pressed = [{"type": "qcode", "data": key} for key in keys.split("-")]
                machine.order("send-key", keys=pressed)
        machine.unplug(driver)
    assert machine.run(_HAS) == has
    walk.see("07-d-attract", "Touch to begin", within_s=60)
    return f"{len(_STRANGERS)} rejected, {len(_KEYS)} keys without effect"
