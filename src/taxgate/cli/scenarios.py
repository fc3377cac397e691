"""`taxgate scenarios` (场景): run a folder of scenarios, and see what they leave unreached.

    taxgate scenarios run PATH    run a file or folder; --html and --junit write reports
    taxgate scenarios coverage    which lines of the decision tables no scenario reaches
    taxgate scenarios steps       every sentence and plain case a scenario may use
    taxgate scenarios english PATH  write the English rendering beside each feature

Exit codes of `run`: 0 every scenario passed, 1 a decision is not the one expected (or a report
could not be written), 30 a scenario cannot be read, whatever the others say.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from ..errors import MissingExtraError
from ..scenarios import (
    FEATURES,
    FaultyScenarioError,
    Result,
    Status,
    coverage,
    read_folder,
    run_all,
    write_english,
)
from ..scenarios.bases import BASES
from ..scenarios.reporting import STATUSES, html_report, junit_report
from ..scenarios.steps import STEPS, Part
from ..wording import Text
from .phrases import filled
from .screen import Screen
from .session import BAD_INPUT, FAILED, MISUSED, LanguageOption, screen_for

__all__ = ["HELP", "app"]

HELP: Final = "场景：用中文写成的案例 / scenarios: cases a lawyer can read and write"

_DONE: Final = Text("共{count}个场景，通过{passed}个", "{count} scenarios, {passed} passed")
_NOT_WRITTEN: Final = Text("无法写入{path}：{why}", "cannot write {path}: {why}")
_COVERED: Final = Text(
    "决策表共{count}行，场景到达{reached}行", "{count} lines of tables, {reached} reached"
)
_UNREACHED_ROWS: Final = Text("没有场景到达的规则：{rows}", "rows no scenario reaches: {rows}")
_NONE: Final = Text("无", "none")
_PARTS: Final = {
    Part.GIVEN: Text("假如", "Given"),
    Part.WHEN: Text("当", "When"),
    Part.THEN: Text("那么", "Then"),
}
_STYLES: Final = {Status.PASSED: "green", Status.FAILED: "red", Status.FAULTY: "yellow"}

app: Final = typer.Typer(
    help=HELP,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

PathArgument = Annotated[
    Path, typer.Argument(metavar="PATH", help="场景文件或者文件夹 / feature file or folder")
]


@app.command("run", help="执行场景 / run scenarios\n\n退出码 / exit code: 0, 1, 30")
def run_scenarios(
    context: typer.Context,
    path: PathArgument,
    *,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="网页报告 / report for people")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="OUT", help="JUnit XML 报告 / for machines")
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Run what is in *path*, tell what did not pass, and write the reports asked for."""
    screen = screen_for(context, lang)
    results = _results(screen, path)
    for result in results:
        if result.status is not Status.PASSED:
            _show(screen, result)
    passed = sum(result.status is Status.PASSED for result in results)
    screen.say(filled(_DONE, count=str(len(results)), passed=str(passed)), "bold")
    if html is not None:
        _write(screen, html, lambda: html_report(results, screen.language).encode("utf-8"))
    if junit is not None:
        _write(screen, junit, lambda: junit_report(results, screen.language))
    statuses = {result.status for result in results}
    if Status.FAULTY in statuses:
        raise typer.Exit(BAD_INPUT)
    raise typer.Exit(FAILED if Status.FAILED in statuses else 0)


@app.command("coverage", help="列出没有场景到达的决策表行 / lines of tables no scenario reaches")
def show_coverage(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[PATH]", help="默认为随附场景 / default: the shipped scenarios"),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Say which lines no scenario in *path* reaches."""
    screen = screen_for(context, lang)
    found = coverage(_results(screen, FEATURES if path is None else path))
    for line in found.unreached:
        screen.say(f"{line.table} {line.number}: {' '.join(line.rows)} {line.code}")
    count = len(found.reached) + len(found.unreached)
    screen.say(filled(_COVERED, count=str(count), reached=str(len(found.reached))), "bold")
    rows = " ".join(found.rows) or _NONE.to(screen.language)
    screen.say(filled(_UNREACHED_ROWS, rows=rows), "bold")


@app.command("steps", help="列出全部步骤和基本案情 / every sentence a scenario may use")
def show_steps(context: typer.Context, lang: LanguageOption = None) -> None:
    """Print the step table."""
    screen = screen_for(context, lang)
    given = _PARTS[Part.GIVEN].to(screen.language)
    for base in BASES:
        screen.say(f"{given} {base.text.to(screen.language)}")
    for step in STEPS:
        screen.say(f"{_PARTS[step.part].to(screen.language)} {step.shown(screen.language)}")


@app.command("english", help="写出英文译本 / write the English rendering beside each feature")
def write_renderings(
    context: typer.Context, path: PathArgument, lang: LanguageOption = None
) -> None:
    """Write `*.en.feature` beside every feature in *path*."""
    screen = screen_for(context, lang)
    try:
        for file in sorted({scenario.path for scenario in read_folder(path)}):
            screen.say(str(write_english(file)))
    except MissingExtraError as error:
        _leave_without_extra(screen, error)
    except FaultyScenarioError as error:
        screen.complain(error.text)
        raise typer.Exit(BAD_INPUT) from None
    except OSError as error:
        _leave_unwritten(screen, path, error)


def _results(screen: Screen, path: Path) -> tuple[Result, ...]:
    try:
        return run_all(read_folder(path))
    except FaultyScenarioError as error:
        screen.complain(error.text)
        raise typer.Exit(BAD_INPUT) from None
    except MissingExtraError as error:
        _leave_without_extra(screen, error)


def _show(screen: Screen, result: Result) -> None:
    scenario = result.scenario
    word = STATUSES[result.status].to(screen.language)
    place = f"{scenario.path.name}:{scenario.line}"
    screen.say(f"{word} {place} {scenario.name.to(screen.language)}", _STYLES[result.status])
    screen.block(result.explained(screen.language))
    screen.blank()


def _write(screen: Screen, path: Path, make: Callable[[], bytes]) -> None:
    try:
        path.write_bytes(make())
    except MissingExtraError as error:
        _leave_without_extra(screen, error)
    except OSError as error:
        _leave_unwritten(screen, path, error)


def _leave_unwritten(screen: Screen, path: Path, error: OSError) -> NoReturn:
    why = error.strerror or type(error).__name__
    screen.complain(filled(_NOT_WRITTEN, path=str(path), why=why))
    raise typer.Exit(FAILED) from None


def _leave_without_extra(screen: Screen, error: MissingExtraError) -> NoReturn:
    screen.complain(str(error))
    raise typer.Exit(MISUSED) from None
