"""Spreadsheets. Formulas are not executed: what a cell showed when it was saved counts.

They are read with calamine (https://docs.rs/calamine), which knows Excel's forms old and new and
that of OpenDocument, and written with XlsxWriter.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.archive import Archive, is_zip
from mcqdeck.exchange.item import Contents, Item, LeftOut, Source, Written
from mcqdeck.exchange.losses import losses
from mcqdeck.exchange.missing import needed
from mcqdeck.exchange.tables.columns import HOLDS, rows
from mcqdeck.exchange.tables.rows import GUARDED, Reader, Row
from mcqdeck.exchange.tables.separated import NO_HEADER

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_READER = str(Path(__file__).with_name("sheets.py"))
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
    return Contents.of(made, reader.files.attachments, reader.losses)


def _sheets(source: Source) -> Iterator[tuple[str, list[Row]]]:
    """Each sheet: its title and its rows with content."""
    with needed("python-calamine"):
        import python_calamine  # noqa: F401, PLC0415 (seldom needed; used in a process of its own)

    ended = subprocess.run(
        [sys.executable, "-P", _READER], input=source.data, capture_output=True, check=False
    )
    said = [json.loads(line) for line in ended.stdout.splitlines()]
    if said and isinstance(said[-1], dict):
        raise McqdeckError(f"{source.name}: the workbook is damaged ({said[-1]['damaged']})")
    if ended.returncode:
        sheet = f"the sheet `{said[-1]}`" if len(said) % 2 else "it"
        raise McqdeckError(
            f"{source.name}: the workbook cannot be read: {sheet} would need too much memory. "
            "Probably a cell far below or to the right of the questions holds something: delete "
            "the rows and columns that are not needed, or save the sheet as CSV"
        )
    for title, read in zip(said[::2], said[1::2], strict=True):
        yield title, [Row(number, tuple(cells)) for number, cells in read]


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
