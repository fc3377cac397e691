"""Recordings made for tests, and a record in which every text could identify somebody."""

from __future__ import annotations

from datetime import date

from combined_sources import Scripted, soon, wall
from taxgate.adapters.recording import RecordingSource
from taxgate.adapters.replay import ReplaySource
from taxgate.parties import IdType, Person
from taxgate.secret import Secret
from taxgate.sources import SourceError
from vehicle_cases import AT, record

KEY = Secret("a key for tests only")


def recorded(path, *replies, at=AT, **options):
    """Return a recording source over a scripted one."""
    return RecordingSource(Scripted(*replies, **options), path, key=KEY, clock=wall(at))


def record_all(path, *pairs):
    """Record a reply to each question."""
    for question, reply in pairs:
        source = recorded(path, reply)
        try:
            source.query(question, soon())
        except SourceError:
            pass
        finally:
            source.close()


def replay(path, **options):
    """Return what plays it back."""
    return ReplaySource(path, KEY, **options)


CANARY = Person(IdType.RESIDENT_NUMBER, "149999198001010013", "示范人名")
EVERYTHING = record(
    voucher_no="V-CANARY",
    cancels="C-CANARY",
    taxpayer=CANARY,
    issued_on=date(2026, 11, 1),
    plate_no="晋A00001",
    plate_class="小型汽车",
    engine_no="E-CANARY",
    policy_no="P-CANARY",
    model="M-1",
)
