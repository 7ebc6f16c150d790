"""Code blocks as HTML, highlighted by classes.

A fence with a language becomes `<pre><code class="language-x highlight">…</code></pre>`, its tokens
`<span class="k">` and the like with Pygments' short class names
(https://pygments.org/docs/tokens/); the colours are the card's. Code in an unknown language, or
longer than `LONGEST`, stays plain. Line breaks and white space are the author's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mcqdeck.markdown.characters import escape, escape_attribute, unescape
from mcqdeck.markdown.pattern import pattern

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST = 20_000  # characters; some of Pygments' patterns are quadratic
LANGUAGE = pattern(r"[A-Za-z0-9_+#.-]+")


def code_block(code: str, info: str) -> str:
    """The HTML of a code block; the first word after its fence names the language."""
    words = unescape(info).split(maxsplit=1)
    language = words[0] if words and LANGUAGE.fullmatch(words[0]) else ""
    if not language:
        return f"<pre><code>{escape(code)}</code></pre>\n"
    name = escape_attribute(language)
    highlighted = _highlight(code, language.lower()) if len(code) <= LONGEST else None
    if highlighted is None:
        return f'<pre><code class="language-{name}">{escape(code)}</code></pre>\n'
    return f'<pre><code class="language-{name} highlight">{highlighted}</code></pre>\n'


@lru_cache(maxsize=512)
def _highlight(code: str, language: str) -> str | None:
    """The code with its tokens in spans; none where Pygments does not know the language."""
    lexer = _lexer(language)
    if lexer is None:
        return None
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415 (slow, and seldom needed)

    pieces: list[str] = []
    seen: list[str] = []
    for kind, text in lexer.get_tokens(code):
        name = STANDARD_TYPES.get(kind, "")
        seen.append(text)
        pieces.append(
            f'<span class="{name}">{escape(text)}</span>'
            if name and not text.isspace()
            else escape(text)
        )
    return "".join(pieces) if "".join(seen) == code else None


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 (as above)
    from pygments.util import ClassNotFound  # noqa: PLC0415 (as above)

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
