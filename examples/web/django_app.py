"""A registration service on Django that completes nothing the gate does not let pass.

    python django_app.py runserver      with a taxgate.toml beside it

    POST /<checkpoint>/<case_no>/check       application as JSON in, decision as JSON out
    POST /<checkpoint>/<case_no>/complete    204, or 409 with what stands in the way

Cases live in memory, and who the clerk is comes from a header: replace both. Keep the decision
before you answer.
"""

from __future__ import annotations

import sys
from functools import cache

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from taxgate import Decision, Gate, InputError
from taxgate.errors import PurposeError
from taxgate.gate import purpose_for
from taxgate.wire import LARGEST, decision_document, error_document, read_application

DECISIONS: dict[tuple[str, str], Decision] = {}


@cache
def gate() -> Gate:
    """Return the one gate of this process; it may be made before or after a fork."""
    return Gate.from_config("taxgate.toml")


@csrf_exempt
@require_POST
def check(request: HttpRequest, checkpoint: str, case_no: str) -> HttpResponse:
    """Ask the tax bureau and decide."""
    office = request.headers.get("X-Office")
    if office is None:
        return JsonResponse({"detail": "X-Office is missing"}, status=400)
    try:
        application = read_application(checkpoint, request.body)
        purpose = purpose_for(application, office=office, case_no=case_no)
        decision = gate().check(application, purpose=purpose)
    except InputError as error:
        status = 403 if isinstance(error, PurposeError) else 422
        return JsonResponse(error_document(error), status=status)
    DECISIONS[checkpoint, case_no] = decision
    return JsonResponse(decision_document(decision))


@csrf_exempt
@require_POST
def complete(_: HttpRequest, checkpoint: str, case_no: str) -> HttpResponse:
    """Enter the registration, if its last decision allows that."""
    decision = DECISIONS.get((checkpoint, case_no))
    if decision is None:
        return JsonResponse({"detail": "not checked"}, status=409)
    if not decision.may_complete:
        return JsonResponse({"detail": [item.code for item in decision.deciding]}, status=409)
    return HttpResponse(status=204)


urlpatterns = [
    path("<str:checkpoint>/<str:case_no>/check", check),
    path("<str:checkpoint>/<str:case_no>/complete", complete),
]

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["localhost", "127.0.0.1", "testserver"],
        ROOT_URLCONF=__name__,
        DATA_UPLOAD_MAX_MEMORY_SIZE=LARGEST,
        USE_TZ=True,
    )
    django.setup()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
