"""From a rendered bank to `Contents`: each text as Markdown and as HTML of no one program."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from mcqdeck.exchange.bank.definitions import completed, definitions_of
from mcqdeck.exchange.item import NOTHING, Attachment, Contents, Item, Option, Text
from mcqdeck.exchange.markup import guarded
from mcqdeck.model import Bank, Media, Passage, Question, RenderedBank, RenderedQuestion
from mcqdeck.stock_options import are_true_and_false

SOUND = re.compile(r"\[sound:([^\[\]]+)\]")
_IMAGE = re.compile(r'(<img\b[^>]*?\bsrc=")([^"]*)(")')
_DOLLARS = re.compile(r"<[^>]*>|\$(?=\$)")


def contents_of(bank: Bank, rendered: RenderedBank, read: Callable[[str], bytes]) -> Contents:
    """All questions of a bank in source order, and the files that they name.

    `rendered` is the same bank as safe HTML; `read` gives the bytes of its file at a path.
    """
    paths = {media.name: _path_in(bank, media) for media in rendered.media}
    items: list[Item] = []
    for chapter, shown in zip(bank.chapters, rendered.chapters, strict=True):
        # A chapter's definitions stand in no question.
        known = definitions_of("\n".join(chapter.document.lines)) if chapter.document else {}
        items += (
            _item(chapter.title, question, html, paths, known)
            for question, html in zip(chapter.questions, shown.questions, strict=True)
        )
    return Contents(
        items=tuple(items),
        files=(
            *(Attachment(paths[media.name], read(media.path)) for media in rendered.media),
            *(Attachment(path, text.encode()) for path, text in bank.sheets),
        ),
        config=bank.config,
        style=bank.style,
    )


def _path_in(bank: Bank, media: Media) -> str:
    """The path of a file from the bank's folder."""
    return (
        PurePosixPath(media.path.replace("\\", "/"))
        .relative_to(PurePosixPath(bank.folder))
        .as_posix()
    )


def _item(
    category: str,
    question: Question,
    rendered: RenderedQuestion,
    paths: Mapping[str, str],
    known: Mapping[str, str],
) -> Item:
    is_inline_head = question.stem.where.line == question.where.line

    def text(passage: Passage | None, html: str, *, is_inline: bool = False) -> Text:
        if passage is None or not passage.text.strip():
            return NOTHING
        return Text(_whole(passage.text, known, is_inline=is_inline), _html(html, paths))

    options = tuple(
        Option(
            text(source.text, shown.html, is_inline=True),
            source.is_correct,
            text(source.rationale, shown.rationale),
        )
        for source, shown in zip(question.options, rendered.options, strict=True)
    )
    return Item(
        where=question.where,
        stem=text(question.stem, rendered.stem, is_inline=is_inline_head),
        options=options,
        explanation=text(question.explanation, rendered.explanation),
        references=text(question.references, rendered.references),
        id=question.id,
        category=(category,),
        tags=question.tags,
        objective=question.objective or "",
        level=question.level or "",
        difficulty=question.difficulty,
        keeps_order=question.keeps_order,
        has_flashcard=question.has_flashcard,
        retired=question.retired or "",
        is_true_false=are_true_and_false([option.text.shown for option in question.options]),
    )


def _whole(markdown: str, known: Mapping[str, str], *, is_inline: bool) -> str:
    """A passage with those of its chapter's definitions that it uses.

    `is_inline` says that its first line stands where a line begins no block.
    """
    markdown = markdown.rstrip()
    if is_inline and not markdown.startswith("\n"):
        first, mark, rest = markdown.partition("\n")
        markdown = (first if first.startswith(("```", "~~~")) else guarded(first)) + mark + rest
    return completed(markdown, known)


def _html(html: str, paths: Mapping[str, str]) -> str:
    """The HTML with files under their paths in the bank, and sounds as elements.

    Two dollars that open no formula here, and do elsewhere, are kept apart.
    """
    if "$$" in html:
        html = _DOLLARS.sub(
            lambda match: match[0] if match[0][0] == "<" else "$<span></span>", html
        )
    if "[sound:" in html:
        html = SOUND.sub(lambda match: _sound(match, paths), html)
    if "<img" in html:
        html = _IMAGE.sub(lambda match: match[1] + _source(match[2], paths) + match[3], html)
    return html


def _sound(match: re.Match[str], paths: Mapping[str, str]) -> str:
    path = paths.get(match[1])
    if path is None:
        return match[0]
    name = PurePosixPath(path).stem
    return f'<audio controls="" src="{escape(quote(path))}" title="{escape(name)}"></audio>'


def _source(source: str, paths: Mapping[str, str]) -> str:
    path = paths.get(unquote(unescape(source)))
    return source if path is None else escape(quote(path))
