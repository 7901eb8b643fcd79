"""Releases signed and published in a sandbox repository, as people would."""

import hashlib
import sys
from pathlib import Path

from fleet.release.sandbox import Sandbox
from tests.support.releases import release
from wire.rollout import Artifact, Kind

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def signed_release(
    sandbox: Sandbox,
    folder: Path,
    version: str,
    content: bytes = b"",
    *,
    kind: Kind = Kind.APP,
    floor: str = "0.0.1",
) -> Artifact:
    """Stage, sign and publish an archive; a small tree of files if `content` is empty."""
    content = content or release(version).getvalue()
    archive = folder / f"{kind}-{version}.tar.gz"
    archive.write_bytes(content)
    artifact = Artifact(kind, version, hashlib.sha256(content).hexdigest(), len(content))
    sandbox.repository.stage_release(artifact, archive, floor=floor, python=PYTHON)
    sandbox.sign(kind)
    sandbox.repository.publish()
    return artifact
