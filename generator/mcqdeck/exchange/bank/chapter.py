"""From items to the Markdown of a chapter, as docs/format.md describes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from mcqdeck.exchange.bank.definitions import Definitions
from mcqdeck.exchange.bank.fragment import begins_block, ends_in_list
from mcqdeck.exchange.item import Item, Option, Text
from mcqdeck.exchange.markup import escaped

# A text that needs no quotes in YAML, within brackets and braces too.
_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*(?:::[A-Za-z0-9_./-]+)*")
_LAST_NUMBER_SIGNS = re.compile(r"(#+)$")
_OPEN_END = "<!-- -->"  # ends a list that the options would otherwise continue


def chapter(title: str, items: Sequence[Item]) -> str:
    """The text of a chapter; each item's `id` is its heading, and its texts are fitted.

    Link definitions come to its end, where they hold for all of it.
    """
    definitions = Definitions()
    lines = [f"# {heading(title)}", ""]
    for item in items:
        lines += _item(definitions.take(item))
    return "\n".join((*lines, *definitions.lines, *([""] if definitions.lines else [])))


def heading(title: str) -> str:
    """A title as the text of a heading."""
    text = escaped(" ".join(title.split()))
    return _LAST_NUMBER_SIGNS.sub(r"\\\1", text)


def _item(item: Item) -> Iterator[str]:
    yield f"## {item.id}"
    if entries := list(_entries(item)):
        yield f"<!-- {', '.join(entries)} -->"
    yield ""
    stem = item.stem.markdown
    yield stem
    yield ""
    if ends_in_list(stem):
        yield from (_OPEN_END, "")
    yield from _options(item)
    yield ""
    for name, text in (("Explanation", item.explanation), ("References", item.references)):
        if text.markdown.strip():
            yield from (f"### {name}", "", text.markdown, "")


def _entries(item: Item) -> Iterator[str]:
    """The keys of the comment, each with its value, in the order of the documentation."""
    if item.objective:
        yield f"objective: {_scalar(item.objective)}"
    if item.level:
        yield f"level: {_scalar(item.level)}"
    if item.difficulty is not None:
        yield f"difficulty: {item.difficulty}"
    if item.tags:
        yield f"tags: [{', '.join(map(_scalar, item.tags))}]"
    if not item.has_flashcard:
        yield "flashcard: no"
    if item.retired:
        yield f"retired: {_scalar(item.retired)}"


def _scalar(text: str) -> str:
    """A text as YAML; nothing in it can end the comment around it."""
    text = " ".join(text.split())
    if _BARE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False).replace("-->", "--\\x3e").replace("<!", "\\x3c!")


def _options(item: Item) -> Iterator[str]:
    is_numbered = item.keeps_order and not item.is_true_false
    rendered = [
        _option(option, f"{number}. " if is_numbered else "- ")
        for number, option in enumerate(item.options, start=1)
    ]
    is_loose = any("" in lines for lines in rendered)
    for number, lines in enumerate(rendered):
        if number and is_loose:
            yield ""
        yield from lines


def _option(option: Option, mark: str) -> list[str]:
    margin = " " * len(mark)
    text = option.text.markdown
    box = f"{mark}[{'x' if option.is_correct else ' '}]"
    body = text.lstrip("\n").split("\n")
    if begins_block(text):
        lines = [box, "", *(_indented(line, margin) for line in body)]
    else:
        first = f"{box} {body[0]}" if body[0].strip() else box
        lines = [first, *(_indented(line, margin) for line in body[1:])]
    if rationale := option.rationale.markdown:
        if len(lines) > 1:
            lines.append("")
        quoted = (f"> {line}" if line.strip() else ">" for line in rationale.split("\n"))
        lines += [margin + line for line in quoted]
    return lines


def _indented(line: str, margin: str) -> str:
    return margin + line if line.strip() else ""


_CODE_BLOCK = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_MARKS = re.compile(
    r"(?<!\\)(?:<!--.*?-->|</?[A-Za-z][^>]*>)|!?\[([^\]]*)\]\([^)]*\)|&nbsp;|\\(?=\n)", re.DOTALL
)
_SIGNS = re.compile(r"\\([!-/:-@\[-`{-~])|(?:(?<![\s*`])|(?<=\\[*`]))[*`]+|[*`]++(?!\s)")


def words_of(text: Text, *, most: int = 60) -> str:
    """The first words of a text, for people: one line without marks and blocks of code."""
    markdown = text.markdown
    prose = _CODE_BLOCK.sub(" ", markdown) if "```" in markdown or "~~~" in markdown else markdown
    plain = _MARKS.sub(r" \1 ", prose if prose.strip() else markdown)
    plain = " ".join(_SIGNS.sub(r"\1", plain).split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
