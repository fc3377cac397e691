"""The steps (步骤): every sentence a scenario may contain, once, in Chinese and in English.

A slot `{name:Kind}` takes a word of that kind. Kinds with words of their own are in `words`; a
`Value` is read as the fact before it demands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final

from attrs import field, frozen

from ..terms import Language
from ..wording import Text
from .bases import BASES
from .drafting import Draft
from .errors import FaultyScenarioError
from .expecting import Verified
from .words import Said, kind_of, phrase

__all__ = ["STEPS", "Part", "Spoken", "Step", "spoken", "start"]

_SLOT: Final = re.compile(r"\{(\w+):(\w+)\}")
_QUOTED: Final = r'[^“”"]*'
_FREE: Final = ("Row", "Code", "Path")
"""Kinds that say the same in both languages."""


class Part(StrEnum):
    """Part of a scenario a step belongs to, as Gherkin names it."""

    GIVEN = "Context"
    WHEN = "Action"
    THEN = "Outcome"


@frozen
class Step:
    """One sentence.

    Attributes:
        part: Where it may stand.
        text: The sentence with its slots.
        act: What it does: takes a draft (given) or what came of the check (then), and one value
            per slot.
    """

    part: Part
    text: Text
    act: Callable[..., None]
    _patterns: Mapping[Language, re.Pattern[str]] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Make a pattern of each sentence."""
        patterns = {language: _pattern(self.text.to(language)) for language in Language}
        object.__setattr__(self, "_patterns", patterns)

    @property
    def kinds(self) -> dict[str, str]:
        """Kind of each slot, by name."""
        return {found[1]: found[2] for found in _SLOT.finditer(self.text.zh)}

    def match(self, sentence: str, language: Language) -> dict[str, str] | None:
        """Return the words in the slots, or None where it is another sentence."""
        found = self._patterns[language].fullmatch(sentence)
        if found is None:
            return None
        words = found.groupdict()
        for name, kind in self.kinds.items():
            known = kind_of(kind)
            if (
                known is not None
                and f"“{{{name}:" not in self.text.zh
                and all(text.to(language) != words[name] for text in known.values())
            ):
                return None
        return words

    def shown(self, language: Language) -> str:
        """Return the sentence with dots in its slots."""
        return _SLOT.sub("…", self.text.to(language))

    def said(self, words: Mapping[str, Said], language: Language) -> str:
        """Return the sentence with words in its slots."""
        return _SLOT.sub(lambda slot: words[slot[1]].text.to(language), self.text.to(language))


def _pattern(sentence: str) -> re.Pattern[str]:
    position, parts = 0, []
    for slot in _SLOT.finditer(sentence):
        before = sentence[position : slot.start()]
        quoted = before.endswith(("“", '"'))
        parts.append(re.escape(before))
        parts.append(f"(?P<{slot[1]}>{_QUOTED if quoted else '.+?'})")
        position = slot.end()
    parts.append(re.escape(sentence[position:]))
    return re.compile("".join(parts))


def _given(zh: str, en: str, act: Callable[..., None]) -> Step:
    return Step(Part.GIVEN, Text(zh, en), act)


def _then(zh: str, en: str, act: Callable[..., None]) -> Step:
    return Step(Part.THEN, Text(zh, en), act)


_OWN: Final = _given(
    "其{field:OwnField}为“{value:Value}”",
    'its {field:OwnField} is "{value:Value}"',
    Draft.change_own,
)
_ABOUT: Final = _given(
    "{field:Field}为“{value:Value}”", 'the {field:Field} is "{value:Value}"', Draft.change
)

# fmt: off
STEPS: Final[tuple[Step, ...]] = (
    _given("采用释义选项“{reading:Reading}”", 'the reading "{reading:Reading}" is on',
        lambda draft, reading: draft.read(reading)),
    _given("税务机关就{party:Person}的{matter:Matter}答复“{status:Status}”",
        'the tax authority answers on {matter:Matter} of {party:Person}: "{status:Status}"',
        lambda draft, party, matter, status: draft.answer(matter, status, party)),
    _given("税务机关就{matter:Matter}答复“{status:Status}”",
        'the tax authority answers on {matter:Matter}: "{status:Status}"',
        lambda draft, matter, status: draft.answer(matter, status)),
    _given("税务机关就{party:Person}的{matter:Matter}另答复“{status:Status}”",
        'the tax authority also answers on {matter:Matter} of {party:Person}: "{status:Status}"',
        lambda draft, party, matter, status: draft.answer_more(matter, status, party)),
    _given("税务机关就{matter:Matter}另答复“{status:Status}”",
        'the tax authority also answers on {matter:Matter}: "{status:Status}"',
        lambda draft, matter, status: draft.answer_more(matter, status)),
    _given("{party:Person}的{matter:Matter}未能查验，原因为“{cause:OutageCause}”",
        'the inquiry on {matter:Matter} of {party:Person} came to nothing: "{cause:OutageCause}"',
        lambda draft, party, matter, cause: draft.fail(matter, cause, party)),
    _given("{matter:Matter}未能查验，原因为“{cause:OutageCause}”",
        'the inquiry on {matter:Matter} came to nothing: "{cause:OutageCause}"',
        lambda draft, matter, cause: draft.fail(matter, cause)),
    _given("申请人提交{party:Person}的{matter:Matter}凭证“{status:Status}”，{handling:Channel}",
        'a paper on {matter:Matter} of {party:Person} is handed in saying "{status:Status}",'
        " {handling:Channel}",
        lambda draft, party, matter, status, handling:
            draft.hand_in(matter, status, handling, party)),
    _given("申请人提交{matter:Matter}凭证“{status:Status}”，{handling:Channel}",
        'a paper on {matter:Matter} is handed in saying "{status:Status}", {handling:Channel}',
        lambda draft, matter, status, handling: draft.hand_in(matter, status, handling)),
    _given("另有{thing:Thing}", "there is a further {thing:Thing}",
        lambda draft, thing: draft.add(thing)),
    _given("没有{thing:Thing}", "there is no {thing:Thing}",
        lambda draft, thing: draft.remove(thing)),
    _OWN,
    _ABOUT,
    Step(Part.WHEN, Text("进行税务查验", "the tax check is made"), lambda: None),
    _then("结论为“{word:Verdict}”", 'the verdict is "{word:Verdict}"',
        lambda seen, word: seen.plain("verdict", word)),
    _then("办理效果为“{word:Effect}”", 'the effect is "{word:Effect}"',
        lambda seen, word: seen.plain("effect", word)),
    _then("适用规则“{row:Row}”", 'row "{row:Row}" applies', Verified.row),
    _then("由规则“{row:Row}”决定", 'row "{row:Row}" decides', Verified.decided_by),
    _then("规则“{row:Row}”不作结论", 'row "{row:Row}" says nothing', Verified.silent),
    _then("{matter:Matter}的证据状态为“{state:State}”",
        'the evidence on {matter:Matter} is "{state:State}"', Verified.state),
    _then("理由代码为“{code:Code}”", 'a reason is "{code:Code}"', Verified.reason),
    _then("可以办结登记", "the registration may be completed",
        lambda seen: seen.plain("may_complete", value=True)),
    _then("不得办结登记", "the registration may not be completed",
        lambda seen: seen.plain("may_complete", value=False)),
    _then("重新查验即可能解除", "a retry alone could lift it",
        lambda seen: seen.plain("retryable", value=True)),
    _then("仅重新查验不能解除", "a retry alone could not lift it",
        lambda seen: seen.plain("retryable", value=False)),
    _then("税务情况已经查验", "tax was verified",
        lambda seen: seen.plain("verified", value=True)),
    _then("税务情况未经查验", "tax was not verified",
        lambda seen: seen.plain("verified", value=False)),
    _then("备注包括“{word:Flag}”", 'a remark is "{word:Flag}"',
        lambda seen, word: seen.lists("flags", word)),
    _then("非税障碍包括“{word:Obstacle}”", 'a non-tax obstacle is "{word:Obstacle}"',
        lambda seen, word: seen.lists("obstacles", word)),
    _then("没有非税障碍", "there is no non-tax obstacle",
        lambda seen: seen.lists_none("obstacles")),
    _then("应当书面告知税务机关涉嫌违法线索", "a suspicion is to be reported in writing",
        lambda seen: seen.lists_some("referrals")),
    _then("无需移送线索", "there is nothing to report", lambda seen: seen.lists_none("referrals")),
    _then("应当告知{party:Person}", "{party:Person} is to be told", Verified.told),
    _then("不告知{party:Person}", "{party:Person} is not told",
        lambda seen, party: seen.told(party, told=False)),
    _then("应当告知有关机关", "an authority is to be told", Verified.told_to_authority),
    _then("申请被退回更正，错误位于“{path:Path}”",
        'the application is returned, faulty at "{path:Path}"', Verified.returned),
)
"""Every step but the plain cases a scenario starts from, which are in `bases`."""
# fmt: on


@frozen
class Spoken:
    """A step as it stands in a scenario, understood.

    Attributes:
        part: Where it stands.
        text: The sentence in both languages.
        act: What it does, to a draft or to what came of the check.
    """

    part: Part
    text: Text
    act: Callable[[Any], None]


def start(sentence: str, language: Language) -> tuple[Draft, Text] | None:
    """Return the draft a sentence starts, or None where it is another sentence."""
    for base in BASES:
        if base.text.to(language) == sentence:
            return Draft.of(base), base.text
    return None


def spoken(part: Part, sentence: str, draft: Draft, language: Language) -> Spoken:
    """Understand a sentence.

    Raises:
        FaultyScenarioError: No step says that, or one of its words is unknown.
    """
    for step in STEPS:
        words = step.match(sentence, language) if step.part is part else None
        if words is None:
            continue
        if step is _OWN or step is _ABOUT:
            read = draft.own_fact if step is _OWN else draft.fact
            fact, value = read(words["field"], words["value"], language)
            said = {"field": Said(fact, fact.text), "value": value}
        else:
            said = {
                name: _word(kind, words[name], draft, language) for name, kind in step.kinds.items()
            }
        return _understood(step, said)
    sentences = [step.text.to(language) for step in STEPS if step.part is part]
    sentences += [base.text.to(language) for base in BASES if part is Part.GIVEN]
    near = get_close_matches(sentence, sentences, n=1, cutoff=0.3)
    hint = Text(f"；是否想说：{near[0]}", f"; perhaps: {near[0]}") if near else Text("", "")
    raise FaultyScenarioError(
        Text(f"没有这个步骤：{sentence}{hint.zh}", f"no such step: {sentence}{hint.en}")
    )


def _word(kind: str, word: str, draft: Draft, language: Language) -> Said:
    if kind in _FREE:
        return Said(word, Text(word, word))
    if kind == "Thing":
        thing = draft.thing(word, language)
        return Said(thing, thing.text)
    return phrase(kind, word, language)


def _understood(step: Step, said: Mapping[str, Said]) -> Spoken:
    values = {name: word.value for name, word in said.items()}

    def act(target: Any) -> None:  # noqa: ANN401 - a draft or what came of the check
        step.act(target, *values.values())

    text = Text(step.said(said, Language.ZH_CN), step.said(said, Language.EN))
    return Spoken(step.part, text, act)
