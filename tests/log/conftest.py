"""No test leaves a database open, also where it means to lose a log half way."""

from __future__ import annotations

import pytest

from taxgate.log import Store


@pytest.fixture(autouse=True)
def _closed_stores(monkeypatch):
    """Close every store a test opened, when it has ended."""
    made = []
    begin = Store.__init__

    def keep(self, *arguments, **options):
        made.append(self)
        begin(self, *arguments, **options)

    monkeypatch.setattr(Store, "__init__", keep)
    yield
    for store in made:
        engine = getattr(store, "_engine", None)
        if engine is not None:
            engine.dispose()
