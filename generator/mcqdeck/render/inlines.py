"""The inline stage: the text of a block becomes HTML, as GitHub reads it, in one pass.

Python-Markdown applies one regular expression after another to a text and splices each result
into it, which is quadratic and reads emphasis, code and links in another order than GitHub. This
stage takes the place of its inline processor; the order is the specification's
(https://github.github.com/gfm/#phase-2-inline-structure). Every step is linear: what was searched
once in vain (a closing quote, a run of backticks) is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mcqdeck.render import autolinks, math
from mcqdeck.render.characters import ASCII_PUNCTUATION, ENTITY, Html, entity, escape
from mcqdeck.render.definitions import Reference
from mcqdeck.render.emphasis import Runs, with_single_strong
from mcqdeck.render.html import without_control_references
from mcqdeck.render.links import Brackets, Link
from mcqdeck.render.marks import Kind, Mark
from mcqdeck.render.starts import CLOSE_TAG, OPEN_TAG

# Where text may be more than text. Everything between two of these is shown as it stands.
SIGNS = re.compile(r"[\\`*_~\[\]!<&\n$]")
SIGNS_AND_WORDS = re.compile(
    r"[\\`*_~\[\]!<&\n$]|\{\{|(?<![A-Za-z])(?:https?|ftp)(?=://)|(?:(?<=[*_~(\s])|^)www(?=\.)",
    re.IGNORECASE,
)
TEMPLATE = re.compile(
    r"\{\{\s*(?:c\d+::|[#^/][^\s{}]|(?:type|cloze|hint|text|tts|tts-voices|furigana|kana|kanji)\b[^{}]*:"
    r"|FrontSide\s*\}\})"
)
RUN = {character: re.compile(re.escape(character) + "+") for character in "`*_~$"}
BREAKS = re.compile(r" *\n[ \t]*")
TAG = re.compile(rf"{OPEN_TAG}|{CLOSE_TAG}", re.ASCII)
ANGLED_URL = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x20]*+)>")
ANGLED_EMAIL = re.compile(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)
LONG_ENDS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


class Inlines:
    """One text on its way to HTML. `place` gives the offset in the passage of one in the text."""

    def __init__(
        self,
        text: str,
        references: Mapping[str, Reference],
        marks: list[Mark],
        place: Callable[[int], int],
    ) -> None:
        self.text = text
        self.output: list[str] = []
        self.runs = Runs(self.output)
        self._brackets = Brackets(text, self.output, self.runs, references)
        self._marks = marks
        self._place = place
        self._backticks: dict[int, list[int]] | None = None
        self._absent: set[str] = set()

    def html(self) -> str:
        """The text as HTML."""
        text, output = self.text, self.output
        at = 0
        has_words = "://" in text or "www." in text or "{{" in text
        special = SIGNS_AND_WORDS if has_words else SIGNS
        while found := special.search(text, at):
            begin = found.start()
            if begin > at:
                output.append(escape(text[at:begin]))
            at = self._take(found[0], begin)
        if at < len(text):
            output.append(escape(text[at:]))
        self.runs.resolve(None)
        if "@" in text:
            self._link_emails()
        return with_single_strong("".join(self.output))

    def _take(self, special: str, at: int) -> int:
        """Takes what begins at `at`; where it ends."""
        taker = TAKERS.get(special)
        return taker(self, at) if taker else self._take_url(special, at)

    def _mark(self, kind: Kind, at: int, text: str, *, length: int | None = None) -> None:
        self._marks.append(Mark(kind, self._place(at), text, length or len(text)))

    def _take_line_end(self, at: int) -> int:
        output = self.output
        if output and not isinstance(output[-1], Html) and output[-1].endswith((" ", "\t")):
            is_hard = output[-1].endswith("  ")
            output[-1] = output[-1].rstrip(" \t")
            if is_hard:
                output.append(Html("<br>"))
        output.append("\n")
        found = BREAKS.match(self.text, at)
        return found.end() if found else at + 1

    def _take_run(self, at: int) -> int:
        found = RUN[self.text[at]].match(self.text, at)
        assert found
        self.runs.push(self.text, at, found.end())
        return found.end()

    def _take_braces(self, at: int) -> int:
        if found := TEMPLATE.match(self.text, at):
            self._mark(Kind.TEMPLATE, at, found[0])
        self.output.append("{{")
        return at + 2

    def _take_open_bracket(self, at: int) -> int:
        self._brackets.open(at, is_image=False)
        return at + 1

    def _take_backslash(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following == "\n":
            self.output.append(Html("<br>"))
            return at + 1
        if following in ASCII_PUNCTUATION:
            self.output.append(escape(following))
            return at + 2
        self.output.append("\\")
        return at + 1

    def _take_entity(self, at: int) -> int:
        found = ENTITY.match(self.text, at)
        self.output.append(escape(entity(found) if found else "&"))
        return found.end() if found else at + 1

    def _take_exclamation(self, at: int) -> int:
        if not self.text.startswith("![", at):
            self.output.append("!")
            return at + 1
        self._brackets.open(at, is_image=True)
        return at + 2

    def _take_close_bracket(self, at: int) -> int:
        link = self._brackets.close(at)
        if not link:
            self.output.append("]")
            return at + 1
        if link.is_image:
            self._mark(Kind.IMAGE, link.begin, link.target, length=link.end - link.begin)
        elif not link.is_plain:
            self._mark(Kind.LINK, link.begin, link.target, length=link.end - link.begin)
        return link.end

    def _take_code(self, at: int) -> int:
        found = RUN["`"].match(self.text, at)
        assert found
        end = self._closing_backticks(found.end(), len(found[0]))
        if not end:
            self.output.append(found[0])
            return found.end()
        code = self.text[found.end() : end].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        self.output.append(Html(f"<code>{escape(code)}</code>"))
        return end + len(found[0])

    def _closing_backticks(self, at: int, length: int) -> int:
        """Where the next run of as many backticks begins; 0 if there is none."""
        if self._backticks is None:
            self._backticks = {}
            for found in reversed(list(RUN["`"].finditer(self.text, at))):
                self._backticks.setdefault(len(found[0]), []).append(found.start())
        places = self._backticks.get(length, [])
        while places and places[-1] < at:
            places.pop()
        return places[-1] if places else 0

    def _take_dollar(self, at: int) -> int:
        if found := math.formula(self.text, at):
            self.output.append(Html(found[0]))
            return found[1]
        run = RUN["$"].match(self.text, at)
        assert run
        if len(run[0]) < 3 and (signs := math.plainly_opens(self.text, at)):
            self._mark(Kind.OPEN_MATH, at, signs)
        self.output.append(run[0])
        return run.end()

    def _take_angle(self, at: int) -> int:
        if end := self._html_end(at):
            tag = self.text[at:end]
            self.output.append(Html(without_control_references(tag)))
            self._mark(Kind.TAG, at, tag)
            return end
        if found := ANGLED_URL.match(self.text, at):
            self._add_url(found[1], found[1], at)
            return found.end()
        if found := ANGLED_EMAIL.match(self.text, at):
            self._add_url(f"mailto:{found[1]}", found[1], at)
            return found.end()
        self.output.append("&lt;")
        return at + 1

    def _html_end(self, at: int) -> int:
        """Where the raw HTML that begins at `at` ends; 0 if there is none."""
        if found := TAG.match(self.text, at):
            return found.end()
        for begin, end in LONG_ENDS:
            if self.text.startswith(begin, at):
                if begin == "<!" and not self.text[at + 2 : at + 3].isalpha():
                    return 0
                if begin == "<!--" and self.text.startswith((">", "->"), at + 4):
                    return 0
                return self._end_of(end, at + len(begin))
        return 0

    def _end_of(self, sought: str, at: int) -> int:
        if sought in self._absent:
            return 0
        found = self.text.find(sought, at)
        if found < 0:
            self._absent.add(sought)
            return 0
        return found + len(sought)

    def _take_url(self, special: str, at: int) -> int:
        """Takes a bare address, unless a bracket is open before it, as GitHub has it."""
        is_www = special[0] in "wW"
        host = at if is_www else at + len(special) + 3
        end = 0
        if not self._brackets.is_open and not (is_www and special != "www"):
            end = autolinks.url_end(self.text, host, may_be_short=not is_www)
        if end <= host:
            self.output.append(special)
            return at + len(special)
        address = self.text[at:end]
        self._add_url(f"http://{address}" if is_www else address, address, at)
        return end

    def _add_url(self, url: str, shown: str, at: int) -> None:
        link = Link(url, "", at, at + len(shown))
        self.output.append(Html(f"{link.tag}{escape(shown)}</a>"))
        if not link.is_plain:
            self._mark(Kind.LINK, at, url)

    def _link_emails(self) -> None:
        """Makes links of the emails in the text pieces that are in no link."""
        output: list[str] = []
        stretch: list[str] = []
        inside = 0
        for piece in [*self.output, Html("")]:
            if not isinstance(piece, Html):
                stretch.append(piece)
                continue
            text = "".join(stretch)
            output.append(autolinks.link_emails(text) if "@" in text and not inside else text)
            output.append(piece)
            stretch.clear()
            if piece.startswith(("<a ", "</a>")) and not piece.endswith("</a>", 4):
                inside += -1 if piece == "</a>" else 1
        self.output = output


TAKERS: Mapping[str, Callable[[Inlines, int], int]] = {
    "\n": Inlines._take_line_end,
    "*": Inlines._take_run,
    "_": Inlines._take_run,
    "~": Inlines._take_run,
    "`": Inlines._take_code,
    "<": Inlines._take_angle,
    "$": Inlines._take_dollar,
    "\\": Inlines._take_backslash,
    "&": Inlines._take_entity,
    "[": Inlines._take_open_bracket,
    "]": Inlines._take_close_bracket,
    "!": Inlines._take_exclamation,
    "{{": Inlines._take_braces,
}
