"""The decision tables of the simplified route (简易注销, 5.3).

Order Art. 27 para. 1 spares the clearance document on this route where the tax authority has not
objected. Each table asks one question of the same facts; a table with nothing to say is silent, the
strictest of the others decides. A document that is verified or waived satisfies the check without
the exception; what then still stands against the route is no tax matter but an obstacle.
"""

from __future__ import annotations

from typing import Final

from ...findings import Outcome
from ...law.deregistration import (
    CLEARANCE_SPARED,
    COMPANY_SIMPLIFIED,
    INDIVIDUAL_BUSINESS_TEN_DAYS,
    NO_OBJECTION_IN_TWENTY_DAYS,
    ROUTE_CLOSED,
    SHANXI_PRACTICE,
    SIMPLIFIED_EXCLUSIONS,
    SIMPLIFIED_PRACTICE,
    TRUE_MATERIAL,
)
from ...law.order_307 import ART_17, ART_27_1, ART_29
from ...tables import Row, Table, when
from ...terms import Addressee, Flag, ObstacleKind, Step
from .actions import OBJECTION_ACTIONS
from .duties import ClearanceDuty
from .facts import (
    FORGERY_IS_WORST,
    Affairs,
    Delivery,
    Document,
    Eligibility,
    Holding,
    Objection,
    Others,
    Period,
)

_O: Final = Outcome
_D: Final = Document
_J: Final = Objection
_P: Final = Period
_K: Final = ObstacleKind
_TAXPAYER: Final = (Addressee.TAXPAYER,)
_APPLICANT: Final = (Addressee.APPLICANT,)
_S: Final = ClearanceDuty.SIMPLIFIED
_NONE: Final = Holding.NO_DOCUMENT
_HELD: Final = (Holding.DOCUMENT, Holding.SUSPECT)
_ELIGIBLE: Final = Eligibility.ELIGIBLE
RAISED: Final = frozenset({_J.RAISED_IN_PERIOD, _J.RAISED_OUTSIDE_PERIOD})
"""A tax objection that stands."""
UNKNOWN: Final = frozenset({_J.UNANSWERED, _J.SOURCE_UNREACHABLE, _J.SOURCE_UNTRUSTED})
"""No answer that would settle whether there is one."""
_NOT_RAISED: Final = frozenset(Objection) - RAISED
_SETTLED: Final = (_J.NONE, _J.WITHDRAWN)
_OVER: Final = (_P.OVER, _P.APPLIED_LATE, _P.TEN_DAYS_OVER)
_IN_TIME: Final = (_P.OVER, _P.TEN_DAYS_OVER)
_TEN_DAYS_LAW: Final = (ART_27_1, INDIVIDUAL_BUSINESS_TEN_DAYS)
_PUBLICITY_LAW: Final = (ART_27_1, NO_OBJECTION_IN_TWENTY_DAYS, COMPANY_SIMPLIFIED)

# fmt: off
SIMPLIFIED_CLEARANCE: Final[Table[Outcome]] = Table(
    name="deregistration/simplified-clearance",
    question=("简易程序：清税文书本身说明什么？", "Simplified: what does the document itself say?"),
    columns={
        "duty": tuple(ClearanceDuty),
        "document": tuple(Document),
        "objection": tuple(Objection),
    },
    worse={"document": FORGERY_IS_WORST},
    rows=(
        Row(("5.3",), when(duty=(ClearanceDuty.GENERAL, ClearanceDuty.COURT)), None,
            "deregistration/clearance/not-the-simplified-route"),
        Row(("D-01",), when(duty=_S, document=_D.VERIFIED, objection=_NOT_RAISED),
            _O.SATISFIED, "deregistration/clearance/verified", (ART_27_1,)),
        Row(("D-16",), when(duty=_S, document=_D.WAIVED, objection=_NOT_RAISED),
            _O.SATISFIED, "deregistration/clearance/waived", (ART_27_1, CLEARANCE_SPARED),
            flags=(Flag.CLEARANCE_WAIVED_BY_TAX,)),
        Row(("D-29",), when(duty=_S, document=(_D.VERIFIED, _D.WAIVED), objection=RAISED),
            _O.NOTIFY, "deregistration/clearance/{document}-yet-objected",
            (ART_27_1, NO_OBJECTION_IN_TWENTY_DAYS), Step.LIFT_OBJECTION, _TAXPAYER),
        Row(("D-32",), when(duty=_S, document=_D.REVOKED, objection=_SETTLED),
            _O.NOTIFY, "deregistration/clearance/revoked-yet-no-objection", (ART_27_1,),
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        Row(("5.3",),
            when(duty=_S, document=_D.REVOKED, objection=RAISED | UNKNOWN), None,
            "deregistration/clearance/revoked-counts-as-none"),
        Row(("5.3",),
            when(duty=_S,
                 document=(_D.ABSENT, _D.MISMATCH, _D.CONFLICT, _D.SOURCE_UNREACHABLE,
                           _D.SOURCE_UNTRUSTED)),
            None, "deregistration/clearance/counts-as-none"),
        Row(("D-27",), when(duty=_S, document=_D.FORGED_SUSPECT),
            _O.REFUSE, "deregistration/clearance/{document}", (TRUE_MATERIAL, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
    ),
)

EXCEPTION: Final[Table[Outcome]] = Table(
    name="deregistration/exception",
    question=("例外是否成立？", "Is the exception established, so that no document is needed?"),
    columns={
        "period": tuple(Period),
        "objection": tuple(Objection),
        "eligibility": tuple(Eligibility),
        "affairs": tuple(Affairs),
    },
    actions=OBJECTION_ACTIONS,
    rows=(
        Row(("D-04",),
            when(period=_P.OVER, objection=_J.NONE, eligibility=_ELIGIBLE,
                 affairs=Affairs.NOT_ESTABLISHED),
            _O.SATISFIED, "deregistration/objection/none-after-publicity", _PUBLICITY_LAW),
        Row(("D-12",),
            when(period=_P.TEN_DAYS_OVER, objection=_J.NONE, eligibility=_ELIGIBLE,
                 affairs=Affairs.NOT_ESTABLISHED),
            _O.SATISFIED, "deregistration/objection/none-in-ten-days", _TEN_DAYS_LAW),
        Row(("D-15",),
            when(period=_IN_TIME, objection=_J.NONE, eligibility=_ELIGIBLE, affairs=Affairs.NEVER),
            _O.SATISFIED, "deregistration/objection/none-and-never-had-tax-affairs",
            (ART_27_1, SIMPLIFIED_PRACTICE)),
        Row(("D-09",), when(period=_IN_TIME, objection=_J.WITHDRAWN, eligibility=_ELIGIBLE),
            _O.SATISFIED, "deregistration/objection/withdrawn", (ART_27_1, SIMPLIFIED_PRACTICE),
            flags=(Flag.DECIDE_ON_REPUBLICITY,)),
        Row(("5.3",), when(period=_IN_TIME, objection=RAISED | UNKNOWN), None,
            "deregistration/objection/not-cleared"),
        Row(("5.3",),
            when(period=_IN_TIME, objection=_SETTLED, eligibility=Eligibility.BARRED), None,
            "deregistration/objection/route-not-open"),
        Row(("5.3",), when(period=frozenset(Period) - set(_IN_TIME)), None,
            "deregistration/objection/period-not-met"),
    ),
)

OBJECTION: Final[Table[Outcome]] = Table(
    name="deregistration/objection",
    question=("税务机关的异议是否仍然存在？", "Does a tax objection stand?"),
    columns={"holding": tuple(Holding), "objection": tuple(Objection)},
    worse={
        "objection": {
            **dict.fromkeys(_NOT_RAISED, RAISED),
            _J.RAISED_OUTSIDE_PERIOD: frozenset({_J.RAISED_IN_PERIOD}),
        },
    },
    rows=(
        Row(("D-05",), when(holding=_NONE, objection=_J.RAISED_IN_PERIOD),
            _O.REFUSE, "deregistration/objection/raised-in-period",
            (NO_OBJECTION_IN_TWENTY_DAYS, INDIVIDUAL_BUSINESS_TEN_DAYS, COMPANY_SIMPLIFIED,
             ART_27_1), Step.SETTLE_OBJECTION, _TAXPAYER),
        Row(("D-31",), when(holding=_NONE, objection=_J.RAISED_OUTSIDE_PERIOD),
            _O.NOTIFY, "deregistration/objection/raised-outside-period",
            (ART_27_1, NO_OBJECTION_IN_TWENTY_DAYS, SHANXI_PRACTICE),
            Step.OBTAIN_CLEARANCE, _TAXPAYER),
        Row(("5.3",), when(holding=_NONE, objection=_NOT_RAISED), None,
            "deregistration/objection/none-stands"),
        Row(("5.3",), when(holding=_HELD), None, "deregistration/objection/judged-with-document"),
    ),
)

PERIOD: Final[Table[Outcome]] = Table(
    name="deregistration/period",
    question=("法定期间是否已满、是否逾期？", "Is the period over, and was it kept?"),
    columns={
        "holding": tuple(Holding),
        "period": tuple(Period),
        "objection": tuple(Objection),
    },
    rows=(
        Row(("D-06",), when(holding=_NONE, period=_P.NOT_BEGUN, objection=_NOT_RAISED),
            _O.NOTIFY, "deregistration/publicity/not-begun", _PUBLICITY_LAW,
            Step.WAIT, _TAXPAYER),
        Row(("D-06",), when(holding=_NONE, period=_P.RUNNING, objection=_NOT_RAISED),
            _O.NOTIFY, "deregistration/publicity/running", _PUBLICITY_LAW, Step.WAIT, _TAXPAYER),
        Row(("D-13",), when(holding=_NONE, period=_P.TEN_DAYS_RUNNING, objection=_NOT_RAISED),
            _O.NOTIFY, "deregistration/publicity/ten-days-running", _TEN_DAYS_LAW,
            Step.WAIT, _TAXPAYER),
        Row(("D-07",), when(holding=_NONE, period=_P.APPLIED_LATE),
            _O.NOTIFY, "deregistration/publicity/applied-late",
            (ART_27_1, NO_OBJECTION_IN_TWENTY_DAYS, SIMPLIFIED_PRACTICE),
            Step.OBTAIN_CLEARANCE, _TAXPAYER),
        Row(("5.3",),
            when(holding=_NONE, period=(_P.NOT_BEGUN, _P.RUNNING, _P.TEN_DAYS_RUNNING),
                 objection=RAISED),
            None, "deregistration/publicity/objection-stands-already"),
        Row(("5.3",),
            when(holding=_NONE,
                 period=(_P.OVER, _P.TEN_DAYS_OVER, _P.UNREADABLE, _P.NOT_PUSHED)),
            None, "deregistration/publicity/no-day-to-wait-for"),
        Row(("5.3",), when(holding=_HELD), None, "deregistration/publicity/document-held"),
    ),
)

VERIFICATION: Final[Table[Outcome]] = Table(
    name="deregistration/verification",
    question=("异议情况是否查明？", "Is it established whether there is an objection?"),
    columns={
        "holding": tuple(Holding),
        "period": tuple(Period),
        "objection": tuple(Objection),
    },
    rows=(
        Row(("D-08",), when(holding=_NONE, period=_P.UNREADABLE),
            _O.CANNOT_VERIFY, "deregistration/publicity/unreadable", (ART_17, ART_27_1),
            Step.RETRY, _APPLICANT, retryable=True),
        Row(("D-08",), when(holding=_NONE, period=_OVER, objection=UNKNOWN),
            _O.CANNOT_VERIFY, "deregistration/objection/{objection}", (ART_17, ART_27_1),
            Step.RETRY, _APPLICANT, retryable=True),
        Row(("5.3",), when(holding=_NONE, period=_OVER, objection=frozenset(Objection) - UNKNOWN),
            None, "deregistration/objection/answered"),
        Row(("5.3",),
            when(holding=_NONE,
                 period=(_P.NOT_BEGUN, _P.RUNNING, _P.TEN_DAYS_RUNNING, _P.NOT_PUSHED)),
            None, "deregistration/objection/not-due-yet"),
        Row(("5.3",), when(holding=_HELD), None, "deregistration/objection/document-held"),
    ),
)

DELIVERY: Final[Table[Outcome]] = Table(
    name="deregistration/delivery",
    question=("是否已推送税务机关？", "Did the push reach the tax authority?"),
    columns={"holding": tuple(Holding), "delivery": tuple(Delivery)},
    rows=(
        Row(("D-08",),
            when(holding=_NONE, delivery=(Delivery.NOT_SENT, Delivery.FAILED, Delivery.UNKNOWN)),
            _O.CANNOT_VERIFY, "deregistration/push/{delivery}", (ART_17, ART_27_1),
            Step.RETRY, _APPLICANT, retryable=True),
        Row(("5.3",), when(holding=_NONE, delivery=Delivery.DELIVERED), None,
            "deregistration/push/delivered"),
        Row(("5.3",), when(holding=_HELD), None, "deregistration/push/document-held"),
    ),
)

ELIGIBILITY: Final[Table[Outcome]] = Table(
    name="deregistration/eligibility",
    question=("是否适用简易程序？", "Is the simplified route open?"),
    columns={"holding": tuple(Holding), "eligibility": tuple(Eligibility)},
    rows=(
        Row(("D-11",), when(holding=_NONE, eligibility=Eligibility.BARRED),
            _O.NOTIFY, "deregistration/route/not-open",
            (ART_27_1, ROUTE_CLOSED, SIMPLIFIED_EXCLUSIONS), Step.OBTAIN_CLEARANCE, _TAXPAYER),
        Row(("5.3",), when(holding=_NONE, eligibility=_ELIGIBLE), None,
            "deregistration/route/open"),
        Row(("5.3",), when(holding=_HELD), None, "deregistration/route/document-held"),
    ),
)

PERIOD_OBSTACLE: Final[Table[ObstacleKind]] = Table(
    name="deregistration/period-obstacle",
    question=("法定期间是否构成非税障碍？", "Is the period a non-tax obstacle?"),
    columns={
        "holding": tuple(Holding),
        "period": tuple(Period),
        "objection": tuple(Objection),
    },
    rows=(
        Row(("D-06",), when(holding=_NONE, period=_P.NOT_BEGUN, objection=_NOT_RAISED),
            _K.PUBLICITY_MISSING, "deregistration/obstacle/publicity-missing", _PUBLICITY_LAW),
        Row(("D-06",), when(holding=_NONE, period=_P.RUNNING, objection=_NOT_RAISED),
            _K.PUBLICITY_RUNNING, "deregistration/obstacle/publicity-running", _PUBLICITY_LAW),
        # Without a record that can be read it is not shown that anything was published.
        Row(("D-19",),
            when(holding=Holding.DOCUMENT, period=(_P.NOT_BEGUN, _P.UNREADABLE),
                 objection=_NOT_RAISED),
            _K.PUBLICITY_MISSING, "deregistration/obstacle/publicity-missing", _PUBLICITY_LAW),
        Row(("D-19",),
            when(holding=Holding.DOCUMENT, period=_P.RUNNING, objection=_NOT_RAISED),
            _K.PUBLICITY_RUNNING, "deregistration/obstacle/publicity-running", _PUBLICITY_LAW),
        Row(("D-19",),
            when(holding=Holding.DOCUMENT, period=_P.APPLIED_LATE, objection=_NOT_RAISED),
            _K.APPLIED_LATE, "deregistration/obstacle/applied-late", _PUBLICITY_LAW),
        # Ten days that never began are not over.
        Row(("D-19",),
            when(holding=Holding.DOCUMENT, period=(_P.TEN_DAYS_RUNNING, _P.NOT_PUSHED),
                 objection=_NOT_RAISED),
            _K.OBJECTION_PERIOD_RUNNING, "deregistration/obstacle/ten-days-running",
            _TEN_DAYS_LAW),
        Row(("5.3",),
            when(holding=Holding.DOCUMENT, period=_IN_TIME, objection=_NOT_RAISED),
            None, "deregistration/obstacle/period-over"),
        Row(("5.3",), when(holding=Holding.DOCUMENT, objection=RAISED), None,
            "deregistration/obstacle/objection-first"),
        Row(("5.3",),
            when(holding=_NONE, period=frozenset(Period) - {_P.NOT_BEGUN, _P.RUNNING}), None,
            "deregistration/obstacle/period-judged-as-tax"),
        Row(("5.3",),
            when(holding=_NONE, period=(_P.NOT_BEGUN, _P.RUNNING), objection=RAISED), None,
            "deregistration/obstacle/objection-first"),
        Row(("5.3",), when(holding=Holding.SUSPECT), None,
            "deregistration/obstacle/suspicion-first"),
    ),
)

ROUTE_OBSTACLE: Final[Table[ObstacleKind]] = Table(
    name="deregistration/route-obstacle",
    question=("不适用简易程序是否构成非税障碍？", "Is a closed route a non-tax obstacle?"),
    columns={
        "holding": tuple(Holding),
        "eligibility": tuple(Eligibility),
        "objection": tuple(Objection),
    },
    rows=(
        Row(("D-19",),
            when(holding=Holding.DOCUMENT, eligibility=Eligibility.BARRED, objection=_NOT_RAISED),
            _K.ROUTE_NOT_OPEN, "deregistration/obstacle/route-not-open",
            (ROUTE_CLOSED, SIMPLIFIED_EXCLUSIONS)),
        Row(("5.3",),
            when(holding=Holding.DOCUMENT, eligibility=Eligibility.BARRED, objection=RAISED),
            None, "deregistration/obstacle/objection-first"),
        Row(("5.3",), when(holding=Holding.DOCUMENT, eligibility=_ELIGIBLE), None,
            "deregistration/obstacle/route-open"),
        Row(("5.3",), when(holding=(_NONE, Holding.SUSPECT)), None,
            "deregistration/obstacle/route-judged-as-tax"),
    ),
)

# Whatever the tax result, an objection of others closes the route: never a tax verdict.
OTHER_OBJECTION: Final[Table[ObstacleKind]] = Table(
    name="deregistration/other-objection",
    question=("是否有其他部门、债权人等提出异议？", "Does anyone else object?"),
    columns={"others": tuple(Others)},
    rows=(
        Row(("D-10", "1.2"), when(others=Others.OBJECT),
            _K.OTHER_OBJECTION, "deregistration/obstacle/other-objection",
            (NO_OBJECTION_IN_TWENTY_DAYS, INDIVIDUAL_BUSINESS_TEN_DAYS)),
        Row(("5.3",), when(others=Others.SILENT), None, "deregistration/obstacle/nobody-else"),
    ),
)
# fmt: on

SIMPLIFIED_TABLES: Final = (EXCEPTION, OBJECTION, PERIOD, VERIFICATION, DELIVERY, ELIGIBILITY)
OBSTACLE_TABLES: Final = (PERIOD_OBSTACLE, ROUTE_OBSTACLE, OTHER_OBJECTION)
