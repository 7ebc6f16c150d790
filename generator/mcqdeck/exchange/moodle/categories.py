"""Moodle's categories: `$course$/top/Sky/Moon`, with `//` for a slash within a name."""

from __future__ import annotations

import re

_ROOTS = re.compile(r"\$\w+\$|top", re.IGNORECASE)


def levels(path: str) -> tuple[str, ...]:
    """The names in a category's path, without those that every Moodle has."""
    names = [name.replace("\0", "/").strip() for name in path.replace("//", "\0").split("/")]
    while names and (not names[0] or _ROOTS.fullmatch(names[0])):
        names.pop(0)
    return tuple(name for name in names if name)


def path(names: tuple[str, ...]) -> str:
    """The path of a category of the course into which it is imported."""
    return "/".join(("$course$", "top", *(name.replace("/", "//") for name in names)))
