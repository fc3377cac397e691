"""What is proved of the whole decision: the strictest of all tables that read one obligation.

Tables that share an obligation share its facts; the strictest that speaks wins. On the simplified
route of a deregistration two obligations read one document, so they are taken together.
"""

from __future__ import annotations

import z3

from proving import prove
from proving_tables import (
    SILENT,
    WORSE,
    concluded,
    constant,
    domain,
    label,
    matches,
    one_of,
    variables,
)
from taxgate.checks import deregistration, equity_transfer, property_title
from taxgate.checks.deregistration.documents import _HOLDINGS
from taxgate.checks.deregistration.duties import ClearanceDuty
from taxgate.checks.deregistration.facts import (
    Delivery,
    Document,
    Holding,
    ObjectionFacts,
    Period,
)
from taxgate.checks.deregistration.simplified import SIMPLIFIED_CLEARANCE, SIMPLIFIED_TABLES
from taxgate.checks.equity_transfer.duties import TransferDuty
from taxgate.checks.equity_transfer.tables import Authenticity
from taxgate.checks.vehicle.duties import PurchaseTaxDuty
from taxgate.checks.vehicle.tables import BENCH as VEHICLE_BENCH
from taxgate.findings import Outcome
from taxgate.terms import Effect, Verdict

BENCHES = {
    "vehicle": VEHICLE_BENCH,
    "property-title": property_title._BENCH,
    "equity-transfer": equity_transfer._BENCH,
    "deregistration": deregistration._BENCH,
}
SIMPLIFIED_ROUTE = "deregistration/simplified-route"


def groups():
    """Return the tables of every obligation by its name, and those of the simplified route."""
    found = {
        f"{checkpoint}/{facts.__name__}": tables
        for checkpoint, bench in BENCHES.items()
        for facts, tables in bench._tables.items()
        if facts is not ObjectionFacts  # half of the simplified route
    }
    found[SIMPLIFIED_ROUTE] = (SIMPLIFIED_CLEARANCE, *SIMPLIFIED_TABLES)
    return found


def columns_of(tables):
    """Return the columns of all *tables*, each with the members every one of them knows."""
    columns = {}
    for table in tables:
        for column, members in table.columns.items():
            known = columns.get(column, members)
            columns[column] = tuple(member for member in known if member in members)
    return columns


def appraised(name, facts):
    """Yield, labelled, what appraisal guarantees of the facts beyond what the columns list.

    That a push is not delivered where the ten days never began is proved in `proving_days`; the
    others are read off the appraisal and covered by tests only.
    """
    if name == SIMPLIFIED_ROUTE:
        yield "the route is the simplified one", facts["duty"] == constant(ClearanceDuty.SIMPLIFIED)
        for document in Document:
            holding = _HOLDINGS.get(document, Holding.NO_DOCUMENT)
            yield (
                f"what is held with a document that is {document}",
                z3.Implies(
                    facts["document"] == constant(document), facts["holding"] == constant(holding)
                ),
            )
        yield (
            "ten days that never began were not pushed",
            z3.Implies(
                facts["period"] == constant(Period.NOT_PUSHED),
                facts["delivery"] != constant(Delivery.DELIVERED),
            ),
        )
    elif name == "deregistration/ClearanceFacts":
        yield (
            "the route is another than the simplified one",
            facts["duty"] != constant(ClearanceDuty.SIMPLIFIED),
        )
    elif name == "equity-transfer/IncomeTaxFacts":
        yield (
            "a deal awaits the court only while its papers are not settled",
            z3.Implies(
                facts["duty"] == constant(TransferDuty.AWAITS_COURT),
                facts["authenticity"] != constant(Authenticity.SETTLED),
            ),
        )


def asked(name, facts):
    """Yield, labelled, when an obligation has to be answered by its own tables."""
    if name == "vehicle/PurchaseTaxFacts":
        unasked = frozenset({PurchaseTaxDuty.NOT_ASKED, PurchaseTaxDuty.IGNORED})
        yield "purchase tax is asked for", z3.Not(one_of(facts["duty"], unasked))


def strictest(tables, facts, suffix):
    """Return the strictest rank of *tables* on *facts*, and, labelled, what it follows from."""
    ranks, claims = [], {}
    for table in tables:
        mine = z3.Int(f"rank of {table.name}{suffix}")
        ranks.append(mine)
        for number, row in enumerate(table.rows, 1):
            claims[f"{table.name}{suffix}: {label(number, row)}"] = z3.Implies(
                matches(row, facts), mine == concluded(row)
            )
    whole = ranks[0]
    for mine in ranks[1:]:
        whole = z3.If(mine > whole, mine, whole)
    return whole, claims


def monotonicity(name, tables, column):
    """Prove that a worse member of *column* never makes the whole milder."""
    columns = columns_of(tables)
    better, worse = variables(columns, " (better)"), variables(columns, " (worse)")
    before, follows = strictest(tables, better, " (better)")
    after, follows_too = strictest(tables, worse, " (worse)")
    question = {
        **follows,
        **follows_too,
        f"one {column} is worse": z3.Or(
            *(
                z3.And(better[column] == constant(one), worse[column] == constant(other))
                for one, other in WORSE[column]
            )
        ),
        "the worse concludes milder": after < before,
    }
    # What a document is decides what is held: that column moves along.
    moving = {column, "holding"} if name == SIMPLIFIED_ROUTE and column == "document" else {column}
    for other in columns:
        if other not in moving:
            question[f"{other} is the same"] = better[other] == worse[other]
    for suffix, facts in (("better", better), ("worse", worse)):
        for text, claim in (*domain(columns, facts), *appraised(name, facts)):
            question[f"{suffix}: {text}"] = claim
    return prove(
        f"whole-monotonicity/{name}/{column}",
        f"over {len(tables)} tables: a worse {column} never makes the strictest outcome milder",
        question,
    )


def somebody_speaks(name, tables):
    """Prove that not all tables of an obligation are silent."""
    columns = columns_of(tables)
    facts = variables(columns)
    whole, follows = strictest(tables, facts, "")
    return prove(
        f"never-silent/{name}",
        f"over {len(tables)} tables: at least one concludes an outcome",
        {
            **follows,
            **dict(domain(columns, facts)),
            **dict(appraised(name, facts)),
            **dict(asked(name, facts)),
            "all are silent": whole == SILENT,
        },
    )


OUTCOMES = {outcome.rank: outcome for outcome in Outcome}


def ladder():
    """Prove that a stricter outcome never has a milder effect, nor, at that effect, verdict."""
    one, other = z3.Ints("one other")

    def value(rank, kind, order):
        found = z3.IntVal(-1)
        for number, outcome in OUTCOMES.items():
            found = z3.If(rank == number, order.index(getattr(outcome, kind)), found)
        return found

    ranks = {
        "both are outcomes": z3.And(
            one >= 0, one < len(OUTCOMES), other >= 0, other < len(OUTCOMES)
        ),
        "one is milder": one < other,
    }
    effects = [Effect.PROCEED, Effect.HOLD, Effect.REFUSE]
    verdicts = [Verdict.PASS, Verdict.NOTIFY_TAXPAYER, Verdict.BLOCK]
    effect = (value(one, "effect", effects), value(other, "effect", effects))
    verdict = (value(one, "verdict", verdicts), value(other, "verdict", verdicts))
    return prove(
        "strictness/outcomes",
        "a stricter outcome has no milder effect, and at the same effect no milder verdict",
        {**ranks, "its effect is milder": effect[0] > effect[1]},
        {
            **ranks,
            "same effect": effect[0] == effect[1],
            "its verdict is milder": verdict[0] > verdict[1],
        },
    )


def more_obligations():
    """Prove the step from one obligation to any number of them.

    By induction: the strictest of what is known and one more outcome is never milder than what is
    known, and never milder where that one more outcome, or what is known, is stricter.
    """
    known, stricter, more, worse = z3.Ints("known stricter more worse")

    def both(left, right):
        return z3.If(left > right, left, right)

    return prove(
        "whole-monotonicity/obligations",
        "one more obligation, or a stricter outcome of one, never makes a decision milder",
        {"one more makes it milder": both(known, more) < known},
        {
            "what is known is stricter": known <= stricter,
            "the other is no milder": more <= worse,
            "together they are milder": both(stricter, worse) < both(known, more),
        },
    )


def orders():
    """Prove that each published order is one: nothing is worse than itself, worse is transitive."""
    for column, pairs in WORSE.items():
        kind = type(next(iter(pairs))[0])
        first, second, third = (
            variables({column: tuple(kind)}, f" {number}")[column] for number in range(3)
        )

        def worse(one, other, pairs=pairs):
            return z3.Or(
                *(z3.And(one == constant(a), other == constant(b)) for a, b in sorted(pairs))
            )

        yield prove(
            f"order/{column}",
            "the published order is a strict partial order",
            {"it is worse than itself": worse(first, first)},
            {
                "a second is worse": worse(first, second),
                "a third is worse still": worse(second, third),
                "yet not worse than the first": z3.Not(worse(first, third)),
            },
        )


MAY_BE_SILENT = {
    "vehicle/Scope": "the checkpoint governs the act: its taxes decide",
    "property-title/Scope": "the checkpoint governs the act: its taxes decide",
    "equity-transfer/Scope": "the checkpoint governs the act: its deals decide",
    "equity-transfer/DealScope": "the checkpoint governs the deal: its tax decides",
    "deregistration/Scope": "the checkpoint governs the act: document or registration decides",
    "deregistration/RulingFacts": "a ruling nobody doubts: the document decides",
    "property-title/OtherTaxFacts": "nothing was reported: the three taxes decide",
    "property-title/SealFacts": "a seal that is no bar: the taxes decide",
    "property-title/RegisterFacts": "the register was read: its seals decide",
    "property-title/RequestFacts": "a transfer is asked for: seals and taxes decide",
}
"""Obligations of which every table may be silent, and what speaks then."""


def claims():
    """Yield every obligation with each column of its facts that has a published order."""
    for name, tables in groups().items():
        columns = columns_of(tables)
        for column, pairs in WORSE.items():
            kinds = set(map(type, columns.get(column, ())))
            if kinds == {type(next(iter(pairs))[0])}:
                yield name, tables, column


def proofs():
    """Yield every proof about the whole decision."""
    yield from orders()
    yield ladder()
    for name, tables, column in claims():
        yield monotonicity(name, tables, column)
    yield more_obligations()
    for name, tables in groups().items():
        if name not in MAY_BE_SILENT:
            yield somebody_speaks(name, tables)
