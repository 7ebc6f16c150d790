"""A bank's `style.css`, which follows the card's own style in Anki, as tokens with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from mcqdeck.model import Place, RenderedBank

_STYLE = "style.css"

_LONG_NUMBER = re.compile(r"[0-9]{1000,}+")
"""A number so long that Python does not read it: 1,000 digits or more."""

_IGNORED_IN_URLS = re.compile(r"[\t\n\r]|\A[\x00-\x20]+")
"""What browsers take out of an address: line ends and tabs, and white space before it."""

_ELSEWHERE = re.compile(r"[/\\]{2}|(?!data:)[A-Za-z][A-Za-z0-9+.-]*:")
"""How an address begins that leads out of the package: `https:`, `//`; not `data:`."""

_TEXT_ELSEWHERE = re.compile(r"[/\\]{2}|(?:https?|ftp|wss?):", re.IGNORECASE)
"""How a text begins that may be used as an address: `https:`, `//`."""


def urls_elsewhere(bank: RenderedBank) -> Iterator[tuple[Place, str]]:
    """The addresses in a bank's style that lead out of Anki's media folder.

    A text counts wherever it stands, but for the name of a namespace: `image-set()` and variables
    make addresses of texts.
    """
    for token, rule in tokens(bank):
        if token.type not in ("url", "string") or rule == "namespace":
            continue
        url = _IGNORED_IN_URLS.sub("", token.value)
        if token.type == "url" or rule == "import":
            is_elsewhere = _ELSEWHERE.match(url)
        else:
            is_elsewhere = _TEXT_ELSEWHERE.match(url)
        if is_elsewhere:
            yield place_of_token(bank, token), url


def tokens(bank: RenderedBank) -> Iterator[tuple[Any, str]]:
    """The tokens of a bank's style in their order, with the name of the at-rule they stand in.

    The content of blocks and the arguments of functions follow them. The statement of an at-rule
    reaches to its semicolon or block.
    """
    if not bank.style:
        return
    # Importing it takes longer than checking a small bank, and few banks have a style.
    from tinycss2 import parse_component_value_list  # noqa: PLC0415

    text = bank.style.replace("\f", " ")  # which ends a line in CSS, but in no editor
    text = _LONG_NUMBER.sub(lambda number: "x" * len(number[0]), text)
    nodes = parse_component_value_list(text, skip_comments=True)
    rule = ""
    stack = [iter(nodes)]
    while stack:
        token = next(stack[-1], None)
        if token is None:
            stack.pop()
            continue
        if token.type == "at-keyword":
            rule = token.lower_value
        elif token.type == "{} block" or (token.type == "literal" and token.value == ";"):
            rule = ""
        yield token, rule
        inner = getattr(token, "content", None) or getattr(token, "arguments", None)
        if inner:
            stack.append(_inside(token, inner))


def _inside(token: Any, inner: Sequence[Any]) -> Iterator[Any]:
    """What stands in a block or a function; the text in `url("…")` is an address."""
    for each in inner:
        if (
            token.type == "function"
            and token.lower_name in ("url", "src")
            and each.type == "string"
        ):
            yield _Url(each)
        else:
            yield each


class _Url:
    """A text that is an address by where it stands."""

    type = "url"

    def __init__(self, token: Any) -> None:
        self.value = token.value
        self.source_line, self.source_column = token.source_line, token.source_column


def place_of_token(bank: RenderedBank, token: Any) -> Place:
    """Where a token stands."""
    path = (PurePosixPath(bank.folder) / _STYLE).as_posix()
    return Place(path, token.source_line, token.source_column)
