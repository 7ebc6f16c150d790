"""The inline stage: the text of a leaf becomes inlines, as GitHub reads it, in one pass.

The order is the specification's (https://github.github.com/gfm/#phase-2-inline-structure). Every
step is linear: what was searched once in vain (a closing quote, a run of backticks) is remembered.
Python-Markdown applies one regular expression after another to a text and splices each result into
it, which is quadratic and reads emphasis, code and links in another order than GitHub.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mcqdeck.markdown.characters import ASCII_PUNCTUATION, ENTITY, entity
from mcqdeck.markdown.inlines import autolinks, emoji, formulas
from mcqdeck.markdown.inlines.brackets import Brackets
from mcqdeck.markdown.inlines.delimiter_runs import Runs
from mcqdeck.markdown.inlines.pieces import Piece, nested, with_emails
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import TAG
from mcqdeck.markdown.tree import Block, Document, Inline, Kind

# Where text may be more than text. Everything between two of these is shown as it stands, `!` but
# before `[` and a line end without white space around it too. Each pattern begins with a set of
# characters, which `re` looks for in a tenth of the time that it takes for alternatives.
_PLAIN_BEHIND = r"(?<=!)(?=\[)|(?<=\n)(?=[ \t])|(?<=[ \t]\n)"
SIGN = pattern(rf"[\\`*_~\[\]!<&\n$](?:(?<![!\n])|{_PLAIN_BEHIND})")
# The same, and the words with which addresses begin: `https`, `ftp`, `www`; `:` of an emoji.
SIGN_OR_WORD = pattern(
    rf"[\\`*_~\[\]!<&\n$HhFfWw:](?:(?<![!\nHhFfWw:])|{_PLAIN_BEHIND}"
    r"|(?<=[Hh])(?<![A-Za-z][Hh])[Tt]{2}[Pp][Ss\u017f]?(?=://)"
    r"|(?<=[Ff])(?<![A-Za-z][Ff])[Tt][Pp](?=://)"
    r"|(?:(?<=[*_~(\s][Ww])|(?<=\A[Ww]))[Ww]{2}(?=\.)"
    r"|(?<=:)(?=[A-Za-z0-9_+-]+:))"
)
RUN = {character: pattern(re.escape(character) + "+") for character in "`*_~$"}
LINE_END = pattern(r" *\n[ \t]*")
ANGLED_URL = pattern(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x20]*+)>")
ANGLED_EMAIL = pattern(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)
TEXT = Kind.TEXT
LONG_ENDS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


def inlines(leaf: Block, document: Document) -> tuple[Inline, ...]:
    """The inlines of a leaf with text; they are read once."""
    if leaf.inlines is None:
        leaf.inlines = parse_inlines(leaf.source.rstrip(" \t"), document)
    return leaf.inlines


def parse_inlines(text: str, document: Document) -> tuple[Inline, ...]:
    """The inlines of a text; labels mean what the document's definitions say."""
    if not text:
        return ()
    signs = SIGN_OR_WORD if _has_words(text) else SIGN
    if not signs.search(text) and "@" not in text:
        return (Inline(TEXT, 0, len(text), text),)
    return _Parser(text, document).run(signs)


def _has_words(text: str) -> bool:
    """Whether an address or an emoji shortcode may stand in the text."""
    if "www." in text:
        return True
    return ":" in text and ("://" in text or emoji.SHORTCODE.search(text) is not None)


class _Parser:
    """One text on its way to inlines."""

    def __init__(self, text: str, document: Document) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self.runs = Runs()
        self._brackets = Brackets(text, self.pieces, self.runs, document)
        self._backticks: dict[int, list[int]] | None = None
        self._absent: set[str] = set()

    def run(self, signs: re.Pattern[str]) -> tuple[Inline, ...]:
        """The inlines; `signs` finds where text may be more than text."""
        text, pieces = self.text, self.pieces
        search = signs.search
        at = 0
        while match := search(text, at):
            begin, sign = match.start(), match[0]
            if begin > at:
                pieces.append(Inline(TEXT, at, begin, text[at:begin]))
            taker = TAKERS.get(sign)
            at = taker(self, begin) if taker else self._take_url(sign, begin)
        if at < len(text):
            pieces.append(Inline(TEXT, at, len(text), text[at:]))
        if self.runs.last:
            self.runs.resolve(None)
        return nested(with_emails(pieces) if "@" in text else pieces)

    def _add(self, kind: Kind, start: int, end: int, text: str) -> int:
        self.pieces.append(Inline(kind, start, end, text))
        return end

    def _take_line_end(self, at: int) -> int:
        pieces = self.pieces
        last = pieces[-1] if pieces else None
        match = LINE_END.match(self.text, at)
        end = match.end() if match else at + 1
        if isinstance(last, Inline) and last.kind is TEXT and last.text[-1:] in (" ", "\t"):
            is_hard = last.text.endswith("  ")
            text = last.text.rstrip(" \t")
            last.end -= len(last.text) - len(text)
            last.text = text
            if is_hard:
                self._add(Kind.BREAK, last.end, at, "")
        return self._add(TEXT, at, end, "\n")

    def _take_run(self, at: int) -> int:
        match = RUN[self.text[at]].match(self.text, at)
        assert match
        self.pieces.append(self.runs.push(self.text, at, match.end()))
        return match.end()

    def _take_open_bracket(self, at: int) -> int:
        self._brackets.open(at, is_image=False)
        return at + 1

    def _take_backslash(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following == "\n":
            return self._add(Kind.BREAK, at, at + 1, "")
        if following in ASCII_PUNCTUATION:
            return self._add(TEXT, at, at + 2, following)
        return self._add(TEXT, at, at + 1, "\\")

    def _take_entity(self, at: int) -> int:
        match = ENTITY.match(self.text, at)
        if not match:
            return self._add(TEXT, at, at + 1, "&")
        return self._add(TEXT, at, match.end(), entity(match))

    def _take_exclamation(self, at: int) -> int:
        self._brackets.open(at, is_image=True)
        return at + 2

    def _take_close_bracket(self, at: int) -> int:
        return self._brackets.close(at) or self._add(TEXT, at, at + 1, "]")

    def _take_code(self, at: int) -> int:
        match = RUN["`"].match(self.text, at)
        assert match
        end = self._closing_backticks(match.end(), len(match[0]))
        if not end:
            return self._add(TEXT, at, match.end(), match[0])
        code = self.text[match.end() : end].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        return self._add(Kind.CODE, at, end + len(match[0]), code)

    def _closing_backticks(self, at: int, length: int) -> int:
        """Where the next run of as many backticks begins; 0 if there is none."""
        if self._backticks is None:
            self._backticks = {}
            for run in reversed(list(RUN["`"].finditer(self.text, at))):
                self._backticks.setdefault(len(run[0]), []).append(run.start())
        places = self._backticks.get(length, [])
        while places and places[-1] < at:
            places.pop()
        return places[-1] if places else 0

    def _take_dollar(self, at: int) -> int:
        if formula := formulas.formula(self.text, at):
            is_display = self.text.startswith("$$", at)
            kind = Kind.DISPLAY_FORMULA if is_display else Kind.FORMULA
            return self._add(kind, at, formula[1], formula[0])
        run = RUN["$"].match(self.text, at)
        assert run
        return self._add(TEXT, at, run.end(), run[0])

    def _take_angle(self, at: int) -> int:
        if end := self._html_end(at):
            return self._add(Kind.HTML, at, end, self.text[at:end])
        if match := ANGLED_URL.match(self.text, at):
            return self._add_link(match[1], at, match.end(), inside=1)
        if match := ANGLED_EMAIL.match(self.text, at):
            return self._add_link(f"mailto:{match[1]}", at, match.end(), inside=1)
        return self._add(TEXT, at, at + 1, "<")

    def _html_end(self, at: int) -> int:
        """Where the raw HTML that begins at `at` ends; 0 if there is none."""
        if match := TAG.match(self.text, at):
            return match.end()
        for begin, end in LONG_ENDS:
            if self.text.startswith(begin, at):
                if begin == "<!" and not self.text[at + 2 : at + 3].isalpha():
                    return 0
                if begin == "<!--":
                    return self._comment_end(at + 4)
                return self._end_of(end, at + len(begin))
        return 0

    def _comment_end(self, at: int) -> int:
        """Where a comment ends; within a text it may not end with a hyphen too many."""
        for mark in (">", "->"):
            if self.text.startswith(mark, at):
                return at + len(mark)
        end = self._end_of("-->", at)
        return 0 if end - 4 >= at and self.text[end - 4] == "-" else end

    def _end_of(self, sought: str, at: int) -> int:
        if sought in self._absent:
            return 0
        start = self.text.find(sought, at)
        if start < 0:
            self._absent.add(sought)
            return 0
        return start + len(sought)

    def _take_colon(self, at: int) -> int:
        end = emoji.shortcode_end(self.text, at)
        if not end:
            return self._add(TEXT, at, at + 1, ":")
        return self._add(Kind.EMOJI, at, end, self.text[at:end])

    def _take_url(self, sign: str, at: int) -> int:
        """Takes a bare address, unless a bracket is open before it, as GitHub has it."""
        is_www = sign[0] in "wW"
        host = at if is_www else at + len(sign) + 3
        end = 0
        if not self._brackets.is_open and not (is_www and sign != "www"):
            end = autolinks.url_end(self.text, host, may_be_short=not is_www)
        if end <= host:
            return self._add(TEXT, at, at + len(sign), sign)
        address = self.text[at:end]
        return self._add_link(f"http://{address}" if is_www else address, at, end, inside=0)

    def _add_link(self, target: str, at: int, end: int, *, inside: int) -> int:
        """Adds a link that shows its own source, less the characters around it."""
        start, stop = at + inside, end - inside
        text = Inline(TEXT, start, stop, self.text[start:stop])
        self.pieces.append(Inline(Kind.LINK, at, end, children=(text,), target=target))
        return end


TAKERS: Mapping[str, Callable[[_Parser, int], int]] = {
    "\n": _Parser._take_line_end,
    "*": _Parser._take_run,
    "_": _Parser._take_run,
    "~": _Parser._take_run,
    "`": _Parser._take_code,
    "<": _Parser._take_angle,
    "$": _Parser._take_dollar,
    "\\": _Parser._take_backslash,
    "&": _Parser._take_entity,
    "[": _Parser._take_open_bracket,
    "]": _Parser._take_close_bracket,
    "!": _Parser._take_exclamation,
    ":": _Parser._take_colon,
}
