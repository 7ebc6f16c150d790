"""Options that stand beside each other on one line, or behind the stem."""

from __future__ import annotations

import re

# `a) one   b) two`: options that share a line.
_BESIDE = re.compile(
    r"(?<![ \t\xa0])(?P<gap>[ \t\xa0]+)\(?(?P<letter>[a-zA-Z])(?P<sign>[.)])(?=[ \t\xa0]+\S)"
)
_FIRST = re.compile(r"[ \t]*\(?(?P<letter>[a-zA-Z])(?P<sign>[.)])[ \t\xa0]+\S")


def options_beside(whole: str) -> list[str]:
    """The parts of a line that has several options beside each other, or the line as it is.

    White space of two columns or a tab parts them, or a single space if there are three of them:
    `A. See vitamin B. It is …` is one.
    """
    first = _FIRST.match(whole)
    if not first:
        return [whole]
    wanted, cuts, is_wide = ord(first["letter"]) + 1, [0], True
    for found in _BESIDE.finditer(whole, first.end() - 1):
        if ord(found["letter"]) == wanted and found["sign"] == first["sign"]:
            is_wide = is_wide and (len(found["gap"]) > 1 or "\t" in found["gap"])
            cuts.append(found.start())
            wanted += 1
    if len(cuts) == 1 or not (is_wide or (len(cuts) > 2 and first["letter"] in "aA")):
        return [whole]
    margin = whole[: len(whole) - len(whole.lstrip())]
    ends = [*cuts[1:], len(whole)]
    return [margin + whole[begin:end].strip() for begin, end in zip(cuts, ends, strict=True)]


def options_behind(whole: str) -> list[str]:
    """The stem and the options of a line that has both, `Which? A) x B) y C) z`; else the line."""
    for found in _BESIDE.finditer(whole):
        if found["letter"] in "aA":
            options = options_beside(whole[found.start() :])
            if len(options) > 1:
                return [whole[: found.start()].rstrip(), *(each.strip() for each in options)]
    return [whole]
