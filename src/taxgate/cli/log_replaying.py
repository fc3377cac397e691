"""`taxgate log replay` and `what-if` (重演、假设重算): logged cases decided again, nobody asked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ..terms import Reading
from . import log_phrases as phrases
from .documents import MisuseError
from .log_opening import (
    ConfigOption,
    JsonOption,
    KeysOption,
    SinceOption,
    UntilOption,
    UrlOption,
    instant,
    opened_log,
    opened_store,
    progress,
)
from .phrases import LIST_COMMA, filled
from .screen import Screen
from .session import HELD_BACK, REFUSED, LanguageOption, leave_misused, screen_for

if TYPE_CHECKING:
    from ..log.replaying import Difference

__all__ = ["replay", "what_if"]

REPLAY_HELP: Final = (
    "重演已记录的审查 / decide logged cases again from what was kept, asking nobody"
    "\n\n退出码 / exit code: 0 all the same; 10 some differ, or cannot be told, under another"
    " revision of the law; 20 some differ under the same; 2 usage, 30 configuration"
)
WHAT_IF_HELP: Final = (
    "若释义选项不同，哪些结论会改变 / which decisions would differ under other readings"
    "\n\n每个结论按决策表重算，其余不变；只列出会改变的 / by the tables alone; lists what changes"
)


def replay(  # noqa: PLR0913 - a command has as many options as it has
    context: typer.Context,
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    by_tables: Annotated[
        bool, typer.Option("--by-tables", help="不读证据，只按决策表 / never open sealed evidence")
    ] = False,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Decide logged cases again and list those that come out otherwise."""
    screen = screen_for(context, lang)
    span = {"since": instant(screen, since), "until": instant(screen, until, end=True)}
    with opened_log(screen, config, url, keys) as log:
        from ..log import replaying  # noqa: PLC0415 - an extra, and heavy

        kinds: Counter[str] = Counter()
        code = 0
        for item in _told(
            screen,
            phrases.REPLAYING,
            log.store.head(),
            lambda told: replaying.replay(log, **span, evidence=not by_tables, progress=told),
        ):
            kinds[item.kind.value] += 1
            if item.kind in {replaying.Kind.SAME, replaying.Kind.SEALED}:
                continue
            # What differs under one law is a fault; under another it is what the law changed.
            code = max(code, REFUSED if item.same_law else HELD_BACK)
            _show(screen, item, as_json=as_json)
    if as_json:
        screen.machine(f"{json.dumps({'decisions': kinds.total(), 'kinds': dict(kinds)})}\n")
    else:
        screen.say(filled(phrases.REPLAYED, count=str(kinds.total())), "bold")
        screen.grid(
            [
                ((phrases.REPLAY_KINDS[kind].to(screen.language), str(number)), "")
                for kind, number in kinds.most_common()
            ]
        )
    raise typer.Exit(code)


def what_if(  # noqa: PLR0913 - as above
    context: typer.Context,
    *,
    reading: Annotated[
        list[str],
        typer.Option("--reading", metavar="NAME=on|off", help="释义选项，可重复 / repeatable"),
    ],
    since: SinceOption = None,
    until: UntilOption = None,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """List the decisions that would differ had readings been on or off; then count them."""
    screen = screen_for(context, lang)
    readings = dict(_setting(screen, text) for text in reading)
    span = {"since": instant(screen, since), "until": instant(screen, until, end=True)}
    turns: Counter[tuple[str, str]] = Counter()
    rows: Counter[str] = Counter()
    total = changed = 0
    with opened_store(screen, config, url, keys) as (store, _):
        from ..log import replaying  # noqa: PLC0415 - an extra, and heavy

        for item in _told(
            screen,
            phrases.WHAT_IF,
            store.head(),
            lambda told: replaying.what_if(store, readings, **span, progress=told),
        ):
            total += 1
            if item.kind is replaying.Kind.SAME:
                continue
            changed += 1
            turns[item.before, item.after or "?"] += 1
            rows.update({row for change in item.changes for row in change.rows})
            _show(screen, item, as_json=as_json)
    _summary(screen, total, changed, turns, rows, as_json=as_json)


def _setting(screen: Screen, text: str) -> tuple[Reading, bool]:
    name, _, state = text.partition("=")
    if state not in {"on", "off"}:
        leave_misused(screen, MisuseError(filled(phrases.BAD_SETTING, given=text)))
    known = [item.value for item in Reading]
    if name not in known:
        names = LIST_COMMA.to(screen.language).join(known)
        leave_misused(
            screen,
            MisuseError(
                filled(phrases.NO_READING, name=name), filled(phrases.KNOWN_READINGS, names=names)
            ),
        )
    return Reading(name), state == "on"


def _told(
    screen: Screen,
    what: Any,  # noqa: ANN401 - a text
    last: Any,  # noqa: ANN401 - an entry or none
    begin: Callable[[Callable[[int], None]], Iterator[Difference]],
) -> Iterator[Difference]:
    """Yield what *begin* yields, with a bar on the way."""
    with progress(screen, what, last.seq if last else 0) as told:
        yield from begin(told)


def _show(screen: Screen, item: Difference, *, as_json: bool) -> None:
    if as_json:
        screen.machine(f"{json.dumps(_value(item), ensure_ascii=False)}\n")
        return
    nothing = phrases.SAYS_NOTHING.to(screen.language)
    after = item.after or phrases.UNDECIDED.to(screen.language)
    told = filled(
        phrases.CHANGE, seq=str(item.seq), case=item.case[:20], before=item.before, after=after
    ).to(screen.language)
    law = "" if item.same_law else filled(phrases.OTHER_LAW, law=item.law).to(screen.language)
    screen.say(f"{told}{law}")
    for change in item.changes:
        before, now = (
            f"{code} ({outcome or nothing})" for code, outcome in (change.before, change.after)
        )
        screen.say(f"  - {' '.join(change.rows)} {before} → {now}")


def _value(item: Difference) -> dict[str, Any]:
    return {
        "seq": item.seq,
        "case": item.case,
        "kind": item.kind.value,
        "law": item.law,
        "same_law": item.same_law,
        "before": item.before,
        "after": item.after,
        "changes": [
            {
                "table": change.table,
                "rows": list(change.rows),
                "before": {"code": change.before[0], "outcome": change.before[1]},
                "after": {"code": change.after[0], "outcome": change.after[1]},
            }
            for change in item.changes
        ],
    }


def _summary(
    screen: Screen,
    total: int,
    changed: int,
    turns: Counter[tuple[str, str]],
    rows: Counter[str],
    *,
    as_json: bool,
) -> None:
    if as_json:
        value = {
            "decisions": total,
            "changed": changed,
            "turns": [
                {"before": before, "after": after, "count": number}
                for (before, after), number in turns.most_common()
            ],
            "rows": dict(rows.most_common()),
        }
        screen.machine(f"{json.dumps({'summary': value})}\n")
        return
    screen.say(filled(phrases.WOULD_DIFFER, count=str(total), changed=str(changed)), "bold")
    if not changed:
        screen.say(phrases.NO_CHANGE)
        return
    screen.say(phrases.TURNS)
    screen.grid(
        [((f"  {before} → {after}", str(n)), "") for (before, after), n in turns.most_common()]
    )
    if rows:
        screen.say(phrases.BY_ROW)
        screen.grid([((f"  {row}", str(number)), "") for row, number in rows.most_common()])
