"""What lines are by the lines around them: options by their pictures or letters, hidden answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mcqdeck.exchange.habits.line import Line, Sign

# Pictures that people use as boxes: what is right, and what is not.
_RIGHT = "✅☑✔✓"
_WRONG = "❌☐✖✗✘⬜"
_PICTURE = re.compile(rf"\s*(?:[-*+•][ \t]+)?([{_RIGHT}{_WRONG}])\ufe0f?[ \t]*(\S.*)$")
_COLON = re.compile(r"\s{0,3}([A-Z]):[ \t]+(\S.*)$")
_LISTED = frozenset({Sign.OPTION, Sign.ITEM, Sign.TEXT})
_BARE_ANSWER = re.compile(r"[a-z]{1,6}|[A-Z]{1,6}|[A-Za-z](?:[ \t]*[,&][ \t]*[A-Za-z])+")
_TIGHT = re.compile(r"[ \t]*\(?(?P<letter>[A-Za-z])(?P<sign>[.)])(?P<text>[^\s.)](?!\.).*)$")
_LETTER = re.compile("[A-Za-z]")


def with_pictures(found: Sequence[Line]) -> Iterator[Line]:
    """The lines, of which those with a picture are options where right and wrong ones are listed.

    A tick alone says nothing of a box: it may stand for a bullet.
    """
    pictures = [_PICTURE.match(line.whole) if line.sign in _LISTED else None for line in found]
    begin = 0
    while begin < len(found):
        end = begin
        while end < len(found) and (pictures[end] or (end > begin and not found[end].text)):
            end += 1
        group = [picture[1] in _RIGHT for picture in pictures[begin:end] if picture]
        are_boxes = any(group) and not all(group)
        for line, picture in zip(found[begin:end], pictures[begin:end], strict=True):
            yield _box(line, picture) if are_boxes and picture else line
        if end == begin:
            yield found[begin]
            end += 1
        begin = end


def with_colons(found: Sequence[Line]) -> Iterator[Line]:
    """The lines, of which `A: …`, `B: …` right below each other are options."""
    at = 0
    while at < len(found):
        end = at
        while (
            end < len(found)
            and found[end].sign is Sign.TEXT
            and (colon := _COLON.match(found[end].whole))
            and ord(colon[1]) == ord("A") + end - at
        ):
            end += 1
        for line in found[at:end]:
            colon = _COLON.match(line.whole) if end - at > 1 else None
            yield (
                replace(line, sign=Sign.OPTION, text=colon[2].strip(), letter=colon[1].lower())
                if colon
                else line
            )
        if end == at:
            yield found[at]
            end += 1
        at = end


def _box(line: Line, picture: re.Match[str]) -> Line:
    text, is_right = picture[2].strip(), picture[1] in _RIGHT
    return replace(line, sign=Sign.OPTION, text=text, letter="", is_right=is_right)


def with_hidden_answers(found: Sequence[Line]) -> Iterator[Line]:
    """The lines, of which one is an answer that is all that `<details>` begin with or hold."""
    is_hidden = is_first = False
    for index, line in enumerate(found):
        answer = ""
        if "<details" in line.whole:
            is_hidden = is_first = True
        elif "</details" in line.whole:
            is_hidden = False
        elif is_hidden and line.sign not in {Sign.BLANK, Sign.WRAPPER}:
            answer = _bare_letters(line)
            if is_first and line.letter and not _begins_list(found, index):
                answer = answer or line.whole.strip(" \t*_`>#")
            is_first = False
        yield replace(line, sign=Sign.ANSWER, text=answer) if answer else line


def _begins_list(found: Sequence[Line], index: int) -> bool:
    """Whether the next option below one is the next of its letters."""
    letter = found[index].letter
    below = next((line for line in found[index + 1 :] if line.letter), None)
    return below is not None and ord(below.letter) == ord(letter) + 1


def _bare_letters(line: Line) -> str:
    """The letters that are all that a line says, as within `<details>` that are called Answer."""
    text = line.whole.strip(" \t*_`>#")
    return (
        text if re.fullmatch(r"\(?[A-H]\)?(?:[ \t]*[,&][ \t]*[A-H])*\.?|\d{1,2}\.?", text) else ""
    )


def with_tight_options(found: Sequence[Line]) -> Iterator[Line]:
    """The lines, also those as options that have no space behind their letter: `A)Paris`."""
    said = [line for line in found if line.sign is not Sign.BLANK]
    below = dict(zip((line.number for line in said), said[1:], strict=False))
    before: Line | None = None
    is_close = False
    for each in found:
        line = each
        tight = _TIGHT.match(line.whole) if line.sign is Sign.TEXT else None
        if tight:
            letter, text = tight["letter"], tight["text"].strip()
            after = below.get(line.number)
            goes_on = after is not None and _are_in_order(letter, _mark(after))
            follows = before is not None and _are_in_order(_mark(before), letter)
            is_sure = tight["sign"] == ")" or not text[0].islower() or " " in text
            if (follows and (is_close or goes_on)) or (letter in "aA" and goes_on and is_sure):
                line = replace(line, sign=Sign.OPTION, text=text, letter=letter.lower())
        if line.sign is not Sign.BLANK:
            before = line if line.letter else None
        is_close = line.sign is not Sign.BLANK
        yield line


def _mark(line: Line) -> str:
    """The letter of an option, as it stands there."""
    if found := _TIGHT.match(line.whole):
        return found["letter"]
    found = _LETTER.search(line.whole) if line.letter else None
    return found[0] if found else ""


def _are_in_order(first: str, second: str) -> bool:
    return bool(first and second) and ord(second) == ord(first) + 1


def with_bare_answers(found: list[Line]) -> list[Line]:
    """The lines, of which some are answers that are nothing but letters: `c`, `bd` below options.

    Once in a text that may be anything, so it takes two.
    """
    answers: dict[int, str] = {}
    last = ""
    for index, line in enumerate(found):
        text = line.text
        if line.sign is Sign.TEXT and last and _BARE_ANSWER.fullmatch(text):
            each = re.findall("[a-z]", text.lower())
            if each == sorted(set(each)) and each[-1] <= last:
                answers[index] = ", ".join(each)
        if line.sign is not Sign.BLANK:
            last = line.letter
    if len(answers) < 2:
        return found
    return [
        replace(line, sign=Sign.ANSWER, text=answers[index]) if index in answers else line
        for index, line in enumerate(found)
    ]
