"""The two applications of the register: what terminals call, and what phones open."""

from fastapi import FastAPI

from enrolment import api
from enrolment.phone import pages
from enrolment.problems import add_handlers
from enrolment.register import Register


def create_api(register: Register) -> FastAPI:
    """Return the application for terminals; to be served over TLS with client certificates."""
    # The pages that show OpenAPI load scripts from elsewhere; the document itself is served.
    app = FastAPI(title="Register of enrolments", version="1", docs_url=None, redoc_url=None)
    app.include_router(api.routes(register))
    add_handlers(app)
    return app


def create_phone(register: Register) -> FastAPI:
    """Return the application for phones: the sandbox page behind the QR."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(pages.routes(register))
    add_handlers(app)
    return app
