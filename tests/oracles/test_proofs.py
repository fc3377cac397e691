"""An SMT solver proves tables, whole decisions and day counts; and refutes what is not so."""

from __future__ import annotations

import json
import re
from collections import Counter
from operator import mul
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import evolve

from taxgate.checks.deregistration import days
from taxgate.checks.deregistration.facts import WORSE_DOCUMENT
from taxgate.checks.property_title.facts import Force
from taxgate.checks.vehicle.tables import ARREARS, PURCHASE_TAX, SCOPE, VESSEL_TAX
from taxgate.export.rules import every_table
from taxgate.findings import Outcome
from taxgate.terms import WORSE_THAN

pytest.importorskip("z3", reason="the proofs need z3-solver: pip install 'taxgate[oracles]'")

import proving
import proving_days
import proving_decisions
import proving_tables
from proving import RefutedError

TABLES = list(every_table().values())
ORDERED = [
    pytest.param(*claim, id=f"{claim[0].name}-{claim[1]}") for claim in proving_tables.ordered()
]
CLAIMS = [pytest.param(*claim, id=f"{claim[0]}-{claim[2]}") for claim in proving_decisions.claims()]
GROUPS = [pytest.param(*group, id=group[0]) for group in proving_decisions.groups().items()]


def name(table):
    """Return the name of a table as test id."""
    return table.name


@pytest.fixture(scope="module")
def every_proof():
    """Every proof the report is made of."""
    modules = (proving_tables, proving_decisions, proving_days)
    return [proof for module in modules for proof in module.proofs()]


def altered(table, number, **changes):
    """Return what a proof reads of *table*, with one row changed, or left out if nothing is."""
    rows = list(table.rows)
    rows[number : number + 1] = [evolve(rows[number], **changes)] if changes else []
    return SimpleNamespace(name=table.name, columns=table.columns, rows=tuple(rows))


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_every_combination_is_matched_by_exactly_one_row(table):
    """Proved from the rows as they are written: no gap, no overlap, and no row in vain."""
    assert proving_tables.completeness(table).cores
    pairs = len(table.rows) * (len(table.rows) - 1) // 2
    assert len(proving_tables.disjointness(table).cores) == pairs
    assert proving_tables.liveness(table)


@pytest.mark.parametrize(("table", "column", "pairs"), ORDERED)
def test_a_worse_member_never_concludes_milder(table, column, pairs):
    """It is proved of every table with an ordered column, or the table is listed as not alone."""
    if (table.name, column) in proving_tables.NOT_ALONE:
        with pytest.raises(RefutedError):
            proving_tables.monotonicity(table, column, pairs)
    else:
        assert proving_tables.monotonicity(table, column, pairs).cores


@pytest.mark.parametrize(("group", "tables", "column"), CLAIMS)
def test_a_worse_member_never_makes_the_whole_decision_milder(group, tables, column):
    """Over all tables that read one obligation the strictest outcome never becomes milder."""
    assert proving_decisions.monotonicity(group, tables, column).cores


@pytest.mark.parametrize(("group", "tables"), GROUPS)
def test_an_obligation_is_never_passed_over_in_silence(group, tables):
    """Some table speaks, or the obligation is listed with what speaks in its place."""
    if group in proving_decisions.MAY_BE_SILENT:
        with pytest.raises(RefutedError):
            proving_decisions.somebody_speaks(group, tables)
    else:
        assert proving_decisions.somebody_speaks(group, tables).cores


def test_strictness_agrees_with_verdict_and_effect():
    """A stricter outcome has no milder effect; more obligations never make a decision milder."""
    assert proving_decisions.ladder().cores
    assert proving_decisions.more_obligations().cores


def test_the_published_orders_are_orders():
    """They are strict partial orders, and those the package publishes are the same ones."""
    assert len(list(proving_decisions.orders())) == 3
    for column, published in (("state", WORSE_THAN), ("document", WORSE_DOCUMENT)):
        pairs = {(better, worse) for better, all_ in published.items() for worse in all_}
        assert pairs == proving_tables.WORSE[column]


@pytest.mark.parametrize("claim", proving_days.CLAIMS)
def test_days_are_counted_as_the_law_counts_them(claim):
    """The functions that decide agree with the rule for every day, without a bound."""
    assert all(claim().cores)


@pytest.mark.parametrize("table", [SCOPE, VESSEL_TAX], ids=name)
def test_a_missing_row_is_found(table):
    """Whatever row is left out, completeness is refuted with a case it would have matched."""
    for number, row in enumerate(table.rows):
        with pytest.raises(RefutedError) as refuted:
            proving_tables.completeness(altered(table, number))
        for column, accepted in row.when.items():
            told = [f"{column} = {type(member).__name__}.{member}" for member in accepted]
            assert any(fact in refuted.value.witness for fact in told)


@pytest.mark.parametrize("table", [SCOPE, VESSEL_TAX], ids=name)
def test_a_row_that_accepts_too_much_is_found(table):
    """Whatever condition is dropped, disjointness is refuted, unless it made no difference."""
    for number, row in enumerate(table.rows):
        for column in row.when:
            fewer = {name: members for name, members in row.when.items() if name != column}
            if frozenset(row.when[column]) == frozenset(table.columns[column]):
                continue
            with pytest.raises(RefutedError):
                proving_tables.disjointness(altered(table, number, when=fewer))


@pytest.mark.parametrize("table", [PURCHASE_TAX, VESSEL_TAX], ids=name)
def test_an_outcome_that_is_too_mild_is_found(table):
    """A table that only advised on a voucher suspected to be forged would be refuted."""
    (number,) = (
        place
        for place, row in enumerate(table.rows)
        if row.then is Outcome.REFUSE and set(row.when) == {"state"}
    )
    milder = altered(table, number, then=Outcome.ADVISE)
    with pytest.raises(RefutedError):
        proving_tables.monotonicity(milder, "state", proving_tables.WORSE["state"])


def test_arrears_without_the_year_asked_are_found():
    """Alone, the table of arrears would let a decision become milder; together it cannot."""
    with pytest.raises(RefutedError):
        proving_decisions.monotonicity("arrears alone", (ARREARS,), "state")
    assert proving_decisions.monotonicity("together", (VESSEL_TAX, ARREARS), "state").cores


@pytest.mark.parametrize("moves", [False, True])
@pytest.mark.parametrize(
    ("constant", "wrong"), [("PUBLICITY_DAYS", 19), ("PUBLICITY_DAYS", 21), ("WINDOW_DAYS", 21)]
)
def test_a_day_too_many_or_too_few_is_found(monkeypatch, constant, wrong, moves):
    """With another count of days the publicity is refuted, with and without rest days."""
    for counted in ("PLAIN", "MOVING"):
        instead = {"next_working_day": proving_days.move} if counted == "MOVING" else {}
        other = proving_days.rebound(days, **proving_days.STAND_INS, **instead, **{constant: wrong})
        monkeypatch.setattr(proving_days, counted, other)
    with pytest.raises(RefutedError) as refuted:
        proving_days.publicity(published=False, extended=False, moves=moves)
    assert "decided = " in refuted.value.witness


def test_a_window_that_includes_its_end_is_found():
    """A provision that still bound on the day it ends would be refuted."""

    def closed(provision, on):
        return provision.since <= on and (provision.until is None or on <= provision.until)

    with pytest.raises(RefutedError):
        proving_days.binds("closed", closed)


def test_a_seal_that_ends_a_day_early_is_found(monkeypatch):
    """A seal that were over on the last day of its term would be refuted."""

    def early(seal, on):
        over = seal.lifted or (seal.until is not None and on >= seal.until)
        return Force.ENDED if over else Force.IN_FORCE

    monkeypatch.setattr(proving_days, "seals", SimpleNamespace(_force=early))
    with pytest.raises(RefutedError):
        proving_days.sealed()


def test_the_loop_over_rest_days_is_found_if_it_skips_one(monkeypatch):
    """A next working day that goes two days at a time would be refuted."""

    def two_at_a_time(day, count):
        return proving_days.Day(day.number + 2)

    other = proving_days.rebound(days, **proving_days.STAND_INS, days_later=two_at_a_time)
    monkeypatch.setattr(proving_days, "PLAIN", other)
    with pytest.raises(RefutedError):
        proving_days.next_working_day()


def test_the_report_keeps_every_core(tmp_path, monkeypatch, capsys):
    """The command writes each proof with what the solver needed, and says how many there are."""
    monkeypatch.setattr(proving_tables, "proofs", lambda: [proving_tables.completeness(SCOPE)])
    monkeypatch.setattr(proving_decisions, "proofs", lambda: [proving_decisions.ladder()])
    path = tmp_path / "proofs.json"
    assert proving.main([str(path)]) == 0
    told = json.loads(path.read_text(encoding="utf-8"))
    assert len(told["proofs"]) == 2 + len(proving_days.CLAIMS)
    (first, *_) = told["proofs"]
    assert first["name"] == "completeness/vehicle/scope"
    assert first["cores"] == [
        [f"row {n} ({' '.join(row.ids)}) does not match" for n, row in enumerate(SCOPE.rows, 1)]
    ]
    assert "proofs" in capsys.readouterr().out


def test_the_report_is_not_written_where_a_claim_does_not_hold(tmp_path, monkeypatch, capsys):
    """The command then leaves with 1 and names the claim; wrongly used it leaves with 2."""
    monkeypatch.setattr(
        proving_tables, "proofs", lambda: [proving_tables.completeness(altered(SCOPE, 0))]
    )
    path = tmp_path / "proofs.json"
    assert proving.main([str(path)]) == 1
    assert not path.exists()
    assert "completeness/vehicle/scope" in capsys.readouterr().err
    assert proving.main([]) == 2


@pytest.mark.parametrize("page", ["proofs.md", "proofs.zh-CN.md"])
def test_the_page_gives_the_figures_of_a_run(page, every_proof):
    """What is written of how much is proved and compared is what was counted just now."""
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    figures = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", text, re.MULTILINE))
    kinds = Counter(proof.name.partition("/")[0] for proof in every_proof)
    assert figures == {kind: str(count) for kind, count in kinds.items()}
    points = [len(list(table.points())) for table in TABLES]
    with_readings = [1 + len(table.readings) for table in TABLES]
    counted = [
        len(TABLES),
        sum(len(table.rows) for table in TABLES),
        sum(points),
        sum(map(mul, points, with_readings)),
        0,
    ]
    told = re.findall(r"^\| [^`|]+ \| ([\d,]+) \|$", text, re.MULTILINE)
    assert told == [f"{count:,}" for count in counted]
    pairs = sum(len(proof.cores) for proof in every_proof if proof.name.startswith("disjointness"))
    assert f"{pairs:,}" in text
