"""Aiken: plain text, a line for the stem, lettered options, and `ANSWER: X`.

Moodle's importer and page decide what it is (https://docs.moodle.org/en/Aiken_format): letters are
capital and followed by `.` or `)`, and no blank line need part the questions. The space after that,
which the page asks for, may be missing where the letter is the one that is due. A stem of several
lines, which its importer would cut, is read whole. What is called feedback below an answer is the
explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import Contents, Item, Kind, LeftOut, Option, Source, Text, Written
from mcqdeck.exchange.losses import losses
from mcqdeck.exchange.markup import markdown_of_plain, plain_of_html
from mcqdeck.exchange.text import text_of
from mcqdeck.model import Place

_OPTION = re.compile(r"([A-Z])[.)][ \t]+(\S.*)|([A-Z])[.)][ \t]*$")
_TIGHT = re.compile(r"([A-Z])[.)](\S.*)()")
_ANSWER = re.compile(r"ANSWER:[ \t]*(.*)")
_FEEDBACK = re.compile(r"(?:FEEDBACK|EXPLANATION|RATIONALE):[ \t]*(.+)", re.IGNORECASE)
_KEY_LINE = re.compile(r"^ANSWER:[ \t]*[A-Z]", re.MULTILINE)
_OPTION_LINE = re.compile(r"^[A-Z][.)][ \t]*\S", re.MULTILINE)
_LETTERS = re.compile(r"[A-Z](?:[ \t]*,?[ \t]*[A-Z])*\.?$")
# Keeps a stem from being taken for an option; nobody sees it.
_GUARD = "\u200b"
_MOST = 26


@dataclass(slots=True)
class _Draft:
    """The lines of a question so far."""

    line: int = 0
    """The line of its stem, from 1."""

    stem: list[str] = field(default_factory=list)
    """Its lines."""

    options: list[str] = field(default_factory=list)
    """Their texts, without letters."""

    problem: str = ""
    """Why it cannot come in, if it cannot."""


def recognises(text: str) -> bool:
    """Whether a text has options and answers of this form."""
    return bool(_KEY_LINE.search(text) and _OPTION_LINE.search(text))


def read(source: Source) -> Contents:
    """The questions of a file; what is no question is left out, with its line."""
    return Contents.of(list(_questions(source)))


def _questions(source: Source) -> Iterator[Item | LeftOut]:
    draft = _Draft()
    last: Item | LeftOut | None = None  # which may still be explained
    lines = [(number, text) for number, line in enumerate(text_of(source).split("\n"), start=1)
             if (text := line.strip())]  # fmt: skip
    for (number, text), (_, after) in zip_longest(lines, lines[1:], fillvalue=(0, "")):
        is_stem = draft.stem or draft.options or _OPTION.match(after)
        if isinstance(last, Item) and not is_stem and (why := _FEEDBACK.fullmatch(text)):
            explanation = last.explanation.above(Text(markdown_of_plain(why[1])))
            last = replace(last, explanation=explanation)
            continue
        if last is not None:
            yield last
            last = None
        if answer := _ANSWER.match(text):
            last = _finished(draft, answer[1].strip(), Place(source.name, number), source.name)
            draft = _Draft()
        elif option := _OPTION.match(text) or _tight(draft, text):
            _add_option(draft, option, number)
        else:
            if draft.options:
                yield _left_out(draft, source.name, f"no ANSWER before line {number}")
                draft = _Draft()
            draft.line = draft.line or number
            draft.stem.append(text)
    if last is not None:
        yield last
    if draft.stem or draft.options:
        yield _left_out(draft, source.name, "no ANSWER before the end of the file")


def _tight(draft: _Draft, text: str) -> re.Match[str] | None:
    """An option without a space after its letter, which is the one that is due below a stem."""
    match = _TIGHT.match(text)
    is_due = match is not None and ord(match[1]) - ord("A") == len(draft.options)
    return match if is_due and draft.stem else None


def _add_option(draft: _Draft, option: re.Match[str], number: int) -> None:
    draft.line = draft.line or number
    letter, text = (option[1], option[2]) if option[1] else (option[3], "")
    wanted = chr(ord("A") + len(draft.options))
    if not draft.stem and not draft.problem:
        draft.problem = f"line {number} begins like an option, and no stem stands before it"
    elif letter != wanted and not draft.problem:
        draft.problem = f"line {number} has the option {letter} where {wanted} was expected"
    draft.options.append(text)


def _finished(draft: _Draft, answer: str, where: Place, name: str) -> Item | LeftOut:
    draft.line = draft.line or where.line
    if not draft.problem and len(draft.options) < 2:
        draft.problem = f"fewer than two options before line {where.line}"
    letters = set(filter(str.isalpha, answer)) if _LETTERS.match(answer) else set()
    keys = {ord(letter) - ord("A") for letter in letters}
    if not draft.problem and (not keys or max(keys) >= len(draft.options)):
        draft.problem = f"line {where.line} names no option: ANSWER: {answer}"
    if draft.problem:
        return _left_out(draft, name, draft.problem)
    return Item(
        where=Place(name, draft.line),
        stem=Text(markdown_of_plain("\n".join(draft.stem).lstrip(_GUARD))),
        options=tuple(
            Option(Text(markdown_of_plain(text)), number in keys)
            for number, text in enumerate(draft.options)
        ),
    )


def _left_out(draft: _Draft, name: str, reason: str) -> LeftOut:
    words = words_of(Text(" ".join(draft.stem or draft.options)))
    return LeftOut(Place(name, draft.line), Kind.DAMAGED, words, reason)


def write(contents: Contents) -> Written:
    """The questions that the form can hold: plain words, and one right option."""
    held = [item for item in contents.items if item.right == 1 and len(item.options) <= _MOST]
    said = list(losses(contents, ()))
    if rest := len(contents.items) - len(held):
        said.insert(0, f"questions with several right options are left out ({rest})")
    if any(_has_markup(text.html) for item in held for text in _texts(item)):
        said.append("texts become plain words: marks, images and line breaks are left out")
    text = "\n\n".join(_question(item) for item in held)
    return Written((text + "\n").encode() if held else b"", tuple(said))


def _texts(item: Item) -> Iterator[Text]:
    yield item.stem
    for option in item.options:
        yield option.text


def _has_markup(html: str) -> bool:
    return "<" in html.removeprefix("<p>").removesuffix("</p>")


def _question(item: Item) -> str:
    stem = _line(item.stem)
    if _OPTION.match(stem) or _TIGHT.match(stem) or _ANSWER.match(stem):
        stem = _GUARD + stem
    lines = [stem]
    for number, option in enumerate(item.options):
        lines.append(f"{chr(ord('A') + number)}. {_line(option.text)}")
    key = next(number for number, option in enumerate(item.options) if option.is_correct)
    return "\n".join((*lines, f"ANSWER: {chr(ord('A') + key)}"))


def _line(text: Text) -> str:
    return " ".join(plain_of_html(text.html).split())
