"""From a bank to its questions as safe HTML, with the media they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from mcqdeck.diagnostic import Collector, Diagnostic
from mcqdeck.identity import option_letter
from mcqdeck.model import (
    Bank,
    Chapter,
    Place,
    Question,
    RenderedBank,
    RenderedOption,
    RenderedQuestion,
)
from mcqdeck.render import mistakes
from mcqdeck.render.definitions import Reference
from mcqdeck.render.fields import Fields
from mcqdeck.render.markdown import references_of
from mcqdeck.render.media import Library
from mcqdeck.render.visible import visible


def render(bank: Bank) -> tuple[RenderedBank, tuple[Diagnostic, ...]]:
    """Every field of every question as safe HTML, the media they name, and what is wrong.

    The diagnostics are in source order, those of unused files last. Raises `McqdeckError` where a
    media file cannot be read.
    """
    collector = Collector(mistakes.MISTAKES)
    library = Library(bank)
    fields = Fields(library, collector)
    questions: list[RenderedQuestion] = []
    for chapter in bank.chapters:
        references = references_of(chapter.definitions) if chapter.definitions else {}
        for question in chapter.questions:
            rendered = _question(question, chapter, fields, references)
            questions.append(rendered)
            compare_options(question, (option.html for option in rendered.options), collector)
    report_unused(library, bank, collector)
    return RenderedBank(bank, tuple(questions), library.media), tuple(collector.diagnostics)


def report_unused(library: Library, bank: Bank, collector: Collector) -> None:
    """Reports the files of a bank that no question named."""
    for file in library.unused:
        where = Place((PurePosixPath(bank.folder) / file).as_posix())
        collector.report(mistakes.media_unused, where)


def _question(
    question: Question, chapter: Chapter, fields: Fields, references: Mapping[str, Reference]
) -> RenderedQuestion:
    return RenderedQuestion(
        question=question,
        chapter=chapter,
        stem=fields.field(question.stem, references),
        options=tuple(
            RenderedOption(
                letter=option_letter(position),
                is_correct=option.is_correct,
                html=fields.field(option.text, references),
                rationale=fields.field(option.rationale, references),
            )
            for position, option in enumerate(question.options)
        ),
        explanation=fields.field(question.explanation, references),
        references=fields.field(question.references, references),
        notice=_notice(question, fields),
    )


def _notice(question: Question, fields: Fields) -> str:
    """What a learner reads on a question that was retired; empty for others."""
    if question.retired is None:
        return ""
    where = dict(question.values).get("retired", question.where)
    return f"<p>Retired: {fields.line(question.retired, lambda _: where)}</p>"


def compare_options(question: Question, htmls: Iterable[str], collector: Collector) -> None:
    """Reports each option that reads the same as an earlier one; `htmls` are the options'."""
    first: dict[str, Place] = {}
    for option, html in zip(question.options, htmls, strict=True):
        text = visible(html)
        if text and text in first:
            collector.report(mistakes.duplicate_option, option.where, first[text])
        first.setdefault(text, option.where)
