"""Which source is asked depends on the matter."""

from __future__ import annotations

import pytest

from combined_sources import NOTHING, PAID, QUESTION, VVT, Scripted, asked_for, soon
from taxgate.adapters.by_matter import RoutedSource
from taxgate.errors import ConfigError
from taxgate.evidence import OutageCause, Provenance
from taxgate.sources import SourceUnavailableError
from taxgate.terms import Matter

VPT = Matter.VEHICLE_PURCHASE_TAX


def test_each_matter_goes_to_its_source():
    """Purchase tax is asked of one bureau, vehicle and vessel tax of another."""
    one, two = Scripted(PAID), Scripted(NOTHING)
    source = RoutedSource({VPT: one, VVT: two})
    assert source.query(QUESTION, soon()).records == PAID
    assert source.query(asked_for(matter=VVT), soon()).records == NOTHING
    assert (len(one.asked), len(two.asked)) == (1, 1)


def test_a_matter_without_a_source_is_not_open():
    """It is an outage, never "no record" (Order Art. 18)."""
    with pytest.raises(SourceUnavailableError) as caught:
        RoutedSource({VPT: Scripted(PAID)}).query(asked_for(matter=VVT), soon())
    assert caught.value.outage.cause is OutageCause.NOT_OPENED


def test_others_may_have_a_source_in_common():
    """What is set for no matter of its own goes there."""
    others = Scripted(NOTHING)
    source = RoutedSource({VPT: Scripted(PAID)}, others)
    assert source.query(asked_for(matter=VVT), soon()).records == NOTHING
    assert source.query(QUESTION, soon()).records == PAID
    assert len(others.asked) == 1


def test_it_vouches_for_no_more_than_its_weakest_source():
    """One source of made-up answers is enough (85)."""
    made_up = Scripted(PAID, provenance=Provenance.IN_MEMORY)
    assert RoutedSource({VPT: Scripted(PAID), VVT: made_up}).provenance is Provenance.IN_MEMORY
    assert RoutedSource({VPT: Scripted(PAID)}, made_up).provenance is Provenance.IN_MEMORY


def test_closing_closes_every_source_once():
    """Also one that serves two matters."""
    one, two = Scripted(PAID), Scripted(PAID)
    RoutedSource({VPT: one, VVT: one}, two).close()
    assert (one.closed, two.closed) == (1, 1)


def test_no_source_at_all_is_a_fault():
    """It is refused at start."""
    with pytest.raises(ConfigError):
        RoutedSource({})
