"""What is wrong with a bank's Markdown, found without rendering what cannot be wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mcqdeck.diagnostic import Collector, Diagnostic
from mcqdeck.model import Bank, Passage, Question
from mcqdeck.render import mistakes
from mcqdeck.render.definitions import Reference
from mcqdeck.render.fields import Fields
from mcqdeck.render.links import PLAIN_TARGET
from mcqdeck.render.markdown import references_of
from mcqdeck.render.media import Library
from mcqdeck.render.questions import compare_options, report_unused

# HTML, links that are not plainly to the web, images, template syntax, mathematics.
SIGN = re.compile(
    r"<[A-Za-z!?/]|(?i:xmpp):|xn--|!\[|\]\((?!https?://[^\s()<>]*\))|\]:|\{\{|(?<!http)(?<!https)://"
    r"|(?://|www\.)(?![A-Za-z0-9.-]*[A-Za-z](?::\d{1,4})?(?:[/?#\s]|\)(?=[\s.,;:]|$)|$))"
)
PARTS = ("<", "]", "{{", "//", ":", "www.")  # each sign has one: to look for them is quicker
OPENS_FORMULA = re.compile(r"\$(?:\$|[\\A-Za-z])")
LONG = 2000  # characters, from which on a passage may be too complex
CHANGES_WORDS = re.compile(r"[&<]|^[^\S\n]*(?:\d+[.)]|```|~~~)", re.MULTILINE)
TARGET = re.compile(r"\]\([^)]*\)|\]\[[^\]]*\]")
WORDS = re.compile(r"[^\W_]+")


def inspect(bank: Bank) -> tuple[Diagnostic, ...]:
    """The diagnostics that rendering the bank gives, in the same order, at a third of the time.

    Raises `McqdeckError` where a media file cannot be read.
    """
    collector = Collector(mistakes.MISTAKES)
    library = Library(bank)
    fields = Fields(library, collector)
    silent = Fields(library, Collector(mistakes.MISTAKES))
    for chapter in bank.chapters:
        references = references_of(chapter.definitions) if chapter.definitions else {}
        for question in chapter.questions:
            _question(question, fields, references)
            _compare(question, silent, collector, references)
    report_unused(library, bank, collector)
    return tuple(collector.diagnostics)


def is_suspect(text: str, references: Mapping[str, Reference]) -> bool:
    """Whether a passage has a sign of a mistake that rendering finds."""
    if len(text) > LONG:
        return True
    if "$" in text and OPENS_FORMULA.search(text):
        return True
    if "[" in text and not all(PLAIN_TARGET.match(url) for url, _ in references.values()):
        return True
    return any(part in text for part in PARTS) and SIGN.search(text) is not None


def _question(question: Question, fields: Fields, references: Mapping[str, Reference]) -> None:
    passages: list[Passage | None] = [question.stem]
    for option in question.options:
        passages += [option.text, option.rationale]
    for passage in (*passages, question.explanation, question.references):
        if passage and is_suspect(passage.text, references):
            fields.field(passage, references)
    if question.retired is not None:
        where = dict(question.values).get("retired", question.where)
        fields.line(question.retired, lambda _: where)


def _compare(
    question: Question, silent: Fields, collector: Collector, references: Mapping[str, Reference]
) -> None:
    """Reports each option that reads the same as an earlier one; renders those that may."""
    texts = [option.text.text for option in question.options]
    words = ["".join(WORDS.findall(TARGET.sub("", text.casefold()))) for text in texts]
    if len(set(words)) == len(words) and not any(map(CHANGES_WORDS.search, texts)):
        return
    htmls = (silent.field(option.text, references) for option in question.options)
    compare_options(question, htmls, collector)
