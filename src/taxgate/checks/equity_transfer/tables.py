"""The decision tables of the equity-transfer checkpoint (4.3), one row per rule."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from ...findings import Outcome
from ...law.equity_transfer import (
    CONTRARY_TO_LAW,
    COURT_ASSISTANCE,
    COURTS_ARE_ASSISTED,
    FILING_TIME,
    FORMAL_REVIEW,
    INSTALMENTS,
    KINDS_OF_TRANSFER,
    PLACE_OF_TAX,
    RETURNED_WITH_NOTICE,
    TAX_AUTHORITY_ASSESSES,
    TAXPAYER_AND_AGENT,
    TECHNOLOGY_DEFERRAL,
    TRANSFEREE_WITHHOLDS,
    VOUCHER_OF_THE_DEAL,
    WHAT_IS_PROOF,
    WITHHELD_IS_REMITTED,
)
from ...law.order_307 import ART_9, ART_17, ART_26, ART_29
from ...tables import Action, Row, Table, when
from ...terms import OUTAGE, WORSE_THAN, Actor, Addressee, Flag, Reading, State, Step
from ..acting import tax_actions
from .duties import DEAL_SCOPE, FREEZE, SCOPE, TRANSFER_DUTY, TransferDuty


class Circumstance(StrEnum):
    """What makes up a mismatch or a conflict, as far as a row tells it apart."""

    NONE = "none"
    SMALLER_STAKE = "smaller-stake"
    """Mismatch: the records are of this deal but cover less than applied for."""
    NOT_REMITTED = "not-remitted"
    """Conflict: withheld, but not remitted by the tax source; nothing else conflicts."""
    NOT_REMITTED_AND_MORE = "not-remitted-and-more"
    OUTSIDE_SHANXI = "outside-shanxi"
    """Conflict: issued by a tax authority of another province; nothing else conflicts."""


class PriceStated(StrEnum):
    """Whether the deal states a price of zero; what is "low" is not judged."""

    ZERO = "zero"
    OTHER = "other"


class Authenticity(StrEnum):
    """Whether the court confirmed its papers to the office."""

    SETTLED = "settled"
    """All are confirmed, or there are none."""
    NOT_YET = "not-yet"
    SUSPECTED_FORGED = "suspected-forged"


@frozen
class IncomeTaxFacts:
    """Facts of individual income tax on one deal."""

    duty: TransferDuty
    state: State
    circumstance: Circumstance
    price: PriceStated
    authenticity: Authenticity


_O: Final = Outcome
_D: Final = TransferDuty
_X: Final = Circumstance
_A: Final = Addressee
_UNSETTLED: Final = (Authenticity.NOT_YET, Authenticity.SUSPECTED_FORGED)
_CHECKED: Final = (_D.VOUCHER, _D.RECORD_OF_DEAL)
_JUDGED: Final = (*_CHECKED, _D.COURT_ASSISTED)
_BOTH: Final = (_A.TAXPAYER, _A.WITHHOLDING_AGENT)
_GIVER_AND_TAKER: Final = (_A.TAXPAYER, _A.TRANSFEREE)
"""Both sides where nothing is paid to withhold from: an heir or donee is no withholding agent."""
_ZERO_OR_EXEMPT: Final = (State.EXEMPT, State.NOT_TAXABLE, State.DECLARED_ZERO)
_HOLDS: Final = (ART_26, VOUCHER_OF_THE_DEAL, RETURNED_WITH_NOTICE)
_EXECUTION: Final = (KINDS_OF_TRANSFER, COURT_ASSISTANCE, COURTS_ARE_ASSISTED, ART_9)

STATES: Final = tuple(state for state in State if state is not State.OWNER_MISMATCH)
"""Another taxpayer is another deal here, so that state never arises."""

# fmt: off
INCOME_TAX: Final[Table[Outcome]] = Table(
    name="equity-transfer/income-tax",
    question=("个人所得税是否允许办理？", "Does individual income tax allow the act?"),
    columns={
        "duty": tuple(TransferDuty),
        "state": STATES,
        "circumstance": tuple(Circumstance),
        "price": tuple(PriceStated),
    },
    worse={"state": WORSE_THAN},
    actions=(
        *tax_actions({"duty": (_D.VOUCHER, _D.COURT_ASSISTED)}, circumstance=_X.NONE),
        Action("obtain-record-of-deal", Actor.TAXPAYER,
               when(duty=_D.RECORD_OF_DEAL, state=(State.NONE_FOUND, State.KEY_MISMATCH)),
               {"state": State.NOT_TAXABLE, "circumstance": _X.NONE}),
        Action("remit-withheld-tax", Actor.WITHHOLDING_AGENT,
               when(state=State.CONFLICT, circumstance=_X.NOT_REMITTED),
               {"state": State.PAID, "circumstance": _X.NONE}),
    ),
    rows=(
        # Fulfilled, whoever ordered the transfer.
        Row(("E-03", "E-12"), when(duty=_JUDGED, state=(State.PAID, State.REDUCED_PAID)),
            _O.SATISFIED, "equity-transfer/income-tax/{state}",
            (ART_26, VOUCHER_OF_THE_DEAL, WHAT_IS_PROOF, TRANSFEREE_WITHHOLDS)),
        Row(("E-04",), when(duty=_JUDGED, state=_ZERO_OR_EXEMPT),
            _O.SATISFIED, "equity-transfer/income-tax/{state}", (ART_26, VOUCHER_OF_THE_DEAL)),
        Row(("E-05",), when(duty=_JUDGED, state=State.DEFERRED),
            _O.SATISFIED, "equity-transfer/income-tax/deferral-recorded",
            (ART_26, VOUCHER_OF_THE_DEAL, INSTALMENTS, TECHNOLOGY_DEFERRAL)),
        # Nothing found.
        Row(("E-06", "E-08"),
            when(duty=_D.VOUCHER, state=State.NONE_FOUND, price=PriceStated.OTHER),
            _O.NOTIFY, "equity-transfer/income-tax/{state}",
            (*_HOLDS, TAXPAYER_AND_AGENT, TRANSFEREE_WITHHOLDS, FILING_TIME),
            Step.PAY_OR_FILE, _BOTH),
        Row(("E-06", "E-08"),
            when(duty=_D.VOUCHER, state=State.NONE_FOUND, price=PriceStated.ZERO),
            _O.NOTIFY, "equity-transfer/income-tax/price-zero-and-none-found",
            (*_HOLDS, TAX_AUTHORITY_ASSESSES, TRANSFEREE_WITHHOLDS, FILING_TIME),
            Step.PAY_OR_FILE, _BOTH),
        Row(("E-06", "E-23"), when(duty=_D.RECORD_OF_DEAL, state=State.NONE_FOUND),
            _O.NOTIFY, "equity-transfer/income-tax/no-record-of-deal",
            (*_HOLDS, TAX_AUTHORITY_ASSESSES), Step.OBTAIN_TAX_RECORD,
            _GIVER_AND_TAKER),
        # Found, but of something else, or of less.
        Row(("E-10",),
            when(duty=_D.VOUCHER, state=State.KEY_MISMATCH,
                 circumstance=frozenset(_X) - {_X.SMALLER_STAKE}),
            _O.NOTIFY, "equity-transfer/income-tax/{state}", _HOLDS, Step.PAY_OR_FILE, _BOTH),
        Row(("E-10",),
            when(duty=_D.RECORD_OF_DEAL, state=State.KEY_MISMATCH,
                 circumstance=frozenset(_X) - {_X.SMALLER_STAKE}),
            _O.NOTIFY, "equity-transfer/income-tax/{state}",
            (*_HOLDS, TAX_AUTHORITY_ASSESSES), Step.OBTAIN_TAX_RECORD, _GIVER_AND_TAKER),
        Row(("E-11",),
            when(duty=_D.VOUCHER, state=State.KEY_MISMATCH, circumstance=_X.SMALLER_STAKE),
            _O.NOTIFY, "equity-transfer/income-tax/smaller-stake", _HOLDS,
            Step.PAY_OR_FILE, _BOTH),
        Row(("E-11",),
            when(duty=_D.RECORD_OF_DEAL, state=State.KEY_MISMATCH,
                 circumstance=_X.SMALLER_STAKE),
            _O.NOTIFY, "equity-transfer/income-tax/smaller-stake",
            (*_HOLDS, TAX_AUTHORITY_ASSESSES), Step.OBTAIN_TAX_RECORD, _GIVER_AND_TAKER),
        # Owed, or no longer proved.
        Row(("E-07",), when(duty=_D.VOUCHER, state=State.UNPAID),
            _O.NOTIFY, "equity-transfer/income-tax/{state}", _HOLDS, Step.PAY_OR_FILE, _BOTH,
            under=(Reading.EQUITY_STRICT, _O.NOTIFY_AND_REFUSE)),
        Row(("E-07",), when(duty=_D.RECORD_OF_DEAL, state=State.UNPAID),
            _O.NOTIFY, "equity-transfer/income-tax/{state}", _HOLDS,
            Step.PAY_OR_FILE, _GIVER_AND_TAKER,
            under=(Reading.EQUITY_STRICT, _O.NOTIFY_AND_REFUSE)),
        Row(("E-20",), when(duty=_D.VOUCHER, state=State.INVALID),
            _O.NOTIFY, "equity-transfer/income-tax/{state}", _HOLDS, Step.PAY_OR_FILE, _BOTH,
            under=(Reading.EQUITY_STRICT, _O.NOTIFY_AND_REFUSE)),
        Row(("E-20",), when(duty=_D.RECORD_OF_DEAL, state=State.INVALID),
            _O.NOTIFY, "equity-transfer/income-tax/{state}", _HOLDS,
            Step.PAY_OR_FILE, _GIVER_AND_TAKER,
            under=(Reading.EQUITY_STRICT, _O.NOTIFY_AND_REFUSE)),
        # Sources disagree, or the record cannot be matched.
        Row(("E-19",),
            when(duty=_CHECKED, state=State.CONFLICT, circumstance=(_X.NONE, _X.SMALLER_STAKE)),
            _O.NOTIFY, "equity-transfer/income-tax/{state}", _HOLDS,
            Step.ASK_TAX_AUTHORITY, (_A.TAXPAYER,)),
        Row(("E-13",),
            when(duty=_CHECKED, state=State.CONFLICT, circumstance=_X.OUTSIDE_SHANXI),
            _O.NOTIFY, "equity-transfer/income-tax/issued-outside-shanxi",
            (*_HOLDS, PLACE_OF_TAX), Step.ASK_TAX_AUTHORITY, (_A.TAXPAYER,)),
        Row(("E-21",),
            when(duty=_CHECKED, state=State.CONFLICT, circumstance=_X.NOT_REMITTED),
            _O.NOTIFY, "equity-transfer/income-tax/not-remitted",
            (ART_26, WITHHELD_IS_REMITTED, WHAT_IS_PROOF, TRANSFEREE_WITHHOLDS),
            Step.REMIT_WITHHELD, (_A.WITHHOLDING_AGENT,)),
        Row(("E-19", "E-21"),
            when(duty=_CHECKED, state=State.CONFLICT, circumstance=_X.NOT_REMITTED_AND_MORE),
            _O.NOTIFY, "equity-transfer/income-tax/not-remitted-and-conflict",
            (*_HOLDS, WITHHELD_IS_REMITTED, WHAT_IS_PROOF), Step.ASK_TAX_AUTHORITY, _BOTH),
        # No check took place.
        Row(("E-15",), when(duty=_CHECKED, state=OUTAGE),
            _O.CANNOT_VERIFY, "equity-transfer/income-tax/{state}", (ART_17, ART_26),
            Step.RETRY, (_A.APPLICANT,), retryable=True),
        Row(("E-16",), when(duty=_CHECKED, state=State.FORGED_SUSPECT),
            _O.REFUSE, "equity-transfer/income-tax/{state}", (CONTRARY_TO_LAW, ART_29),
            Step.EXPLAIN_SUSPICION, (_A.TAXPAYER,)),
        # A court's notice binds the registrar; not even positive debt stops the act.
        Row(("E-09",),
            when(duty=_D.COURT_ASSISTED,
                 state=(State.UNPAID, State.NONE_FOUND, State.KEY_MISMATCH, State.INVALID)),
            _O.ADVISE, "equity-transfer/court-execution/{state}", _EXECUTION,
            Step.PAY_OR_FILE, (_A.TAXPAYER, _A.TRANSFEREE), flags=(Flag.INFORM_TAX_AUTHORITY,)),
        Row(("E-09",), when(duty=_D.COURT_ASSISTED, state=State.CONFLICT),
            _O.ADVISE, "equity-transfer/court-execution/{state}", _EXECUTION,
            Step.ASK_TAX_AUTHORITY, (_A.TAXPAYER, _A.TRANSFEREE),
            flags=(Flag.INFORM_TAX_AUTHORITY,)),
        Row(("E-09",), when(duty=_D.COURT_ASSISTED, state=OUTAGE),
            _O.ADVISE, "equity-transfer/court-execution/{state}", (*_EXECUTION, ART_17),
            Step.RETRY, (_A.TAXPAYER, _A.TRANSFEREE), retryable=True,
            flags=(Flag.INFORM_TAX_AUTHORITY, Flag.CHECK_AGAIN_LATER)),
        # Nor is it refused for a forged voucher; the court is told at once.
        Row(("E-26",), when(duty=_D.COURT_ASSISTED, state=State.FORGED_SUSPECT),
            _O.CANNOT_VERIFY, "equity-transfer/court-execution/{state}",
            (COURTS_ARE_ASSISTED, ART_29), Step.EXPLAIN_SUSPICION, (_A.TAXPAYER, _A.COURT),
            flags=(Flag.INFORM_COURT,)),
        # Before the court has confirmed its papers, tax decides nothing; a forged voucher will
        # hold the act either way.
        Row(("E-27",),
            when(duty=_D.AWAITS_COURT, state=frozenset(STATES) - {State.FORGED_SUSPECT}),
            None, "equity-transfer/income-tax/awaits-court", (COURT_ASSISTANCE,)),
        Row(("E-26", "E-27"), when(duty=_D.AWAITS_COURT, state=State.FORGED_SUSPECT),
            _O.CANNOT_VERIFY, "equity-transfer/court-execution/awaits-court-and-forged",
            (COURTS_ARE_ASSISTED, COURT_ASSISTANCE, ART_29),
            Step.EXPLAIN_SUSPICION, (_A.TAXPAYER, _A.COURT),
            flags=(Flag.INFORM_COURT,)),
    ),
)

COURT_PAPERS: Final[Table[Outcome]] = Table(
    name="equity-transfer/court-papers",
    question=("人民法院的文书是否已经核实？", "Has the court confirmed its papers?"),
    columns={"authenticity": tuple(Authenticity)},
    actions=(
        Action("confirm-court-papers", Actor.OTHER_AUTHORITY,
               when(authenticity=_UNSETTLED, duty=_D.AWAITS_COURT),
               {"authenticity": Authenticity.SETTLED, "duty": _D.COURT_ASSISTED}),
        Action("confirm-other-court-papers", Actor.OTHER_AUTHORITY,
               when(authenticity=_UNSETTLED, duty=(*_CHECKED, _D.COURT_ASSISTED)),
               {"authenticity": Authenticity.SETTLED}),
    ),
    rows=(
        Row(("E-27",), when(authenticity=Authenticity.SETTLED), None,
            "equity-transfer/court-papers/settled"),
        Row(("E-27",), when(authenticity=Authenticity.NOT_YET),
            _O.CANNOT_VERIFY, "equity-transfer/court-papers/not-authenticated",
            (COURT_ASSISTANCE, FORMAL_REVIEW), Step.AUTHENTICATE_PAPERS,
            (_A.APPLICANT, _A.COURT), retryable=True),
        Row(("E-27",), when(authenticity=Authenticity.SUSPECTED_FORGED),
            _O.CANNOT_VERIFY, "equity-transfer/court-papers/suspected-forged",
            (COURT_ASSISTANCE, CONTRARY_TO_LAW, ART_29), Step.AUTHENTICATE_PAPERS,
            (_A.APPLICANT, _A.COURT), flags=(Flag.INFORM_COURT,)),
    ),
)
# fmt: on

INCOME_TAX_TABLES: Final = (INCOME_TAX, COURT_PAPERS)
TABLES: Final = (SCOPE, DEAL_SCOPE, TRANSFER_DUTY, INCOME_TAX, COURT_PAPERS, FREEZE)
