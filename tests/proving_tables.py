"""What is proved of each decision table alone, from its rows as they are written.

Nothing here looks at what a table compiled: a row is its conditions, read one by one.
"""

from __future__ import annotations

import time
from functools import cache
from itertools import combinations

import z3

from proving import Proof, RefutedError, prove
from taxgate.checks.deregistration.facts import Document, Objection
from taxgate.export.rules import every_table
from taxgate.findings import Outcome
from taxgate.terms import State

# The published order, written out anew: each better set with the sets that are worse.
FULFILLED = frozenset(
    {State.PAID, State.REDUCED_PAID, State.EXEMPT, State.NOT_TAXABLE, State.DECLARED_ZERO}
)
ABSENT = frozenset({State.NONE_FOUND, State.KEY_MISMATCH})
OWED = frozenset({State.UNPAID, State.INVALID})
ASIDE = frozenset(
    {
        State.DEFERRED,
        State.CONFLICT,
        State.OWNER_MISMATCH,
        State.SOURCE_UNREACHABLE,
        State.SOURCE_UNTRUSTED,
    }
)
FORGED = frozenset({State.FORGED_SUSPECT})
HELD = frozenset({Document.VERIFIED, Document.WAIVED})
NO_DOCUMENT = frozenset({Document.ABSENT, Document.MISMATCH})
ENDED = frozenset({Document.REVOKED})
DOCUMENT_ASIDE = frozenset(
    {Document.CONFLICT, Document.SOURCE_UNREACHABLE, Document.SOURCE_UNTRUSTED}
)
FORGED_DOCUMENT = frozenset({Document.FORGED_SUSPECT})
SETTLED = frozenset({Objection.NONE, Objection.WITHDRAWN})
OUT = frozenset({Objection.RAISED_OUTSIDE_PERIOD})
IN = frozenset({Objection.RAISED_IN_PERIOD})
UNKNOWN = frozenset(Objection) - SETTLED - OUT - IN

LEVELS = {
    "state": (
        (FULFILLED, ABSENT | OWED | ASIDE | FORGED),
        (ABSENT, OWED | FORGED),
        (OWED | ASIDE, FORGED),
    ),
    "document": (
        (HELD, NO_DOCUMENT | ENDED | DOCUMENT_ASIDE | FORGED_DOCUMENT),
        (NO_DOCUMENT, ENDED | FORGED_DOCUMENT),
        (ENDED | DOCUMENT_ASIDE, FORGED_DOCUMENT),
    ),
    "objection": ((SETTLED, UNKNOWN | OUT | IN), (UNKNOWN | OUT, IN)),
}
WORSE = {
    column: frozenset(
        (better, worse) for betters, worses in levels for better in betters for worse in worses
    )
    for column, levels in LEVELS.items()
}
"""Pairs (better, worse) by column."""

SILENT = -1
"""Rank of a row that says nothing: the mildest."""


@cache
def sort_of(kind):
    """Return the solver's sort for an enum, and its members."""
    sort, members = z3.EnumSort(
        f"{kind.__module__}.{kind.__name__}", [f"{kind.__name__}.{member}" for member in kind]
    )
    return sort, dict(zip(kind, members, strict=True))


def constant(member):
    """Return the solver's constant for an enum member."""
    return sort_of(type(member))[1][member]


def variables(columns, suffix=""):
    """Return an unknown for each column, of the sort of its members."""
    return {
        column: z3.Const(f"{column}{suffix}", sort_of(type(members[0]))[0])
        for column, members in columns.items()
    }


def one_of(unknown, members):
    """Say that *unknown* is one of *members*."""
    return z3.Or(*(unknown == constant(member) for member in sorted(members)))


def domain(columns, facts):
    """Yield, labelled, that each column has one of the members its table lists."""
    for column, members in columns.items():
        yield f"{column} is a member of its column", one_of(facts[column], members)


def matches(row, facts):
    """Say that *row* matches."""
    return z3.And(*(one_of(facts[column], accepted) for column, accepted in row.when.items()))


def label(number, row):
    """Return how a row is named in a core: its place in the table and its ids."""
    return f"row {number} ({' '.join(row.ids)})"


def rank(outcome):
    """Return how strict an outcome is."""
    return SILENT if outcome is None else outcome.rank


def concluded(row):
    """Return the rank *row* concludes, with the readings left open."""
    if row.under is None:
        return z3.IntVal(rank(row.then))
    reading, changed = row.under
    return z3.If(z3.Bool(f"reading {reading}"), rank(changed), rank(row.then))


def concludes_outcomes(table):
    """Tell whether a table concludes outcomes, which have an order."""
    return any(isinstance(row.then, Outcome) for row in table.rows)


def completeness(table) -> Proof:
    """Prove that some row matches, whatever the facts."""
    facts = variables(table.columns)
    nothing = {
        f"{label(number, row)} does not match": z3.Not(matches(row, facts))
        for number, row in enumerate(table.rows, 1)
    }
    return prove(
        f"completeness/{table.name}",
        "every combination of the columns' members is matched by a row",
        {**dict(domain(table.columns, facts)), **nothing},
    )


def disjointness(table) -> Proof:
    """Prove that no two rows match together; each core names the columns that part two rows."""
    facts = variables(table.columns)
    said = [
        {
            column: (f"{label(number, row)}: {column}", one_of(facts[column], accepted))
            for column, accepted in row.when.items()
        }
        for number, row in enumerate(table.rows, 1)
    ]
    # Conditions on a column that only one row names can part nothing: left out, less is assumed.
    questions = [
        dict(claims[column] for claims in (one, other) for column in one if column in other)
        for one, other in combinations(said, 2)
    ]
    return prove(f"disjointness/{table.name}", "no combination is matched by two rows", *questions)


def liveness(table) -> Proof:
    """Prove that every row matches something: here a case is what is looked for."""
    begun = time.perf_counter()
    facts = variables(table.columns)
    for number, row in enumerate(table.rows, 1):
        solver = z3.Solver()
        solver.add(matches(row, facts), *(claim for _, claim in domain(table.columns, facts)))
        if solver.check() != z3.sat:
            raise RefutedError(f"liveness/{table.name}", label(number, row))
    seconds = round(time.perf_counter() - begun, 4)
    return Proof(f"liveness/{table.name}", "every row matches some combination", (), seconds)


def monotonicity(table, column, pairs) -> Proof:
    """Prove that a worse member of *column* never concludes milder, whatever readings are on."""
    better, worse = variables(table.columns, " (better)"), variables(table.columns, " (worse)")
    before, after = z3.Ints("before after")
    question = {
        f"one {column} is worse": z3.Or(
            *(
                z3.And(better[column] == constant(one), worse[column] == constant(other))
                for one, other in pairs
            )
        ),
        "the worse concludes milder": after < before,
    }
    for name in table.columns:
        if name != column:
            question[f"{name} is the same"] = better[name] == worse[name]
    for number, row in enumerate(table.rows, 1):
        question[f"better: {label(number, row)}"] = z3.Implies(
            matches(row, better), before == concluded(row)
        )
        question[f"worse: {label(number, row)}"] = z3.Implies(
            matches(row, worse), after == concluded(row)
        )
    for suffix, facts in (("better", better), ("worse", worse)):
        for text, claim in domain(table.columns, facts):
            question[f"{suffix}: {text}"] = claim
    return prove(
        f"monotonicity/{table.name}/{column}",
        f"a worse {column} never concludes milder, all else and all readings being equal",
        question,
    )


NOT_ALONE = frozenset(
    {
        ("vehicle/vessel-tax-arrears", "state"),
        ("deregistration/simplified-clearance", "document"),
        ("deregistration/simplified-clearance", "objection"),
        ("deregistration/exception", "objection"),
        ("deregistration/period", "objection"),
        ("deregistration/verification", "objection"),
    }
)
"""Tables that fall silent on worse facts because another table of the same obligation speaks: by
themselves they are not monotone. What holds is proved of all of them together, in
`proving_decisions`."""


def ordered():
    """Yield every table with each column that has a published order."""
    for table in every_table().values():
        if concludes_outcomes(table):
            for column, pairs in WORSE.items():
                kinds = set(map(type, table.columns.get(column, ())))
                if kinds and kinds == {type(next(iter(pairs))[0])}:
                    yield table, column, pairs


def proofs():
    """Yield every proof about one table."""
    for table in every_table().values():
        yield completeness(table)
        yield disjointness(table)
        yield liveness(table)
    for table, column, pairs in ordered():
        if (table.name, column) not in NOT_ALONE:
            yield monotonicity(table, column, pairs)
