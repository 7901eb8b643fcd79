"""Releases made for tests: small trees in archives, right or wrong in one way."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping

FILES = {"kiosk/__init__.py": b"", "kiosk/word.txt": b"a release", "bin/run": b"#!/bin/sh\n"}


def manifest(version: str, files: Mapping[str, bytes], **changed: object) -> bytes:
    listed = [
        {"name": name, "length": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for name, body in files.items()
    ]
    return json.dumps({"version": version, "python": "3.11", "files": listed, **changed}).encode()


def member(name: str, body: bytes = b"", **fields: object) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(body)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, body


def archive(*members: tuple[tarfile.TarInfo, bytes]) -> io.BytesIO:
    content = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=content, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        for info, body in members:
            tar.addfile(info, io.BytesIO(body))
    content.seek(0)
    return content


def release(version: str, files: Mapping[str, bytes] | None = None) -> io.BytesIO:
    held = {**(FILES if files is None else files), "VERSION": version.encode()}
    named = [member(name, body) for name, body in held.items()]
    return archive(member("MANIFEST.json", manifest(version, held)), *named)
