"""What a printer can fail with, under `drivers.errors`."""

from drivers.errors import DeviceFaulty, DeviceMissing, DeviceTimeout


class PrinterMissing(DeviceMissing):
    """Not plugged in."""

    code = "printer.missing"


class PrinterSilent(DeviceTimeout):
    """Does not answer."""

    code = "printer.timeout"


class PrinterFaulty(DeviceFaulty):
    """Reports an error of its own."""

    code = "printer.faulty"


class PaperOut(PrinterFaulty):
    """The roll has run out."""

    code = "printer.paper_out"


class CoverOpen(PrinterFaulty):
    """The cover is open."""

    code = "printer.cover_open"
