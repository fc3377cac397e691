"""The whole way to a decision (审查过程说明), as a tree of texts: for officers, review and audit.

From the case over each obligation, its inquiry, its answer, its records and its facts to the row of
each table that matched, also where that says nothing, and to what decides in the end. Everything is
masked, and everything that was typed stands on one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from attrs import fields, frozen

from .evidence import Answer, Inquiry, Provenance
from .findings import Finding, Obligation, Weighed
from .identifiers import mask_code
from .notices.names import known_names
from .proceedings import Obstacle, Referral
from .remedies import Remedy
from .tables import Ruling
from .terms import Language, Matter
from .wording import common
from .wording.actions import NOBODY
from .wording.forms import EXPLANATION, LABELS, bracketed, clauses, colon, listed
from .wording.printing import day, free_text, moment, one_line

if TYPE_CHECKING:
    from .decision import Decision

__all__ = ["Node", "explain"]


@frozen
class Node:
    """A text with the texts that explain it.

    Attributes:
        text: One line.
        children: What lies below it, in reading order.
    """

    text: str
    children: tuple[Node, ...] = ()

    def __str__(self) -> str:
        return "\n".join((self.text, *self._branches("")))

    def _branches(self, indent: str) -> Iterator[str]:
        for number, child in enumerate(self.children, start=1):
            last = number == len(self.children)
            yield f"{indent}{'└─ ' if last else '├─ '}{child.text}"
            yield from child._branches(indent + ("   " if last else "│  "))  # noqa: SLF001


def explain(decision: Decision, language: Language | str = Language.ZH_CN) -> Node:
    """Return the whole way to *decision*.

    Raises:
        MissingTextError: A code has no wording: a fault of this package.
        ValueError: A language nobody knows.
    """
    return _Explainer(decision, Language(language)).tree()


@frozen
class _Explainer:
    decision: Decision
    language: Language

    def tree(self) -> Node:
        decision, language = self.decision, self.language
        head = (
            self._label("decision")
            + common.verdict(decision.verdict, language)
            + colon(language)
            + common.effect(decision.effect, language)
            + bracketed(f"{decision.verdict}/{decision.effect}", language)
        )
        return Node(
            head,
            (
                *self._case(),
                *(self._obligation(*group) for group in _by_obligation(decision)),
                self._group("deciding", (self._brief(item) for item in decision.deciding)),
                self._group("obstacles", (self._obstacle(item) for item in decision.obstacles)),
                self._group(
                    "flags",
                    (
                        Node(common.flag(item, language) + bracketed(item, language))
                        for item in decision.flags
                    ),
                ),
                self._group("referrals", (self._referral(item) for item in decision.referrals)),
            ),
        )

    # The case ---------------------------------------------------------------------------------

    def _case(self) -> Iterator[Node]:
        decision, heading, language = self.decision, self.decision.heading, self.language
        where = common.checkpoint(heading.checkpoint, language)
        act = common.act(heading.checkpoint, heading.act, language)
        applicant = heading.applicant.masked if heading.applicant is not None else None
        named = (heading.office, heading.case_no, str(heading.division), applicant)
        yield self._line("case", clauses((where, act, *_present(named)), language))
        yield self._line("governing-day", day(heading.governing_on, language))
        yield self._line("checked-at", moment(heading.at, language))
        yield self._line("may-complete", self._yes_no(decision.may_complete))
        yield self._line("verified", self._yes_no(decision.verified))
        yield self._line("retryable", self._yes_no(decision.retryable))
        readings = [
            common.reading(item, language) + bracketed(item, language)
            for item in sorted(decision.readings)
        ]
        yield self._line("readings", clauses(readings, language) or self._word("none"))

    # One obligation ---------------------------------------------------------------------------

    def _obligation(self, obligation: Obligation, findings: tuple[Finding, ...]) -> Node:
        party = obligation.party.masked if obligation.party is not None else None
        named = _present((obligation.subject or None, obligation.period, party))
        title = clauses((common.matter(obligation.matter, self.language), *named), self.language)
        return Node(self._label("obligation") + title, tuple(self._way(obligation, findings)))

    def _way(self, obligation: Obligation, findings: tuple[Finding, ...]) -> Iterator[Node]:
        if obligation.duty is not None:
            yield Node(self._label("duty") + self._matched(obligation.duty))
        if obligation.inquiry is not None:
            yield self._inquiry(obligation.inquiry)
        if obligation.answer is not None:
            yield self._answer(obligation.answer)
        for item in obligation.weighed:
            yield self._weighed(item)
        facts = _facts(obligation.facts)
        if facts:
            yield self._line("facts", ", ".join(facts))
        if obligation.basis is not None:
            yield self._line("basis", common.basis(obligation.basis, self.language))
        for finding in findings:
            yield self._finding(finding)
        for cure in self.decision.remedies():
            if cure.obligation is obligation:
                yield self._cure(cure)

    def _cure(self, cure: Remedy) -> Node:
        ways = tuple(Node(common.way(way, self.language)) for way in cure.ways)
        return Node(LABELS["ways"].to(self.language), ways or (Node(NOBODY.to(self.language)),))

    def _inquiry(self, inquiry: Inquiry) -> Node:
        told = [common.matter(inquiry.matter, self.language)]
        told += [part.masked for part in (inquiry.vin, inquiry.unit, inquiry.company) if part]
        if inquiry.person is not None:
            told.append(inquiry.person.masked)
        if inquiry.years:
            years = ", ".join(map(str, inquiry.years))
            told.append(self._label("years") + years)
        if inquiry.purpose is not None:
            told.append(self._label("purpose") + inquiry.purpose.provision)
        return self._line("inquiry", clauses(map(one_line, told), self.language))

    def _answer(self, answer: Answer) -> Node:
        told = [one_line(answer.source)]
        if answer.as_of is not None:
            told.append(moment(answer.as_of, self.language))
        if answer.outage is not None:
            kind = common.outage_kind(answer.outage.kind, self.language)
            cause = common.outage_cause(answer.outage.cause, self.language)
            told += [kind, cause + bracketed(answer.outage.cause, self.language)]
        else:
            told.append(f"{len(answer.records or ())} {self._word('records')}")
        if answer.provenance is not Provenance.GIVEN:
            told.append(common.provenance(answer.provenance, self.language))
        told += [common.reservation(item, self.language) for item in answer.reservations]
        if answer.consultation_id is not None:
            told.append(mask_code(answer.consultation_id))
        return self._line("answer", clauses(told, self.language))

    def _weighed(self, item: Weighed) -> Node:
        record, paper, language = item.record, item.paper, self.language
        told = [common.matter(record.matter, language), common.status(record.status, language)]
        if record.voucher_no is not None:
            told.append(mask_code(record.voucher_no))
        if record.taxpayer is not None:
            told.append(one_line(record.taxpayer.masked))
        if record.issued_on is not None:
            told.append(self._label("issued") + day(record.issued_on, language))
        if record.authority is not None:
            told.append(self._label("authority") + str(record.authority))
        if paper is not None and paper.verified_by is not None:
            channel = common.channel(paper.verified_by, language)
            told.append(self._label("verified-by") + channel)
        elif paper is not None:
            told.append(self._word("not-verified"))
        standing = common.standing(item.standing, language)
        why = common.why(item, self.decision.heading.checkpoint, language)
        children = [Node(standing + bracketed(item.standing, language) + colon(language) + why)]
        if paper is not None and paper.forgery is not None:
            children.append(self._line("suspicion", self._typed(paper.forgery)))
        name = "record" if paper is None else "paper"
        return Node(self._label(name) + clauses(told, language), tuple(children))

    # One finding ------------------------------------------------------------------------------

    def _finding(self, finding: Finding) -> Node:
        ruling, row, language = finding.ruling, finding.ruling.row, self.language
        if finding.silent:
            return Node(self._label("table") + self._matched(ruling))
        heading = self.decision.heading
        outcome = common.outcome(finding.outcome, language)
        children = [
            self._line("reason", common.reason(finding, language)),
            self._line("conclusion", outcome + bracketed(finding.outcome, language)),
        ]
        if ruling.reading is not None:
            children.append(self._line("reading", common.reading(ruling.reading, language)))
        cites = [item.cite(language) for item in finding.cites(heading.governing_on)]
        if cites:
            children.append(self._line("citations", clauses(cites, language)))
        if row.to:
            cure = common.step(row.step, finding.obligation.matter, heading.checkpoint, language)
            children.append(self._line("step", cure))
            told = (common.addressee(item, language) for item in row.to)
            children.append(self._line("told", listed(told, language)))
        return Node(self._label("table") + self._matched(ruling), tuple(children))

    def _matched(self, ruling: Ruling[Any]) -> str:
        """Return a table's question and the row that answered it."""
        table = ruling.table
        question = table.question[self.language is Language.EN]
        conclusion = self._word("silent") if ruling.conclusion is None else str(ruling.conclusion)
        rows = self._label("row") + ", ".join(ruling.row.ids)
        said = clauses((conclusion, rows, ruling.code), self.language)
        return f"{question} [{table.name}] → {said}"

    def _brief(self, finding: Finding) -> Node:
        outcome = common.outcome(finding.outcome, self.language)
        reason = common.reason(finding, self.language)
        source = clauses((finding.code, *finding.rows), self.language)
        return Node(outcome + colon(self.language) + reason + bracketed(source, self.language))

    # The rest ---------------------------------------------------------------------------------

    def _obstacle(self, item: Obstacle) -> Node:
        kind = common.obstacle(item.kind, self.language)
        reason = common.obstacle_reason(item, self.language)
        source = clauses((item.kind, *item.rows), self.language)
        return Node(kind + colon(self.language) + reason + bracketed(source, self.language))

    def _referral(self, item: Referral) -> Node:
        told = [common.suspicion(item.kind, self.language)]
        if item.matter is not None:
            told.append(common.matter(item.matter, self.language))
        if item.person is not None:
            told.append(one_line(item.person.masked))
        if item.voucher_no is not None:
            told.append(mask_code(item.voucher_no))
        if item.reason is not None:
            told.append(self._typed(item.reason))
        if item.basis.in_force(self.decision.heading.governing_on):
            told.append(item.basis.cite(self.language))
        return Node(clauses(told, self.language))

    def _group(self, name: str, children: Iterable[Node]) -> Node:
        below = tuple(children)
        return Node(self._word(name) if below else self._label(name) + self._word("none"), below)

    def _typed(self, text: str) -> str:
        return free_text(text, known_names(self.decision))

    def _yes_no(self, value: bool) -> str:  # noqa: FBT001 - the value is the question
        return self._word("yes" if value else "no")

    def _word(self, name: str) -> str:
        return EXPLANATION[name].to(self.language)

    def _label(self, name: str) -> str:
        return self._word(name) + colon(self.language)

    def _line(self, name: str, value: str) -> Node:
        return Node(self._label(name) + value)


def _by_obligation(decision: Decision) -> Iterator[tuple[Obligation, tuple[Finding, ...]]]:
    """Yield each obligation with its findings: first the application as a whole."""
    groups: dict[int, list[Finding]] = {}
    for finding in (*decision.findings, *decision.silent):
        groups.setdefault(id(finding.obligation), []).append(finding)
    whole_first = sorted(
        groups.values(), key=lambda group: group[0].obligation.matter is not Matter.APPLICATION
    )
    for group in whole_first:
        yield group[0].obligation, tuple(group)


def _facts(facts: Any) -> list[str]:  # noqa: ANN401 - each kind of obligation has its own
    """Return facts as `column=member`: closed enums only, so nothing here is anybody's data."""
    if facts is None:
        return []
    return [f"{item.name}={getattr(facts, item.name)}" for item in fields(type(facts))]


def _present(parts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(one_line(part) for part in parts if part)
