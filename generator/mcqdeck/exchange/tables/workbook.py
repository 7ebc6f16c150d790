"""Spreadsheets. Formulas are not executed: what a cell showed when it was saved counts.

They are read with calamine (https://docs.rs/calamine), which knows Excel's forms old and new and
that of OpenDocument, and written with XlsxWriter.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.archive import Archive, is_zip
from mcqdeck.exchange.item import Attachment, Contents, Item, LeftOut, Source, Written
from mcqdeck.exchange.losses import losses
from mcqdeck.exchange.missing import needed
from mcqdeck.exchange.tables.columns import HOLDS, rows
from mcqdeck.exchange.tables.rows import GUARDED, Reader, Row, split
from mcqdeck.exchange.tables.separated import NO_HEADER

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_CELL = 32_767  # characters; Excel's limit


def is_workbook(data: bytes) -> bool:
    """Whether bytes begin as those of a workbook may."""
    return is_zip(data) or data.startswith(_OLD_EXCEL)


def recognises_workbook(source: Source) -> bool:
    """Whether a file is a workbook of Excel or of OpenDocument."""
    if source.data.startswith(_OLD_EXCEL):
        return True
    if not is_zip(source.data):
        return False
    archive = Archive(source.name, source.data)
    if not _PARTS.isdisjoint(archive.names):
        return True
    return "mimetype" in archive.names and archive.read("mimetype").startswith(_OPEN_DOCUMENT)


def read_workbook(source: Source) -> Contents:
    """The questions of all sheets that have a header; a sheet's name is its chapter.

    Raises:
        McqdeckError: it is no workbook, is damaged, or no sheet names its columns.
    """
    if is_zip(source.data):
        Archive(source.name, source.data).check()
    reader = Reader(source.name, source.others)
    made: list[Item | LeftOut] = []
    has_header = False
    for title, sheet in _sheets(source):
        table = reader.table(sheet, (title,))
        has_header = has_header or table.header is not None
        made += table.made
    if not has_header:
        raise McqdeckError(f"{source.name}: {NO_HEADER}")
    items, left_out = split(made)
    files = tuple(Attachment(path, data) for path, data in reader.files.named.items())
    return Contents(items, left_out, files, remarks=tuple(sorted(reader.losses)))


def _sheets(source: Source) -> Iterator[tuple[str, list[Row]]]:
    """Each sheet with content: its title and its rows."""
    with needed("python-calamine"):
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 (seldom needed)

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        sheets = [
            (title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in book.sheet_names
        ]
    except BaseException as error:  # a panic of calamine's is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise McqdeckError(f"{source.name}: the workbook is damaged ({error})") from error
    for title, cells in sheets:
        yield title, list(_rows(cells))


def _rows(cells: list[list[Any]]) -> Iterator[Row]:
    for number, row in enumerate(cells, start=1):
        texts = tuple(map(_text, row))
        if any(texts):
            yield Row(number, texts)


def _text(value: Any) -> str:
    """A cell as people see it: `2` for 2.0."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value)


def write_xlsx(contents: Contents) -> Written:
    """The questions as a workbook of one sheet, all cells of which are text."""
    with needed("XlsxWriter"):
        from xlsxwriter import Workbook  # noqa: PLC0415 (seldom needed)

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                             "strings_to_numbers": False, "strings_to_urls": False})  # fmt: skip
    book.set_properties({"created": datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)})
    sheet = book.add_worksheet("Questions")
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    cut = 0
    for number, row in enumerate(rows(contents)):
        for column, text in enumerate(row):
            shown = _NOT_IN_CELLS.sub("", f"'{text}" if GUARDED.match(text) else text)
            cut += len(shown) > _LONGEST_CELL
            if shown:
                sheet.write_string(number, column, shown[:_LONGEST_CELL], None if number else bold)
    book.close()
    said = losses(contents, HOLDS)
    if cut:
        said = (*said, f"texts longer than {_LONGEST_CELL:,} characters are cut ({cut} cells)")
    return Written(buffer.getvalue(), said)
