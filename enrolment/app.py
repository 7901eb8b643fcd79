"""The two applications of the register: what terminals call, and what phones open."""

from functools import partial

from fastapi import FastAPI

from enrolment import api, contract
from enrolment.citizens import Citizens
from enrolment.phone import account, pages, step_up
from enrolment.phone.painting import Pages
from enrolment.problems import add_handlers
from enrolment.register import Register
from enrolment.settings import Limits


def create_api(register: Register, limits: Limits) -> FastAPI:
    """Return the application for terminals; to be served over TLS with client certificates."""
    # The pages that show OpenAPI load scripts from elsewhere; the document itself is served.
    app = FastAPI(docs_url=None, redoc_url=None)
    app.openapi = partial(contract.document, app)  # type: ignore[method-assign]
    app.include_router(api.routes(register, limits))
    add_handlers(app)
    return app


def create_phone(citizens: Citizens) -> FastAPI:
    """Return the application for phones: the sandbox's pages, and step-up authentication."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    painted = Pages()
    app.include_router(pages.routes(citizens, painted))
    app.include_router(account.routes(citizens, painted))
    app.include_router(step_up.routes(citizens))
    add_handlers(app)
    return app
