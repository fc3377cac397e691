"""How an answer of the tax bureau looks on the screen (答复): masked, with source and age."""

from __future__ import annotations

from typing import Any, Final

from ..doctor.advice import ADVICE
from ..evidence import Answer, Inquiry, OutageKind
from ..wording import Text, common
from ..wording.printing import moment
from .masking import masked_value
from .phrases import COLON, filled
from .screen import Screen

__all__ = ["show_answer"]

_ASKED: Final = Text("查验请求", "Inquiry")
_SOURCE: Final = Text("数据来源", "Source")
_AS_OF: Final = Text("数据时点", "as of")
_TRIAL: Final = Text(
    "注意：答复并非即时取自税务机关（{provenance}），不得据此办理登记。",
    "Note: the answer is not a live one ({provenance}); no registration may rest on it.",
)
_RECORDS: Final = Text("记录共{count}条：", "Records: {count}")
_NONE: Final = Text(
    "没有记录。这不等于已完税，也不等于未完税。",
    "No record. That says neither that tax was paid nor that it is owed.",
)
_OUTAGE: Final = Text("{kind}：{cause}（{code}）", "{kind}: {cause} ({code})")
_DETAIL: Final = Text("详情", "Detail")
_WAIT: Final = Text("对方要求等待 {seconds} 秒。", "It asks to wait {seconds} seconds.")
_TO_DO: Final = Text("处置", "What to do")
_TOOK: Final = Text("用时 {seconds} 秒", "took {seconds} s")


def show_answer(screen: Screen, answer: Answer, took: float) -> None:
    """Show an answer for people: its records masked, or the outage and what to do about it.

    Args:
        screen: Where.
        answer: The answer.
        took: Seconds it took.
    """
    language = screen.language
    colon = COLON.to(language)
    told = [common.matter(answer.inquiry.matter, language), *_subject(answer.inquiry)]
    screen.say(f"{_ASKED.to(language)}{colon}{' · '.join(told)}")
    facts = [answer.source, filled(_TOOK, seconds=f"{took:.2f}").to(language)]
    if answer.as_of is not None:
        facts.append(f"{_AS_OF.to(language)} {moment(answer.as_of, language)}")
    facts += [common.reservation(item, language) for item in answer.reservations]
    screen.say(f"{_SOURCE.to(language)}{colon}{' · '.join(facts)}")
    if answer.outage is not None:
        _show_outage(screen, answer)
        return
    if not answer.provenance.counts:
        provenance = common.provenance(answer.provenance, language)
        screen.say(filled(_TRIAL, provenance=provenance), "yellow")
    records = answer.records or ()
    screen.say(filled(_RECORDS, count=str(len(records))) if records else _NONE, "bold")
    for record in records:
        fields = masked_value(record)
        del fields["matter"], fields["status"]
        status = common.status(record.status, language)
        matter = common.matter(record.matter, language)
        screen.say(f"  - {matter}{colon}{status} ({record.status})", "bold")
        for key, value in fields.items():
            screen.say(f"      {key}: {_on_a_line(value)}")


def _show_outage(screen: Screen, answer: Answer) -> None:
    outage, language = answer.outage, screen.language
    assert outage is not None  # noqa: S101 - the caller looked
    colon = COLON.to(language)
    told = filled(
        _OUTAGE,
        kind=common.outage_kind(outage.kind, language),
        cause=common.outage_cause(outage.cause, language),
        code=outage.cause.value,
    )
    screen.say(told, "bold yellow" if outage.kind is OutageKind.UNREACHABLE else "bold red")
    if outage.detail:
        screen.say(f"{_DETAIL.to(language)}{colon}{outage.detail}")
    if outage.retry_after is not None:
        screen.say(filled(_WAIT, seconds=f"{outage.retry_after:.0f}"))
    screen.say(f"{_TO_DO.to(language)}{colon}{ADVICE[outage.cause].to(language)}")


def _subject(inquiry: Inquiry) -> list[str]:
    told = [part.masked for part in (inquiry.vin, inquiry.unit, inquiry.company) if part]
    return [*told, *([inquiry.person.masked] if inquiry.person else [])]


def _on_a_line(value: Any) -> str:  # noqa: ANN401
    """Return a masked value on one line."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return "; ".join(_on_a_line(part) for part in value)
    return str(value)
