"""Each line of a Markdown text with what it looks like: a heading, an option, an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from mcqdeck.markdown import parse


class Sign(Enum):
    """What a line looks like."""

    BLANK = auto()
    TEXT = auto()
    CODE = auto()
    HEADING = auto()
    OPTION = auto()
    ITEM = auto()
    ANSWER = auto()
    EXPLANATION = auto()
    REFERENCE = auto()
    WRAPPER = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; `number` counts from 1.

    `text` is what it says without its mark: a heading's title, an option's text, an answer's value,
    and else the line itself, which `whole` always is. `level` is a heading's, `letter` an option's
    in lower case, or empty where it has a box. `is_right` is true or false where a box says so.
    """

    number: int
    sign: Sign
    whole: str
    text: str
    level: int = 0
    letter: str = ""
    is_right: bool | None = None

    @property
    def margin(self) -> int:
        """The columns of white space that it begins with."""
        expanded = self.whole.expandtabs(4)
        return len(expanded) - len(expanded.lstrip())


_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TASK = re.compile(
    r"\s*(?:[-*+•]|\d{1,3}[.)])?[ \t]*(?:\[[ \t\xa0]*([xX✓✔*]?)[ \t\xa0]*\])(?![(\[:])[ \t]*(.*)$"
)
_ROUND = re.compile(r"\s*(?:[-*+•][ \t]+)?\([ \t]*([xX✓✔*]?)[ \t]*\)[ \t]+(.+)$")
_LETTER = re.compile(
    r"\s*(?P<before>(?:[-+•*][ \t]+|>[ \t]*)?(?:\*\*|__|\*(?=\(?[a-zA-Z]\))|✓ ?|✅ ?)?)"
    r"\(?(?P<letter>[a-zA-Z])(?P<sign>\\?[.)]|:|[ \t][-–][ \t])(?P<between>\*\*|__)?"
    r"(?:[ \t]+|$)(?P<text>.*)$"
)
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?P<text>\S.*)$")
_FRAME = r"[\s>*_#~`]*(?:<[a-z]+[^<>]*>)*[\s*_~]*"
# What people call an answer, and the words around it, in the languages of which files were seen.
ANSWER = (
    r"(?:answers?|ans|options?|choices?|answer[ \t]+key|keys?|solutions?|lösung(?:en)?"
    r"|antwort(?:en)?|respuestas?|r[ée]ponses?|rispost[ae]|respostas?|gabarito|soluç(?:ão|ões)"
    r"|soluci(?:ón|ones)|soluzion[ei]|corrigé|antwoord(?:en)?|ответы?|答案"
    r"|(?:alternativas?|opç(?:ão|ões)|opci(?:ón|ones)|opzion[ei])"
    r"(?=[ \t]+(?:corr?ec?t|corrett|cert)))"
)
_BEFORE = r"(?:correct|right|best|richtige[rn]?|korrekte|bonnes?|juiste)"
_BEHIND = r"(?:[ \t]+(?:corr?ec?t[aeo]?s?|corrett[aei]|correcte?s|exactes?|cert[ao]s?))"
_ANSWER = re.compile(
    rf"{_FRAME}(?:the[ \t]+)?{_BEFORE}?[ \t]*{ANSWER}{_BEHIND}?"
    r"(?:[ \t]*\(s\))?[*_~]*[ \t]*(?:[:：=]|[ \t](?:is|are|ist)[ \t]*:?"
    r"|\.(?=[ \t]*\(?[A-Za-z]\)?[ \t]*$))"
    r"[\s*_~]*(?P<value>\S.*?)[\s*_~]*(?:</[a-z]+>)*\s*$",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    rf"{_FRAME}(?:explanation|rationale|reason|why|erklärung|explicación|explication|begründung)"
    r"[*_~]*[ \t]*(?:[:：]|\Z)[*_~]*[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    rf"{_FRAME}(?:references?|refs?\.?|refrence|sources?|quellen?)[*_~]*[ \t]*(?:[:：]|\Z)"
    r"[*_~]*[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_LINK = r"\[[^\]\n]+\]\(<?https?://[^\s)]*>?(?:[ \t]+\"[^\"]*\")?\)"
_LINKS = re.compile(
    rf"\s*(?:[-*+][ \t]+)?(?:\d+\.[ \t]+)?!?(?:{_LINK}|<?https?://\S+>?)[.,;]?"
    rf"(?:[ \t]*(?:and|,|;|\|)?[ \t]*{_LINK}\.?)*\s*$"
)
_WRAPPER = re.compile(
    r"\s*(?:</?(?:details|summary|p|div|b|strong|i|br)\b[^<>]*>\s*)+"
    r"(?:(?:<[a-z]+>)*[^<>\n]{0,60}(?:</[a-z]+>)*\s*</summary>\s*(?:</?(?:p|div|br)\b[^<>]*>\s*)*)?$",
    re.IGNORECASE,
)
_SIGNS = (
    (_EXPLANATION, Sign.EXPLANATION),
    (_REFERENCE, Sign.REFERENCE),
    (_RULE, Sign.RULE),
    (_WRAPPER, Sign.WRAPPER),
)
_BARE_ANSWER = re.compile(r"[a-z]{1,6}|[A-Z]{1,6}|[A-Za-z](?:[ \t]*[,&][ \t]*[A-Za-z])+")
_TIGHT = re.compile(r"[ \t]*\(?(?P<letter>[A-Za-z])(?P<sign>[.)])(?P<text>[^\s.)](?!\.).*)$")
_ANSWER_WORDS = re.compile(rf"(?:show )?(?:{_BEFORE} )?{ANSWER}{_BEHIND}?", re.IGNORECASE)
# `a) one   b) two`: options that share a line.
_BESIDE = re.compile(r"(?P<gap>[ \t\xa0]+)\(?(?P<letter>[a-zA-Z])(?P<sign>[.)])(?=[ \t\xa0]+\S)")
_FIRST = re.compile(r"[ \t]*\(?(?P<letter>[a-zA-Z])(?P<sign>[.)])[ \t\xa0]+\S")


def lines(text: str) -> list[Line]:
    """All lines of a text; one with several options counts as several, all of its number."""
    found = list(_lines(text.split("\n"), _verbatim(text)))
    found = _with_bare_answers(list(_with_tight_options(found)))
    return list(_with_hidden_answers(found)) if "<details" in text else found


def _verbatim(text: str) -> dict[int, Sign]:
    """The rows that are code, or a comment, which shows nothing."""
    found: dict[int, Sign] = {}
    for leaf in parse(text).root.leaves():
        if leaf.fence or leaf.html_end:
            sign = Sign.BLANK if leaf.html_end == "-->" else Sign.CODE
            found.update(dict.fromkeys(range(leaf.start, leaf.end), sign))
    return found


def _lines(texts: Sequence[str], verbatim: Mapping[int, Sign]) -> Iterator[Line]:
    for number, whole in enumerate(texts, start=1):
        sign = verbatim.get(number - 1)
        is_comment = whole.strip().startswith("<!--") and whole.strip().endswith("-->")
        if sign is Sign.BLANK or (is_comment and not sign):
            yield Line(number, Sign.BLANK, "", "")
        elif sign:
            yield Line(number, sign, whole, whole)
        else:
            yield from (_line(number, part) for part in options_beside(whole))


def options_beside(whole: str) -> list[str]:
    """The parts of a line that has several options beside each other, or the line as it is.

    White space of two columns or a tab parts them, or a single space if there are three of them:
    `A. See vitamin B. It is …` is one.
    """
    first = _FIRST.match(whole)
    if not first:
        return [whole]
    wanted, cuts, is_wide = ord(first["letter"]) + 1, [0], True
    for found in _BESIDE.finditer(whole, first.end() - 1):
        if ord(found["letter"]) == wanted and found["sign"] == first["sign"]:
            is_wide = is_wide and (len(found["gap"]) > 1 or "\t" in found["gap"])
            cuts.append(found.start())
            wanted += 1
    if len(cuts) == 1 or not (is_wide or (len(cuts) > 2 and first["letter"] in "aA")):
        return [whole]
    margin = whole[: len(whole) - len(whole.lstrip())]
    ends = [*cuts[1:], len(whole)]
    return [margin + whole[begin:end].strip() for begin, end in zip(cuts, ends, strict=True)]


def options_behind(whole: str) -> list[str]:
    """The stem and the options of a line that has both, `Which? A) x B) y C) z`; else the line."""
    for found in _BESIDE.finditer(whole):
        if found["letter"] in "aA":
            options = options_beside(whole[found.start() :])
            if len(options) > 1:
                return [whole[: found.start()].rstrip(), *(each.strip() for each in options)]
    return [whole]


def _with_tight_options(found: Sequence[Line]) -> Iterator[Line]:
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
    found = _TIGHT.match(line.whole) or (_LETTER.match(line.whole) if line.letter else None)
    return found["letter"] if found else ""


def _are_in_order(first: str, second: str) -> bool:
    return bool(first and second) and ord(second) == ord(first) + 1


def _with_bare_answers(found: list[Line]) -> list[Line]:
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


def _with_hidden_answers(found: Sequence[Line]) -> Iterator[Line]:
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


def _line(number: int, whole: str) -> Line:
    if not whole.strip():
        return Line(number, Sign.BLANK, whole, "")
    if task := _TASK.match(whole):
        is_right = bool(task[1].strip())
        return Line(number, Sign.OPTION, whole, task[2].strip(), is_right=is_right)
    if answer := _ANSWER.match(whole):
        return Line(number, Sign.ANSWER, whole, answer["value"])
    if heading := _HEADING.match(whole):
        return _heading(number, whole, heading)
    for pattern, sign in _SIGNS:
        if found := pattern.match(whole):
            return Line(number, sign, whole, (found.groupdict().get("text") or "").strip())
    return _listed(number, whole)


def _heading(number: int, whole: str, heading: re.Match[str]) -> Line:
    """A heading, unless it only says that an answer, an explanation or references follow."""
    title = heading[2].strip()
    if _ANSWER_WORDS.fullmatch(title.strip("*_: ")):
        return Line(number, Sign.WRAPPER, whole, title)
    for pattern, sign in _SIGNS[:2]:
        if found := pattern.match(whole):
            return Line(number, sign, whole, found["text"].strip())
    return Line(number, Sign.HEADING, whole, title, level=len(heading[1]))


def _listed(number: int, whole: str) -> Line:
    """A line that may be an option by its letter or its box, or an item of a list."""
    if box := _ROUND.match(whole):
        return Line(number, Sign.OPTION, whole, box[2].strip(), is_right=bool(box[1].strip()))
    if found := _LETTER.match(whole):
        before = found["before"].strip()
        if found["sign"] != ":" or before:
            return Line(
                number, Sign.OPTION, whole, _lettered_text(found), letter=found["letter"].lower()
            )
    if _LINKS.match(whole):
        return Line(number, Sign.REFERENCE, whole, whole.strip())
    if item := _ITEM.match(whole):
        return Line(number, Sign.ITEM, whole, item["text"].strip())
    return Line(number, Sign.TEXT, whole, whole.strip())


def _lettered_text(found: re.Match[str]) -> str:
    """An option's text with the marks around all of it, its letter's included."""
    before = re.sub(r"^(?:[-+•>]|\*(?=[ \t]))[ \t]*", "", found["before"]).strip()
    text = found["text"].strip()
    if found["between"] and before in {"**", "__"}:  # only the letter is bold
        return text
    return f"{before}{text}"
