"""Wording (措辞): every public code in Chinese and in English.

Codes decide, texts tell. `common` words the shared vocabularies; one module per checkpoint words
its reason codes (`REASONS`) and what appraisal says of a record (`WHYS`). A reason code that ends
in a state needs no text of its own: it is worded from matter and state.
"""

from __future__ import annotations

from attrs import frozen

from ..errors import TaxgateError
from ..terms import Language

__all__ = ["MissingTextError", "Text"]


class MissingTextError(TaxgateError, KeyError):
    """A public code has no wording: a fault of this package, never of the case.

    Attributes:
        code: What has no text.
        where: Where one was looked for.
    """

    def __init__(self, code: str, where: str) -> None:
        super().__init__(code, where)
        self.code = code
        self.where = where

    def __str__(self) -> str:
        return f"no text for {self.code!r} in {self.where}: add one in Chinese and in English"


@frozen
class Text:
    """One thing said in both languages.

    Attributes:
        zh: Chinese, as a clerk or a taxpayer reads it.
        en: English.
    """

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """Return the text in *language*."""
        return self.zh if language is Language.ZH_CN else self.en
