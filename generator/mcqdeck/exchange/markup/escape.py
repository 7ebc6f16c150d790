r"""Text as Markdown: every character that GitHub or our banks would read as a mark is escaped.

The marks are those of the GitHub Flavored Markdown Spec (https://github.github.com/gfm/) and of
mathematics between dollar signs. What can mean nothing where it stands is left as it is, so that
the text stays pleasant to read: `2 * 3`, `snake_case`, `a < b`, `C:\temp`.
"""

from __future__ import annotations

import re
import unicodedata

from mcqdeck.markdown.characters import CONTROL

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
APART = "<!-- -->"  # shows nothing, and keeps apart what would else be read as one
_SPECIAL = re.compile(r"[\\`*_\[\]<&$~]")
_URL = re.compile(r"(?<![A-Za-z])(?:(?:https?|ftp)://|www\.(?=\w))[^\s<>]+", re.IGNORECASE)
_URL_TAIL = re.compile(r"[?!.,:;*_~'\")\]}]+$")
_SAFE_URL = re.compile(r"[A-Za-z0-9\-.+!'%#@?=;:/&,]*")
_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_BRACKETED = re.compile(r"\[(?![ xX^]?\])[\w .,'\"+-]*\](?=[^(\[:])")
_LINK = re.compile(r"(https?|ftp)(?=://)|(?<!\w)(www)(?=\.)|(?<=[\w.+-])(?=@[\w-])", re.IGNORECASE)

_BOUNDS = frozenset("*_~|<>=+-/")
_NO_BOUNDS = frozenset("\\@#%&")

# What begins a block when it begins a line. Marks that `escaped` takes care of are not repeated.
_LINE = re.compile(
    r"([ \t]*)(?:(?=#{1,6}(?:[ \t]|$)|#{2,3}[^#\s]|>|\+(?:[ \t]|$)|-(?:[ \t]|$)|\*[ \t]"
    r"|(?:-[ \t]*)+$|=+[ \t]*$|[|:][|:\- \t]*$|-[|:\- \t]*\|[|:\- \t]*$|:?-+:?[ \t]*$)"
    r"|(\d{1,9})(?=[.)](?:[ \t]|$)))"
)
_MAY_BEGIN = frozenset("#>+-*=|:0123456789 \t")


def escaped(text: str, *, links: bool = True, in_link: bool = False) -> str:
    """The text as the inside of a Markdown paragraph, in which it means nothing but itself.

    Line beginnings are left to `guarded`. With `links` a bare address stays as it is, so that it
    becomes a link as it does on GitHub; without, it stays text. A text that stands `in_link` may
    hold no brackets.
    """
    if not _SPECIAL.search(text) and (links or not _has_link(text)):
        return text
    if in_link:
        return _LINK.sub(lambda match: match[0] + "\\", _signs(text, brackets=True))
    if not links:
        return _LINK.sub(lambda match: match[0] + "\\", _signs(text))
    if "://" not in text and "www." not in text.lower():
        return _signs(text)
    pieces = []
    at = 0
    for match in _URL.finditer(text):
        tail = _URL_TAIL.search(match[0])
        end = match.end() - (len(tail[0]) if tail else 0)
        is_last = not text[match.end() : match.end() + 1].strip()
        is_apart = is_last and not (tail and _SPECIAL.search(tail[0]))
        url = _address(text[match.start() : end], is_apart=is_apart)
        pieces += [_signs(text[at : match.start()]), url]
        at = end
    return "".join((*pieces, _signs(text[at:])))


def _has_link(text: str) -> bool:
    return ("://" in text or "www." in text.lower() or "@" in text) and bool(_LINK.search(text))


def guarded(text: str) -> str:
    """A paragraph none of whose lines begins a block of another kind."""
    if "\n" not in text:
        return _guarded_line(text) if text[:1] in _MAY_BEGIN else text
    return "\n".join(
        _guarded_line(line) if line[:1] in _MAY_BEGIN else line for line in text.split("\n")
    )


def _guarded_line(line: str) -> str:
    match = _LINE.match(line)
    if not match:
        return line
    return f"{match[1]}{match[2] or ''}\\{line[match.end() :]}"


def may_touch_formula(character: str) -> bool:
    """Whether a character may stand beside the dollar of a formula, as GitHub has it."""
    if not character or character.isspace() or character in _BOUNDS:
        return True
    return character not in _NO_BOUNDS and unicodedata.category(character)[0] == "P"


def without_controls(text: str) -> str:
    """The text without the characters that no bank may hold."""
    return CONTROL.sub("", text) if CONTROL.search(text) else text


def _signs(text: str, *, brackets: bool = False) -> str:
    return _SPECIAL.sub(lambda match: _sign(text, match.start(), brackets=brackets), text)


def _sign(text: str, at: int, *, brackets: bool) -> str:
    sign = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1 : at + 2]
    match sign:
        case "\\":
            is_safe = after and after not in PUNCTUATION and not after.isspace()
        case "*" | "~":
            is_safe = before.isspace() and (not after or after.isspace()) and at > 0
        case "_":
            is_safe = before.isalnum() and after.isalnum()
        case "[":
            is_safe = not brackets and _BRACKETED.match(text, at) is not None
        case "]":
            is_safe = not brackets
        case "<":
            is_safe = (
                bool(after) and not (after.isascii() and after.isalpha()) and after not in "/!?"
            )
        case "&":
            is_safe = not _ENTITY.match(text, at)
        case _:
            is_safe = False
    return sign if is_safe else f"\\{sign}"


def _address(url: str, *, is_apart: bool) -> str:
    """A bare address so that GitHub makes the same link of it; `is_apart` if a space follows it."""
    if is_apart and _SAFE_URL.fullmatch(url):
        return url
    if url[:3].lower() == "www":
        return f"[{escaped(url, in_link=True)}](<http://{url.replace(chr(92), '%5C')}>)"
    return f"<{url}>"
