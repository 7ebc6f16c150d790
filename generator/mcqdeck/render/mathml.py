r"""From the formulas of a field to MathML, for pages on which no MathJax runs.

Formulas are found as MathJax finds them on Anki's cards: `\(…\)` and `\[…\]` in text, but not in
code (https://docs.mathjax.org/en/v3.2/options/document.html). latex2mathml reads them. What it
writes is written once more by the lists below, which hold what browsers draw (MathML Core,
https://www.w3.org/TR/mathml-core/) and nothing that acts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from itertools import chain
from typing import TYPE_CHECKING

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import HOLDS_TEXT, pieces, read_tag
from mcqdeck.render.formulas import unsafe_commands

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

STYLE = """\
math { max-width: 100%; overflow: auto hidden; }
math[display="block"] { margin-block: 0.6em; }
.math-left { text-align: left; }
.math-right { text-align: right; }
.math-line-after { border-right: 1px solid; }
.math-line-below { border-bottom: 1px solid; }
.math-bold { font-weight: bold; }
.math-italic { font-style: italic; }
.math-sans-serif { font-family: sans-serif; }
.math-monospace { font-family: monospace; }
"""
"""CSS that a page with formulas needs: what MathML Core leaves to it."""

_LONGEST = 10_000  # characters of a formula; a longer one is no formula
_MOST_UNCLOSED = 100  # in one text; each search for an end takes time
_LITERAL = HOLDS_TEXT | {"pre", "code", "math", "noscript"}
_FORMULA_OPENS = pattern(r"\\([(\[])")
_FORMULA_SIGN = pattern(r"\\([)\]])|\\.|[{}]", re.DOTALL)

# fmt: off
_ELEMENTS = frozenset({
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom", "mfrac",
    "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr",
    "mtd", "mmultiscripts", "mprescripts", "none",
})
_ATTRIBUTES = frozenset({
    "accent", "accentunder", "depth", "display", "displaystyle", "fence", "form", "height",
    "largeop", "linethickness", "lspace", "mathbackground", "mathcolor", "maxsize", "minsize",
    "movablelimits", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset",
    "width",
})
# fmt: on
_NOT_IN_MATHEMATICAL = frozenset({"LATIN", "GREEK", "LETTER"})
_TOKENS = frozenset({"mi", "mn", "mo", "mtext"})
_REFERENCE = pattern(r"&#x[0-9A-Fa-f]+;")
_ATTRIBUTE_VALUE = pattern(r"[A-Za-z]+|#[0-9A-Fa-f]{3,8}|[+-]?(?:\d+\.?\d*|\.\d+)(?:[a-z]{1,3}|%)?")
_SPACES = {
    "thinmathspace": "0.167em",
    "mediummathspace": "0.222em",
    "thickmathspace": "0.278em",
    "negativethinmathspace": "-0.167em",
    "negativemediummathspace": "-0.222em",
    "negativethickmathspace": "-0.278em",
}
_ALPHABETS = {
    "bold": "MATHEMATICAL BOLD",
    "italic": "MATHEMATICAL ITALIC",
    "bold-italic": "MATHEMATICAL BOLD ITALIC",
    "double-struck": "MATHEMATICAL DOUBLE-STRUCK",
    "script": "MATHEMATICAL SCRIPT",
    "bold-script": "MATHEMATICAL BOLD SCRIPT",
    "fraktur": "MATHEMATICAL FRAKTUR",
    "bold-fraktur": "MATHEMATICAL BOLD FRAKTUR",
    "sans-serif": "MATHEMATICAL SANS-SERIF",
    "bold-sans-serif": "MATHEMATICAL SANS-SERIF BOLD",
    "sans-serif-italic": "MATHEMATICAL SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "MATHEMATICAL SANS-SERIF BOLD ITALIC",
    "monospace": "MATHEMATICAL MONOSPACE",
}
_OLDER = {"FRAKTUR": "BLACK-LETTER"}
"""Letters that Unicode had before the alphabets stand outside of them, some by other names."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """HTML with MathML in it; `unread` holds the formulas that stayed as their source."""

    html: str
    unread: tuple[str, ...] = ()


def typeset(html: str) -> Typeset:
    r"""A field, or a side of a card, with MathML for its formulas.

    One that latex2mathml cannot read, or that browsers would not draw, shows as its source in
    dollars.

    Raises:
        McqdeckError: there are formulas, and latex2mathml is not installed.
    """
    if "\\(" not in html and "\\[" not in html:
        return Typeset(html)
    unread: list[str] = []
    return Typeset("".join(_typeset(html, unread)), tuple(unread))


def _typeset(html: str, unread: list[str]) -> Iterator[str]:
    literal = 0  # how many elements are open in which nothing is a formula
    at = 0
    for offset, piece in chain(pieces(html), [(len(html), "")]):
        text = html[at:offset]
        if not literal and "\\" in text:
            yield from _in_text(text, unread)
        else:
            yield text
        yield piece
        at = offset + len(piece)
        tag = read_tag(piece)
        if tag and tag.name in _LITERAL:
            literal = max(0, literal + (-1 if tag.is_end else 1))


def _in_text(text: str, unread: list[str]) -> Iterator[str]:
    done = unclosed = 0
    while unclosed < _MOST_UNCLOSED and (opening := _FORMULA_OPENS.search(text, done)):
        is_display = opening[1] == "["
        end = _end(text, opening.end(), "]" if is_display else ")")
        if end is None:
            unclosed += 1
            yield text[done : opening.end()]
            done = opening.end()
            continue
        yield text[done : opening.start()]
        formula = unescape(text[opening.end() : end]).strip()
        mathml = _mathml(formula, is_display)
        if mathml is None:
            unread.append(formula)
            dollars = "$$" if is_display else "$"
            mathml = f'<code class="math-source">{escape(f"{dollars}{formula}{dollars}")}</code>'
        yield mathml
        done = end + 2
    yield text[done:]


def _end(text: str, start: int, bracket: str) -> int | None:
    """Where the formula from `start` on ends: as MathJax has it, outside all braces."""
    depth = 0
    for sign in _FORMULA_SIGN.finditer(text, start):
        if sign[1] == bracket and not depth:
            return sign.start()
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}" and depth:
            depth -= 1
    return None


class _UnreadError(Exception):
    """A formula of which not all would show as its author meant it."""


@lru_cache(maxsize=4096)
def _mathml(formula: str, is_display: bool) -> str | None:
    """A formula as MathML, or nothing where it cannot be read."""
    try:
        from latex2mathml.converter import Converter  # noqa: PLC0415
    except ImportError as error:
        raise McqdeckError(
            "formulas on pages need latex2mathml; install it with `pip install latex2mathml`"
        ) from error

    # A definition could grow without bounds, and what acts has no place here either.
    if len(formula) > _LONGEST or next(unsafe_commands(formula), None):
        return None
    try:
        tree = Converter(display="block" if is_display else "inline").convert_to_element(formula)
        return "".join(_written(tree))
    except Exception:  # whatever it raises at broken TeX, of which there is no list
        return None


def _written(element: Element, lines: str = "") -> Iterator[str]:
    """An element and what is in it; `lines` are the classes that a table gives its cell."""
    if element.tag not in _ELEMENTS:
        raise _UnreadError(element.tag)
    tag, text = element.tag, element.text or ""
    if tag in _TOKENS:
        tag, text = _token(element)
    yield f"<{tag}"
    for name, value in _attributes(element, lines):
        yield f' {name}="{escape(value)}"'
    yield f">{escape(text, quote=False)}"
    if tag == "mtable":
        yield from _rows(element)
    else:
        for child in element:
            yield from _written(child)
    yield f"</{tag}>"


def _token(element: Element) -> tuple[str, str]:
    """The name and the text of a token, in letters of its alphabet.

    An operator like `±` that latex2mathml takes for a letter would have no space around it.
    """
    tag, alphabet = element.tag, element.get("mathvariant", "")
    text = _text(tag, element.text or "")
    if alphabet in _ALPHABETS and tag != "mtext":
        text = "".join(_letter(character, _ALPHABETS[alphabet]) for character in text)
    if tag == "mi" and len(text) == 1 and unicodedata.category(text) == "Sm":
        tag = "mo"
    return tag, text


def _text(tag: str, text: str) -> str:
    """The text of a token; what latex2mathml knows is a character reference in it."""
    if "\\" in text or (tag == "mtext" and "$" in text) or text in ("{", "}", "&", "#"):
        raise _UnreadError(text)
    return _REFERENCE.sub(lambda match: unescape(match[0]), text)


def _attributes(element: Element, lines: str) -> Iterator[tuple[str, str]]:
    alphabet = element.get("mathvariant")
    classes = lines.split()
    if element.tag == "mtext" and alphabet:
        styles = ("bold", "italic", "sans-serif", "monospace")
        classes += [f"math-{style}" for style in styles if style in alphabet]
    if (side := element.get("columnalign")) in ("left", "right"):
        classes.append(f"math-{side}")
    for name, given in element.attrib.items():
        value = _SPACES.get(given, given)
        if name in _ATTRIBUTES and _ATTRIBUTE_VALUE.fullmatch(value):
            yield name, value
    if element.tag == "mi" and alphabet == "normal":
        yield "mathvariant", alphabet
    if classes:
        yield "class", " ".join(classes)


def _rows(table: Element) -> Iterator[str]:
    """The rows of a table, whose lines MathML Core leaves to the cells."""
    below = table.get("rowlines", "").split()
    after = table.get("columnlines", "").split()
    for row, cells in enumerate(table):
        yield "<mtr>"
        for column, cell in enumerate(cells):
            has_line_below = row < len(below) and below[row] != "none"
            has_line_after = column < len(after) and after[column] != "none"
            classes = ["math-line-below"] * has_line_below + ["math-line-after"] * has_line_after
            yield from _written(cell, " ".join(classes))
        yield "</mtr>"


def _letter(character: str, alphabet: str) -> str:
    """The letter or digit of an alphabet of mathematics, or itself where that has none."""
    words = unicodedata.name(character, "").split(" ")
    name = " ".join(word for word in words if word not in _NOT_IN_MATHEMATICAL)
    older = alphabet.removeprefix("MATHEMATICAL ")
    for candidate in (f"{alphabet} {name}", f"{_OLDER.get(older, older)} {name}"):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return character
