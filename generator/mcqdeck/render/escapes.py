r"""What Anki or MathJax would interpret in a field, written so that it shows as it was written.

Anki reads `[sound:…]`, `[latex]`, `[$]`, `[$$]` and `[anki:…]` in the text of fields
(https://docs.ankiweb.net/templates/fields.html, https://docs.ankiweb.net/math.html), and `[[type:`
in the finished card; MathJax reads `\(` and `\[` across the page.
"""

from __future__ import annotations

import re

from mcqdeck.markdown.pattern import pattern

ANKI_SIGN = pattern(r"\[(?=sound:|/?latex\]|/?\${1,2}\]|/?anki:|\[type:)|\{\{", re.IGNORECASE)
DELIMITERS = {"\x02": "\\(", "\x03": "\\)", "\x0e": "\\[", "\x0f": "\\]"}
MATH_DELIMITER = pattern("[\x02\x03\x0e\x0f]")
# Tags and formulas stay; a backslash outside of them may stand before no bracket.
KEPT_OR_BACKSLASH = pattern(
    r"""<[A-Za-z/](?:"[^"]*"|[^">])*>|[\x02\x0e][^\x03\x0f]*[\x03\x0f]|\\(?=(?:<wbr>)*[()\[\]])"""
)


def escape_for_anki(html: str) -> str:
    """The HTML, clean already, with nothing in it that Anki or MathJax would interpret."""
    if "\\" in html:
        html = KEPT_OR_BACKSLASH.sub(
            lambda match: "\\<span></span>" if match[0] == "\\" else match[0], html
        )
    if "[" in html or "{{" in html:
        html = ANKI_SIGN.sub(lambda match: "&#91;" if match[0] == "[" else "&#123;&#123;", html)
    return html


def with_delimiters(html: str) -> str:
    r"""The HTML with `\(…\)` and `\[…\]` for the control characters that stand for them."""
    return (
        MATH_DELIMITER.sub(lambda match: DELIMITERS[match[0]], html)
        if MATH_DELIMITER.search(html)
        else html
    )
