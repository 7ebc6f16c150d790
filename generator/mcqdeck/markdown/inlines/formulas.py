r"""Formulas: `$…$`, `$$…$$` and ``$`…`$``.

Money and code in prose are no formulas. The opening dollar stands at the beginning, or after white
space or a sign after which a word may begin, and before no white space; the closing one stands
after no white space, and at the end, or before white space or a sign that may end a word. Letters
and digits of every script are neither.
"""

from __future__ import annotations

import re
import unicodedata

from mcqdeck.markdown.pattern import pattern

INLINE_FORMULA = pattern(r"\$(?![\s$])((?:[^\\$`]|\\.)++)\$(?!\$)", re.DOTALL)
TICKED_FORMULA = pattern(r"\$`((?:[^`])++)`\$")
DISPLAY_FORMULA = pattern(r"\$\$((?:[^\\$]|\\.|\$(?!\$))++)\$\$", re.DOTALL)
ANKI_SIGN_END = pattern(r"\$\$?\]")  # `[$]`, Anki's own sign for LaTeX
_LOOKS_AHEAD = 1_000  # characters
_MATHEMATICAL_SIGN = pattern(r"[\\^_={}+]")
LATEX_START = pattern(r"\$(?:\\[A-Za-z]+|[A-Za-z]\^[\w{\\(]|[A-Za-z]_(?:[{\\]|\w(?!\w)))")
BOUNDS = frozenset("*_~|<>=+-/")  # symbols that part words as punctuation does


def formula(text: str, at: int) -> tuple[str, int] | None:
    """The formula that opens with the dollar at `at`, and where it ends."""
    if ANKI_SIGN_END.match(text, at):
        return None
    if text.startswith("$$", at):
        match = DISPLAY_FORMULA.match(text, at)
        return (match[1], match.end()) if match and match[1].strip() else None
    if at and not _may_stand_beside(text[at - 1]):
        return None
    match = TICKED_FORMULA.match(text, at)
    if not match:
        match = INLINE_FORMULA.match(text, at)
        if not match or match[1][-1].isspace():
            return None
    end = match.end()
    if end < len(text) and not _may_stand_beside(text[end]):
        return None
    return match[1], end


def opens_without_end(text: str, at: int) -> str:
    """The signs by which the dollar at `at`, which opens no formula, was plainly meant to."""
    if ANKI_SIGN_END.match(text, at):
        return ""
    if text.startswith("$$", at):
        return "" if _is_alone(text, at) else "$$"
    match = LATEX_START.match(text, at)
    return match[0] if match else ""


def _is_alone(text: str, at: int) -> bool:
    """Whether two dollars mean themselves: `the price level $$.`

    They do where a word or nothing stands before them, and behind them no sign of mathematics.
    """
    behind = text[at + 2 : at + 2 + _LOOKS_AHEAD]
    if behind[:1].isalnum() or _MATHEMATICAL_SIGN.search(behind):
        return False
    begins_line = not text[text.rfind("\n", 0, at) + 1 : at].strip()
    return not (begins_line and behind.strip())


def _may_stand_beside(character: str) -> bool:
    """Whether a dollar beside the character may be a formula's."""
    if character.isspace() or character in BOUNDS:
        return True
    return character not in "\\@#%&" and unicodedata.category(character)[0] == "P"
