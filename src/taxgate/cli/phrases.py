"""What the command line says of its own, in both languages."""

from __future__ import annotations

from typing import Final

from ..wording import Text


def filled(text: Text, **values: str) -> Text:
    """Return *text* with its placeholders filled in; values are data, never templates."""
    return Text(text.zh.format_map(values), text.en.format_map(values))


YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
COLON: Final = Text("：", ": ")
LIST_COMMA: Final = Text("、", ", ")
SENTENCE_END: Final = Text("；", "; ")

# What a decision means for the office ---------------------------------------------------------

MAY_BE_COMPLETED: Final = Text("可以办结登记。", "The registration may be completed.")
NOT_VERIFIED: Final = Text(
    "注意：税务情况未经查验，本结论不得作为已完税的证明。",
    "Note: nothing was verified about tax; this is no statement that tax was paid.",
)
ONLY_OBSTACLES: Final = Text(
    "注意：税务查验不妨碍办理，但存在非税障碍，现在不得办结登记！",
    "WARNING: tax is no ground to stop, but a non-tax obstacle stands:"
    " the registration may NOT be completed now!",
)
HELD: Final = Text(
    "暂缓办理：现在不得办结登记。", "On hold: the registration may not be completed now."
)
REFUSED: Final = Text("不予办理：不得办结登记。", "Refused: the registration may not be completed.")
RETRY: Final = Text(
    "重新查验即可能解除，可稍后重试。", "A retry alone could lift it: check again later."
)

# Headings -------------------------------------------------------------------------------------

DECISION: Final = Text("结论", "Decision")
CASE: Final = Text("案件", "Case")
REASONS: Final = Text("理由", "Reasons")
CITATIONS: Final = Text("依据", "rests on")
OBSTACLES: Final = Text("非税障碍", "Non-tax obstacles")
REMARKS: Final = Text("备注", "Remarks")
READINGS: Final = Text("采用的释义选项", "Readings in force")
LINE: Final = Text("第{number}行", "Line {number}")

DEMO_COLUMNS: Final = (
    Text("案件", "case"),
    Text("查验环节", "checkpoint"),
    Text("结论", "verdict"),
    Text("办理效果", "effect"),
    Text("可办结", "may complete"),
    Text("起决定作用的理由", "deciding reason"),
)
DEMO_NOTICE: Final = Text(
    "案件 {name}（{title}）的告知书：", "The notice of case {name} ({title}):"
)

# Tables ---------------------------------------------------------------------------------------

TABLES_HINT: Final = Text("查看一张表：taxgate tables 名称", "See one table: taxgate tables NAME")
ROWS: Final = Text("{count} 条规则", "{count} rows")
QUESTION: Final = Text("问题", "Question")
COLUMNS: Final = Text("列", "Columns")
UNKNOWN_TABLE: Final = Text(
    "没有名为 {name} 的决策表。", "There is no decision table named {name}."
)
PERHAPS: Final = Text("可能是：{names}", "Perhaps: {names}")
SEE_TABLES: Final = Text("全部名称：taxgate tables", "All names: taxgate tables")

# Law ------------------------------------------------------------------------------------------

NO_DAY: Final = Text(
    "{day} 不是日期：请写成 年-月-日，例如 2024-02-01。",
    "{day} is no date: write it as YYYY-MM-DD, for instance 2024-02-01.",
)

# Input ----------------------------------------------------------------------------------------

NO_SUCH_FILE: Final = Text("找不到文件 {name}。", "There is no file {name}.")
IS_FOLDER: Final = Text("{name} 是文件夹，不是文件。", "{name} is a folder, not a file.")
CANNOT_READ: Final = Text("无法读取文件 {name}。", "The file {name} cannot be read.")
BAD_INPUT: Final = Text(
    "输入有误，未作出任何结论。请更正后重新提交：",
    "The input is faulty and nothing was decided. Correct it and hand it in again:",
)
NOTHING_THERE: Final = Text("输入中没有案件。", "The input holds no case.")
EXPLAIN_ONE: Final = Text(
    "explain 每次只解释一个案件；多行输入请用 check。",
    "explain takes one case at a time; for one case per line use check.",
)
USAGE: Final = Text("帮助：taxgate --help", "Help: taxgate --help")
BAD_CONFIGURATION: Final = Text(
    "配置无法使用，未作任何查询：", "The configuration cannot be used and nobody was asked:"
)

# A new case -----------------------------------------------------------------------------------

NEW_HEADING: Final = (
    Text(
        "{checkpoint}：待填写的案件。示例数据均为虚构，请逐项替换。",
        "{checkpoint}: a case to fill in. All data is invented; replace it item by item.",
    ),
    Text(
        "以 // 开头的整行是注释，taxgate 命令读取前会去掉；程序接口只接受不带注释的 JSON。",
        "Whole lines that start with // are comments. The taxgate command drops them before it"
        " reads the case; the library takes plain JSON only.",
    ),
    Text(
        "可选项写在注释里：需要时去掉行首的 // 并填写。",
        "Optional fields are commented out: to use one, take the // away and fill it in.",
    ),
    Text(
        "样本：{title}。查验：taxgate check 文件名",
        "Sample: {title}. Check it with: taxgate check FILE",
    ),
)
ONE_OF: Final = Text("取值：{values}", "One of: {values}")
