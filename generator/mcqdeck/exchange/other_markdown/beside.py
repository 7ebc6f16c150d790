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
    for match in _BESIDE.finditer(whole, first.end() - 1):
        if ord(match["letter"]) == wanted and match["sign"] == first["sign"]:
            is_wide = is_wide and (len(match["gap"]) > 1 or "\t" in match["gap"])
            cuts.append(match.start())
            wanted += 1
    if len(cuts) == 1 or not (is_wide or (len(cuts) > 2 and first["letter"] in "aA")):
        return [whole]
    margin = whole[: len(whole) - len(whole.lstrip())]
    ends = [*cuts[1:], len(whole)]
    return [margin + whole[begin:end].strip() for begin, end in zip(cuts, ends, strict=True)]


def options_behind(whole: str) -> list[str]:
    """The stem and the options of a line that has both, `Which? A) x B) y C) z`; else the line."""
    for match in _BESIDE.finditer(whole):
        if match["letter"] in "aA":
            options = options_beside(whole[match.start() :])
            if len(options) > 1:
                return [whole[: match.start()].rstrip(), *(option.strip() for option in options)]
    return [whole]
