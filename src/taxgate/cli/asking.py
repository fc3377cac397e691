"""`taxgate ask` (单次查验): one inquiry to the tax bureau, and its answer, masked.

For whoever sets a source up: no application is read and nothing is decided. Exit codes: 0 the
source answered, whatever it says, also "no record"; 10 it could not be asked, trying again may
help; 20 its answer cannot be trusted; 2 the command was used wrongly; 30 an identifier, the purpose
or the configuration is faulty, and nobody was asked.

Identifiers on a command line can be seen by others of the same machine and stay in the shell's
history: for real people hand the inquiry in as JSON, in a file or on standard input.
"""

from __future__ import annotations

import time
from json import dumps
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer
from attrs import evolve

from ..config import Configuration, load
from ..doctor.advice import ADVICE
from ..errors import AnswerError, ApplicationError, ConfigError, InputError, PurposeError, WireError
from ..evidence import Answer, Answers, Inquiry, OutageCause, OutageKind, Purpose
from ..parties import IdType
from ..sources import ClearanceSource, Deadline, SourceError, system_clock
from ..sources import ask as ask_source
from ..terms import Language, Matter
from ..wire.case import rules
from ..wire.exchange import checkpoint_of, read_inquiry
from ..wire.parsing import parse
from ..wording import Text
from .answers import show_answer
from .documents import MisuseError, opened
from .masking import masked_answer
from .phrases import LIST_COMMA, filled
from .screen import Screen
from .session import (
    BAD_INPUT,
    HELD_BACK,
    REFUSED,
    LanguageOption,
    leave_misconfigured,
    leave_misused,
    screen_for,
)

__all__ = ["HELP", "ask"]

HELP: Final = (
    "向税务机关发送一次查验请求 / send one inquiry to the tax bureau"
    "\n\n退出码 / exit code: 0 answered (also: no record), 10 could not ask, 20 cannot trust,"
    " 2 usage, 30 bad input or configuration"
    "\n\n命令行参数会留在历史记录中：真实数据请用 --inquiry /"
    " arguments stay in the shell's history: for real data use --inquiry"
)

_NO_SOURCE: Final = Text("没有名为 {name} 的数据来源。", "There is no source named {name}.")
_SOURCES: Final = Text("配置中有：{names}", "The configuration has: {names}")
_EITHER: Final = Text(
    "--inquiry 不能与其他查验参数并用。", "--inquiry cannot be combined with other parts of one."
)
_NO_MATTER: Final = Text(
    "请用 --matter 指定事项，或者用 --inquiry 给出查验请求。",
    "Say what to ask with --matter, or hand an inquiry in with --inquiry.",
)
_NO_PURPOSE: Final = Text(
    "请用 --office 和 --case-no 说明查询机关和案号（办法第19条）。",
    "Say who asks and in which case with --office and --case-no (Order Art. 19).",
)
_BAD: Final = Text("请求有误，未作任何查询：", "The inquiry is faulty and nobody was asked:")


def ask(  # noqa: PLR0913 - one option for each part of an inquiry
    context: typer.Context,
    *,
    config: Annotated[Path, typer.Option("--config", help="配置文件 / configuration file")],
    source: Annotated[
        str | None,
        typer.Option("--source", help="数据来源 / name of a source; default: the gate's"),
    ] = None,
    inquiry: Annotated[
        str | None,
        typer.Option(
            "--inquiry", metavar="FILE", help="JSON 查验请求，- 为标准输入 / inquiry as JSON"
        ),
    ] = None,
    matter: Annotated[
        Matter | None, typer.Option("--matter", help="事项 / tax or tax document")
    ] = None,
    vin: Annotated[str | None, typer.Option("--vin", help="车辆识别代号 / VIN")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="不动产单元代码 / unit code")] = None,
    company: Annotated[
        str | None, typer.Option("--company", help="统一社会信用代码 / company or entity")
    ] = None,
    id_type: Annotated[
        IdType, typer.Option("--id-type", help="证件类型 / kind of document")
    ] = IdType.RESIDENT_NUMBER,
    number: Annotated[str | None, typer.Option("--number", help="证件号码 / its number")] = None,
    name: Annotated[str | None, typer.Option("--name", help="姓名、名称 / name")] = None,
    plate: Annotated[str | None, typer.Option("--plate", help="号牌 / plate")] = None,
    contract_no: Annotated[
        str | None, typer.Option("--contract-no", help="合同编号 / contract number")
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="所属年度，可重复 / tax year, repeatable")
    ] = None,
    office: Annotated[str | None, typer.Option("--office", help="查询机关 / who asks")] = None,
    case_no: Annotated[str | None, typer.Option("--case-no", help="案号 / case number")] = None,
    provision: Annotated[
        str | None, typer.Option("--provision", help="依据条款 / provision; default: by the matter")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
    lang: LanguageOption = None,
) -> None:
    """Send one inquiry and show the answer, or the outage and what to do about it."""
    screen = screen_for(context, lang)
    parts: dict[str, Any] = {
        "matter": matter.value if matter else None,
        "vin": vin,
        "unit": unit,
        "company": company,
        "person": _person(id_type, number, name),
        "plate": plate,
        "contract_no": contract_no,
        "years": list(year or ()),
    }
    purpose = {"office": office, "case_no": case_no, "provision": provision}
    question = _question(screen, inquiry, parts, purpose)
    try:
        configuration = load(config)
    except ConfigError as error:
        leave_misconfigured(screen, error)
    try:
        chosen = _chosen(screen, configuration, source, question)
        _demand_permit(screen, configuration, question)
        began = time.monotonic()
        answer = _answer(chosen, question, configuration.within)
        took = time.monotonic() - began
    finally:
        for named in (*configuration.named.values(), configuration.log):
            close = getattr(named, "close", None)
            if close is not None:
                close()
    if as_json:
        document = {**masked_answer(answer), "took_seconds": round(took, 3)}
        if answer.outage is not None:
            document["advice"] = {
                language.value: ADVICE[answer.outage.cause].to(language) for language in Language
            }
        screen.machine(f"{dumps(document, ensure_ascii=False)}\n")
    else:
        show_answer(screen, answer, took)
    raise typer.Exit(_exit_code(answer))


def _person(id_type: IdType, number: str | None, name: str | None) -> dict[str, str] | None:
    if number is None and name is None:
        return None
    given = {"number": number, "name": name}
    return {"id_type": id_type.value} | {key: text for key, text in given.items() if text}


def _question(
    screen: Screen, file: str | None, parts: dict[str, Any], purpose: dict[str, str | None]
) -> Inquiry:
    """Return the inquiry given by options or in a file, with its purpose."""
    given = {key: part for key, part in parts.items() if part}
    stated = {key: text for key, text in purpose.items() if text}
    try:
        if file is not None:
            if given or stated:
                leave_misused(screen, MisuseError(_EITHER))
            with opened(file) as stream:
                question = read_inquiry(parse(stream.read((1 << 20) + 1)))
        elif "matter" not in given:
            leave_misused(screen, MisuseError(_NO_MATTER))
        else:
            question = _with_purpose(read_inquiry(given), stated)
    except MisuseError as misuse:
        leave_misused(screen, misuse)
    except InputError as error:
        _leave_faulty(screen, error)
    if question.purpose is None:
        leave_misused(screen, MisuseError(_NO_PURPOSE))
    return question


def _with_purpose(question: Inquiry, stated: dict[str, str]) -> Inquiry:
    """Return *question* with its purpose, under the provision of its checkpoint unless stated."""
    if not {"office", "case_no"} <= stated.keys():
        return question
    provision = rules(checkpoint_of(question)).PROVISION.id
    return evolve(question, purpose=Purpose(**{"provision": provision, **stated}))


def _leave_faulty(screen: Screen, error: InputError) -> NoReturn:
    screen.complain(_BAD)
    match error:
        case WireError():
            faults = error.faults
        case AnswerError() | ApplicationError():
            faults = (("$", error.problem),)
        case _:
            faults = (("$", str(error)),)
    for path, problem in faults:
        screen.complain(f"  - {path.removeprefix('$.')}: {problem}")
    raise typer.Exit(BAD_INPUT)


def _chosen(
    screen: Screen, configuration: Configuration, name: str | None, question: Inquiry
) -> ClearanceSource | None:
    """Return the source of that name, or the gate's for the matter; None if it has none."""
    if name is None:
        wired = configuration.sources
        return wired if isinstance(wired, ClearanceSource) else wired.get(question.matter)
    if name not in configuration.named:
        names = LIST_COMMA.to(screen.language).join(sorted(configuration.named))
        leave_misused(
            screen, MisuseError(filled(_NO_SOURCE, name=name), filled(_SOURCES, names=names))
        )
    return configuration.named[name]


def _demand_permit(screen: Screen, configuration: Configuration, question: Inquiry) -> None:
    """Refuse an office that may not ask at this checkpoint, as the gate does."""
    permits, purpose = configuration.permits, question.purpose
    if permits is None or purpose is None:
        return
    checkpoint = checkpoint_of(question)
    if checkpoint not in permits.get(purpose.office, frozenset()):
        _leave_faulty(screen, PurposeError("office", f"may not ask at the checkpoint {checkpoint}"))


def _answer(source: ClearanceSource | None, question: Inquiry, within: float) -> Answer:
    """Return the answer, judged for freshness as a check would judge it."""
    try:
        if source is None:
            raise SourceError.of("none", OutageCause.NOT_ASKED)
        found = ask_source(source, question, Deadline(within))
    except SourceError as error:
        return Answer(inquiry=question, outage=error.outage, source=error.source)
    return Answers([found], system_clock()).to(question)


def _exit_code(answer: Answer) -> int:
    if answer.outage is None:
        return 0
    return HELD_BACK if answer.outage.kind is OutageKind.UNREACHABLE else REFUSED
