"""Everything a card can do wrong, or we to it.

Our exception hierarchy, under `drivers.errors`::

    DeviceError
    ├── CardRemoved             the card went away, or answered nothing at all
    ├── KeyRefused              PACE failed with this password
    ├── NotGenuine              read well, and not to be believed
    │   ├── SignatureBad        the security object's signature does not hold
    │   ├── DataChanged         a data group has another hash than it says
    │   ├── SignerUnknown       no trusted CSCA issued the document signer
    │   ├── SignerExpired       document signer or CSCA outside its validity
    │   ├── SignerRevoked       its CSCA took the document signer back
    │   ├── ChipCloned          the chip does not hold the key its data name
    │   └── DiffersFromPrint    the chip says something else than the print
    └── RemoteProtocolError
        └── CardUnreadable      malformed, truncated or out of protocol
            ├── FileNotOnCard   a file the profile needs is missing
            ├── ReadRefused     the card does not take reads of this length
            └── SessionBroken   secure messaging does not hold any more
"""

from drivers.errors import DeviceError, RemoteProtocolError


class CardRemoved(DeviceError):
    """The card went away, or answered nothing at all."""

    code = "card.removed"


class KeyRefused(DeviceError):
    """PACE failed with this password."""

    code = "card.key_refused"


class NotGenuine(DeviceError):
    """Read well, and not to be believed."""

    code = "card.signature_bad"


class SignatureBad(NotGenuine):
    """The security object's signature does not hold."""

    code = "card.signature_bad"


class DataChanged(NotGenuine):
    """A data group has another hash than the security object says."""

    code = "card.data_changed"


class SignerUnknown(NotGenuine):
    """No trusted CSCA issued the document signer."""

    code = "card.signer_unknown"


class SignerExpired(NotGenuine):
    """Document signer or CSCA are outside their validity."""

    code = "card.signer_expired"


class SignerRevoked(NotGenuine):
    """The CSCA took the document signer back."""

    code = "card.signer_revoked"


class ChipCloned(NotGenuine):
    """The chip does not hold the key its signed data name."""

    code = "card.chip_cloned"


class DiffersFromPrint(NotGenuine):
    """The chip says something else than the print."""

    code = "card.differs_from_print"


class CardUnreadable(RemoteProtocolError):
    """Malformed, truncated or out of protocol."""

    code = "card.unreadable"


class FileNotOnCard(CardUnreadable):
    """A file the profile needs is missing."""

    code = "card.file_missing"


class ReadRefused(CardUnreadable):
    """The card does not take reads of this length; a shorter one may do, in a new session."""


class SessionBroken(CardUnreadable):
    """Secure messaging does not hold any more: a response without a good MAC."""
