"""What is proved of day counts and windows, for days without a bound.

The functions proved are the ones that decide: they are run here on days that are unknown integers,
once for each way their comparisons can turn out. The other side of each proof is the rule of the
law as integer arithmetic, written from the specification on a calendar that never ends.
"""

from __future__ import annotations

from functools import partial
from types import FunctionType, SimpleNamespace

import z3

from proving import prove
from proving_tables import constant
from taxgate.checks.deregistration import application, days, objections, periods
from taxgate.checks.deregistration.application import PushState
from taxgate.checks.deregistration.facts import Delivery, Period
from taxgate.checks.property_title import seals
from taxgate.checks.property_title.execution import Authority
from taxgate.checks.property_title.facts import Force
from taxgate.errors import ApplicationError
from taxgate.law import Provision, reach
from taxgate.law.ledger import Clause
from taxgate.law.order_307 import ART_24_2
from taxgate.terms import Reach

LAST = z3.Int("last day of the calendar")
REST = z3.Function("is a rest day", z3.IntSort(), z3.BoolSort())
WORKING = z3.Function("first working day from", z3.IntSort(), z3.IntSort())
"""The law's next working day, on a calendar that never ends."""


class Ways:
    """Runs a function once for each way its comparisons can turn out."""

    def __init__(self, function):
        self.found = []
        open_ways = [()]
        while open_ways:
            self.given, self.taken = open_ways.pop(), []
            Truth.ways = self
            result = function()
            self.found.append((z3.And(*(claim for claim, _ in self.taken)), result))
            turns = tuple(turn for _, turn in self.taken)
            open_ways.extend(
                (*turns[:place], False) for place in range(len(self.given), len(turns))
            )

    def decide(self, claim):
        """Return how a comparison turns out on this way."""
        place = len(self.taken)
        turn = self.given[place] if place < len(self.given) else True
        self.taken.append((claim if turn else z3.Not(claim), turn))
        return turn


class Truth:
    """A comparison of unknown days; asked for its truth, it turns out either way."""

    ways = None

    def __init__(self, claim):
        self.claim = claim

    def __bool__(self):
        return self.ways.decide(self.claim)


class Day:
    """A calendar day that is an unknown integer; stands in for `datetime.date`."""

    def __init__(self, number):
        self.number = z3.Int(number) if isinstance(number, str) else number

    def toordinal(self):
        """Return the number of the day."""
        return self.number

    def __lt__(self, other):
        return Truth(self.number < other.number)

    def __le__(self, other):
        return Truth(self.number <= other.number)

    def __gt__(self, other):
        return Truth(self.number > other.number)

    def __ge__(self, other):
        return Truth(self.number >= other.number)

    def __eq__(self, other):
        return Truth(self.number == other.number)

    def __ne__(self, other):
        return Truth(self.number != other.number)

    __hash__ = None


Day.max = Day(LAST)
Day.fromordinal = Day


def smallest(left, right):
    """Stand in for `min`."""
    if isinstance(left, Day):
        return Day(smallest(left.number, right.number))
    return z3.If(left <= right, left, right)


def largest(left, right):
    """Stand in for `max`."""
    if isinstance(left, Day):
        return Day(largest(left.number, right.number))
    return z3.If(left >= right, left, right)


def rebound(module, **replaced):
    """Return the functions of *module*, calling each other and what stands in for the rest."""
    names = {**vars(module), **replaced}
    for name, function in vars(module).items():
        if isinstance(function, FunctionType) and name not in replaced:
            names[name] = rebind(function, names)
    return SimpleNamespace(**{name: names[name] for name in names if not name.startswith("__")})


def rebind(function, names):
    """Return *function* with *names* for its globals."""
    return FunctionType(
        function.__code__, names, function.__name__, function.__defaults__, function.__closure__
    )


STAND_INS = {"date": Day, "min": smallest, "max": largest, "frozenset": lambda days: days}
PLAIN = rebound(days, **STAND_INS)
"""The day count with its own next working day."""


def move(day, rest_days):
    """Stand in for the next working day, as `next_working_day` proves it to be."""
    return Day(smallest(WORKING(day.number), LAST)) if rest_days else day


MOVING = rebound(days, **STAND_INS, next_working_day=move)


def course(counted):
    """Return the functions of `periods`, counting by *counted*."""
    return rebound(
        periods,
        **STAND_INS,
        days_later=counted.days_later,
        objection_last_day=counted.objection_last_day,
        publicity_last_day=counted.publicity_last_day,
        window=counted.window,
    )


def on_calendar(*known):
    """Yield, labelled, that days are days of the calendar."""
    for day in known:
        if day is not None:
            yield f"{day.number} is on the calendar", z3.And(day.number >= 1, day.number <= LAST)


def working_days(*numbers):
    """Yield, labelled, what the first working day from a day is."""
    day, between = z3.Ints("day between")
    yield "a working day from a day is none before it", z3.ForAll([day], WORKING(day) >= day)
    for number in numbers:
        first = WORKING(number)
        yield (
            f"all days before the first working day from {number} are rest days",
            z3.ForAll(
                [between], z3.Implies(z3.And(number <= between, between < first), REST(between))
            ),
        )
        yield f"the first working day from {number} is none", z3.Not(REST(first))


# The next working day ---------------------------------------------------------------------------


class LoopedError(Exception):
    """The loop comes round again, at this day."""

    def __init__(self, day):
        super().__init__()
        self.day = day


class OneRound:
    """Rest days that let a loop go round once."""

    def __init__(self):
        self.asked = False

    def __contains__(self, day):
        if self.asked:
            raise LoopedError(day)
        self.asked = True
        return bool(Truth(REST(day.number)))


def next_working_day():
    """Prove the loop by induction: from any day it may be at, either it ends or goes on rightly."""
    start, here, between = z3.Ints("start here between")

    def only_rest_before(day):
        return z3.And(
            start <= day,
            day <= LAST,
            z3.ForAll(
                [between],
                z3.Implies(z3.And(start <= between, between < day), REST(between)),
            ),
        )

    def one_round():
        try:
            return PLAIN.next_working_day(Day(here), OneRound())
        except LoopedError as looped:
            return looped

    questions = []
    for way, result in Ways(one_round).found:
        if isinstance(result, LoopedError):
            goal = z3.And(only_rest_before(result.day.number), result.day.number > here)
        else:
            goal = result.number == smallest(WORKING(start), LAST)
        questions.append(
            {
                "only rest days lie behind": only_rest_before(here),
                **dict(working_days(start)),
                "it turns out so": way,
                "and wrongly": z3.Not(goal),
            }
        )
    return prove(
        "days/next-working-day",
        "a day moves to the first working day from it, or to the last day of the calendar if that"
        " comes first; the loop ends, for each round is a day later and none is after the last",
        {
            "it begins on the calendar": z3.And(start >= 1, start <= LAST),
            "and wrongly": z3.Not(only_rest_before(start)),
        },
        *questions,
    )


# The simplified deregistration ------------------------------------------------------------------


def law_publicity(start, published, *, moves):
    """Return the last day of the publicity: 20 days after the start, or a later published end."""
    last = start + 20
    if published is not None:
        last = z3.If(published > last, published, last)
    return WORKING(last) if moves else last


def law_window(last, extended, *, moves):
    """Return the last day to apply: 20 days after the publicity, or a recorded extension."""
    end = last + 20 if extended is None else extended
    return WORKING(end) if moves else end


def law_course(start, decided, applied, last, latest):
    """Return where the publicity stands, by the specification's day count."""
    return z3.If(
        start > decided,
        constant(Period.NOT_BEGUN),
        z3.If(
            decided <= last,
            constant(Period.RUNNING),
            z3.If(applied <= latest, constant(Period.OVER), constant(Period.APPLIED_LATE)),
        ),
    )


def compared(function, expected, **assumptions):
    """Yield a question for each way of *function*: may it answer other than *expected*?"""
    found = Ways(function).found
    for way, result in found:
        yield {**assumptions, "it turns out so": way, "and wrongly": expected(result)}
    yield {**assumptions, "no way is taken": z3.Not(z3.Or(*(way for way, _ in found)))}


def publicity(*, published, extended, moves):
    """Prove where the publicity stands on any decision day, for any day of application."""
    start, decided, applied = Day("start"), Day("decided"), Day("applied")
    until = Day("published until") if published else None
    extension = Day("extended until") if extended else None
    case = SimpleNamespace(
        publicity=SimpleNamespace(
            readable=True, started_on=start, published_until=until, extended_until=extension
        ),
        decided_on=decided,
        application_date=applied,
        rest_days=("some",) if moves else (),
    )
    last = law_publicity(start.number, until.number if until else None, moves=moves)
    latest = law_window(last, extension.number if extension else None, moves=moves)
    expected = law_course(start.number, decided.number, applied.number, last, latest)
    judged = course(MOVING if moves else PLAIN)._publicity
    name = "-".join(
        part
        for part, wanted in (
            ("publicity", True),
            ("published-end", published),
            ("extension", extended),
            ("rest-days", moves),
        )
        if wanted
    )
    known = dict(on_calendar(start, decided, applied, until, extension))
    if moves:
        known |= dict(working_days())
    return prove(
        f"days/{name}",
        "not begun before the start, running to the 20th day after it (or a later published end),"
        " then over if applied for by the 20th day after that (or a recorded extension), else late",
        *compared(judged_by(judged, case), lambda got: constant(got.period) != expected, **known),
    )


def judged_by(function, case):
    """Return *function* waiting to be run on *case*."""
    return lambda: function(case)


def twenty_days():
    """Prove that the publicity and the window have exactly 20 counted days, from S+1 and P+1."""
    start = Day("start")
    ((way, last),) = Ways(lambda: PLAIN.publicity_last_day(start)).found
    ((way_too, (first, latest)),) = Ways(lambda: PLAIN.window(last)).found
    known = {
        **dict(on_calendar(start)),
        "both end before the calendar does": start.number + 40 <= LAST,
        "it turns out so": z3.And(way, way_too),
    }
    return prove(
        "days/twenty-days",
        "the publicity has 20 counted days, the first the day after the start; the window to apply"
        " is the 20 days after its last",
        {**known, "not 20 days": last.number - start.number != 20},
        {**known, "does not follow": first.number != last.number + 1},
        {**known, "not 20 days to apply": latest.number - first.number + 1 != 20},
    )


def ten_days(*, moves):
    """Prove that an individual business waits ten days after the push, and has no latest day."""
    delivered, decided = Day("delivered"), Day("decided")
    case = SimpleNamespace(
        push=SimpleNamespace(state=PushState.DELIVERED, delivered_on=delivered),
        decided_on=decided,
        rest_days=("some",) if moves else (),
    )
    last = delivered.number + 10
    expected = z3.If(
        delivered.number > decided.number,
        constant(Period.NOT_PUSHED),
        z3.If(
            decided.number <= (WORKING(last) if moves else last),
            constant(Period.TEN_DAYS_RUNNING),
            constant(Period.TEN_DAYS_OVER),
        ),
    )
    known = dict(on_calendar(delivered, decided))
    if moves:
        known |= dict(working_days())
    judged = course(MOVING if moves else PLAIN)._ten_days
    return prove(
        "days/ten-days-rest-days" if moves else "days/ten-days",
        "the ten days run to the tenth day after the push and are over from the eleventh; a push"
        " dated after the decision is none",
        *compared(judged_by(judged, case), lambda got: constant(got.period) != expected, **known),
    )


def not_pushed():
    """Prove that ten days that never began were not delivered: `proving_decisions` rests on it."""
    questions = []
    for state in PushState:
        for day in (None, Day("delivered")):
            decided = Day("decided")
            case = SimpleNamespace(
                push=SimpleNamespace(state=state, delivered_on=day),
                decided_on=decided,
                rest_days=(),
            )
            counted = course(PLAIN)
            questions.extend(
                {
                    **dict(on_calendar(decided, day)),
                    "it turns out so": way,
                    "not begun, yet delivered": z3.And(
                        constant(period) == constant(Period.NOT_PUSHED),
                        constant(delivery) == constant(Delivery.DELIVERED),
                    ),
                }
                for way, (period, delivery) in Ways(
                    lambda counted=counted, case=case: (
                        counted._ten_days(case).period,
                        counted.judge_delivery(case),
                    )
                ).found
            )
    return prove(
        "days/not-pushed",
        "where the ten days never began, the push counts as not delivered",
        *questions,
    )


def within():
    """Prove that an objection lies in the period from its first to its last day, both included."""
    opened, last, raised = Day("opened"), Day("last"), Day("raised")
    case = SimpleNamespace(opened_on=opened, last_day=last)
    inside = z3.And(opened.number <= raised.number, raised.number <= last.number)
    questions = []
    for way, result in Ways(lambda: bool(periods.Course.contains(case, raised))).found:
        questions.append(
            {
                "it turns out so": way,
                "and wrongly": z3.Not(inside) if result else inside,
            }
        )
    return prove(
        "days/within-the-period",
        "an objection is raised in the period from the day it opened to its last day",
        *questions,
    )


def refused(function, case):
    """Return a run of *function* on *case* that tells whether the case is refused."""

    def run():
        try:
            function(case)
        except ApplicationError:
            return True
        return False

    return run


def published_end():
    """Prove that a published end before the 20th day is an input error, and no other is."""
    start, until = Day("start"), Day("published until")
    case = SimpleNamespace(started_on=start, published_until=until, extended_until=None)
    check = rebind(
        application.Publicity.__attrs_post_init__,
        {**vars(application), "shortest_publicity": PLAIN.shortest_publicity},
    )
    wrong = until.number < start.number + 20
    return prove(
        "days/published-end",
        "a published end is refused if and only if it lies before the 20th day (or, at the very end"
        " of the calendar, before its last)",
        *compared(
            refused(check, case),
            lambda got: z3.Not(wrong) if got else z3.And(wrong, until.number < LAST),
            **dict(on_calendar(start, until)),
        ),
    )


def extension(*, moves):
    """Prove that an extension is refused unless it ends 20 to 30 days after the publicity."""
    start, until = Day("start"), Day("extended until")
    counted = MOVING if moves else PLAIN
    case = SimpleNamespace(
        publicity=SimpleNamespace(started_on=start, published_until=None, extended_until=until),
        rest_days=("some",) if moves else (),
    )
    names = {
        **vars(application),
        "frozenset": lambda days: days,
        "publicity_last_day": counted.publicity_last_day,
        "shortest_window": counted.shortest_window,
        "latest_extension": counted.latest_extension,
    }
    check = rebind(application.DeregistrationApplication._demand_fitting_extension, names)
    last = law_publicity(start.number, None, moves=moves)
    fits = z3.And(last + 20 <= until.number, until.number <= last + 30)
    known = dict(on_calendar(start, until))
    known["the window ends before the calendar does"] = last + 30 <= LAST
    if moves:
        known |= dict(working_days())
    return prove(
        "days/extension-rest-days" if moves else "days/extension",
        "an extension is accepted if and only if it ends 20 to 30 days after the publicity",
        *compared(refused(check, case), lambda got: fits if got else z3.Not(fits), **known),
    )


def no_objection():
    """Prove when an answer "no objection" is accepted: silence never is one, nor an early answer.

    The record is of this entity by credit code and name; how names compare is not proved.
    """
    decided, last, answered, dated = Day("decided"), Day("last"), Day("answered"), Day("dated")
    questions = []
    for delivery in Delivery:
        for end in (None, last):
            for issued in (None, dated):
                hearing = SimpleNamespace(
                    application=SimpleNamespace(decided_on=decided, entity=None),
                    course=SimpleNamespace(last_day=end),
                    delivery=delivery,
                    _answered_on=answered,
                )
                record = SimpleNamespace(name=None, issued_on=issued, status="no-objection")
                say = rebind(
                    objections.Hearing._say_none,
                    {**vars(objections), "names_differ": lambda *_: False},
                )
                accepted = z3.And(
                    delivery is Delivery.DELIVERED,
                    end is not None,
                    answered.number == decided.number,
                    last.number < decided.number,
                    z3.Or(
                        issued is None,
                        z3.And(last.number < dated.number, dated.number <= decided.number),
                    ),
                )
                questions.extend(
                    compared(
                        lambda say=say, hearing=hearing, record=record: say(hearing, record),
                        lambda got, accepted=accepted: (
                            z3.Not(accepted) if got[0] is objections.Said.NONE else accepted
                        ),
                    )
                )
    return prove(
        "days/no-objection",
        "no objection is accepted if and only if the push was delivered, the period has ended"
        " before the decision day, the answer is of that day, and its record, where it bears a day,"
        " was made after the period and not after the decision",
        *questions,
    )


def sealed():
    """Prove on which days a seal is in force: up to its stated end, without one for ever."""
    until, on = Day("until"), Day("on")
    questions = []
    for lifted in (False, True):
        for end in (None, until):
            for settled in (False, True):
                for authority in Authority:
                    seal = SimpleNamespace(
                        lifted=lifted, until=end, debt_settled=settled, authority=authority
                    )
                    ended = z3.Or(lifted, z3.And(end is not None, on.number > until.number))
                    questions.extend(
                        compared(
                            lambda seal=seal: seals._force(seal, on),
                            lambda got, ended=ended: z3.Not(ended) if got is Force.ENDED else ended,
                        )
                    )
    return prove(
        "windows/seal",
        "a seal is in force until it is lifted or its stated end has passed, that day included;"
        " payment of the debt alone ends nothing",
        *questions,
    )


# What binds on a day ----------------------------------------------------------------------------


def binds(name, function):
    """Prove that a window of validity is half-open, and that windows in a row part all days."""
    since, until, later, on = Day("since"), Day("until"), Day("later"), Day("on")

    def window(first, end):
        return lambda: bool(function(SimpleNamespace(since=first, until=end, place=None), on))

    def answer(first, end):
        return z3.Or(*(way for way, result in Ways(window(first, end)).found if result))

    inside = z3.And(since.number <= on.number, on.number < until.number)
    one, other = answer(since, until), answer(until, later)
    return prove(
        f"windows/{name}",
        "it binds from its first day to the day before it ends, without an end for ever; of two"
        " windows that follow each other exactly one binds on each day",
        {"with an end, wrongly": one != inside},
        {"without an end, wrongly": answer(since, None) != (since.number <= on.number)},
        {"both bind": z3.And(one, other)},
        {
            "a day of the two": z3.And(since.number <= on.number, on.number < later.number),
            "neither binds": z3.And(z3.Not(one), z3.Not(other)),
        },
    )


def reached():
    """Prove that the Order reaches Shanxi from its first day on, and that place is asked first."""
    since, on = Day("since"), Day("on")
    questions = []
    for place, province in ((None, "11"), ("14", "14"), ("14", "11")):
        provision = SimpleNamespace(place=place, since=since)
        outside = place is not None and place != province
        before = on.number < since.number
        expected = (
            constant(Reach.OUTSIDE_SHANXI)
            if outside
            else z3.If(before, constant(Reach.BEFORE_EFFECTIVE_DATE), constant(Reach.IN))
        )
        questions.extend(
            compared(
                lambda provision=provision, province=province: reach(provision, on, province),
                lambda got, expected=expected: constant(got) != expected,
            )
        )
    assert ART_24_2.since.isoformat() == "2024-02-01"
    return prove(
        "windows/reach",
        "the Order reaches an act in its province from its first day on, and none elsewhere",
        *questions,
    )


CLAIMS = (
    next_working_day,
    twenty_days,
    *(
        partial(publicity, published=published, extended=extended, moves=moves)
        for moves in (False, True)
        for published in (False, True)
        for extended in (False, True)
    ),
    *(partial(claim, moves=moves) for claim in (ten_days, extension) for moves in (False, True)),
    not_pushed,
    within,
    no_objection,
    published_end,
    partial(binds, "provision", Provision.in_force),
    partial(binds, "clause", Clause.binds),
    reached,
    sealed,
)
"""Every claim about days, waiting to be proved."""


def proofs():
    """Yield every proof about days."""
    for claim in CLAIMS:
        yield claim()
