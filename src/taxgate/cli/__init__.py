"""The command line (命令行), outermost of all: it reads files, asks the library, shows the answer.

    taxgate demo                  the shipped cases, one line each, and one notice
    taxgate check FILE            decide; `-` is standard input; one case, or one per line
    taxgate explain FILE          the whole way to one decision
    taxgate tables [NAME]         the decision tables; --export for other rule engines
    taxgate law [--on DATE]       the clauses, their rows and cases; what binds on a day
    taxgate schema [input|output] JSON Schema of what goes in or comes out
    taxgate new CHECKPOINT        a commented case to fill in
    taxgate ask --config FILE     one inquiry to the tax bureau; its answer, masked
    taxgate doctor --config FILE  what is wrong with a configuration, and what to do
    taxgate bureau                a local tax bureau to try everything against
    taxgate log COMMAND           the decision log: make, verify, read, count, replay, hand over
    taxgate scenarios COMMAND     run cases written in plain Chinese, and see what they leave out

Exit codes of `check` and `explain` follow the strictest effect: 0 proceed, 10 hold, 20 refuse. An
effect of proceed says that tax is no ground to stop; whether the act may be completed is said on
the screen and in `may_complete`, because a non-tax obstacle may stand. 2: the command was used
wrongly. 30: faulty input; where one line of several is faulty, 30 whatever the others say. 1:
something else went wrong, for instance nobody read the output. Those of `ask`, of `doctor` and of
`log` stand in their own help and modules.

Text for people is in Chinese or English (`--lang`) and never fails on what a terminal cannot show.
JSON is always UTF-8.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from json import dumps
from typing import Annotated, Final

import typer

from .. import __version__
from ..cases import CASES
from ..decision import Decision
from ..errors import InputError
from ..export import sheet, tables
from ..terms import Checkpoint, Effect
from ..tracing import ledger, on_day
from ..wire import (
    error_document,
    input_schema,
    output_schema,
    read_case,
    write_decision,
)
from . import asking, bureau, doctoring, log, phrases, scenarios
from .documents import Documents, MisuseError, opened
from .exporting import ExportOption, OutOption, export_tables, leave_unknown_table
from .law import read_day, show_day, show_ledger
from .screen import Screen, prepare_streams
from .session import (
    BAD_INPUT,
    FAILED,
    HELD_BACK,
    MISUSED,
    REFUSED,
    LanguageOption,
    leave_misused,
    screen_for,
)
from .showing import (
    decision_cells,
    decision_style,
    show_check,
    show_fault,
    show_notice,
    show_sheet,
    show_table_names,
    show_tree,
)
from .skeleton import new_case

__all__ = ["app", "run"]

EXITS: Final = {Effect.PROCEED: 0, Effect.HOLD: HELD_BACK, Effect.REFUSE: REFUSED}
"""Exit code by effect."""

DEMO_NOTICE: Final = "vehicle-first-no-record"
"""Shipped case whose notice the demo shows."""


class Side(StrEnum):
    """Which document a schema is of."""

    INPUT = "input"
    OUTPUT = "output"


app = typer.Typer(
    name="taxgate",
    help="先税后证查验 / May a registration be completed, as far as tax is concerned?",
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

FileArgument = Annotated[
    str,
    typer.Argument(metavar="FILE", help="案件文件，- 为标准输入 / case file, - for standard input"),
]


def run(arguments: Sequence[str]) -> int:
    """Run the command line with *arguments* and return its exit code."""
    prepare_streams()
    # What goes wrong is shown; without a handler Python would print the log line beside it.
    logging.getLogger("taxgate").addHandler(logging.NullHandler())
    code = 0
    try:
        try:
            app(args=list(arguments), prog_name="taxgate")
        finally:
            sys.stdout.flush()
    except SystemExit as finished:
        code = finished.code if isinstance(finished.code, int) else int(bool(finished.code))
    except BrokenPipeError:
        # Whoever read the output has gone: say nothing, not even when the interpreter closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    if code == MISUSED:
        Screen().complain(f"{phrases.USAGE.zh} / {phrases.USAGE.en}")
    return code


def _show_version(asked: bool) -> None:  # noqa: FBT001 - the shape typer asks for
    if asked:
        typer.echo(f"taxgate {__version__}")
        raise typer.Exit


@app.callback()
def choose(
    context: typer.Context,
    *,
    lang: LanguageOption = None,
    version: Annotated[  # noqa: ARG001 - handled as soon as it is read
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="版本 / show the version"
        ),
    ] = False,
) -> None:
    """Remember the language for the command that follows; without one, show the help."""
    context.obj = lang
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(MISUSED)


@app.command(help="逐一查验示例案件 / decide the shipped cases, then show one notice")
def demo(context: typer.Context, lang: LanguageOption = None) -> None:
    """Decide the shipped cases; nothing is read but the package itself."""
    screen = screen_for(context, lang)
    decisions = {case.name: read_case(case.document()).decide() for case in CASES}
    rows = [
        (decision_cells(name, decision, screen.language), decision_style(decision))
        for name, decision in decisions.items()
    ]
    heading = tuple(text.to(screen.language) for text in phrases.DEMO_COLUMNS)
    screen.grid([(heading, "bold"), *rows])
    screen.blank()
    told = next(case for case in CASES if case.name == DEMO_NOTICE)
    title = told.title.to(screen.language)
    screen.say(phrases.filled(phrases.DEMO_NOTICE, name=told.name, title=title), "bold")
    screen.blank()
    show_notice(screen, decisions[told.name].notices(screen.language)[0])


@app.command(
    help="查验案件并给出结论 / decide one case, or one per line"
    "\n\n退出码 / exit code: 0 proceed, 10 hold, 20 refuse, 2 usage, 30 bad input"
    " (30 also where only some lines are bad)"
)
def check(
    context: typer.Context,
    file: FileArgument,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="输出 JSON / print JSON, one line per case")
    ] = False,
    lines: Annotated[
        bool, typer.Option("--lines", help="每行一个案件 / read one case per line (JSON Lines)")
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Decide what is in *file* and leave with the exit code of the strictest effect."""
    screen = screen_for(context, lang)
    codes = []
    try:
        with opened(file) as stream:
            documents = Documents.of(file, stream, by_line=lines)
            for number, document in documents.items:
                result = _decide(document)
                codes.append(_exit_code(result))
                if as_json:
                    screen.machine(_as_json(result))
                    continue
                if documents.by_line:
                    screen.say(phrases.filled(phrases.LINE, number=str(number)), "bold")
                _show(screen, result)
                if documents.by_line:
                    screen.blank()
    except MisuseError as misuse:
        leave_misused(screen, misuse)
    if not codes:
        screen.complain(phrases.NOTHING_THERE)
    raise typer.Exit(max(codes, default=BAD_INPUT))


@app.command(help="说明一个案件的全部审查过程 / show the whole way to one decision")
def explain(context: typer.Context, file: FileArgument, lang: LanguageOption = None) -> None:
    """Explain the one case in *file*; the exit code is that of `check`."""
    screen = screen_for(context, lang)
    try:
        with opened(file) as stream:
            found = Documents.of(file, stream, by_line=False).first(2)
    except MisuseError as misuse:
        leave_misused(screen, misuse)
    if len(found) > 1:
        leave_misused(screen, MisuseError(phrases.EXPLAIN_ONE))
    result = _decide(found[0] if found else b"")
    if isinstance(result, Decision):
        show_tree(screen, result.explanation(screen.language))
    else:
        show_fault(screen, result)
    raise typer.Exit(_exit_code(result))


@app.command("tables", help="列出决策表，或者显示其中一张 / list the decision tables, or show one")
def show_tables(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="决策表名称 / name of a table")
    ] = None,
    export: ExportOption = None,
    out: OutOption = None,
    lang: LanguageOption = None,
) -> None:
    """Show which tables there are, or one of them with its rows; or hand them to other engines."""
    screen = screen_for(context, lang)
    known = tables()
    if export is not None or out is not None:
        export_tables(screen, export, name, out)
    elif name is None:
        show_table_names(screen, known.values())
    elif name in known:
        show_sheet(screen, sheet(known[name], screen.language))
    else:
        leave_unknown_table(screen, name, known)


@app.command(
    "law", help="列出条款台账，或者某日有效的条款 / list the clause ledger, or what binds on a day"
)
def show_law(
    context: typer.Context,
    *,
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="日期 / calendar day in China")
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Show each clause with its rows and cases, or what binds a registrar of Shanxi on a day."""
    screen = screen_for(context, lang)
    if on is None:
        show_ledger(screen, ledger())
        return
    asked = read_day(on)
    if asked is None:
        leave_misused(screen, MisuseError(phrases.filled(phrases.NO_DAY, day=on)))
    show_day(screen, on_day(ledger(), asked))


@app.command(help="输出 JSON Schema / print the JSON Schema of cases or of decisions")
def schema(
    context: typer.Context,
    side: Annotated[
        Side, typer.Argument(help="输入或者输出 / what goes in, or what comes out")
    ] = Side.INPUT,
) -> None:
    """Print the schema of the documents taxgate reads or writes."""
    document = input_schema() if side is Side.INPUT else output_schema()
    text = dumps(document, ensure_ascii=False, indent=2)
    screen_for(context, None).machine(f"{text}\n")


@app.command(help="输出带注释的案件样本 / print a commented case to fill in")
def new(
    context: typer.Context,
    checkpoint: Annotated[
        Checkpoint, typer.Argument(help="查验环节 / checkpoint", case_sensitive=False)
    ],
    lang: LanguageOption = None,
) -> None:
    """Print a case that can be checked as it is, with every field explained."""
    screen = screen_for(context, lang)
    screen.machine(new_case(checkpoint, screen.language))


app.command("ask", help=asking.HELP)(asking.ask)
app.command("doctor", help=doctoring.HELP)(doctoring.doctor)
app.command("bureau", help=bureau.HELP)(bureau.bureau)
app.add_typer(log.app, name="log")
app.add_typer(scenarios.app, name="scenarios")


def _decide(document: bytes) -> Decision | InputError:
    """Return the decision on *document*, or what is wrong with it."""
    try:
        return read_case(document).decide()
    except InputError as error:
        return error


def _exit_code(result: Decision | InputError) -> int:
    return EXITS[result.effect] if isinstance(result, Decision) else BAD_INPUT


def _as_json(result: Decision | InputError) -> str:
    if isinstance(result, Decision):
        return f"{write_decision(result)}\n"
    return f"{dumps(error_document(result), ensure_ascii=False)}\n"


def _show(screen: Screen, result: Decision | InputError) -> None:
    if isinstance(result, Decision):
        show_check(screen, result)
    else:
        show_fault(screen, result)
