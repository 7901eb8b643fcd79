"""``make provision-demo``: a bare machine becomes a terminal, and the first citizen registers.

Real: the console that makes the slip, the fleet with its TLS and its claim, the register,
provisioning, and the terminal's engine, sync and screens, which start from exactly what
provisioning wrote. Not real: devices, which are simulators behind the drivers of a real terminal,
and what a kernel tells of panel and swap.
"""

import argparse
import sys
from pathlib import Path

from kiosk.stage import Look
from tests.provision_demo.walk import walk
from wire.screen import Language


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Show it; status 0 when the citizen has registered and the fleet has heard."""
    parser = argparse.ArgumentParser(prog="python -m tests.provision_demo", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/provision-demo"))
    parser.add_argument("--pictures", type=Path, default=Path(".cache/pictures"))
    parser.add_argument("--language", choices=list(Language), default=Language.ZH_HK)
    options = parser.parse_args()
    language = Language(options.language)
    report = walk(options.out, options.pictures, Look(), language, _say, with_console=True)
    for step in report.get("steps", ()):
        _say(f"{step['ms']:>7} ms  {step['screen']}")
    _say(f"{report['verdict']} {report.get('why', '')}")
    _say(f"pictures, receipt, readiness report and logs in {options.out}")
    return 0 if report["verdict"] == "passed" else 1


if __name__ == "__main__":
    sys.exit(main())
