"""The notice (一次性告知书) as a value, and as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from ..terms import Effect, Language
from ..wording.forms import (
    ANOTHERS_OPEN,
    INTRODUCTION,
    INTRODUCTION_TO_AUTHORITY,
    LABELS,
    OTHERS_OPEN,
    bracketed,
    clauses,
    labelled,
)
from ..wording.printing import day


@frozen(kw_only=True)
class NoticeItem:
    """One thing the addressee is told; all texts are in the notice's language, masked.

    Attributes:
        matter: Tax or tax document.
        period: Tax period, where there is one.
        subject: What was checked, masked.
        party: Party concerned, masked, where that is not the addressee.
        withholding_agent: Who has to withhold, masked, where that is another.
        source: With whom it was checked.
        as_of: As of when.
        result: Result of the check.
        code: Public reason code; "cannot-verify" where the addressee is told no more than that.
        reason: What the result means.
        differs: For a conflict or a mismatch: what differs.
        basis: Provisions in force on the governing day.
        action: What to do.
        authority: Which authority to turn to; None where to none.
        evidence: What cures it and how it reaches the office; None where nothing is needed.
        outcome: What this item alone means for the application.
        ways: Ways out, any one of which will do, each with who can act; empty where nothing is
            missing.
    """

    matter: str
    period: str | None
    subject: str
    party: str | None
    withholding_agent: str | None
    source: str
    as_of: str
    result: str
    code: str
    reason: str
    differs: tuple[str, ...]
    basis: tuple[str, ...]
    action: str
    authority: str | None
    evidence: str | None
    outcome: str
    ways: tuple[str, ...] = ()

    def lines(self, language: Language) -> Iterator[str]:
        """Yield the item as labelled lines."""
        code = bracketed(f"{LABELS['code'].to(language)} {self.code}", language)
        for name, value in (
            ("subject", self.subject),
            ("period", self.period),
            ("party", self.party),
            ("withholding-agent", self.withholding_agent),
            ("checked", clauses((self.source, self.as_of), language)),
            (
                "result",
                self.result + code,
            ),
            ("reason", self.reason),
            ("differs", clauses(self.differs, language)),
            ("basis", clauses(self.basis, language)),
            ("action", self.action),
            ("authority", self.authority),
            ("evidence", self.evidence),
            ("ways", clauses(self.ways, language)),
            ("item-effect", self.outcome),
        ):
            if value:
                yield labelled(name, value, language)


@frozen(kw_only=True)
class Notice:
    """What one addressee is told, once, with all of its reasons and only those.

    Attributes:
        title: Title of the form.
        addressee: Who is told: a person masked, or an authority by its name; a blank to fill in
            where nobody is known.
        role: In which role.
        to_authority: Whether the addressee is an authority, not a party.
        office: Name of the registration office; a blank where unknown, as the next two.
        office_phone: Its telephone number.
        case_no: Its case number.
        date: Calendar day of the check in China.
        act: Checkpoint and kind of registration.
        items: What the addressee is told; empty for an applicant or another party who only learns
            that somebody else's item is open.
        effect: What the office may do with the application, as far as the addressee may know.
        effect_text: The same in words.
        until: How long a hold lasts; None where there is none.
        others_open: Whether an item told to another party holds the application too.
        obstacles: Non-tax obstacles that stand.
        contact: Whom to ask.
        remedies: What the addressee can do against it.
        language: Language of all texts.
    """

    title: str
    addressee: str
    role: str
    to_authority: bool
    office: str
    office_phone: str
    case_no: str
    date: date
    act: str
    items: tuple[NoticeItem, ...]
    effect: Effect
    effect_text: str
    until: str | None
    others_open: bool
    obstacles: tuple[str, ...]
    contact: str
    remedies: tuple[str, ...]
    language: Language

    @property
    def text(self) -> str:
        """The whole notice as plain text."""
        return "\n".join(self._lines())

    def __str__(self) -> str:
        return self.text

    def _lines(self) -> Iterator[str]:
        language = self.language
        yield self.title
        yield ""
        yield labelled("addressee", self.addressee + bracketed(self.role, language), language)
        yield labelled("office", self.office, language)
        yield labelled("office-phone", self.office_phone, language)
        yield labelled("case-no", self.case_no, language)
        yield labelled("date", day(self.date, language), language)
        yield labelled("act", self.act, language)
        if self.items:
            opening = INTRODUCTION_TO_AUTHORITY if self.to_authority else INTRODUCTION
            yield ""
            yield opening.to(language)
        for number, item in enumerate(self.items, start=1):
            yield ""
            yield f"{number}. {item.matter}"
            yield from (f"   {line}" for line in item.lines(language))
        yield ""
        if self.others_open:
            yield (OTHERS_OPEN if self.items else ANOTHERS_OPEN).to(language)
        if self.obstacles:
            yield labelled("obstacles", " ".join(self.obstacles), language)
        yield labelled("effect", self.effect_text, language)
        if self.until is not None:
            yield labelled("until", self.until, language)
        yield labelled("contact", self.contact, language)
        for remedy in self.remedies:
            yield labelled("remedies", remedy, language)
        yield ""
        yield labelled("signature", self.office, language)
