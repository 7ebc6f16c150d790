"""Questions in rows: CSV, TSV and spreadsheets, whose header says what each column is."""

from mcqdeck.exchange.tables.separated import read_csv, recognises_csv, write_csv, write_tsv
from mcqdeck.exchange.tables.workbook import (
    is_workbook,
    read_workbook,
    recognises_workbook,
    write_xlsx,
)

__all__ = [
    "is_workbook",
    "read_csv",
    "read_workbook",
    "recognises_csv",
    "recognises_workbook",
    "write_csv",
    "write_tsv",
    "write_xlsx",
]
