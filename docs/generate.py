"""Write the pages that show tables: one per checkpoint, one of errors and one of faults.

Each is written in two languages.

    python docs/generate.py           write the pages
    python docs/generate.py --check   only tell which of them are stale; exit code 1 if any is

Tables, members, provisions, readings, actions, cases and errors come from the package itself. What
no table says is written by hand: what is checked and how facts come about, in
`docs/checkpoints/intro`, and the Chinese words for errors, in `errors_zh.json` beside this file.
Faults are those the tests are held to, in `tests/fault_rows.py`.
"""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import importlib.util
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import taxgate
from taxgate.cases import CASES, ShippedCase
from taxgate.decision import Decision
from taxgate.errors import TaxgateError
from taxgate.export import Sheet, sheet
from taxgate.findings import Finding, Outcome
from taxgate.law import Provision
from taxgate.law.order_307 import ORDER
from taxgate.tables import Table
from taxgate.terms import Checkpoint, Language, ObstacleKind
from taxgate.wire import read_case
from taxgate.wording import Text, common
from taxgate.wording.actions import NOBODY
from taxgate.wording.forms import bracketed, clauses, colon, listed

HERE: Final = Path(__file__).parent
COMMAND: Final = "python docs/generate.py"
_REPUBLIC: Final = "中华人民共和国"
_JOINT: Final = " | "
_SLASH: Final = " / "
_TITLE_OF_ORDER: Final = f"《{ORDER.zh}》"

_Vocabulary = dict[str, tuple[str, dict[tuple[str, str], str]]]

# fmt: off
_WORDS: Final[Mapping[str, Text]] = {
    "made": Text("本页由 {command} 生成，请勿直接修改。", "Made by {command}; do not edit."),
    "documents": Text("文档", "Documents"),
    "concepts": Text("概念说明", "Concepts"),
    "other": Text("English", "中文"),
    "facts": Text("事实", "Facts"),
    "facts-told": Text(
        "决策表只读取下列事实，取值有限。代码即公开代码，见于审查过程说明。",
        "The tables read these facts and nothing else. Each has a closed list of values; their"
        " codes are public and appear in explanations."),
    "fact": Text("事实", "Fact"),
    "values": Text("取值", "Values"),
    "tables": Text("决策表", "Tables"),
    "read-by": Text("读取的决策表", "Read by"),
    "scope": Text("是否适用", "Does it apply"),
    "duties": Text("查验义务", "Duties"),
    "deciding": Text("决策表", "Decision tables"),
    "obstacles": Text("非税障碍", "Obstacles that are not tax"),
    "legend": Text(
        "每一取值组合恰好命中一行。单元格内以“/”分隔的各项为“或者”，各列之间为“并且”；释义选项启用时的结论写在结论下面。规则编号与理由代码是稳定的公开名称；"
        "依据链接到下文的[条文](#条文)。同一事项由多张表读取的，取最严的结论，其余理由一并保留。",
        "Exactly one row matches each combination. In a cell “/” means “or”; cells are joined by"
        " “and”. What a reading concludes instead stands below the conclusion. Row ids and reason"
        " codes are stable public names; what a row rests on links to the [provisions](#provisions)"
        " below. Where several tables read one matter, the strictest conclusion decides and every"
        " reason is kept."),
    "readings": Text("释义选项", "Readings"),
    "readings-told": Text(
        "默认全部关闭。一个选项只改变下列规则的结论（[详细说明](../concepts.zh-CN.md#8-释义选项)）。",
        "All are off by default. Each changes the conclusion of these rows and nothing else"
        " ([more](../concepts.md#8-readings))."),
    "no-readings": Text("本环节没有释义选项。", "This checkpoint has no readings."),
    "reading": Text("选项", "Reading"),
    "meaning": Text("含义", "Meaning"),
    "off": Text("关闭", "Off"),
    "on": Text("启用", "On"),
    "actions": Text("补救途径", "What can be done"),
    "actions-told": Text(
        "谁可以改变哪些事实。审查结论据此列出能够满足要求的全部最小组合；没有途径的，表示任何人都无法通过补正解决。",
        "Who can change which facts. From these a decision lists every smallest set that satisfies"
        " what is asked; where there is none, nobody can do anything about it."),
    "action": Text("行动", "Action"),
    "open-when": Text("适用情形", "Open when"),
    "sets": Text("此后", "Afterwards"),
    "always": Text("任何情形", "always"),
    "provisions": Text("条文", "Provisions"),
    "provisions-told": Text(
        "释义为自行撰写，以公布的正式文本为准。“编号”是本项目法律研究中的名称。",
        "Paraphrases in our own words; the official text is what counts. “Name” is what the"
        " project's research of the law calls it."),
    "provision": Text("条文", "Provision"),
    "says": Text("内容", "What it says"),
    "in-force": Text("施行期间", "In force"),
    "source": Text("编号", "Name"),
    "since": Text("自 {since} 起", "since {since}"),
    "between": Text("{since} 至 {last}", "{since} to {last}"),
    "place": Text("，仅限行政区划代码 {place} 开头", ", only division codes {place}…"),
    "not-encoded": Text("由人决定的事项", "Not encoded"),
    "not-encoded-told": Text(
        "下列事项不由决策表判断，由人决定：",
        "These stay with a person:"),
    "cases": Text("示例案件", "Worked cases"),
    "cases-told": Text(
        "随附案件，数据全部虚构，以默认口径裁决；起决定作用的规则以粗体显示。"
        "`taxgate explain 文件` 打印完整的审查过程。",
        "Cases that come with the package: invented data, no readings. Rows that decide are in"
        " bold. `taxgate explain FILE` prints the whole way to a decision."),
    "case": Text("案件文件", "Case"),
    "act": Text("业务类型", "Act"),
    "asked": Text("向税务机关查询", "Asked of the tax authority"),
    "decision": Text("审查结论", "Decision"),
    "may-complete": Text("可以办结", "May be completed"),
    "verified": Text("税务情况已经查验", "Tax verified"),
    "retryable": Text("重新查验即可能解除", "A retry alone could lift it"),
    "ways": Text("补救途径", "Ways out"),
    "remarks": Text("备注", "Remarks"),
    "matter": Text("事项", "Matter"),
    "rows": Text("规则", "Rows"),
    "conclusion": Text("结论", "Conclusion"),
    "reason": Text("理由", "Reason"),
    "rests-on": Text("依据", "Rests on"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "none": Text("无", "none"),
    "either": Text("；或者", "; or "),
    "outcome": Text("结果代码", "Outcome"),
    "verdict": Text("结论代码", "Verdict"),
    "effect": Text("办理效果", "Effect"),
    "errors": Text("错误", "Errors"),
    "errors-told": Text(
        "阻断、暂缓、不予办理都是审查结论，不是错误。错误表示没有作出任何结论，或者程序用法有误。"
        "错误信息写明哪里有误、应当怎样做；标识在其中一律打码。所有错误都可以序列化（pickle）。"
        "各环节输入错误的示例见[教程](tutorial.zh-CN.md#12-输入错误)。",
        "A block, a hold, a refusal is a decision and never an error. An error says that nothing"
        " was decided, or that the library was used wrongly. Its message tells where, what is wrong"
        " and what to do; identifiers in it are masked. All errors pickle. The"
        " [tutorial](tutorial.md#12-input-errors) shows input errors at work."),
    "tree": Text("错误树", "The tree"),
    "each": Text("各个错误", "Each error"),
    "module": Text("模块", "Module"),
    "attributes": Text("属性", "Attributes"),
    "also-a": Text("也是", "Also a"),
    "faults": Text("故障与攻击", "Faults and attacks"),
    "faults-told": Text(
        "数据来源可能遇到的每一种故障和攻击，以及调用者必须看到的结果。任何一行都不会导致通过。"
        "每一行与“已验证”一栏的每个来源均有测试；没有测试而又相关的组合，会使测试失败。",
        "Every fault and attack a source may meet, and what a caller has to see of it. None of them"
        " ever leads to a pass. Each row is shown by a test for each source it was tried with; a"
        " row and a source that belong together and have no test make the tests fail."),
    "faults-kinds": Text(
        "**U**：无法查验，可以重试（source-unreachable）。**T**：无法查验，答复不可信，不再询问该来源，"
        "并记入错误日志（source-untrusted）。二者都使申请暂缓办理，不作任何对纳税人不利的陈述。"
        "“闸口”指在询问任何来源之前，或者与来源无关。",
        "**U**: cannot verify, may be tried again (source-unreachable). **T**: cannot verify, the"
        " answer is not trusted, that source is not asked again, and it is logged as an error"
        " (source-untrusted). Both hold the application and say nothing against the taxpayer."
        " “gate” is what comes before any source, or beside all of them."),
    "number": Text("编号", "No."),
    "fault": Text("故障或者攻击", "Fault or attack"),
    "required": Text("必须的结果", "Required outcome"),
    "tried": Text("已验证", "Tried with"),
    "untried": Text("不涉及及其原因", "Not tried with, and why"),
    "all-sources": Text("全部来源", "every source"),
    "limits": Text("不能保证的事项", "What cannot be guaranteed"),
    "limits-told": Text(
        "打印局部变量的崩溃报告、调试器和内存转储会显示正在发送的报文；只有本软件自己的类在其中打码。"
        "本机时钟错误而数据时点恰好落在允许范围内的，无从发现：请核对时钟（`taxgate doctor`）。",
        "A crash report with local variables, a debugger or a core dump shows the request that was"
        " under way; only values of this package's own classes are masked there. Where the clock of"
        " this machine is wrong and a stale answer happens to look fresh by it, nothing can tell:"
        " have the clock checked (`taxgate doctor`)."),
}
# fmt: on


def pages() -> dict[Path, str]:
    """Return every generated page with its text, by its place under the folder of this file."""
    written: dict[Path, str] = {}
    for language in Language:
        for checkpoint in Checkpoint:
            place = Path("checkpoints") / _file(checkpoint.value, language)
            written[place] = _text(_checkpoint(checkpoint, language))
        written[Path(_file("errors", language))] = _text(_errors(language))
        written[Path(_file("faults", language))] = _text(_faults(language))
    return written


def stale() -> list[Path]:
    """Return the pages that are missing or differ from what would be written now."""
    return [
        place
        for place, text in pages().items()
        if not (HERE / place).is_file() or (HERE / place).read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the pages, or tell which are stale."""
    parser = argparse.ArgumentParser(description=__doc__, prog=COMMAND)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if any is stale")
    if parser.parse_args().check:
        found = stale()
        for place in found:
            sys.stdout.write(f"stale: docs/{place.as_posix()}; run {COMMAND}\n")
        return 1 if found else 0
    for place, text in pages().items():
        (HERE / place).parent.mkdir(exist_ok=True)
        (HERE / place).write_text(text, encoding="utf-8", newline="\n")
    return 0


# A checkpoint's page ------------------------------------------------------------------------------


def _checkpoint(checkpoint: Checkpoint, language: Language) -> Iterator[str]:
    rules = import_module(f"taxgate.checks.{checkpoint.value.replace('-', '_')}")
    tables: tuple[Table[Any], ...] = rules.TABLES
    intro = (HERE / "checkpoints" / "intro" / _file(checkpoint.value, language)).read_text(
        encoding="utf-8"
    )
    yield f"# {common.checkpoint(checkpoint, language)}"
    yield _comment(language)
    yield (
        f"[{_word('other', language)}]({_file(checkpoint.value, _another(language))})"
        f" · [{_word('documents', language)}](../README.md)"
        f" · [{_word('concepts', language)}](../{_file('concepts', language)})"
        f" · `taxgate.checks.{checkpoint.value.replace('-', '_')}`"
    )
    provision: Provision = rules.PROVISION
    yield f"> {provision.cite(language)}{colon(language)}{_said(provision, language)}"
    parts = [*_lead(rules, language), intro.strip()]
    parts += _facts(tables, language)
    for name, chosen in _grouped(tables):
        parts.append(f"## {_word(name, language)}")
        if name == "deciding":
            parts += [_word("legend", language), _outcomes(language)]
        parts += (part for table in chosen for part in _table(table, language))
    parts += _readings(tables, language)
    parts += _actions(tables, language)
    parts += _provisions(rules.PROVISION, tables, language)
    parts += [f"## {_word('not-encoded', language)}", _word("not-encoded-told", language)]
    parts.append(_bullets(Text(*pair).to(language) for pair in rules.NOT_ENCODED))
    parts += [f"## {_word('cases', language)}", _word("cases-told", language)]
    for case in CASES:
        if case.checkpoint is checkpoint:
            parts += _case(case, rules, language)
    yield _contents(parts)
    yield from parts


def _lead(rules: Any, language: Language) -> Iterator[str]:  # noqa: ANN401 - a module
    """Yield what the module says of itself; its Chinese counterpart opens the Chinese intro."""
    if language is Language.EN:
        _, *paragraphs = inspect.cleandoc(rules.__doc__).split("\n\n")
        yield from (part for part in paragraphs if not part.startswith("Not encoded:"))


def _grouped(tables: Iterable[Table[Any]]) -> Iterator[tuple[str, list[Table[Any]]]]:
    """Yield the tables by what they are for, in the order in which they are asked."""
    groups: dict[str, list[Table[Any]]] = {
        "scope": [],
        "duties": [],
        "deciding": [],
        "obstacles": [],
    }
    for table in tables:
        kinds = {type(row.then) for row in table.rows if row.then is not None}
        if table.name.endswith("scope"):
            groups["scope"].append(table)
        elif ObstacleKind in kinds:
            groups["obstacles"].append(table)
        else:
            groups["deciding" if Outcome in kinds else "duties"].append(table)
    return ((name, chosen) for name, chosen in groups.items() if chosen)


def _facts(tables: Iterable[Table[Any]], language: Language) -> Iterator[str]:
    readers: dict[tuple[str, str, str], list[str]] = {}
    for table in tables:
        for column in sheet(table, language).columns:
            readers.setdefault(column, []).append(f"[{_short(table)}](#{_anchor(table.name)})")
    yield f"## {_word('facts', language)}"
    yield _word("facts-told", language)
    yield _grid(
        [_word(name, language) for name in ("fact", "values", "read-by")],
        (
            (
                f"{_prose(meaning)} `{column}`",
                "<br>".join(
                    f"{_prose(word)} `{value}`" for value, word in _members(members).items()
                ),
                "<br>".join(names),
            )
            for (column, meaning, members), names in readers.items()
        ),
    )


def _table(table: Table[Any], language: Language) -> Iterator[str]:
    shown = sheet(table, language)
    yield f'<a id="{_anchor(table.name)}"></a>'
    yield f"### {_prose(shown.question)}"
    yield f"`{table.name}`"
    # What a reading changes stands below the conclusion: a column would be empty nearly everywhere.
    yield _grid(shown.header[:-1], _lines(table, shown, language))


def _lines(table: Table[Any], shown: Sheet, language: Language) -> Iterator[tuple[str, ...]]:
    for row, (*told, concluded, code, _, changed) in zip(table.rows, shown.rows, strict=True):
        yield (
            *(_prose(cell) for cell in told),
            "<br>".join(_prose(cell) for cell in (concluded, changed) if cell),
            f"`{code}`",
            _cited(row.cites, language),
        )


def _outcomes(language: Language) -> str:
    return _grid(
        [_word(name, language) for name in ("conclusion", "outcome", "verdict", "effect")],
        (
            (common.outcome(item, language), f"`{item}`", f"`{item.verdict}`", f"`{item.effect}`")
            for item in Outcome
        ),
    )


def _readings(tables: Iterable[Table[Any]], language: Language) -> Iterator[str]:
    changed = [
        (row.under, table, row) for table in tables for row in table.rows if row.under is not None
    ]
    yield f"## {_word('readings', language)}"
    if not changed:
        yield _word("no-readings", language)
        return
    yield _word("readings-told", language)
    yield _grid(
        [_word(name, language) for name in ("reading", "meaning", "rows", "off", "on")],
        (
            (
                f"`{reading}`",
                _prose(common.reading(reading, language)),
                f"{' '.join(row.ids)}<br>[{_short(table)}](#{_anchor(table.name)})",
                _concluded(row.then, language),
                _concluded(conclusion, language),
            )
            for (reading, conclusion), table, row in changed
        ),
    )


def _actions(tables: tuple[Table[Any], ...], language: Language) -> Iterator[str]:
    words = _vocabulary(tables, language)
    lines: dict[tuple[str, str, str], list[str]] = {}
    for table in tables:
        for action in table.actions:
            line = (
                _prose(common.way((action,), language)),
                _pairs(action.when, words, language) or _word("always", language),
                _pairs({name: (item,) for name, item in action.sets.items()}, words, language),
            )
            lines.setdefault(line, []).append(f"[{_short(table)}](#{_anchor(table.name)})")
    if lines:
        yield f"## {_word('actions', language)}"
        yield _word("actions-told", language)
        yield _grid(
            [_word(name, language) for name in ("action", "open-when", "sets", "tables")],
            ((*line, "<br>".join(dict.fromkeys(names))) for line, names in lines.items()),
        )


def _vocabulary(tables: Iterable[Table[Any]], language: Language) -> _Vocabulary:
    """Return the words for each column and its members, in order.

    An action may name a column of another table that reads the same facts. Members of different
    enums may be equal as text: the name of the enum tells them apart.
    """
    words: _Vocabulary = {}
    for table in tables:
        for column, told, all_ in sheet(table, language).columns:
            _, known = words.setdefault(column, (told, {}))
            named = _members(all_)
            for member in table.columns[column]:
                known[type(member).__name__, member.value] = named[member.value]
    return words


def _pairs(chosen: Mapping[str, Iterable[StrEnum]], words: _Vocabulary, language: Language) -> str:
    """Return columns with their members in words, each column on a line of its own."""
    lines = []
    for column, members in chosen.items():
        told, known = words[column]
        keys = {(type(member).__name__, member.value) for member in members}
        listed = _SLASH.join(word for key, word in known.items() if key in keys)
        lines.append(_prose(told) + colon(language) + _prose(listed))
    return "<br>".join(lines)


def _provisions(
    first: Provision, tables: Iterable[Table[Any]], language: Language
) -> Iterator[str]:
    cited = {first: None} | dict.fromkeys(
        provision for table in tables for row in table.rows for provision in row.cites
    )
    yield f"## {_word('provisions', language)}"
    yield _word("provisions-told", language)
    names = ("provision", "says", "in-force", "source")
    yield _grid(
        [_word(name, language) for name in names],
        (
            (
                f'<a id="{_anchor(item.id)}"></a>{_prose(item.cite(language))}<br>`{item.id}`',
                _prose(_said(item, language)),
                _binding(item, language),
                _prose(item.source),
            )
            for item in sorted(cited, key=_by_instrument)
        ),
    )


def _by_instrument(provision: Provision) -> tuple[bool, str, list[int], str]:
    numbers = [int(number) for number in re.findall(r"\d+", provision.article)]
    return (
        provision.instrument is not ORDER,
        provision.instrument.id,
        numbers,
        provision.article,
    )


def _binding(provision: Provision, language: Language) -> str:
    """Return from which day to which a provision binds, and where."""
    if provision.until is None:
        told = _word("since", language).format(since=provision.since)
    else:
        told = _word("between", language).format(
            since=provision.since, last=provision.until - timedelta(days=1)
        )
    if provision.place is not None:
        told += _word("place", language).format(place=provision.place)
    return told


def _case(case: ShippedCase, rules: Any, language: Language) -> Iterator[str]:  # noqa: ANN401
    read = read_case(case.document())
    decision = read.decide()
    application: Any = read.application
    asked = dict.fromkeys(
        common.matter(inquiry.matter, language) for inquiry in rules.inquiries(application)
    )
    yield f"### {case.title.to(language)}"
    told = {
        "case": f"[`{case.name}`](../../src/taxgate/cases/{case.name}.json)",
        "act": common.act(case.checkpoint, application.act.value, language),
        "asked": listed(asked, language) or _word("none", language),
        "decision": f"**{_verdict(decision, language)}**"
        + bracketed(f"`{decision.verdict}/{decision.effect}`", language),
        "may-complete": _yes(decision.may_complete, language),
        "verified": _yes(decision.verified, language),
        "retryable": _yes(decision.retryable, language),
    }
    if decision.obstacles:
        told["obstacles"] = listed(
            (
                common.obstacle(item.kind, language) + bracketed(f"`{item.kind}`", language)
                for item in decision.obstacles
            ),
            language,
        )
    if decision.flags:
        told["remarks"] = clauses(
            (
                common.flag(flag, language) + bracketed(f"`{flag}`", language)
                for flag in decision.flags
            ),
            language,
        )
    items = [f"{_word(name, language)}{colon(language)}{text}" for name, text in told.items()]
    for remedy in decision.remedies():
        about = common.matter(remedy.obligation.matter, language)
        ways = _word("either", language).join(common.way(way, language) for way in remedy.ways)
        items.append(
            _word("ways", language)
            + bracketed(about, language)
            + colon(language)
            + (ways or NOBODY.to(language))
        )
    yield _bullets(items)
    yield _grid(
        [_word(name, language) for name in ("matter", "facts", "rows", "conclusion", "reason")],
        (_found(finding, finding in decision.deciding, language) for finding in decision.findings),
    )


def _found(finding: Finding, deciding: bool, language: Language) -> tuple[str, ...]:  # noqa: FBT001
    columns = finding.ruling.table.columns
    facts = finding.obligation.facts
    mark = "**" if deciding else ""
    return (
        _prose(common.matter(finding.obligation.matter, language)),
        "<br>".join(f"`{column}={getattr(facts, column)}`" for column in columns),
        f"{mark}{' '.join(finding.rows)}{mark}",
        f"{mark}{_prose(common.outcome(finding.outcome, language))}{mark}",
        f"{_prose(common.reason(finding, language))} `{finding.code}`",
    )


def _verdict(decision: Decision, language: Language) -> str:
    verdict = common.verdict(decision.verdict, language)
    return f"{verdict}{colon(language)}{common.effect(decision.effect, language)}"


# The page of errors -------------------------------------------------------------------------------


def _errors(language: Language) -> Iterator[str]:
    for module in pkgutil.walk_packages(taxgate.__path__, "taxgate."):
        # The command line needs its extra, and raises nothing that a program could catch.
        if not module.name.startswith(("taxgate.cli", "taxgate.__main__")):
            import_module(module.name)
    found = list(_below(TaxgateError, 0))
    yield f"# {_word('errors', language)}"
    yield _comment(language)
    yield (
        f"[{_word('other', language)}]({_file('errors', _another(language))})"
        f" · [{_word('documents', language)}](README.md)"
        f" · [{_word('concepts', language)}]({_file('concepts', language)})"
    )
    yield _word("errors-told", language)
    yield f"## {_word('tree', language)}"
    tree = "\n".join(f"{'    ' * depth}{error.__name__}{_also(error)}" for depth, error in found)
    yield f"```text\n{tree}\n```"
    yield f"## {_word('each', language)}"
    chinese = json.loads((HERE / "errors_zh.json").read_text(encoding="utf-8"))
    for _, error in found:
        yield from _error(error, chinese, language)


def _below(error: type[Exception], depth: int) -> Iterator[tuple[int, type[Exception]]]:
    """Yield *error* and every error of the package below it, in the order of their definition."""
    yield depth, error
    mine = [item for item in error.__subclasses__() if item.__module__.startswith("taxgate.")]
    for item in sorted(mine, key=lambda item: (item.__module__, _line_of(item))):
        if item.__bases__[0] is error:
            yield from _below(item, depth + 1)


def _line_of(error: type[Exception]) -> int:
    return list(vars(import_module(error.__module__))).index(error.__name__)


def _also(error: type[Exception]) -> str:
    builtin = [base.__name__ for base in error.__bases__ if base.__module__ == "builtins"]
    return f" ({', '.join(builtin)})" if builtin and builtin != ["Exception"] else ""


def _error(error: type[Exception], chinese: Mapping[str, Any], language: Language) -> Iterator[str]:
    said, attributes = _docstring(error)
    if language is Language.ZH_CN:
        told = chinese[error.__name__]
        said, attributes = told["says"], {name: told["attributes"][name] for name in attributes}
    yield f"### {error.__name__}"
    yield f"`{error.__module__}.{error.__name__}`"
    yield said
    if attributes:
        yield _bullets(f"`{name}`{colon(language)}{text}" for name, text in attributes.items())


def _docstring(error: type[Exception]) -> tuple[str, dict[str, str]]:
    """Return what an error's docstring says, and what it says of each attribute."""
    said, _, listed = inspect.cleandoc(error.__doc__ or "").partition("\n\nAttributes:\n")
    found = re.findall(r"^    (\w+): (.*(?:\n        .*)*)", listed, flags=re.MULTILINE)
    return said, {name: " ".join(text.split()) for name, text in found}


# The page of faults -------------------------------------------------------------------------------


def _faults(language: Language) -> Iterator[str]:
    rows = _fault_rows()
    yield f"# {_word('faults', language)}"
    yield _comment(language)
    yield (
        f"[{_word('other', language)}]({_file('faults', _another(language))})"
        f" · [{_word('documents', language)}](README.md)"
        f" · [{_word('errors', language)}]({_file('errors', language)})"
    )
    yield _word("faults-told", language)
    yield _word("faults-kinds", language)
    yield _grid(
        [_word(name, language) for name in ("number", "fault", "required", "tried", "untried")],
        (
            (
                str(fault.number),
                fault.title.to(language),
                fault.outcome.to(language),
                _sources(fault.sources, rows.SOURCES, language) or "—",
                "<br>".join(_untried(fault, rows.SOURCES, language)) or "—",
            )
            for fault in rows.FAULTS
        ),
    )
    yield f"## {_word('limits', language)}"
    yield _word("limits-told", language)


def _fault_rows() -> Any:  # noqa: ANN401 - a module
    """Return the list of faults the tests are held to; it lies with them."""
    place = HERE.parent / "tests" / "fault_rows.py"
    spec = importlib.util.spec_from_file_location("docs_fault_rows", place)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(place)
    module = importlib.util.module_from_spec(spec)
    # Its classes look their module up while they are made.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _sources(names: Iterable[str], everyone: Iterable[str], language: Language) -> str:
    chosen = tuple(names)
    if chosen == tuple(everyone):
        return _word("all-sources", language)
    return listed((f"`{name}`" for name in chosen), language)


def _untried(fault: Any, everyone: tuple[str, ...], language: Language) -> Iterator[str]:  # noqa: ANN401
    reasons: dict[str, list[str]] = {}
    for source in everyone:
        reason = fault.reason(source)
        if reason is not None:
            reasons.setdefault(reason.to(language), []).append(source)
    for told, names in reasons.items():
        yield f"{_sources(names, everyone, language)}{colon(language)}{told}"


# Markdown -----------------------------------------------------------------------------------------


def _word(name: str, language: Language) -> str:
    return _WORDS[name].to(language)


def _text(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _file(name: str, language: Language) -> str:
    return f"{name}.zh-CN.md" if language is Language.ZH_CN else f"{name}.md"


def _another(language: Language) -> Language:
    return Language.EN if language is Language.ZH_CN else Language.ZH_CN


def _comment(language: Language) -> str:
    return f"<!-- {_word('made', language).format(command=COMMAND)} -->"


def _contents(parts: Iterable[str]) -> str:
    """Return links to the sections, by the anchors that GitHub makes of their headings."""
    headings = re.findall(r"^## (.+)$", "\n".join(parts), flags=re.MULTILINE)
    return _bullets(f"[{heading}](#{_slug(heading)})" for heading in headings)


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _grid(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heading = list(header)
    lines = [heading, ["---"] * len(heading), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _prose(text: str) -> str:
    """Return *text* for a cell, with nothing in it that Markdown would take for markup.

    Masked identifiers are rows of asterisks, which would be read as emphasis.
    """
    safe = text.replace(_JOINT, _SLASH).replace("<", "&lt;")
    return re.sub(r"([\\*|`\[\]])", r"\\\1", safe)


def _anchor(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _short(table: Table[Any]) -> str:
    return table.name.partition("/")[2]


def _members(told: str) -> dict[str, str]:
    """Return the members of a column, value to word, as a sheet tells them."""
    pairs = (item.rpartition(" = ") for item in told.split(_JOINT))
    return {value: word for word, _, value in pairs}


def _cited(provisions: Iterable[Provision], language: Language) -> str:
    """Return links to provisions; where the full title would not fit, a short one."""
    if language is Language.EN:
        names = [(item.id.rstrip("/"), item.id) for item in provisions]
    else:
        names = [(_short_citation(item), item.id) for item in provisions]
    return "<br>".join(f"[{name}](#{_anchor(target)})" for name, target in names)


def _short_citation(provision: Provision) -> str:
    cited = provision.cite(Language.ZH_CN)
    return cited.replace(_TITLE_OF_ORDER, "《办法》").replace(f"《{_REPUBLIC}", "《")


def _said(provision: Provision, language: Language) -> str:
    return Text(provision.zh, provision.en).to(language)


def _concluded(outcome: Any, language: Language) -> str:  # noqa: ANN401 - any closed enum
    if isinstance(outcome, Outcome):
        return f"{common.outcome(outcome, language)} `{outcome}`"
    return _word("none", language)


def _yes(answer: bool, language: Language) -> str:  # noqa: FBT001 - a truth value to be worded
    return _word("yes" if answer else "no", language)


if __name__ == "__main__":
    sys.exit(main())
