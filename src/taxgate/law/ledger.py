"""The clause ledger (条款台账): every clause the checkpoints rest on, and who answers for it.

A clause is claimed by rows of the specification, by a named ambiguity, or is left, with a reason,
to the officer or outside a registrar's rules. For a provision that tables cite the rows are read
off the tables (`taxgate.tracing`); here stands only what no table can tell. Texts are in our own
words; the official text is what counts.

Source: Order No. 307, Arts. 2, 9, 17 to 19, 23 to 27, 29 to 34, sentence by sentence.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen

from . import SHANXI, Instrument, Provision
from .ambiguities import AMBIGUITIES
from .confidence import SOURCES, Confidence, Phrase, Trust

__all__ = [
    "NOBODY",
    "Claim",
    "Clause",
    "Keeper",
    "Left",
    "doubt",
    "national_clause",
    "officer",
    "outside",
    "rows",
    "uncited_clause",
]


class Keeper(StrEnum):
    """With whom a clause stays that no row carries out."""

    OFFICER = "officer"
    """A person at the office decides it (留待经办人)."""
    OUTSIDE = "outside"
    """It binds others, or stands behind the rows; no registrar decides anything by it."""


@frozen
class Left:
    """Why no row carries a clause out.

    Attributes:
        to: With whom it stays.
        why: The reason.
    """

    to: Keeper
    why: Phrase


@frozen
class Claim:
    """What answers for a clause; any one of the three will do, none will not.

    Attributes:
        rows: Ids of the specification's rows.
        ambiguities: Numbers of the named ambiguities (`AMBIGUITIES`).
        left: With whom it stays, and why.

    Raises:
        ValueError: There is no ambiguity of that number, or a reason is empty.
    """

    rows: tuple[str, ...] = ()
    ambiguities: tuple[int, ...] = ()
    left: Left | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a claim that names nothing."""
        for number in self.ambiguities:
            if number not in AMBIGUITIES:
                raise ValueError(f"no ambiguity has the number {number}")
        if self.left is not None and not (self.left.why.zh.strip() and self.left.why.en.strip()):
            raise ValueError("a clause is left to somebody for a reason")

    @property
    def stands(self) -> bool:
        """Whether anything is named at all."""
        return bool(self.rows or self.ambiguities or self.left is not None)

    def joined(self, other: Claim) -> Claim:
        """Return both claims as one; each row and ambiguity once, in order."""
        return Claim(
            rows=tuple(sorted({*self.rows, *other.rows})),
            ambiguities=tuple(sorted({*self.ambiguities, *other.ambiguities})),
            left=self.left or other.left,
        )


NOBODY: Final = Claim()
"""The claim nobody made: a clause that still has it when tables are joined is unclaimed."""


@frozen(kw_only=True)
class Clause:
    """One clause, in force between two days.

    Attributes:
        id: Public and never reused: `order-307/24(2)/s1a` for the first half of the first sentence
            of Art. 24 para. 2, `V-d:vehicle-purchase-tax-law/13` for a national provision.
        instrument: Where it stands.
        article: Articles as cited; empty for a whole notice.
        source: The specification's name of the provision.
        zh: What it says, in our own words, in Chinese.
        en: The same in English.
        trust: How the text was read.
        claim: What answers for it beside the rows read off the tables.
        since: First day it binds; None where that day is not established: then no day counts.
        until: First day it no longer binds; None while it does.
        place: Two-digit province it is limited to; None for the whole country.
        provision: The provision tables cite; None where none does.
    """

    id: str
    instrument: Instrument
    article: str
    source: str
    zh: str
    en: str
    trust: Trust
    claim: Claim
    since: date | None
    until: date | None = None
    place: str | None = None
    provision: Provision | None = None

    @property
    def confidence(self) -> Confidence:
        """The specification's tag."""
        return self.trust.confidence

    def binds(self, on: date, province: str = SHANXI) -> bool:
        """Tell whether it binds a registrar of *province* on the calendar day *on* (China time).

        A clause whose first day is not established binds on no day: none is claimed for it.
        """
        return (
            self.since is not None
            and self.since <= on
            and (self.until is None or on < self.until)
            and (self.place is None or self.place == province)
        )


def rows(ids: str, *ambiguities: int) -> Claim:
    """Return the claim of the rows in *ids*, set apart by blanks, and of the *ambiguities*."""
    return Claim(rows=tuple(ids.split()), ambiguities=ambiguities)


def doubt(*ambiguities: int) -> Claim:
    """Return the claim of the named *ambiguities* alone."""
    return Claim(ambiguities=ambiguities)


def officer(zh: str, en: str) -> Claim:
    """Return the claim that leaves a clause to the officer, with the reason."""
    return Claim(left=Left(Keeper.OFFICER, Phrase(zh, en)))


def outside(zh: str, en: str) -> Claim:
    """Return the claim that a clause gives a registrar nothing to decide, with the reason."""
    return Claim(left=Left(Keeper.OUTSIDE, Phrase(zh, en)))


def national_clause(provision: Provision, claim: Claim = NOBODY) -> Clause:
    """Return the clause of a *provision* that tables cite, with what they cannot tell of it.

    Raises:
        KeyError: The specification gives no confidence for the provision's source.
    """
    name = provision.source if " " not in provision.source else "other"
    return Clause(
        id=f"{name}:{provision.id}".rstrip("/"),
        instrument=provision.instrument,
        article=provision.article,
        source=provision.source,
        zh=provision.zh,
        en=provision.en,
        trust=SOURCES[provision.source],
        claim=claim,
        since=provision.since,
        until=provision.until,
        place=provision.place,
        provision=provision,
    )


def uncited_clause(
    instrument: Instrument,
    article: str,
    source: str,
    since: date | None,
    text: Phrase,
    claim: Claim,
    until: date | None = None,
) -> Clause:
    """Return a national clause that no table cites.

    Args:
        instrument: Where it stands.
        article: Articles as cited; empty for a whole notice.
        source: The specification's name of the provision, or number of the section that names it.
        since: First day it binds. None where the specification does not give it; where it gives a
            year only, the last day of that year: by then it was in force.
        text: What it says, in our own words.
        claim: What answers for it.
        until: First day it no longer binds.

    Raises:
        KeyError: The specification gives no confidence for the source.
    """
    return Clause(
        id=f"{source}:{instrument.id}/{article}".rstrip("/"),
        instrument=instrument,
        article=article,
        source=source,
        zh=text.zh,
        en=text.en,
        trust=SOURCES[source],
        claim=claim,
        since=since,
        until=until,
    )
