"""Options that are called by Cyrillic letters, and answers to them, by the Latin ones instead."""

from __future__ import annotations

import re

# Without IGNORECASE, for which `в` has a third form.
_LATIN = dict(zip("абвгдеАБВГДЕ", "abcdefABCDEF", strict=True))
_OPTION = re.compile(r"[ \t]*+(?:[-+•*][ \t]++)?[(*_]*+([а-еА-Е])[*_]*+[.)][*_]*+[ \t]")
_BESIDE = re.compile(r"(?<![^ \t])([а-еА-Е])(?=\)[ \t])")
_LETTERS = r"\(?[а-еА-Е]\b\)?(?:[ \t]*+(?:[,;+&]|и|та|і)[ \t]*+\(?[а-еА-Е]\b\)?)*"
_ANSWER = re.compile(
    r"[\W_]*+(?i:(?:(?:правильн|верн)\w*+[ \t]++)?(?:ответы?|відповід[ьі]))[*_ \t]*+[:–—-][*_ \t]*+"
    rf"({_LETTERS})"
)
_ENTRIES = re.compile(
    rf"[\s*_]*+(?:\d{{1,4}}+[*_]*+[ \t]*+[-–—.):]?+[*_ \t]*+{_LETTERS}[*_]*+[,;.]?+[*_ \t]*+)+"
)
_ONE = re.compile(r"(?<!\w)[а-еА-Е](?!\w)")
_AND = re.compile(r"(?<=[ \t])(?:и|та|і)(?=[ \t])")


def latin(text: str) -> str:
    """A text with Latin letters in place of the Cyrillic ones of options, if it has such."""
    rows = text.split("\n")
    options = {row: match for row in rows if (match := _OPTION.match(row))}
    if not {"а", "б"} <= {match[1].casefold() for match in options.values()}:
        return text
    return "\n".join(_row(row, options.get(row)) for row in rows)


def _row(row: str, option: re.Match[str] | None) -> str:
    if option:
        begin, end = option.span(1)
        rest = _BESIDE.sub(lambda match: _LATIN[match[1]], row[end:])
        return row[:begin] + _LATIN[option[1]] + rest
    if answer := _ANSWER.match(row):
        return row[: answer.start(1)] + _letters(answer[1]) + row[answer.end() :]
    return _letters(row) if _ENTRIES.fullmatch(row) else row


def _letters(text: str) -> str:
    return _ONE.sub(lambda match: _LATIN[match[0]], _AND.sub(",", text))
