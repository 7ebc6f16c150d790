"""Each line of a Markdown text with what it looks like: a heading, an option, an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mcqdeck.exchange.habits.beside import options_behind, options_beside
from mcqdeck.exchange.habits.line import Line, Sign
from mcqdeck.exchange.habits.neighbors import with_colons, with_hidden_answers, with_pictures
from mcqdeck.exchange.habits.rows import Row, rows
from mcqdeck.markdown import parse

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TASK = re.compile(
    r"\s*(?:[-*+•]|\d{1,3}[.)])?[ \t]*(?:\[[ \t\xa0]*([xX✓✔*]?)[ \t\xa0]*\])(?![(\[:])[ \t]*(.*)$"
)
_ROUND = re.compile(r"\s*(?:[-*+•][ \t]+)?\([ \t]*([xX✓✔*]?)[ \t]*\)[ \t]+(.+)$")
_LETTER = re.compile(
    r"\s*(?P<before>(?:[-+•*][ \t]+|>[ \t]*)?(?:\*\*|__|\*(?=\(?[a-zA-Z]\))|✓ ?|✅ ?)?)"
    r"\(?(?P<letter>[a-zA-Z])(?P<sign>\\?[.)](?:-(?=[ \t]))?|:|[ \t][-–][ \t])(?P<between>\*\*|__)?"
    r"(?:[ \t]+|$)(?P<text>.*)$"
)
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?P<text>\S.*)$")
_FRAME = (
    r"[\s>*_#~`]*+(?:!|\|\||[✅☑✔✓👉💡🔑🎯➡📝]\ufe0f?)?+[\s>*_#~`]*+"
    r"(?:<[a-z]+[^<>]*>)*+[\s*_~]*+"
)
# What people call an answer, and the words around it, in the languages of which files were seen.
ANSWER = (
    r"(?:answers?|ans|options?|choices?|answer[ \t]+key|keys?|solutions?|lösung(?:en)?"
    r"|antwort(?:en)?|respuestas?|r[ée]ponses?|rispost[ae]|respostas?|gabarito|soluç(?:ão|ões)"
    r"|soluci(?:ón|ones)|soluzion[ei]|corrigé|antwoord(?:en)?|ответы?|答案"
    r"|(?:alternativas?|opç(?:ão|ões)|opci(?:ón|ones)|opzion[ei])"
    r"(?=[ \t]+(?:corr?ec?t|corrett|cert)))"
)
_BEFORE = (
    r"(?:correct|right|best|sample|model|suggested|possible|expected|richtige[rn]?|korrekte"
    r"|bonnes?|juiste)"
)
_BEHIND = r"(?:[ \t]+(?:corr?ec?t[aeo]?s?|corrett[aei]|correcte?s|exactes?|cert[ao]s?))"
_ANSWER = re.compile(
    rf"{_FRAME}(?:the[ \t]+)?{_BEFORE}?[ \t]*{ANSWER}{_BEHIND}?"
    r"(?:[ \t]*\(s\))?[*_~]*[ \t]*(?:[:：=]|[ \t](?:is|are|ist)[ \t]*:?"
    r"|\.(?=[ \t]*\(?[A-Za-z]\)?[ \t]*$)|[ \t]*[-–—→](?=[ \t]*\(?(?:[A-Za-z]|\d{1,2})\)?[.*_ \t]*$)"
    r"|[ \t]*(?=\([A-Ha-h]\)[.*_ \t]*$))"
    r"[\s*_~]*+(?P<value>[^\s|].*)$",
    re.IGNORECASE,
)
_CORRECT = re.compile(
    rf"{_FRAME}(?:correct[ae]?|right|richtig|korrekt|corretta)[*_~]*[ \t]*[:：=][\s*_~]*"
    r"(?P<value>\(?[A-Ha-h1-9]\)?(?:[ \t]*(?:,|&|and)[ \t]*[A-Ha-h])*)[.*_~ \t]*$",
    re.IGNORECASE,
)
_FOLDED_ANSWER = re.compile(
    rf"\s*<details[^<>]*>\s*<summary>[^<>]{{0,40}}\b{ANSWER}\b[^<>]{{0,40}}</summary>\s*(?P<value>[^<>\s][^<>]*?)"
    r"\s*</details>\s*$",
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
_CLOSING = re.compile(r"</[a-z]+>$", re.IGNORECASE)
_LONGEST_TAG = 20
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


def lines(text: str) -> list[Line]:
    """All lines of a text; one with several options counts as several, all of its number."""
    read = rows(text)
    verbatim = _verbatim("\n".join(row.text for row in read))
    all_lines = list(with_colons(list(with_pictures(list(_lines(read, verbatim))))))
    all_lines = _with_bare_answers(list(_with_tight_options(all_lines)))
    return list(with_hidden_answers(all_lines)) if "<details" in text else all_lines


def _verbatim(text: str) -> dict[int, Sign]:
    """The rows that are code, or a comment, which shows nothing."""
    signs: dict[int, Sign] = {}
    for leaf in parse(text).root.leaves():
        if leaf.fence or leaf.html_end:
            sign = Sign.BLANK if leaf.html_end == "-->" else Sign.CODE
            signs.update(dict.fromkeys(range(leaf.start, leaf.end), sign))
    return signs


def _lines(read: Sequence[Row], verbatim: Mapping[int, Sign]) -> Iterator[Line]:
    for index, row in enumerate(read):
        sign = verbatim.get(index)
        whole = row.text
        is_comment = whole.strip().startswith("<!--") and whole.strip().endswith("-->")
        if sign is Sign.BLANK or (is_comment and not sign):
            yield Line(row.number, Sign.BLANK, "", "")
        elif sign:
            yield Line(row.number, sign, whole, whole)
        elif row.begins:
            yield Line(row.number, Sign.TEXT, whole, whole.strip(), begins=True)
        else:
            yield from (_line(row.number, part) for part in _parts(whole))


def _parts(whole: str) -> list[str]:
    """What stands beside each other on a line: options, and an answer behind them."""
    parts = options_beside(whole)
    if len(parts) > 1:
        last, answer = _parted_answer(parts[-1])
        parts[-1:] = [last, answer] if answer else [last]
    return parts


def inline_options(line: Line) -> list[Line]:
    """The stem and the options of a line that has both, and an answer that ends it; or the line."""
    stem, *options = options_behind(line.whole)
    if not options:
        return [line]
    last, answer = _parted_answer(options[-1])
    texts = [option.rstrip(" \t;,") for option in (*options[:-1], last)]
    own_lines = [_line(line.number, text) for text in texts]
    if answer:
        own_lines.append(_line(line.number, answer))
    return [replace(line, whole=stem, text=stem.strip()), *own_lines]


def _parted_answer(option: str) -> tuple[str, str]:
    """An option without the answer that stands behind it on its line, and that answer."""
    for match in re.finditer(r"(?<![ \t.;,])[ \t.;,]+[(\[*_]*(?=[A-Za-zäöüéó])", option):
        if _ANSWER.match(option[match.end() :]):
            return option[: match.start()], option[match.end() :].rstrip(")]*_. ")
    if bare := re.search(r"(?<![ \t])[ \t]+[(\[]([A-Ha-h])[)\]][ \t.]*$", option):
        return option[: bare.start()], f"Answer: {bare[1]}"
    return option, ""


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


def _line(number: int, whole: str) -> Line:
    if not whole.strip():
        return Line(number, Sign.BLANK, whole, "")
    if task := _TASK.match(whole):
        is_right = bool(task[1].strip())
        return Line(number, Sign.OPTION, whole, task[2].strip(), is_right=is_right)
    if answer := _ANSWER.match(whole) or _FOLDED_ANSWER.match(whole) or _CORRECT.match(whole):
        return Line(number, Sign.ANSWER, whole, _unframed(answer["value"]))
    if heading := _HEADING.match(whole):
        return _heading(number, whole, heading)
    for pattern, sign in _SIGNS:
        if match := pattern.match(whole):
            return Line(number, sign, whole, (match.groupdict().get("text") or "").strip())
    return _listed(number, whole)


def _unframed(value: str) -> str:
    """An answer without the marks and tags that close what opens before it."""
    end = value.rstrip()
    while end.endswith(">") and (tag := _CLOSING.search(end[-_LONGEST_TAG:])):
        end = end[: len(end) - len(tag[0])].rstrip()
    return end.removesuffix("||").removesuffix("!<").rstrip(" \t\xa0*_~")


def _heading(number: int, whole: str, heading: re.Match[str]) -> Line:
    """A heading, unless it only says that an answer, an explanation or references follow."""
    title = heading[2].strip()
    if _ANSWER_WORDS.fullmatch(title.strip("*_: ")):
        return Line(number, Sign.WRAPPER, whole, title)
    for pattern, sign in _SIGNS[:2]:
        if match := pattern.match(whole):
            return Line(number, sign, whole, match["text"].strip())
    return Line(number, Sign.HEADING, whole, title, level=len(heading[1]))


def _listed(number: int, whole: str) -> Line:
    """A line that may be an option by its letter or its box, or an item of a list."""
    if box := _ROUND.match(whole):
        return Line(number, Sign.OPTION, whole, box[2].strip(), is_right=bool(box[1].strip()))
    if match := _LETTER.match(whole):
        before = match["before"].strip()
        if match["sign"] != ":" or before:
            return Line(
                number, Sign.OPTION, whole, _lettered_text(match), letter=match["letter"].lower()
            )
    if _LINKS.match(whole):
        return Line(number, Sign.REFERENCE, whole, whole.strip())
    if item := _ITEM.match(whole):
        return Line(number, Sign.ITEM, whole, item["text"].strip())
    return Line(number, Sign.TEXT, whole, whole.strip())


def _lettered_text(match: re.Match[str]) -> str:
    """An option's text with the marks around all of it, its letter's included."""
    before = re.sub(r"^(?:[-+•>]|\*(?=[ \t]))[ \t]*", "", match["before"]).strip()
    text = match["text"].strip()
    if match["between"] and before in {"**", "__"}:  # only the letter is bold
        return text
    return f"{before}{text}"
