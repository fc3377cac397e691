"""The closed facts the tables of the real-estate checkpoint read (判断要素)."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from ...terms import State
from .duties import ActKind, DeedDuty, IncomeDuty, LandDuty
from .kinds import Measure

# Taxes ----------------------------------------------------------------------------------------


class Ground(StrEnum):
    """Ground on which exemption from deed tax is claimed or lies in the act itself."""

    NONE = "none"
    FAMILY = "family"
    """Spouse or statutory heir."""
    OTHER = "other"


class Plan(StrEnum):
    """Whether a deferral is a plan filed for this very deal."""

    NO = "no"
    YES = "yes"


class Clash(StrEnum):
    """What a conflict is about, where a row of the specification names it."""

    NONE = "none"
    """No conflict, or another one."""
    PRICE = "price"
    """A record of this deal states another price."""
    ZERO = "zero"
    """A return with nothing payable, without an exchange."""


class Relation(StrEnum):
    """Whether relation, marriage or death frees the transfer from a tax (身份关系)."""

    NONE = "none"
    """No tie stated by which law frees it."""
    UNPROVEN = "unproven"
    PROVEN = "proven"


class Debtor(StrEnum):
    """Whose other tax the source reports unasked."""

    NOBODY = "nobody"
    PARTY = "party"
    DEVELOPER = "developer"
    LISTED_DEVELOPER = "listed-developer"


@frozen
class DeedFacts:
    """Facts of deed tax."""

    duty: DeedDuty
    state: State
    ground: Ground
    clash: Clash


@frozen
class IncomeFacts:
    """Facts of individual income tax."""

    duty: IncomeDuty
    state: State
    plan: Plan
    relation: Relation
    clash: Clash


@frozen
class LandFacts:
    """Facts of land appreciation tax."""

    duty: LandDuty
    state: State
    relation: Relation
    clash: Clash


@frozen
class OtherTaxFacts:
    """Facts of taxes nobody asked about."""

    debtor: Debtor


# Seals ----------------------------------------------------------------------------------------


class Force(StrEnum):
    """Whether a seal is in force (查封效力)."""

    IN_FORCE = "in-force"
    OPEN_ENDED = "open-ended"
    """A tax seal without a stated end, or whose tax is said to be paid; not lifted."""
    PENDING = "pending"
    """Complete papers arrived; it is not recorded yet."""
    ENDED = "ended"


class Sealer(StrEnum):
    """Whether the tax authority sealed, or another."""

    TAX = "tax"
    OTHER = "other"


class Standing(StrEnum):
    """How a seal stands to the transfer an authority asks for."""

    ALONE = "alone"
    """No such request, or one that gives no precedence over any seal."""
    GIVES_WAY = "gives-way"
    """The requesting authority's own, a later one, or one whose disposal was handed over."""
    EARLIER_THAN_TAX = "earlier-than-tax"
    """Ranks before the seal of the tax authority that asks, and was not handed over."""


class Touched(StrEnum):
    """Whether the act reaches what is sealed."""

    WHOLE = "whole"
    """The whole unit is sealed."""
    SHARE = "share"
    """One owner's share is sealed, and the act reaches it or may do so."""
    NO = "no"
    """One owner's share is sealed, and others dispose of theirs."""


class Readable(StrEnum):
    """Whether the seal register could be read."""

    YES = "yes"
    NO = "no"


class Needed(StrEnum):
    """Whether the seal register is needed for the act, or for a request beside it."""

    YES = "yes"
    NO = "no"
    """No seal could bar the act, and nothing is to be recorded."""


class Papers(StrEnum):
    """State of the papers of a request."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    """One is missing, they disagree, or unit, owner or the seal to be lifted differ."""
    UNAUTHENTICATED = "unauthenticated"
    SUSPECTED_FORGED = "suspected-forged"


class Sealed(StrEnum):
    """What the register shows for the unit a request names."""

    NO = "no"
    YES = "yes"
    """A seal is in force; a new one waits."""


class Renewal(StrEnum):
    """Whether a renewal came in time."""

    IN_TIME = "in-time"
    TOO_LATE = "too-late"
    """After the stated end, or there is no such seal: a new one."""


@frozen
class SealFacts:
    """Facts of one seal on one unit."""

    kind: ActKind
    force: Force
    sealer: Sealer
    standing: Standing
    touched: Touched


@frozen
class RegisterFacts:
    """Facts of the register of one unit."""

    needed: Needed
    readable: Readable


@frozen
class RequestFacts:
    """Facts of one request; `kind` is what a seal means for the act it arrives beside."""

    kind: ActKind
    sealer: Sealer
    measure: Measure
    papers: Papers
    sealed: Sealed
    renewal: Renewal

    @property
    def state(self) -> State | None:
        """The shared evidence status, as far as papers of a request have one."""
        return State.FORGED_SUSPECT if self.papers is Papers.SUSPECTED_FORGED else None
