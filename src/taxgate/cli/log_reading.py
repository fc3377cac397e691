"""`taxgate log show`, `export`, `stats`, `dashboard`, `evidence` (查看、导出、统计、看板、证据包).

Everything is redacted but `show --clear`, which records who read and why before it shows anything.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ..sources import system_clock
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
from .log_showing import show_counts, show_entries, show_entry
from .phrases import filled
from .screen import Screen
from .session import BAD_INPUT, FAILED, LanguageOption, leave_misused, screen_for

if TYPE_CHECKING:
    from ..log import DecisionLog, Entry, Store

__all__ = ["dashboard", "evidence", "export", "show", "stats"]

SHOW_HELP: Final = (
    "查看日志条目，默认打码 / show entries, redacted"
    "\n\n--clear 显示明文，查阅人和理由先被记录 / shows personal data; who and why is recorded"
    "\n\n命令行参数会留在历史记录中 / arguments stay in the shell's history"
)


class FormatChoice(StrEnum):
    """Formats of an export, known without loading the log."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def show(  # noqa: PLR0913 - a command has as many options as it has
    context: typer.Context,
    seq: Annotated[int | None, typer.Argument(metavar="[SEQ]", min=1, help="序号 / number")] = None,
    *,
    case: Annotated[
        tuple[str, str] | None,
        typer.Option("--case", metavar="OFFICE CASE_NO", help="登记机关和案号 / office and case"),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", help="经办人做过或查阅过的 / what an officer did or read"),
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    clear: Annotated[bool, typer.Option("--clear", help="显示明文 / show personal data")] = False,
    reader: Annotated[str | None, typer.Option("--reader", help="查阅人 / who reads")] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="理由代码 / why, as a code")
    ] = None,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Show one entry, the entries of a case, of an officer, or of a time."""
    screen = screen_for(context, lang)
    if [seq, case, actor].count(None) < 2:  # noqa: PLR2004 - one of three at most
        leave_misused(screen, MisuseError(phrases.ONE_CHOICE))
    if clear and (seq is None or reader is None or reason is None):
        leave_misused(screen, MisuseError(phrases.CLEAR_WHAT))
    span = (instant(screen, since), instant(screen, until, end=True))
    if case is None and actor is None and not clear:
        with opened_store(screen, config, url, keys) as (store, _):
            if seq is None:
                _show_all(screen, _between(store.entries(), *span), as_json=as_json)
            else:
                _show_one(screen, store, seq, as_json=as_json)
        return
    with opened_log(screen, config, url, keys) as log:
        if case is not None:
            _show_all(screen, _between(log.of_case(*case), *span), as_json=as_json)
        elif actor is not None:
            _show_all(screen, _between(log.by_actor(actor), *span), as_json=as_json)
        elif seq is not None:
            _entry(screen, log.store, seq)
            _show_clear(screen, log, seq, str(reader), str(reason), as_json=as_json)


def _between(entries: Iterable[Entry], since: Any, until: Any) -> Iterator[Entry]:  # noqa: ANN401
    from ..log.reporting import between, readable  # noqa: PLC0415 - an extra, and heavy

    for entry in entries:
        with readable(entry):
            fits = between(entry, since, until)
        if fits:
            yield entry


def _show_all(screen: Screen, entries: Iterable[Entry], *, as_json: bool) -> None:
    if as_json:
        found = 0
        for found, entry in enumerate(entries, start=1):  # noqa: B007 - the last is their number
            screen.machine(_line(entry))
    else:
        found = show_entries(screen, entries)
    if not found:
        screen.complain(phrases.NONE_FOUND)


def _show_one(screen: Screen, store: Store, seq: int, *, as_json: bool) -> None:
    entry = _entry(screen, store, seq)
    if as_json:
        screen.machine(_line(entry))
        return
    show_entry(screen, entry)
    later = list(islice(_about(store, seq), 200))
    if later:
        screen.blank()
        screen.say(phrases.LATER)
        show_entries(screen, later)


def _entry(screen: Screen, store: Store, seq: int) -> Entry:
    entry = store.entry(seq)
    if entry is None:
        screen.complain(filled(phrases.NO_ENTRY, seq=str(seq)))
        raise typer.Exit(BAD_INPUT)
    return entry


def _about(store: Store, seq: int) -> Iterator[Entry]:
    """Yield later entries that name an entry: acts, readings, what took its place."""
    marks = (f'"decision":{seq},', f'"supersedes":{seq},', f'"entry":{seq},')
    for number, prev, digest, text in store.rows(seq):
        # Bodies are spelled one way only: one look tells which are worth reading.
        if any(mark in text for mark in marks):
            from ..log import Entry  # noqa: PLC0415 - an extra, and heavy
            from ..log.store import read_body  # noqa: PLC0415 - as above

            body = read_body(number, text)
            yield Entry(seq=number, prev=prev, digest=digest, body=body, text=text)


def _show_clear(
    screen: Screen, log: DecisionLog, seq: int, reader: str, reason: str, *, as_json: bool
) -> None:
    from ..wire.writing import unstructured  # noqa: PLC0415 - not needed for anything redacted

    case, purpose, actor = log.read_clear(seq, reader=reader, reason=reason, at=system_clock())
    value = {
        "office": purpose.office,
        "case_no": purpose.case_no,
        "provision": purpose.provision,
        "actor": actor,
        "case": unstructured(case.checkpoint, case),
    }
    if as_json:
        screen.machine(f"{json.dumps(value, ensure_ascii=False)}\n")
        return
    screen.say(phrases.CLEAR_TITLE, "bold yellow")
    screen.block(json.dumps(value, ensure_ascii=False, indent=2))


def _line(entry: Entry) -> str:
    value = {
        "seq": entry.seq,
        "prev": entry.prev,
        "digest": entry.digest,
        "body": dict(entry.body),
    }
    return f"{json.dumps(value)}\n"


def export(  # noqa: PLR0913 - a command has as many options as it has
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT]", help="输出文件 / file; default: stdout")
    ] = None,
    *,
    form: Annotated[FormatChoice, typer.Option("--format", help="格式 / format")] = (
        FormatChoice.CSV
    ),
    since: SinceOption = None,
    until: UntilOption = None,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write entries, redacted, as CSV, JSON Lines or Parquet; any number of them."""
    screen = screen_for(context, lang)
    if form is FormatChoice.PARQUET and out is None:
        leave_misused(screen, MisuseError(phrases.NEEDS_FILE))
    span = (instant(screen, since), instant(screen, until, end=True))
    with opened_store(screen, config, url, keys) as (store, _):
        from ..log import exporting  # noqa: PLC0415 - an extra, and heavy

        last = store.head()
        entries = _between(store.entries(), *span)
        wanted = exporting.Format(form.value)
        if out is None:
            sys.stdout.flush()
            exporting.export(entries, sys.stdout.buffer, wanted)
            sys.stdout.buffer.flush()
            return
        with (
            progress(screen, phrases.EXPORTING, last.seq if last else 0) as told,
            _writing(screen, out),
        ):
            count = exporting.export_file(entries, out, wanted, progress=told)
    screen.say(filled(phrases.WRITTEN, name=str(out), count=str(count)))


def stats(
    context: typer.Context,
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Count what was decided, why, where, which sources failed, and how long it took to clear."""
    screen = screen_for(context, lang)
    span = (instant(screen, since), instant(screen, until, end=True))
    with opened_store(screen, config, url, keys) as (store, _):
        counts = _counted(screen, store, *span)
    if as_json:
        screen.machine(f"{json.dumps(counts.value, ensure_ascii=False)}\n")
    else:
        show_counts(screen, counts)


def _counted(screen: Screen, store: Store, since: Any, until: Any) -> Any:  # noqa: ANN401
    from ..log.reporting import count  # noqa: PLC0415 - an extra, and heavy

    last = store.head()
    with progress(screen, phrases.COUNTING, last.seq if last else 0) as told:
        return count(store.entries(), since=since, until=until, progress=told)


def dashboard(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help="输出文件 / file")],
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write one HTML page with the figures and plots, readable without a network."""
    screen = screen_for(context, lang)
    span = (instant(screen, since), instant(screen, until, end=True))
    with opened_store(screen, config, url, keys) as (store, _):
        from ..log import dashboard as made  # noqa: PLC0415 - an extra, and heavy
        from ..log.exporting import replacing  # noqa: PLC0415

        last = store.head()
        page = made.page(
            _counted(screen, store, *span),
            screen.language,
            log_id=store.log_id,
            head=None if last is None else (last.seq, last.digest),
            at=system_clock(),
        )
        with _writing(screen, out), replacing(out) as stream:
            stream.write(page.encode("utf-8"))
    screen.say(filled(phrases.FILE_MADE, name=str(out)))


def evidence(
    context: typer.Context,
    seq: Annotated[int, typer.Argument(metavar="SEQ", min=1, help="结论的序号 / the decision")],
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="输出文件 / file")],
    *,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write the evidence file of one decision, masked, with a verifier that needs Python alone."""
    screen = screen_for(context, lang)
    with opened_store(screen, config, url, keys) as (store, ring):
        from ..log.evidence_file import write_evidence_file  # noqa: PLC0415 - an extra, and heavy
        from ..log.exporting import replacing  # noqa: PLC0415

        if ring is None:
            leave_misused(screen, MisuseError(phrases.NO_KEYS))
        _entry(screen, store, seq)
        with _writing(screen, out), replacing(out) as stream:
            write_evidence_file(store, ring, seq, stream, at=system_clock())
    screen.say(filled(phrases.FILE_MADE, name=str(out)))


@contextmanager
def _writing(screen: Screen, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        screen.complain(filled(phrases.CANNOT_WRITE, name=str(path), why=why))
        raise typer.Exit(FAILED) from None
