"""Cards of two sides as text: a card a line, its sides parted by a tab, as Quizlet and Anki write.

Anki says in lines that begin with `#` what parts the sides and which column holds what
(https://docs.ankiweb.net/importing/text-files.html). A card is a question if its front lists
options by letters and its back names one; notes of AllInOne have a cell for each option.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import Contents, Item, Kind, LeftOut, Option, Source, Text
from mcqdeck.exchange.markup import OTHERS, Converter, markdown_of_plain
from mcqdeck.exchange.other_markdown import question_in
from mcqdeck.exchange.text import text_of
from mcqdeck.model import Place

_SAYS = re.compile(r"#([a-z ]+):[ \t]*(.*)$", re.IGNORECASE)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
_COLUMN = re.compile(r"[1-9][0-9]{0,3}")  # counted from 1
_COLUMNS = ("tags column", "deck column", "notetype column", "guid column")
_MARKS = re.compile(r"[01](?:[ \xa0]+[01])+")
_MARKER = re.compile(r"\(?(?:\d{1,4}|[A-Za-z])[.)]?\)?")  # `1)`, `a.`: a list with tabs
_HAS_HTML = re.compile(r"<(?:br|div|p|b|i|ul|ol|li|img|span|strong|em)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Card:
    """A card of two sides."""

    line: int
    """The line on which it begins, from 1."""

    front: str

    back: str

    tags: tuple[str, ...] = ()

    cells: tuple[str, ...] = ()
    """All cells of its line, where the file says that it parts them."""

    @property
    def marks(self) -> int | None:
        """Where the cell with a 1 or 0 for each option stands, if it is a note of AllInOne.

        Before it are the stem, a title (in older ones the title stood first), the kind and the
        options, and behind it sources and a remark (https://github.com/zjosua/anki-mc).
        """
        columns = (
            n for n, cell in enumerate(self.cells) if n > 4 and _MARKS.fullmatch(cell.strip())
        )
        return next(columns, None) if self.cells[2:3] in {("0",), ("1",), ("2",)} else None


def recognises(source: Source) -> bool:
    """Whether a text is nothing but cards of two sides, two or more."""
    try:
        text = text_of(source)
        cards = list(_cards(text))
    except (McqdeckError, csv.Error):
        return False
    if len(cards) < 2 or any(_MARKER.fullmatch(card.front.strip()) for card in cards):
        return False
    return all(card.marks or (card.front.strip() and card.back.strip()) for card in cards)


def read(source: Source) -> Contents:
    """The questions among the cards; one without options is a flashcard and is left out.

    Raises:
        McqdeckError: the text is damaged.
    """
    text = text_of(source)
    converter = Converter(OTHERS)
    is_html = _said(text).get("html", "").casefold() == "true" or bool(_HAS_HTML.search(text))
    made: list[Item | LeftOut] = []
    try:
        for card in _cards(text):
            where = Place(source.name, card.line)
            if (marks := card.marks) is not None:
                made.append(_all_in_one(card, marks, where, converter if is_html else None))
                continue
            front, back = (_side(side, converter if is_html else None)
                           for side in (card.front, card.back))  # fmt: skip
            item = question_in(front, back, where)
            made.append(item if isinstance(item, LeftOut) else replace(item, tags=card.tags))
    except csv.Error as error:
        raise McqdeckError(f"{source.name}: not a list of cards: {error}") from error
    return Contents.of(made, losses=converter.losses)


def _all_in_one(
    card: _Card, place: int, where: Place, converter: Converter | None
) -> Item | LeftOut:
    def part(number: int) -> Text:
        cell = card.cells[number] if number < len(card.cells) else ""
        return Text(converter.markdown(cell) if converter else markdown_of_plain(cell))

    marks = [mark == "1" for mark in card.cells[place].split()]
    options = tuple(
        Option(part(number), is_right)
        for number, is_right in zip(range(3, place), marks, strict=False)
        if card.cells[number].strip()
    )
    stem, title = (part(0), part(1).markdown) if card.front.strip() else (part(1), "")
    if len({option.is_correct for option in options}) < 2:
        reason = "each statement is judged by itself, and all are alike"
        return LeftOut(where, Kind.OTHER, words_of(stem), reason)
    if title:
        stem = Text(f"**{title}**\n\n{stem.markdown}" if "\n" not in title else
                    f"{title}\n\n{stem.markdown}")  # fmt: skip
    return Item(
        where,
        stem,
        options,
        explanation=part(place + 2),
        references=part(place + 1),
        tags=card.tags or tuple(" ".join(card.cells[place + 3 :]).split()),
    )


def _side(text: str, converter: Converter | None) -> str:
    """A side as Markdown, whose every line is one."""
    markdown = converter.markdown(text) if converter else markdown_of_plain(text)
    return markdown.replace("\\\n", "\n").replace("<br>", "\n")


def _said(text: str) -> Mapping[str, str]:
    """What the lines at the top say of the file."""
    said: dict[str, str] = {}
    for line in text.split("\n"):
        match = _SAYS.match(line)
        if not match:
            break
        said[match[1].casefold()] = match[2].strip()
    return said


def _cards(text: str) -> Iterator[_Card]:
    said = _said(text)
    if not said:
        yield from _plain(text)
        return
    rest = "\n".join(text.split("\n")[len(said) :])
    separator = said.get("separator", "tab")
    separator = _SEPARATORS.get(separator.casefold(), separator[:1])
    if separator in {"", '"'}:  # a quote cannot part cells that stand in quotes
        separator = "\t"
    others = {
        name: int(said[name]) - 1 for name in _COLUMNS if _COLUMN.fullmatch(said.get(name, ""))
    }
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=separator)
    line = 0
    for cells in reader:
        begin, line = line, reader.line_num
        sides = [cell for number, cell in enumerate(cells) if number not in others.values()]
        if not any(cell.strip() for cell in sides):
            continue
        tags = others.get("tags column", len(cells))
        yield _Card(
            len(said) + begin + 1,
            sides[0],
            sides[1] if len(sides) > 1 else "",
            tuple(cells[tags].split()) if tags < len(cells) else (),
            tuple(sides),
        )


def _plain(text: str) -> Iterator[_Card]:
    """The cards of a file that says nothing of itself; a front may have several lines."""
    front: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() and not front:
            continue
        before, tab, back = line.partition("\t")
        front.append(before)
        if tab:
            yield _Card(number - len(front) + 1, "\n".join(front), back.strip())
            front = []
    if any(part.strip() for part in front):
        yield _Card(text.count("\n") + 1, "\n".join(front), "")
