"""Scenarios (场景): cases and their expected outcome in plain Chinese, read and run as they stand.

    # language: zh-CN
    功能: 车辆登记
      @V-02
      场景: 注册登记，未查到车辆购置税记录
        假如甲某为一辆汽油小型客车申请注册登记
        并且税务机关就车辆购置税答复“未查到记录”
        当进行税务查验
        那么结论为“告知纳税人”
        并且由规则“V-02”决定

A step changes a plain case; the case becomes one wire document and is decided as any other. The
sentences are few and stand once, in both languages, in `steps`; what they speak of is in `words`,
`fields` and `bases`.

    read_folder, run, run_all   read features, run them
    coverage                    which lines of the decision tables no scenario reaches
    html_report, junit_report   reports (`reporting`)
    english                     the English rendering of a feature
    FEATURES                    the scenarios that come with the package

Needs the extra `scenarios`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .covering import Coverage, Line, coverage
from .errors import FailedScenarioError, FaultyScenarioError
from .reading import Scenario, read_feature, read_folder
from .running import Result, Status, run, run_all
from .translating import english, english_path, write_english

__all__ = [
    "FEATURES",
    "Coverage",
    "FailedScenarioError",
    "FaultyScenarioError",
    "Line",
    "Result",
    "Scenario",
    "Status",
    "coverage",
    "english",
    "english_path",
    "read_feature",
    "read_folder",
    "run",
    "run_all",
    "write_english",
]

FEATURES: Final = Path(__file__).parent / "features"
"""Folder of the shipped scenarios: one feature per group of provisions, each beside its English
rendering (`*.en.feature`)."""
