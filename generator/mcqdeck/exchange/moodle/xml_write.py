"""From questions to Moodle XML."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, quoteattr

from mcqdeck.exchange.item import Contents, Item, Option, Text, Written
from mcqdeck.exchange.losses import Part, losses
from mcqdeck.exchange.moodle.categories import path
from mcqdeck.exchange.moodle.grades import share
from mcqdeck.exchange.outgoing import AS_FEEDBACK, NOT_IN_XML, SOURCE, explained, is_plain_pair
from mcqdeck.exchange.tags import AS_TAGS, all_tags

HOLDS = frozenset(
    {Part.RATIONALE, Part.EXPLANATION, Part.ID, Part.CHAPTER, Part.TAGS, Part.ORDER, Part.FILES}
)


def write(contents: Contents) -> Written:
    """The questions as Moodle XML, images and sounds inside."""
    said = losses(contents, HOLDS | AS_TAGS.keys() | {Part.REFERENCES}, AS_TAGS | AS_FEEDBACK)
    files = {file.path: file.data for file in contents.files}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    title = contents.config.title if contents.config else ""
    category: tuple[str, ...] | None = None
    for item in contents.items:
        if item.category != category:
            category = item.category
            names = (title, *category) if title else category
            lines += _category(path(names))
        lines += _question(item, files)
    lines.append("</quiz>")
    return Written(("\n".join(lines) + "\n").encode(), said)


def _category(text: str) -> Iterator[str]:
    yield '  <question type="category">'
    yield f"    <category><text>{_escaped(text)}</text></category>"
    yield "  </question>"


def _question(item: Item, files: Mapping[str, bytes]) -> Iterator[str]:
    is_pair = is_plain_pair(item)
    yield f'  <question type="{"truefalse" if is_pair else "multichoice"}">'
    yield f"    <name><text>{_escaped(item.id)}</text></name>"
    yield from _text("questiontext", item.stem, files)
    yield from _text("generalfeedback", explained(item), files)
    yield "    <defaultgrade>1</defaultgrade>"
    yield "    <hidden>0</hidden>"
    yield f"    <idnumber>{_escaped(item.id)}</idnumber>"
    if is_pair:
        for option in item.options:
            word = option.text.markdown.strip().lower()
            yield f'    <answer fraction="{100 if option.is_correct else 0}" format="plain_text">'
            yield f"      <text>{word}</text>"
            yield from _text("feedback", option.rationale, files, "      ")
            yield "    </answer>"
    else:
        yield f"    <single>{str(item.right == 1).lower()}</single>"
        yield f"    <shuffleanswers>{str(not item.keeps_order).lower()}</shuffleanswers>"
        yield "    <answernumbering>abc</answernumbering>"
        for option in item.options:
            yield from _answer(option, item.right, files)
    if tags := all_tags(item):
        yield "    <tags>"
        yield from (f"      <tag><text>{_escaped(tag)}</text></tag>" for tag in tags)
        yield "    </tags>"
    yield "  </question>"


def _answer(option: Option, right: int, files: Mapping[str, bytes]) -> Iterator[str]:
    wrong = "0" if right == 1 else f"-{share(max(right, 1))}"
    fraction = share(max(right, 1)) if option.is_correct else wrong
    yield f'    <answer fraction="{fraction}" format="html">'
    yield from _inner(option.text, files, "      ")
    yield from _text("feedback", option.rationale, files, "      ")
    yield "    </answer>"


def _text(name: str, text: Text, files: Mapping[str, bytes], margin: str = "    ") -> Iterator[str]:
    yield f'{margin}<{name} format="html">'
    yield from _inner(text, files, margin + "  ")
    yield f"{margin}</{name}>"


def _inner(text: Text, files: Mapping[str, bytes], margin: str) -> Iterator[str]:
    """A text and the files that it names."""
    named: dict[str, None] = {}

    def source(match: re.Match[str]) -> str:
        address = unquote(match[1].replace("&amp;", "&"))
        if address not in files:
            return match[0]
        named[address] = None
        return f'src="@@PLUGINFILE@@/{escape(quote(address))}"'

    html = SOURCE.sub(source, text.html) if "src=" in text.html else text.html
    html = NOT_IN_XML.sub("", html).replace("]]>", "]]]]><![CDATA[>")
    yield f"{margin}<text><![CDATA[{html}]]></text>" if html else f"{margin}<text></text>"
    for address in named:
        pure = PurePosixPath(address)
        folder = f"/{pure.parent.as_posix()}/" if pure.parent.parts else "/"
        data = base64.b64encode(files[address]).decode()
        yield (
            f"{margin}<file name={quoteattr(pure.name)} path={quoteattr(folder)} "
            f'encoding="base64">{data}</file>'
        )


def _escaped(text: str) -> str:
    return escape(NOT_IN_XML.sub("", text))
