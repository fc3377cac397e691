"""`taxgate log`: every command over a configuration or a place, in both languages, and its code."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from gate_cases import shipped
from log_cases import PAID, decided, log_in, sqlite_url, tampered
from log_story import HOSTILE, NOW, UNPAID, told
from postgresql import postgresql_server
from taxgate.cli import run
from taxgate.cli.log_making import KeyChoice
from taxgate.cli.log_phrases import DOUBTS, KINDS, REPLAY_KINDS
from taxgate.cli.log_reading import FormatChoice
from taxgate.log import DecisionLog, EntryKind, KeyKind, KeyRing, Store
from taxgate.log.chain import Doubt
from taxgate.log.exporting import Format
from taxgate.log.heads import FileWitness
from taxgate.log.replaying import Kind
from taxgate.log.schema import METADATA

__all__ = ["postgresql_server"]

LANGUAGES = ("zh-CN", "en")
MISUSED, FAILED, BAD = 2, 1, 30


@dataclass
class Result:
    """What one run left behind."""

    code: int
    out: str
    err: str

    @property
    def documents(self):
        """Standard output read as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def cli(capsysbinary):
    """Run `taxgate log` in this process."""

    def call(*arguments):
        code = run(["log", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return Result(code, out.decode("utf-8-sig"), err.decode("utf-8"))

    return call


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Return a folder with a log of some weeks."""
    folder = tmp_path_factory.mktemp("log")
    told(folder).close()
    return folder


def place(folder):
    """Return the options that name the log in *folder* and its keys."""
    return ("--url", sqlite_url(folder), "--keys", folder / "keys")


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Return a folder with a log of three decisions."""
    folder = tmp_path_factory.mktemp("three")
    with log_in(folder) as log:
        decided(log, 3)
    return folder


@pytest.fixture
def small(three, tmp_path):
    """Return a copy of that folder, which a test may change."""
    return shutil.copytree(three, tmp_path, dirs_exist_ok=True)


def config_in(folder, more=""):
    """Write a configuration whose sources cannot be built here; return its path."""
    path = folder / "taxgate.toml"
    path.write_text(
        '[gate]\nsource = "bureau"\n'
        '[sources.bureau]\nkind = "http"\nsecret = { env = "NOT_SET_HERE" }\n'
        f'[log]\nurl = "{sqlite_url(folder)}"\nkeys = "keys"\n'
        f"acts = true\nalert_above_per_hour = 9\n{more}"
    )
    return path


# Which log ----------------------------------------------------------------------------------------


def test_what_commands_offer_is_what_the_log_knows():
    """Choices and phrases that do not load the log have the members of its vocabularies."""
    assert {*KeyChoice} == {*KeyKind}
    assert {*FormatChoice} == {*Format}
    assert set(KINDS) == {*EntryKind}
    assert set(DOUBTS) == {*Doubt}
    assert set(REPLAY_KINDS) == {*Kind}


def test_help_lists_every_command(cli):
    """Without a command the help is shown, and it names all of them."""
    shown = cli("--help")
    assert shown.code == 0
    for name in (
        *("init", "keygen", "head", "verify", "show", "export", "stats", "dashboard"),
        *("replay", "what-if", "evidence", "erase"),
    ):
        assert f"  {name} " in shown.out
        assert cli(name, "--help").code == 0


def test_only_the_logs_own_table_is_read(cli, small, monkeypatch):
    """An auditor needs neither the bureau's secret nor its address to read the log."""
    monkeypatch.delenv("NOT_SET_HERE", raising=False)
    done = cli("head", "--config", config_in(small), "--json")
    assert done.code == 0
    assert done.documents[0]["seq"] == 3


@pytest.mark.parametrize(
    ("more", "problem"),
    [("colour = 1\n", "log.colour"), ("password = 'x'\n", "log.password")],
)
def test_faults_of_the_table_are_named(cli, small, more, problem):
    """A key nobody knows, or a password in clear, ends the command before anything is opened."""
    done = cli("head", "--config", config_in(small, more))
    assert done.code == BAD
    assert problem in done.err


def test_a_log_is_named_once(cli, small):
    """Neither no place nor two are guessed at; a place without a log is no empty log."""
    assert cli("head").code == MISUSED
    assert cli("head", "--config", config_in(small), "--url", sqlite_url(small)).code == MISUSED
    done = cli("head", "--url", sqlite_url(small, "other.sqlite3"))
    assert (done.code, done.out) == (BAD, "")
    assert cli("show", "--actor", "x", "--url", sqlite_url(small)).code == MISUSED


@pytest.mark.parametrize(
    "day", ["2026", "2026-13-01", "today", "2026-01-01T00:00:00", "9999-12-31"]
)
def test_an_instant_is_written_out(cli, small, day):
    """A day that is none, or an instant without an offset, is not guessed at."""
    done = cli("stats", *place(small), "--until", day)
    assert done.code == MISUSED
    assert day in done.err


# Making -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_init_makes_a_log_and_its_keys(cli, tmp_path, language):
    """One key of each kind, open to nobody else; a second time nothing is overwritten."""
    done = cli("init", *place(tmp_path), "--lang", language)
    assert done.code == 0
    kinds = {path.name.partition("-")[0] for path in (tmp_path / "keys").glob("*.key")}
    assert kinds == {"token", "seal", "sign"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "keys").glob("*.key"))
    keys = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    again = cli("init", *place(tmp_path))
    assert again.code == BAD
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == keys
    empty = cli("head", *place(tmp_path), "--lang", language)
    assert (empty.code, bool(empty.out.strip())) == (0, True)
    assert cli("head", "--sign", *place(tmp_path)).code == 10


def test_keygen_makes_keys_that_are_used_from_now_on(cli, tmp_path):
    """Ids sort by age, also of two keys of one day; a taken id is refused."""
    folder = tmp_path / "keys"
    assert cli("keygen", "--keys", folder).code == 0
    assert cli("keygen", "--keys", folder, "--kind", "seal").code == 0
    seals = KeyRing.from_folder(folder).ids(KeyKind.SEAL)
    assert len(seals) == 2
    assert seals[1] == f"{seals[0]}-02"
    assert cli("keygen", "--keys", folder, "--kind", "sign", "--id", "2030").code == 0
    assert KeyRing.from_folder(folder).current(KeyKind.SIGN) == "2030"
    assert cli("keygen", "--keys", folder, "--kind", "sign", "--id", "2030").code == BAD
    assert cli("keygen", "--keys", folder, "--kind", "sign", "--id", "../x").code == BAD
    assert cli("keygen", "--keys", folder, "--kind", "other").code == MISUSED
    assert cli("keygen").code == MISUSED


def test_keygen_says_where_it_cannot_write(cli, tmp_path):
    """A folder that is a file ends the command with its name."""
    (tmp_path / "keys").write_text("")
    done = cli("keygen", "--keys", tmp_path / "keys", "--kind", "seal", "--lang", "en")
    assert done.code == FAILED
    assert "keys" in done.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_head_is_signed_and_handed_to_witnesses(cli, small, tmp_path, language):
    """A file and another database keep it; verifying against both leaves no doubt."""
    other = sqlite_url(tmp_path, "other.sqlite3")
    Store.create(other).close()
    file = tmp_path / "witness.jsonl"
    ends = ("--witness", file, "--witness", other)
    assert cli("head", "--witness", file, *place(small)).code == MISUSED
    assert cli("head", "--sign", "--url", sqlite_url(small)).code == MISUSED
    done = cli("head", "--sign", *ends, *place(small), "--lang", language)
    assert (done.code, len(file.read_bytes().splitlines())) == (0, 1)
    shown = cli("head", "--url", sqlite_url(small), "--lang", language)
    assert "2026-01" in shown.out
    found = cli("verify", *ends, *place(small), "--lang", language)
    assert (found.code, "3" in found.out) == (0, True)
    (value,) = cli("verify", *ends, *place(small), "--json").documents
    assert value == {
        "entries": 3,
        "sound": True,
        "fault": None,
        "anchored": 3,
        "signed": 3,
        "doubts": [],
    }
    assert cli("head", "--sign", "--json", *place(small)).documents[0]["seq"] == 3


def test_a_witness_that_cannot_be_written_fails_the_command(cli, small, tmp_path):
    """The head is signed, but nobody is told that it was handed over."""
    done = cli("head", "--sign", "--witness", tmp_path / "no" / "file", *place(small))
    assert (done.code, done.out) == (FAILED, "")


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """Put an authority in the place of a real one, whose stamp is the head itself."""
    from taxgate.log import timestamping  # noqa: PLC0415 - patched

    class Stamping(FileWitness):
        def __init__(self, folder, stamp, roots):
            super().__init__(folder / "heads")
            assert roots == [(tmp_path / "root.pem").read_bytes()]
            self.stamp = stamp

        def keep(self, head):
            assert self.stamp == "https://tsa.example.invalid"
            super().keep(head)

    (tmp_path / "root.pem").write_text("-----BEGIN CERTIFICATE-----")
    (tmp_path / "stamps").mkdir()
    monkeypatch.setattr(timestamping, "authority_at", lambda url: url)
    monkeypatch.setattr(timestamping, "TimestampWitness", Stamping)
    return ("--stamps", tmp_path / "stamps", "--tsa-root", tmp_path / "root.pem")


def test_an_authority_stamps_heads_and_is_believed_when_verifying(cli, small, authority):
    """A head is stamped on signing, and its stamp fixes the log; half of the options is misuse."""
    asked = ("--tsa", "https://tsa.example.invalid")
    done = cli("head", "--sign", *authority, *asked, *place(small))
    assert (done.code, asked[1] in done.out) == (0, True)
    assert cli("verify", *authority, *place(small)).code == 0
    for part in (authority, (*authority[:2], *asked), asked):
        assert cli("head", "--sign", *part, *place(small)).code == MISUSED
    assert cli("head", *authority, *asked, *place(small)).code == MISUSED
    for part in (authority[:2], authority[2:]):
        assert cli("verify", *part, *place(small)).code == MISUSED
    for wrong in ("no.pem", "log.sqlite3"):
        done = cli("verify", *authority[:3], small / wrong, *place(small))
        assert (done.code, wrong in done.err) == (BAD, True)


# Verifying ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sound_log_without_a_witness_leaves_doubts(cli, small, language):
    """Code 10: nothing wrong was found, and what cannot be known is said."""
    done = cli("verify", "--url", sqlite_url(small), "--lang", language)
    assert done.code == 10
    assert DOUBTS["not-anchored"].en in done.out or DOUBTS["not-anchored"].zh in done.out
    (value,) = cli("verify", *place(small), "--json").documents
    assert value["doubts"] == ["not-anchored"]


def test_public_halves_are_enough_to_check_signatures(cli, small, tmp_path):
    """An auditor with the public key alone verifies signatures, and cannot read evidence."""
    cli("head", "--sign", "--witness", tmp_path / "w", *place(small))
    public = tmp_path / "public"
    public.mkdir()
    shutil.copy(small / "keys" / "sign-2026-01.pub", public)
    options = ("--url", sqlite_url(small), "--keys", public)
    assert cli("verify", "--witness", tmp_path / "w", *options).code == 0
    refused = cli("show", 1, "--clear", "--reader", "a", "--reason", "b", *options)
    assert (refused.code, refused.out) == (BAD, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_bad_entry_is_named(cli, small, language):
    """Code 20, and the number of the entry (fault 89)."""
    tampered(small, "UPDATE taxgate_log_entries SET body = replace(body, 'pass', 'fail')")
    done = cli("verify", *place(small), "--lang", language)
    assert done.code == 20
    assert "1" in done.out.splitlines()[0]
    (value,) = cli("verify", *place(small), "--json").documents
    assert value["fault"]["seq"] == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE taxgate_log_entries SET body = replace(body, 'pass', 'fail') WHERE seq = 2",
        "UPDATE taxgate_log_entries SET body = body || ' ' WHERE seq = 2",
        "UPDATE taxgate_log_entries SET prev = digest WHERE seq = 2",
        "DELETE FROM taxgate_log_entries WHERE seq = 2",
        "DELETE FROM taxgate_log_entries WHERE seq = 3",
        "DELETE FROM taxgate_log_evidence WHERE seq = 2",
        "UPDATE taxgate_log_evidence SET sealed = x'00' WHERE seq = 2",
        "UPDATE taxgate_log_heads SET head = replace(head, '\"seq\": 3', '\"seq\": 9')",
        "UPDATE taxgate_log_evidence SET seq = 7 WHERE seq = 3",
    ],
)
def test_what_is_wrong_is_said_in_chinese_and_in_english(cli, small, change):
    """Each kind of fault has a Chinese sentence of its own, and the English one of the library."""
    cli("head", "--sign", *place(small))
    tampered(small, change)
    zh, en = (cli("verify", *place(small), "--lang", language) for language in LANGUAGES)
    assert zh.code == en.code == 20
    said = zh.out.splitlines()[0]
    assert said.startswith("第")
    assert not re.search(r"[a-z]{2,}", said)
    assert re.match(r"Entry [0-9]+ [a-z ]+", en.out.splitlines()[0])


@pytest.mark.parametrize("command", [("replay",), ("what-if", "--reading", "iit_strict=on")])
def test_a_body_somebody_wrote_by_hand_is_no_traceback(cli, small, command):
    """Code 20 and the number of the entry, whatever stands in it."""
    tampered(small, 'UPDATE taxgate_log_entries SET body = \'{"kind":"decision"}\' WHERE seq = 2')
    done = cli(*command, *place(small))
    assert done.code == 20
    assert "entry 2" in done.err


def test_a_tail_cut_off_shows_with_a_witness_only(cli, small, tmp_path):
    """Without one it is not known, and the command says that it is not (fault 90)."""
    cli("head", "--sign", "--witness", tmp_path / "w", *place(small))
    for table in ("entries", "evidence", "heads", "requests"):
        tampered(small, f"DELETE FROM taxgate_log_{table} WHERE seq > 2")  # noqa: S608
    assert cli("verify", *place(small)).code == 10
    assert cli("verify", "--witness", tmp_path / "w", *place(small)).code == 20


def test_a_damaged_database_is_a_fault(cli, small):
    """Garbage in the place of the file is neither an empty log nor a traceback."""
    (small / "log.sqlite3").write_bytes(b"garbage" * 999)
    done = cli("verify", *place(small))
    assert (done.code, done.out) == (20, "")


# Showing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_are_shown_redacted(cli, story, language):
    """All of them on a line each, acts told apart; nobody's name or number is among them."""
    done = cli("show", "--url", sqlite_url(story), "--lang", language)
    assert (done.code, len(done.out.splitlines())) == (0, 27)
    owner = shipped(PAID).application.owner
    for text in (owner.number, owner.name, "officer-", "S-1", "auditor-1"):
        assert text not in done.out
    assert KINDS["act"].en in done.out or KINDS["act"].zh in done.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_entry_is_shown_with_what_came_later(cli, story, language):
    """Facts and rows of the decision, then the act beside it and who read it."""
    done = cli("show", 2, "--url", sqlite_url(story), "--lang", language)
    assert done.code == 0
    assert "state=paid" in done.out
    assert len([line for line in done.out.splitlines() if line.startswith(("25 ", "26 "))]) == 2
    absent = cli("show", 99, "--url", sqlite_url(story), "--lang", language)
    assert (absent.code, absent.out) == (BAD, "")
    assert cli("show", 2, "--json", "--url", sqlite_url(story)).documents[0]["seq"] == 2


def test_a_case_an_officer_or_a_time_can_be_looked_up(cli, story):
    """By office and case number, by who asked or read, by day; nothing found is said."""
    office = shipped(UNPAID).application.office
    found = cli("show", "--case", office, "S-1", "--json", *place(story)).documents
    assert [item["body"]["supersedes"] for item in found] == [None, 1]
    found = cli("show", "--actor", "auditor-1", "--json", *place(story)).documents
    assert [item["body"]["kind"] for item in found] == ["reading"]
    days = ("--since", "2026-11-27", "--until", "2026-11-27")
    found = cli("show", *days, "--json", "--url", sqlite_url(story)).documents
    assert {item["body"]["at"][:10] for item in found} == {"2026-11-27"}
    nobody = cli("show", "--actor", "nobody", *place(story))
    assert (nobody.code, nobody.out, bool(nobody.err)) == (0, "", True)
    assert cli("show", 1, "--actor", "x", *place(story)).code == MISUSED


@pytest.mark.parametrize("language", LANGUAGES)
def test_clear_data_is_shown_to_a_named_reader_only(cli, small, language):
    """Who reads and why is demanded, recorded, and only then is anything shown (Art. 19)."""
    for missing in ((), ("--reader", "a"), ("--reason", "b")):
        done = cli("show", 1, "--clear", *missing, *place(small))
        assert (done.code, done.out) == (MISUSED, "")
    named = ("--reader", "auditor-1", "--reason", "complaint")
    done = cli("show", 1, "--clear", *named, *place(small), "--lang", language)
    assert done.code == 0
    assert shipped(PAID).application.owner.number in done.out
    (value,) = cli("show", 1, "--clear", *named, "--json", *place(small)).documents
    assert (value["case_no"], value["actor"]) == ("2026-1", "officer-7")
    read = cli("show", "--actor", "auditor-1", "--json", *place(small)).documents
    assert [item["body"]["reason"] for item in read] == ["complaint"] * 2
    assert cli("show", 99, "--clear", *named, *place(small)).code == BAD
    bad = cli("show", 1, "--clear", "--reader", "a\nb", "--reason", "x", *place(small))
    assert (bad.code, bad.out) == (BAD, "")


def test_hostile_text_of_a_database_does_not_reach_the_terminal(cli, small):
    """Escape codes and line ends somebody wrote into the log are printed as escapes (fault 63)."""
    tampered(
        small,
        (
            "UPDATE taxgate_log_entries SET body = replace(body, '示例市', ?)",
            ("x\\u001b[31m\\ny\\u202e\\u2028z",),
        ),
    )
    for command in (("show",), ("show", 1), ("stats",)):
        done = cli(*command, "--url", sqlite_url(small))
        assert done.code == 0
        assert not [text for text in ("\x1b", "\u202e", "\u2028", "\ny") if text in done.out]


# Reports ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_are_shown(cli, story, language):
    """Reasons, outages, sources, times to clear, and acts apart."""
    done = cli("stats", "--url", sqlite_url(story), "--lang", language)
    assert done.code == 0
    for text in ("property-title/deed-tax/unpaid", "timeout", "bureau", "90", "V-01", "6.67%"):
        assert text in done.out
    for name in HOSTILE:
        assert name in done.out
    (value,) = cli("stats", "--json", "--url", sqlite_url(story)).documents
    assert (value["decisions"], value["clearing_minutes"]["refuse"]["median"]) == (24, 90)
    assert value["acts_by_row"][0]["row"] == "V-01"


@pytest.mark.parametrize("form", list(FormatChoice))
def test_an_export_goes_to_a_file_or_to_standard_output(cli, story, tmp_path, form):
    """The same bytes in both ways; Parquet wants a file; a day limits what is written."""
    path = tmp_path / "log"
    options = ("--format", form, "--url", sqlite_url(story))
    done = cli("export", path, *options)
    assert (done.code, "26" in done.out) == (0, True)
    written = path.read_bytes()
    piped = cli("export", *options)
    if form is FormatChoice.PARQUET:
        assert piped.code == MISUSED
        return
    assert piped.out == written.decode("utf-8-sig")
    late = cli("export", "--since", "2026-12-04", *options)
    assert len(late.out.splitlines()) == len(written.splitlines()) - 24
    done = cli("export", tmp_path / "no" / "file", *options)
    assert (done.code, done.out) == (FAILED, "")


def test_the_dashboard_and_the_evidence_file_are_written(cli, story, tmp_path):
    """Each to the file named; a place that cannot be written is named."""
    page, evidence = tmp_path / "page.html", tmp_path / "case.zip"
    assert cli("dashboard", page, "--url", sqlite_url(story), "--lang", "en").code == 0
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    assert cli("evidence", 1, evidence, *place(story)).code == 0
    with zipfile.ZipFile(evidence) as archive:
        assert "verify.py" in archive.namelist()
    assert cli("evidence", 1, evidence, "--url", sqlite_url(story)).code == MISUSED
    assert cli("evidence", 99, tmp_path / "x.zip", *place(story)).code == BAD
    assert cli("evidence", 25, tmp_path / "x.zip", *place(story)).code == FAILED
    assert not (tmp_path / "x.zip").exists()
    assert cli("dashboard", tmp_path / "no" / "x", "--url", sqlite_url(story)).code == FAILED


def test_a_missing_extra_is_named(cli, story, tmp_path, monkeypatch):
    """Without jinja2 the dashboard says what to install."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    done = cli("dashboard", tmp_path / "x.html", "--url", sqlite_url(story))
    assert done.code == FAILED
    assert "taxgate[reports]" in done.err


# Deciding again -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_replay_gives_the_same_decisions(cli, story, language):
    """From evidence and by the tables alone; what differs under one law is a fault."""
    done = cli("replay", *place(story), "--lang", language)
    assert (done.code, "24" in done.out) == (0, True)
    (value,) = cli("replay", "--by-tables", "--json", *place(story)).documents
    assert value == {"decisions": 24, "kinds": {"same": 24}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_replay_lists_what_differs(cli, small, language):
    """Code 20 under the same law, 10 under another; entry, case, rows and reasons are told."""
    with contextlib.closing(sqlite3.connect(small / "log.sqlite3")) as connection:
        asked = connection.execute("SELECT body FROM taxgate_log_entries WHERE seq = 1")
        body = json.loads(asked.fetchone()[0])
    body["obligations"][0]["facts"]["state"] = "unpaid"
    change = "UPDATE taxgate_log_entries SET body = ? WHERE seq = 1"
    tampered(small, (change, (json.dumps(body),)))
    done = cli("replay", *place(small), "--lang", language)
    assert done.code == 20
    assert "vehicle/purchase-tax/unpaid" in done.out
    tampered(small, (change, (json.dumps({**body, "law": "0" * 16}),)))
    done = cli("replay", "--json", *place(small))
    assert done.code == 10
    first = done.documents[0]
    assert (first["seq"], first["case"], first["same_law"]) == (1, body["case"], False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_if_lists_what_a_reading_would_change(cli, small, language):
    """Income tax missing would be refused, not held; by row and case, then counted; no key."""
    with DecisionLog(Store(sqlite_url(small)), KeyRing.from_folder(small / "keys")) as log:
        decided(log, 2, "property-sale-income-tax-missing", first=10)
    url = ("--url", sqlite_url(small))
    done = cli("what-if", "--reading", "iit_strict=on", *url, "--lang", language)
    assert done.code == 0
    *changes, last = cli("what-if", "--reading", "iit_strict=on", *url, "--json").documents
    assert [(item["seq"], item["before"], item["after"]) for item in changes] == [
        (4, "notify", "refuse"),
        (5, "notify", "refuse"),
    ]
    summary = last["summary"]
    assert (summary["decisions"], summary["changed"]) == (5, 2)
    assert summary["turns"] == [{"before": "notify", "after": "refuse", "count": 2}]
    for item in changes:
        assert item["case"][:20] in done.out
        for row in item["changes"][0]["rows"]:
            assert row in done.out
            assert summary["rows"][row] == 2
    late = ("--since", "2027-01-01", "--json")
    assert cli("what-if", "--reading", "iit_strict=on", *url, *late).documents == [
        {"summary": {"decisions": 0, "changed": 0, "turns": [], "rows": {}}}
    ]
    off = cli("what-if", "--reading", "iit_strict=off", *url, "--lang", language)
    assert (off.code, len(off.out.splitlines())) == (0, 2)


@pytest.mark.parametrize("reading", ["iit_strict", "iit_strict=yes", "no_such=on", "=on"])
def test_a_reading_is_named_with_its_state(cli, story, reading):
    """Nothing is computed for a reading nobody knows, or a state that is neither on nor off."""
    done = cli("what-if", "--reading", reading, "--url", sqlite_url(story))
    assert (done.code, done.out) == (MISUSED, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_is_erased_on_demand_only(cli, small, language):
    """Without --yes nothing happens; then clear data is gone, and the log still replays."""
    options = ("--before", "2027-01-01", "--rule", "five-years", *place(small), "--lang", language)
    asked = cli("erase", *options)
    assert (asked.code, asked.out) == (10, "")
    assert cli("replay", "--json", *place(small)).documents[0]["kinds"] == {"same": 3}
    assert cli("erase", "--yes", *options).code == 0
    assert cli("replay", "--json", *place(small)).documents[0]["kinds"] == {"sealed": 3}
    gone = cli("show", 1, "--clear", "--reader", "a", "--reason", "b", *place(small))
    assert (gone.code, gone.out) == (FAILED, "")
    assert cli("verify", *place(small)).code == 10
    nothing = cli("erase", "--yes", *options)
    assert (nothing.code, bool(nothing.out)) == (0, True)


def test_a_terminal_sees_how_far_it_is(story):
    """On a terminal a bar shows entries and rate on standard error; a file is spared it."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "taxgate", "log", "what-if", "--reading", "iit_strict=on"]
    done = subprocess.run(
        [*command, "--url", sqlite_url(story), "--json"],
        stdout=subprocess.PIPE,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        check=True,
        timeout=60,
    )
    os.close(follower)
    shown = os.read(leader, 1 << 16).decode("utf-8", "replace")
    os.close(leader)
    assert "26/26" in shown
    assert json.loads(done.stdout)["summary"]["decisions"] == 24


def test_reports_read_postgresql_as_well(cli, postgresql_server, tmp_path):
    """Verified, shown, counted, exported, replayed and proved over a real server."""
    if postgresql_server.password is not None:
        pytest.skip("this test opens the database by its URL alone")
    url = postgresql_server.url
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    METADATA.drop_all(engine)
    options = ("--url", url, "--keys", tmp_path / "keys")
    assert cli("init", *options).code == 0
    with DecisionLog(Store(url), KeyRing.from_folder(tmp_path / "keys")) as log:
        decided(log, 3)
    assert cli("head", "--sign", "--witness", tmp_path / "w", *options).code == 0
    assert cli("verify", "--witness", tmp_path / "w", *options).code == 0
    assert len(cli("show", *options).out.splitlines()) == 4
    assert cli("stats", "--json", *options).documents[0]["decisions"] == 3
    assert len(cli("export", *options).out.splitlines()) == 4
    assert cli("replay", "--json", *options).documents[0]["kinds"] == {"same": 3}
    assert cli("evidence", 1, tmp_path / "case.zip", *options).code == 0
    METADATA.drop_all(engine)
    engine.dispose()


def test_the_story_is_sound(cli, story):
    """What these tests read is itself a log without a fault."""
    assert NOW.tzinfo is not None
    assert cli("verify", *place(story), "--json").documents[0]["sound"]


@pytest.mark.parametrize(
    "body",
    [
        '{"decision":1,',
        '{"kind":"decision"}',
        '{"kind":"x","at":"2026-01-01T00:00:00+08:00"}',
        '{"kind":"decision","at":"2026-01-01T00:00:00","supersedes":1,"a":1}',
        '{"a":NaN}',
        "[" * 50_000,
    ],
)
def test_no_command_ends_in_a_traceback_over_what_somebody_wrote_there(cli, small, body):
    """Whatever stands in a body, a command says that the log is not what was written (fault 88)."""
    tampered(small, ("UPDATE taxgate_log_entries SET body=? WHERE seq=3", (body,)))
    commands = [
        ["verify"],
        ["show", "1"],
        ["show", "3", "--clear", "--reader", "a", "--reason", "b"],
        ["evidence", "3", small / "e.zip"],
        ["erase", "--before", "2027-01-01", "--rule", "r", "--yes"],
    ]
    codes = {command[0]: cli(*command, *place(small)).code for command in commands}
    assert codes["verify"] == 20
    assert set(codes.values()) <= {0, 1, 20}
