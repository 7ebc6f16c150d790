"""From an SQLite database to rows: of tables only, and in bounded time.

A database is a program as well: a view of the name `notes` may count forever, and damaged pages
may lead to each other. Nothing is read but plain columns of real tables.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from mcqdeck.markdown.pattern import pattern

_STEPS_PER_BYTE = 5
"""Instructions of SQLite per byte of the database; to read what we write takes 0.02."""

_MOST_TIMES = 2
"""How much larger than the database its rows may be: numbers are stored shorter than written."""

_LEAST_STEPS = 1_000_000
_ROWS_AT_ONCE = 1_000
_PLAIN_TABLE = pattern(r"create\s+table\s+[\"'`\[]?(\w+)[\"'`\]]?\s*\(", re.IGNORECASE)


class DatabaseError(ValueError):
    """The bytes are no database of plain tables, or take too long to read."""


class Database:
    """The tables of a database."""

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._connection = connection
        self._size = size

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """The given columns of a table, as they are stored: some rows at a time, in no order."""
        self._demand_table(table, columns)
        sizes = " + ".join(f"total(length(CAST({column} AS BLOB)))" for column in columns)
        [(size,)] = self._connection.execute(f"SELECT {sizes} FROM {table} NOT INDEXED")
        if size > _MOST_TIMES * self._size:
            raise DatabaseError("its rows hold more than the whole database")
        query = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED"
        cursor = self._connection.execute(query)
        while some := cursor.fetchmany(_ROWS_AT_ONCE):
            yield some

    def _demand_table(self, table: str, columns: Sequence[str]) -> None:
        """Makes sure that a name is that of a real table with these columns, not of a program."""
        schema = "SELECT rootpage, sql FROM sqlite_schema WHERE lower(name) = ?"
        tables = self._connection.execute(schema, [table]).fetchmany(2)
        if len(tables) != 1:
            raise DatabaseError(f"it has no table {table!r}")
        root, sql = tables[0]
        match = _PLAIN_TABLE.match(sql) if isinstance(sql, str) else None
        if not root or match is None or match[1].casefold() != table:
            raise DatabaseError(f"{table!r} is no plain table")
        stored = {
            name
            for _, name, *_, hidden in self._connection.execute(f"PRAGMA table_xinfo({table})")
            if not hidden
        }
        if not stored.issuperset(columns):
            raise DatabaseError(f"{table!r} has other columns")


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """The database in a private temporary file.

    Raises:
        DatabaseError: it is none, or takes too long to read.
        OSError: the file cannot be read.
    """
    size = path.stat().st_size
    try:
        # Immutable: SQLite looks for no other file beside it.
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.set_progress_handler(lambda: 1, _LEAST_STEPS + _STEPS_PER_BYTE * size)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(size, 1))
            for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
                connection.execute(f"PRAGMA {setting}")
            yield Database(connection, size)
    except (sqlite3.Error, sqlite3.Warning, MemoryError) as error:
        raise DatabaseError(str(error) or type(error).__name__) from error
