"""Everything that can go wrong with a device.

Our exception hierarchy::

    DeviceError             something about a device; carries a stable `code`
    ├── DeviceMissing       not plugged in, or its service is not running
    ├── DeviceTimeout       did not answer in time
    ├── DeviceFaulty        says so itself: paper out, cover open, no picture
    └── ProtocolError       bytes that break the protocol
        ├── LocalProtocolError   our bug: we built something illegal
        └── RemoteProtocolError  the card or device sent something illegal

Only these leave a driver. `code` is a code of wire/failures.toml; the message is
for the developer; both are free of personal data.
"""


class DeviceError(Exception):
    """Something about a device; carries a stable `code`."""

    code = "device.error"


class DeviceMissing(DeviceError):
    """Not plugged in, or its service is not running."""

    code = "device.missing"


class DeviceTimeout(DeviceError):
    """Did not answer in time."""

    code = "device.timeout"


class DeviceFaulty(DeviceError):
    """The device says so itself."""

    code = "device.faulty"


class ProtocolError(DeviceError):
    """Bytes that break the protocol."""

    code = "device.protocol"


class LocalProtocolError(ProtocolError):
    """Our bug: we built something illegal."""

    code = "device.protocol_local"


class RemoteProtocolError(ProtocolError):
    """The card or device sent something illegal."""

    code = "device.protocol_remote"
