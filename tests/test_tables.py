"""The table engine: what it proves, with a witness, and what it answers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest
from attrs import frozen

from taxgate.errors import (
    TableDeadRowError,
    TableError,
    TableGapError,
    TableOrderError,
    TableOverlapError,
    TableSizeError,
)
from taxgate.findings import Outcome
from taxgate.law import Instrument, Provision, reach
from taxgate.tables import LARGEST, Row, Table, when
from taxgate.terms import Language, Reach, Reading


class Light(StrEnum):
    """A column of three."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Walker(StrEnum):
    """A column of two."""

    NONE = "none"
    WAITING = "waiting"


@frozen
class Facts:
    """Facts of the sample table."""

    light: Light
    walker: Walker


WORSE = {
    Light.GREEN: frozenset({Light.AMBER, Light.RED}),
    Light.AMBER: frozenset({Light.RED}),
    Light.RED: frozenset(),
}
COLUMNS = {"light": tuple(Light), "walker": tuple(Walker)}


def row(name, then, under=None, **conditions):
    """Return a row named *name*."""
    return Row((name,), when(**conditions), then, f"sample/{name}-{{light}}", under=under)


GO = row("go", Outcome.SATISFIED, light=Light.GREEN, walker=Walker.NONE)
YIELD = row("yield", Outcome.NOTIFY, light=Light.GREEN, walker=Walker.WAITING)
STOP = row("stop", Outcome.REFUSE, light=(Light.AMBER, Light.RED))


def table(*rows, columns=COLUMNS, worse=None):
    """Build the sample table."""
    return Table(
        name="sample/light",
        question=("可以通行吗？", "May one go?"),
        columns=columns,
        rows=rows,
        worse=worse or {},
    )


def test_decides_by_the_one_row_that_matches():
    """A row that names no column accepts every member of it; the code is filled in."""
    sample = table(GO, YIELD, STOP, worse={"light": WORSE})
    for walker in Walker:
        ruling = sample.decide(Facts(Light.RED, walker))
        assert (ruling.row, ruling.conclusion) == (STOP, Outcome.REFUSE)
        assert ruling.code == "sample/stop-red"
        assert ruling.table is sample
        assert ruling.reading is None
    assert sample.decide(Facts(Light.GREEN, Walker.WAITING)).row is YIELD
    assert len(list(sample.points())) == 6


def test_order_of_rows_means_nothing():
    """Any order of the rows gives the same rulings."""
    one, other = table(GO, YIELD, STOP), table(STOP, YIELD, GO)
    for light in Light:
        for walker in Walker:
            facts = Facts(light, walker)
            assert one.decide(facts).row is other.decide(facts).row


def test_one_column_tables_are_looked_up_alike():
    """A table of a single column decides on objects with that one attribute."""
    single = table(
        row("go", Outcome.SATISFIED, light=Light.GREEN),
        row("stop", Outcome.REFUSE, light=(Light.AMBER, Light.RED)),
        columns={"light": tuple(Light)},
    )
    assert single.decide(Facts(Light.AMBER, Walker.NONE)).conclusion is Outcome.REFUSE


def test_gap_names_a_witness():
    """A combination no row matches is named."""
    with pytest.raises(TableGapError, match="light=green, walker=waiting"):
        table(GO, STOP)


def test_overlap_names_the_witness_and_both_rows():
    """A combination two rows match is named with both."""
    both = row("both", Outcome.NOTIFY, light=Light.GREEN)
    with pytest.raises(TableOverlapError, match=r"go.*both.*light=green, walker=none"):
        table(GO, both, STOP)


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ({"sound": Light.RED}, "names column 'sound'"),
        ({"light": Walker.NONE}, "light never is none"),
        ({"light": ()}, "accepts no light"),
    ],
)
def test_rows_that_cannot_match_are_named(conditions, said):
    """An unknown column, a member of another column, an empty condition."""
    with pytest.raises(TableDeadRowError, match=said):
        table(GO, YIELD, STOP, row("dead", Outcome.REFUSE, **conditions))


def test_a_milder_conclusion_for_a_worse_state_is_named():
    """Red must not be milder than amber."""
    with pytest.raises(TableOrderError, match="light=red, walker=none is worse than light=amber"):
        table(
            row("green", Outcome.SATISFIED, light=Light.GREEN),
            row("amber", Outcome.REFUSE, light=Light.AMBER),
            row("red", Outcome.NOTIFY, light=Light.RED),
            worse={"light": WORSE},
        )


def test_saying_nothing_is_mildest():
    """Silence for the worse state is out of order; for the better one it is not."""
    silent_red = (
        row("green", Outcome.SATISFIED, light=(Light.GREEN, Light.AMBER)),
        row("red", None, light=Light.RED),
    )
    with pytest.raises(TableOrderError):
        table(*silent_red, worse={"light": WORSE})
    silent_green = (
        row("green", None, light=(Light.GREEN, Light.AMBER)),
        row("red", Outcome.ADVISE, light=Light.RED),
    )
    sample = table(*silent_green, worse={"light": WORSE})
    assert sample.decide(Facts(Light.GREEN, Walker.NONE)).conclusion is None


def test_the_order_is_proved_under_every_reading():
    """A reading that loosens the worse state is refused although the default is in order."""
    loosened = row(
        "red", Outcome.REFUSE, under=(Reading.IIT_STRICT, Outcome.SATISFIED), light=Light.RED
    )
    with pytest.raises(TableOrderError):
        table(
            row("green", Outcome.SATISFIED, light=Light.GREEN),
            row("amber", Outcome.NOTIFY, light=Light.AMBER),
            loosened,
            worse={"light": WORSE},
        )


def test_members_the_table_does_not_list_are_not_compared():
    """A worse member outside the column's list asks nothing of the table."""
    narrow = table(
        row("green", Outcome.REFUSE, light=Light.GREEN),
        columns={"light": (Light.GREEN,)},
        worse={"light": WORSE},
    )
    assert narrow.decide(Facts(Light.GREEN, Walker.NONE)).conclusion is Outcome.REFUSE
    with pytest.raises(KeyError):
        narrow.decide(Facts(Light.RED, Walker.NONE))


def test_a_reading_changes_one_rows_conclusion_and_says_so():
    """Only the row that names the reading changes; others and the default stay."""
    strict = row(
        "yield",
        Outcome.NOTIFY,
        under=(Reading.IIT_STRICT, Outcome.REFUSE),
        light=Light.GREEN,
        walker=Walker.WAITING,
    )
    sample = table(GO, strict, STOP)
    on = frozenset({Reading.IIT_STRICT, Reading.EQUITY_STRICT})
    waiting, free = Facts(Light.GREEN, Walker.WAITING), Facts(Light.GREEN, Walker.NONE)
    assert sample.decide(waiting).conclusion is Outcome.NOTIFY
    assert sample.decide(waiting, on).conclusion is Outcome.REFUSE
    assert sample.decide(waiting, on).reading is Reading.IIT_STRICT
    assert sample.decide(free, on).reading is None
    assert sample.decide(waiting, frozenset({Reading.EQUITY_STRICT})).conclusion is Outcome.NOTIFY
    assert sample.readings == {Reading.IIT_STRICT}


def test_rulings_are_built_once():
    """The same facts under the same readings give the very same ruling."""
    sample = table(GO, YIELD, STOP)
    facts = Facts(Light.RED, Walker.NONE)
    assert sample.decide(facts) is sample.decide(facts)
    assert sample.decide(facts) is sample.decide(facts, frozenset({Reading.IIT_STRICT}))


def test_too_many_combinations_are_refused():
    """A table too large to prove at import must be split."""
    wide = {f"column{number}": tuple(Light) for number in range(8)}
    assert LARGEST < 3**8
    with pytest.raises(TableSizeError, match="6561"):
        table(STOP, columns=wide)


def test_errors_are_one_family():
    """Whatever is wrong with a table is a `TableError` that names it."""
    with pytest.raises(TableError, match="table sample/light: "):
        table(GO)


def test_row_accepts_what_its_conditions_name():
    """The naive reading of a row."""
    assert STOP.accepts({"light": Light.RED, "walker": Walker.NONE})
    assert not STOP.accepts({"light": Light.GREEN, "walker": Walker.NONE})


NOTICE = Instrument("notice", "某公告", "A Notice")
WINDOW = Provision(
    NOTICE, "3(2)", "X-1", date(2024, 2, 1), "正文", "text", until=date(2025, 1, 1), place="14"
)


@pytest.mark.parametrize(
    ("on", "binds"),
    [
        (date(2024, 1, 31), False),
        (date(2024, 2, 1), True),
        (date(2024, 2, 29), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), False),
    ],
)
def test_provisions_bind_between_their_days(on, binds):
    """The first day counts, the day of expiry does not."""
    assert WINDOW.in_force(on) is binds


def test_citations_in_both_languages():
    """Article and paragraph as each reader expects them; a whole notice without article."""
    assert WINDOW.cite(Language.ZH_CN) == "《某公告》第3条第2款"
    assert WINDOW.cite(Language.EN) == "A Notice, Art. 3(2)"
    whole = Provision(NOTICE, "", "X-2", date(2024, 1, 1), "正文", "text")
    assert whole.cite(Language.ZH_CN) == "《某公告》"
    assert whole.cite(Language.EN) == "A Notice"
    several = Provision(NOTICE, "12,15(1)", "X-3", date(2024, 1, 1), "正文", "text")
    assert several.cite(Language.ZH_CN) == "《某公告》第12条、第15条第1款"
    assert several.id == "notice/12,15(1)"


@pytest.mark.parametrize(
    ("on", "province", "expected"),
    [
        (date(2024, 2, 1), "14", Reach.IN),
        (date(2024, 1, 31), "14", Reach.BEFORE_EFFECTIVE_DATE),
        (date(2024, 1, 31), "13", Reach.OUTSIDE_SHANXI),
        (date(2024, 2, 1), "13", Reach.OUTSIDE_SHANXI),
    ],
)
def test_reach_in_time_and_place(on, province, expected):
    """Place first, then the first day."""
    assert reach(WINDOW, on, province) is expected


def test_a_provision_for_the_whole_country_has_no_outside():
    """Without a place only the day counts."""
    national = Provision(NOTICE, "1", "X-4", date(2024, 1, 1), "正文", "text")
    assert reach(national, date(2024, 1, 1), "65") is Reach.IN


@pytest.mark.parametrize("columns", [("walker", "light"), ("light", "walker")])
def test_the_order_is_proved_in_whatever_column_it_stands(columns):
    """First or last: red must not be milder than amber."""
    by_name = {"walker": tuple(Walker), "light": tuple(Light)}
    with pytest.raises(TableOrderError) as caught:
        table(
            row("green", Outcome.SATISFIED, light=Light.GREEN),
            row("amber", Outcome.REFUSE, light=Light.AMBER),
            row("red", Outcome.NOTIFY, light=Light.RED),
            columns={name: by_name[name] for name in columns},
            worse={"light": WORSE},
        )
    assert caught.value.table == "sample/light"


@pytest.mark.parametrize(
    "rows",
    [
        (GO, STOP),
        (GO, YIELD, STOP, row("both", Outcome.NOTIFY, light=Light.GREEN)),
        (GO, YIELD, STOP, row("dead", Outcome.REFUSE, sound=Light.RED)),
        (GO, YIELD, STOP, row("dead", Outcome.REFUSE, light=Walker.NONE)),
        (GO, YIELD, STOP, row("dead", Outcome.REFUSE, light=())),
    ],
)
def test_an_error_names_its_table(rows):
    """Whoever wrote the table finds it by its name."""
    with pytest.raises(TableError) as caught:
        table(*rows)
    assert caught.value.table == "sample/light"


def test_the_largest_table_is_still_one():
    """4,096 combinations are proved; one more column is too many."""
    columns = {f"column{number}": tuple(Walker) for number in range(12)}
    assert len(Walker) ** 12 == LARGEST
    every = Row(("any",), when(), Outcome.NOTIFY, "sample/any")
    assert len(table(every, columns=columns).rulings(frozenset())) == LARGEST
    with pytest.raises(TableSizeError) as caught:
        table(every, columns=columns | {"more": tuple(Walker)})
    assert caught.value.table == "sample/light"
