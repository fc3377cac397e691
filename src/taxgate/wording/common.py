"""Look-ups (措辞查询): the text of a code, an enum member or a step, in one language.

Templates are ours alone; what is filled into them is masked text, and data is never a template.

Raises:
    MissingTextError: From every function, for a code nobody has worded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Final, TypeVar

from ..findings import Finding, Obligation, Weighed
from ..proceedings import Obstacle
from ..tables import Action, Ruling
from ..terms import Addressee, Checkpoint, Language, Matter, State, Step
from . import MissingTextError, Text
from .actions import ACTIONS, ACTORS, AND
from .acts import ACTS
from .evidence import (
    CHANNELS,
    ID_TYPES,
    OUTAGE_CAUSES,
    OUTAGE_KINDS,
    PROVENANCES,
    RESERVATIONS,
    STANDINGS,
    STATUSES,
    WHYS,
)
from .forms import bracketed
from .printing import one_line
from .states import DOCUMENT_REASONS, PLAIN, TAX_REASONS, TAXES
from .steps import (
    AUTHORITIES,
    AUTHORITY_STEPS,
    EVIDENCE,
    FOR_ADDRESSEE,
    FOR_AUTHORITY,
    NO_AUTHORITY,
    RECORD_AUTHORITY,
    STEPS,
    Place,
)
from .vocabulary import (
    ADDRESSEES,
    BASES,
    CHECKPOINTS,
    EFFECTS,
    FLAGS,
    LANGUAGES,
    MATTERS,
    OBSTACLES,
    OUTCOMES,
    REACHES,
    READINGS,
    STATES,
    SUSPICIONS,
    VERDICTS,
)

M = TypeVar("M", bound=StrEnum)

AUTHORITY_ADDRESSEES: Final = frozenset(
    {Addressee.TAX_AUTHORITY, Addressee.SEALING_AUTHORITY, Addressee.COURT}
)
"""Addressees that are authorities, not parties."""

_STATES: Final = frozenset(state.value for state in State)
_ASKS_THE_RECORDS_AUTHORITY: Final = frozenset({Step.CORRECT_DATA, Step.EXPLAIN_SUSPICION})


def _teller(texts: Mapping[M, Text]) -> Callable[[M, Language], str]:
    """Return a function that tells a member of one enum in one language."""

    def tell(member: M, language: Language) -> str:
        text = texts.get(member)
        if text is None:
            raise MissingTextError(str(member), "vocabulary")
        return text.to(language)

    return tell


checkpoint = _teller(CHECKPOINTS)
verdict = _teller(VERDICTS)
effect = _teller(EFFECTS)
outcome = _teller(OUTCOMES)
matter = _teller(MATTERS)
state = _teller(STATES)
reach = _teller(REACHES)
basis = _teller(BASES)
reading = _teller(READINGS)
flag = _teller(FLAGS)
obstacle = _teller(OBSTACLES)
addressee = _teller(ADDRESSEES)
language_name = _teller(LANGUAGES)
suspicion = _teller(SUSPICIONS)
status = _teller(STATUSES)
standing = _teller(STANDINGS)
channel = _teller(CHANNELS)
outage_kind = _teller(OUTAGE_KINDS)
outage_cause = _teller(OUTAGE_CAUSES)
provenance = _teller(PROVENANCES)
reservation = _teller(RESERVATIONS)
id_type = _teller(ID_TYPES)
actor = _teller(ACTORS)


def way(actions: Iterable[Action], language: Language) -> str:
    """Return what has to be done together, each action with who can do it."""
    told = (
        action(item, language) + bracketed(actor(item.actor, language), language)
        for item in actions
    )
    return AND.to(language).join(told)


def action(item: Action, language: Language) -> str:
    """Return what one action is, without who can take it."""
    text = ACTIONS.get(item.name)
    if text is None:
        raise MissingTextError(item.name, "ACTIONS")
    return text.to(language)


def act(where: Checkpoint, name: str, language: Language) -> str:
    """Return the kind of registration *name* at a checkpoint, as on the wire."""
    text = _worded(where, "ACTS").get(name) or ACTS.get(where, {}).get(name)
    if text is None:
        raise MissingTextError(name, f"acts of {where}")
    return text.to(language)


def reason(finding: Finding, language: Language, *, with_subject: bool = True) -> str:
    """Return why a finding concludes what it concludes.

    A code its checkpoint has worded is told so; else a code that ends in a state is told from
    matter and state.

    Args:
        finding: What is told.
        language: Language of the text.
        with_subject: Add subject and period, masked, to a text made from matter and state; off
            where they are printed beside it.
    """
    text = _special(finding.code)
    if text is not None:
        return _fill(text, finding.obligation, language)
    tail = finding.code.rsplit("/", 1)[-1]
    if tail not in _STATES:
        raise MissingTextError(finding.code, "REASONS of its checkpoint")
    return _generic(State(tail), finding.obligation, language, with_subject=with_subject)


def obstacle_reason(item: Obstacle, language: Language) -> str:
    """Return what stands in the way, by its code; details that may be printed are filled in."""
    text = _special(item.ruling.code)
    if text is None:
        raise MissingTextError(item.ruling.code, "REASONS of its checkpoint")
    detail = {name: one_line(value) for name, value in item.detail}
    return text.to(language).format_map({"subject": "", "party": "", "period": "", **detail})


def is_worded(ruling: Ruling[StrEnum]) -> bool:
    """Tell whether a ruling's code has a text, of its own or by its state."""
    code = ruling.code
    return _special(code) is not None or code.rsplit("/", 1)[-1] in _STATES


def why(item: Weighed, where: Checkpoint, language: Language) -> str:
    """Return why a record or paper counts for what it counts."""
    text = _worded(where, "WHYS").get(item.why) or WHYS.get(item.why)
    if text is None:
        raise MissingTextError(item.why, f"WHYS of {where}")
    return text.to(language)


def authority(about: Matter, where: Checkpoint, language: Language) -> str:
    """Return which tax authority is competent for a matter at a checkpoint."""
    text = AUTHORITIES.get((where, about)) or AUTHORITIES[where, None]
    return text.to(language)


def authority_to_ask(
    cure: Step, about: Matter, where: Checkpoint, language: Language
) -> str | None:
    """Return which authority a step sends its reader to; None where it sends nobody."""
    if cure in NO_AUTHORITY:
        return None
    if cure in _ASKS_THE_RECORDS_AUTHORITY:
        return RECORD_AUTHORITY.to(language)
    return authority(about, where, language)


def step(
    cure: Step,
    about: Matter,
    where: Checkpoint,
    language: Language,
    *,
    to: Addressee | None = None,
) -> str:
    """Return what cures a finding, said to one kind of addressee."""
    text = _step_text(cure, about, where, to)
    return text.to(language).format_map(
        {
            "matter": matter(about, language),
            "authority": authority_to_ask(cure, about, where, language) or "",
        }
    )


def evidence(cure: Step, about: Matter, where: Checkpoint, language: Language) -> str | None:
    """Return what proves the cure and how it reaches the office; None where no proof is needed."""
    text = _placed(EVIDENCE, cure, about, where)
    return None if text is None else text.to(language)


def _step_text(cure: Step, about: Matter, where: Checkpoint, to: Addressee | None) -> Text:
    if to in AUTHORITY_ADDRESSEES:
        return AUTHORITY_STEPS.get(cure, FOR_AUTHORITY)
    special = FOR_ADDRESSEE.get((cure, where, to)) if to is not None else None
    text = special or _placed(STEPS, cure, about, where)
    if text is None:
        raise MissingTextError(str(cure), "steps")
    return text


def _placed(
    texts: Mapping[Place, Text], cure: Step, about: Matter, where: Checkpoint
) -> Text | None:
    """Return the most specific text for a step."""
    for place in ((cure, where, about), (cure, None, about), (cure, where, None)):
        if place in texts:
            return texts[place]
    return texts.get((cure, None, None))


@cache
def _worded(where: Checkpoint, name: str) -> Mapping[str, Text]:
    """Return `REASONS`, `WHYS` or `ACTS` of a checkpoint, loaded when first needed."""
    module = import_module(f"{__package__}.{where.value.replace('-', '_')}")
    texts: Mapping[str, Text] = getattr(module, name, {})
    return texts


def _special(code: str) -> Text | None:
    """Return the text a checkpoint has for *code*, if it has one."""
    prefix = code.partition("/")[0]
    try:
        where = Checkpoint(prefix)
    except ValueError:
        raise MissingTextError(code, "any checkpoint: the code names none") from None
    return _worded(where, "REASONS").get(code)


def _fill(text: Text, obligation: Obligation, language: Language) -> str:
    return text.to(language).format_map(
        {
            "subject": one_line(obligation.subject),
            "party": one_line(obligation.party.masked) if obligation.party is not None else "",
            "period": one_line(obligation.period or ""),
        }
    )


def _generic(
    found: State, obligation: Obligation, language: Language, *, with_subject: bool
) -> str:
    about = matter(obligation.matter, language)
    named = [obligation.subject, obligation.period or ""] if with_subject else []
    details = [one_line(text) for text in named if text]
    if details and language is Language.ZH_CN:
        about += f"（{'，'.join(details)}）"
    elif details:
        about += f" ({', '.join(details)})"
    texts = TAX_REASONS if obligation.matter in TAXES else DOCUMENT_REASONS
    told = texts.get(found, PLAIN).to(language)
    filled = told.format_map({"matter": about, "state": state(found, language)})
    return filled[:1].upper() + filled[1:]
