"""Lines as the kernel and the card service write them, made from twenty known forms."""

import random
from collections.abc import Iterator

FORMS = (
    "usb 1-1.{n}: reset full-speed USB device number {n} using xhci_hcd",
    "usb 1-{n}: new high-speed USB device number {n} using xhci_hcd",
    "usb 1-{n}: USB disconnect, device number {n}",
    "usb 1-{n}: device descriptor read/64, error -{n}",
    "xhci_hcd 0000:00:{n}.0: xHCI host controller not responding, assume dead",
    "EXT4-fs error (device sda{n}): ext4_find_entry:{n}: inode #{n}: comm {w}: reading directory",
    "EXT4-fs (sda{n}): mounted filesystem with ordered data mode. Quota mode: {w}",
    "blk_update_request: I/O error, dev sda, sector {n} op 0x0:(READ) flags 0x{n} phys_seg {n}",
    "CPU{n}: Core temperature above threshold, cpu clock throttled (total events = {n})",
    "Out of memory: Killed process {n} ({w}) total-vm:{n}kB, anon-rss:{n}kB",
    "uvcvideo: Failed to query (GET_CUR) UVC control {n} on unit {n}: -{n} (exp. {n})",
    "nvme nvme0: I/O {n} QID {n} timeout, aborting",
    'audit: type={n} audit({n}.{n}:{n}): apparmor="DENIED" operation="open" name="{w}"',
    "watchdog: BUG: soft lockup - CPU#{n} stuck for {n}s! [{w}:{n}]",
    "{n} ccid_usb.c:{n}:WriteUSB() write failed (1/{n}): LIBUSB_ERROR_NO_DEVICE",
    "{n} ifdwrapper.c:{n}:IFDTransmit() Card not transacted: {n}",
    "{n} eventhandler.c:{n}:EHStatusHandlerThread() powerState: {w} card inserted into {w}",
    "{n} eventhandler.c:{n}:EHStatusHandlerThread() Card Removed From {w} {w} 00 00",
    "{n} winscard_svc.c:{n}:ContextThread() Authorized client on {n}",
    "{n} readerfactory.c:{n}:RFAddReader() {w} init failed: {n}",
)
_WORDS = ("chan", "tai_man", "kiosk-a", "python3", "ACS ACR1252U 00 00", "canary@x.hk")


def lines(many: int, *, seed: int) -> Iterator[str]:
    """Yield so many lines, of all forms, with other numbers and words in each."""
    chance = random.Random(seed)
    for index in range(many):
        form = FORMS[index % len(FORMS)]
        while "{n}" in form:
            form = form.replace("{n}", str(chance.randrange(10, 100_000)), 1)
        while "{w}" in form:
            form = form.replace("{w}", chance.choice(_WORDS), 1)
        yield form
