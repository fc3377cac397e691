"""Wording (措辞): every public code in Chinese and in English.

Codes decide, texts tell. `common` words the shared vocabularies; one module per checkpoint words
its reason codes (`REASONS`) and what appraisal says of a record (`WHYS`). A reason code that ends
in a state needs no text of its own: it is worded from matter and state.
"""

from __future__ import annotations

from attrs import frozen

from ..terms import Language

__all__ = ["Text"]


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
