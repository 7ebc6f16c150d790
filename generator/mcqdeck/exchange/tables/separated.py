"""Tables as text: CSV and TSV, with whatever separator, quotes and encoding they were saved."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.item import Contents, Source, Written
from mcqdeck.exchange.losses import losses
from mcqdeck.exchange.tables.columns import HOLDS, rows
from mcqdeck.exchange.tables.rows import Reader, Row, find_header
from mcqdeck.exchange.text import text_of

_SEPARATORS = ",;\t|"
_SAID = re.compile(r'"?sep=(.)"?\s*\n', re.IGNORECASE)
_SAMPLE = 60_000
# What a spreadsheet would execute (https://owasp.org/www-community/attacks/CSV_Injection).
_EXECUTED = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_OF_MARKDOWN = re.compile(
    r"^[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.M
)
_MARK = "\ufeff"  # without it Excel does not read UTF-8


def recognises_csv(source: Source) -> bool:
    """Whether one of the first rows names a stem, options and a key.

    A table of Markdown is left to the reader of that, for there may be more around it.
    """
    try:
        text = text_of(source)
        separator = _separator(text)
    except (McqdeckError, csv.Error):
        return False
    is_of_markdown = separator == "|" and _OF_MARKDOWN.search(_beginning(text))
    return separator is not None and not is_of_markdown


def read_csv(source: Source) -> Contents:
    """The questions of a table in text.

    Raises:
        McqdeckError: no row names the columns, or a cell has no end.
    """
    text = text_of(source)
    try:
        separator = _separator(text)
        if separator is None:
            raise McqdeckError(f"{source.name}: {NO_HEADER}")
        all_rows = _with_whole_ends(list(_rows(text, separator)), separator)
    except csv.Error as error:
        raise McqdeckError(f"{source.name}: not a table: {error}") from error
    reader = Reader(source.name, source.others)
    made = reader.table(all_rows).made
    return Contents.of(made, reader.files.attachments, reader.losses)


NO_HEADER = (
    "no row names the columns: one must have `stem` (or `question`), `option a`, `option b` … and "
    "`answer`"
)


def _separator(text: str) -> str | None:
    """The separator with which the header tells most."""
    if said := _SAID.match(text):
        return said[1]
    best, most = None, 0
    for separator in _SEPARATORS:
        try:
            place = find_header(list(_rows(_beginning(text), separator)))
        except csv.Error:
            continue
        if place and place[1].score > most:
            best, most = separator, place[1].score
    return best


def _beginning(text: str) -> str:
    """Enough of a text for its header, whole lines."""
    if len(text) <= _SAMPLE:
        return text
    return text[: text.rfind("\n", 0, _SAMPLE) + 1] or text[:_SAMPLE]


def _rows(text: str, separator: str) -> Iterator[Row]:
    """The rows with the lines on which they begin."""
    begin = 1
    if said := _SAID.match(text):
        text, begin = text[said.end() :], 2
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 0
    for cells in reader:
        yield Row(begin + line, tuple(cells))
        line = reader.line_num


def _with_whole_ends(rows: Sequence[Row], separator: str) -> Sequence[Row]:
    """The rows, whose last cell, if it is an explanation, may hold separators without quotes.

    What stands behind an empty cell is a column of its own.
    """
    header = find_header(rows)
    if header is None:
        return rows
    index, columns = header
    width = _width(rows[index])
    if width - 1 not in {columns.columns.get("explanation"), columns.columns.get("references")}:
        return rows
    whole = []
    for row in rows:
        cells = row.cells[: _width(row)]
        last = cells[width - 1 :]
        is_cut = len(last) > 1 and all(cell.strip() for cell in last)
        joined = (*cells[: width - 1], separator.join(last))
        whole.append(Row(row.line, joined) if is_cut else row)
    return whole


def _width(row: Row) -> int:
    """How many cells a row has up to the last with content."""
    return max((n + 1 for n, cell in enumerate(row.cells) if cell.strip()), default=0)


def write_csv(contents: Contents) -> Written:
    """The questions as CSV that Excel and others read as it is."""
    return _written(contents, ",")


def write_tsv(contents: Contents) -> Written:
    """The questions as a table with tabs."""
    return _written(contents, "\t")


def _written(contents: Contents, separator: str) -> Written:
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=separator, lineterminator="\r\n")
    writer.writerows(guarded(row) for row in rows(contents))
    return Written((_MARK + output.getvalue()).encode(), losses(contents, HOLDS))


def guarded(row: Sequence[str]) -> list[str]:
    """A row in which a spreadsheet finds nothing to execute: an apostrophe makes it text."""
    return [f"'{cell}" if _EXECUTED.match(cell) else cell for cell in row]
