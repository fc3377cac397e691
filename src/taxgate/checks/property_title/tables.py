"""The tax tables of the real-estate checkpoint (3.4), one row per rule beside its citation."""

from __future__ import annotations

from typing import Final

from ...findings import Outcome
from ...law.order_307 import ART_17, ART_25_1, ART_29, ART_30
from ...law.property_title import (
    AUCTION_TAXES,
    CONTRARY_TO_LAW,
    COURT_INSTRUMENTS,
    DEED_BEFORE_REGISTRATION,
    DEED_EXEMPTIONS,
    DEED_REFUND,
    DEED_TAXABLE,
    EXCHANGE_BASE,
    EXEMPTION_ENDS,
    FAMILY_RELIEF,
    GIFTS_OF_HOUSES,
    INCOME_TAX_CHECK,
    INSTALMENT_PLAN,
    LEGACY_PROJECTS,
    NO_DEED_TAX_NO_TITLE,
    NO_LVAT_NO_TITLE,
    PROPERTY_INCOME,
    REGISTRATION_DUTIES,
    VALUE_ADDED_TAX,
)
from ...tables import Row, Table, when
from ...terms import MISSING, OK, OUTAGE, WORSE_THAN, Addressee, Flag, Reading, State, Step
from .actions import DEED_ACTIONS, INCOME_ACTIONS, LAND_ACTIONS, OTHER_TAX_ACTIONS
from .duties import DeedDuty, IncomeDuty, LandDuty
from .facts import Clash, Debtor, Ground, Plan, Relation

_O: Final = Outcome
_D: Final = DeedDuty
_I: Final = IncomeDuty
_L: Final = LandDuty
_TAXPAYER: Final = (Addressee.TAXPAYER,)
_APPLICANT: Final = (Addressee.APPLICANT,)
_AND_COURT: Final = (Addressee.TAXPAYER, Addressee.COURT)
_AND_TAX_AUTHORITY: Final = (Addressee.TAXPAYER, Addressee.TAX_AUTHORITY)
_COURT_FLAGS: Final = (Flag.INFORM_COURT, Flag.COORDINATE_WITH_COURT)
_TAX_AUCTION_FLAGS: Final = (Flag.INFORM_TAX_AUTHORITY,)
_NO_RECORD: Final = (State.NONE_FOUND, State.KEY_MISMATCH)
_OWED: Final = (State.UNPAID, State.INVALID)

STATES: Final = tuple(state for state in State if state is not State.OWNER_MISMATCH)
_PLAIN_OK: Final = OK - {State.DECLARED_ZERO}
_NOT_EXCHANGE: Final = tuple(duty for duty in _D if duty is not _D.EXCHANGE)
_ORDINARY: Final = (_D.REQUIRED, _D.EXCHANGE)
_RECORD_OF_EXEMPTION: Final = (_D.SPOUSE, _D.HEIR, _D.DIVORCE)
_BY_CLASS: Final = (_D.OUTSIDE, _D.NO_TRANSFER)
_NOT_FAMILY: Final = (Ground.NONE, Ground.OTHER)
_PASSED: Final = "property-title/deed-tax/{state}"

# fmt: off
DEED_TAX: Final[Table[Outcome]] = Table(
    name="property-title/deed-tax",
    question=("契税是否允许登记？", "Does deed tax allow the registration?"),
    columns={
        "duty": tuple(_D),
        "state": STATES,
        "ground": tuple(Ground),
        "clash": tuple(Clash),
    },
    worse={"state": WORSE_THAN},
    actions=DEED_ACTIONS,
    rows=(
        Row(("R-02",),
            when(duty=(*_ORDINARY, _D.GRANT, _D.COURT, _D.TAX_AUCTION, _D.SPOUSE, _D.LEGACY,
                       _D.USE_END),
                 state=_PLAIN_OK),
            _O.SATISFIED, _PASSED, (ART_25_1, NO_DEED_TAX_NO_TITLE)),
        Row(("R-02", "R-14"), when(duty=_D.HEIR, state=_PLAIN_OK),
            _O.SATISFIED, _PASSED, (ART_25_1, DEED_EXEMPTIONS, GIFTS_OF_HOUSES)),
        Row(("R-02",), when(duty=_D.DIVORCE, state=_PLAIN_OK),
            _O.SATISFIED, _PASSED, (ART_25_1, FAMILY_RELIEF)),
        Row(("R-02", "R-30"), when(duty=_D.OUTSIDE, state=_PLAIN_OK),
            _O.SATISFIED, _PASSED, (ART_25_1, DEED_TAXABLE)),
        Row(("R-02", "R-17"), when(duty=_D.NO_TRANSFER, state=_PLAIN_OK),
            _O.SATISFIED, _PASSED, (ART_25_1, DEED_TAXABLE)),
        Row(("R-05",), when(duty=_D.EXCHANGE, state=State.DECLARED_ZERO),
            _O.SATISFIED, _PASSED, (ART_25_1, EXCHANGE_BASE)),
        Row(("R-25",), when(duty=_NOT_EXCHANGE, state=State.DECLARED_ZERO),
            _O.NOTIFY, "property-title/deed-tax/zero-without-exchange", (ART_25_1, EXCHANGE_BASE),
            Step.CORRECT_DATA, _TAXPAYER),
        # Missing.
        Row(("R-03", "R-22"),
            when(duty=(*_ORDINARY, *_RECORD_OF_EXEMPTION), state=State.INVALID),
            _O.REFUSE, _PASSED,
            (NO_DEED_TAX_NO_TITLE, DEED_BEFORE_REGISTRATION, DEED_REFUND, CONTRARY_TO_LAW),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-03",), when(duty=(*_ORDINARY, *_RECORD_OF_EXEMPTION), state=State.UNPAID),
            _O.REFUSE, _PASSED,
            (NO_DEED_TAX_NO_TITLE, DEED_BEFORE_REGISTRATION, CONTRARY_TO_LAW),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-03",), when(duty=_ORDINARY, state=_NO_RECORD, ground=Ground.NONE),
            _O.REFUSE, _PASSED,
            (NO_DEED_TAX_NO_TITLE, DEED_BEFORE_REGISTRATION, CONTRARY_TO_LAW),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-04",),
            when(duty=(*_ORDINARY, *_RECORD_OF_EXEMPTION), state=_NO_RECORD, ground=Ground.FAMILY),
            _O.REFUSE, "property-title/deed-tax/exemption-not-recorded",
            (NO_DEED_TAX_NO_TITLE, DEED_EXEMPTIONS), Step.OBTAIN_EXEMPTION_RECORD, _TAXPAYER,
            under=(Reading.DEED_STATUTORY_EXEMPTION_HOLD, _O.NOTIFY)),
        Row(("R-04",), when(duty=_ORDINARY, state=_NO_RECORD, ground=Ground.OTHER),
            _O.REFUSE, "property-title/deed-tax/exemption-not-recorded",
            (NO_DEED_TAX_NO_TITLE, DEED_EXEMPTIONS), Step.OBTAIN_EXEMPTION_RECORD, _TAXPAYER),
        Row(("R-04",), when(duty=_RECORD_OF_EXEMPTION, state=_NO_RECORD, ground=_NOT_FAMILY),
            _O.REFUSE, "property-title/deed-tax/exemption-not-recorded",
            (NO_DEED_TAX_NO_TITLE, DEED_EXEMPTIONS, FAMILY_RELIEF),
            Step.OBTAIN_EXEMPTION_RECORD, _TAXPAYER),
        Row(("R-15", "R-03"), when(duty=_D.LEGACY, state=MISSING, ground=Ground.NONE),
            _O.REFUSE, "property-title/deed-tax/legacy-{state}",
            (DEED_EXEMPTIONS, NO_DEED_TAX_NO_TITLE), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-15", "R-04"),
            when(duty=_D.LEGACY, state=_NO_RECORD, ground=(Ground.FAMILY, Ground.OTHER)),
            _O.REFUSE, "property-title/deed-tax/exemption-not-recorded",
            (DEED_EXEMPTIONS, NO_DEED_TAX_NO_TITLE), Step.OBTAIN_EXEMPTION_RECORD, _TAXPAYER),
        Row(("R-15", "R-03"),
            when(duty=_D.LEGACY, state=_OWED, ground=(Ground.FAMILY, Ground.OTHER)),
            _O.REFUSE, "property-title/deed-tax/legacy-{state}",
            (DEED_EXEMPTIONS, NO_DEED_TAX_NO_TITLE), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-18", "R-03"), when(duty=_D.GRANT, state=MISSING, ground=Ground.NONE),
            _O.REFUSE, "property-title/deed-tax/grant-{state}",
            (DEED_TAXABLE, NO_DEED_TAX_NO_TITLE), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-18", "R-04"),
            when(duty=_D.GRANT, state=_NO_RECORD, ground=(Ground.FAMILY, Ground.OTHER)),
            _O.REFUSE, "property-title/deed-tax/exemption-not-recorded",
            (DEED_TAXABLE, NO_DEED_TAX_NO_TITLE, DEED_EXEMPTIONS),
            Step.OBTAIN_EXEMPTION_RECORD, _TAXPAYER),
        Row(("R-18", "R-03"),
            when(duty=_D.GRANT, state=_OWED, ground=(Ground.FAMILY, Ground.OTHER)),
            _O.REFUSE, "property-title/deed-tax/grant-{state}",
            (DEED_TAXABLE, NO_DEED_TAX_NO_TITLE), Step.PAY_OR_FILE, _TAXPAYER),
        # A court or the tax authority sold: the buyer's own tax stays a condition.
        Row(("R-16",), when(duty=_D.COURT, state=MISSING, ground=Ground.NONE),
            _O.REFUSE, "property-title/deed-tax/auction-{state}",
            (NO_DEED_TAX_NO_TITLE, AUCTION_TAXES, COURT_INSTRUMENTS, ART_30),
            Step.PAY_OR_FILE, _AND_COURT, flags=_COURT_FLAGS),
        Row(("R-16",),
            when(duty=_D.COURT, state=_OWED, ground=(Ground.FAMILY, Ground.OTHER)),
            _O.REFUSE, "property-title/deed-tax/auction-{state}",
            (NO_DEED_TAX_NO_TITLE, AUCTION_TAXES, COURT_INSTRUMENTS, ART_30),
            Step.PAY_OR_FILE, _AND_COURT, flags=_COURT_FLAGS),
        Row(("R-16", "R-04"),
            when(duty=_D.COURT, state=_NO_RECORD, ground=(Ground.FAMILY, Ground.OTHER)),
            _O.REFUSE, "property-title/deed-tax/exemption-not-recorded",
            (NO_DEED_TAX_NO_TITLE, AUCTION_TAXES, COURT_INSTRUMENTS, ART_30),
            Step.OBTAIN_EXEMPTION_RECORD, _AND_COURT, flags=_COURT_FLAGS),
        Row(("R-16",), when(duty=_D.TAX_AUCTION, state=MISSING, ground=Ground.NONE),
            _O.REFUSE, "property-title/deed-tax/auction-{state}",
            (NO_DEED_TAX_NO_TITLE, ART_30),
            Step.PAY_OR_FILE, _AND_TAX_AUTHORITY, flags=_TAX_AUCTION_FLAGS),
        Row(("R-16",),
            when(duty=_D.TAX_AUCTION, state=_OWED, ground=(Ground.FAMILY, Ground.OTHER)),
            _O.REFUSE, "property-title/deed-tax/auction-{state}",
            (NO_DEED_TAX_NO_TITLE, ART_30),
            Step.PAY_OR_FILE, _AND_TAX_AUTHORITY, flags=_TAX_AUCTION_FLAGS),
        Row(("R-16", "R-04"),
            when(duty=_D.TAX_AUCTION, state=_NO_RECORD, ground=(Ground.FAMILY, Ground.OTHER)),
            _O.REFUSE, "property-title/deed-tax/exemption-not-recorded",
            (NO_DEED_TAX_NO_TITLE, ART_30),
            Step.OBTAIN_EXEMPTION_RECORD, _AND_TAX_AUTHORITY, flags=_TAX_AUCTION_FLAGS),
        Row(("R-32",), when(duty=_D.USE_END, state=MISSING),
            _O.NOTIFY, "property-title/deed-tax/use-end", (ART_25_1, EXEMPTION_ENDS),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-30",), when(duty=_BY_CLASS, state=MISSING),
            _O.NOTIFY, "property-title/deed-tax/class-not-shown", (ART_25_1, DEED_TAXABLE),
            Step.SHOW_GROUND, _TAXPAYER),
        # What every act has in common.
        Row(("R-12",), when(state=State.CONFLICT, clash=Clash.NONE),
            _O.NOTIFY, _PASSED, (ART_25_1,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("R-21", "R-12"), when(state=State.CONFLICT, clash=Clash.PRICE),
            _O.NOTIFY, _PASSED, (ART_25_1,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("R-25", "R-12"), when(state=State.CONFLICT, clash=Clash.ZERO),
            _O.NOTIFY, _PASSED, (ART_25_1, EXCHANGE_BASE), Step.CORRECT_DATA, _TAXPAYER),
        Row(("R-29",), when(state=State.DEFERRED),
            _O.NOTIFY, _PASSED, (ART_25_1, NO_DEED_TAX_NO_TITLE), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-13",), when(state=OUTAGE),
            _O.CANNOT_VERIFY, _PASSED, (ART_17, ART_25_1), Step.RETRY, _APPLICANT, retryable=True),
        Row(("R-23",), when(state=State.FORGED_SUSPECT),
            _O.REFUSE, _PASSED, (REGISTRATION_DUTIES, CONTRARY_TO_LAW, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
    ),
)

_ANY_OK: Final = OK
_CLASHES: Final = (Clash.NONE, Clash.PRICE)
"""A return with nothing payable is no conflict outside deed tax."""
_NOT_PROVEN: Final = (Relation.NONE, Relation.PROVEN)
"""All but a tie that frees the transfer and is not proven; a proven one is missing nothing."""
_SELLERS: Final = (_I.TRANSFEROR, _I.CONTRIBUTOR)
_SELLER_OK: Final = "property-title/income-tax/{state}"

INCOME_TAX: Final[Table[Outcome]] = Table(
    name="property-title/income-tax",
    question=("个人所得税是否允许登记？", "Does individual income tax allow the registration?"),
    columns={
        "duty": tuple(duty for duty in _I if duty is not _I.NOT_ASKED),
        "state": STATES,
        "plan": tuple(Plan),
        "relation": tuple(Relation),
        "clash": _CLASHES,
    },
    worse={"state": WORSE_THAN},
    actions=INCOME_ACTIONS,
    rows=(
        Row(("R-02",), when(state=(State.PAID, State.REDUCED_PAID)),
            _O.SATISFIED, _SELLER_OK, (ART_25_1, INCOME_TAX_CHECK)),
        Row(("R-02", "R-07"), when(state=(State.EXEMPT, State.DECLARED_ZERO)),
            _O.SATISFIED, _SELLER_OK, (ART_25_1,)),
        Row(("R-02", "R-07"),
            when(state=State.NOT_TAXABLE, relation=(Relation.NONE, Relation.UNPROVEN)),
            _O.SATISFIED, _SELLER_OK, (ART_25_1,)),
        Row(("R-02", "R-27"), when(state=State.NOT_TAXABLE, relation=Relation.PROVEN),
            _O.SATISFIED, _SELLER_OK, (ART_25_1, GIFTS_OF_HOUSES)),
        Row(("R-06",),
            when(duty=_SELLERS, state=MISSING, relation=_NOT_PROVEN),
            _O.NOTIFY, _SELLER_OK, (ART_25_1, INCOME_TAX_CHECK, PROPERTY_INCOME, CONTRARY_TO_LAW),
            Step.PAY_OR_FILE, _TAXPAYER, under=(Reading.IIT_STRICT, _O.REFUSE)),
        Row(("R-06", "R-27"),
            when(duty=_SELLERS, state=MISSING, relation=Relation.UNPROVEN),
            _O.NOTIFY, _SELLER_OK, (ART_25_1, INCOME_TAX_CHECK, PROPERTY_INCOME, CONTRARY_TO_LAW),
            Step.PAY_OR_FILE, _TAXPAYER, under=(Reading.IIT_STRICT, _O.REFUSE)),
        Row(("R-28",), when(duty=_I.DONEE, state=MISSING, relation=_NOT_PROVEN),
            _O.NOTIFY, "property-title/income-tax/donee-{state}",
            (ART_25_1, INCOME_TAX_CHECK, GIFTS_OF_HOUSES),
            Step.PAY_OR_FILE, _TAXPAYER, under=(Reading.IIT_STRICT, _O.REFUSE)),
        Row(("R-28", "R-27"), when(duty=_I.DONEE, state=MISSING, relation=Relation.UNPROVEN),
            _O.NOTIFY, "property-title/income-tax/donee-{state}",
            (ART_25_1, INCOME_TAX_CHECK, GIFTS_OF_HOUSES),
            Step.PAY_OR_FILE, _TAXPAYER, under=(Reading.IIT_STRICT, _O.REFUSE)),
        Row(("R-16",), when(duty=_I.COURT_SELLER, state=MISSING),
            _O.NOTIFY, "property-title/income-tax/auction-{state}",
            (ART_25_1, INCOME_TAX_CHECK, AUCTION_TAXES, COURT_INSTRUMENTS, ART_30),
            Step.PAY_OR_FILE, _AND_COURT, flags=_COURT_FLAGS),
        Row(("R-16",), when(duty=_I.TAX_AUCTION_SELLER, state=MISSING),
            _O.NOTIFY, "property-title/income-tax/auction-{state}",
            (ART_25_1, INCOME_TAX_CHECK, ART_30),
            Step.PAY_OR_FILE, _AND_TAX_AUTHORITY, flags=_TAX_AUCTION_FLAGS),
        Row(("R-29",), when(duty=_I.CONTRIBUTOR, state=State.DEFERRED, plan=Plan.YES),
            _O.SATISFIED, "property-title/income-tax/instalment-plan", (ART_25_1, INSTALMENT_PLAN)),
        Row(("R-29",), when(duty=_I.CONTRIBUTOR, state=State.DEFERRED, plan=Plan.NO),
            _O.NOTIFY, _SELLER_OK, (ART_25_1, INCOME_TAX_CHECK), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-29",),
            when(duty=(_I.TRANSFEROR, _I.DONEE, _I.COURT_SELLER, _I.TAX_AUCTION_SELLER),
                 state=State.DEFERRED),
            _O.NOTIFY, _SELLER_OK, (ART_25_1, INCOME_TAX_CHECK), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-12",), when(state=State.CONFLICT, clash=Clash.NONE),
            _O.NOTIFY, _SELLER_OK, (ART_25_1,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("R-21", "R-12"), when(state=State.CONFLICT, clash=Clash.PRICE),
            _O.NOTIFY, _SELLER_OK, (ART_25_1,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("R-13",), when(state=OUTAGE),
            _O.CANNOT_VERIFY, _SELLER_OK, (ART_17, ART_25_1), Step.RETRY, _APPLICANT,
            retryable=True),
        Row(("R-23",), when(state=State.FORGED_SUSPECT),
            _O.REFUSE, _SELLER_OK, (REGISTRATION_DUTIES, CONTRARY_TO_LAW, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
    ),
)

_LAND: Final = "property-title/land-tax/{state}"

LAND_TAX: Final[Table[Outcome]] = Table(
    name="property-title/land-tax",
    question=("土地增值税是否允许登记？", "Does land appreciation tax allow the registration?"),
    columns={
        "duty": tuple(duty for duty in _L if duty is not _L.NOT_ASKED),
        "state": STATES,
        "relation": tuple(Relation),
        "clash": _CLASHES,
    },
    worse={"state": WORSE_THAN},
    actions=LAND_ACTIONS,
    rows=(
        Row(("R-02",), when(state=_ANY_OK - {State.NOT_TAXABLE}),
            _O.SATISFIED, _LAND, (ART_25_1, NO_LVAT_NO_TITLE)),
        Row(("R-02",),
            when(state=State.NOT_TAXABLE, relation=(Relation.NONE, Relation.UNPROVEN)),
            _O.SATISFIED, _LAND, (ART_25_1, NO_LVAT_NO_TITLE)),
        Row(("R-02", "R-27"), when(state=State.NOT_TAXABLE, relation=Relation.PROVEN),
            _O.SATISFIED, _LAND, (ART_25_1, NO_LVAT_NO_TITLE)),
        Row(("R-08",), when(duty=_L.REQUIRED, state=_OWED),
            _O.REFUSE, _LAND, (NO_LVAT_NO_TITLE, CONTRARY_TO_LAW), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-09",), when(duty=_L.REQUIRED, state=_NO_RECORD, relation=_NOT_PROVEN),
            _O.NOTIFY, _LAND, (ART_25_1, NO_LVAT_NO_TITLE), Step.OBTAIN_TAX_RECORD, _TAXPAYER),
        Row(("R-09", "R-27"),
            when(duty=_L.REQUIRED, state=_NO_RECORD, relation=Relation.UNPROVEN),
            _O.NOTIFY, _LAND, (ART_25_1, NO_LVAT_NO_TITLE), Step.OBTAIN_TAX_RECORD, _TAXPAYER),
        Row(("R-19",), when(duty=_L.DEVELOPER, state=_OWED),
            _O.NOTIFY, "property-title/land-tax/developer-{state}",
            (ART_25_1, NO_LVAT_NO_TITLE, LEGACY_PROJECTS), Step.PAY_OR_FILE, _TAXPAYER,
            flags=(Flag.ESCALATE,)),
        Row(("R-19",), when(duty=_L.LISTED_DEVELOPER, state=_OWED),
            _O.SATISFIED, "property-title/land-tax/listed-project", (ART_25_1, LEGACY_PROJECTS)),
        Row(("R-26",), when(duty=(_L.DEVELOPER, _L.LISTED_DEVELOPER), state=_NO_RECORD),
            _O.SATISFIED, "property-title/land-tax/by-project", (ART_25_1, NO_LVAT_NO_TITLE)),
        Row(("R-16",), when(duty=_L.COURT_SELLER, state=MISSING),
            _O.NOTIFY, "property-title/land-tax/auction-{state}",
            (ART_25_1, NO_LVAT_NO_TITLE, AUCTION_TAXES, COURT_INSTRUMENTS, ART_30),
            Step.PAY_OR_FILE, _AND_COURT, flags=_COURT_FLAGS),
        Row(("R-16",), when(duty=_L.TAX_AUCTION_SELLER, state=MISSING),
            _O.NOTIFY, "property-title/land-tax/auction-{state}",
            (ART_25_1, NO_LVAT_NO_TITLE, ART_30),
            Step.PAY_OR_FILE, _AND_TAX_AUTHORITY, flags=_TAX_AUCTION_FLAGS),
        Row(("R-29",), when(state=State.DEFERRED),
            _O.NOTIFY, _LAND, (ART_25_1, NO_LVAT_NO_TITLE), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("R-12",), when(state=State.CONFLICT, clash=Clash.NONE),
            _O.NOTIFY, _LAND, (ART_25_1,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("R-21", "R-12"), when(state=State.CONFLICT, clash=Clash.PRICE),
            _O.NOTIFY, _LAND, (ART_25_1,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("R-13",), when(state=OUTAGE),
            _O.CANNOT_VERIFY, _LAND, (ART_17, ART_25_1), Step.RETRY, _APPLICANT, retryable=True),
        Row(("R-23",), when(state=State.FORGED_SUSPECT),
            _O.REFUSE, _LAND, (REGISTRATION_DUTIES, CONTRARY_TO_LAW, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
    ),
)

OTHER_TAX: Final[Table[Outcome]] = Table(
    name="property-title/other-tax",
    question=("是否主动反映其他税费未缴？", "Are other taxes reported unpaid unasked?"),
    columns={"debtor": tuple(Debtor)},
    actions=OTHER_TAX_ACTIONS,
    rows=(
        Row(("R-10",), when(debtor=Debtor.NOBODY),
            None, "property-title/other-tax/not-evaluated", (VALUE_ADDED_TAX,)),
        Row(("R-11",), when(debtor=Debtor.PARTY),
            _O.ADVISE, "property-title/other-tax/reported", (ART_25_1, VALUE_ADDED_TAX),
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        Row(("R-19",), when(debtor=Debtor.DEVELOPER),
            _O.NOTIFY, "property-title/other-tax/developer-arrears", (ART_25_1, LEGACY_PROJECTS),
            Step.ASK_TAX_AUTHORITY, _TAXPAYER, flags=(Flag.ESCALATE,)),
        Row(("R-19",), when(debtor=Debtor.LISTED_DEVELOPER),
            _O.SATISFIED, "property-title/other-tax/listed-project", (ART_25_1, LEGACY_PROJECTS)),
    ),
)
# fmt: on
