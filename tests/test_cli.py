"""The command line: what it prints, in both languages, and the exit code it leaves with."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

import taxgate
from shipped_expectations import EXPECTED, strings
from taxgate.cases import CASES
from taxgate.cli import run
from taxgate.cli.screen import escaped
from taxgate.errors import WireError
from taxgate.export import tables
from taxgate.terms import Checkpoint, Effect, Verdict
from taxgate.wire import LARGEST, input_schema, output_schema, read_case
from taxgate.wording import common

BY_NAME = {case.name: case for case in CASES}
EXITS = {Effect.PROCEED: 0, Effect.HOLD: 10, Effect.REFUSE: 20}
USAGE = 2
BAD_INPUT = 30
LANGUAGES = ("zh-CN", "en")
WORDS = {
    "zh-CN": {"pass": "通过", "notify-taxpayer": "告知纳税人", "block": "阻断"},
    "en": {"pass": "pass", "notify-taxpayer": "notify the taxpayer", "block": "block"},
}


@dataclass
class Result:
    """What one run left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        """Lines of standard output."""
        return self.out.splitlines()

    @property
    def documents(self):
        """Standard output read as JSON Lines."""
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def cli(capsysbinary, monkeypatch):
    """Run the command line in this process."""

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


@pytest.fixture
def case_file(tmp_path):
    """Return a function that writes a shipped case to a file, changed if need be."""

    def write(name, change=None):
        document = json.loads(BY_NAME[name].document())
        if change is not None:
            change(document)
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        return path

    return write


def one_line(name):
    """Return a shipped case on one line."""
    return json.dumps(json.loads(BY_NAME[name].document()), ensure_ascii=False)


def process(*arguments, **settings):
    """Run the command line in a process of its own."""
    environment = {**os.environ, **settings.pop("environment", {})}
    return subprocess.run(
        [sys.executable, "-m", "taxgate", *map(str, arguments)],
        capture_output=True,
        check=False,
        env=environment,
        **settings,
    )


# demo ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_demo_shows_every_case_on_one_line_and_one_notice(cli, language):
    """Name, checkpoint, verdict, effect, may complete and the deciding row, as the law says."""
    done = cli("demo", "--lang", language)
    assert done.code == 0
    heading, *rows = done.lines[: len(CASES) + 1]
    assert heading.strip()
    yes, no = ("是", "否") if language == "zh-CN" else ("yes", "no")
    for row, (name, (outcome, row_id, obstacle)) in zip(rows, EXPECTED.items(), strict=True):
        cells = re.split(r" {2,}", row)
        assert cells[0] == name
        assert cells[2] == WORDS[language][outcome.verdict]
        proceeds = outcome.effect is Effect.PROCEED and obstacle is None
        assert cells[4] == (yes if proceeds else no)
        rows_told = {
            told for group in re.findall(r"\[([^]]+)\]", cells[5]) for told in group.split()
        }
        decided = read_case(BY_NAME[name].document()).decide()
        assert rows_told & set(decided.deciding[0].rows)
        assert row_id in {told for finding in decided.deciding for told in finding.rows}
        assert obstacle is None or obstacle in rows_told
    assert ("一次性告知书" if language == "zh-CN" else "One-time notice") in done.lines
    assert "vehicle/purchase-tax/none-found" in done.out
    assert done.err == ""


def test_demo_stays_on_one_line_on_a_narrow_terminal(cli, monkeypatch):
    """What does not fit is cropped, so that a line of the table is a line of the terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "72")
    done = cli("demo")
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in done.lines[: len(CASES) + 1]]
    assert [line.split()[0] for line in plain[1:]] == list(EXPECTED)
    assert max(map(cell_len, plain)) <= 72


# check --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXPECTED)
def test_check_leaves_with_the_exit_code_of_the_effect(cli, case_file, name):
    """0 proceed, 10 hold, 20 refuse; a non-tax obstacle does not change it."""
    outcome = EXPECTED[name][0]
    for language in LANGUAGES:
        done = cli("check", case_file(name), "--lang", language)
        assert done.code == EXITS[outcome.effect]
        assert WORDS[language][outcome.verdict] in done.lines[0]
        assert done.err == ""


@pytest.mark.parametrize(
    ("language", "warning"),
    [("zh-CN", "现在不得办结登记"), ("en", "may NOT be completed now")],
)
def test_check_says_aloud_that_an_obstacle_forbids_completion(cli, case_file, language, warning):
    """Exit code 0 follows the effect; the screen says that the act is not completed."""
    done = cli("--lang", language, "check", case_file("vehicle-transfer-seized"))
    assert done.code == 0
    assert warning in done.lines[1]
    assert "V-31" in done.out
    assert "可以办结登记" not in done.out
    assert "The registration may be completed." not in done.out


@pytest.mark.parametrize("name", ["vehicle-outside-shanxi", "equity-partnership"])
def test_check_never_calls_an_act_out_of_scope_verified(cli, case_file, name):
    """Out of scope is a pass that says nothing about tax."""
    assert "nothing was verified about tax" in cli("--lang", "en", "check", case_file(name)).out
    assert "税务情况未经查验" in cli("check", case_file(name)).out


def test_check_of_an_outage_asserts_no_debt_and_says_retry(cli, case_file):
    """The applicant is told that the check could not be completed, never that tax is owed."""
    done = cli("--lang", "en", "check", case_file("vehicle-inspection-outage"))
    assert "check again later" in done.out
    assert not re.search(r"\b(unpaid|owed|owes|arrears)\b", done.out)


def test_check_prints_the_report_of_a_suspected_forgery(cli, case_file):
    """The written report to the tax authority comes with the decision."""
    done = cli("--lang", "en", "check", case_file("vehicle-first-forged-paper"))
    assert "Written report of a suspected tax violation" in done.lines


def test_check_reads_standard_input(cli):
    """A dash stands for standard input."""
    done = cli("check", "-", stdin=BY_NAME["deregistration-cleared"].document())
    assert done.code == 0


@pytest.mark.parametrize("name", ["vehicle-first-paid", "vehicle-transfer-unpaid"])
def test_check_prints_one_decision_for_a_machine(cli, case_file, name):
    """With --json one line comes out that fits the published schema."""
    done = cli("check", "--json", case_file(name))
    (document,) = done.documents
    Draft202012Validator(output_schema()).validate(document)
    outcome = EXPECTED[name][0]
    assert (document["verdict"], document["effect"]) == (outcome.verdict, outcome.effect)
    assert done.code == EXITS[outcome.effect]


def test_check_shows_readings_in_force(cli, case_file):
    """A reading the office switched on is named, and its effect shows in the exit code."""

    def strict(document):
        document["readings"] = ["vvt_all_registrations_strict"]

    done = cli("check", case_file("vehicle-transfer-unpaid", strict))
    assert done.code == EXITS[Effect.REFUSE]
    assert "vvt_all_registrations_strict" in done.out


# JSON Lines ---------------------------------------------------------------------------------------

LINES = ("vehicle-first-paid", "vehicle-transfer-unpaid", "deregistration-simplified-objection")


def test_lines_come_out_in_order_and_a_bad_one_stops_nothing(cli, tmp_path):
    """One decision or one error per line; any bad line makes the exit code 30."""
    path = tmp_path / "cases.txt"
    bad = ["{broken", "", '{"checkpoint": "vehicle"}']
    lines = [one_line(LINES[0]), bad[0], one_line(LINES[1]), bad[1], bad[2], one_line(LINES[2])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = cli("check", "--json", path)
    assert done.code == BAD_INPUT
    validator = Draft202012Validator(output_schema())
    assert all(validator.is_valid(document) for document in done.documents)
    verdicts = [document.get("verdict") for document in done.documents]
    expected = [EXPECTED[name][0].verdict for name in LINES]
    assert verdicts == [expected[0], None, expected[1], None, None, expected[2]]
    assert all(document["faults"] for document in done.documents if "verdict" not in document)


def test_lines_without_a_bad_one_leave_with_the_strictest_effect(cli, tmp_path):
    """Proceed, hold and refuse together make a refusal, in whatever order."""
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(map(one_line, reversed(LINES))), encoding="utf-8")
    assert cli("check", "--json", path).code == EXITS[Effect.REFUSE]
    path.write_text("\n".join(map(one_line, LINES[:2])), encoding="utf-8")
    assert cli("check", path).code == EXITS[Effect.HOLD]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_for_a_person_carry_their_numbers(cli, tmp_path, language):
    """Comments and blank lines count, so a number leads to its line in the file."""
    path = tmp_path / "cases.jsonl"
    path.write_text(f"// two cases\n{one_line(LINES[0])}\n{{broken\n", encoding="utf-8")
    done = cli("--lang", language, "check", path)
    numbers = [line for line in done.lines if re.match(r"第[23]行|Line [23]", line)]
    assert len(numbers) == 2
    assert "not JSON" in done.err
    assert done.code == BAD_INPUT


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{one}\n{two}\n", 2),
        ("\n// note\n{one}\n\n{two}", 4),
        ("{one}\n\n\n", 1),
        ("{one}\n// note\n", 1),
        ("{pretty}\n", 1),
        ("// note\n{pretty}\n// note\n", 1),
    ],
)
def test_the_form_of_the_input_is_found_out(cli, text, count):
    """One per line is recognised by a first document that ends on its line before another."""
    texts = {
        "one": one_line(LINES[0]),
        "two": one_line(LINES[1]),
        "pretty": BY_NAME[LINES[0]].document().decode(),
    }
    for name, value in texts.items():
        text = text.replace(f"{{{name}}}", value)
    assert len(cli("check", "--json", "-", stdin=text.encode()).documents) == count


def test_the_caller_may_say_that_each_line_is_a_case(cli):
    """With --lines, or a name ending in .jsonl, a broken first line is a line like any other."""
    text = f"{{broken\n{one_line(LINES[0])}\n".encode()
    assert len(cli("check", "--json", "--lines", "-", stdin=text).documents) == 2
    assert len(cli("check", "--json", "-", stdin=text).documents) == 1


def test_a_line_too_long_is_refused_and_the_next_one_read(cli):
    """However long a line is, it costs no more than reading past it."""
    text = b'"' + b"x" * (2 * LARGEST) + b'"\n' + one_line(LINES[0]).encode()
    first, second = cli("check", "--json", "--lines", "-", stdin=text).documents
    assert "larger" in first["faults"][0]["problem"]
    assert second["verdict"] == Verdict.PASS
    (only,) = cli("check", "--json", "-", stdin=b"\n" * (LARGEST + 9) + b"1").documents
    assert "larger" in only["faults"][0]["problem"]


@pytest.mark.parametrize("options", [["-"], ["--lines", "-"], ["--json", "-"]])
@pytest.mark.parametrize("text", [b"", b"\n \n", b"// nothing\n"])
def test_an_input_without_a_case_is_no_pass(cli, options, text):
    """Nothing in, nothing decided: exit code 30."""
    assert cli("check", *options, stdin=text).code == BAD_INPUT


# Bad input and bad usage --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_document_is_named(cli, case_file, language):
    """Path and problem of each fault, never the value, and exit code 30."""

    def spoil(document):
        document["application"]["owner"]["number"] = "149999198803072130"
        del document["application"]["seized"]
        document["application"]["colour"] = "red"

    for command in ("check", "explain"):
        done = cli(command, case_file("vehicle-first-paid", spoil), "--lang", language)
        assert done.code == BAD_INPUT
        assert done.out == ""
        for path in ("owner.number", "application.seized", "application.colour"):
            assert path in done.err
        assert "149999198803072130" not in done.err


def test_answers_that_cannot_belong_to_one_case_are_bad_input(cli, case_file):
    """Two answers to one inquiry leave nothing decided."""

    def double(document):
        document["answers"].append(document["answers"][0])

    done = cli("check", "--json", case_file("vehicle-first-paid", double))
    assert done.code == BAD_INPUT
    assert done.documents[0]["faults"]


@pytest.mark.parametrize(
    ("language", "message"), [("zh-CN", "找不到文件"), ("en", "There is no file")]
)
def test_a_missing_file_is_a_usage_error(cli, language, message):
    """The message is in the language chosen, and its name is printed harmlessly."""
    for command in ("check", "explain"):
        done = cli("--lang", language, command, "no\x1b[31m\nsuch.json")
        assert (done.code, done.out) == (USAGE, "")
        assert message in done.err
        assert r"no\x1b[31m\nsuch.json" in done.err


def test_a_folder_is_no_file(cli, tmp_path):
    """Neither a folder nor what lies below a file can be read."""
    assert "文件夹" in cli("check", tmp_path).err
    assert cli("check", tmp_path).code == USAGE
    file = tmp_path / "file"
    file.write_bytes(b"")
    assert cli("check", file / "below").code == USAGE


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["check", "--no-such-option", "-"],
        ["no-such-command"],
        ["new", "no-such-checkpoint"],
        ["schema", "sideways"],
        ["demo", "--lang", "fr"],
        ["tables", "vehicle/no-such-table"],
        ["explain", "no-such-file"],
    ],
)
def test_a_wrong_command_leaves_with_2_and_points_to_the_help(cli, arguments):
    """Usage errors are told apart from every effect, in both languages."""
    done = cli(*arguments)
    assert done.code == USAGE
    assert "taxgate --help" in done.err


def test_help_tells_every_command_in_both_languages(cli):
    """The short lines are bilingual, whatever the language of the output."""
    text = cli("--help").out
    for command in ("demo", "check", "explain", "tables", "law", "schema", "new"):
        line = next(line for line in text.splitlines() if line.strip().startswith(f"{command} "))
        assert re.search(r"[\u4e00-\u9fff]", line)
        assert re.search(r"/ [a-z]", line)
    assert "30" in cli("check", "--help").out


def test_version(cli):
    """The version is that of the package."""
    assert cli("--version").out.strip() == f"taxgate {taxgate.__version__}"


# explain ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXPECTED)
def test_explain_shows_rows_and_citations(cli, case_file, name, language):
    """Every finding's row and every provision it rests on stand in the tree."""
    done = cli("explain", case_file(name), "--lang", language)
    decision = read_case(BY_NAME[name].document()).decide()
    assert done.code == EXITS[decision.effect]
    for finding in decision.findings:
        assert all(row in done.out for row in finding.rows)
        assert finding.code in done.out
        assert finding.ruling.table.name in done.out
        for provision in finding.cites(decision.heading.governing_on):
            assert provision.cite(common.Language(language)) in done.out
    assert all(row in done.out for item in decision.obstacles for row in item.rows)


def test_explain_shows_duty_inquiry_answer_and_what_became_of_a_record(cli, case_file):
    """The way is whole: what was asked, what came back, what appraisal made of it and why."""
    text = cli("--lang", "en", "explain", case_file("vehicle-transfer-unpaid")).out
    for label in ("Duty:", "Inquiry:", "Answer:", "Record:", "Facts:", "Table:", "What decides"):
        assert label in text
    assert "└── " in text


def test_explain_takes_one_case(cli, tmp_path):
    """Several cases are a wrong use; one line alone is one case."""
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(map(one_line, LINES)), encoding="utf-8")
    assert cli("explain", path).code == USAGE
    path.write_text(one_line(LINES[1]), encoding="utf-8")
    assert cli("explain", path).code == EXITS[Effect.HOLD]


# tables, schema, new ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_lists_every_table_with_its_question(cli, language):
    """One line each: name and question."""
    listed = cli("tables", "--lang", language).lines
    for name, table in tables().items():
        (line,) = [line for line in listed if line.split()[:1] == [name]]
        assert table.question[language == "en"] in line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(tables()))
def test_tables_shows_every_row_of_a_table(cli, name, language):
    """Row ids, reason codes, citations and the readings that change a row."""
    done = cli("tables", name, "--lang", language)
    assert done.code == 0
    for row in tables()[name].rows:
        assert " ".join(row.ids) in done.lines
        assert row.code in done.out
        assert row.under is None or row.under[0].value in done.out
        for provision in row.cites:
            assert provision.cite(common.Language(language)) in done.out


def test_tables_proposes_names_near_to_an_unknown_one(cli):
    """A slip of the pen is answered with what may be meant."""
    done = cli("--lang", "en", "tables", "vehicle/purchase-tx")
    assert done.code == USAGE
    assert "Perhaps: vehicle/purchase-tax" in done.err


@pytest.mark.parametrize("arguments", [["schema"], ["schema", "input"], ["schema", "output"]])
def test_schema_prints_a_valid_schema(cli, arguments):
    """What is printed is JSON Schema, and accepts what it is of."""
    done = cli(*arguments)
    schema = json.loads(done.out)
    Draft202012Validator.check_schema(schema)
    assert done.code == 0
    if "output" not in arguments:
        for case in CASES:
            Draft202012Validator(schema).validate(json.loads(case.document()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("checkpoint", list(Checkpoint))
def test_a_new_case_can_be_checked_as_it_is(cli, tmp_path, checkpoint, language):
    """The command reads its own comments; the library never does."""
    printed = cli("new", checkpoint, "--lang", language)
    assert printed.code == 0
    path = tmp_path / "new.json"
    path.write_text(printed.out, encoding="utf-8")
    done = cli("check", "--json", path)
    assert done.code == 0
    assert done.documents[0]["checkpoint"] == checkpoint
    with pytest.raises(WireError):
        read_case(printed.out)


@pytest.mark.parametrize("checkpoint", list(Checkpoint))
def test_every_commented_field_of_a_new_case_fits_the_schema(cli, checkpoint):
    """Taking the comment away from any one optional field leaves a document of the right shape."""
    lines = cli("new", checkpoint).lines
    validator = Draft202012Validator(input_schema([checkpoint]))
    optional = [
        number
        for number, line in enumerate(lines)
        # An answer has records or an outage, not both.
        if re.match(r' *// "(?!outage")\w+": ', line)
    ]
    assert optional
    for chosen in optional:
        kept = [
            line.replace("// ", "", 1) if number == chosen else line
            for number, line in enumerate(lines)
            if number == chosen or not line.lstrip().startswith("//")
        ]
        faults = [error.message for error in validator.iter_errors(json.loads("\n".join(kept)))]
        assert not faults, (lines[chosen], faults)


@pytest.mark.parametrize("checkpoint", list(Checkpoint))
def test_a_new_case_names_every_field_with_its_meaning(cli, checkpoint):
    """No field of the application is left out, and each has a line of explanation above it."""
    text = cli("new", checkpoint).out
    (branch,) = input_schema([checkpoint])["allOf"]
    name = branch["then"]["properties"]["application"]["$ref"].rpartition("/")[2]
    for field, shape in input_schema([checkpoint])["$defs"][name]["properties"].items():
        assert re.search(rf'^ *(// )?"{field}": ', text, re.MULTILINE), field
        assert shape["description"].split()[0] in text


# Safe output --------------------------------------------------------------------------------------


def identifiers():
    """Return every identifier, voucher number and name of a person in the shipped cases."""
    found = set()
    for case in CASES:
        found |= set(secrets(json.loads(case.document())))
    return found


def secrets(value, key=""):
    """Yield what must never be printed in the clear."""
    kept = {"frame", "vin", "old_frame", "number", "uscc", "unit", "code", "voucher_no", "name"}
    if isinstance(value, dict):
        for name, part in value.items():
            # A court's name and case number are nobody's personal data.
            if name not in {"court_documents", "seals"}:
                yield from secrets(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from secrets(part, key)
    elif isinstance(value, str) and (key in kept or re.fullmatch(r"[0-9A-Z]{17,18}|.{28}", value)):
        yield value


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_identifier_of_the_shipped_cases_is_printed_in_the_clear(cli, case_file, language):
    """Demo, check and explain, for people and for machines, show them masked only."""
    canaries = identifiers()
    assert len(canaries) > 15
    outputs = [cli("demo", "--lang", language)]
    for case in CASES:
        path = case_file(case.name)
        outputs += [
            cli("check", path, "--lang", language),
            cli("check", "--json", path),
            cli("explain", path, "--lang", language),
        ]
    for done in outputs:
        for canary in canaries:
            assert canary not in done.out
            assert canary not in done.err


def test_markup_in_data_is_printed_not_obeyed(cli, case_file):
    """Square brackets and emoji names stand as they were written."""

    def mark(document):
        document["application"]["office"] = "[red]窗口[/red] :smile: [link=x]"
        document["application"]["case_no"] = "[/]"

    path = case_file("vehicle-transfer-unpaid", mark)
    for command in ("check", "explain"):
        done = cli(command, path)
        assert done.code == EXITS[Effect.HOLD]
        assert "[red]窗口[/red] :smile: [link=x]" in done.out
        assert "[/]" in done.out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("样例 [b] 𠮷", "样例 [b] 𠮷"),
        ("a\x1b[31m\r\n\tb", r"a\x1b[31m\r\n\tb"),
        ("\u202e反\u2028行\x85\udc80", r"\u202e反\u2028行\x85\udc80"),
        ("全角\u3000空格", "全角\u3000空格"),
    ],
)
def test_what_is_not_plainly_visible_is_escaped(text, shown):
    """Controls, direction overrides, line separators and half characters become escapes."""
    assert escaped(text) == shown


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
@pytest.mark.parametrize("command", ["demo", "explain"])
def test_output_survives_any_encoding(case_file, encoding, command):
    """A terminal that cannot show a character shows its escape."""
    arguments = [command, *([case_file("equity-sale-no-record")] if command == "explain" else [])]
    done = process(*arguments, environment={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.returncode == (0 if command == "demo" else EXITS[Effect.HOLD])
    assert done.stderr == b""
    text = done.stdout.decode(encoding)
    assert ("\\u" in text) if encoding == "ascii" else ("个人" in text)


def test_json_is_utf_8_whatever_the_terminal_speaks(case_file):
    """A machine reads UTF-8, and no escape that JSON does not know."""
    path = case_file("vehicle-first-no-record")
    done = process(
        "check", "--json", path, environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )
    assert "告知" in json.loads(done.stdout.decode("utf-8"))["notices"][0]["text"]


def test_a_reader_that_has_gone_is_no_error_to_speak_of():
    """Nothing is complained of, and the exit code is none of an effect."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "taxgate", "demo"], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


def test_closed_streams_leave_the_exit_code(case_file):
    """Without standard output and error the exit code still tells the effect."""
    program = (
        "import sys\n"
        "sys.stdin = sys.stdout = sys.stderr = None\n"
        "from taxgate.cli import run\n"
        "if run(['check', '-']) != 2: raise SystemExit(99)\n"
        "raise SystemExit(run(['check', sys.argv[1]]))\n"
    )
    path = case_file("vehicle-transfer-unpaid")
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == EXITS[Effect.HOLD]


# Starting it --------------------------------------------------------------------------------------


def test_python_m_taxgate():
    """The package can be run."""
    done = process("--version")
    assert done.stdout.decode().strip() == f"taxgate {taxgate.__version__}"
    assert done.returncode == 0


@pytest.mark.parametrize("missing", ["typer", "rich"])
def test_a_missing_extra_is_named(missing):
    """Without the extra the message says what to install, and the exit code is 2."""
    program = (
        "import sys\n"
        f"sys.modules[{missing!r}] = None\n"
        "from taxgate.__main__ import main\n"
        "raise SystemExit(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == USAGE
    assert done.stderr.decode().splitlines() == [
        "the command line needs an extra: pip install 'taxgate[cli]'"
    ]


def test_another_missing_module_is_not_blamed_on_the_extra():
    """Only what the extra brings is explained by it."""
    program = (
        "import sys\nsys.modules['cattrs'] = None\nfrom taxgate.__main__ import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"ModuleNotFoundError" in done.stderr


def test_the_shipped_cases_are_what_the_demo_reads():
    """Every shipped file belongs to a case, and none is left over."""
    folder = Path(taxgate.__file__).parent / "cases"
    assert {path.stem for path in folder.glob("*.json")} == set(EXPECTED)
    assert any(strings(json.loads(case.document())) for case in CASES)
