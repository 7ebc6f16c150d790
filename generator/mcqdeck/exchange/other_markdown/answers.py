"""What says which option is right: a line below the options, or a list at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mcqdeck.exchange.other_markdown.answer_words import ANSWER_TITLE, BETWEEN
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.open import TRUE_OR_FALSE

_LETTER = "(?-i:[A-Za-z])"
"""The letter of an option: with IGNORECASE a class of letters has `İ` and `ſ` too."""

# The letter of an option that is no part of a word.
_MORE = re.compile(rf"(?<![ \t]){BETWEEN}\(?({_LETTER})\b\)?", re.IGNORECASE)
_ENTRY = re.compile(
    rf"""
    (?<![\w.])(?:q(?:uestion)?[ \t]*+\#?)?
    (?P<number>\d{{1,4}})
    (?:
        [*_]*[ \t]*[.):=\-–|]+[*_ \t]*                                  # `1. B`, `**2** - c`
        | [ \t]+(?={_LETTER}[ \t]*$)                                    # `1 B` and nothing else
        | (?={_LETTER}(?:\+{_LETTER})*(?:[,;]|[ \t]+\d|[ \t]*$))        # `1b, 2c`, `3a+b 4d`
    )
    \(?(?P<first>{_LETTER})\)?(?P<more>(?:{BETWEEN}\(?{_LETTER}\b\)?)*)
    \b\)?(?![A-Z'])""",
    re.IGNORECASE | re.VERBOSE,
)
_TEXT = re.compile(
    r"\s{0,3}[*_]*(?:q(?:uestion)?[ \t]*)?(?P<number>\d{1,4})\\?[.):][*_]*[ \t]+(?P<text>\S.*)",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    rf"\(?[*_]*(?P<first>[A-Za-z])\)?(?=[*_]*(?:[.):,;&/+\s–—-]|$))"
    rf"(?P<more>(?:{BETWEEN}\(?[A-Za-z]\b\)?)*)"
)
_ARTICLE = re.compile(r"(?:[Aa]|I)[ \t]+(?!(?:as|because|since|weil)\b)[a-zà-ÿ]")
_REASON = re.compile(
    r"\(?[A-Za-z]\)?[*_]*(?:[ \t]*+[.,;:–—-][*_]*)?[ \t]++(?P<reason>(?:because|since|weil)\b.+)"
)
# An answer that is a word or a letter for true or false, and what is said of it.
_TRUTH = re.compile(
    rf"""\s{{0,3}}[-*+]?[ \t]*[*_]*(?:q(?:uestion)?[ \t]*)?(?P<number>\d{{1,4}})
    [*_]*[ \t]*\\?[.):=\-–][*_ \t]*
    (?P<text>{TRUE_OR_FALSE})\b[*_.!]*
    (?:[ \t]*$|[ \t]*[-–—:,.(][*_ \t]*(?P<reason>.*))""",
    re.IGNORECASE | re.VERBOSE,
)
_TAGS = re.compile(r"</?(?:details|summary|strong|b|p|em|i)\b[^<>]*>", re.IGNORECASE)
_TABLE = re.compile(r"\s{0,3}\|(?:[^|\d]*\|)+\s*")  # its header, or the line below that
_TITLES = frozenset({Sign.HEADING, Sign.TEXT, Sign.WRAPPER})
_UNMARKED = str.maketrans("", "", "*_`.\\")


@dataclass(slots=True)
class Answers:
    """A list of answers; each by the number of its question."""

    line: int
    """The line on which it begins, from 1."""

    title: str = ""
    """That of the chapter it is for, if it says so."""

    letters: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The letters of the right options, in lower case."""

    reasons: dict[int, str] = field(default_factory=dict)
    """What else is said of an answer."""

    texts: dict[int, str] = field(default_factory=dict)
    """The answers that are no letters."""


def take_answers(lines: Sequence[Line]) -> tuple[list[Line], list[Answers]]:
    """The lines without lists of answers, and those lists, in order."""
    kept: list[Line] = []
    taken: list[Answers] = []
    at = 0
    while at < len(lines):
        lists, end = _lists_at(lines, at)
        if not lists:
            kept.append(lines[at])
        taken += lists
        at = end
    return kept, taken


def _lists_at(lines: Sequence[Line], at: int) -> tuple[list[Answers], int]:
    """The lists of answers that begin with a line, if any do, and the index of what follows."""
    line = lines[at]
    if line.sign is Sign.ANSWER and len(entries := [*_ENTRY.finditer(line.text)]) > 1:
        named = {int(entry["number"]): _letters_in(entry) for entry in entries}
        return [Answers(line.number, "", named)], at + 1
    lists: list[Answers] = []
    end = at + 1
    if line.sign in _TITLES and ANSWER_TITLE.fullmatch(line.text or _TAGS.sub("", line.whole)):
        part = _answers(lines, at) or _next_part(lines, end, line.level)
        while part is not None:
            answers, end = part
            lists.append(answers)
            part = _next_part(lines, end, line.level)
    return lists, end


def _next_part(lines: Sequence[Line], at: int, level: int) -> tuple[Answers, int] | None:
    """A further list under a heading below that of the answers."""
    while at < len(lines) and lines[at].sign is Sign.BLANK:
        at += 1
    if at == len(lines) or lines[at].sign is not Sign.HEADING or lines[at].level <= level:
        return None
    return _answers(lines, at)


def _answers(lines: Sequence[Line], start: int) -> tuple[Answers, int] | None:
    """The list of answers under a title, and the index after it; none if there is none."""
    title = lines[start].text if not ANSWER_TITLE.fullmatch(lines[start].text or "answers") else ""
    answers = Answers(lines[start].number, title)
    end = start + 1
    last = 0
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if _is_other(line):
            break
        if not last and _TABLE.fullmatch(line.whole):
            continue
        if truth := _TRUTH.match(line.whole):
            last = int(truth["number"])
            answers.texts[last] = truth["text"]
            answers.reasons[last] = (truth["reason"] or "").strip("*_) ")
            end = index + 1
            continue
        if text := _text_after(lines, index, last):
            last += 1
            answers.texts[last] = text
            end = index + 1
            continue
        entries = list(_ENTRY.finditer(line.whole))
        if entries:
            last = _take_entries(answers, entries)
        elif not line.text:
            continue
        elif not last or line.sign is Sign.OPTION or not (line.margin or lines[index - 1].text):
            break
        else:
            answers.reasons[last] = f"{answers.reasons.get(last, '')}\n{line.text}".strip()
        end = index + 1
    named = answers.letters.keys() | answers.reasons.keys()
    is_one = lines[start].sign is Sign.WRAPPER and "<" in lines[start].whole and len(named) < 2
    return (answers, end) if named and not is_one else None


def _take_entries(answers: Answers, entries: Sequence[re.Match[str]]) -> int:
    """Takes the entries of one line, and gives the number of the last.

    What stands behind an only one is its reason, or it is an answer in words: `1. A heap`.
    """
    for entry in entries:
        answers.letters[int(entry["number"])] = _letters_in(entry)
    number = int(entries[-1]["number"])
    first = entries[0]
    if len(entries) == 1 and first.start() < 8:
        answers.reasons[number] = first.string[first.end() :].lstrip(" \t.:–-|*_)").rstrip(" \t|*_")
        if not first["more"] and _ARTICLE.match(first.string, first.start("first")):
            answers.texts[number] = first.string[first.start("first") :].strip("*_ ")
    return number


def _is_other(line: Line) -> bool:
    """Whether a line is none of a list of answers."""
    is_box = line.sign is Sign.OPTION and line.is_right is not None
    return is_box or line.sign in {Sign.HEADING, Sign.CODE}


def _text_after(lines: Sequence[Line], index: int, last: int) -> str:
    """The answer in words that goes on with a list right after the entry `last`; or nothing."""
    line = lines[index]
    match = _TEXT.match(line.whole)
    if not match or int(match["number"]) != last + 1 or _ENTRY.search(line.whole):
        return ""
    is_tight = bool(lines[index - 1].text) and not line.text.endswith("?")
    return match["text"].strip("*_ ") if is_tight else ""


def letters(value: str) -> tuple[str, ...]:
    """The letters that an answer begins with: of `B`, `(b)`, `A, C, and D`, `B) because`.

    `A hash is …` begins with an article.
    """
    value = value.strip()
    match = _LETTERS.match(value)
    if not match or (not match["more"] and _ARTICLE.match(value)):
        return ()
    return _letters_in(match)


def _letters_in(match: re.Match[str]) -> tuple[str, ...]:
    """The letters of an answer as lower case; in `B, a planet` stands only one."""
    first, more = match["first"], _MORE.findall(match["more"])
    return tuple(letter.lower() for letter in (first, *more) if letter != "a" or first.islower())


def reason_in(answer: str) -> str:
    """What an answer says after its letter, if that is a sentence: `B, because …`."""
    match = _REASON.match(answer)
    return match["reason"].strip("*_ ") if match else ""


def by_text(value: str, options: Sequence[str]) -> int | None:
    """The index of the option that an answer quotes."""
    wanted = _folded(value)
    folded = [_folded(option) for option in options]
    if wanted in folded:
        return folded.index(wanted)
    begun = [number for number, text in enumerate(folded) if text and wanted.startswith(text)]
    return max(begun, key=lambda number: len(folded[number]), default=None)


def is_one_of(text: str, options: Sequence[str]) -> bool:
    """Whether a text is that of one option and of no other."""
    return bool(text.strip()) and [_folded(option) for option in options].count(_folded(text)) == 1


def _folded(text: str) -> str:
    return " ".join(text.translate(_UNMARKED).split()).casefold()
