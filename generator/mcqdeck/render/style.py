"""From a bank's `style.css` to the style of its cards: files named for Anki, and what is wrong.

tinycss2 (https://doc.courtbouillon.org/tinycss2/) reads it as browsers do, by CSS Syntax Level 3.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from mcqdeck.diagnostic import Collector, Diagnostic
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Place
from mcqdeck.render import field_mistakes
from mcqdeck.render.media import SHEETS, STYLED, MediaTarget, Shelf, Trouble

STYLE = "style.css"
_DEEPEST = 64
_MOST_PROBLEMS = 50  # in one sheet
_LONG_NUMBER = pattern(r"[0-9]{1000,}+")  # Python reads no integer of more than 4,300 digits
_IGNORED_AROUND = "".join(map(chr, range(0x21)))
_IGNORED_WITHIN = str.maketrans("", "", "\t\n\r")
_LEADS_ELSEWHERE = pattern(r"[/\\]{2}|(?!data:)[A-Za-z][A-Za-z0-9+.-]*:", re.IGNORECASE)
_WEB_ADDRESS = pattern(r"[/\\]{2}|(?:https?|ftp|wss?):", re.IGNORECASE)
_TAKES_ADDRESS = ("url", "src")
_TAKING = (*_TAKES_ADDRESS, "image-set", "-webkit-image-set")
_STRAY = {
    "bad-string": "a text in quotes that does not end on its line",
    "bad-url": "an address with quotes, brackets or spaces in it",
    "eof-in-url": "an address that is not closed",
    **{sign: f"a `{sign}` that closes nothing" for sign in "})]"},
}
_OPEN = {"{} block": "{", "[] block": "[", "() block": "(", "function": "("}

Around = tuple[Any, ...]
"""The blocks and functions that a node stands in, the outermost first."""


@dataclass(frozen=True, slots=True)
class RenderedStyle:
    """A bank's style as its cards have it, in which each file has its name in the package.

    `targets` are what it names, `named` the paths in the bank of those files, be it by a mistaken
    path, and of the sheets that are part of it.
    """

    text: str
    targets: tuple[MediaTarget, ...]
    named: frozenset[str]


def render_style(
    folder: str, style: str, sheets: Mapping[str, str], shelf: Shelf
) -> tuple[RenderedStyle, tuple[Diagnostic, ...]]:
    """The style of the bank in `folder`, and what is wrong with it.

    The sheets that it imports, of those in `sheets` by path, are part of it. A style that names no
    file stays as it is, letter by letter, and so does one with a mistake in its form.

    Raises:
        McqdeckError: a file that it names cannot be read.
    """
    collector = Collector(field_mistakes.MISTAKES)
    reader = _Sheets(folder, sheets, shelf, collector)
    text = reader.text(STYLE, style, ()) if style else ""
    rendered = RenderedStyle(text, tuple(reader.targets), frozenset({STYLE, *reader.named}))
    return rendered, tuple(collector.diagnostics)


class _Sheets:
    """The style of a bank, and the sheets that it imports."""

    def __init__(
        self, folder: str, sheets: Mapping[str, str], shelf: Shelf, collector: Collector
    ) -> None:
        self.home = PurePosixPath(folder)
        self.texts = sheets
        self.shelf = shelf
        self.report = collector.report
        self.targets: list[MediaTarget] = []
        self.named: set[str] = set()

    def text(self, name: str, source: str, above: tuple[str, ...]) -> str:
        """The text of the sheet `name`; `above` are those by which it is imported."""
        from tinycss2 import parse_component_value_list, serialize  # noqa: PLC0415  # takes long

        if long := _LONG_NUMBER.search(source):
            lines = source[: long.start()].split("\n")
            where = Place(self.path(name), len(lines), len(lines[-1]) + 1)
            self.report(field_mistakes.bad_css, where, "a number of too many digits")
            return source
        end = "the-end"
        while end in source:
            end += "-"
        text = source.replace("\f", " ")  # which ends a line in CSS, but in no editor
        # What is still open after the last line holds the end.
        nodes = parse_component_value_list(f"{text}\n{end}")
        problems = list(_problems(nodes, end))
        nodes = parse_component_value_list(text) if problems else nodes[:-1]
        for node, problem in problems[:_MOST_PROBLEMS]:
            self.report(field_mistakes.bad_css, self.place(name, node), problem)
        pieces: list[str] = []
        is_other, is_first = False, True
        for statement in _statements(nodes):
            keyword = _keyword(statement)
            if keyword == "import" and is_first:
                pieces.append(self.imported(name, statement, above))
                is_other = True
                continue
            is_first = is_first and keyword in ("", "charset", "layer")
            if keyword == "import":
                problem = "stands below other rules, where it has no effect"
                self.report(
                    field_mistakes.style_import, self.place(name, _first(statement)), problem
                )
            elif keyword != "namespace":
                is_other |= self.name_files(name, statement)
            if not problems:
                pieces.append(serialize(statement))
        return "".join(pieces).strip() + "\n" if is_other and not problems else source

    def imported(self, name: str, statement: Sequence[Any], above: tuple[str, ...]) -> str:
        """The text of the sheet that a statement imports; empty if there is none."""
        from tinycss2 import serialize  # noqa: PLC0415

        keyword, *rest = [node for node in statement if node.type not in ("comment", "error")]
        while keyword.type != "at-keyword":
            keyword, *rest = rest
        rest = [node for node in rest if node != ";"]
        while rest and rest[0].type == "whitespace":
            rest.pop(0)
        where = self.place(name, keyword)
        address = _address(rest[0]) if rest else None
        query = serialize(rest[1:]).strip()
        if address is None or query.lower().startswith(("layer", "supports(")):
            problem = "says more than which file, and for which media"
            self.report(field_mistakes.style_import, where, problem)
            return ""
        target = self.find(name, where, address, SHEETS)
        if target is None:
            return ""
        if target.path in (*above, name):
            self.report(field_mistakes.style_import, where, f"leads back to `{target.path}`")
            return ""
        self.named.add(target.path)
        text = self.text(target.path, self.texts.get(target.path, ""), (*above, name))
        return f"@media {query} {{\n{text}\n}}\n" if query else f"{text}\n"

    def name_files(self, name: str, statement: Sequence[Any]) -> bool:
        """Gives each file in a statement its name in the package; says whether it names any."""
        is_other = False
        for node, around in _walk(statement):
            if not _is_address(node, around):
                # A variable may make an address of a text.
                if _is_remote_text(node, around):
                    self.find(name, self.place(name, node), node.value, STYLED)
                continue
            address = node.value
            file = self.find(name, self.place(name, node), address, STYLED)
            if file and file.media:
                fragment = address[address.find("#") :] if "#" in address else ""
                target = f'"{file.media.name}{_plain(fragment)}"'
                node.representation = f"url({target})" if node.type == "url" else target
                is_other = True
        return is_other

    def find(
        self, name: str, where: Place, address: str, kinds: frozenset[str]
    ) -> MediaTarget | None:
        """What an address in the sheet `name` leads to; none if it is no file that will do."""
        url = _as_browsers_read(address)
        if not url or url.startswith("#") or url[:5].lower() == "data:":
            return None
        if _LEADS_ELSEWHERE.match(url):
            self.report(field_mistakes.style_remote, where, url)
            return None
        folder = posixpath.dirname(name) or "."
        if kinds is SHEETS:
            target = self.shelf.locate(url, folder, SHEETS)
        else:
            target = self.shelf.find_styled(url, folder)
            self.targets.append(target)
        if target.is_there:
            self.named.add(target.path)
        if target.trouble is Trouble.MISSING:
            near = self.shelf.nearest(target.path, kinds)
            if near is not None:
                self.named.add(near)
                near = posixpath.relpath(near, folder)
            self.report(field_mistakes.media_missing, where, target.path, near)
        elif target.trouble is Trouble.OUTSIDE:
            self.report(field_mistakes.media_outside_bank, where, target.path)
        elif target.trouble is Trouble.TYPE:
            self.report(field_mistakes.media_type, where, target.path, is_styled=True)
        return None if target.trouble else target

    def path(self, name: str) -> str:
        return (self.home / name).as_posix()

    def place(self, name: str, node: Any) -> Place:
        return Place(self.path(name), node.source_line, node.source_column)


def _walk(nodes: Sequence[Any], around: Around = ()) -> Iterator[tuple[Any, Around]]:
    """Each node with what it stands in, in the order of the source, down to a bearable depth."""
    for node in nodes:
        yield node, around
        inner = getattr(node, "content", None) or getattr(node, "arguments", None)
        if inner and len(around) < _DEEPEST:
            yield from _walk(inner, (*around, node))


def _problems(nodes: Sequence[Any], end: str) -> Iterator[tuple[Any, str]]:
    """What is wrong with the form of a sheet after whose last line there is a word, `end`."""
    for node, around in _walk(nodes):
        if node.type == "error":
            yield node, _STRAY.get(node.kind, node.message)
        elif node.type == "comment" and end in node.value:
            yield node, "a comment that never ends"
        elif node.type == "ident" and node.value == end:
            for block in around:
                yield block, f"a `{_OPEN[block.type]}` that is never closed"
        elif len(around) == _DEEPEST and node.type in _OPEN:
            yield node, "nested too deeply"


def _statements(nodes: Sequence[Any]) -> Iterator[list[Any]]:
    """The nodes by rule; each goes up to its block or its semicolon."""
    statement: list[Any] = []
    for node in nodes:
        statement.append(node)
        if node.type == "{} block" or node == ";":
            yield statement
            statement = []
    yield statement


def _keyword(statement: Sequence[Any]) -> str:
    """The keyword of an at-rule, without a block if it is `layer`; `-` is that of other rules."""
    first = _first(statement)
    if first is None:
        return ""
    keyword = first.lower_value if first.type == "at-keyword" else "-"
    return "-" if keyword == "layer" and statement[-1].type == "{} block" else str(keyword)


def _first(statement: Sequence[Any]) -> Any:
    """The first node that means something, or none."""
    blank = ("whitespace", "comment", "error")
    return next(
        (node for node in statement if node.type not in blank and node not in ("<!--", "-->")), None
    )


def _address(node: Any) -> str | None:
    """The address that a text or a `url()` gives."""
    if node.type in ("string", "url"):
        return str(node.value)
    if node.type == "function" and node.lower_name in _TAKES_ADDRESS:
        return next(
            (str(argument.value) for argument in node.arguments if argument.type == "string"), None
        )
    return None


def _is_address(node: Any, around: Around) -> bool:
    """Whether a node is the address of something that a browser shows."""
    function = around[-1] if around and around[-1].type == "function" else None
    takes_texts = function is not None and function.lower_name in _TAKING
    return node.type == "url" or (node.type == "string" and takes_texts)


def _is_remote_text(node: Any, around: Around) -> bool:
    """Whether a text, but that of a selector, begins as an address on the web does."""
    if node.type != "string" or (around and around[-1].type == "[] block"):
        return False
    return _WEB_ADDRESS.match(_as_browsers_read(node.value)) is not None


def _plain(fragment: str) -> str:
    """A fragment that can stand in a text in quotes."""
    return "".join(sign for sign in fragment if sign.isalnum() or sign in "_#.~-")


def _as_browsers_read(address: str) -> str:
    """An address without the white space and the control characters that browsers drop from it."""
    return address.strip(_IGNORED_AROUND).translate(_IGNORED_WITHIN)
