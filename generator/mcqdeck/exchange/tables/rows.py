"""From the rows of a table to questions."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.files import Files
from mcqdeck.exchange.item import NOTHING, Item, Kind, LeftOut, Option, Text
from mcqdeck.exchange.markup import Converter, html_in, image, markdown_of_plain
from mcqdeck.exchange.tables.header import Header, folded, header
from mcqdeck.exchange.tables.keys import Keys, Way
from mcqdeck.exchange.tags import described
from mcqdeck.identity import SLUG
from mcqdeck.model import Place
from mcqdeck.stock_options import are_true_and_false

_ROWS_ABOVE = 20  # titles and instructions above a header
GUARDED = re.compile(r"'(?=['=+\-@\t\r])")
_INSTRUCTION = re.compile(r"\((?:required|optional|default)\b|\bleave blank\b", re.IGNORECASE)
# Columns that say how a game or a test runs, and nothing of a question.
_OF_A_GAME = re.compile(r"\b(?:time|seconds|number|no|nr|points|score|weight|xp|limit)\b")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)\S+|[^\n<>$]*\.[a-z][a-z0-9]{1,4}", re.IGNORECASE)
_UNREAD_HTML = "cells hold HTML, left as it is; `html` in a column `format` has a row's read"
_GUESSED = (
    "answers are numbers, and nothing tells whether they count from 0 or 1; they were counted from "
    "{}: look at some"
)
_COUNT = re.compile(r"(?:\d+(?:\.0)?)?[.)]?")  # of a row, or nothing
_MOST_OPTIONS = 100  # in one cell; what has more is no list of options
_BETWEEN_TAGS = re.compile(r"[,;\s]+")
_BEFORE = re.compile(r"^\(?([A-Za-z])[.):]\)?[ \t]+")  # the letter before an option
_NO = frozenset({"no", "false", "0", "off", "nein"})
# fmt: off
_OTHER_TYPES: Mapping[str, Kind] = {
    "open ended": Kind.ESSAY, "open": Kind.ESSAY, "essay": Kind.ESSAY, "paragraph": Kind.ESSAY,
    "poll": Kind.POLL, "survey": Kind.POLL, "fill in the blank": Kind.FILL_IN,
    "fill in": Kind.FILL_IN, "fill in blank": Kind.FILL_IN, "short answer": Kind.SHORT_ANSWER,
    "shortanswer": Kind.SHORT_ANSWER, "type answer": Kind.SHORT_ANSWER, "numeric": Kind.NUMERIC,
    "numerical": Kind.NUMERIC, "matching": Kind.MATCHING, "match": Kind.MATCHING,
    "reorder": Kind.ORDERING, "jumble": Kind.ORDERING, "multiple select poll": Kind.POLL,
    "slider": Kind.NUMERIC, "drop pin": Kind.HOTSPOT, "pin it": Kind.HOTSPOT,
    "ordering": Kind.ORDERING, "puzzle": Kind.ORDERING,
    "draw": Kind.OTHER, "video response": Kind.OTHER, "audio response": Kind.OTHER,
    "drag and drop": Kind.DRAG_AND_DROP, "hotspot": Kind.HOTSPOT, "slide": Kind.DESCRIPTION,
    "word cloud": Kind.POLL, "brainstorm": Kind.POLL, "cloze": Kind.CLOZE,
}
_TRUE_FALSE_TYPES = frozenset({"true false", "truefalse", "true or false", "tf"})
# fmt: on


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as text, and the line on which it stands, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What the rows of a table hold, and how its header was understood, if it has one."""

    header: Header | None
    made: tuple[Item | LeftOut, ...] = ()


def find_header(rows: Sequence[Row]) -> tuple[int, Header] | None:
    """The row among the first that names the columns, by its index."""
    best: tuple[int, Header] | None = None
    for index, row in enumerate(rows[:_ROWS_ABOVE]):
        columns = header(row.cells)
        if columns.is_enough and (best is None or columns.score > best[1].score):
            best = index, columns
    return best


class Reader:
    """Reads the tables of one file; `of_program` says that no person named their columns."""

    def __init__(self, name: str, others: Mapping[str, bytes], *, of_program: bool = False) -> None:
        self._name = name
        self._of_program = of_program
        self._guessed: set[str] = set()
        self.files = Files(others)
        self._converter = Converter(name=self.files.path)
        self._unused: set[str] = set()
        self._has_html = False

    @property
    def losses(self) -> set[str]:
        """What could not be kept."""
        unused = {f"a column is left out: {name}" for name in self._unused}
        unread = {_UNREAD_HTML} if self._has_html else set()
        return self._converter.losses | self.files.losses | unused | unread | self._guessed

    def table(self, rows: Sequence[Row], category: tuple[str, ...] = ()) -> Table:
        """The questions of a table; those without a chapter of their own get that category."""
        place = find_header(rows)
        if place is None:
            return Table(None)
        index, columns = place
        body = [row for row in rows[index + 1 :] if self._is_question(row, columns)]
        if body and _is_instruction(body[0]):
            body.pop(0)
        if columns.together is not None:
            columns, body = _spread(columns, body)
        self._note_unused(rows[index], columns, body)
        cells = [self._key_cells(row, columns) for row in body]
        keys = Keys(columns, cells, of_program=self._of_program)
        if keys.is_guessed and not columns.are_wrong:
            self._guessed.add(_GUESSED.format(0 if keys.way is Way.NUMBERS_FROM_ZERO else 1))
        return Table(columns, tuple(self._made(row, columns, keys, category) for row in body))

    def _note_unused(self, names: Row, columns: Header, body: Sequence[Row]) -> None:
        """Remembers the columns with content that no part of a question was made of."""
        used = {*columns.columns.values(), *columns.options, *columns.rationales.values()}
        for number, cell in enumerate(names.cells):
            name = " ".join(cell.split())
            is_ours = not name.strip("#") or number in used or _OF_A_GAME.search(folded(cell))
            if not is_ours and any(_cell(row, number) for row in body):
                self._unused.add(name)
        if any(_has_other_text(row, names, used) for row in body if not _is_typed(row, columns)):
            self._unused.add("one without a name")

    def _is_question(self, row: Row, columns: Header) -> bool:
        """Whether a row has any of a question; instructions and the header again have not."""
        numbers = [columns.columns["stem"], *columns.options]
        if columns.together is not None:
            numbers.append(columns.together)
        cells = [_cell(row, number) for number in numbers]
        if not any(cells):
            return False
        names_stem = "stem" in header(cells[:1]).columns
        return not (names_stem and header(row.cells).is_enough)

    def _key_cells(self, row: Row, columns: Header) -> tuple[str, tuple[str, ...]]:
        key = _cell(row, columns.columns["key"])
        return key, tuple(_cell(row, number) for number in columns.options)

    def _made(
        self, row: Row, columns: Header, keys: Keys, category: tuple[str, ...]
    ) -> Item | LeftOut:
        where = Place(self._name, row.line)

        def cell(name: str) -> str:
            return _cell(row, columns.columns[name]) if name in columns.columns else ""

        form = cell("format").casefold()
        stem = self._text(cell("stem"), form)
        kind = _OTHER_TYPES.get(folded(cell("type")))
        if kind:
            return LeftOut(where, kind, words_of(stem), f"the type is {cell('type')}")
        key = cell("key")
        if not key and _is_typed(row, columns):
            return LeftOut(where, Kind.SHORT_ANSWER, words_of(stem), "the answer is typed")
        texts = [_cell(row, number) for number in columns.options]
        rationales = [
            _cell(row, columns.rationales[position]) if position in columns.rationales else ""
            for position in range(len(texts))
        ]
        is_pair = folded(cell("type")) in _TRUE_FALSE_TYPES and not any(texts)
        if is_pair:
            texts, rationales = ["True", "False"], ["", ""]
        if columns.are_wrong:
            texts, marks = _with_key(cell("stem"), key, texts)
            rationales = [""] * len(texts)
        else:
            marks = keys.marks(key, tuple(texts))
            texts = _unlettered(texts)
            marks = marks if any(marks) else keys.marks(key, tuple(texts))
        options = tuple(
            Option(self._text(text, form), is_right, self._text(why, form))
            for text, is_right, why in zip(texts, marks, rationales, strict=True)
            if text
        )
        if not stem and not cell("image"):
            words = words_of(options[0].text) if options else ""
            return LeftOut(where, Kind.DAMAGED, words, "the stem is empty")
        if len(options) < 2:
            kind = Kind.SHORT_ANSWER if key or options else Kind.ESSAY
            return LeftOut(where, kind, words_of(stem), "fewer than two options")
        if key and not any(option.is_correct for option in options):
            reason = f"the answer `{key[:40]}` is none of its options"
            return LeftOut(where, Kind.DAMAGED, words_of(stem), reason)
        is_pair = are_true_and_false([option.text.markdown for option in options])
        return self._item(row, columns, Item(
            where=where,
            stem=self._with_image(stem, cell("image"), form),
            options=options,
            explanation=self._text(cell("explanation"), form),
            references=self._text(cell("references"), form),
            category=_levels(cell("chapter")) or category,
            is_true_false=is_pair,
            keeps_order=is_pair or folded(cell("shuffle")) in _NO,
            has_flashcard=folded(cell("flashcard")) not in _NO,
            retired=cell("retired"),
        ))  # fmt: skip

    def _item(self, row: Row, columns: Header, item: Item) -> Item:
        """The item with its names and what its tags say."""

        def cell(name: str) -> str:
            return _cell(row, columns.columns[name]) if name in columns.columns else ""

        level, difficulty = cell("level"), cell("difficulty").removesuffix(".0")
        tags = _BETWEEN_TAGS.split(cell("tags"))
        fields = described(tags)
        if cell("objective"):
            fields["objective"] = cell("objective")
        if level and not level.isdigit():
            fields["level"] = level
        if difficulty in {*"12345"}:
            fields["difficulty"] = int(difficulty)
        elif name := folded(difficulty):
            fields["difficulty"] = {"easy": 1, "medium": 3, "hard": 5}.get(name)
        slug = cell("id")
        is_id = SLUG.fullmatch(slug) is not None and not slug.replace("-", "").isdigit()
        return replace(item, id=slug if is_id else "", name=cell("name"), **fields)

    def _text(self, text: str, form: str) -> Text:
        if not text:
            return NOTHING
        if form == "markdown":
            return Text(text)
        if form == "html":
            return Text(self._converter.markdown(text))
        self._has_html = self._has_html or (not form and html_in(text) is not None)
        return Text(markdown_of_plain(unescape(text) if form == "entities" else text))

    def _with_image(self, stem: Text, address: str, form: str) -> Text:
        if not address:
            return stem
        if not _ADDRESS.fullmatch(address):  # a formula, a table: what stands there in its place
            return Text(f"{stem.markdown}\n\n{self._text(address, form).markdown}".strip())
        path = self.files.path(address)
        return Text(f"{image(path)}\n\n{stem.markdown}".strip())


def _is_instruction(row: Row) -> bool:
    """Whether a row tells people what to write into each column, as templates do."""
    return sum(_INSTRUCTION.search(cell) is not None for cell in row.cells) > 2


def _has_other_text(row: Row, names: Row, used: Collection[int]) -> bool:
    """Whether a row holds more than a number where no column has a name."""
    return any(
        not _cell(names, number) and number not in used and not _COUNT.fullmatch(_cell(row, number))
        for number in range(len(row.cells))
    )


def _is_typed(row: Row, columns: Header) -> bool:
    """Whether a row of Blooket's says behind its columns that the answer is typed."""
    named = max((*columns.columns.values(), *columns.options))
    return any(cell.strip().casefold() == "typing" for cell in row.cells[named + 1 :])


def _spread(columns: Header, body: Sequence[Row]) -> tuple[Header, list[Row]]:
    """A table whose options stand in one cell as one where each has a cell of its own."""
    assert columns.together is not None
    parts = [parted(_cell(row, columns.together)) for row in body]
    width = max((len(row.cells) for row in body), default=0)
    most = max(map(len, parts), default=0)
    rows = [
        Row(row.line, (*row.cells, *([""] * (width - len(row.cells))), *options))
        for row, options in zip(body, parts, strict=True)
    ]
    return columns.spread(width, most), rows


def parted(cell: str) -> list[str]:
    """The options in a cell: a list of JSON or Python, or parted by lines, `|`, `;` or commas."""
    if cell.startswith("[") and cell.endswith("]"):
        listed = _listed(cell)
        if 0 < len(listed) <= _MOST_OPTIONS:
            return listed
    separator = next((sign for sign in ("\n", "|", ";", ",") if sign in cell), None)
    parts = [part.strip() for part in cell.split(separator)] if separator else [cell.strip()]
    parts = [part for part in parts if part]
    if len(parts) > _MOST_OPTIONS:
        return [cell.strip()]
    return _unlettered(parts)


def _unlettered(parts: list[str]) -> list[str]:
    """The texts of options without the letters A, B, C … before them, if all have theirs."""
    count = max((number for number, part in enumerate(parts, start=1) if part), default=0)
    letters = [_BEFORE.match(part) for part in parts[:count]]
    wanted = [chr(ord("A") + number) for number in range(count)]
    if count < 2 or [letter[1].upper() if letter else "" for letter in letters] != wanted:
        return parts
    return [_BEFORE.sub("", part, count=1) for part in parts]


def _listed(cell: str) -> list[str]:
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        try:
            with warnings.catch_warnings(action="ignore"):
                value = ast.literal_eval(cell)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return []
    is_plain = isinstance(value, list) and all(
        isinstance(entry, str | int | float) for entry in value
    )
    try:
        return [str(entry).strip() for entry in value] if is_plain else []
    except ValueError:  # Python writes no number of more than some thousand digits
        return []


def _cell(row: Row, number: int) -> str:
    """A cell's text, without the sign by which a spreadsheet is kept from executing it."""
    text = row.cells[number].strip() if number < len(row.cells) else ""
    return text[1:] if GUARDED.match(text) else text


def _levels(chapter: str) -> tuple[str, ...]:
    return tuple(level for name in chapter.split("::") if (level := name.strip()))


def _with_key(stem: str, key: str, wrong: Sequence[str]) -> tuple[list[str], tuple[bool, ...]]:
    """The wrong options with the right one among them, always at the same place for a stem."""
    texts = [text for text in wrong if text]
    if not key:
        return texts, (False,) * len(texts)
    if {text.casefold() for text in (*texts, key)} == {"true", "false"} and len(texts) == 1:
        place = 0 if key.casefold() == "true" else 1
    else:
        place = hashlib.sha256(stem.encode("utf-8", "replace")).digest()[0] % (len(texts) + 1)
    texts.insert(place, key)
    return texts, tuple(number == place for number in range(len(texts)))


def numbered(cells: Iterable[Sequence[str]], first: int = 1) -> Iterator[Row]:
    """Rows that stand one on a line."""
    for line, row in enumerate(cells, start=first):
        yield Row(line, tuple(row))
