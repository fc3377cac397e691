"""The two web applications embed the gate so that nothing is completed without its leave."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from gate_cases import Bureau, clock_of, shipped
from taxgate import AsyncGate, Gate
from taxgate.cases import CASES
from taxgate.evidence import OutageCause
from taxgate.sources import SourceError
from taxgate.terms import Matter

WEB = Path(__file__).parent.parent / "examples" / "web"
OFFICE = {"X-Office": "example-office"}


def loaded(name):
    """Return the example *name* as a module."""
    spec = importlib.util.spec_from_file_location(name, WEB / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    # Django finds the views by the module's name.
    importlib.import_module("sys").modules[name] = module
    spec.loader.exec_module(module)
    return module


def application_of(name):
    """Return the application of a shipped case as JSON, for an office to be named by the caller."""
    document = json.loads(next(case for case in CASES if case.name == name).document())
    for field in ("office", "case_no"):
        document["application"].pop(field, None)
    return document["application"]


class OnFastApi:
    """The FastAPI example, called in this process."""

    def __init__(self, bureau, case):
        pytest.importorskip("fastapi", reason="the FastAPI example needs the extra examples")
        from starlette.testclient import TestClient  # noqa: PLC0415 - not everybody has it

        app = loaded("fastapi_app").create_app(AsyncGate(bureau, clock=clock_of(case)))
        self.client = TestClient(app)

    def post(self, path, body=None, headers=OFFICE):
        """Return status and document."""
        content = b"" if body is None else json.dumps(body).encode()
        reply = self.client.post(path, content=content, headers=headers)
        return reply.status_code, reply.json() if reply.content else None

    def close(self):
        """End the service as a server would."""
        with self.client:
            pass


class OnDjango:
    """The Django example, called in this process."""

    def __init__(self, bureau, case):
        pytest.importorskip("django", reason="the Django example needs the extra examples")
        from django.test import Client  # noqa: PLC0415 - not everybody has it
        from django.urls import clear_url_caches  # noqa: PLC0415 - likewise

        self.module = loaded("django_app")
        clear_url_caches()
        self.gate = Gate(bureau, clock=clock_of(case))
        self.module.gate = lambda: self.gate
        self.client = Client(headers={})

    def post(self, path, body=None, headers=OFFICE):
        """Return status and document."""
        content = b"" if body is None else json.dumps(body).encode()
        reply = self.client.post(
            path, data=content, content_type="application/json", headers=headers
        )
        return reply.status_code, json.loads(reply.content) if reply.content else None

    def close(self):
        """Close the gate."""
        self.gate.close()


@pytest.fixture(params=[OnFastApi, OnDjango], ids=["fastapi", "django"])
def served(request):
    """Return a function that starts the example over the bureau of a case."""
    running = []

    def start(name, **bureau):
        case = shipped(name)
        running.append(request.param(Bureau(case, **bureau), case))
        return running[-1]

    yield start
    for example in running:
        example.close()


def test_a_case_that_passes_is_completed(served):
    """Checked, passed, completed; before the check nothing is."""
    app = served("vehicle-first-paid")
    assert app.post("/vehicle/2026-7/complete")[0] == 409
    status, decision = app.post("/vehicle/2026-7/check", application_of("vehicle-first-paid"))
    assert (status, decision["verdict"], decision["may_complete"]) == (200, "pass", True)
    assert (decision["office"], decision["case_no"]) == ("example-office", "2026-7")
    assert app.post("/vehicle/2026-7/complete")[0] == 204
    assert app.post("/vehicle/2026-8/complete")[0] == 409


def test_an_outage_completes_nothing(served):
    """With the bureau down the decision holds, and the reason is given."""
    down = SourceError.of("bureau", OutageCause.TIMEOUT)
    app = served("vehicle-first-paid", errors={Matter.VEHICLE_PURCHASE_TAX: down})
    status, decision = app.post("/vehicle/1/check", application_of("vehicle-first-paid"))
    assert (status, decision["effect"], decision["retryable"]) == (200, "hold", True)
    status, refusal = app.post("/vehicle/1/complete")
    assert (status, refusal["detail"]) == (409, ["vehicle/purchase-tax/source-unreachable"])


def test_faulty_input_is_told_field_by_field(served):
    """Nothing is decided on a document that breaks the schema, nor without an office."""
    app = served("vehicle-first-paid")
    application = application_of("vehicle-first-paid") | {"colour": "red"}
    status, error = app.post("/vehicle/1/check", application)
    assert (status, error["faults"][0]["path"]) == (422, "$.colour")
    assert app.post("/vehicle/1/check", application, headers={})[0] in {400, 422}
    assert app.post("/vehicle/1/complete")[0] == 409
