"""A hardware module in software, with one fresh token."""

import os
import subprocess
from pathlib import Path

from enrolment.settings import Hsm

_PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


def fresh_token(folder: Path) -> Hsm:
    """Make a token below `folder`; this process and its children find it from now on."""
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n"
    )
    (folder / "pin").write_text("271828\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    command = ["softhsm2-util", "--init-token", "--free", "--label", "register"]
    subprocess.run(
        [*command, "--pin", "271828", "--so-pin", "314159"], check=True, capture_output=True
    )
    module = next(place for place in _PLACES if Path(place).exists())
    return Hsm(module=module, token="register", pin_file=str(folder / "pin"))
