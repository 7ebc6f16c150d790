"""The address at which an author's editor opens a place in a file."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from mcqdeck.diagnostic import McqdeckError

EDITORS = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "none": "",
}
"""Editors that are known by name, with what their address looks like."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_REFUSED = frozenset({"javascript", "data", "vbscript", "blob", "about", "http", "https", "ftp"})


def address_of(editor: str) -> str:
    """The template that an author means: a known editor's, or one with `{path}` in it.

    Raises:
        McqdeckError: it is neither.
    """
    if editor in EDITORS:
        return EDITORS[editor]
    scheme = _SCHEME.match(editor)
    if scheme and scheme[1].lower() not in _REFUSED and "{path}" in editor:
        return editor
    known = ", ".join(EDITORS)
    raise McqdeckError(
        f"{editor}: no editor that is known by name ({known}), and no address such as "
        "`myeditor://open?file={path}&line={line}`"
    )


def place_in(template: str, path: str, line: int, column: int) -> str:
    """The address of a place; `path` may be relative to the current folder."""
    whole = quote(Path(path).absolute().as_posix(), safe="/:").removeprefix("/")
    slash = "" if template.partition("{path}")[0].endswith("file/") else "/"
    address = template.replace("{line}", str(line)).replace("{column}", str(column))
    return address.replace("{path}", slash + whole)
