"""The API's contract, as OpenAPI 3.1; `fleet/openapi.yaml` is made of it."""

from typing import Any, Final, cast

import msgspec
from fastapi import FastAPI

from fleet.api import shapes
from fleet.api.paths import api

_ABOUT: Final = """\
The same rights and acts as on the console. A token is made on its page *Tokens*, with a role, a
place and an end, and is sent as `Authorization: Bearer`. Lists come in parts: `next` goes into
`after`. Every answer to a GET has an `ETag`. Acts take a form or a JSON object of texts.
Every refusal is a problem (RFC 9457) whose `code` is stable."""
_SCHEMAS: Final = (
    shapes.Terminals,
    shapes.Terminal,
    shapes.Device,
    shapes.Alerts,
    shapes.Alert,
    shapes.Commands,
    shapes.Command,
    shapes.Asked,
    shapes.SearchPart,
    shapes.SearchHit,
    shapes.Releases,
    shapes.Release,
    shapes.Rollouts,
    shapes.Rollout,
    shapes.Member,
    shapes.Made,
    shapes.Claims,
    shapes.Claim,
    shapes.Slip,
)


def described() -> dict[str, Any]:
    """Return the document."""
    app = FastAPI(title="Fleet of terminals", version="1", description=_ABOUT)
    # What the paths promise does not depend on a fleet: none of them is called.
    app.include_router(api(cast("Any", None), cast("Any", None)))
    whole = app.openapi()
    _, made = msgspec.json.schema_components(_SCHEMAS, ref_template="#/components/schemas/{name}")
    components = whole.setdefault("components", {})
    components["schemas"] = components.get("schemas", {}) | made
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    whole["security"] = [{"token": []}]
    return whole
