"""From one passage to one field: the tree to HTML, cleaned, with media, escaped for Anki."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from mcqdeck.diagnostic import Collector
from mcqdeck.markdown import (
    Block,
    Excerpt,
    Footnotes,
    Inline,
    Style,
    inlines,
    inlines_to_html,
    line,
)
from mcqdeck.markdown import Kind as InlineKind
from mcqdeck.markdown.characters import escape
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import read_tag
from mcqdeck.model import Passage, Place
from mcqdeck.render import field_mistakes, safety
from mcqdeck.render.dialects import BEGINNINGS, foreign_syntax
from mcqdeck.render.escapes import escape_for_anki, with_delimiters
from mcqdeck.render.formulas import unsafe_commands
from mcqdeck.render.marks import Kind, Mark, marks_of
from mcqdeck.render.media import BY_ANKI, Library, Trouble, suffix, with_media
from mcqdeck.words import Words, say

# A path with a space in it, which Markdown takes for text unless it stands in angle brackets.
SPACED_PATH = pattern(
    r"!\[[^\[\]\n]*\]\((?P<path>[^<>()\s][^<>()\n]*[ \t][^<>()\n]*?"
    r"\.(?:png|jpe?g|gif|webp|svg|mp3|ogg|wav|m4a|mp4|webm))\)",
    re.IGNORECASE,
)
# What words alone have nothing of: signs of HTML, those that `_needs_escape` looks for, and the
# beginnings of other dialects.
MORE_THAN_WORDS = pattern(rf"[&<>\[\\${{\xa0{re.escape(BEGINNINGS)}]")
# A source holds no control characters, so these tell formulas from text that looks like one.
CARD = Style(
    formula=("\x02", "\x03"),
    display=("\x0e", "\x0f"),
    box="\u2610",
    checked_box="\u2611",
    footnotes=("<hr>\n", ""),
    links_footnotes=False,
)
WORDY = frozenset({"p", "ul", "ol", "li"})
EMPHASES = frozenset({InlineKind.EMPHASIS, InlineKind.STRONG, InlineKind.STRUCK})
Placer = Callable[[int], Place]


class Fields:
    """Makes fields, one after another, and reports what is wrong with them."""

    def __init__(self, library: Library, collector: Collector, words: Words) -> None:
        self._library = library
        self._collector = collector
        self._words = words
        self._style = replace(CARD, alert_title=lambda kind: getattr(words.alerts, kind))

    def field(
        self,
        passage: Passage | None,
        footnotes: Footnotes | None = None,
        *,
        plays_on_request: bool = False,
    ) -> str:
        """The HTML of a passage; empty where there is none.

        `plays_on_request` tells whether its sounds never play by themselves.
        """
        if passage is None:
            return ""
        excerpt = passage.excerpt
        is_paragraph = excerpt.is_plain and len(excerpt.blocks) == 1
        if is_paragraph and not MORE_THAN_WORDS.search(excerpt.text):
            return f"<p>{excerpt.text}</p>"
        self._report_foreign(excerpt, passage.at)
        if is_paragraph and not _needs_escape(excerpt.text):
            return f"<p>{escape(excerpt.text)}</p>"
        html = excerpt.html(self._style, footnotes)
        if is_wordy(excerpt) and not _needs_escape(html):
            return html.strip()
        marks = tuple(marks_of(excerpt))
        return self._finish(excerpt, html, marks, passage.at, plays_on_request=plays_on_request)

    def line(self, text: str, place: Placer) -> str:
        """The HTML of a text that is one line whatever it holds, without `<p>`."""
        excerpt = line(text)
        html = inlines_to_html(excerpt.blocks[0], excerpt.document, self._style)
        return self._finish(excerpt, html, tuple(marks_of(excerpt)), place)

    def say_retired(self, reason: str) -> str:
        """What a card says of a retired question; `reason` is HTML, and so is the result."""
        return say(self._words, escape(self._words.card.retired), reason=reason)

    def _finish(
        self,
        excerpt: Excerpt,
        html: str,
        marks: tuple[Mark, ...],
        place: Placer,
        *,
        plays_on_request: bool = False,
    ) -> str:
        """The HTML made safe and ready for Anki; what the marks tell is reported."""
        if marks and (loss := safety.too_many_tags(marks)):
            self._report_loss(loss, place)
            return f"<p>{escape_for_anki(escape(excerpt.text))}</p>"
        safe = safety.clean(html)
        losses = list(safety.losses(html, safe, marks)) if marks else []
        if not losses and html.count('<a href="') > safe.count('<a href="'):
            losses.append(safety.bad_address(excerpt.text))
        for loss in losses:
            self._report_loss(loss, place)
        self._report_spaced_paths(excerpt, place)
        for mark in marks:
            self._report_mark(mark, place, plays_on_request=plays_on_request)
        return with_delimiters(with_media(escape_for_anki(safe), self._library)).strip()

    def _report_foreign(self, excerpt: Excerpt, place: Placer) -> None:
        """Reports what was meant as something that a card does not know."""
        for foreign in foreign_syntax(excerpt):
            where = place(foreign.offset)
            self._collector.report(
                field_mistakes.unknown_syntax,
                where,
                foreign.text,
                foreign.what,
                foreign.help,
                length=foreign.length,
            )

    def _report_spaced_paths(self, excerpt: Excerpt, place: Placer) -> None:
        """Reports images whose path has a space, so that they show as text."""
        if "![" not in excerpt.text:
            return
        for leaf, inline in excerpt.inlines():
            if inline.kind is InlineKind.TEXT and "![" in inline.text:
                at = leaf.source.find("![", inline.start)
                if broken := SPACED_PATH.match(leaf.source, at):
                    path = broken["path"]
                    where = place(excerpt.offset(*leaf.place(broken.start("path"))))
                    inner = posixpath.normpath(posixpath.join(self._library.folder, path))
                    self._library.mean(inner)
                    self._collector.report(
                        field_mistakes.media_missing, where, path, f"<{path}>", length=len(path)
                    )

    def _report_loss(self, loss: safety.Loss, place: Placer) -> None:
        self._collector.report(
            field_mistakes.unsafe_html,
            place(loss.offset),
            loss.message,
            loss.help,
            length=loss.length,
        )

    def _report_mark(self, mark: Mark, place: Placer, *, plays_on_request: bool) -> None:
        report = self._collector.report
        if mark.kind is Kind.TEMPLATE:
            report(field_mistakes.template_braces, place(mark.offset), mark.text)
        elif mark.kind is Kind.FORMULA:
            for command in unsafe_commands(mark.text):
                where = place(mark.offset + command.offset)
                report(field_mistakes.unsafe_math, where, command.text, defines=command.defines)
        elif mark.kind is Kind.OPEN_MATH:
            report(field_mistakes.math_unclosed, place(mark.offset), mark.text)
        elif mark.kind is Kind.IMAGE:
            where = place(mark.offset)
            self._report_media(mark.text, where, mark.length, plays_on_request=plays_on_request)
        elif mark.kind is Kind.TAG and (tag := read_tag(mark.text)) and tag.name == "img":
            for attribute in tag.attributes:
                if attribute.name == "src":
                    where = place(mark.offset + attribute.offset)
                    length = len(attribute.text)
                    self._report_media(
                        attribute.value, where, length, plays_on_request=plays_on_request
                    )
                    break

    def _report_media(
        self, source: str, where: Place, length: int, *, plays_on_request: bool
    ) -> None:
        """What keeps a file from the package; one that safety has taken out is reported already."""
        if not safety.shows_image(source):
            return
        report = self._collector.report
        target = self._library.find(source)
        if target.trouble is Trouble.MISSING:
            near = self._library.nearest(target.path)
            if near is not None:
                self._library.mean(near)
                near = posixpath.relpath(near, self._library.folder)
            report(field_mistakes.media_missing, where, target.path, near, length=length)
        elif target.trouble is Trouble.OUTSIDE:
            self._library.mean(target.path)
            report(field_mistakes.media_outside_bank, where, target.path, length=length)
        elif target.trouble is Trouble.REMOTE:
            report(field_mistakes.media_remote, where, target.path, length=length)
        elif target.trouble is Trouble.TYPE:
            report(field_mistakes.media_type, where, target.path, length=length)
        elif plays_on_request and suffix(target.path) in BY_ANKI:
            report(field_mistakes.media_on_request, where, target.path, length=length)


def is_wordy(excerpt: Excerpt) -> bool:
    """Whether an excerpt is nothing but words, emphasised or not, and code in paragraphs and lists.

    These cannot act, and cleaning leaves them as they are.
    """
    return excerpt.is_plain or all(_is_wordy(block, excerpt) for block in excerpt.blocks)


def _is_wordy(block: Block, excerpt: Excerpt) -> bool:
    if block.tag not in WORDY:
        return False
    if block.tag != "p":
        return not block.task and all(_is_wordy(child, excerpt) for child in block.blocks)
    return _are_wordy(inlines(block, excerpt.document))


def _are_wordy(inlines: Iterable[Inline]) -> bool:
    """Whether inlines are code, emphasis, and text in which each character is as it is written."""
    for inline in inlines:
        if inline.kind is InlineKind.TEXT:
            if len(inline.text) != inline.end - inline.start and inline.text != "\n":
                return False
        elif inline.kind in EMPHASES:
            if not _are_wordy(inline.children):
                return False
        elif inline.kind is not InlineKind.CODE:
            return False
    return True


def _needs_escape(html: str) -> bool:
    """Whether Anki or the cleaner might write a text of words otherwise."""
    return "[" in html or "\\" in html or "$" in html or "{{" in html or "\xa0" in html
