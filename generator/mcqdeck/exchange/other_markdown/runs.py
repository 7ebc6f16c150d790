"""The lists of options in a stretch of lines: where each begins and ends, and its options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mcqdeck.exchange.other_markdown.answer_words import BARE
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.marks import have_signs, marked

# What people call a question, in the languages of which files were seen.
_WORD = (
    r"q(?:uestion)?|frage|aufgabe|pregunta|pergunta|quest[ãa]o|enunciado|domanda|quesito|vraag"
    r"|fråga|pytanie|otázka|вопрос|питання|soru|soal|câu(?:[ \t]hỏi)?|问题|题目|問題|질문|문제"
)
_NUMBER = re.compile(
    rf"\s{{0,3}}(?:\*\*|__)?(?:(?P<word>{_WORD}|quiz|no|nr|№|#)\.?[ \t]*+(?:#[ \t]*+)?)?"
    r"(?P<number>\d{1,4})[ \t]*+(?P<sign>\ufe0f?\u20e3|\\?[.):](?:-(?=[ \t]))?|[：．、]"
    r"|(?<=[ \t])[-–][ \t]|(?=\*\*|__|$))"
    r"(?:\*\*|__)?[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
# `Q3 what …`, `Question 3 (short answer)`: a number without a sign behind it.
_SHORT = re.compile(
    rf"^(\s{{0,3}}\*{{0,2}}(?:(?:q|\#)\d{{1,4}}(?=[ \t]+[^\W\d])"
    rf"|(?:{_WORD})[ \t]*\#?\d{{1,4}}(?=[ \t]+\()))[ \t]+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"\s{{0,3}}(\*\*|__)?(?:{_WORD})[ \t]*[:：][ \t]*(?:\*\*|__)?[ \t]*(.*)$",
    re.IGNORECASE,
)
_SIGN_BEHIND = re.compile(r"^[:：.)–-][ \t]+")  # what stands behind the marks: `**Q1**: What`
_NAMED = re.compile(rf"\s{{0,3}}(?:\*\*|__)?(?:{_WORD})[ \t]*#?\d{{1,4}}\b", re.IGNORECASE)
_BEGINS_BOLD = re.compile(r"\s{0,3}\*\*")
_ENDS = frozenset(
    {Sign.ANSWER, Sign.EXPLANATION, Sign.REFERENCE, Sign.WRAPPER, Sign.RULE, Sign.HEADING}
)
_DEEP = 8


@dataclass(slots=True)
class Option:
    """One option: its line, and all lines after it that belong to it."""

    line: Line
    more: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """A list of options from the line with index `start` to that before `end`."""

    start: int
    end: int
    options: list[Option]

    @property
    def is_lettered(self) -> bool:
        """Whether the options have letters rather than boxes."""
        return bool(self.options[0].line.letter)


@dataclass(frozen=True, slots=True)
class Number:
    """The number with which a question begins, and the text after it."""

    value: int
    text: str
    has_word: bool


def number_of(text: str) -> Number | None:
    """The number of a question at the beginning of a line or a heading."""
    text = _SHORT.sub(r"\1. ", text)
    match = _NUMBER.match(text)
    if label := _LABEL.match(text):
        return Number(0, label[2].strip(), has_word=True) if label[2].strip() else None
    if not match or (not match["word"] and not match["sign"] and "**" not in text):
        return None
    rest = match["text"] if match["sign"] else _SIGN_BEHIND.sub("", match["text"])
    if _BEGINS_BOLD.match(text) and rest.endswith("**") and rest.count("**") == 1:
        rest = rest[:-2]
    return Number(int(match["number"]), rest.strip(), bool(match["word"]) or "**" in text[:6])


def named_question(text: str) -> bool:
    """Whether a line begins with a word for a question and its number: `Question 7`."""
    return _NAMED.match(text) is not None


def runs(lines: Sequence[Line]) -> list[Run]:
    """The lists of options, in order; those in letters begin with A and have two or more."""
    all_runs: list[Run] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.sign is Sign.OPTION and (line.is_right is not None or line.letter == "a"):
            run = _run(lines, at)
            if len(run.options) > 1 or not run.is_lettered:
                all_runs.append(run)
                at = run.end
                continue
        at += 1
    return all_runs


def _run(lines: Sequence[Line], start: int) -> Run:
    """The list that begins at an index, with all that belongs to its options."""
    options = [Option(lines[start])]
    pending: list[Line] = []
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if _continues(line, options):
            options[-1].more += pending
            pending = []
            options.append(Option(line))
            end = index + 1
        elif line.sign in _ENDS or _is_apart(line, pending, options[0].line):
            break
        else:
            pending.append(line)
    last = _trailing(options, pending)
    options[-1].more = pending[:last]
    return Run(start, end + last, options)


def _continues(line: Line, options: list[Option]) -> bool:
    first = options[0].line
    if line.sign is not Sign.OPTION or line.margin >= first.margin + 4:
        return False
    if first.letter:
        return line.letter == chr(ord("a") + len(options))
    return line.is_right is not None


def _is_apart(line: Line, pending: Sequence[Line], first: Line) -> bool:
    """Whether a line after boxes begins a paragraph at the margin, and so something else."""
    if first.letter:
        return line.letter == "a" and line.margin <= first.margin
    if line.sign not in {Sign.TEXT, Sign.ITEM} or line.margin >= first.margin + 2:
        return False
    number = number_of(line.whole)
    if number is not None and (number.has_word or line.sign is Sign.ITEM):
        return not first.whole.lstrip()[:1].isdigit()
    return bool(pending) and pending[-1].sign is Sign.BLANK and line.sign is Sign.TEXT


def _trailing(options: list[Option], pending: Sequence[Line]) -> int:
    """How many of the lines after the last option belong to it."""
    margin = options[-1].line.margin
    has_loose_code = _has_loose_code(options)
    end = 0
    in_code = False
    for index, line in enumerate(pending):
        if line.sign is Sign.BLANK:
            in_code = False
            continue
        follows_text = not index or pending[index - 1].sign is Sign.TEXT
        is_lazy = index == end and line.sign is Sign.TEXT and follows_text
        if line.sign is Sign.CODE:
            in_code = in_code or (has_loose_code and not end)
        if not (is_lazy or line.margin >= margin + 2 or (line.sign is Sign.CODE and in_code)):
            break
        end = index + 1
    return end


def _has_loose_code(options: Sequence[Option]) -> bool:
    """Whether the options are nothing but letters, or have their code at the margin."""
    others = options[:-1]
    if any(line.sign is Sign.CODE and line.margin == 0 for other in others for line in other.more):
        return True
    return all(BARE.fullmatch(option.line.text) for option in options)


def is_marked(run: Run) -> bool:
    """Whether boxes or marks of some of its options say which are right."""
    if any(option.line.is_right for option in run.options):
        return True
    return any(marked([option.line.text for option in run.options])[1])


def has_signs(run: Run) -> bool:
    """Whether ticks or words, more than bold letters, say which of the options are right."""
    return have_signs([option.line.text for option in run.options])


def plain_lists(lines: Sequence[Line]) -> Iterator[Run]:
    """The lists of two or more plain items at about the margin, in order."""
    at = 0
    while at < len(lines):
        if lines[at].sign is Sign.ITEM and lines[at].margin < _DEEP:
            run = plain_list(lines, at)
            if len(run.options) > 1:
                yield run
                at = run.end
                continue
        at += 1


def plain_list(lines: Sequence[Line], start: int) -> Run:
    """The list of plain items that begins at an index."""
    first = lines[start]
    options = [Option(first)]
    pending: list[Line] = []
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        is_beside = abs(line.margin - first.margin) < 2
        if line.sign is Sign.ITEM and is_beside and _kind(line) == _kind(first):
            options[-1].more += pending
            pending = []
            options.append(Option(line))
            end = index + 1
        elif line.text and _ends_list(line, first, lines[index - 1]):
            break
        else:
            pending.append(line)
    while pending and not pending[-1].text:
        pending.pop()
    options[-1].more += pending
    return Run(start, end + len(pending), options)


def _ends_list(line: Line, first: Line, before: Line) -> bool:
    """Whether a line is no part of the list with that first item."""
    if line.sign in _ENDS or line.sign is Sign.OPTION or line.margin + 2 <= first.margin:
        return True
    is_outer = line.margin < first.margin + 2
    return is_outer and (line.sign is Sign.ITEM or not before.text)


def _kind(line: Line) -> str:
    """What begins an item: its bullet, or for a number what follows it."""
    mark = line.whole.lstrip()
    return mark.lstrip("0123456789")[:1]


def plain_run(lines: Sequence[Line], *, is_keyed: bool = False) -> Run | None:
    """A list of plain items, of which some are marked or to which an answer follows.

    `is_keyed` says that an answer for it stands elsewhere.
    """
    lists = list(plain_lists(lines))
    if run := next((run for run in lists if is_marked(run)), None):
        return run
    answers = [index for index, line in enumerate(lines) if line.sign is Sign.ANSWER]
    above = [run for run in lists if is_keyed or any(index >= run.end for index in answers)]
    if answers and not is_keyed:
        above = [run for run in above if run.end <= answers[0]] or above[:1]
    return above[-1] if above else None
