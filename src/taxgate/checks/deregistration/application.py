"""What the registrar (登记机关) knows of a deregistration (注销登记)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from ...errors import ApplicationError
from ...evidence import code
from ...identifiers import Uscc, check_name, mask_name
from ...parties import IdType, Person, optional_name
from ...proceedings import Application
from .days import latest_extension, publicity_last_day, shortest_publicity, shortest_window
from .records import DeregistrationPaper, DeregistrationRecord, DocumentKind

__all__ = [
    "Bar",
    "Cause",
    "DeclaredAffairs",
    "DeregistrationAct",
    "DeregistrationApplication",
    "DeregistrationPaper",
    "DeregistrationRecord",
    "DocumentKind",
    "Entity",
    "EntityKind",
    "Objector",
    "Publicity",
    "Push",
    "PushState",
    "Registrar",
    "Route",
    "Ruling",
    "RulingKind",
]


class Registrar(StrEnum):
    """Kind of registration office (登记机关类型)."""

    MARKET = "market"
    """Market registrar (市场主体登记机关)."""
    STAFFING_OFFICE = "staffing-office"
    """Staffing office (机构编制部门)."""
    OTHER = "other"
    """Civil affairs (民政), justice (司法) and others Art. 27 does not name."""


class DeregistrationAct(StrEnum):
    """What is applied for, or done without an application (业务类型)."""

    DEREGISTRATION = "deregistration"
    """注销登记 (依申请)."""
    EX_OFFICIO_DEREGISTRATION = "ex-officio-deregistration"
    """依职权注销, 强制注销."""
    REVOCATION_OF_REGISTRATION = "revocation-of-registration"
    """撤销登记."""
    BUSINESS_SUSPENSION = "business-suspension"
    """歇业."""
    OTHER = "other"
    """变更、迁移等其他登记."""


class EntityKind(StrEnum):
    """Kind of entity (主体类型)."""

    COMPANY = "company"
    OTHER_ENTERPRISE = "other-enterprise"
    """Non-company legal persons and sole proprietorships (非公司企业法人、个人独资企业)."""
    PARTNERSHIP = "partnership"
    COOPERATIVE = "cooperative"
    """Farmers' cooperative (农民专业合作社)."""
    INDIVIDUAL_BUSINESS = "individual-business"
    """个体工商户."""
    BRANCH = "branch"
    """Branches, those of foreign companies included (分支机构、外国公司分支机构)."""
    PUBLIC_INSTITUTION = "public-institution"
    """Legal persons a staffing office registers (事业单位、机关、群团等)."""
    OTHER = "other"
    """Entities other registrars keep (社会团体、民办非企业单位、基金会、律师事务所等)."""


class Route(StrEnum):
    """Route of a market deregistration (注销程序)."""

    GENERAL = "general"
    """普通注销."""
    SIMPLIFIED = "simplified"
    """简易注销."""
    COURT = "court"
    """With a ruling that ends bankruptcy or compulsory liquidation (破产、强制清算程序终结)."""


class Cause(StrEnum):
    """Why the entity ends (注销原因)."""

    DISSOLUTION = "dissolution"
    MERGER_OR_DIVISION = "merger-or-division"
    OTHER = "other"


class Bar(StrEnum):
    """A ground that closes the simplified route (不适用简易注销的情形)."""

    APPROVAL_NEEDED = "approval-needed"
    LICENCE_REVOKED = "licence-revoked"
    ORDERED_CLOSED = "ordered-closed"
    CANCELLED = "cancelled"
    ABNORMAL_LIST = "abnormal-list"
    SERIOUS_BREACH_LIST = "serious-breach-list"
    EQUITY_FROZEN = "equity-frozen"
    EQUITY_PLEDGED = "equity-pledged"
    CHATTEL_MORTGAGE = "chattel-mortgage"
    INVESTMENT_IN_OTHERS = "investment-in-others"
    PENDING_CASE = "pending-case"
    UNEXECUTED_PENALTY = "unexecuted-penalty"


class Objector(StrEnum):
    """Who else objects to a simplified deregistration, beside the tax authority (异议人)."""

    DEPARTMENT = "department"
    CREDITOR = "creditor"
    OTHER_PARTY = "other-party"


class PushState(StrEnum):
    """What became of the push to the tax authority (推送情况)."""

    DELIVERED = "delivered"
    NOT_SENT = "not-sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class DeclaredAffairs(StrEnum):
    """What the applicant says of its tax affairs (涉税事宜); the tax source alone decides."""

    NEVER_HAD = "never-had"
    HAD = "had"


class RulingKind(StrEnum):
    """What a court ruled (裁定类型)."""

    OPENS_PROCEDURE = "opens-procedure"
    """Opens bankruptcy or compulsory liquidation (裁定受理)."""
    DECLARES_BANKRUPT = "declares-bankrupt"
    """宣告破产."""
    ENDS_BANKRUPTCY = "ends-bankruptcy"
    """终结破产程序."""
    ENDS_COMPULSORY_LIQUIDATION = "ends-compulsory-liquidation"
    """终结强制清算程序."""


_MARKET_KINDS: Final = (
    EntityKind.COMPANY,
    EntityKind.OTHER_ENTERPRISE,
    EntityKind.PARTNERSHIP,
    EntityKind.COOPERATIVE,
    EntityKind.INDIVIDUAL_BUSINESS,
    EntityKind.BRANCH,
)


@frozen(kw_only=True)
class Entity:
    """The entity that is to be deregistered (申请注销的主体).

    Attributes:
        uscc: Its code; the only key documents are matched on.
        name: Its name.
        kind: Kind of entity.
    """

    uscc: Uscc
    name: str = field(converter=check_name, repr=mask_name)
    kind: EntityKind

    @property
    def person(self) -> Person:
        """The entity as the party a notice goes to."""
        return Person(IdType.USCC, self.uscc.value, self.name)


@frozen(kw_only=True)
class Publicity:
    """The system's record of the publicity (简易注销公告).

    Attributes:
        readable: Whether the record can be read; one that cannot says nothing.
        started_on: Day it starts, itself not counted; null: not begun.
        published_until: Last day the system published, on or after the 20th day after started_on;
            null: that 20th day. Needs started_on.
        extended_until: Last day to apply, where the registrar recorded an extension: at least 20
            and at most 30 days after the last day of the publicity; null: no extension. Needs
            started_on.

    Raises:
        ApplicationError: An end without a start, or before 20 days are over.
    """

    readable: bool
    started_on: date | None = None
    published_until: date | None = None
    extended_until: date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse an end that cannot be one."""
        if self.started_on is None:
            for name in ("published_until", "extended_until"):
                if getattr(self, name) is not None:
                    raise ApplicationError(
                        f"publicity.{name}", "is given without publicity.started_on"
                    )
        elif self.published_until is not None and self.published_until < shortest_publicity(
            self.started_on
        ):
            raise ApplicationError(
                "publicity.published_until",
                "lies before the 20th day after publicity.started_on: a publicity takes 20 days",
            )


@frozen(kw_only=True)
class Push:
    """The push of a simplified deregistration to the tax authority (推送税务机关).

    Attributes:
        state: What became of it.
        delivered_on: Day it was delivered, only with state "delivered". A delivery without a day,
            or after the decision day, counts as not sent.

    Raises:
        ApplicationError: A day of delivery for a push that was not delivered.
    """

    state: PushState
    delivered_on: date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a day that contradicts the state."""
        if self.delivered_on is not None and self.state is not PushState.DELIVERED:
            raise ApplicationError("push.delivered_on", f"contradicts push.state {self.state}")


@frozen(kw_only=True)
class Ruling:
    """A court ruling (裁定书) handed in, with what an officer made of it.

    Attributes:
        kind: What the court ruled.
        in_force: Whether it is in force (已生效).
        authenticated: Whether an officer confirmed it with the court.
        uscc: Code of the entity it names; null: it names none, and the name decides.
        name: Name of the entity it names; one without code and name is of no entity.
        dated_on: Its day; after the decision day it establishes nothing.
        document_no: Its number (案号).
        forgery: An officer's reasoned suspicion that it is forged; null: none.
    """

    kind: RulingKind
    in_force: bool
    authenticated: bool
    uscc: Uscc | None = None
    name: str | None = field(default=None, converter=optional_name, repr=False)
    dated_on: date | None = None
    document_no: str | None = field(default=None, converter=code, repr=False)
    forgery: str | None = None

    def __attrs_post_init__(self) -> None:
        """Demand the reason of a suspicion."""
        if self.forgery is not None and not self.forgery.strip():
            raise ApplicationError("ruling.forgery", "is empty: a suspicion needs its reason")


@frozen(kw_only=True)
class DeregistrationApplication(Application):
    """An application to deregister an entity (注销登记申请).

    The tax authority is asked about the document on every market route (matter "clearance"), on the
    simplified route about objections too ("tax-objection"), and by a staffing office about the tax
    registration ("tax-registration"). Other registrars and acts are out of scope and ask nothing.

    The decision day is handled_on, else application_date. A "no objection" counts only from an
    answer as of that day, which must lie after the last day of the period.

    Attributes:
        act: What is applied for.
        registrar: Kind of registration office.
        entity: The entity. A market registrar, and no other, keeps every kind but
            "public-institution" and "other"; a staffing office keeps these two.
        application_date: Day the complete deregistration application reached the office, not the
            request to publish; one that was returned counts from its new submission. Needed on the
            simplified route, except for an individual business: lateness depends on it.
        handled_on: Day the office handles it; null: application_date. Where it lies in the past, no
            answer of that day can be had any more: what is held for want of one is still marked
            retryable, but the day is to be moved on before asking again.
        route: Route; needed for a deregistration at a market registrar.
        cause: Why it ends.
        accepted_on: Day a market registrar accepted the application; its governing day. Null:
            application_date. A market registrar gives one of the two, handled_on alone is not
            enough; a staffing office is governed by the decision day.
        bars: Grounds that close the simplified route, from the registrar's own register; an empty
            list: none; null: not looked up. Needed on the simplified route.
        other_objections: Who else objects; an empty list: nobody; null: not looked up. Needed on
            the simplified route.
        publicity: Publicity record; null: not begun. Plays no part for an individual business.
        push: Push to the tax authority; null: not sent.
        declared_affairs: What the applicant says of its tax affairs; changes nothing, the tax
            source decides.
        declared_registration: Whether the unit says it is registered for tax; null: it says
            nothing. Read at a staffing office.
        ruling: Court ruling handed in; null: none. On the court route one is expected.
        rest_days: The office's rest days (法定休假日), ordinary Saturdays and Sundays among them: a
            day that is not listed is a working day. Empty: last days do not move.
        papers: Documents handed in, verified or not.

    Raises:
        ApplicationError: Something needed is missing, or the application contradicts itself.
    """

    act: DeregistrationAct
    registrar: Registrar
    entity: Entity
    route: Route | None = None
    cause: Cause = Cause.OTHER
    accepted_on: date | None = None
    bars: tuple[Bar, ...] | None = None
    other_objections: tuple[Objector, ...] | None = None
    publicity: Publicity | None = None
    push: Push | None = None
    declared_affairs: DeclaredAffairs | None = None
    declared_registration: bool | None = None
    ruling: Ruling | None = None
    rest_days: tuple[date, ...] = ()
    papers: tuple[DeregistrationPaper, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Demand what act and route need."""
        super().__attrs_post_init__()
        self._demand_order_of_days()
        self._demand_fitting_registrar()
        if self.registrar is Registrar.MARKET and self.act is DeregistrationAct.DEREGISTRATION:
            self._demand_market_fields()
        self._demand_fitting_extension()

    def _demand_order_of_days(self) -> None:
        if self.accepted_on is None:
            return
        if self.application_date is not None and self.accepted_on < self.application_date:
            raise ApplicationError("accepted_on", "lies before application_date")
        if self.handled_on is not None and self.handled_on < self.accepted_on:
            raise ApplicationError("handled_on", "lies before accepted_on")

    def _demand_fitting_registrar(self) -> None:
        kind = self.entity.kind
        if kind in _MARKET_KINDS and self.registrar is Registrar.STAFFING_OFFICE:
            raise ApplicationError("entity.kind", f"{kind} is not registered by a staffing office")
        if kind in _MARKET_KINDS and self.registrar is Registrar.OTHER:
            raise ApplicationError("entity.kind", f"{kind} is registered by a market registrar")
        if kind is EntityKind.PUBLIC_INSTITUTION and self.registrar is Registrar.MARKET:
            raise ApplicationError("entity.kind", f"{kind} is not registered by a market registrar")
        if kind is EntityKind.PUBLIC_INSTITUTION and self.registrar is Registrar.OTHER:
            raise ApplicationError("entity.kind", f"{kind} is registered by a staffing office")
        if kind is EntityKind.OTHER and self.registrar is Registrar.MARKET:
            raise ApplicationError("entity.kind", "is unknown: a market registrar names the kind")

    def _demand_market_fields(self) -> None:
        if self.accepted_on is None and self.application_date is None:
            raise ApplicationError(
                "accepted_on", "and application_date are both missing: one fixes the governing day"
            )
        if self.route is None:
            raise ApplicationError("route", "is missing: general, simplified or court")
        if self.route is not Route.SIMPLIFIED:
            return
        if self.bars is None:
            raise ApplicationError(
                "bars", "is missing: look up what closes the simplified route; [] if nothing does"
            )
        if self.other_objections is None:
            raise ApplicationError(
                "other_objections", "is missing: look up who else objects; [] if nobody does"
            )
        if self.application_date is None and not self.is_individual_business:
            raise ApplicationError(
                "application_date", "is missing: whether the application is late depends on it"
            )

    def _demand_fitting_extension(self) -> None:
        """Refuse an extension that ends before the window does, or more than 30 days after P."""
        publicity = self.publicity
        if publicity is None or publicity.started_on is None or publicity.extended_until is None:
            return
        last = publicity_last_day(
            publicity.started_on, publicity.published_until, frozenset(self.rest_days)
        )
        if publicity.extended_until < shortest_window(last):
            raise ApplicationError(
                "publicity.extended_until", "lies before the 20 days to apply are over"
            )
        if publicity.extended_until > latest_extension(last):
            raise ApplicationError(
                "publicity.extended_until", "lies more than 30 days after the publicity"
            )

    @property
    def is_individual_business(self) -> bool:
        """Whether the entity is an individual business (个体工商户)."""
        return self.entity.kind is EntityKind.INDIVIDUAL_BUSINESS

    @property
    def decided_on(self) -> date:
        """Decision day: the day of handling, else of application; periods are judged on it."""
        return super().governing_on

    @property
    def governing_on(self) -> date:
        """Governing day: acceptance at a market registrar, handling at a staffing office.

        Order Art. 27 para. 1 attaches to acceptance (受理), para. 2 to handling (办理).
        """
        if self.registrar is Registrar.MARKET:
            return self.accepted_on or self.application_date or self.decided_on
        return self.decided_on
