"""A planted identifier never shows up: not in an error, its traceback, a repr, a warning or a log.

Logs of all tests of sources are searched by `canary.py`; here each source is driven into each of
its errors, with somebody as the subject who must not show.

What cannot be guaranteed: a traceback printed with the values of local variables (`cgitb`, some
crash reporters) shows the bytes of the request that was under way, and so does a debugger or a
core dump. Only values of this package's own classes are masked there.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import traceback
import warnings

import pytest
from attrs import evolve

from canary import PLANTED, Listener, found_in
from drop_cases import Drop
from exchange_cases import Exchange, sqlite_server
from simulated import CASES
from source_kinds import (
    AROUND,
    GenericBureau,
    Script,
    ScriptedSource,
    Served,
    in_memory,
    replayed,
)
from taxgate.adapters.exchange_messages import seal
from taxgate.evidence import OutageCause
from taxgate.gate import AsyncGate, Gate
from taxgate.sources import Deadline, SourceError, ask
from taxgate.testing.misbehaving import HttpReply, Misbehaviour
from taxgate.testing.misbehaving_faults import LISTENING
from taxgate.testing.samples import KINDS, canary

CAUSES = [cause for cause in OutageCause if cause is not OutageCause.NOT_ASKED]
ASKED = canary("deed-tax")
VIN = canary("purchase-tax")


def told(error):
    """Return every text an error and those behind it can be printed as."""
    texts = traceback.format_exception(error)
    seen = error
    while seen is not None:
        texts += [str(seen), repr(seen), repr(seen.args), *getattr(seen, "__notes__", ())]
        seen = seen.__cause__ or seen.__context__
    return texts


def outage(source, inquiry, seconds=5.0):
    """Return the error asking ends in, after searching all there is to see."""
    root = logging.getLogger()
    listener = Listener()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            with pytest.raises(SourceError) as caught:
                ask(source, inquiry, Deadline(seconds))
        finally:
            root.removeHandler(listener)
            root.setLevel(level)
    error = caught.value
    texts = [*told(error), repr(error.outage), repr(source), str(source)]
    assert not listener.found
    texts += [str(item.message) for item in warned if item.category is not ResourceWarning]
    assert not found_in(texts)
    return error


# Each kind of source, each cause ------------------------------------------------------------------


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("kind", [*AROUND, "in-memory", "replay"])
def test_no_outage_shows_whom_it_was_about(tmp_path, kind, cause):
    """Every combinator, memory and replay, with every cause there is."""
    script = Script(records=ASKED.records, outages={ASKED.inquiry.matter: cause})
    if kind == "in-memory":
        source = in_memory(script)
    elif kind == "replay":
        source = replayed(script, tmp_path, [ASKED.inquiry])
    else:
        source = AROUND[kind](lambda: ScriptedSource(script), tmp_path)
    assert outage(source, ASKED.inquiry).outage.cause is cause


@pytest.mark.parametrize("kind", KINDS)
def test_no_recording_holds_whom_it_was_about(tmp_path, kind):
    """What is written for replay has tokens where identifiers stood."""
    asked = canary(kind)
    source = AROUND["recording"](lambda: ScriptedSource(Script(records=asked.records)), tmp_path)
    ask(source, asked.inquiry, Deadline(5))
    source.close()
    assert not found_in([(tmp_path / "recording").read_text(encoding="utf-8")])


# HTTP ---------------------------------------------------------------------------------------------


@pytest.fixture
def served(tmp_path):
    """Return where servers and sources are made; close them in the end."""
    served = Served(tmp_path)
    yield served
    served.close()


HARMLESS = {
    Misbehaviour.NONE,
    Misbehaviour.CHUNKED,
    Misbehaviour.SLOW,
    Misbehaviour.CLOSE_AFTER_REPLY,
}


@pytest.mark.parametrize("what", [what for what in Misbehaviour if what not in HARMLESS])
def test_no_fault_of_the_connection_shows_whom_it_was_about(served, what):
    """Whatever becomes of the connection, with the log of urllib3 and requests at DEBUG."""
    server = served.server(GenericBureau(Script(records=ASKED.records)), always=what)
    source = served.source(server, attempts=1)
    outage(source, ASKED.inquiry, 0.4)
    if what not in LISTENING:
        assert not found_in([request.path for request in server.requests])
        headers = [part for request in server.requests for pair in request.headers for part in pair]
        assert not found_in(headers)


NUMBER = VIN.inquiry.vin.value
SPOILT = {
    "code": lambda value: value | {"code": NUMBER, "message": NUMBER},
    "status": lambda value: _record(value, status=NUMBER),
    "type": lambda value: _record(value, voucher_no=[NUMBER]),
    "key": lambda value: _record(value, **{NUMBER: NUMBER, "tax_year": NUMBER}),
    "identifier": lambda value: _record(value, vin=NUMBER + "X"),
    "echo": lambda value: value | {"data": value["data"] | {"inquiry": NUMBER}},
    "instant": lambda value: value | {"data": value["data"] | {"as_of": NUMBER}},
    "list": lambda _: [NUMBER],
    "text": lambda _: f"<html>{NUMBER}</html>".encode(),
    "cut": lambda _: f'{{"vin": "{NUMBER}", "'.encode(),
    "doubled": lambda _: f'{{"{NUMBER}": 1, "{NUMBER}": 2}}'.encode(),
    "page": lambda _: HttpReply(f"<p>{NUMBER}".encode(), 502, (("Content-Type", "text/html"),)),
    "refusal": lambda _: HttpReply(
        f'{{"error": "{NUMBER}"}}'.encode(), 400, (("X-Error", NUMBER),)
    ),
    "redirect": lambda _: HttpReply(b"", 302, (("Location", f"/{NUMBER}"),)),
    "type-of-content": lambda _: HttpReply(b"{}", 200, (("Content-Type", f"text/{NUMBER}"),)),
    "gone": lambda _: HttpReply(b"", 404, (("Content-Type", f"a/{NUMBER}"),)),
    "later": lambda _: HttpReply(b"", 429, (("Retry-After", NUMBER),)),
}


def _record(value, **changes):
    records = [record | changes for record in value["data"]["records"]]
    return value | {"data": value["data"] | {"records": records}}


@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT)
def test_no_fault_of_the_reply_shows_what_stood_in_it(served, change):
    """A bureau that puts identifiers where none belong does not get them into a message."""
    source = served.asked(Script(records=VIN.records), change, attempts=1, retry_after_cap=0.01)
    outage(source, VIN.inquiry)


# Exchange database, drop files --------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"records": f'[{{"matter":"{NUMBER}"}}]'},
        {"records": f'[{{"{NUMBER}":1}}]'},
        {"records": NUMBER},
        {"outage": NUMBER, "records": None},
        {"provenance": NUMBER},
        {"question": NUMBER},
        {"as_of": NUMBER},
        {"seal": NUMBER},
        {"reservations": f'["{NUMBER}"]'},
    ],
)
def test_no_fault_of_an_answer_row_shows_what_stood_in_it(tmp_path, changes):
    """Rows with identifiers where none belong, and with a seal that fits or does not."""
    exchange = Exchange(sqlite_server(tmp_path))

    def turn():
        row = exchange.row(VIN.records) | changes
        exchange.write({"seal": seal(row, None)} | row if "seal" in changes else
                       row | {"seal": seal(row, None)})  # fmt: skip

    exchange.turns = iter([turn])
    source = exchange.source

    class Timed:
        """The source, on the clock of the exchange."""

        name = source.name

        def query(self, inquiry, _deadline):
            """Ask with a deadline that ends when the clock of the tests does."""
            return source.query(inquiry, exchange.deadline())

        def __repr__(self):
            return repr(source)

    outage(Timed(), VIN.inquiry)
    exchange.close()


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("text", [NUMBER, "丝雀", f"{NUMBER}\x07"])
def test_no_fault_of_a_file_shows_what_stood_in_it(tmp_path, place, text):
    """Each cell in turn holds what does not belong there."""
    drop = Drop(tmp_path / "drop")
    row = [NUMBER, "1", "V-1", "20260228", "", ""]
    spoilt = [*row[:place], text, *row[place + 1 :]]
    drop.put_rows(spoilt, spoilt[:-1], name=f"{NUMBER}.csv")
    outage(drop.source, VIN.inquiry)


# The gate -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("cause", [OutageCause.TIMEOUT, OutageCause.UNKNOWN_CODE])
def test_no_decision_on_an_outage_shows_whom_it_is_about(caplog, case, cause):
    """Neither repr nor explanation nor the log of a gate, asked from both kinds of program."""
    caplog.set_level(logging.DEBUG)
    script = Script(outages={item.matter: cause for item in case.inquiries})
    with Gate(ScriptedSource(script)) as gate:
        decision = gate.check(case.application, purpose=case.purpose)

    async def later():
        async with AsyncGate(ScriptedSource(script)) as gate:
            return await gate.check(case.application, purpose=case.purpose)

    for item in (decision, asyncio.run(later())):
        texts = [repr(item), item.explain(), item.explain("en"), repr(item.findings)]
        assert not found_in(texts)
    assert not found_in(record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_error_of_a_gate_shows_whom_it_is_about(case):
    """What a gate raises when it was told to, or when its source makes a mistake."""
    script = Script(outages={item.matter: OutageCause.TIMEOUT for item in case.inquiries})
    with Gate(ScriptedSource(script), raise_outages=True) as gate:
        with pytest.raises(SourceError) as caught:
            gate.check(case.application, purpose=case.purpose)
        assert not found_in(told(caught.value))
        with pytest.raises(Exception, match="office") as caught:
            gate.check(evolve(case.application, office="另一机关"), purpose=evolve(case.purpose))
        assert not found_in(told(caught.value))


def test_values_of_this_package_are_masked_even_among_local_variables():
    """A crash report with local variables shows masked values for all that is taxgate's own."""
    error = outage(ScriptedSource(Script(outages=dict.fromkeys(
        [VIN.inquiry.matter], OutageCause.TIMEOUT))), VIN.inquiry)  # fmt: skip
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert not found_in(shown.format())
    gc.collect()


def test_the_search_finds_what_is_planted():
    """Every canary and the identifiers of the samples are recognised; masked ones are not."""
    for kind in KINDS:
        asked = canary(kind)
        clear = [
            part.value
            for part in (asked.inquiry.vin, asked.inquiry.unit, asked.inquiry.company)
            if part
        ]
        assert all(PLANTED.search(text) for text in clear)
        assert not PLANTED.search(repr(asked))
    assert PLANTED.search("金丝雀某")
    assert not PLANTED.search("P***** 甲*")
