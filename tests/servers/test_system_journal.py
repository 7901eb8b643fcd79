"""What the kernel logs is read through systemd's own journal, run for this test alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.server, pytest.mark.slow]

_JOURNALD = "/lib/systemd/systemd-journald"
_READS = """
import sys
from systemd import journal
from kiosk.sync.foreign_logs import Followed, follow, noticed
from kiosk.sync.journal import SystemJournal
from wire.log_words import said
own = SystemJournal(lambda: journal.Reader(path="/run/log/journal"))
followed = Followed()
while (before := followed.lines) < (followed := follow(own, followed)).lines:
    pass
with open("/dev/kmsg", "w") as kernel:
    for n in range(3):
        print(f"<4>kiosk test: usb reset CANARY-{n} device failed", file=kernel, flush=True)
journal.send("usb reset by a program that is not asked for")
while followed.lines == before:
    followed = follow(own, followed)
while (before := followed.lines) < (followed := follow(own, followed)).lines:
    pass
for one in followed.groups:
    print(one.source.value, one.times, said(one.words))
"""
_ALONE = f"""
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal /run/log/journal || exit 77
echo 0123456789abcdef0123456789abcdef > /run/mid
mount --bind /run/mid /etc/machine-id || exit 77
{_JOURNALD} & service=$!
until [ -S /run/systemd/journal/socket ] && ls /run/log/journal/*/system.journal
do kill -0 $service || exit 77; sleep 0.1; done
"$PYTHON" -c "$READS"; status=$?
kill $service
exit $status
"""


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("unshare") or not Path(_JOURNALD).exists(),
    reason="a journal of one's own needs root",
)
def test_kernel_lines_become_templates_and_others_lines_do_not_count() -> None:
    done = subprocess.run(
        ["unshare", "--mount", "bash", "-c", _ALONE],
        env=os.environ | {"PYTHON": sys.executable, "READS": _READS, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("no namespace of its own here")
    assert done.returncode == 0, done.stderr
    rows = done.stdout.splitlines()
    assert "kernel 3 <*> test usb reset <*> device failed" in rows
    assert not [row for row in rows if "CANARY" in row or "asked" in row]
