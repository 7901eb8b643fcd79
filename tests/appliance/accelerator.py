"""How the machine's instructions are carried out: by the processor's own help, or emulated.

KVM only where it starts this very kind of machine: firmware with secure boot needs system
management mode, which some hosts' KVM lacks. So the firmware itself is started, without a disk.
"""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SAYS: Final = b"BdsDxe"
"""Its first words on the serial line, from deep in long mode."""
_MOST_S: Final = 30.0
_LOOK_S: Final = 0.1
MACHINE: Final = ("-machine", "q35,smm=on")
FRAMES_PER_S: Final = 15
"""Of the cameras, in the machine's time."""
_FEWER_PER_S: Final = 7
"""As in poor light; a terminal needs six."""
STARTS_SLOWER: Final = 3
"""The pace of an emulated machine that starts: it waits for its clock more than for the host."""
SECURE: Final = ("-global", "driver=cfi.pflash01,property=secure,value=on")


@dataclass(frozen=True, slots=True)
class Accelerator:
    """Words for QEMU, and how patient whoever waits must be."""

    name: str
    words: tuple[str, ...]
    slower: int = 1
    """Time in the machine: a second lasts so many of ours."""

    @property
    def patience(self) -> float:
        """Every wait is multiplied by this: a second in the machine, and how busy the host is."""
        return 1.0 if self.slower == 1 else max(self.slower * 0.75, 7.5)

    @property
    def frames_per_s(self) -> float:
        """Return what the cameras give, in our time; an emulated machine looks at no more."""
        return (FRAMES_PER_S if self.slower == 1 else _FEWER_PER_S) / self.slower


KVM: Final = Accelerator("kvm", ("-accel", "kvm", "-cpu", "host", "-smp", "2"))
TCG: Final = Accelerator(
    "tcg",
    (
        *("-accel", "tcg,thread=multi,tb-size=512", "-smp", "2"),
        # Without `rep` for every copy, which QEMU 7 emulates byte by byte; without a fifth level of
        # tables; without FMA, which costs four times what a product and a sum do. AVX2 goes with
        # FMA, and what no processor has without it goes too: Qt believes in VAES where it is told.
        *("-cpu", "max,-erms,-la57,-fma,-avx2,-vaes,-vpclmulqdq"),
    ),
    # An emulated machine is ten to twenty times slower than a real one. Its clock goes slower, too:
    # no time-out inside ever hears of it (pace.py). Counting instructions instead (`-icount`)
    # allows one processor alone and makes that one half as fast. At twenty a kernel that starts
    # gives its timer up; a terminal that was kept goes on, and follows a face only then.
    slower=5,
)


def best(firmware: Path, variables: Path) -> Accelerator:
    """Return KVM if the firmware comes up under it, the emulator otherwise."""
    return KVM if os.access("/dev/kvm", os.W_OK) and starts(KVM, firmware, variables) else TCG


def starts(
    kind: Accelerator, firmware: Path, variables: Path, *, within_s: float = _MOST_S
) -> bool:
    """Whether the firmware comes up under `kind`; it finds no disk, and says so."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        own = Path(folder) / "variables.fd"
        own.write_bytes(variables.read_bytes())
        command = [
            *("qemu-system-x86_64", "-nodefaults", "-display", "none", "-no-user-config"),
            *MACHINE,
            *SECURE,
            *kind.words,
            *("-m", "256", "-serial", f"file:{said}"),
            *("-drive", f"if=pflash,unit=0,format=raw,readonly=on,file={firmware}"),
            *("-drive", f"if=pflash,unit=1,format=raw,file={own}"),
        ]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
            deadline = time.monotonic() + within_s
            try:
                while process.poll() is None and time.monotonic() < deadline:
                    if said.exists() and _SAYS in said.read_bytes():
                        return True
                    time.sleep(_LOOK_S)
            finally:
                process.kill()
    return False
