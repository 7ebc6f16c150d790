"""From GIFT to questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.gift.signs import hidden, shown
from mcqdeck.exchange.item import (
    NOTHING,
    Contents,
    Item,
    Kind,
    LeftOut,
    Option,
    Source,
    Text,
)
from mcqdeck.exchange.markup import markdown_of_plain
from mcqdeck.exchange.moodle.categories import levels
from mcqdeck.exchange.moodle.grades import Grades, judge
from mcqdeck.exchange.moodle.texts import Texts
from mcqdeck.exchange.other_markdown.answer_words import ANSWER
from mcqdeck.exchange.outgoing import REFERENCES_HTML
from mcqdeck.exchange.tags import described
from mcqdeck.exchange.text import text_of
from mcqdeck.identity import SLUG
from mcqdeck.model import Place

_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_WEIGHT = re.compile(r"%(-*[0-9]{1,2}\.?[0-9]*)%")
_ID, _TAG = re.compile(r"\[id:((?:\\\]|[^\]])+)\]"), re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
_TRUE, _FALSE = frozenset({"T", "TRUE"}), frozenset({"F", "FALSE"})
# `#` that begins no feedback: of a character reference, or of a language's name at the end.
_NO_FEEDBACK = re.compile(r"&#(?=\d+;|x[0-9a-fA-F]+;)|(?<=\b[CF])#(?=\s*(?:\Z|[=~]))")
_TITLE = re.compile(r"::.+?::")
_HASH = "\ue012"
_GAP = "\ue018"  # where the answers stood in a stem, and what stands there in the bank
_GAP_BEFORE_SIGN = re.compile(rf"[ \t]*{_GAP}[ \t]*(?=[.,;:!?)]|$)")
_GAP_IN_TEXT = re.compile(rf"[ \t]*{_GAP}[ \t]*")
# An answer block with two answers on lines of their own, and lines of answers without braces.
_ANSWER_LINES = re.compile(r"(?<!\\)\{[ \t]*\n[ \t]*[=~](?=[^{}]*\})[^{}]*?\n[ \t]*[=~]")
_ANSWERS = re.compile(
    r"(?<!\\)\{\s*+(?:(?:[=~#]|(?:TRUE|T|FALSE|F)\s*+#)[^{}]*(?<!\\)|(?:(?:TRUE|T|FALSE|F)\s*+)?)\}"
)
_CATEGORY = re.compile(r"^\$CATEGORY:", re.MULTILINE)
_OF_MARKDOWN = re.compile(r"^\s*(?:[-*+] \[[ xX]\] |#{1,6} |```)", re.MULTILINE)
# Options by letters and a line that names one of them: braces among them are code or formulas.
_LETTERED = re.compile(r"^[ \t>*-]*\(?[A-Fa-f][.)]", re.MULTILINE)
_ANSWERED = re.compile(
    rf"^[\s>*_-]*{ANSWER}[*_]*[ \t]*[:=][*_ \t]*\(?[A-Fa-f]\b(?!')", re.MULTILINE | re.IGNORECASE
)
_REMARK = re.compile(r"^\s*//.*$", re.MULTILINE)
_BARE_ANSWERS = re.compile(r"^=.*\n~|^~.*\n=", re.MULTILINE)
_BLANK = r"\_\_\_\_\_"


def recognises(text: str) -> bool:
    """Whether a text has answers in braces, or a category, and nothing of other forms.

    Lists of answers in braces decide: code and headings may stand in texts of GIFT too.
    """
    if _CATEGORY.search(text) or _ANSWER_LINES.search(text):
        return True
    if _OF_MARKDOWN.search(text) or (_LETTERED.search(text) and _ANSWERED.search(text)):
        return False
    return bool(_ANSWERS.search(_REMARK.sub("", text)))


def read(source: Source) -> Contents:
    """The questions of a file; what is no multiple-choice question is left out."""
    texts = Texts(source.others)
    made: list[Item | LeftOut] = []
    category: tuple[str, ...] = ()
    for block in _blocks(text_of(source)):
        reader = _Question(block, Place(source.name, block.line), texts)
        new = reader.category()
        if new is not None:
            category = new
            continue
        if one := reader.made(category):
            made.append(one)
    return Contents.of(made, texts.files, texts.losses)


@dataclass(slots=True)
class _Block:
    """The lines of one question."""

    line: int
    """The first of them, from 1."""

    lines: list[str] = field(default_factory=list)
    """Those that are no remarks."""

    remarks: list[str] = field(default_factory=list)
    """What the remarks among them say."""

    text: str = ""
    """All lines in one, escapes hidden."""

    @property
    def is_open(self) -> bool:
        """Whether an answer block begins here and does not end."""
        return "}" not in self.text[self.text.find("{") :] and "{" in self.text

    @property
    def is_end(self) -> bool:
        """Whether an answer block ends here that does not begin here."""
        return "}" in self.text and "{" not in self.text[: self.text.index("}")]


def _blocks(text: str) -> Iterator[_Block]:
    """The questions, parted by blank lines; one whose braces are open goes on behind the line.

    In their `text` escaped signs are hidden.
    """
    held: _Block | None = None
    for block in _parts(text):
        block.text = hidden("\n".join(block.lines))
        if held is not None:
            if block.is_end:
                held.text += "\n\n" + block.text
                yield held
                held = None
                continue
            yield held
        held = block if block.is_open else None
        if held is None:
            yield block
    if held is not None:
        yield held


def _parts(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if not bare:
            if block and (block.lines or block.remarks):
                yield block
            block = None
            continue
        block = block or _Block(number)
        if bare.startswith("$CATEGORY:"):
            if block.lines:
                yield block
            yield _Block(number, [bare])
            block = None
        elif bare.startswith("//"):
            block.remarks.append(bare[2:])
        else:
            if block.lines and _begins_next(bare, block):
                yield block
                block = _Block(number)
            if not block.lines:
                block.line = number
            block.lines.append(bare)
    if block:
        yield block


def _begins_next(line: str, block: _Block) -> bool:
    """Whether a line begins a question, though no blank line stands before it."""
    if not _TITLE.match(line):
        return False
    text = hidden("\n".join(block.lines))
    return text.count("{") == text.count("}")


class _Question:
    """One question on its way."""

    def __init__(self, block: _Block, where: Place, texts: Texts) -> None:
        self._text = block.text.strip()
        self._remarks = "\n".join(block.remarks)
        self._where = where
        self._texts = texts
        self._format = "moodle"
        self._stem = NOTHING
        self._words = ""

    def category(self) -> tuple[str, ...] | None:
        """The category that the block sets, if it does that."""
        if not self._text.startswith("$CATEGORY:"):
            return None
        return levels(shown(self._text.removeprefix("$CATEGORY:")))

    def made(self, category: tuple[str, ...]) -> Item | LeftOut | None:
        """The question, in that category; none where there are only remarks."""
        text = self._text
        if not text:
            return None
        name = ""
        if text.startswith("::") and "::" in text[2:]:
            name, _, text = text[2:].partition("::")
            text = text.strip()
        begin, end = text.find("{"), text.find("}")
        self._words = _FORMAT.sub("", shown(text if begin < 0 else text[:begin]).lstrip(), count=1)
        if begin < 0 and end < 0 and _BARE_ANSWERS.search(text):
            return self._left(Kind.DAMAGED, "its answers do not stand in braces")
        if begin < 0 and end < 0:
            return self._left(Kind.DESCRIPTION, "a text without a question")
        if begin < 0 or end < begin:
            return self._left(Kind.DAMAGED, "the braces of its answers do not match")
        answers = text[begin + 1 : end].strip()
        blank = "" if end == len(text) - 1 else f" {_GAP} "
        stem = text[:begin].rstrip() + blank + text[end + 1 :].lstrip(" ")
        self._stem = self._with_blank(self._text_in(stem, is_stem=True))
        answers, separator, general = answers.rpartition("####")
        if not separator:
            answers, general = general, ""
        made = self._answered(answers.strip())
        if isinstance(made, LeftOut):
            return made
        return replace(made, **self._explained(general), **self._described(name), category=category)

    def _with_blank(self, stem: Text) -> Text:
        """The stem with a blank line where the answers stood in it."""
        markdown = stem.markdown
        if _GAP in markdown:
            markdown = _GAP_BEFORE_SIGN.sub(rf" {_BLANK}", markdown)
            markdown = _GAP_IN_TEXT.sub(rf" {_BLANK} ", markdown)
        return Text(markdown.strip(" "))

    def _explained(self, general: str) -> dict[str, Any]:
        """The general feedback, and the references in it by themselves."""
        head, mark, tail = general.partition(REFERENCES_HTML)
        if not mark:
            return self._texts.explained(self._text_in(general))
        form = "[html]" if head.lstrip().startswith("[html]") else ""
        return {"explanation": self._text_in(head), "references": self._text_in(form + tail)}

    def _described(self, name: str) -> dict[str, Any]:
        """The name, the id and the tags."""
        ids = _ID.findall(self._remarks)
        idnumber = ids[-1].replace("\\]", "]").strip() if ids else ""
        tags = described(tag.replace("\\]", "]") for tag in _TAG.findall(self._remarks))
        if SLUG.fullmatch(idnumber):
            return {"id": idnumber, "name": shown(name).strip(), **tags}
        return {"name": idnumber or shown(name).strip(), **tags}

    def _answered(self, answers: str) -> Item | LeftOut:
        if not answers:
            return self._left(Kind.ESSAY, "an essay")
        if answers[0] == "#":
            return self._left(Kind.NUMERIC, "the answer is a number")
        if "~" in answers:
            return self._multiple_choice(answers)
        if "=" in answers and "->" in answers:
            return self._left(Kind.MATCHING, "pairs are matched")
        word, _, feedback = answers.partition("#")
        if word.strip() in _TRUE | _FALSE:
            return self._true_false(word.strip() in _TRUE, feedback)
        return self._left(Kind.SHORT_ANSWER, "the answer is typed")

    def _multiple_choice(self, answers: str) -> Item | LeftOut:
        is_single = "=" in answers
        pieces = [piece.strip() for piece in answers.replace("=", "~=").split("~")]
        grades: list[float] = []
        texts: list[str] = []
        for number, piece in enumerate(pieces):
            if not piece and number == 0:
                continue
            grade, text = _graded(piece)
            grades.append(grade)
            texts.append(text)
        if len(texts) < 2:
            return self._left(Kind.DAMAGED, "fewer than two answers")
        judged = judge(Grades(tuple(grades), is_single=is_single))
        if isinstance(judged, str):
            return self._left(Kind.PARTIAL_CREDIT, judged)
        options = tuple(
            self._option(text, is_right) for text, is_right in zip(texts, judged, strict=True)
        )
        return Item(self._where, self._stem, options)

    def _option(self, piece: str, is_right: bool) -> Option:
        if "#" in piece:
            piece = _NO_FEEDBACK.sub(lambda match: match[0].replace("#", _HASH), piece)
        text, _, feedback = piece.partition("#")
        return Option(self._text_in(text), is_right, self._text_in(feedback))

    def _true_false(self, is_true: bool, feedback: str) -> Item:
        """The first feedback is for the wrong answer, the second for the right one."""
        wrong, _, right = (self._text_in(part) for part in feedback.partition("#"))
        return Item(
            self._where,
            self._stem,
            (
                Option(Text("True"), is_true, right if is_true else wrong),
                Option(Text("False"), not is_true, wrong if is_true else right),
            ),
            keeps_order=True,
            is_true_false=True,
        )

    def _text_in(self, text: str, *, is_stem: bool = False) -> Text:
        """A text in the format that stands before it, or in the stem's."""
        text = text.strip()
        form = self._format
        if match := _FORMAT.match(text):
            form, text = match[1], text[match.end() :]
        if is_stem:
            self._format = form
        text = shown(text).strip()
        if not text:
            return NOTHING
        if form == "plain":
            return Text(markdown_of_plain(text))
        return self._texts.text(text, form)

    def _left(self, kind: Kind, reason: str) -> LeftOut:
        return LeftOut(self._where, kind, words_of(Text(self._words)), reason)


def _graded(piece: str) -> tuple[float, str]:
    """The per cent of the mark of an answer, and the answer without it."""
    weight = _WEIGHT.match(piece.removeprefix("=").lstrip())
    if piece.startswith("="):
        rest = piece[1:].strip()
        return 100.0, rest[weight.end() :] if weight else rest
    if weight:
        return float(weight[1].replace("--", "")), piece[weight.end() :]
    return 0.0, piece
