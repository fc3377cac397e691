"""What is written down holds nothing that identifies, and playing it back decides alike."""

from __future__ import annotations

import json
import logging
import os
import stat
import threading

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from combined_sources import (
    PAID,
    QUESTION,
    asked_for,
    at_once,
    soon,
)
from recordings import CANARY, EVERYTHING, record_all, recorded, replay
from strategies import SAMPLES
from taxgate.errors import ConfigError
from taxgate.evidence import Outage, OutageCause, Provenance
from taxgate.sources import SourceError, SourceUnavailableError
from vehicle_cases import VIN


@pytest.fixture
def path(tmp_path):
    """Where the recording is made."""
    return tmp_path / "recording.jsonl"


def test_the_answer_is_handed_on_unchanged(path):
    """Recording is a by-product."""
    source = recorded(path, PAID)
    answer = source.query(QUESTION, soon())
    source.close()
    assert answer.records == PAID
    assert answer.provenance is Provenance.LIVE


SECRET_TEXTS = [
    VIN.value, "V-CANARY", "C-CANARY", CANARY.number, CANARY.name, "晋A00001", "E-CANARY",
    "P-CANARY", "示例车管所", "CASE-CANARY", "H-CANARY",
]  # fmt: skip


def test_nothing_that_identifies_is_written(path):
    """No number, no name, no case: neither of the question nor of the records (64)."""
    question = asked_for(
        person=CANARY, plate="晋A00001", contract_no="H-CANARY", case_no="CASE-CANARY"
    )
    source = recorded(path, (EVERYTHING,))
    source.query(question, soon())
    source.close()
    text = path.read_text(encoding="utf-8")
    decoded = json.dumps(json.loads(text), ensure_ascii=False)
    for secret in SECRET_TEXTS:
        assert secret not in text
        assert secret not in decoded


@given(st.data())
def test_no_identifier_of_any_sample_is_written(tmp_path_factory, data):
    """Theorem, over the samples of every checkpoint: no identifier's text is in the file."""
    module = data.draw(st.sampled_from(list(SAMPLES)))
    samples = SAMPLES[module]
    application = data.draw(st.sampled_from(samples.applications))
    inquiries = module.inquiries(application)
    assume(inquiries)
    path = tmp_path_factory.mktemp("recording") / "r.jsonl"
    secrets = set()
    for inquiry in inquiries:
        reply = tuple(samples.records(application, inquiry))
        record_all(path, (inquiry, reply))
        parts = (inquiry.vin, inquiry.unit, inquiry.company)
        secrets |= {part.value for part in parts if part is not None}
        persons = [inquiry.person, *(item.taxpayer for item in reply)]
        for person in persons:
            if person is not None:
                secrets |= {person.number, person.name or person.number}
    text = path.read_text(encoding="ascii").encode().decode("unicode_escape")
    assert not [secret for secret in secrets if secret in text]


def test_the_file_is_for_its_owner_only(path):
    """Whatever the umask says."""
    before = os.umask(0)
    try:
        recorded(path, PAID).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("make", ["readable", "link", "folder", "missing"])
def test_a_place_others_could_read_is_refused_at_start(tmp_path, make):
    """A file others may read, a link, a folder, a folder that is not there."""
    path = tmp_path / "recording.jsonl"
    if make == "readable":
        path.touch()
        path.chmod(0o640)
    elif make == "link":
        path.symlink_to(tmp_path / "elsewhere")
    elif make == "folder":
        path.mkdir()
    else:
        path = tmp_path / "nowhere" / "recording.jsonl"
    with pytest.raises(ConfigError):
        recorded(path, PAID)
    assert not (tmp_path / "elsewhere").exists()


def test_threads_write_whole_lines(path):
    """Two hundred answers from eight threads are two hundred lines."""
    source = recorded(path, PAID)

    def work():
        for _ in range(25):
            source.query(QUESTION, soon())

    at_once(work, 8)
    source.close()
    lines = path.read_text().splitlines()
    assert len(lines) == 200
    assert len({json.dumps(json.loads(line)["records"]) for line in lines}) == 1


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_writes_to_the_same_recording(path):
    """Though the lock was held when it was made (81)."""
    source = recorded(path, PAID)
    with source._lock.get():
        pid = os.fork()
    if pid == 0:  # the child leaves at once, whatever happens
        status = 1
        try:
            source.query(QUESTION, soon())
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    source.query(QUESTION, soon())
    source.close()
    assert len(path.read_text().splitlines()) == 2


def test_an_answer_that_cannot_be_written_is_handed_on_and_logged(path, monkeypatch, caplog):
    """A full disk holds nobody up; the log names the matter and nobody."""
    source = recorded(path, PAID)

    def full(file, line):
        raise OSError(28, f"No space left: {line!r}")

    with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG, "taxgate"):
        patch.setattr(os, "write", full)
        assert source.query(QUESTION, soon()).records == PAID
    source.close()
    assert "vehicle-purchase-tax was not recorded: OSError" in caplog.text
    assert VIN.value not in caplog.text
    assert [entry.levelname for entry in caplog.records] == ["ERROR"]


def test_a_line_cut_off_does_not_swallow_the_next(path, monkeypatch):
    """What a full disk left of a line is one line at fault, the next is whole."""
    source = recorded(path, PAID)
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, line: write(file, line[:20]))
        source.query(QUESTION, soon())
    source.query(QUESTION, soon())
    source.close()
    lines = path.read_text().splitlines()
    assert len(lines) == 2
    assert json.loads(lines[1])["matter"] == "vehicle-purchase-tax"
    with pytest.raises(ConfigError) as caught:
        replay(path)
    assert [place for place, _ in caught.value.faults] == ["path line 1 $"]


@pytest.mark.parametrize("wait", [None, 2.5, float("inf"), float("nan"), -1.0, 1e12])
def test_outages_are_recorded_whatever_wait_they_name(path, wait):
    """The error travels on as it came, and a wait that is a number comes back, rounded up."""
    error = SourceError.of("bureau", OutageCause.RATE_LIMITED, "of 149999198001010013", wait)
    source = recorded(path, error)
    with pytest.raises(SourceUnavailableError) as caught:
        source.query(QUESTION, soon())
    source.close()
    assert caught.value is error
    assert "149999" not in path.read_text()
    with pytest.raises(SourceUnavailableError) as caught:
        replay(path).query(QUESTION, soon())
    told = caught.value.outage
    assert told == Outage(cause=OutageCause.RATE_LIMITED, retry_after=3 if wait == 2.5 else None)


def test_an_answer_without_a_date_is_recorded_without_one(path):
    """Played back it has none either, dated anew or not: the check does not trust it (46)."""
    source = recorded(path, PAID, as_of=None)
    source.query(QUESTION, soon())
    source.close()
    for anew in (False, True):
        assert replay(path, as_if_now=anew).query(QUESTION, soon()).as_of is None


def test_after_closing_nothing_is_written_any_more(path):
    """A question that is still under way then is answered all the same."""
    source = recorded(path, PAID)
    source.close()
    assert source.query(QUESTION, soon()).records == PAID
    assert path.read_text() == ""


def test_a_mistake_in_a_program_is_not_recorded(path):
    """It travels on; there was neither an answer nor an outage."""
    source = recorded(path, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        source.query(QUESTION, soon())
    source.close()
    assert path.read_text() == ""


def test_closing_closes_the_source_and_twice_is_once(path):
    """The file is closed with it."""
    source = recorded(path, PAID)
    source.close()
    source.close()
    assert source._of.closed == 2
    assert source.provenance is Provenance.LIVE


def test_recording_while_threads_close(path):
    """Closing in the middle of it loses lines at most, never an answer."""
    source = recorded(path, PAID)
    closing = threading.Timer(0.01, source.close)
    closing.start()
    answers = [source.query(QUESTION, soon()) for _ in range(200)]
    closing.join()
    assert {answer.records for answer in answers} == {PAID}
