"""Give terminals the signed repository: plain files, in parts if asked, each with its tag.

What is given needs no protection: it is signed, and whoever changes it on the way is found out.
That only terminals get it keeps our software among ourselves. A proxy may give the same files.
Source: RFC 9110, 14 (ranges) and 13 (conditional requests).
"""

from http import HTTPStatus
from pathlib import Path as Place
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse

from fleet.door.problems import Refused
from fleet.ingest.paths import Gate, caller_of
from wire.failures import Failure
from wire.rollout import UPDATES_PATH

Metadata = Annotated[str, Path(pattern=r"^(?:[0-9]{1,9}\.)?[a-z]{1,16}\.json$")]
Kind = Annotated[str, Path(pattern=r"^[a-z]{1,16}$")]
Target = Annotated[str, Path(pattern=r"^[0-9a-f]{64}\.[a-z0-9.]{1,40}$")]
_FOR_EVER: Final = "private, max-age=31536000, immutable"
"""What is named by its version or content never changes."""


def serving(gate: Gate, folder: Place) -> APIRouter:
    """Return the paths of the repository in `folder`."""
    router = APIRouter()

    @router.get(f"{UPDATES_PATH}/metadata/{{name}}")
    async def metadata(name: Metadata, request: Request) -> Response:
        """Give signed metadata."""
        return _given(gate, request, folder / "metadata" / name)

    @router.get(f"{UPDATES_PATH}/targets/{{kind}}/{{name}}")
    async def target(kind: Kind, name: Target, request: Request) -> Response:
        """Give a release or a rollout, or the rest of one."""
        return _given(gate, request, folder / "targets" / kind / name)

    return router


def _given(gate: Gate, request: Request, place: Place) -> Response:
    caller_of(gate, request)
    try:
        found = place.stat()
    except OSError:
        raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED) from None
    kept = "no-cache" if place.name == "timestamp.json" else _FOR_EVER
    answer = FileResponse(
        place,
        stat_result=found,
        media_type="application/octet-stream",
        headers={"Cache-Control": kept},
    )
    asked = request.headers.get("if-none-match", "")
    if answer.headers["etag"] in {one.strip().removeprefix("W/") for one in asked.split(",")}:
        headers = {"ETag": answer.headers["etag"], "Cache-Control": kept}
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return answer
