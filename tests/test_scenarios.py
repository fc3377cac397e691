"""Shipped scenarios hold, cover the specification, and say what is wrong when they do not.

They are collected here from the Cucumber project's own parser, not by pytest-bdd: that makes a
marker of every tag, which `--strict-markers` refuses for `@V-01` unless every project that runs
scenarios adds a hook of its own, and it keeps its steps in test modules, where the command
`taxgate scenarios run` could not use them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from taxgate.cli import run as command
from taxgate.scenarios import (
    FEATURES,
    FaultyScenarioError,
    Status,
    coverage,
    english,
    english_path,
    read_feature,
    read_folder,
    run,
)
from taxgate.scenarios.bases import BASES
from taxgate.scenarios.fields import APPLICATION, RECORDS, THINGS
from taxgate.scenarios.reporting import html_report, junit_report
from taxgate.scenarios.steps import STEPS
from taxgate.scenarios.words import kind_of
from taxgate.terms import Language

HERE = Path(__file__).parent
ROWS = (HERE / "law_rows.txt").read_text(encoding="ascii").split()
GAPS = HERE / "scenario_gaps.txt"
SCENARIOS = read_folder(FEATURES)
NAMED = re.compile(r"规则“([VSRED]-\d\d)”")
CLOSED = re.compile(r"\{\w+:(\w+)\}")

GOOD = """# language: zh-CN
功能: 试写
  场景: 一
    假如甲某为一辆汽油小型客车申请注册登记
    {given}
    当进行税务查验
    那么{then}
"""


def gaps():
    """Return the sections of the list of gaps."""
    sections = {}
    for line in GAPS.read_text(encoding="ascii").splitlines():
        if line.startswith("["):
            rows = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append(line)
    return sections


def written(folder, given="并且税务机关就车船税答复“已缴纳”", then="结论为“通过”", text=GOOD):
    """Write a feature with one scenario and return its path."""
    path = folder / "one.feature"
    path.write_text(text.format(given=given, then=then), encoding="utf-8")
    return path


def only(path):
    """Run the one scenario of a file."""
    (scenario,) = read_feature(path)
    return run(scenario)


@pytest.mark.parametrize(
    "scenario", SCENARIOS, ids=[f"{one.path.stem}:{one.line}:{one.name.zh}" for one in SCENARIOS]
)
def test_the_decision_is_the_one_the_scenario_expects(scenario):
    """Every shipped scenario holds; one that does not prints the whole way to its decision."""
    result = run(scenario)
    if result.status is not Status.PASSED:
        pytest.fail(result.explained(Language.ZH_CN), pytrace=False)


@pytest.mark.parametrize(
    "path", sorted({one.path for one in SCENARIOS}), ids=lambda path: path.stem
)
def test_the_english_rendering_is_up_to_date_and_says_the_same(path):
    """The English feature is what is written from the Chinese one, and builds the same cases."""
    chinese = read_feature(path)
    assert english_path(path).read_text(encoding="utf-8") == english(chinese)
    for ours, theirs in zip(chinese, read_feature(english_path(path)), strict=True):
        result = run(theirs)
        assert result.status is Status.PASSED
        assert result.document == run(ours).document
        assert result.steps == run(ours).steps


def test_every_name_has_a_translation():
    """No feature and no scenario goes without its English name."""
    for one in SCENARIOS:
        assert not re.search(r"[\u4e00-\u9fff]", one.name.en + one.feature.en), one.name


def test_every_row_has_its_scenario():
    """A scenario tagged with a row names it among what applies; the list of gaps only shrinks."""
    tagged, named = set(), set()
    for one in SCENARIOS:
        rows = one.tags & set(ROWS)
        assert rows == one.tags, f"{one.path.name}:{one.line}: unknown tag"
        said = {row for _, text in one.steps for row in NAMED.findall(text)}
        tagged |= rows
        named |= rows & said
    assert [row for row in ROWS if row not in tagged] == gaps()["no scenario"]
    assert [row for row in ROWS if row in tagged - named] == gaps()["not named by a decision"]
    assert len(gaps()["no scenario"]) == 0
    assert len(gaps()["not named by a decision"]) <= 13


def test_every_sentence_is_used():
    """A step no shipped scenario needs is one too many."""
    used = {text.zh for one in SCENARIOS for _, text in run(one).steps}
    for base in BASES:
        assert base.text.zh in used
    for step in STEPS:
        matched = any(step.match(sentence, Language.ZH_CN) is not None for sentence in used)
        assert matched, step.text.zh


def test_words_are_distinct():
    """No two words, facts, things or plain cases of one list are alike, in either language."""
    kinds = {kind for step in STEPS for kind in CLOSED.findall(step.text.zh)}
    lists = [[base.text for base in BASES], [step.text for step in STEPS]]
    for facts in (*APPLICATION.values(), *RECORDS.values()):
        lists.append([fact.text for fact in facts])
        kinds.update(fact.kind.removeprefix("List ") for fact in facts)
    for things in THINGS.values():
        lists.append([thing.text for thing in things])
        for thing in things:
            lists.append([fact.text for fact in thing.facts])
            kinds.update(fact.kind for fact in thing.facts)
    lists.extend(list(words.values()) for kind in kinds if (words := kind_of(kind)))
    for texts in lists:
        for language in Language:
            words = [text.to(language) for text in texts]
            assert len(words) == len(set(words)), words


def test_slots_are_the_same_in_both_languages():
    """The English sentence of a step takes what the Chinese one takes."""
    for step in STEPS:
        assert sorted(CLOSED.findall(step.text.zh)) == sorted(CLOSED.findall(step.text.en))


def test_most_lines_of_the_tables_are_reached():
    """Scenarios reach most lines of the decision tables, and the figure does not fall."""
    found = coverage([run(one) for one in SCENARIOS])
    assert len(found.reached) >= 270
    assert not set(found.rows) - {"1.3", "V-15"}


def test_a_failing_scenario_explains_itself(tmp_path):
    """What did not hold comes with the whole way to the decision."""
    result = only(written(tmp_path, then="结论为“阻断”"))
    assert result.status is Status.FAILED
    told = result.explained(Language.ZH_CN)
    assert "审查结论" in told
    assert "决策表" in told


@pytest.mark.parametrize(
    ("given", "then", "told"),
    [
        ("并且天气为“晴”", "结论为“通过”", "办理日期"),
        ("并且天气很好", "结论为“通过”", "没有这个步骤"),
        ("并且税务机关就车船税答复“已付”", "结论为“通过”", "没有“已付”这个说法"),
        ("并且办理日期为“2026年2月30日”", "结论为“通过”", "2026年2月30日"),
        ("并且办理日期为“昨天”", "结论为“通过”", "看不懂"),
        ("并且其开具日期为“2026年2月3日”", "结论为“通过”", "“其”"),
        ("并且另有查封登记", "结论为“通过”", "交强险保单"),
        ("并且采用释义选项“从宽”", "结论为“通过”", "没有“从宽”这个说法"),
        ("当进行税务查验\n    假如办理机关所在地为“外省”", "结论为“通过”", "不能再改变"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, given, then, told):
    """An unknown step, fact, word or date never counts as passed, and says what is known."""
    result = only(written(tmp_path, given, then))
    assert result.status is Status.FAULTY
    assert told in result.explained(Language.ZH_CN)


@pytest.mark.parametrize(
    ("base", "given"),
    [
        ("登记机构收到针对甲某住宅的协助执行请求", "受让的份额为“1/2”"),
        ("甲某为一辆汽油小型客车申请注册登记", "业务类型为“无”"),
        ("甲某将一套住宅出卖给乙某，申请转移登记", "没有不动产单元"),
        ("一家公司按简易程序申请注销登记", "推送情况为“未推送”"),
    ],
)
def test_a_case_that_cannot_be_is_no_crash(tmp_path, base, given):
    """What steps take away or contradict ends as a faulty or failed scenario."""
    text = GOOD.replace("甲某为一辆汽油小型客车申请注册登记", base)
    assert only(written(tmp_path, f"并且{given}", text=text)).status is not Status.PASSED


@pytest.mark.parametrize(
    "lines",
    [
        ["假如甲某为一辆汽油小型客车申请注册登记", "当进行税务查验"],
        ["假如甲某为一辆汽油小型客车申请注册登记", "那么结论为“通过”"],
        ["当进行税务查验", "那么结论为“通过”"],
        ["假如办理机关所在地为“外省”", "当进行税务查验", "那么结论为“通过”"],
        ["* 甲某为一辆汽油小型客车申请注册登记", "当进行税务查验", "那么结论为“通过”"],
    ],
)
def test_a_scenario_that_proves_nothing_is_faulty(tmp_path, lines):
    """Without a plain case, a check and an expectation nothing has been shown."""
    text = "# language: zh-CN\n功能: 试写\n  场景: 一\n    " + "\n    ".join(lines) + "\n"
    assert only(written(tmp_path, text=text)).status is Status.FAULTY


def test_faulty_input_is_no_verdict(tmp_path):
    """A case that is returned as faulty fails every expectation of a verdict."""
    path = written(tmp_path, "并且购置日期为“2027年1月1日”")
    result = only(path)
    assert result.status is Status.FAILED
    assert result.decision is None
    path = written(
        tmp_path, "并且购置日期为“2027年1月1日”", "申请被退回更正，错误位于“acquired_on”"
    )
    assert only(path).status is Status.PASSED


def test_the_case_a_scenario_builds_can_be_written_down():
    """Every case is a plain wire document: JSON and nothing else."""
    for one in SCENARIOS:
        document = run(one).document
        assert document is None or json.loads(json.dumps(document)) == document


def test_no_feature_no_pass(tmp_path):
    """An empty folder, a broken file and a missing one are errors, not successes."""
    with pytest.raises(FaultyScenarioError):
        read_folder(tmp_path)
    (tmp_path / "broken.feature").write_text("没有功能", encoding="utf-8")
    with pytest.raises(FaultyScenarioError):
        read_folder(tmp_path)
    (tmp_path / "broken.feature").write_bytes(b"\xff\xfe")
    with pytest.raises(FaultyScenarioError):
        read_folder(tmp_path)
    with pytest.raises(FaultyScenarioError):
        read_folder(tmp_path / "nowhere")


def test_reports_escape_what_a_scenario_contains(tmp_path):
    """Names are data: in the page no markup, in XML no control character."""
    text = GOOD.replace("场景: 一", "场景: <script>alert(1)</script>\x0b & 一")
    result = only(written(tmp_path, then="结论为“阻断”", text=text))
    page = html_report([result])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "src=" not in page
    root = ET.fromstring(junit_report([result]))  # noqa: S314 - written just now
    assert root.get("failures") == "1"
    assert root.get("tests") == "1"
    assert "<script>" in root.find(".//testcase").get("name")


def test_the_command_runs_a_folder_and_writes_reports(tmp_path, capsys):
    """`run` leaves with 0, 1 or 30, and both reports are there."""
    path = written(tmp_path)
    html, junit = tmp_path / "out.html", tmp_path / "out.xml"
    code = command(["scenarios", "run", str(path), "--html", str(html), "--junit", str(junit)])
    assert code == 0
    assert "通过1个" in capsys.readouterr().out
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert junit.read_bytes().startswith(b"<?xml")
    written(tmp_path, then="结论为“阻断”")
    assert command(["scenarios", "run", str(tmp_path), "--lang", "en"]) == 1
    assert "Written reports due" in capsys.readouterr().out
    written(tmp_path, then="天气很好")
    assert command(["scenarios", "run", str(tmp_path)]) == 30
    assert command(["scenarios", "run", str(tmp_path / "nowhere")]) == 30
    assert "nowhere" in capsys.readouterr().err
    written(tmp_path)
    assert command(["scenarios", "run", str(path), "--html", str(tmp_path)]) == 1
    assert "无法写入" in capsys.readouterr().err


def test_the_command_lists_what_is_not_reached(tmp_path, capsys):
    """`coverage` names the lines and rows that one scenario alone leaves out."""
    assert command(["scenarios", "coverage", str(written(tmp_path))]) == 0
    told = capsys.readouterr().out
    assert "vehicle/seizure" in told
    assert "V-02" in told
    assert "378" in told


def test_the_command_lists_steps_and_writes_english(tmp_path, capsys):
    """`steps` shows every sentence, `english` writes a rendering that passes too."""
    assert command(["scenarios", "steps"]) == 0
    told = capsys.readouterr().out
    assert told.count("\n") == len(STEPS) + len(BASES)
    path = written(tmp_path)
    assert command(["scenarios", "english", str(tmp_path)]) == 0
    assert only(english_path(path)).status is Status.PASSED
    assert len(read_folder(tmp_path)) == 1
    assert len(read_folder(tmp_path, english=True)) == 1
