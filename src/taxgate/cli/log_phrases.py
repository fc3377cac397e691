"""What `taxgate log` says of its own, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..wording import Text

# How the commands are used ----------------------------------------------------------------------

ONE_PLACE: Final = Text(
    "请用 --config 指定配置文件，或者用 --url 指定日志的位置，二者选一。",
    "Say which log: either --config with a configuration, or --url with its place.",
)
NO_KEYS: Final = Text("请用 --keys 指定密钥文件夹。", "Name the folder of keys with --keys.")
NO_INSTANT: Final = Text(
    "{given} 不是日期或者时刻：请写成 2026-01-31 或 2026-01-31T09:00:00+08:00。",
    "{given} is no day or instant: write 2026-01-31 or 2026-01-31T09:00:00+08:00.",
)
BAD_SETTING: Final = Text(
    "{given} 应写成 名称=on 或 名称=off。", "Write {given} as NAME=on or NAME=off."
)
NO_READING: Final = Text("没有名为 {name} 的释义选项。", "There is no reading named {name}.")
KNOWN_READINGS: Final = Text("可用的有：{names}", "There are: {names}")
ONE_CHOICE: Final = Text(
    "序号、--case、--actor 只能选一个。", "Give one of an entry number, --case and --actor."
)
CLEAR_WHAT: Final = Text(
    "--clear 需要条目序号，以及 --reader 和 --reason（查阅人和理由会被记录，办法第19条）。",
    "--clear needs the number of an entry, and --reader and --reason: both are recorded"
    " (Order Art. 19).",
)
NEEDS_FILE: Final = Text("parquet 格式须指定输出文件。", "Parquet needs the name of a file.")
WITNESS_WHAT: Final = Text("--witness 须与 --sign 并用。", "--witness goes with --sign.")
STAMPS_WHAT: Final = Text(
    "时间戳需要 --stamps（保存的文件夹）和 --tsa-root（时间戳机构的根证书）；签署时还要 --tsa。",
    "Time stamps need --stamps (the folder that keeps them) and --tsa-root (the authority's root"
    " certificate); to have a head stamped, --tsa as well.",
)
BAD_VALUE: Final = Text("输入有误：{problem}", "Faulty input: {problem}")
CANNOT_WRITE: Final = Text("无法写入 {name}（{why}）。", "{name} cannot be written ({why}).")

# Making -----------------------------------------------------------------------------------------

KEY_MADE: Final = Text("已生成密钥：{path}", "Made the key {path}")
KEY_CARE: Final = Text(
    "请另行备份密钥：密钥丢失，用它密封的内容永远无法读取；密钥泄露，令牌和证据不再保密。",
    "Keep a copy of the keys elsewhere: what was sealed under a lost key is unreadable for good,"
    " and whoever has a key can read what it seals.",
)
LOG_MADE: Final = Text("已建立日志 {log}。", "Made the log {log}.")
EMPTY: Final = Text("日志是空的。", "The log is empty.")
LAST: Final = Text(
    "最后一条：第{seq}条，摘要值 {digest}，{at}。", "Last entry: {seq}, digest {digest}, {at}."
)
LAST_SIGNED: Final = Text(
    "最近签名的链头：第{seq}条，密钥 {key}，{at}。",
    "Last signed head: entry {seq}, key {key}, {at}.",
)
NEVER_SIGNED: Final = Text("链头从未签名。", "No head was ever signed.")
SIGNED: Final = Text(
    "已签署链头：第{seq}条，密钥 {key}。", "Signed the head: entry {seq}, key {key}."
)
HANDED: Final = Text("已交见证方保存：{witness}", "Handed to the witness {witness}")
WOULD_ERASE: Final = Text(
    "将永久清除 {before} 之前的审查证据。确认请加 --yes。",
    "This erases the evidence of all decisions before {before} for good. To do it, add --yes.",
)
ERASED: Final = Text(
    "已按规则 {rule} 清除{count}条的证据，记为第{seq}条。",
    "Erased the evidence of {count} entries under the rule {rule}; recorded as entry {seq}.",
)
NOTHING_TO_ERASE: Final = Text("没有需要清除的证据。", "There is no evidence to erase.")

# Verifying --------------------------------------------------------------------------------------

VERIFYING: Final = Text("核验", "Verifying")
SOUND: Final = Text("未发现改动：共{count}条。", "Nothing wrong was found in {count} entries.")
FAULT: Final = Text("第{seq}条：{problem}", "Entry {seq} {problem}")
_ELSEWHERE: Final = {"elsewhere": "见证方保存的", "beside the log": "日志旁的"}
_PROBLEMS: Final = tuple(
    (re.compile(pattern, re.ASCII), zh)
    for pattern, zh in (
        (r"has evidence, and is no entry that has any", "有证据，而这类条目不应有证据"),
        (r"has evidence, and is missing", "有证据，条目却不在"),
        (r"is no entry of the log: they begin with 1", "不是日志条目：条目从1开始编号"),
        (
            r"takes the place of an entry that is not the latest decision of a case",
            "所取代的条目不是案件的最新结论",
        ),
        (
            r"says that evidence was erased which is there, or never was",
            "称已清除的证据仍在，或者从未有过",
        ),
        (
            r"is not the latest decision of the case that it is given for",
            "被当作某案件的最新结论，实际不是",
        ),
        (
            r"is missing, and given as the latest decision of a case",
            "缺失，却被当作某案件的最新结论",
        ),
        (r"its sealed evidence is not what was written", "密封证据与写入时不同"),
        (
            r"its evidence is gone, and no entry says that it was erased",
            "证据不在，而没有清除记录",
        ),
        (r"is missing: the next one there is has the number ([0-9]+)", "缺失，其后是第{0}条"),
        (r"is not what was written: it does not fit its digest", "与写入时不同，不符合其摘要值"),
        (r"does not follow the entry before it", "与前一条不相连"),
        (r"is not spelled as the log spells", "不是日志的规范写法"),
        (r"its head kept (elsewhere|beside the log) has no valid signature", "{0}链头签名无效"),
        (
            r"is missing: a head kept (elsewhere|beside the log) goes up to entry ([0-9]+)",
            "缺失，而{0}链头到第{1}条",
        ),
        (r"is another than the head kept (elsewhere|beside the log) fixes", "与{0}链头不符"),
        (r"is not written as the log writes: verify the log", "不是日志写入的内容"),
    )
)
"""What a verification finds, and how it is said in Chinese."""


def problem(text: str) -> Text:
    """Return what a verification found in both languages; as it is where nobody worded it."""
    for pattern, zh in _PROBLEMS:
        found = pattern.fullmatch(text)
        if found is not None:
            parts = (_ELSEWHERE.get(part, part) for part in found.groups())
            return Text(zh.format(*parts), text)
    return Text(text, text)


ANCHORED: Final = Text(
    "见证方保存的链头固定到第{seq}条。", "Heads kept elsewhere fix it up to entry {seq}."
)
OWN: Final = Text(
    "日志旁的签名链头到第{seq}条。", "Signed heads beside the log go up to entry {seq}."
)
CANNOT_KNOW: Final = Text("以下情况无从得知：", "What this cannot know:")
DOUBTS: Final[Mapping[str, Text]] = {
    "not-anchored": Text(
        "没有见证方的链头：尾部被截断、全链被重写或者换回旧副本，都看不出来。",
        "No head of a witness was given: a tail cut off, a chain worked out anew or an old copy put"
        " back would not show.",
    ),
    "tail-not-anchored": Text(
        "见证方最后的链头之后的条目，可能被截断或重写。",
        "Entries after the witness's last head may have been cut off or worked out anew.",
    ),
    "signatures-not-checked": Text(
        "没有公钥，签名未核对。", "No key was given, so no signature was checked."
    ),
}

# Showing ----------------------------------------------------------------------------------------

NO_ENTRY: Final = Text("没有第{seq}条。", "There is no entry {seq}.")
NONE_FOUND: Final = Text("没有符合条件的条目。", "No entry fits.")
KINDS: Final[Mapping[str, Text]] = {
    "decision": Text("结论", "decision"),
    "act": Text("经办人处置", "officer's act"),
    "reading": Text("明文查阅", "reading in clear"),
    "erasure": Text("证据清除", "erasure"),
    "key": Text("密钥变更", "key"),
}
SHOW_COLUMNS: Final = (
    Text("序号", "entry"),
    Text("时间", "at"),
    Text("类别", "kind"),
    Text("登记机关", "office"),
    Text("业务", "business"),
    Text("结论", "outcome"),
    Text("理由", "reason"),
    Text("案件令牌", "case token"),
)
LATER: Final = Text("与其相关的后续条目：", "Later entries about it:")
CLEAR_TITLE: Final = Text(
    "明文内容（本次查阅已记录）：", "In clear (that this was read is recorded):"
)

# Reports ----------------------------------------------------------------------------------------

COUNTING: Final = Text("统计", "Counting")
EXPORTING: Final = Text("导出", "Exporting")
WRITTEN: Final = Text("已写入 {name}（{count}条）。", "Wrote {name} ({count} entries).")
FILE_MADE: Final = Text("已写入 {name}。", "Wrote {name}.")
STATS: Final[Mapping[str, Text]] = {
    "kinds": Text("按类别", "Entries by kind"),
    "checkpoints": Text("按查验环节", "Decisions by checkpoint"),
    "outcomes": Text("按结论", "Decisions by outcome"),
    "effects": Text("按办理效果", "Decisions by effect"),
    "reasons": Text("按理由", "Decisions by reason"),
    "offices": Text("按登记机关", "Decisions by office"),
    "obstacles": Text("非税障碍", "Non-tax obstacles"),
    "flags": Text("备注", "Remarks"),
    "readings": Text("启用的释义选项", "Readings in force"),
    "outages": Text("数据来源故障的原因", "Causes of outages"),
    "clear_readings": Text("明文查阅的理由", "Readings in clear by reason"),
}
TOTALS: Final = Text(
    "共{entries}条，其中结论{decisions}个：可以办结{completable}个，重新查验{rechecks}个，"
    "未经查验而可继续办理{unverified}个。",
    "{entries} entries, {decisions} of them decisions: {completable} may be completed, {rechecks}"
    " are rechecks, {unverified} proceed without a tax check.",
)
SOURCES: Final = Text("数据来源", "Sources")
SOURCE: Final = Text("答复{answers}次，故障{outages}次", "{answers} answers, {outages} outages")
CLEARING: Final = Text(
    "从首次暂缓或者不予办理到可以继续办理（分钟）",
    "From a first hold or refusal to clear (minutes)",
)
CLEARING_COLUMNS: Final = (
    Text("首次结论", "first outcome"),
    Text("尚未解除", "open"),
    Text("已解除", "cleared"),
    Text("半数不超过", "half within"),
    Text("九成不超过", "nine in ten within"),
    Text("最长", "longest"),
)
ACTS: Final = Text("经办人处置，按规则（单独统计）", "Acts of officers by row, counted apart")
NO_ACTS: Final = Text("没有。", "None.")
ACT_COLUMNS: Final = (
    Text("规则", "row"),
    Text("处置", "acts"),
    Text("结论", "decisions"),
    Text("占比", "rate"),
)
ACTORS: Final = Text(
    "经办人（令牌），一小时内最多次数在前", "Officers (tokens), busiest hour first"
)
ACTOR_COLUMNS: Final = (
    Text("令牌", "token"),
    Text("结论", "decisions"),
    Text("明文查阅", "readings in clear"),
    Text("一小时最多", "in one hour"),
)
OTHERS: Final = Text("……其余{count}项见 --json", "... {count} more: see --json")

# Deciding again ---------------------------------------------------------------------------------

REPLAYING: Final = Text("重演", "Replaying")
WHAT_IF: Final = Text("假设重算", "What if")
REPLAY_KINDS: Final[Mapping[str, Text]] = {
    "same": Text("一致", "the same"),
    "other": Text("不同", "another"),
    "unknown-facts": Text("本版本的决策表不认识其中的事实", "facts this copy's tables do not know"),
    "sealed": Text(
        "证据不可读，仅按决策表重算，结果一致", "the same by the tables; evidence not readable"
    ),
}
OTHER_LAW: Final = Text("（法规版本 {law}）", " (law {law})")
CHANGE: Final = Text(
    "第{seq}条 {case}：{before} → {after}", "Entry {seq} {case}: {before} → {after}"
)
UNDECIDED: Final = Text("无法判断", "cannot tell")
SAYS_NOTHING: Final = Text("不作结论", "says nothing")
REPLAYED: Final = Text("共{count}个结论。", "{count} decisions.")
TURNS: Final = Text("结论变化：", "Outcomes that change:")
BY_ROW: Final = Text("按规则：", "By row now:")
NO_CHANGE: Final = Text("没有结论会改变。", "No decision would differ.")
WOULD_DIFFER: Final = Text(
    "共{count}个结论，其中{changed}个会不同。", "{changed} of {count} decisions would differ."
)
