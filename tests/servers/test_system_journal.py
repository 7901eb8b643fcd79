"""What the kernel logs is read through systemd's own journal, run for this test alone."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wire.log_words import WORDS

pytestmark = [pytest.mark.server, pytest.mark.slow]

_JOURNALD = "/lib/systemd/systemd-journald"
_READS = """
import os
from systemd import journal
from kiosk.sync.foreign_logs import Followed, follow
from kiosk.sync.journal import SystemJournal
from wire.log_words import said
own = SystemJournal(lambda: journal.Reader(path="/run/log/journal"))
mark, followed = os.environ["MARK"], Followed()
while (before := followed.lines) < (followed := follow(own, followed)).lines:
    pass
with open("/dev/kmsg", "w") as kernel:
    for n in range(3):
        print(f"<4>{mark} CANARY-{n} failed", file=kernel, flush=True)
journal.send("usb reset by a program that is not asked for")
while sum(one.times for one in followed.groups if said(one.words).startswith(mark)) < 3:
    followed = follow(own, followed)
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
    # The kernel keeps what it was told: another run of this test says other words.
    chance = random.Random(os.getpid())
    mark = " ".join(chance.choice(WORDS[1:]) for _ in range(4))
    done = subprocess.run(
        ["unshare", "--mount", "bash", "-c", _ALONE],
        env=os.environ
        | {"MARK": mark, "PYTHON": sys.executable, "READS": _READS, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("no namespace of its own here")
    assert done.returncode == 0, done.stderr
    rows = done.stdout.splitlines()
    assert f"kernel 3 {mark} <*> failed" in rows
    assert not [row for row in rows if "CANARY" in row or "asked" in row]
