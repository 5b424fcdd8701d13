"""A text in both languages of the product."""

from __future__ import annotations

from typing import Literal

from lawengine.base.dataclass import dataclass

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in English and Chinese; an empty side falls back to the other.

    Edges: a label with both sides empty reads as the empty string.
    """

    en: str = ""
    zh: str = ""

    def text(self, language: Language) -> str:
        """Return the words in `language`, or in the other one where it has none."""
        mine, other = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return mine or other

    def __bool__(self) -> bool:
        """Tell whether there are any words at all."""
        return bool(self.en or self.zh)
