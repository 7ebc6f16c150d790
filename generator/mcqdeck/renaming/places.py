"""Where a question's id stands: in its heading, its comment, and in links to it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath

from mcqdeck.diagnostic import Edit
from mcqdeck.identity import SLUG
from mcqdeck.markdown import parse
from mcqdeck.markdown.blocks.line import TAB
from mcqdeck.markdown.blocks.patterns import UNDERLINE
from mcqdeck.model import Place, Question

_QUOTES = "\"'"
_KEY_BEFORE_VALUE = re.compile(r"[A-Za-z_-]+[ \t]*:[ \t]*[\"']?$")


def own_edits(question: Question, old: str, new: str, lines: Sequence[str]) -> Iterator[Edit]:
    """The edits that give a question another id; `lines` are those of its chapter."""
    places = {question.id_where, *(where for key, where in question.values if key == "id")}
    if question.id_is_derived:
        yield _comment_with(question, new, lines)
        return
    for place in sorted(places):
        line = lines[place.line - 1]
        at = place.column - 1
        at += line[at : at + 1] in tuple(_QUOTES)
        if line.startswith(old, at):
            yield _edit(place, at, old, new)


def _comment_with(question: Question, new: str, lines: Sequence[str]) -> Edit:
    """The edit that writes an id down where none is: into the comment, or below the heading."""
    if question.values:
        # The first key of the comment stands before its value, on the same line.
        first = min(where for _, where in question.values)
        line = lines[first.line - 1]
        key = _KEY_BEFORE_VALUE.search(line[: first.column - 1])
        if key:
            start = Place(first.path, first.line, key.start() + 1)
            is_alone = not line[: key.start()].strip()
            joint = "\n" + line[: key.start()] if is_alone else ", "
            return Edit(start, start, f"id: {new}{joint}")
    where = question.where
    row = where.line
    while row < len(lines) and _is_underline(lines[row]):
        row += 1
    end = Place(where.path, row, len(lines[row - 1]) + 1)
    return Edit(end, end, f"\n<!-- id: {new} -->")


def _is_underline(line: str) -> bool:
    indent = len(line) - len(line.lstrip(" "))
    return indent < TAB and UNDERLINE.match(line, indent) is not None


def link_edits(path: str, lines: Sequence[str], chapter: str, old: str, new: str) -> Iterator[Edit]:
    """The edits of the links in a file that lead to the heading `old` of a chapter."""
    pattern = _target(old)
    code = _code_rows(lines)
    for row, line in enumerate(lines):
        if f"#{old}" not in line or row in code:
            continue
        for match in pattern.finditer(line):
            if _leads_to(match["path"], path, chapter):
                yield _edit(Place(path, row + 1, 1), match.end() - len(old), old, new)


def mentions(path: str, lines: Sequence[str], old: str) -> Iterator[Place]:
    """Where else a file names the id: as code, in a link, or anywhere if no word is like it."""
    pattern = _mention(old)
    for row, line in enumerate(lines):
        for match in pattern.finditer(line):
            yield Place(path, row + 1, match.start() + 1)


@cache
def _mention(old: str) -> re.Pattern[str]:
    """The id where it stands for itself: in quotes or behind `#`, if it may be a mere word."""
    word = rf"(?<![\w-]){re.escape(old)}(?![\w-])"
    return re.compile(word if "-" in old else rf"(?<=[`\"']){word}(?=[`\"'])|(?<=#){word}")


@cache
def _target(old: str) -> re.Pattern[str]:
    """The target of a link, in brackets or of a definition, or a bare address."""
    return re.compile(rf"(?:(?<=[(<\s\"'])|^)(?P<path>[^\s()<>\"'#]*)#{re.escape(old)}(?![\w-])")


def _leads_to(target: str, path: str, chapter: str) -> bool:
    """Whether a target in the file `path` leads to a chapter."""
    if not target:
        return path == chapter
    if "://" in target:
        home = PurePosixPath(chapter)
        return target.endswith(f"/{home.parent.name}/{home.name}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) == chapter


def _code_rows(lines: Sequence[str]) -> frozenset[int]:
    return frozenset(
        row
        for leaf in parse(list(lines)).root.leaves()
        if leaf.tag == "code"
        for row in range(leaf.start, leaf.end)
    )


def is_in_heading(question: Question) -> bool:
    """Whether the heading of a question is its id, so that links lead to it."""
    return question.id_where.line == question.where.line and bool(SLUG.fullmatch(question.id))


def _edit(place: Place, at: int, old: str, new: str) -> Edit:
    start = place._replace(column=at + 1)
    return Edit(start, start._replace(column=at + 1 + len(old)), new)
