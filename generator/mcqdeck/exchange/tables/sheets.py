"""The process in which a workbook is read; it is run as a script, and imports nothing of ours.

Calamine allocates all cells between the first and the last at once, so a workbook of two cells may
ask for more memory than there is, and Rust ends a process that does not get it.

The workbook comes from standard input. To standard output goes a line of JSON for each sheet's
title, and one for its rows: pairs of a number, from 1, and the texts of the cells. If a workbook is
damaged, the last line is an object that says how.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineWorkbook

_MOST_MEMORY = 3 * 1024**3  # bytes; enough for 50 million cells


def main() -> None:
    """Reads the workbook that comes from standard input."""
    _limit_memory()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for title in book.sheet_names:
            _say(title)
            cells = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            _say(list(_rows(cells)))
    except BaseException as error:  # a panic of calamine's is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        _say({"damaged": str(error)})


def _limit_memory() -> None:
    """Sets a bound to the memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 (not on Windows)

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > _MOST_MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, hard))
    except (ImportError, ValueError, OSError):
        pass


def _say(value: object) -> None:
    sys.stdout.buffer.write(json.dumps(value).encode() + b"\n")
    sys.stdout.buffer.flush()


def _rows(cells: list[list[Any]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(cells, start=1):
        texts = list(map(_text, row))
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, texts


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


if __name__ == "__main__":
    main()
