"""The clause ledger: whole, claimed by somebody, and true to the day it is asked of."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from taxgate.cases import CASES
from taxgate.cli import run
from taxgate.export import tables
from taxgate.law import Provision, order_307
from taxgate.law.ambiguities import AMBIGUITIES
from taxgate.law.clauses_national import CLAIMS, NATIONAL_CLAUSES, provisions
from taxgate.law.clauses_order import ORDER_CLAUSES
from taxgate.law.confidence import FIRMNESS, SOURCES, Confidence, Phrase
from taxgate.law.ledger import NOBODY, Claim, Keeper, Left, doubt, national_clause, rows
from taxgate.tracing import Bound, cases_by_row, ledger, on_day, unclaimed

ROWS = (Path(__file__).parent / "law_rows.txt").read_text(encoding="ascii").split()
LEDGER = ledger()
BY_ID = {entry.clause.id: entry for entry in LEDGER}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
DAY_BEFORE = date(2024, 1, 31)
FIRST_DAY = date(2024, 2, 1)

# Counted in the Order's text: for each paragraph, of each sentence the parts semicolons make.
SENTENCES = {
    "2(1)": (1, 1),
    "2(2)": (1,),
    "9": (1,),
    "17(1)": (1,),
    "17(2)": (1,),
    "18": (1, 1),
    "19(1)": (1,),
    "19(2)": (1,),
    "23": (1,),
    "24(1)": (1, 1),
    "24(2)": (2,),
    "25(1)": (1,),
    "25(2)": (1,),
    "26": (1, 2),
    "27(1)": (2, 1),
    "27(2)": (1,),
    "29": (2,),
    "30(1)": (1,),
    "30(2)": (1,),
    "31": (1,),
    "32": (3,),
    "33": (3,),
    "34": (1, 1),
}

# The specification's lists of the national law behind each checkpoint.
NATIONAL = [
    f"{prefix}-{letter}"
    for prefix, letters in (
        ("V", "abcdefghijklmnopqrstu"),
        ("L", "abcdefghijklmnopqrstuvw"),
        ("E", "abcdefghijklmnopqr"),
        ("D", "abcdefghijklmno"),
    )
    for letter in letters
]

# What the specification gives each source; where it gives two, the less sure.
CONFIDENCE = {
    **dict.fromkeys(NATIONAL, "R"),
    **dict.fromkeys(
        ("V-r", "L-j", "L-o", "L-p", "L-q", "L-w", "E-d", "E-e", "E-f", "E-g", "E-h"), "P"
    ),
    **dict.fromkeys(("D-i", "D-j", "D-k", "D-l", "D-m", "D-o"), "P"),
    **dict.fromkeys(("V-s", "V-t", "V-u", "L-k", "L-v", "E-i", "E-o"), "U"),
}


def places():
    """Yield the place of every sentence, or part of one, the Order's articles have."""
    for paragraph, sentences in SENTENCES.items():
        for number, parts in enumerate(sentences, start=1):
            for part in "abc"[:parts] if parts > 1 else [""]:
                yield f"order-307/{paragraph}/s{number}{part}"


def test_every_sentence_of_the_order_has_a_clause():
    """Each sentence of the named articles, each part set apart by a semicolon, and no other."""
    assert [clause.id for clause in ORDER_CLAUSES] == list(places())


def test_every_provision_of_the_order_that_is_cited_has_clauses():
    """What tables cite of the Order stands in the ledger sentence by sentence."""
    for value in vars(order_307).values():
        if isinstance(value, Provision):
            assert any(
                clause.article == value.article or clause.article.startswith(f"{value.article}(")
                for clause in ORDER_CLAUSES
            ), value.id


def test_an_article_of_the_order_claims_a_row_that_cites_it():
    """Where tables cite an article, its clauses and the tables name some row in common."""
    citing = {}
    for table in tables().values():
        for row in table.rows:
            for provision in row.cites:
                if provision.instrument == order_307.ORDER:
                    citing.setdefault(provision.article, set()).update(row.ids)
    for article, ids in citing.items():
        claimed = {
            row
            for clause in ORDER_CLAUSES
            if clause.article == article or clause.article.startswith(f"{article}(")
            for row in clause.claim.rows
        }
        assert claimed & ids, article


def test_every_clause_is_claimed():
    """No clause is forgotten: rows, an ambiguity, or somebody for a reason."""
    assert unclaimed(LEDGER) == ()


@pytest.mark.parametrize("clause", ORDER_CLAUSES, ids=lambda clause: clause.id)
def test_a_clause_nobody_claims_is_named(clause):
    """Take a clause's claim away and the ledger says which one it was."""
    entries = [evolve(entry, claim=NOBODY) if entry.clause is clause else entry for entry in LEDGER]
    assert unclaimed(entries) == (clause.id,)


def test_a_national_provision_no_table_cites_is_unclaimed_by_itself():
    """A provision is not claimed by being written down."""
    assert not national_clause(next(provisions())).claim.stands


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: doubt(0),
        lambda: doubt(23),
        lambda: Claim(left=Left(Keeper.OFFICER, Phrase("", "because"))),
        lambda: Claim(left=Left(Keeper.OFFICER, Phrase("因为", " "))),
    ],
    ids=["no item 0", "no item 23", "no reason in Chinese", "no reason in English"],
)
def test_a_claim_must_name_something_real(wrong):
    """An unknown ambiguity and a missing reason are errors, not claims."""
    with pytest.raises(ValueError, match=r"ambiguity|reason"):
        wrong()


def test_claims_join_without_repeating_anything():
    """Rows of the ledger and of the tables are one list."""
    left = Left(Keeper.OFFICER, Phrase("理由", "reason"))
    joined = rows("V-02 V-01", 3).joined(Claim(("V-02",), (1, 3), left))
    assert joined == Claim(("V-01", "V-02"), (1, 3), left)


def test_every_row_in_a_claim_is_a_row_of_the_specification():
    """No claim rests on a row that does not exist."""
    for entry in LEDGER:
        assert set(entry.claim.rows) <= set(ROWS), entry.clause.id


def test_every_row_answers_for_some_clause():
    """No row stands without law behind it."""
    assert {row for entry in LEDGER for row in entry.claim.rows} == set(ROWS)


def test_every_ambiguity_is_tied_to_a_clause():
    """The 22 ambiguities, each named, each met in some text."""
    assert list(AMBIGUITIES) == list(range(1, 23))
    assert {item for entry in LEDGER for item in entry.claim.ambiguities} == set(AMBIGUITIES)


def test_rows_of_a_cited_provision_are_read_off_the_tables():
    """A provision is claimed by every row of a table that cites it."""
    by_provision = {entry.clause.provision: entry for entry in LEDGER}
    for table in tables().values():
        for row in table.rows:
            for provision in row.cites:
                if provision.instrument != order_307.ORDER:
                    mine = {name for name in row.ids if name in ROWS}
                    assert mine <= set(by_provision[provision].claim.rows)


def test_claims_beside_the_tables_are_of_provisions_that_exist():
    """A claim on a provision that is gone would be lost silently."""
    assert set(CLAIMS) <= set(provisions())


def test_every_row_has_a_firmness():
    """Each of the 150 rows is firm, a default, or firm in part, and says in which."""
    assert set(FIRMNESS) == set(ROWS)
    assert {firmness.tag for firmness in FIRMNESS.values()} == {"F", "D", "F;D"}
    for row, firmness in FIRMNESS.items():
        assert firmness.tag != "F;D" or firmness.default is not None, row


@pytest.mark.parametrize(
    ("row", "tag"),
    [
        ("V-02", "F"), ("V-05", "D"), ("V-06", "F;D"), ("V-12", "D"), ("V-13", "F"),
        ("V-30", "F;D"), ("S-04", "F;D"), ("S-13", "D"), ("R-03", "F"), ("R-06", "D"),
        ("R-23", "F;D"), ("E-01", "F;D"), ("E-06", "F;D"), ("E-09", "D"), ("E-12", "F"),
        ("D-03", "F;D"), ("D-05", "F"), ("D-17", "D"), ("D-21", "F;D"), ("D-27", "F;D"),
    ],
)  # fmt: skip
def test_the_firmness_is_the_one_of_the_specification(row, tag):
    """A default is never shown as the letter of the law."""
    assert FIRMNESS[row].tag == tag


@pytest.mark.parametrize("source", NATIONAL)
def test_every_national_provision_of_the_specification_is_present(source):
    """Each id of its lists has a clause, with the confidence given there."""
    found = [clause for clause in NATIONAL_CLAUSES if clause.source == source]
    assert found
    assert {clause.confidence.value for clause in found} == {CONFIDENCE[source]}


def test_the_order_was_read_whole():
    """Only the Order's clauses are of the surest kind."""
    assert {clause.confidence for clause in ORDER_CLAUSES} == {Confidence.S}
    assert Confidence.S not in {clause.confidence for clause in NATIONAL_CLAUSES}
    assert {clause.source for clause in NATIONAL_CLAUSES} == set(SOURCES)


def test_ids_are_unique_and_texts_are_in_both_languages():
    """Every clause is told to either reader in its own language, and found under one id."""
    assert len(BY_ID) == len(LEDGER)
    phrases = [*AMBIGUITIES.values()]
    phrases += [entry.claim.left.why for entry in LEDGER if entry.claim.left is not None]
    phrases += [Phrase(entry.clause.zh, entry.clause.en) for entry in LEDGER]
    phrases += [item.default for item in FIRMNESS.values() if item.default is not None]
    phrases += [item.limit for item in SOURCES.values() if item.limit is not None]
    for phrase in phrases:
        assert CHINESE.search(phrase.zh)
        assert phrase.en
        assert not CHINESE.search(phrase.en)


def test_cases_are_those_a_row_of_the_clause_decides():
    """Clause to rows to cases: the forged voucher leads from Art. 29, the outage from Art. 17."""
    by_row = cases_by_row()
    assert by_row["V-30"] == ("vehicle-first-forged-paper",)
    assert "vehicle-transfer-seized" in by_row["V-31"]
    assert set(by_row) <= set(ROWS)
    assert "vehicle-first-forged-paper" in BY_ID["order-307/29/s1a"].cases
    assert "vehicle-inspection-outage" in BY_ID["order-307/17(2)/s1"].cases
    shipped = [case.name for case in CASES]
    assert {name for entry in LEDGER for name in entry.cases} == set(shipped)


# Days ---------------------------------------------------------------------------------------------


def binding(on):
    """Return the ids of the clauses in force on a day."""
    return {entry.clause.id for entry in on_day(LEDGER, on).entries}


def test_the_order_binds_from_its_first_day():
    """On 2024-01-31 no checkpoint provision binds, on 2024-02-01 every clause of the Order does."""
    order = set(places())
    before, first = on_day(LEDGER, DAY_BEFORE), on_day(LEDGER, FIRST_DAY)
    assert before.bound is Bound.NATIONAL_ONLY
    assert before.bound.value == "no-checkpoint-provision-in-force"
    assert not binding(DAY_BEFORE) & order
    assert first.bound is Bound.CHECKPOINTS
    assert binding(FIRST_DAY) & order == order
    assert not first.ahead


def test_before_the_order_national_clauses_are_shown_without_rows():
    """No row decides by national law alone: the checkpoint does not apply on that day."""
    entries = on_day(LEDGER, DAY_BEFORE).entries
    assert "V-d:vehicle-purchase-tax-law/13" in {entry.clause.id for entry in entries}
    assert not any(entry.claim.rows or entry.cases for entry in entries)


@pytest.mark.parametrize(
    ("clause", "first"),
    [
        ("V-d:vehicle-purchase-tax-law/13", date(2019, 7, 1)),
        ("V-r:new-energy-vehicle-notice-2023-10", date(2024, 1, 1)),
        ("L-e:deed-tax-law/11", date(2021, 9, 1)),
        ("L-l:value-added-tax-law/3,5", date(2026, 1, 1)),
        ("E-a:individual-income-tax-law/15(2)", date(2019, 1, 1)),
        ("D-d:market-entity-regulations/33(2)", date(2022, 3, 1)),
        ("D-h:company-law/240", date(2024, 7, 1)),
    ],
)
def test_a_clause_binds_from_its_first_day_and_not_before(clause, first):
    """The day before is another day's law."""
    assert clause in binding(first)
    assert clause not in binding(date.fromordinal(first.toordinal() - 1))


def test_the_new_energy_notice_ends():
    """In force on 2027-12-31, not on 2028-01-01; its end changes nothing else."""
    last, after = date(2027, 12, 31), date(2028, 1, 1)
    assert binding(last) - binding(after) == {"V-r:new-energy-vehicle-notice-2023-10"}
    assert binding(after) <= binding(last)
    assert on_day(LEDGER, after).ahead


def test_a_day_without_any_law_is_named():
    """Before the oldest clause nothing binds, and nothing is inferred."""
    nothing = on_day(LEDGER, date(1993, 12, 31))
    assert nothing.bound is Bound.NOTHING
    assert nothing.entries == ()
    assert binding(date(1994, 1, 1)) == {"L-g:land-appreciation-tax-regulations/2,8,10,12"}


def test_a_clause_without_a_first_day_binds_on_no_day():
    """What is not established is shown, not guessed."""
    undated = [entry.clause for entry in LEDGER if entry.clause.since is None]
    assert undated
    for on in (date(1990, 1, 1), FIRST_DAY, date(2026, 11, 23), date(2100, 1, 1)):
        assert not any(clause.binds(on) for clause in undated)
        assert [entry.clause for entry in on_day(LEDGER, on).undated] == undated


def test_the_order_binds_nobody_elsewhere():
    """A registrar of another province is outside, national law binds it all the same."""
    assert not any(clause.binds(FIRST_DAY, "13") for clause in ORDER_CLAUSES)
    assert BY_ID["L-e:deed-tax-law/11"].clause.binds(FIRST_DAY, "13")


# Command line -------------------------------------------------------------------------------------


@pytest.fixture
def law(capsysbinary, monkeypatch):
    """Run `taxgate law` in this process; return exit code, output and complaints."""

    def call(*arguments):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
        code = run(["law", *arguments])
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return call


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", ("规则：", "示例案件：", "疑点1：", "留待经办人：", "可信程度 S", "无人认领0条")),
        ("en", ("rows: ", "cases: ", "ambiguity 1: ", "left to the officer: ", "0 of them")),
    ],
)
def test_law_lists_every_clause_with_what_answers_for_it(law, language, words):
    """Each clause with window, confidence, rows and cases, under its instrument."""
    code, out, err = law("--lang", language)
    assert (code, err) == (0, "")
    for word in words:
        assert word in out
    shown = re.findall(r"^  (\S+) · ", out, re.MULTILINE)
    assert sorted(shown) == sorted(BY_ID)
    for row in ROWS:
        assert f"{row}({FIRMNESS[row].tag})" in out
    for case in CASES:
        assert case.name in out
    if language == "en":
        assert not CHINESE.search(out)
    assert "V-06(F;D)" in out
    assert ("2027年12月31日止" if language == "zh-CN" else "last day 2027-12-31") in out


def test_law_tells_an_unclaimed_clause_aloud(law, monkeypatch):
    """Should one ever slip through, the list says so and counts it."""
    broken = tuple(
        evolve(entry, claim=NOBODY) if entry.clause.id == "order-307/26/s1" else entry
        for entry in LEDGER
    )
    monkeypatch.setattr("taxgate.cli.ledger", lambda: broken)
    _, out, _ = law("--lang", "en")
    assert out.count("UNCLAIMED!") == 1
    assert "1 of them unclaimed" in out


@pytest.mark.parametrize(
    ("language", "named"),
    [("zh-CN", "没有查验环节的条文有效"), ("en", "no checkpoint provision in force")],
)
def test_law_on_the_day_before_says_the_order_is_not_in_force(law, language, named):
    """A named result and no error; national law is listed, rows are not."""
    code, out, err = law("--on", "2024-01-31", "--lang", language)
    assert (code, err) == (0, "")
    assert named in out
    assert "307" in out.splitlines()[0]
    assert "order-307/" not in out
    assert "L-e:deed-tax-law/11" in out
    assert "V-02(" not in out


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_law_on_the_first_day_lists_the_checkpoints(law, language):
    """From 2024-02-01 the Order's clauses are listed with their rows."""
    code, out, _ = law("--on", "2024-02-01", "--lang", language)
    assert code == 0
    for place in places():
        assert place in out
    assert "V-02(F)" in out
    assert "D-h:company-law/240" not in out


def test_law_on_a_day_without_law_says_so(law):
    """Nothing in force is a result too, with exit code 0."""
    code, out, _ = law("--on", "1990-01-01", "--lang", "en")
    assert code == 0
    assert out.startswith("1990-01-01: no provision in force.")
    assert "rows: " not in out


def test_law_on_a_day_to_come_says_what_it_cannot_know(law):
    """After the day the specification was written on, later law is not in the ledger."""
    assert "later changes are not in it" in law("--on", "2028-01-01", "--lang", "en")[1]
    assert "later changes" not in law("--on", "2026-11-23", "--lang", "en")[1]


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2024-13-01", "20240201", "2024-W05-4", "yesterday", "", "２０２４-02-01"],
)
@pytest.mark.parametrize(("language", "told"), [("zh-CN", "不是日期"), ("en", "is no date")])
def test_law_refuses_what_is_no_date(law, text, language, told):
    """A slip is a usage error, never another day's law."""
    code, out, err = law("--on", text, "--lang", language)
    assert (code, out) == (2, "")
    assert told in err
    assert "taxgate --help" in err


def test_law_undated_clauses_are_set_apart(law):
    """They stand below the list, under a heading of their own."""
    _, out, _ = law("--on", "2024-02-01", "--lang", "en")
    head, _, tail = out.partition("First day not established")
    assert "1.1:administrative-licensing-law/32(4)" in tail
    assert "1.1:administrative-licensing-law/32(4)" not in head


def test_law_without_undated_clauses_has_no_such_heading(law, monkeypatch):
    """The heading stands only where something stands under it."""
    dated = tuple(entry for entry in LEDGER if entry.clause.since is not None)
    monkeypatch.setattr("taxgate.cli.ledger", lambda: dated)
    assert "not established" not in law("--on", "2024-02-01", "--lang", "en")[1]


def test_help_tells_the_command_in_both_languages(capsysbinary):
    """The short line is bilingual."""
    run(["--help"])
    out = capsysbinary.readouterr().out.decode("utf-8")
    line = next(line for line in out.splitlines() if line.strip().startswith("law "))
    assert CHINESE.search(line)
    assert re.search(r"/ [a-z]", line)
