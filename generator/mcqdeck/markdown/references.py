"""Labels, targets and titles, and the definitions made of them: `[label]: target "title"`.

A label does not begin with `^`, which is a footnote's.
"""

from __future__ import annotations

import re

from mcqdeck.markdown.characters import unescape
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.tree import Definition

LABEL = pattern(r"\[((?:[^\\\[\]]|\\.){1,999}+)\]", re.DOTALL)
TITLE = pattern(r""""((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)""", re.DOTALL)
ANGLED_TARGET = pattern(r"<((?:[^<>\\\n]|\\.)*+)>")
GAP = pattern(r"[ \t]++(?:\n[ \t]*+)?|\n[ \t]*+")
LINE_REST = pattern(r"[ \t]*(?:\n|$)")
TARGET_SIGN = pattern(r"[\\()\x00-\x20\x7f]")
NESTED = 32  # as deep as GitHub lets parentheses in a target nest


def normal(label: str) -> str:
    """The form in which labels are compared: white space and letter case folded."""
    return " ".join(label.split()).casefold()


def target(text: str, at: int) -> tuple[str, int] | None:
    """The link target that begins at `at`, without its `<…>` and escapes, and where it ends."""
    if text.startswith("<", at):
        angled = ANGLED_TARGET.match(text, at)
        return (unescape(angled[1]), angled.end()) if angled else None
    end, depth = at, 0
    while match := TARGET_SIGN.search(text, end):
        end = match.start()
        if match[0] == "\\" and end + 1 < len(text) and text[end + 1] > " ":
            end += 2
            continue
        if match[0] == "(":
            depth += 1
            if depth > NESTED:
                return None
        elif match[0] == ")":
            if depth == 0:
                break
            depth -= 1
        elif match[0] != "\\":
            break
        end += 1
    else:
        end = len(text)
    return unescape(text[at:end]), end


def title(text: str, at: int) -> tuple[str, int] | None:
    """The quoted title that begins at `at`, without its escapes, and where it ends."""
    match = TITLE.match(text, at)
    if not match:
        return None
    return unescape(next(group for group in match.groups() if group is not None)), match.end()


def definition(text: str, at: int) -> tuple[str, Definition, int] | None:
    """The definition that begins at `at`: its label, what it says, and where it ends."""
    label = LABEL.match(text, at)
    if not label or not text.startswith(":", label.end()):
        return None
    if not label[1].strip() or label[1].startswith("^"):
        return None
    begin = past_gap(text, label.end() + 1)
    address = target(text, begin)
    if address is None or address[1] == begin:
        return None
    url, end = address
    named = title(text, past_gap(text, end)) if text[end : end + 1].isspace() else None
    if named and (rest := LINE_REST.match(text, named[1])):
        return normal(label[1]), Definition(url, named[0]), rest.end()
    rest = LINE_REST.match(text, end)
    return (normal(label[1]), Definition(url, ""), rest.end()) if rest else None


def past_gap(text: str, at: int) -> int:
    """Where the white space from `at` on ends, in which one line end may be."""
    match = GAP.match(text, at)
    return match.end() if match else at
