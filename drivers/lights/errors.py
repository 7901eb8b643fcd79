"""What switched lights can fail with, under `drivers.errors`."""

from drivers.errors import DeviceFaulty, DeviceMissing, DeviceTimeout, RemoteProtocolError


class LightsMissing(DeviceMissing):
    """Not plugged in."""

    code = "lights.missing"


class LightsSilent(DeviceTimeout):
    """Do not answer."""

    code = "lights.timeout"


class LightsFaulty(DeviceFaulty):
    """A lamp draws no current, says the board."""

    code = "lights.faulty"


class LightsGarbled(RemoteProtocolError):
    """Only rubbish came for an answer."""

    code = "lights.garbled"
