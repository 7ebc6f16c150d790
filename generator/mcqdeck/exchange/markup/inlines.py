"""A line of HTML, texts and elements within one paragraph, as Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mcqdeck.exchange.markup import mathml
from mcqdeck.exchange.markup.dialect import INLINE_TAGS, KEPT_ATTRIBUTES, Dialect
from mcqdeck.exchange.markup.escape import APART, PUNCTUATION, escaped, guarded, may_touch_formula
from mcqdeck.exchange.markup.tree import LITERAL_BACKSLASH, nodes, tag, text_of
from mcqdeck.markdown.inlines.parser import RUN
from mcqdeck.markdown.raw_html import TAG_START

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from mcqdeck.exchange.markup.tree import Node

# A line end that must not be looked at when the lines of a paragraph are guarded.
KEPT_LINE_END = "\ue01b"
_FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
_FORMULA_OR_DOLLARS = re.compile(
    rf"{_FORMULA.pattern}|(?<!\\)\$\$(?!\$)((?:[^$\\]|\\.)+?)\$\$", re.DOTALL
)
_LATER_ITEM = re.compile(r"(?!1[.)])\d{1,9}[.)]|[-+*][ \t]*$")
_LONE_TAG = re.compile(r"\A(</?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?>)[ \t]*\n")
_BLANK = " \t\n\xa0\u200b\ufeff"
_LAST_BREAK = re.compile(r"(?<!\\)\\\Z")
_BREAK_IN_LINES = re.compile(r"(?<!\\)((?:\\\\)*)\\\n")
_LAST_BREAKS = re.compile(r"(?:(?<!\\)\\(?:\n[ \n\xa0]*|\Z))+\Z")
_FIRST_BREAKS = re.compile(r"\A(?:\\\n[ \n\xa0]*)+")
_BREAK_AND_SPACE = re.compile(r"[ \t]*(?<!\\)((?:\\\\)*)\\\n[ \t\n]*")
_ADDRESS_AND_BREAK = re.compile(r"((?:://|www\.)[^\s>)]*)\\\n")
_SPACE = re.compile(r"[ \t\r\f\v]{2,}|[\t\r\f\v]")
_SPACE_SIGNS = ("  ", "\t", "\r", "\f", "\v")  # without any of them there is none such
_LINE_EDGE_SIGNS = (" \n", "\t\n", "\n ", "\n\t")
_LINE_EDGES = re.compile(r"(?:(?<![ \t])[ \t]+)?\n[ \t]*")
_EDGE_OR_SIGN = re.compile(r"^\s|\s$|[`$]")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_NEEDS_BRACKETS = re.compile(r"[\s()<>\\*_`\[\]]|[\x00-\x1f]")
_REFERENCE_LIKE = re.compile(r"&\w+;")
_ENDS_ADDRESS = re.compile(r"([<>\\])")
_ENDS_TITLE = re.compile(r'(["\\]|&(?=#?\w+;))')
_AUTOLINK = re.compile(
    r"mailto:[\w.+-]+@[A-Za-z0-9.-]+[a-z]|(?!mailto:)[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\\&]*",
    re.ASCII,
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.IGNORECASE)
_UNDERLINED = re.compile(r"text-decoration[^;]*:[^;]*underline", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_COLOURED = re.compile(
    r"(?<![\w-])(?:background(?:-color)?|color)\s*:\s*(?!inherit|transparent|initial|windowtext"
    r"|#(?:000|fff)\b|#(?:000000|ffffff)\b|black|white|rgb\(0, ?0, ?0\)|rgb\(255, ?255, ?255\))"
    r"[^;\s]",
    re.IGNORECASE,
)

COLOURS = "colors of text are left out"

Name = Callable[[str], str]
"""From the address of a file in the HTML to its path in the bank, or to the address itself."""


class Inlines:
    """Makes the Markdown of runs of nodes; what it cannot keep is noted in `losses`."""

    def __init__(self, dialect: Dialect, name: Name, losses: set[str]) -> None:
        self._dialect = dialect
        self._name = name
        self._losses = losses
        self._around: list[str] = []
        self.footnotes: frozenset[str] = frozenset()  # numbers in `<sup>` that refer to one
        self._formula = _FORMULA if dialect.is_ours else _FORMULA_OR_DOLLARS

    def paragraph(self, run: Iterable[Node], *, in_cell: bool = False) -> str:
        """A run as a paragraph, or as the content of a table's cell; empty if it shows nothing."""
        text = self.line(run)
        if "\n" in text and any(sign in text for sign in _LINE_EDGE_SIGNS):
            text = _LINE_EDGES.sub("\n", text)
        if self._dialect.is_ours:
            text = text.strip(" \t\n")
            if text.endswith("\\"):
                text = _LAST_BREAK.sub("<br>", text)
        else:
            if any(sign in text for sign in _SPACE_SIGNS):
                text = _SPACE.sub(" ", text)
            text = text.strip(_BLANK)
            if "\\\n" in text or text.endswith("\\"):
                text = _with_clean_breaks(text).strip(_BLANK)
        if in_cell:
            return on_one_line(text).replace(KEPT_LINE_END, " ").replace("|", "\\|")
        text = guarded(text)
        if text.startswith("<"):
            text = _LONE_TAG.sub(r"\1 ", text)
        return text.replace(KEPT_LINE_END, "\n")

    def line(self, run: Iterable[Node]) -> str:
        """A run as Markdown within a line, white space as it stands."""
        pieces = [piece for piece in self._pieces(run) if piece]
        output: list[str] = []
        before = ""
        for number, piece in enumerate(pieces):
            if isinstance(piece, str):
                shown = piece
                if before and _would_join(before, shown):
                    output.append(APART)
            else:
                shown = piece.between(before[-1:] or " ", _following(pieces, number))
            output.append(shown)
            before = shown
        return "".join(output)

    def _pieces(self, run: Iterable[Node]) -> Iterator[str | _Marked]:
        """The run in pieces: Markdown, and texts with marks that depend on what is around them."""
        for node in run:
            if not isinstance(node, str):
                yield from self._element(node)
            elif "\\" in node or "$$" in node:
                yield from self._with_formulas(node)
            else:
                yield self._plain(node)

    def _with_formulas(self, text: str) -> Iterator[str]:
        at = 0
        for match in self._formula.finditer(text):
            inner, block, dollars = (*match.groups(), None)[:3]
            formula = inner or block or dollars or ""
            if not formula.strip():
                continue
            yield self._plain(text[at : match.start()])
            yield self.formula(formula, is_block=inner is None)
            at = match.end()
        yield self._plain(text[at:])

    def _plain(self, text: str) -> str:
        in_link = "a" in self._around
        links = not (self._dialect.is_ours or in_link)
        if LITERAL_BACKSLASH not in text:
            return escaped(text, links=links, in_link=in_link)
        pieces = text.split(LITERAL_BACKSLASH)
        return "\\\\".join(escaped(piece, links=links, in_link=in_link) for piece in pieces)

    def formula(self, tex: str, *, is_block: bool) -> _Formula:
        """A formula between dollar signs."""
        if is_block:
            tex = tex.replace("$$", r"\$\$")
            return _Formula(f"$${_without_blank_lines(tex)}$$".replace("\n", KEPT_LINE_END))
        tex = tex if self._dialect.is_ours else " ".join(tex.split())
        lines = tex.split("\n")
        tex = lines[0] + "".join(
            (" " if _begins_block(line if number < len(lines) else f"{line}$") else KEPT_LINE_END)
            + line
            for number, line in enumerate(lines[1:], start=2)
        )
        is_simple = not (_EDGE_OR_SIGN.search(tex) or tex.endswith("\\"))
        return _Formula(f"${tex}$" if is_simple else _ticked(tex))

    def _element(self, element: HtmlElement) -> Iterator[str | _Marked]:
        name = tag(element)
        dialect = self._dialect
        if name in dialect.dropped:
            return
        if name == "sup" and element.text in self.footnotes and not len(element):
            yield _Reference(f"[^{element.text}]")
            return
        maker = _MAKERS.get(name)
        if maker and (made := maker(self, element)):
            yield made
        elif name in dialect.code:
            yield self._code(element)
        elif name in dialect.marks and self._is_markable(element):
            yield from self._marked(element, name, dialect.marks[name])
        elif name in dialect.unwrapped:
            yield from self._styled(element)
        elif name == "wbr":
            yield "<wbr>"
        else:
            yield from self._raw(element, name)

    def line_break(self, element: HtmlElement) -> str:
        """A hard break: in ours a backslash only where the line ends in the HTML too."""
        if not self._dialect.is_ours:
            return "\\\n"
        if element.tail and element.tail.startswith("\n"):
            return "\\"
        return "<br>"

    def image(self, element: HtmlElement) -> str:
        """An image, or the formula that it shows."""
        get = element.attrib.get
        tex = "" if self._dialect.is_ours else _shown_formula(element)
        if tex:
            return str(self.formula(tex, is_block=False))
        source = self._name(get("src") or "")
        alt, title = get("alt") or "", get("title")
        is_sized = bool(get("width") or get("height") or get("align"))
        if is_sized and (self._dialect.is_ours or not _is_full_size(element)):
            return self._open_tag(element, "img")
        alt = alt if self._dialect.is_ours else " ".join(alt.split())
        return f"![{_label(alt)}]({target(source)}{_title(title)})"

    def sound(self, element: HtmlElement) -> str:
        """A sound, or a film, as an image of the bank's kind; empty where it names no file."""
        source = element.get("src") or next(
            (inner.get("src") or "" for inner in element.iter("source")), ""
        )
        if not source:
            return ""
        path = self._name(source)
        label = element.get("title") or path.rpartition("/")[2].rpartition(".")[0]
        return image(path, label)

    def link(self, element: HtmlElement) -> str:
        """A link, or its text where it leads nowhere."""
        address, title = element.get("href"), element.get("title")
        if address is None or (not address and not self._dialect.is_ours):
            return self.line(nodes(element))
        self._around.append("a")
        inner = self.line(nodes(element))
        self._around.pop()
        bare = address.removeprefix("mailto:")
        is_bare = not title and len(element) == 0 and text_of(element) == bare
        if is_bare and _AUTOLINK.fullmatch(address):
            return f"<{bare}>"
        if not inner.strip() and not len(element):
            return inner
        return f"[{inner}]({target(self._name(address))}{_title(title)})"

    def _code(self, element: HtmlElement) -> str:
        if self._dialect.is_ours and len(element):
            return "".join(str(piece) for piece in self._raw(element, "code"))
        code = text_of(element)
        if not self._dialect.is_ours:
            code = " ".join(code.replace("\xa0", " ").splitlines())
        return code_span(code.replace("\n", " "))

    def mathml(self, element: HtmlElement) -> str:
        """A formula in MathML."""
        tex = mathml.tex_of(element)
        if not tex:
            self._losses.add(mathml.LOSS)
            return escaped(" ".join(text_of(element).split()))
        return str(self.formula(tex, is_block=element.get("display") == "block"))

    def _is_markable(self, element: HtmlElement) -> bool:
        """Whether nothing but the mark would tell what the element says."""
        return not self._dialect.is_ours or not element.attrib

    def _marked(self, element: HtmlElement, name: str, mark: str) -> Iterator[str | _Marked]:
        if mark in self._around:
            if self._dialect.is_ours:
                yield from self._raw(element, name)
            else:
                yield from self._pieces(nodes(element))
            return
        self._around.append(mark)
        inner = self.line(nodes(element))
        self._around.pop()
        core = inner.strip(" \t\n\xa0")
        if self._dialect.is_ours and core != inner:
            yield f"<{name}>{inner}</{name}>"
            return
        if not core:
            yield inner
            return
        start = inner.index(core)
        yield inner[:start]
        yield _Marked(mark, core, name)
        yield inner[start + len(core) :]

    def _styled(self, element: HtmlElement) -> Iterator[str | _Marked]:
        """The content of an element that only carries a style, which may be a mark's."""
        style = element.get("style") or ""
        color = element.get("color")
        if (style and _COLOURED.search(style)) or (color and text_of(element).strip()):
            self._losses.add(COLOURS)
        raised = _RAISED.search(style) if style else None
        for is_so, name in (
            (_BOLD.search(style), "strong"),
            (_SLANTED.search(style), "em"),
            (_STRUCK.search(style), "del"),
        ):
            if style and is_so and name in self._dialect.marks:
                yield from self._marked(element, name, self._dialect.marks[name])
                return
        inner = self._pieces(nodes(element))
        name = raised[1].lower().replace("super", "sup") if raised else ""
        name = name or ("u" if style and _UNDERLINED.search(style) else "")
        if not name:
            yield from inner
            return
        yield f"<{name}>"
        yield from inner
        yield f"</{name}>"

    def _raw(self, element: HtmlElement, name: str) -> Iterator[str | _Marked]:
        """An element as HTML, which Markdown lets pass, with Markdown in it."""
        yield self._open_tag(element, name)
        if name in INLINE_TAGS or name == "code":
            yield from self._pieces(nodes(element))
        else:
            yield escape(text_of(element), quote=False).replace("\n", " ")
        if name not in {"embed", "input", "source", "track"}:
            yield f"</{name}>"

    def _open_tag(self, element: HtmlElement, name: str) -> str:
        return open_tag(element, name, self._dialect, self._name)


_MAKERS: Mapping[str, Callable[[Inlines, HtmlElement], str]] = {
    "a": Inlines.link,
    "audio": Inlines.sound,
    "br": Inlines.line_break,
    "img": Inlines.image,
    "math": Inlines.mathml,
    "video": Inlines.sound,
}


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text between marks, which become tags where they would not be seen as marks."""

    mark: str
    inner: str
    name: str

    def between(self, before: str, after: str) -> str:
        """The text with its marks, between two characters."""
        mark, inner = self.mark, self.inner
        first, last = inner[0], inner[-1]
        if mark == "*" and "*" in (first, last):
            mark = "_"
        is_word = mark == "_" and (before.isalnum() or after.isalnum())
        clashes = mark[0] in (before, after, first, last)
        if is_word or clashes or not (_flanks(before, first) and _flanks(after, last)):
            return f"<{self.name}>{inner}</{self.name}>"
        return f"{mark}{inner}{mark}"


class _Formula(str):
    """A formula, whose dollar signs must not touch letters and some signs."""

    __slots__ = ()

    @property
    def is_in_line(self) -> bool:
        """Whether it stands between single dollar signs."""
        return not self.startswith("$$")


class _Reference(str):
    """A reference to a footnote, which must not look like a link or a definition."""

    __slots__ = ()


class _Code(str):
    """Code within a line, whose backticks must not touch others."""

    __slots__ = ()


def _ticked(tex: str) -> _Formula:
    """A formula in the form that may hold a space at its ends."""
    return _Formula(f"$`{tex.replace('`', chr(39))}`$")


def _following(pieces: list[str | _Marked], number: int) -> str:
    """The first character that will show after a piece; none of the pieces is empty."""
    if number + 1 == len(pieces):
        return " "
    after = pieces[number + 1]
    return after.mark[0] if isinstance(after, _Marked) else after[0]


def code_span(code: str) -> str:
    """Code within a line."""
    if not code.strip(" "):
        return f"<code>{code}</code>" if code else ""
    longest = max((len(run) for run in RUN["`"].findall(code)), default=0)
    ticks = "`" * (longest + 1)
    is_padded = code[0] == code[-1] == " "
    pad = " " if code[0] == "`" or code[-1] == "`" or is_padded else ""
    return _Code(f"{ticks}{pad}{code}{pad}{ticks}")


def open_tag(element: HtmlElement, name: str, dialect: Dialect, path: Name) -> str:
    """An element's opening tag, without what only an editor needs."""
    kept = KEPT_ATTRIBUTES.get(name, frozenset())
    pieces = [name]
    for key, value in element.attrib.items():
        if not (dialect.is_ours or key in kept or name not in _KNOWN):
            continue
        shown = path(str(value)) if key in {"src", "href"} else str(value)
        pieces.append(f'{key}="{escape(shown)}"'.replace("\n", " ").replace("&#x27;", "'"))
    return f"<{' '.join(pieces)}>"


_KNOWN = (
    INLINE_TAGS
    | frozenset(KEPT_ATTRIBUTES)
    | {"table", "caption", "colgroup", "col", "tr", "tbody", "thead", "tfoot", "pre", "code"}
    | {"blockquote", "dl", "dt", "dd", "hr", "p", "summary", "ul"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)


def _flanks(outside: str, inside: str) -> bool:
    """Whether a mark between the two characters is seen as one, whatever counts as punctuation."""
    if inside.isspace():
        return False
    return not _is_perhaps_punctuation(inside) or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(character: str) -> bool:
    return character in PUNCTUATION or unicodedata.category(character[:1] or " ")[0] == "P"


def _is_perhaps_punctuation(character: str) -> bool:
    return character in PUNCTUATION or unicodedata.category(character)[0] in "PS"


def _would_join(before: str, piece: str) -> bool:
    """Whether two pieces would mean something else together; what is empty is none."""
    last = before[-1]
    if type(before) is type(piece) is str:
        return last == "!" and piece[0] == "["
    return (
        (isinstance(piece, _Formula) and piece.is_in_line and not may_touch_formula(last))
        or (
            isinstance(before, _Formula)
            and (not may_touch_formula(piece[0]) if before.is_in_line else piece[0] == "$")
        )
        or (isinstance(before, _Code) and piece[0] == "`")
        or (isinstance(before, _Reference) and piece[0] in "([:")
        or (last == "!" and piece[0] == "[")
    )


def _begins_block(line: str) -> bool:
    """Whether a line of a formula would end the paragraph around it."""
    bare = line.lstrip(" \t")
    if _LATER_ITEM.match(bare):
        return False
    if TAG_START.match(bare):
        return True
    return not bare or bare.startswith(("```", "~~~", "***", "___")) or guarded(bare) != bare


def _without_blank_lines(tex: str) -> str:
    return _BLANK_LINE.sub("", tex)


def _label(text: str) -> str:
    """The description of an image."""
    return escaped(text, links=False, in_link=True).replace("\n", " ")


def image(path: str, label: str = "") -> str:
    """An image of the file at a path, or on the web."""
    return f"![{_label(label)}]({target(path)})"


def on_one_line(text: str) -> str:
    """The text of a paragraph without line ends, for where a line's end has another meaning."""
    return _BREAK_IN_LINES.sub(r"\1<br>", text).replace("\n", " ")


def _with_clean_breaks(text: str) -> str:
    """The text without breaks at its ends, and `<br>` behind an address, which ends at a space."""
    text = _LAST_BREAKS.sub("", _FIRST_BREAKS.sub("", text))
    return _ADDRESS_AND_BREAK.sub(r"\1<br>", _BREAK_AND_SPACE.sub(r"\1\\\n", text))


def _shown_formula(image: HtmlElement) -> str:
    """The formula that an image of Canvas's shows; older ones have it in their title only."""
    get = image.attrib.get
    tex = get("data-equation-content") or ""
    if not tex and "equation_image" in (get("class") or "").split():
        tex = (get("alt") or "").removeprefix("LaTeX:").strip() or (get("title") or "").strip()
        if not tex:
            tex = unquote(unquote((get("src") or "").partition("equation_images/")[2]))
    return tex


def target(address: str) -> str:
    """An address as the target of a link or an image."""
    if address and not _NEEDS_BRACKETS.search(address):
        return address.replace("&", "\\&") if _REFERENCE_LIKE.search(address) else address
    address = address.replace("\n", "").replace("\r", "")
    return "<" + _ENDS_ADDRESS.sub(r"\\\1", address) + ">"


def _title(title: str | None) -> str:
    if not title:
        return ""
    shown = _ENDS_TITLE.sub(r"\\\1", " ".join(title.split()))
    return f' "{shown}"'


def _is_full_size(element: HtmlElement) -> bool:
    """Whether an editor wrote down the size of an image in pixels, which it has anyway."""
    style = element.get("style") or ""
    size = style + (element.get("width") or "") + (element.get("height") or "")
    return not any(sign in size for sign in ("width", "height", "%")) and not element.get("align")
