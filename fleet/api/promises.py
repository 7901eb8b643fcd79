"""What the API's paths promise, for the contract. NO I/O."""

from typing import Any


def told(shape: Any, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """Return what a path promises, for the contract."""
    schema: dict[str, Any] = {"type": "object"}
    if shape is not dict:
        schema = {"$ref": f"#/components/schemas/{shape.__name__}"}
    content = {"application/json": {"schema": schema}}
    promised: dict[int | str, dict[str, Any]] = {
        code: {"description": "A problem (RFC 9457)."} for code in (401, 403, 404, 422)
    }
    return promised | {status: {"description": "As asked.", "content": content}}


def trouble(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Return refusals that a path has beside those of every path."""
    return {code: {"description": "A problem (RFC 9457)."} for code in codes}


def listed(*more: str) -> dict[str, Any]:
    """Return the parameters of a list, for the contract."""
    named = {
        "limit": {"type": "integer", "minimum": 1, "maximum": 500},
        "after": {"type": "string"},
    }
    named |= {name: {"type": "string", "maxLength": 200} for name in more}
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in named.items()
        ]
    }
