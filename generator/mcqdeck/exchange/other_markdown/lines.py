"""Each line of a Markdown text with what it looks like: a heading, an option, an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mcqdeck.exchange.other_markdown.answer_words import ANSWER, ANSWER_TITLE, BETWEEN
from mcqdeck.exchange.other_markdown.beside import options_behind, options_beside
from mcqdeck.exchange.other_markdown.cyrillic import latin
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.neighbors import (
    with_bare_answers,
    with_colons,
    with_hidden_answers,
    with_pictures,
    with_tight_options,
)
from mcqdeck.exchange.other_markdown.row import Row
from mcqdeck.exchange.other_markdown.rows import rows
from mcqdeck.markdown import parse
from mcqdeck.markdown.blocks.patterns import CLOSING_HASHES

# `## Title ##`; a heading of GitHub may be empty.
_HEADING = re.compile(r" {0,3}(?P<hashes>#{1,6})[ \t]++(?P<title>.*)$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TASK = re.compile(
    r"""\s*+
    (?:(?:[-*+•]|\d{1,3}[.)])[ \t]*+)?
    \[[ \t\xa0]*+(?P<mark>[xX✓✔*]?)[ \t\xa0]*+\]
    (?![(\[:])                                          # of a link
    [ \t]*+(?P<text>.*)$""",
    re.VERBOSE,
)
_ROUND = re.compile(
    r"\s*+(?:[-*+•][ \t]++)?\([ \t]*+(?P<mark>[xX✓✔*]?)[ \t]*+\)[ \t]++(?P<text>.+)$"
    # What an option says may stand below its box.
    r"|\s*+[-*+•][ \t]++\((?:(?P<alone>[xX✓✔*])|[ \t]++)\)[ \t]*$"
)
_LETTER = re.compile(
    r"""\s*+
    (?P<bullet>[-+•*○◯●◦▪■□‣][ \t]++|>[ \t]*+)?
    (?P<mark>\*\*|__|\*(?=\(?[a-zA-Z]\))|[✓✅][ ]?)?
    \(?(?P<letter>[a-zA-Z])
    (?P<sign>\\?[.)](?:-(?=[ \t]))?|:|[．、]|[ \t][-–](?=[ \t]))
    (?P<between>\*\*|__)?
    (?:[ \t]++|(?<=[．、])|$)(?P<text>.*)$""",
    re.VERBOSE,
)
_ITEM = re.compile(r"\s*+(?:[-*+•○◯●◦▪■□‣]|\d{1,3}[.)])[ \t]+(?P<text>\S.*)$")

_FRAME = (
    r"[\s>*_#~`]*+(?:!|\|\||[✅☑✔✓👉💡🔑🎯➡📝]\ufe0f?)?+[\s>*_#~`]*+"
    r"(?:<[a-z][^<>]*+>)*+[\s*_~]*+"
)
"""What may stand before a word such as `Answer`: a quote, marks, a picture, tags."""

_CLOSES = r"[*_~]*+[ \t]*+"
"""What may stand behind it: what ends its marks."""

_ANSWER = re.compile(
    rf"""{_FRAME}
    (?:the[ \t]++)?{ANSWER}
    (?:[ \t]*\(s\))?{_CLOSES}
    (?:
        [:：=]
        | (?<=[ \t])(?:is|are|ist)\b[ \t]*+:?
        | \.(?=[ \t]*+\(?[a-z]\)?[ \t]*$)                       # `Answer. B`
        | [-–—→](?=[ \t]*+\(?(?:[a-z]|\d{{1,2}})\)?[.*_ \t]*$)  # `Answer - B`
        | (?=\([a-h]\)[.*_ \t]*$)                               # `Answer (B)`
    )
    [\s*_~]*+(?P<value>[^\s|].*)$""",
    re.IGNORECASE | re.VERBOSE,
)
# `Correct: B`: so short a word takes nothing but letters or a number behind it.
_CORRECT = re.compile(
    rf"""{_FRAME}
    (?:correct[ae]?|right|richtig|korrekt|corretta){_CLOSES}[:：=][\s*_~]*+
    (?P<value>\(?[a-h1-9]\)?(?:{BETWEEN}[a-h]\b)*)[.*_~ \t]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_FOLDED_ANSWER = re.compile(
    rf"""\s*<details[^<>]*>
    \s*<summary>[^<>]{{0,40}}\b{ANSWER}\b[^<>]{{0,40}}</summary>
    \s*(?P<value>[^<>\s][^<>]*+)</details>\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_TEXT_BEHIND = rf"{_CLOSES}(?:[:：]|\Z){_CLOSES}(?P<text>.*)$"
_EXPLANATION = re.compile(
    rf"{_FRAME}(?:explanation|rationale|feedback|reason(?:ing)?|why|justification|erklärung|explicación"
    r"|justificación|explication|begründung|spiegazione|explicação|justificativa|uitleg|toelichting"
    r"|förklaring|wyjaśnienie|vysvětlení|объяснение|пояснени[ея]|пояснення|açıklama|pembahasan"
    r"|penjelasan|giải[ \t]thích|解析|解説|해설)"
    rf"{_TEXT_BEHIND}",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    rf"{_FRAME}(?:references?|refs?\.?|refrence|sources?|quellen?){_TEXT_BEHIND}", re.IGNORECASE
)
_LINK = r"\[[^\]\n]+\]\(<?https?://[^\s)]*(?:[ \t]+\"[^\"]*\")?\)"
# A line that is nothing but links.
_LINKS = re.compile(
    rf"\s*+(?:[-*+][ \t]++)?(?:\d++\.[ \t]++)?!?(?:{_LINK}|<?https?://\S++)[.,;]?"
    rf"(?:[ \t]*+(?:(?:and|,|;|\|)[ \t]*+)?{_LINK}\.?)*+\s*$"
)
_CLOSING = re.compile(r"</[a-z]+>$", re.IGNORECASE)
_LONGEST_TAG = 20
# Tags of what frames an answer, and the words of a summary among them.
_WRAPPER = re.compile(
    r"""\s*+(?:</?(?:details|summary|p|div|b|strong|i|br)\b[^<>]*+>\s*+)++
    (?:
        (?:<[a-z]+>)*+[^<>\n]{0,60}+(?:</(?!summary)[a-z]+>)*+\s*+</summary>\s*+
        (?:</?(?:p|div|br)\b[^<>]*+>\s*+)*+
    )?$""",
    re.IGNORECASE | re.VERBOSE,
)
# A line that only leads back to the top of the page.
_TO_TOP = re.compile(
    r"[\s*_>-]*+\[(?=[^\]\n]*(?:back to (?:the )?top|⬆))[^\]\n]*+\]\(#[^)\s]*+\)[\W_]*+$",
    re.IGNORECASE,
)
# What parts an option from an answer that stands behind it on its line.
_GAP = re.compile(r"(?<![ \t.;,])[ \t.;,]+[(\[*_]*(?=[^\W\d_])")
_LETTER_BEHIND = re.compile(r"(?<![ \t])[ \t]+[(\[](?P<letter>[A-Ha-h])[)\]][ \t.]*$")
# In this order: a later one takes what an earlier one made of the lines.
_BY_NEIGHBORS: tuple[Callable[[Sequence[Line]], Iterable[Line]], ...] = (
    with_pictures,
    with_colons,
    with_tight_options,
    with_bare_answers,
    with_hidden_answers,
)


def lines(text: str) -> list[Line]:
    """All lines of a text; one with several options counts as several, all of its number."""
    read = rows(latin(text))
    verbatim = _verbatim("\n".join(row.text for row in read))
    all_lines = list(_lines(read, verbatim))
    for seen in _BY_NEIGHBORS:
        all_lines = list(seen(all_lines))
    return all_lines


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
    for match in _GAP.finditer(option):
        if _ANSWER.match(option, match.end()):
            return option[: match.start()], option[match.end() :].rstrip(")]*_. ")
    if bare := _LETTER_BEHIND.search(option):
        return option[: bare.start()], f"Answer: {bare['letter']}"
    return option, ""


def _line(number: int, whole: str) -> Line:
    if not whole.strip():
        return Line(number, Sign.BLANK, whole, "")
    if task := _TASK.match(whole):
        return Line(number, Sign.OPTION, whole, task["text"].strip(), is_right=bool(task["mark"]))
    if answer := _ANSWER.match(whole) or _FOLDED_ANSWER.match(whole) or _CORRECT.match(whole):
        return Line(number, Sign.ANSWER, whole, _unframed(answer["value"]))
    if heading := _HEADING.match(whole):
        return _heading(number, whole, heading)
    if told := _told(number, whole):
        return told
    for pattern, sign in (
        (_RULE, Sign.RULE),
        (_WRAPPER, Sign.WRAPPER),
        (_TO_TOP, Sign.WRAPPER),
    ):
        if pattern.match(whole):
            return Line(number, sign, whole, "")
    return _listed(number, whole)


def _told(number: int, whole: str) -> Line | None:
    """A line that says by its first word that it explains or tells sources."""
    for pattern, sign in ((_EXPLANATION, Sign.EXPLANATION), (_REFERENCE, Sign.REFERENCE)):
        if match := pattern.match(whole):
            return Line(number, sign, whole, match["text"].strip())
    return None


def _unframed(value: str) -> str:
    """An answer without the marks and tags that close what opens before it."""
    end = value.rstrip()
    while end.endswith(">") and (tag := _CLOSING.search(end[-_LONGEST_TAG:])):
        end = end[: len(end) - len(tag[0])].rstrip()
    return end.removesuffix("||").removesuffix("!<").rstrip(" \t\xa0*_~")


def _heading(number: int, whole: str, heading: re.Match[str]) -> Line:
    """A heading, unless it only says that an answer, an explanation or references follow."""
    title = CLOSING_HASHES.sub("", heading["title"]).strip()
    if ANSWER_TITLE.fullmatch(title):
        return Line(number, Sign.WRAPPER, whole, title)
    level = len(heading["hashes"])
    return _told(number, whole) or Line(number, Sign.HEADING, whole, title, level=level)


def _listed(number: int, whole: str) -> Line:
    """A line that may be an option by its letter or its box, or an item of a list."""
    if box := _ROUND.match(whole):
        is_right = bool(box["mark"] or box["alone"])
        return Line(number, Sign.OPTION, whole, (box["text"] or "").strip(), is_right=is_right)
    match = _LETTER.match(whole)
    if match and (match["sign"] != ":" or match["bullet"] or match["mark"]):
        letter = match["letter"].lower()
        return Line(number, Sign.OPTION, whole, _lettered_text(match), letter=letter)
    if _LINKS.match(whole):
        return Line(number, Sign.REFERENCE, whole, whole.strip())
    if item := _ITEM.match(whole):
        return Line(number, Sign.ITEM, whole, item["text"].strip())
    return Line(number, Sign.TEXT, whole, whole.strip())


def _lettered_text(match: re.Match[str]) -> str:
    """An option's text with the marks around all of it, its letter's included."""
    mark, text = (match["mark"] or "").strip(), match["text"].strip()
    return text if match["between"] and mark in {"**", "__"} else f"{mark}{text}"
