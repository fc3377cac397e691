"""Whatever a case is refused for, the error says where and what."""

from __future__ import annotations

import re

import pytest

from taxgate.errors import AnswerError, ApplicationError
from taxgate.terms import Matter

FIELD = re.compile(r"[a-z_]+(\[[0-9]+\])?(\.[a-z_]+(\[[0-9]+\])?)*")
MATTERS = tuple(Matter)


@pytest.fixture(autouse=True)
def _errors_say_where_and_what(monkeypatch):
    """Fail where an application error names no field, or an answer error no matter, in words."""

    def tell_field(error, field, problem):
        assert FIELD.fullmatch(field), field
        assert len(problem.split()) > 1, problem
        set_application(error, field, problem)

    def tell_inquiry(error, inquiry, problem):
        assert inquiry.startswith(MATTERS), inquiry
        assert len(problem.split()) > 1, problem
        set_answer(error, inquiry, problem)

    set_application, set_answer = ApplicationError.__init__, AnswerError.__init__
    monkeypatch.setattr(ApplicationError, "__init__", tell_field)
    monkeypatch.setattr(AnswerError, "__init__", tell_inquiry)
