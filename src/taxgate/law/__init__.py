"""Instruments and provisions (法律文件与条文): what a row cites, since when it binds, and where.

One module per checkpoint holds the provisions its rows rest on, beside `order_307`. Texts are
paraphrases in our own words; the official text is what counts.
"""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from ..terms import Language, Reach

__all__ = ["Instrument", "Provision", "reach"]

SHANXI = "14"


@frozen
class Instrument:
    """A law, regulation, rule or published notice (法律、行政法规、规章、规范性文件).

    Attributes:
        id: Short kebab-case name, public and never reused.
        zh: Official Chinese title, without brackets.
        en: English title.
    """

    id: str
    zh: str
    en: str


@frozen
class Provision:
    """An article, or a paragraph of one, of an instrument, in force between two days.

    Attributes:
        id: `<instrument>/<article>` with paragraph, public and never reused.
        instrument: Where it stands.
        article: Article, paragraph and item as cited, such as `"13"` or `"24(2)"`; several are
            separated by commas.
        source: The specification's name of the provision, such as `"V-d"`.
        since: First day it binds.
        until: First day it no longer binds; None while it does.
        place: Two-digit province of GB/T 2260 it is limited to; None for the whole country.
        zh: What it says, in our own words, in Chinese.
        en: The same in English.
    """

    instrument: Instrument
    article: str
    source: str
    since: date
    zh: str
    en: str
    until: date | None = None
    place: str | None = None
    id: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Derive the public id."""
        object.__setattr__(self, "id", f"{self.instrument.id}/{self.article}")

    def in_force(self, on: date) -> bool:
        """Tell whether the provision binds on the calendar day *on* (China time)."""
        return self.since <= on and (self.until is None or on < self.until)

    def cite(self, language: Language) -> str:
        """Return the citation as a reader of *language* expects it."""
        if language is Language.ZH_CN:
            return f"《{self.instrument.zh}》{_articles_zh(self.article)}"
        return f"{self.instrument.en}, Art. {self.article}" if self.article else self.instrument.en


def reach(provision: Provision, on: date, province: str) -> Reach:
    """Tell whether *provision* reaches an act handled on a day by a registrar in a province.

    Place is asked first: a registrar elsewhere is outside whatever the day.

    Args:
        provision: The checkpoint's own provision of the Order.
        on: Governing day (calendar day in China).
        province: First two digits of the handling registrar's division code.

    Source: Order No. 307, Art. 2 para. 1 and Art. 34.
    """
    if provision.place is not None and province != provision.place:
        return Reach.OUTSIDE_SHANXI
    if on < provision.since:
        return Reach.BEFORE_EFFECTIVE_DATE
    return Reach.IN


def _articles_zh(article: str) -> str:
    """Turn `24(2)` into 第24条第2款; several articles are joined by 、."""
    parts = []
    for part in filter(None, (piece.strip() for piece in article.split(","))):
        number, _, paragraph = part.partition("(")
        text = f"第{number}条"
        if paragraph:
            text += "".join(f"第{item.rstrip(')')}款" for item in paragraph.split("("))
        parts.append(text)
    return "、".join(parts)
