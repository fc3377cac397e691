"""Outcomes: the order of the specification, 1.2, and what `max` makes of it."""

from __future__ import annotations

import itertools

import pytest

from taxgate.findings import Obligation, Outcome, strictest
from taxgate.terms import OK, WORSE_THAN, Effect, Matter, State, Verdict

ORDER = [
    ("not-applicable", Verdict.PASS, Effect.PROCEED),
    ("satisfied", Verdict.PASS, Effect.PROCEED),
    ("advise", Verdict.NOTIFY_TAXPAYER, Effect.PROCEED),
    ("notify", Verdict.NOTIFY_TAXPAYER, Effect.HOLD),
    ("cannot-verify", Verdict.BLOCK, Effect.HOLD),
    ("notify-and-refuse", Verdict.NOTIFY_TAXPAYER, Effect.REFUSE),
    ("refuse", Verdict.BLOCK, Effect.REFUSE),
]


def test_seven_outcomes_in_the_order_of_the_specification():
    """Each with its verdict and effect, from mildest to strictest."""
    assert [(str(item), item.verdict, item.effect) for item in sorted(Outcome)] == ORDER


def test_strictness_goes_by_effect_first_then_by_verdict():
    """The published order is the lexicographic one, but for the unapplied and the satisfied."""
    effects, verdicts = list(Effect), list(Verdict)
    for left, right in itertools.combinations(sorted(Outcome), 2):
        assert left < right
        assert left <= right
        assert right > left
        assert right >= left
        assert not right < left
        assert (effects.index(left.effect), verdicts.index(left.verdict)) <= (
            effects.index(right.effect),
            verdicts.index(right.verdict),
        )


@pytest.mark.parametrize("other", ["refuse", 3, None])
def test_outcomes_compare_with_nothing_else(other):
    """A wire string is no outcome."""
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(Outcome.NOTIFY, compare)(other) is NotImplemented


def test_every_comparison_knows_the_order_by_itself():
    """None of the four leaves it to the other side."""
    for left, right in itertools.product(Outcome, repeat=2):
        places = sorted(Outcome).index(left), sorted(Outcome).index(right)
        for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
            assert getattr(left, compare)(right) is getattr(places[0], compare)(places[1])


def test_an_obligation_without_a_duty_demands_nothing():
    """What no duty table was asked about has no demand."""
    assert Obligation(matter=Matter.APPLICATION, facts=None).demand is None


def test_strictest_is_max_and_nothing_is_no_pass():
    """Any order of any outcomes; none at all is an error."""
    for some in itertools.permutations(Outcome, 3):
        assert all(item <= strictest(some) for item in some)
    with pytest.raises(ValueError, match="empty"):
        strictest([])


def test_the_published_order_of_states_is_a_partial_order():
    """No state is worse than itself, and worse is transitive; fulfilled is better than all else."""
    for state, worse in WORSE_THAN.items():
        assert state not in worse
        for other in worse:
            assert WORSE_THAN[other] <= worse
    for state in OK:
        assert WORSE_THAN[state] == frozenset(State) - OK
    assert WORSE_THAN[State.FORGED_SUSPECT] == frozenset()
    assert State.UNPAID in WORSE_THAN[State.NONE_FOUND]


@pytest.mark.parametrize(("given", "kept"), [(None, "2026"), ("2025", "2025")])
def test_an_appraised_obligation_keeps_its_period(given, kept):
    """The year it is about stays, unless appraisal found another."""
    asked = Obligation(matter=Matter.VEHICLE_AND_VESSEL_TAX, facts=None, period="2026")
    assert asked.appraised("facts", period=given).period == kept
