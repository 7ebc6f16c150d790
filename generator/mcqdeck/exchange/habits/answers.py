"""What says which option is right: a line below the options, or a list at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mcqdeck.exchange.habits.line import Line, Sign
from mcqdeck.exchange.habits.lines import ANSWER

_TITLE = re.compile(
    rf"\W*(?:the )?(?:correct )?{ANSWER}(?:[ -]*(?:key|sheet|list))?\W*",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"(?<![\w.])(?:q(?:uestion)?[ \t]*#?)?(\d{1,4})(?:[*_]*[ \t]*[.):=\-–|]+[*_ \t]*"
    r"|[ \t]+(?=[A-Z][ \t]*$)|(?=[A-Za-z](?:\+[A-Za-z])*(?:[,;]|[ \t]+\d|[ \t]*$)))"
    r"\(?([A-Za-z](?:[ \t]*(?:,|&|/|\+|and|und|et)[ \t]*[A-Za-z]\b)*)\b\)?(?![A-Za-z'])",
    re.IGNORECASE,
)
_TEXT = re.compile(r"\s{0,3}[*_]*(?:q(?:uestion)?[ \t]*)?(\d{1,4})\\?[.):][*_]*[ \t]+(\S.*)", re.I)
_LETTERS = re.compile(
    r"\(?[*_]*([A-Za-z])\)?(?=[*_]*(?:[.):,;&/\s–-]|$))"
    r"((?:[ \t]*(?:,|&|/|and|und)[ \t]*\(?[A-Za-z]\b\)?)*)"
)


@dataclass(slots=True)
class Answers:
    """The letters of a list of answers by the number of the question, and the line it begins on.

    An answer that is no letter stands in `texts`.

    `title` is that of the chapter it is for, if it says so.
    """

    line: int
    title: str = ""
    letters: dict[int, tuple[str, ...]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


def take_answers(lines: Sequence[Line]) -> tuple[list[Line], list[Answers]]:
    """The lines without lists of answers, and those lists, in order."""
    kept: list[Line] = []
    taken: list[Answers] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.sign is Sign.ANSWER and len(entries := _ENTRY.findall(line.text)) > 1:
            taken.append(
                Answers(
                    line.number,
                    "",
                    {int(n): _letters_in(text) for n, text in entries},
                )
            )
            at += 1
            continue
        is_title = line.sign in {Sign.HEADING, Sign.TEXT, Sign.WRAPPER} and _TITLE.fullmatch(
            line.text or line.whole.strip()
        )
        answers = (
            (_answers(lines, at) or _next_part(lines, at + 1, line.level)) if is_title else None
        )
        if answers is not None:
            while answers is not None:
                taken.append(answers[0])
                at = answers[1]
                answers = _next_part(lines, at, line.level)
            continue
        kept.append(line)
        at += 1
    return kept, taken


def _next_part(lines: Sequence[Line], at: int, level: int) -> tuple[Answers, int] | None:
    """A further list under a heading below that of the answers."""
    while at < len(lines) and lines[at].sign is Sign.BLANK:
        at += 1
    if at == len(lines) or lines[at].sign is not Sign.HEADING or lines[at].level <= level:
        return None
    return _answers(lines, at)


def _answers(lines: Sequence[Line], start: int) -> tuple[Answers, int] | None:
    """The list of answers under a title, and the index after it; none if there is none."""
    title = lines[start].text if not _TITLE.fullmatch(lines[start].text or "answers") else ""
    answers = Answers(lines[start].number, title)
    end = start + 1
    last = 0
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if _is_other(line):
            break
        if text := _text_after(lines, index, last):
            last += 1
            answers.texts[last] = text
            end = index + 1
            continue
        entries = list(_ENTRY.finditer(line.whole))
        for entry in entries:
            last = int(entry[1])
            answers.letters[last] = _letters_in(entry[2])
        if len(entries) == 1 and entries[0].start() < 8:
            answers.reasons[last] = line.whole[entries[0].end() :].strip(" \t.:–-|*_)")
        elif not entries and line.text and last:
            if line.sign is Sign.OPTION or not (line.margin or lines[index - 1].text):
                break
            answers.reasons[last] = f"{answers.reasons.get(last, '')}\n{line.text}".strip()
        if entries or not line.text:
            end = index + 1 if entries else end
        elif not last:
            break
        else:
            end = index + 1
    return (answers, end) if answers.letters else None


def _is_other(line: Line) -> bool:
    """Whether a line is none of a list of answers."""
    is_box = line.sign is Sign.OPTION and line.is_right is not None
    return is_box or line.sign in {Sign.HEADING, Sign.CODE}


def _text_after(lines: Sequence[Line], index: int, last: int) -> str:
    """The answer in words that goes on with a list right after the entry `last`; or nothing."""
    line = lines[index]
    match = _TEXT.match(line.whole)
    is_next = match is not None and int(match[1]) == last + 1 and not _ENTRY.search(line.whole)
    is_tight = bool(lines[index - 1].text) and not line.text.endswith("?")
    return match[2].strip("*_ ") if match and is_next and is_tight else ""


def _letters_in(entry: str) -> tuple[str, ...]:
    """The letters of an entry: of `a, c`, `a and c`."""
    return tuple(letter.lower() for letter in re.findall(r"(?<![a-z])[A-Za-z](?![a-z])", entry))


def letters(value: str) -> tuple[str, ...]:
    """The letters that an answer begins with: of `B`, `(b)`, `A, C`, `B) because`."""
    match = _LETTERS.match(value.strip())
    if not match:
        return ()
    more = re.findall(r"[A-Za-z](?![A-Za-z])", re.sub(r"\b(?:and|und)\b", " ", match[2]))
    if (
        not more
        and re.match(r"\s+[a-zà-ÿ]", value.strip()[len(match[0]) :])
        and match[0].strip() in "AaI"
    ):
        return ()  # an article: `A hash is …`
    return tuple(letter.lower() for letter in (match[1], *more))


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
    return " ".join(re.sub(r"[*_`.\\]", "", text).split()).casefold()
