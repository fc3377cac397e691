"""What holds of every source around other sources, alone and one inside another."""

from __future__ import annotations

import importlib
import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from combined_sources import (
    DOWN,
    NOTHING,
    PAID,
    QUESTION,
    UNPAID,
    UNTRUSTED,
    VVT,
    Scripted,
    Time,
    asked_for,
    soon,
    wall,
)
from recordings import KEY
from taxgate import config
from taxgate.adapters.breaker import BreakerSource
from taxgate.adapters.by_matter import RoutedSource
from taxgate.adapters.cached import CachedSource
from taxgate.adapters.cross_check import CrossCheckSource
from taxgate.adapters.fallback import FallbackSource
from taxgate.adapters.rate_limit import RateLimitedSource
from taxgate.adapters.recording import RecordingSource
from taxgate.errors import ConfigError, MissingExtraError
from taxgate.evidence import OutageCause, OutageKind, Provenance
from taxgate.sources import ClearanceSource, SourceError, ask
from taxgate.terms import Matter
from vehicle_cases import VIN

REPLIES = [PAID, PAID, UNPAID, NOTHING, DOWN, UNTRUSTED, OutageCause.NOT_OPENED]

MAKERS = {
    "cached": lambda inner, hand, _: CachedSource(inner(), clock=wall(), monotonic=hand.monotonic),
    "fallback": lambda inner, hand, _: FallbackSource(inner(), inner(), monotonic=hand.monotonic),
    "cross-check": lambda inner, _hand, __: CrossCheckSource(inner(), inner()),
    "breaker": lambda inner, hand, _: BreakerSource(
        inner(), failures=2, seconds=5, monotonic=hand.monotonic
    ),
    "rate-limit": lambda inner, hand, _: RateLimitedSource(
        inner(), calls=2, seconds=3, monotonic=hand.monotonic, sleep=hand.sleep
    ),
    "recording": lambda inner, _hand, path: RecordingSource(inner(), path, key=KEY, clock=wall()),
    "by-matter": lambda inner, _hand, __: RoutedSource({QUESTION.matter: inner()}, inner()),
}

NESTED = st.recursive(
    st.sampled_from(["bureau"]),
    lambda inside: st.tuples(st.sampled_from(list(MAKERS)), st.lists(inside, min_size=2)),
    max_leaves=6,
)


@given(
    plan=NESTED,
    replies=st.lists(st.sampled_from(REPLIES), min_size=1, max_size=8),
    steps=st.lists(
        st.tuples(st.sampled_from([QUESTION, asked_for(matter=VVT)]), st.integers(0, 4)),
        min_size=1,
        max_size=8,
    ),
    provenance=st.sampled_from(list(Provenance)),
)
def test_no_combination_says_what_no_source_said(
    tmp_path_factory, plan, replies, steps, provenance
):
    """Theorem: each record handed on was given, trusted, by a bureau inside to that question."""
    hand = Time()
    path = tmp_path_factory.mktemp("nested") / "r.jsonl"
    bureaus, built = [], []

    def build(part):
        if part == "bureau":
            bureau = Scripted(
                *replies[len(bureaus) % len(replies) :],
                name=f"bureau-{len(bureaus)}",
                provenance=provenance,
            )
            bureaus.append(bureau)
            built.append(bureau)
            return bureau
        kind, parts = part
        insides = iter([build(each) for each in parts])
        built.append(MAKERS[kind](lambda: next(insides), hand, path))
        return built[-1]

    source = build(plan)
    assert isinstance(source, ClearanceSource)
    for question, pause in steps:
        hand.now += pause
        try:
            answer = ask(source, question, hand.deadline())
        except SourceError:
            continue
        assert answer.inquiry == question
        given_to_it = [
            item for each in bureaus for item in each.given if item.inquiry.key == question.key
        ]
        assert given_to_it, "no bureau answered, and there is an answer"
        assert set(answer.records) <= {record for item in given_to_it for record in item.records}
        # No kind of source makes an answer count more than it did.
        assert answer.provenance.counts <= provenance.counts
        assert answer.provenance in {provenance, Provenance.CACHED}
    for each in built:
        each.close()


@pytest.mark.parametrize("kind", list(MAKERS))
@pytest.mark.parametrize("cause", list(OutageCause))
def test_an_outage_stays_an_outage_of_its_kind(tmp_path, kind, cause):
    """Unreachable does not become untrusted, nor the other way round, nor an empty answer."""
    source = MAKERS[kind](lambda: Scripted(cause), Time(), tmp_path / "r.jsonl")
    with pytest.raises(SourceError) as caught:
        source.query(QUESTION, soon())
    assert caught.value.outage.kind is cause.kind
    source.close()


@pytest.mark.parametrize("kind", list(MAKERS))
def test_an_answer_to_another_question_is_untrusted(tmp_path, kind):
    """Even from a source inside that does not look (40)."""

    class Careless(Scripted):
        def query(self, inquiry, deadline):
            return super().query(asked_for(matter=VVT), deadline)

    source = MAKERS[kind](lambda: Careless(PAID), Time(), tmp_path / "r.jsonl")
    with pytest.raises(SourceError) as caught:
        source.query(QUESTION, soon())
    assert caught.value.outage.cause is OutageCause.SUBJECT_MISMATCH
    assert caught.value.outage.kind is OutageKind.UNTRUSTED
    source.close()


@pytest.mark.parametrize("kind", list(MAKERS))
def test_no_identifier_gets_out(tmp_path, kind, caplog):
    """Neither into the log at DEBUG nor into a repr or an error (64)."""
    shown = []
    with caplog.at_level(logging.DEBUG):
        for reply in (PAID, NOTHING, DOWN, UNTRUSTED):
            source = MAKERS[kind](
                lambda reply=reply: Scripted(reply, DOWN), Time(), tmp_path / "r.jsonl"
            )
            for _ in range(4):
                try:
                    source.query(QUESTION, soon())
                except SourceError as error:
                    shown += [str(error), repr(error), repr(error.outage)]
            shown += [repr(source), str(source), source.name]
            source.close()
    assert VIN.value not in caplog.text
    assert not [text for text in shown if VIN.value in text]


@pytest.mark.parametrize(
    ("library", "make"),
    [("cachetools", "cached"), ("pybreaker", "breaker"), ("pyrate_limiter", "rate-limit")],
)
def test_a_library_that_is_missing_is_named_with_its_extra(monkeypatch, tmp_path, library, make):
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError) as caught:
        MAKERS[make](lambda: Scripted(PAID), Time(), tmp_path / "r.jsonl")
    assert caught.value.extra == "resilience"


def test_importing_the_modules_loads_none_of_the_libraries():
    """They are loaded when a source that needs them is made."""
    program = (
        "import sys\n"
        "import taxgate.adapters.cached, taxgate.adapters.breaker, taxgate.adapters.rate_limit\n"
        "print(sorted({'cachetools', 'pybreaker', 'pyrate_limiter'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


# From a configuration file ------------------------------------------------------------------------

KINDS = {
    "cached": "cached",
    "fallback": "fallback",
    "cross-check": "cross_check",
    "breaker": "breaker",
    "rate-limit": "rate_limit",
    "recording": "recording",
    "replay": "replay",
    "by-matter": "by_matter",
}


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Return a function that loads a configuration in which every kind is registered."""

    def point(name, module):
        return SimpleNamespace(
            name=name,
            dist=SimpleNamespace(name="taxgate"),
            load=lambda: importlib.import_module(f"taxgate.adapters.{module}").from_settings,
        )

    points = [point(name, module) for name, module in KINDS.items()]
    bureau = SimpleNamespace(name="bureau", dist=None, load=lambda: lambda _: Scripted(PAID))
    monkeypatch.setattr(config, "entry_points", lambda **_: [*points, bureau])
    monkeypatch.setenv("RECORDING_KEY", "a key for tests only")

    def loaded(tables, source="it"):
        path = tmp_path / "taxgate.toml"
        path.write_text(
            f'[gate]\nsource = "{source}"\ntrial = true\n'
            f'[sources.one]\nkind = "bureau"\n[sources.two]\nkind = "bureau"\n{tables}'
        )
        path.chmod(0o600)
        return config.load(path).sources

    return loaded


TABLES = {
    "cached": 'of = "one"\nseconds = 30\nmost = 10',
    "fallback": 'sources = ["one", "two"]',
    "cross-check": 'first = "one"\nsecond = "two"\nalone = true',
    "breaker": 'of = "one"\nfailures = 2\nseconds = 1.5',
    "rate-limit": 'of = "one"\ncalls = 3',
    "recording": 'of = "one"\npath = "r.jsonl"\nkey = { env = "RECORDING_KEY" }',
    "by-matter": 'otherwise = "two"\nmatters = { vehicle-purchase-tax = "one" }',
}


@pytest.mark.parametrize("kind", list(TABLES))
def test_each_kind_can_be_configured(load, kind):
    """What the table says is what is made, and it answers."""
    source = load(f'[sources.it]\nkind = "{kind}"\n{TABLES[kind]}\n')
    assert source.query(QUESTION, soon()).records == PAID
    source.close()


def test_a_recording_can_be_played_back_by_configuration(load):
    """The same key, taken from the environment."""
    table = f'[sources.it]\nkind = "recording"\n{TABLES["recording"]}\n'
    source = load(table)
    source.query(QUESTION, soon())
    source.close()
    source = load(
        '[sources.it]\nkind = "replay"\npath = "r.jsonl"\nkey = { env = "RECORDING_KEY" }\n'
        'known = ["V-1"]\nas_if_now = true\n'
    )
    answer = source.query(QUESTION, soon())
    assert (answer.records, answer.provenance) == (PAID, Provenance.REPLAYED)


@pytest.mark.parametrize(
    ("kind", "table", "place"),
    [
        ("cached", 'of = "one"\nseconds = 601', "seconds"),
        ("cached", 'of = "one"\nttl = 5', "ttl"),
        ("cached", "", "of"),
        ("fallback", 'sources = ["one"]', "sources"),
        ("fallback", "", "sources"),
        ("cross-check", 'first = "one"', "second"),
        ("cross-check", 'first = "one"\nsecond = "three"', "second"),
        ("breaker", 'of = "one"\nfailures = 0', "failures"),
        ("rate-limit", 'of = "one"', "calls"),
        ("rate-limit", 'of = "one"\ncalls = 1\nseconds = 0', "seconds"),
        ("recording", 'of = "one"\npath = "r.jsonl"', "key"),
        ("recording", 'of = "one"\nkey = { env = "RECORDING_KEY" }', "path"),
        ("replay", 'path = "nowhere"\nkey = { env = "RECORDING_KEY" }', "path"),
        ("by-matter", 'matters = { no-such-tax = "one" }', "matters.no-such-tax"),
        ("by-matter", "", "matters"),
        ("by-matter", 'matters = { deed-tax = "it" }', "matters.deed-tax"),
    ],
)
def test_what_is_wrong_in_a_table_is_a_fault_at_its_place(load, kind, table, place):
    """Every fault is named at start (a circle of sources, too)."""
    with pytest.raises(ConfigError) as caught:
        load(f'[sources.it]\nkind = "{kind}"\n{table}\n')
    assert f"sources.it.{place}" in {found for found, _ in caught.value.faults}


def test_every_matter_may_be_named(load):
    """By the name it has on the wire."""
    matters = "\n".join(f'{matter} = "one"' for matter in Matter)
    source = load(f'[sources.it]\nkind = "by-matter"\n[sources.it.matters]\n{matters}\n')
    assert source.query(asked_for(matter=VVT), soon()).records == PAID
