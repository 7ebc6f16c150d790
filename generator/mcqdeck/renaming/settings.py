"""`deck.toml` with other entries in `[history]`, all else as it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.read.keys import keys_of
from mcqdeck.read.lines import LINE_END, decode, split

_TABLE = "history.renamed."
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def with_history(path: str, data: bytes, changes: Mapping[str, str | None]) -> bytes:
    """The file with these entries of `renamed` set, or taken out where the value is none.

    Raises:
        McqdeckError: it is no TOML, or `history` is no table.
    """
    text = decode(data).text
    end = LINE_END.search(text)
    if text and not text.endswith(("\n", "\r")):
        text += "\n"
    try:
        settings = tomlkit.parse(text)
        renamed = _renamed(settings)
        is_table = isinstance(renamed, Table) and bool(renamed)
        for new, old in changes.items():
            if old is None:
                del renamed[new]
            else:
                renamed[new] = old
        if not renamed:
            del settings["history"]["renamed"]
        if not settings["history"]:
            del settings["history"]
        written = tomlkit.dumps(settings)
        if is_table:
            written = _below_the_last(path, text, changes, written)
    except (TOMLKitError, TypeError, AttributeError, KeyError) as error:
        raise McqdeckError(
            f"{path}: [history] cannot be changed; run `mcqdeck check`, or write it by hand"
        ) from error
    mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK) else b""
    if end and end[0] != "\n":
        written = written.replace("\r\n", "\n").replace("\n", end[0])
    return mark + written.encode()


def _below_the_last(path: str, text: str, changes: Mapping[str, str | None], written: str) -> str:
    """The text with new entries below the last one, above the remarks on the next table.

    `written` is the text with them elsewhere, which stands where the entries are not in lines.
    """
    lines = text.splitlines(keepends=True)
    places = keys_of(path, text).places
    rows = [place.line for name, place in places.items() if name.startswith(_TABLE)]
    added = [f'{new} = "{old}"\n' for new, old in changes.items() if old is not None]
    if not (rows and added) or len(lines) != len(split(text)) - text.endswith(("\n", "\r")):
        return written
    last = lines[max(rows) - 1]
    if not last.endswith(("\n", "\r")):
        return written
    indent = last[: len(last) - len(last.lstrip())]
    lines[max(rows) : max(rows)] = [indent + line for line in added]
    better = "".join(lines)
    try:
        return better if tomllib.loads(better) == tomllib.loads(written) else written
    except tomllib.TOMLDecodeError:
        return written


def _renamed(settings: Any) -> Any:
    """The table `history.renamed`, which is made where there is none."""
    if "history" not in settings:
        settings["history"] = tomlkit.table(is_super_table=True)
    table = settings["history"]
    if "renamed" not in table:
        is_inline = any(not isinstance(value, Table) for value in table.values())
        table["renamed"] = tomlkit.inline_table() if is_inline else tomlkit.table()
    return table["renamed"]
