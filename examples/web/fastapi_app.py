"""A registration service on FastAPI that completes nothing the gate does not let pass.

    uvicorn --factory fastapi_app:production      with a taxgate.toml beside it

    POST /{checkpoint}/{case_no}/check       application as JSON in, decision as JSON out
    POST /{checkpoint}/{case_no}/complete    204, or 409 with what stands in the way

Cases live in memory, and who the clerk is comes from a header: replace both. Keep the decision
before you answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from taxgate import AsyncGate, Checkpoint, Decision, InputError
from taxgate.errors import PurposeError
from taxgate.gate import purpose_for
from taxgate.wire import LARGEST, decision_document, error_document, read_application


def create_app(gate: AsyncGate) -> FastAPI:
    """Return the service; *gate* is closed when it ends."""
    decisions: dict[tuple[Checkpoint, str], Decision] = {}

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await gate.close()

    app = FastAPI(title="taxgate example", lifespan=lifespan)

    @app.exception_handler(InputError)
    async def refuse(_: Request, error: InputError) -> JSONResponse:
        """Say what is wrong with what came in; nothing was decided."""
        status = 403 if isinstance(error, PurposeError) else 422
        return JSONResponse(error_document(error), status_code=status)

    @app.post("/{checkpoint}/{case_no}/check")
    async def check(
        checkpoint: Checkpoint,
        case_no: str,
        request: Request,
        office: Annotated[str, Header(alias="X-Office")],
    ) -> dict[str, Any]:
        """Ask the tax bureau and decide."""
        application = read_application(checkpoint, await _body(request))
        purpose = purpose_for(application, office=office, case_no=case_no)
        decision = await gate.check(application, purpose=purpose)
        decisions[checkpoint, case_no] = decision
        return decision_document(decision)

    @app.post("/{checkpoint}/{case_no}/complete", status_code=204)
    async def complete(checkpoint: Checkpoint, case_no: str) -> Response:
        """Enter the registration, if its last decision allows that."""
        decision = decisions.get((checkpoint, case_no))
        if decision is None:
            raise HTTPException(409, "not checked")
        if not decision.may_complete:
            raise HTTPException(409, [item.code for item in decision.deciding])
        return Response(status_code=204)

    return app


async def _body(request: Request) -> bytes:
    """Return the body, and never hold more of it than a document may have."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise HTTPException(413)
    return body


def production() -> FastAPI:
    """Return the service as the configuration beside it says."""
    return create_app(AsyncGate.from_config("taxgate.toml"))
