"""`taxgate ask`: what it shows, its exit codes, and that nothing stands in clear."""

from __future__ import annotations

import io
import json
import sys

import pytest

from bureau_cases import TITLE_OFFICE, VEHICLE_OFFICE, configured, register
from taxgate.bureau import MAGICS, SandboxBureau
from taxgate.cli import run
from taxgate.doctor import ADVICE
from taxgate.evidence import OutageCause, OutageKind

BY_NAME = {magic.name: magic for magic in MAGICS}
PAID_VIN = "LTX9E5A14TA000019"
BUYER = "149999199109251868"
UNIT = "149999001001GB00001F00010001"
ANSWERED, COULD_NOT_ASK, CANNOT_TRUST, MISUSED, BAD_INPUT = 0, 10, 20, 2, 30


@pytest.fixture(scope="module")
def bureau():
    """Return a bureau that speaks the plain interface and a national gateway's."""
    with SandboxBureau(["generic", "gjgxjhpt"], report=lambda _: None) as running:
        yield running


@pytest.fixture
def config(monkeypatch, tmp_path, bureau):
    """Return a function that writes a configuration for the bureau."""
    register(monkeypatch)
    # A fault is to be shown, not repeated with pauses.
    return lambda profile="generic", change=lambda text: text: configured(
        tmp_path,
        bureau,
        profile,
        lambda text: change(f"{text}".replace('kind = "http"', 'kind = "http"\nattempts = 1')),
    )


@pytest.fixture
def ask(capsysbinary, monkeypatch):
    """Run the command in this process, and return exit code, output and error output."""

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = run(["ask", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return call


def vehicle(vin, office=VEHICLE_OFFICE):
    """Return the options that ask about a vehicle's purchase tax."""
    return (
        "--matter", "vehicle-purchase-tax", "--vin", vin, "--office", office, "--case-no", "C-1",
    )  # fmt: skip


def title(number):
    """Return the options that ask about deed tax."""
    return (
        "--matter", "deed-tax", "--unit", UNIT, "--number", number, "--name", "李样例",
        "--contract-no", "EX网签2026-00018", "--office", TITLE_OFFICE, "--case-no", "C-1",
    )  # fmt: skip


# Answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["generic", "gjgxjhpt"])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", ("车辆购置税", "已缴纳", "记录共1条", "未加密连接")),
        ("en", ("vehicle purchase tax", "paid", "Records: 1", "unencrypted")),
    ],
)
def test_records_are_shown_masked_in_either_language(config, ask, profile, language, words):
    """Matter, status and the rest of the record, with the last characters of its numbers only."""
    code, out, err = ask("--config", config(profile), *vehicle(PAID_VIN), "--lang", language)
    assert (code, err) == (ANSWERED, "")
    for word in (*words, "*************0019", "issued_on: 2026-11-15"):
        assert word in out
    assert PAID_VIN not in out


def test_persons_are_masked(config, ask):
    """Neither the taxpayer's number nor the name stands in the output."""
    code, out, err = ask("--config", config(), *title(BUYER))
    assert (code, err) == (ANSWERED, "")
    for clear in (BUYER, "李样例", UNIT, "EX网签2026-00018", "EX14020261118001"):
        assert clear not in out
    assert "李**" in out
    assert "**************1868" in out


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN", "没有记录。这不等于已完税"), ("en", "No record. That says neither")],
)
def test_no_record_is_an_answer_and_said_not_to_be_more(config, ask, language, words):
    """The exit code is that of an answer, and nothing accuses or reassures."""
    vin = BY_NAME["no-record"].vin.value
    code, out, _ = ask("--config", config(), *vehicle(vin), "--lang", language)
    assert code == ANSWERED
    assert words in out


def test_json_holds_the_same_masked(config, ask):
    """A machine gets records, source and age, and no identifier in clear either."""
    code, out, err = ask("--config", config(), *title(BUYER), "--json")
    assert (code, err) == (ANSWERED, "")
    document = json.loads(out)
    assert document["provenance"] == "in-memory"
    assert document["reservations"] == ["plain-http"]
    assert document["outage"] is None
    (record,) = document["records"]
    assert (record["matter"], record["status"], record["issued_on"]) == (
        "deed-tax", "paid", "2026-11-18",
    )  # fmt: skip
    assert record["taxpayer"]["name"] == "李**"
    for clear in (BUYER, "李样例", UNIT, "EX14020261118001"):
        assert clear not in out


def test_answers_that_are_not_live_are_called_so(config, ask):
    """From a source in memory nothing may be concluded, and that stands beside the answer."""

    def in_memory(_):
        return '[gate]\ntrial = true\nsource = "m"\n[sources.m]\nkind = "tests-memory"\n'

    code, out, _ = ask("--config", config(change=in_memory), *vehicle(PAID_VIN), "--lang", "en")
    assert code == ANSWERED
    assert "not a live one (made up for a test or a trial)" in out


# Outages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("rate-limited", COULD_NOT_ASK),
        ("server-error", COULD_NOT_ASK),
        ("not-opened", COULD_NOT_ASK),
        ("wrong-subject", CANNOT_TRUST),
        ("unknown-status", CANNOT_TRUST),
        ("signature-refused", CANNOT_TRUST),
        ("stale", CANNOT_TRUST),
    ],
)
def test_an_outage_is_shown_with_its_cause_and_what_to_do(config, ask, language, name, code):
    """The exit code is 10 where asking again may help, 20 where somebody has to look."""
    magic = BY_NAME[name]
    found, out, _ = ask("--config", config(), *vehicle(magic.vin.value), "--lang", language)
    assert found == code
    assert magic.cause.value in out
    text = ADVICE[magic.cause]
    assert (text.zh if language == "zh-CN" else text.en) in out
    assert magic.vin.value not in out


def test_exit_codes_follow_the_kind_of_outage(config, ask):
    """JSON names kind and cause, how long to wait, and the advice in both languages."""
    vin = BY_NAME["rate-limited"].vin.value
    code, out, _ = ask("--config", config(), *vehicle(vin), "--json")
    document = json.loads(out)
    assert code == COULD_NOT_ASK
    assert document["records"] is None
    assert document["provenance"] is None
    assert document["outage"]["kind"] == OutageKind.UNREACHABLE
    assert document["outage"]["cause"] == "rate-limited"
    assert document["outage"]["retry_after"] == 30
    assert document["advice"] == {
        "zh-CN": ADVICE[OutageCause.RATE_LIMITED].zh,
        "en": ADVICE[OutageCause.RATE_LIMITED].en,
    }


def test_a_matter_without_a_source_was_not_asked(config, ask):
    """A gate that has a source for another tax only says so."""

    def by_matter(text):
        bare = text.replace('source = "bureau"\n', "", 1)
        return bare.replace("trial = true", 'trial = true\n[gate.sources]\ndeed-tax = "bureau"', 1)

    path = config(change=by_matter)
    code, out, _ = ask("--config", path, *vehicle(PAID_VIN), "--lang", "en")
    assert code == COULD_NOT_ASK
    assert "not-asked" in out
    code, _, _ = ask("--config", path, "--source", "bureau", *vehicle(PAID_VIN))
    assert code == ANSWERED


def test_every_cause_has_advice_in_both_languages():
    """A cause added to the vocabulary needs advice, too."""
    assert set(ADVICE) == set(OutageCause)
    for text in ADVICE.values():
        assert text.zh
        assert text.en
        assert text.zh != text.en


# Questions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["file", "standard input"])
def test_an_inquiry_can_be_handed_in_as_json(config, ask, tmp_path, way):
    """Then no identifier stands on the command line."""
    document = json.dumps(
        {
            "matter": "vehicle-purchase-tax",
            "vin": PAID_VIN,
            "purpose": {"office": VEHICLE_OFFICE, "case_no": "C-1", "provision": "order-307/24(2)"},
        }
    ).encode()
    path = tmp_path / "inquiry.json"
    path.write_bytes(document)
    given = ("--inquiry", path) if way == "file" else ("--inquiry", "-")
    code, out, _ = ask("--config", config(), *given, stdin=document)
    assert code == ANSWERED
    assert "已缴纳" in out


@pytest.mark.parametrize(
    "options",
    [
        vehicle("LTX9E5A14TA00001O"),
        vehicle("LTX9E5A14TA0000195555"),
        title("149999199109251867"),
        ("--matter", "deed-tax", "--office", "x", "--case-no", "y"),
        ("--matter", "other-tax", "--unit", UNIT, "--office", "x", "--case-no", "y"),
    ],
    ids=["letter", "length", "check", "no subject", "never asked"],
)
def test_a_faulty_identifier_is_refused_without_repeating_it(config, ask, options):
    """Nobody is asked, and the number entered is not printed."""
    code, out, err = ask("--config", config(), *options)
    assert (code, out) == (BAD_INPUT, "")
    assert err
    for text in options:
        if len(text) > 16 and text != "vehicle-purchase-tax":
            assert text not in err


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--matter", "vehicle-purchase-tax", "--vin", PAID_VIN),
        ("--matter", "vehicle-purchase-tax", "--vin", PAID_VIN, "--office", "x"),
        ("--matter", "no-tax"),
        ("--inquiry", "nowhere.json"),
        ("--inquiry", "-", "--vin", PAID_VIN),
        (*vehicle(PAID_VIN), "--source", "elsewhere"),
    ],
    ids=["nothing", "no purpose", "no case", "matter", "no file", "both", "no such source"],
)
def test_wrong_use_is_said(config, ask, options):
    """The exit code is 2, and standard output stays empty."""
    code, out, err = ask("--config", config(), *options)
    assert (code, out) == (MISUSED, "")
    assert err


def test_a_faulty_configuration_names_every_fault(config, ask):
    """Nobody is asked by half a configuration."""

    def spoil(text):
        return text.replace('profile = "generic"', 'profile = "nothing"\nsurprise = 1')

    code, out, err = ask("--config", config(change=spoil), *vehicle(PAID_VIN))
    assert (code, out) == (BAD_INPUT, "")
    assert "sources.bureau.profile" in err


def test_an_office_asks_where_it_is_permitted_only(config, ask):
    """The rule of the gate holds for a single inquiry, too."""

    def permit(text):
        return f'{text}\n[gate.offices]\n"{VEHICLE_OFFICE}" = ["vehicle"]\n'

    path = config(change=permit)
    assert ask("--config", path, *vehicle(PAID_VIN))[0] == ANSWERED
    code, _, err = ask("--config", path, *title(BUYER))
    assert code == BAD_INPUT
    assert "may not ask" in err
