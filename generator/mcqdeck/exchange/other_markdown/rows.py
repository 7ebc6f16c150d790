"""The rows of a text, where lists of HTML, callouts and quizzes become plain Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mcqdeck.exchange.other_markdown.quizzes import QUIZ, without_quizzes
from mcqdeck.exchange.other_markdown.row import FENCE, Row

_LIST = re.compile(r"\s{0,3}<(?:ol|ul)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>ol|ul|li|p|br|b|strong|i|em|code|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_HEADING = re.compile(r"\s{0,3}<h([1-6])\b[^<>]*>(.*?)</h\1>\s*$", re.IGNORECASE)
_INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_CALLOUT = re.compile(r"\s{0,3}>[ \t]*\[!([\w-]+)\][+-]?[ \t]*(.*)$")
_QUESTIONS = frozenset({"question", "quiz", "help", "faq", "mcq"})
_DEEPEST = 8
_ENTRY = re.compile(r"<li\b", re.IGNORECASE)
_ANSWER_TITLE = re.compile(r"(?:the )?(?:correct )?(?:answer|solution)s?:?", re.IGNORECASE)
_ANSWER = re.compile(r"answer\b", re.IGNORECASE)
_QUOTED = re.compile(r"\s{0,3}> ?")


@dataclass(slots=True)
class _Lists:
    """The lists of HTML that are open: for each its kind, and how many items it has had."""

    open: list[tuple[str, int]] = field(default_factory=list)

    def item(self) -> str:
        """What begins the next item."""
        kind, count = self.open[-1]
        self.open[-1] = (kind, count + 1)
        mark = f"{count + 1}." if kind == "ol" else "-"
        return f"{self.margin(len(self.open) - 1)}{mark} "

    def margin(self, depth: int | None = None) -> str:
        """The white space before what belongs to an item."""
        return " " * (3 * min(len(self.open) if depth is None else depth, _DEEPEST))


def rows(text: str) -> list[Row]:
    """The rows of a text."""
    texts = text.split("\n")
    if "[!" in text:
        all_rows = list(_without_callouts(texts))
    else:
        all_rows = [Row(number, row_text) for number, row_text in enumerate(texts, start=1)]
    if any(QUIZ.match(row_text) for row_text in texts):
        all_rows = list(without_quizzes(all_rows))
    return list(_without_html(all_rows)) if _ENTRY.search(text) else all_rows


def _without_callouts(texts: Sequence[str]) -> Iterator[Row]:
    """The rows, of which those of callouts that ask, or that hide an answer, are no quotes."""
    is_inside = begins = False
    answer = ""
    for number, text in enumerate(texts, start=1):
        match = _CALLOUT.match(text)
        kind, title = (match[1].casefold(), match[2].strip()) if match else ("", "")
        is_answer = _ANSWER_TITLE.fullmatch(title) is not None
        if match and (is_answer or _ANSWER.match(title)):
            is_inside, answer = True, "Answer: " if is_answer else ""
            yield Row(number, "" if is_answer else title)
        elif match and kind in _QUESTIONS:
            is_inside, begins = True, not title
            yield Row(number, title, begins=bool(title))
        elif is_inside and _QUOTED.match(text):
            inner = _QUOTED.sub("", text, count=1)
            has_text = bool(inner.strip())
            yield Row(number, answer + inner if has_text else inner, begins=begins and has_text)
            if has_text:
                answer, begins = "", False
        else:
            is_inside, answer = False, ""
            yield Row(number, text)


def _without_html(all_rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, of which lists and headings in HTML are written as Markdown."""
    lists = _Lists()
    fence = ""
    for row in all_rows:
        mark = FENCE.match(row.text)
        if mark and not lists.open:
            fence = "" if fence == mark[1] else fence or mark[1]
        heading = _HEADING.match(row.text)
        if fence:
            yield row
        elif heading:
            yield Row(row.number, f"{'#' * int(heading[1])} {heading[2].strip()}")
        elif lists.open or _LIST.match(row.text):
            yield from (Row(row.number, text) for text in _as_markdown(row.text, lists))
        else:
            yield row


def _as_markdown(text: str, lists: _Lists) -> Iterator[str]:
    """The rows of Markdown for a row of a list in HTML; at least one."""
    row = ""
    is_item = False
    at = 0
    for tag in (*_TAG.finditer(text), None):
        row += (
            text[at : tag.start() if tag else len(text)].strip("\t ")
            if not row
            else (text[at : tag.start() if tag else len(text)])
        )
        if tag is None:
            break
        at = tag.end()
        name = tag["name"].lower()
        if name in _INLINE:
            row += _INLINE[name]
            continue
        if row.strip():
            yield row if is_item else lists.margin() + row
        row, is_item = "", False
        if name in {"ol", "ul"}:
            if not tag["end"]:
                lists.open.append((name, 0))
            elif lists.open:
                lists.open.pop()
        elif name == "li" and not tag["end"] and lists.open:
            row, is_item = lists.item(), True
    if row.strip() or not is_item:
        yield (row if is_item else lists.margin() + row.strip()).rstrip() if row.strip() else ""
