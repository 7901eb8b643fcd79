"""What a TPM can fail with, under `drivers.errors`."""

from drivers.errors import DeviceFaulty, DeviceMissing


class TpmMissing(DeviceMissing):
    """No TPM answers, or the libraries that talk to one are not installed."""

    code = "identity.no_tpm"


class TpmRefuses(DeviceFaulty):
    """The TPM does not take the key: it is another machine's, altered, or from before a clear."""

    code = "identity.locked"
