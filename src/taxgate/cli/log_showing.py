"""How entries and counts of the log look on the screen (日志显示): redacted, acts told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from ..evidence import OutageCause
from ..findings import Outcome
from ..terms import Checkpoint, Effect, Flag, Language, ObstacleKind
from ..wording import Text, common
from ..wording.printing import moment
from . import log_phrases as phrases
from .phrases import COLON, filled
from .screen import Row, Screen

if TYPE_CHECKING:
    from ..log import Entry
    from ..log.reporting import Counts

__all__ = ["show_counts", "show_entries", "show_entry", "worded"]

_PAGE: Final = 200
_LINES: Final = 15
"""Lines of one count; `--json` has all."""
_TOKEN: Final = 20
"""Characters of a token on the screen; `--json` has all."""

_TELLERS: Final[Mapping[type[StrEnum], Any]] = {
    Checkpoint: common.checkpoint,
    Effect: common.effect,
    Flag: common.flag,
    ObstacleKind: common.obstacle,
    Outcome: common.outcome,
    OutageCause: common.outage_cause,
}

_STYLES: Final = {"act": "bold magenta", "reading": "cyan", "erasure": "cyan", "key": "cyan"}


def worded(words: type[StrEnum] | None, code: str, language: Language) -> str:
    """Return *code* in words, followed by itself; itself alone where this copy has no words."""
    if words is None or code not in {item.value for item in words}:
        return code
    return f"{_TELLERS[words](words(code), language)} ({code})"


def show_entries(screen: Screen, entries: Iterable[Entry]) -> int:
    """Show entries on one line each, acts of officers in a colour of their own; return how many."""
    from ..log.exporting import row_of  # noqa: PLC0415 - an extra, and heavy

    heading: Row = (tuple(text.to(screen.language) for text in phrases.SHOW_COLUMNS), "bold")
    rest, found = iter(entries), 0
    # A page at a time: columns are as wide as what they hold, and a log may be of any length.
    while page := list(islice(rest, _PAGE)):
        rows = [(_cells(row_of(entry), screen.language), _style(entry)) for entry in page]
        screen.grid([heading, *rows])
        found += len(page)
    return found


def _style(entry: Entry) -> str:
    return _STYLES.get(entry.kind.value, "")


def _cells(row: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    business = "/".join(str(row[name]) for name in ("checkpoint", "act") if row[name])
    reasons = " ".join(row["reasons"] or ()) or " ".join(
        str(row[name]) for name in ("entry", "reason", "authority") if row[name]
    )
    return (
        str(row["seq"]),
        row["at"].isoformat(timespec="seconds"),
        phrases.KINDS[row["kind"]].to(language),
        str(row["office"] or ""),
        business,
        str(row["outcome"] or ""),
        reasons,
        str(row["case"] or "")[:_TOKEN],
    )


def show_entry(screen: Screen, entry: Entry) -> None:
    """Show one entry whole, a line for each column that says something, and its facts."""
    from ..log.exporting import row_of  # noqa: PLC0415 - an extra, and heavy
    from ..log.reporting import readable  # noqa: PLC0415

    for name, value in row_of(entry).items():
        if value is not None and value != []:
            shown = " ".join(value) if isinstance(value, list) else value
            shown = moment(shown, screen.language) if isinstance(shown, datetime) else shown
            screen.say(f"{name}: {shown}", _style(entry) if name == "kind" else "")
    with readable(entry):
        obligations = entry.body.get("obligations", [])
        for finding in entry.body.get("findings", []):
            facts = obligations[finding["obligation"]]["facts"]
            told = " ".join(f"{column}={member}" for column, member in facts.items())
            screen.say(f"  - {finding['table']} {' '.join(finding['rows'])}: {finding['code']}")
            screen.say(f"      {told}")


def show_counts(screen: Screen, counts: Counts) -> None:
    """Show what was counted; acts of officers apart from decisions."""
    language, value = screen.language, counts.value
    screen.say(
        filled(
            phrases.TOTALS,
            entries=str(counts.entries),
            decisions=str(counts.decisions),
            completable=str(counts.completable),
            rechecks=str(counts.rechecks),
            unverified=str(counts.unverified),
        ),
        "bold",
    )
    for name, words in (
        ("checkpoints", Checkpoint),
        ("outcomes", Outcome),
        ("effects", Effect),
        ("reasons", None),
        ("offices", None),
        ("obstacles", ObstacleKind),
        ("flags", Flag),
        ("readings", None),
        ("outages", OutageCause),
        ("clear_readings", None),
    ):
        counted = value[name]
        if counted:
            lines = [(worded(words, code, language), str(n)) for code, n in counted.items()]
            _table(screen, phrases.STATS[name], (), lines)
    _table(
        screen,
        phrases.SOURCES,
        (),
        [
            (name, filled(phrases.SOURCE, answers=str(a), outages=str(o)).to(language))
            for name, a, o in counts.by_source
        ],
    )
    _table(
        screen,
        phrases.CLEARING,
        phrases.CLEARING_COLUMNS,
        [
            (
                worded(Outcome, outcome, language),
                *map(_number, (one.open, one.cleared, one.median, one.ninetieth, one.longest)),
            )
            for outcome, one in counts.clearing.items()
        ],
    )
    _table(
        screen,
        phrases.ACTORS,
        phrases.ACTOR_COLUMNS,
        [
            (one.token[:_TOKEN], str(one.decisions), str(one.readings), str(one.busiest_hour))
            for one in counts.actors
        ],
    )
    acts = [
        (
            one.row,
            " ".join(f"{kind} {n}" for kind, n in one.acts.items()),
            str(one.decisions),
            "-" if one.rate is None else f"{one.rate:.2%}",
        )
        for one in counts.row_acts
    ]
    _table(screen, phrases.ACTS, phrases.ACT_COLUMNS, acts, style="magenta")
    if not acts:
        screen.blank()
        screen.say(f"{phrases.ACTS.to(language)}{COLON.to(language)}{phrases.NO_ACTS.to(language)}")


def _table(
    screen: Screen,
    title: Text,
    columns: tuple[Text, ...],
    lines: Sequence[tuple[str, ...]],
    *,
    style: str = "",
) -> None:
    if not lines:
        return
    screen.blank()
    screen.say(title, "bold")
    heading = [(tuple(text.to(screen.language) for text in columns), "bold")] if columns else []
    screen.grid([*heading, *((cells, style) for cells in lines[:_LINES])])
    if len(lines) > _LINES:
        screen.say(filled(phrases.OTHERS, count=str(len(lines) - _LINES)))


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)
