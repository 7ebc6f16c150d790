"""From a chapter to its questions as safe HTML, with the media they name."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mcqdeck import stock_options
from mcqdeck.diagnostic import Collector, Diagnostic
from mcqdeck.identity import option_letter
from mcqdeck.markdown import TEXT_LEAVES, Document, Excerpt, Footnotes, Sort, inlines
from mcqdeck.model import (
    Bank,
    Chapter,
    Compared,
    Config,
    Entry,
    Place,
    Question,
    RenderedBank,
    RenderedChapter,
    RenderedOption,
    RenderedQuestion,
)
from mcqdeck.render import field_mistakes
from mcqdeck.render.marks import Kind, marks_of
from mcqdeck.render.media import Library, MediaTarget, Shelf, media_of
from mcqdeck.render.style import render_style
from mcqdeck.words import words_for

if TYPE_CHECKING:
    from mcqdeck.render.fields import Fields

_ENTRY = tuple(field.name for field in dataclasses.fields(Entry))


def render(bank: Bank) -> tuple[RenderedBank, tuple[Diagnostic, ...]]:
    """A bank that was read, with every field of every question as safe HTML; what is wrong with it.

    The diagnostics are in source order, those of the style and of unused files last. Raises
    `McqdeckError` where a media file cannot be read.
    """
    shelf = Shelf(bank.folder, bank.config.id, bank.files)
    targets: list[MediaTarget] = []
    named: set[str] = set()
    diagnostics: list[Diagnostic] = []
    chapters: list[RenderedChapter] = []
    for chapter in bank.chapters:
        library = Library(shelf, folder_in(bank.folder, chapter.path))
        questions, problems = render_chapter(chapter, bank.config, library)
        chapters.append(rendered_chapter(chapter, questions))
        diagnostics += problems
        targets += library.asked.values()
        named |= library.named
    style, problems = render_style(bank.folder, bank.style, dict(bank.sheets), shelf)
    rendered = RenderedBank(
        folder=bank.folder,
        config=bank.config,
        chapters=tuple(chapters),
        files=bank.files,
        style=style.text,
        media=media_of((*targets, *style.targets)),
    )
    unused = unused_files(rendered, shelf, named | style.named, bank.left_out)
    return rendered, (*diagnostics, *problems, *unused)


def folder_in(bank: str, path: str) -> str:
    """The folder in the bank whose folder is `bank` of the file at `path`."""
    folder, home = PurePosixPath(path).parent, PurePosixPath(bank)
    return folder.relative_to(home).as_posix() if folder.is_relative_to(home) else "."


def rendered_chapter(
    chapter: Chapter,
    questions: Sequence[RenderedQuestion],
    compared: tuple[Compared, ...] = (),
) -> RenderedChapter:
    """A chapter without its tree."""
    return RenderedChapter(
        path=chapter.path,
        title=chapter.title,
        where=chapter.where,
        is_whole=chapter.is_whole,
        entries=tuple(question.question for question in questions),
        compared=compared,
        questions=questions,
    )


def render_chapter(
    chapter: Chapter, config: Config, library: Library
) -> tuple[tuple[RenderedQuestion, ...], tuple[Diagnostic, ...]]:
    """Every field of every question of a chapter as safe HTML, and what is wrong with them.

    The `library` notes the media that they name. Raises `McqdeckError` where a media file cannot be
    read.
    """
    # Loaded late: where all chapters are remembered, none is rendered.
    from mcqdeck.render.fields import Fields  # noqa: PLC0415

    collector = Collector(field_mistakes.MISTAKES)
    fields = Fields(library, collector, words_for(config.language, config.words))
    questions: list[RenderedQuestion] = []
    for question in chapter.questions:
        questions.append(_question(question, config, fields))
        _compare_options(question, collector)
    _chapter(chapter, collector)
    return tuple(questions), tuple(collector.diagnostics)


def unused_files(
    bank: RenderedBank, shelf: Shelf, named: Collection[str], left_out: Iterable[str] = ()
) -> tuple[Diagnostic, ...]:
    """A diagnostic for each file that is not `named` and of which nothing is made.

    `left_out` are those of which nothing can be made. That nobody names one of the others can be
    said only if all chapters could be read.
    """
    collector = Collector(field_mistakes.MISTAKES)
    home = PurePosixPath(bank.folder)
    for file in left_out:
        if file not in named:
            collector.report(field_mistakes.not_compiled, Place((home / file).as_posix()), file)
    if all(chapter.is_whole for chapter in bank.chapters):
        for file in sorted((*shelf.files, *shelf.for_style)):
            if file not in named:
                where = Place((home / file).as_posix())
                is_for_style = file in shelf.for_style
                collector.report(field_mistakes.media_unused, where, is_for_style=is_for_style)
    return tuple(collector.diagnostics)


def _chapter(chapter: Chapter, collector: Collector) -> None:
    """Reports what a chapter's title loses as a deck's name, and definitions that nothing uses."""
    if chapter.heading:
        for mark in marks_of(chapter.heading.excerpt):
            if mark.kind in (Kind.TAG, Kind.IMAGE):
                collector.report(
                    field_mistakes.unsafe_html,
                    chapter.heading.at(mark.offset),
                    "a deck's name can hold no HTML and no image, so this is left out",
                    "write the title in words; to show `<` as text, put it in backticks",
                    length=mark.length,
                )
    if chapter.document is not None:
        _unused_definitions(chapter.path, chapter.document, collector)


def _unused_definitions(path: str, document: Document, collector: Collector) -> None:
    """Reports link definitions and footnotes that nothing in the chapter refers to."""
    footnotes = {f"^{label}" for label in document.footnotes}
    if document.used.issuperset((*document.definitions, *footnotes)):
        return
    for leaf in document.root.leaves():
        if leaf.tag in TEXT_LEAVES:
            inlines(leaf, document)
    for label, said in document.definitions.items():
        if label not in document.used:
            where = Place(path, said.row + 1, said.column + 1)
            collector.report(field_mistakes.unused_definition, where, label, is_footnote=False)
    for label, footnote in document.footnotes.items():
        if f"^{label}" not in document.used:
            where = Place(path, footnote.start + 1, footnote.column + 1)
            collector.report(field_mistakes.unused_definition, where, label, is_footnote=True)


def _question(question: Question, config: Config, fields: Fields) -> RenderedQuestion:
    footnotes = Footnotes(question.stem.excerpt.document)
    pinned = stock_options.kept_last(question, config.language)
    return RenderedQuestion(
        question=_entry(question),
        stem=fields.field(question.stem, footnotes),
        options=tuple(
            RenderedOption(
                letter=option_letter(position),
                is_correct=option.is_correct,
                html=fields.field(option.text, footnotes, plays_on_request=True),
                rationale=fields.field(option.rationale, footnotes, plays_on_request=True),
                is_pinned=position in pinned,
            )
            for position, option in enumerate(question.options)
        ),
        explanation=fields.field(question.explanation, footnotes),
        references=fields.field(question.references, footnotes),
        notice=_notice(question, fields),
    )


def _entry(question: Question) -> Entry:
    """A question without its texts, which would keep the tree of its chapter."""
    return Entry(**{name: getattr(question, name) for name in _ENTRY})


def _notice(question: Question, fields: Fields) -> str:
    """What a learner reads on a question that was retired; empty for others."""
    if question.retired is None:
        return ""
    where = dict(question.values).get("retired", question.where)
    reason = fields.line(question.retired, lambda _: where)
    return f"<p>{fields.say_retired(reason)}</p>"


def _compare_options(question: Question, collector: Collector) -> None:
    """Reports each option that reads the same as an earlier one."""
    first: dict[str, Place] = {}
    for option in question.options:
        text = _read_as(option.text.excerpt)
        if text and text in first:
            collector.report(field_mistakes.duplicate_option, option.where, first[text])
        first.setdefault(text, option.where)


def _read_as(excerpt: Excerpt) -> str:
    """What a learner reads of an option, letter case and white space folded but in code."""
    if excerpt.is_plain:
        return excerpt.shown.casefold()
    read: list[str] = []
    prose = ""
    for said in excerpt.parts():
        if said.sort in (Sort.EXACT, Sort.IMAGE, Sort.TAG):
            read += (" ".join(prose.casefold().split()), said.text.strip())
            prose = ""
        elif said.sort is Sort.PROSE:
            prose += said.text
    read.append(" ".join(prose.casefold().split()))
    return " ".join(part for part in read if part)
