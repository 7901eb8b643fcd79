"""The two applications of the register: what terminals call, and what phones open."""

from functools import partial

from fastapi import FastAPI

from enrolment import api, contract, guardian_api
from enrolment.callers import Callers
from enrolment.citizens import Citizens
from enrolment.guardians import Guardians
from enrolment.phone import account, closing, guardian, pages, step_up
from enrolment.phone.painting import Pages
from enrolment.problems import add_handlers
from enrolment.register import Register
from enrolment.settings import Limits
from wire.structs import settle


def create_api(register: Register, limits: Limits) -> FastAPI:
    """Return the application for terminals; to be served over TLS with client certificates."""
    settle()
    # The pages that show OpenAPI load scripts from elsewhere; the document itself is served.
    app = FastAPI(docs_url=None, redoc_url=None)
    app.openapi = partial(contract.document, app)  # type: ignore[method-assign]
    callers = Callers(register, limits)
    app.include_router(api.routes(register, callers))
    app.include_router(guardian_api.routes(register, callers))
    add_handlers(app)
    return app


def create_phone(citizens: Citizens, guardians: Guardians) -> FastAPI:
    """Return the application for phones: the sandbox's pages, and step-up authentication."""
    settle()
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    painted = Pages()
    app.include_router(pages.routes(citizens, painted))
    app.include_router(account.routes(citizens, guardians, painted))
    app.include_router(closing.routes(citizens, painted))
    app.include_router(guardian.routes(guardians, painted))
    app.include_router(step_up.routes(citizens))
    add_handlers(app)
    return app
