r"""Mathematics: `$…$`, `$$…$$`, ``$`…`$`` and fences of `math`, for MathJax in Anki.

Where a formula begins and ends is GitHub's rule: the opening dollar follows no letter or digit and
is followed by no space; the closing one follows no space and is followed by no letter or digit. So
`$5 to $10` stays money. The delimiters are written as control characters, which a source cannot
hold, and become `\(…\)` and `\[…\]` at the very end, when a literal `\(` has been told apart.
"""

from __future__ import annotations

import re

from mcqdeck.render.characters import escape

INLINE = re.compile(r"\$(?![\s$])((?:[^\\$`]|\\.)++)\$(?![A-Za-z0-9$])", re.DOTALL)
TICKED = re.compile(r"\$`((?:[^`])++)`\$")
DISPLAY = re.compile(r"\$\$((?:[^\\$]|\\.|\$(?!\$))++)\$\$", re.DOTALL)
BRACKETED = re.compile(r"\$\$?\]")  # `[$]`, Anki's own sign for LaTeX
LATEX = re.compile(r"\$(?:\\[A-Za-z]+|[A-Za-z]\^[\w{\\(]|[A-Za-z]_(?:[{\\]|\w(?!\w)))")
DELIMITERS = {"\x02": "\\(", "\x03": "\\)", "\x0e": "\\[", "\x0f": "\\]"}
DELIMITER = re.compile("[\x02\x03\x0e\x0f]")


def inline(formula: str) -> str:
    """A formula within a line, as HTML."""
    return f"\x02{escape(formula)}\x03"


def display(formula: str) -> str:
    """A formula that stands by itself, as HTML."""
    return f"\x0e{escape(formula)}\x0f"


def formula(text: str, at: int) -> tuple[str, int] | None:
    """The formula that opens with the dollar at `at`, as HTML, and where it ends."""
    if BRACKETED.match(text, at):
        return None
    if text.startswith("$$", at):
        found = DISPLAY.match(text, at)
        return (display(found[1]), found.end()) if found and found[1].strip() else None
    if at and text[at - 1].isalnum():
        return None
    found = TICKED.match(text, at)
    if not found:
        found = INLINE.match(text, at)
        if not found or found[1][-1].isspace():
            return None
    return inline(found[1]), found.end()


def plainly_opens(text: str, at: int) -> str:
    """The signs by which the dollar at `at`, which opens no formula, was plainly meant to."""
    if BRACKETED.match(text, at):
        return ""
    if text.startswith("$$", at):
        return "$$"
    found = LATEX.match(text, at)
    return found[0] if found else ""


def with_delimiters(html: str) -> str:
    r"""The HTML with `\(…\)` and `\[…\]` for the control characters that stand for them."""
    return (
        DELIMITER.sub(lambda found: DELIMITERS[found[0]], html) if DELIMITER.search(html) else html
    )
