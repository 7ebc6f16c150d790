"""What lines are by the lines around them: options and answers, some hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mcqdeck.exchange.other_markdown.line import Line, Sign

# Pictures that people use as boxes: what is right, and what is not. A form has a filled circle or
# a checked box where somebody chose, which the answer may say was wrong.
_CHOSEN = "●◉⚫🔘■☒"
_RIGHT = f"✅☑✔✓{_CHOSEN}"
_WRONG = "❌☐✖✗✘⬜○◯⚪□"
_PICTURE = re.compile(rf"\s*(?:[-*+•][ \t]+)?([{_RIGHT}{_WRONG}])\ufe0f?[ \t]*(\S.*)$")
_COLON = re.compile(r"\s{0,3}([A-Z]):[ \t]+(\S.*)$")
_BARE_LETTERS = re.compile(r"\(?[A-H]\)?(?:[ \t]*[,&][ \t]*[A-H])*\.?|\d{1,2}\.?")
_REASONED = re.compile(
    r"[ \t>]*(?:\*\*|__)?\(?(?P<letters>[A-H](?:[ \t]*[,&][ \t]*[A-H])*)\)?(?:\*\*|__)?"
    r"[ \t]+[—–-][ \t]+(?P<reason>\S.*)$"
)
_TIGHT = re.compile(r"[ \t]*\(?(?P<letter>[A-Za-z])(?P<sign>[.)])(?P<text>[^\s.)](?!\.).*)$")
_RUN_OF_LETTERS = re.compile(r"[a-z]{1,6}|[A-Z]{1,6}|[A-Za-z](?:[ \t]*[,&][ \t]*[A-Za-z])+")
_LISTED = frozenset({Sign.OPTION, Sign.ITEM, Sign.TEXT})


def with_pictures(all_lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, of which those with a picture are options where right and wrong ones are listed.

    A tick alone says nothing of a box: it may stand for a bullet.
    """
    pictures = [_PICTURE.match(line.whole) if line.sign in _LISTED else None for line in all_lines]
    begin = 0
    while begin < len(all_lines):
        end = begin
        while end < len(all_lines) and (pictures[end] or (end > begin and not all_lines[end].text)):
            end += 1
        group = [picture[1] in _RIGHT for picture in pictures[begin:end] if picture]
        are_boxes = any(group) and not all(group)
        if are_boxes and end < len(all_lines) and all_lines[end].sign is Sign.ANSWER:
            are_boxes = not any(picture[1] in _CHOSEN for picture in pictures[begin:end] if picture)
        for line, picture in zip(all_lines[begin:end], pictures[begin:end], strict=True):
            yield _box(line, picture) if are_boxes and picture else line
        if end == begin:
            yield all_lines[begin]
            end += 1
        begin = end


def with_colons(all_lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, of which `A: …`, `B: …` right below each other are options."""
    at = 0
    while at < len(all_lines):
        end = at
        while (
            end < len(all_lines)
            and all_lines[end].sign is Sign.TEXT
            and (colon := _COLON.match(all_lines[end].whole))
            and ord(colon[1]) == ord("A") + end - at
        ):
            end += 1
        for line in all_lines[at:end]:
            colon = _COLON.match(line.whole) if end - at > 1 else None
            yield (
                replace(line, sign=Sign.OPTION, text=colon[2].strip(), letter=colon[1].lower())
                if colon
                else line
            )
        if end == at:
            yield all_lines[at]
            end += 1
        at = end


def _box(line: Line, picture: re.Match[str]) -> Line:
    text, is_right = picture[2].strip(), picture[1] in _RIGHT
    return replace(line, sign=Sign.OPTION, text=text, letter="", is_right=is_right)


def with_tight_options(all_lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, also those as options that have no space behind their letter: `A)Paris`."""
    said = [line for line in all_lines if line.sign is not Sign.BLANK]
    below = dict(zip((line.number for line in said), said[1:], strict=False))
    before = ""
    is_close = False
    for line in all_lines:
        tight = _TIGHT.match(line.whole) if line.sign is Sign.TEXT else None
        option = None
        if tight:
            letter, text = tight["letter"], tight["text"].strip()
            goes_on = _are_in_order(letter, _letter(below.get(line.number)))
            follows = _are_in_order(before, letter)
            is_sure = tight["sign"] == ")" or not text[0].islower() or " " in text
            if (follows and (is_close or goes_on)) or (letter in "aA" and goes_on and is_sure):
                option = replace(line, sign=Sign.OPTION, text=text, letter=letter.lower())
        is_close = line.sign is not Sign.BLANK
        if is_close:
            before = _letter(option or line) if (option or line).letter else ""
        yield option or line


def _letter(line: Line | None) -> str:
    """The letter of an option as it stands there, also of one that may be one; or nothing."""
    if line is None:
        return ""
    if line.letter:  # nothing but marks stands before it
        return line.whole[line.whole.lower().index(line.letter)]
    tight = _TIGHT.match(line.whole)
    return tight["letter"] if tight else ""


def _are_in_order(first: str, second: str) -> bool:
    return bool(first and second) and ord(second) == ord(first) + 1


def with_bare_answers(all_lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, of which some are answers that are nothing but letters: `c`, `bd` below options.

    Once in a text that may be anything, so it takes two.
    """
    answers: dict[int, str] = {}
    last = ""
    for index, line in enumerate(all_lines):
        if line.sign is Sign.TEXT and last and _RUN_OF_LETTERS.fullmatch(line.text):
            letters = [letter for letter in line.text.lower() if letter.isalpha()]
            if letters == sorted(set(letters)) and letters[-1] <= last:
                answers[index] = ", ".join(letters)
        if line.sign is not Sign.BLANK:
            last = line.letter
    if len(answers) < 2:
        return all_lines
    return [
        replace(line, sign=Sign.ANSWER, text=answers[index]) if index in answers else line
        for index, line in enumerate(all_lines)
    ]


def with_hidden_answers(all_lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, of which one is an answer that is all that `<details>` begin with or hold.

    So is one right below a title such as `Answer`.
    """
    is_hidden = is_first = is_titled = False
    for index, line in enumerate(all_lines):
        answers = [line]
        if "<details" in line.whole:
            is_hidden, is_first, is_titled = True, True, False
        elif "</details" in line.whole:
            is_hidden = False
        elif line.sign is Sign.WRAPPER and line.text:
            is_hidden = is_first = is_titled = True
        elif is_hidden and line.sign not in {Sign.BLANK, Sign.WRAPPER}:
            if not is_titled or not _goes_on(all_lines, index):
                answers = _hidden(line, is_first=is_first and not _begins_list(all_lines, index))
            is_first = False
            is_hidden = not is_titled
        yield from answers


def _hidden(line: Line, *, is_first: bool) -> list[Line]:
    """The answer that a line is, and its reason, or the line; what is first may be more."""
    answer = _bare_letters(line)
    if answer or (is_first and line.letter):
        text = answer or line.whole.strip(" \t*_`>#")
        return [replace(line, sign=Sign.ANSWER, text=text)]
    reasoned = _REASONED.match(line.whole) if is_first and line.sign is Sign.TEXT else None
    if not reasoned:
        return [line]
    reason = reasoned["reason"].strip()
    return [
        replace(line, sign=Sign.ANSWER, text=reasoned["letters"]),
        Line(line.number, Sign.TEXT, reason, reason),
    ]


def _goes_on(all_lines: Sequence[Line], index: int) -> bool:
    """Whether the next line is letters alone too, as in a list of answers without numbers."""
    below = next((line for line in all_lines[index + 1 :] if line.text), None)
    return below is not None and bool(_bare_letters(below))


def _begins_list(all_lines: Sequence[Line], index: int) -> bool:
    """Whether the next option below one is the next of its letters."""
    letter = all_lines[index].letter
    if not letter:
        return False
    below = next((line for line in all_lines[index + 1 :] if line.letter), None)
    return below is not None and ord(below.letter) == ord(letter) + 1


def _bare_letters(line: Line) -> str:
    """The letters that are all that a line says, as within `<details>` that are called Answer."""
    text = line.whole.strip(" \t*_`>#")
    return text if _BARE_LETTERS.fullmatch(text) else ""
