"""From one passage to one field: Markdown to HTML, cleaned, with media, escaped for Anki."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from mcqdeck.diagnostic import Collector
from mcqdeck.model import Passage, Place
from mcqdeck.render import mistakes, safety
from mcqdeck.render.characters import escape, without_controls
from mcqdeck.render.definitions import Reference
from mcqdeck.render.escapes import escape_for_anki
from mcqdeck.render.html import read_tag
from mcqdeck.render.markdown import GitHubMarkdown
from mcqdeck.render.marks import Kind, Mark
from mcqdeck.render.math import with_delimiters
from mcqdeck.render.media import Library, Trouble, suffix, with_media
from mcqdeck.render.plain import is_plain, plain_list

CODE = re.compile(r"<code.*?</code>", re.DOTALL)
# A path with a space in it, which Markdown takes for text unless it stands in angle brackets.
SPACED_PATH = re.compile(
    r"!\[[^\[\]\n]*\]\((?P<path>[^<>()\n\s][^<>()\n]*[ \t][^<>()\n]*?"
    r"\.(?:png|jpe?g|gif|webp|svg|mp3|ogg|wav|m4a))\)",
    re.IGNORECASE,
)
Placer = Callable[[int], Place]


class Fields:
    """Makes fields, one after another, and reports what is wrong with them."""

    def __init__(self, library: Library, collector: Collector) -> None:
        self._library = library
        self._collector = collector
        self._markdown = GitHubMarkdown()

    def field(self, passage: Passage | None, references: Mapping[str, Reference]) -> str:
        """The HTML of a passage; empty where there is none."""
        if passage is None or not passage.text:
            return ""
        text = passage.text
        if is_plain(text):
            return f"<p>{text}</p>"
        if listed := plain_list(text):
            return listed
        html, marks = self._markdown.convert_field(without_controls(text), references)
        return self._finish(text, html, marks, passage.at)

    def line(self, text: str, place: Placer) -> str:
        """The HTML of a text that is one line whatever it holds."""
        text = without_controls(" ".join(text.split()))
        html, marks = self._markdown.convert_line(text)
        return self._finish(text, html, marks, place)

    def _finish(self, text: str, html: str, marks: tuple[Mark, ...], place: Placer) -> str:
        """The HTML made safe and ready for Anki; what the marks tell is reported."""
        if marks and (loss := safety.too_many_tags(marks)):
            self._report_loss(loss, place)
            return f"<p>{escape_for_anki(escape(without_controls(text)))}</p>"
        safe = safety.clean(html)
        losses = list(safety.losses(html, safe, marks)) if marks else []
        if not losses and html.count('<a href="') > safe.count('<a href="'):
            losses.append(safety.bad_address(text))
        for loss in losses:
            self._report_loss(loss, place)
        if "![" in text and "![" in CODE.sub("", html) and (broken := SPACED_PATH.search(text)):
            path = broken["path"]
            self._library.mean(path)
            self._collector.report(
                mistakes.media_missing,
                place(broken.start("path")),
                path,
                f"<{path}>",
                length=len(path),
            )
        for mark in marks:
            self._report_mark(mark, place)
        return with_delimiters(with_media(escape_for_anki(safe), self._library)).strip()

    def _report_loss(self, loss: safety.Loss, place: Placer) -> None:
        self._collector.report(
            mistakes.unsafe_html, place(loss.offset), loss.message, loss.help, length=loss.length
        )

    def _report_mark(self, mark: Mark, place: Placer) -> None:
        report = self._collector.report
        if mark.kind is Kind.TEMPLATE:
            report(mistakes.template_braces, place(mark.offset), mark.text)
        elif mark.kind is Kind.OPEN_MATH:
            report(mistakes.math_unclosed, place(mark.offset), mark.text)
        elif mark.kind is Kind.IMAGE:
            self._report_media(mark.text, place(mark.offset), mark.length)
        elif mark.kind is Kind.TAG and (tag := read_tag(mark.text)) and tag.name == "img":
            for attribute in tag.attributes:
                if attribute.name == "src":
                    where = place(mark.offset + attribute.offset)
                    self._report_media(attribute.value, where, len(attribute.text))
                    break

    def _report_media(self, source: str, where: Place, length: int) -> None:
        """What keeps a file from the package; one that safety has taken out is reported already."""
        if not safety.shows_image(source):
            return
        report = self._collector.report
        found = self._library.find(source)
        if found.trouble is Trouble.MISSING:
            near = self._near(found.path)
            if near is not None:
                self._library.mean(near)
            report(mistakes.media_missing, where, found.path, near, length=length)
        elif found.trouble is Trouble.OUTSIDE:
            self._library.mean(found.path)
            report(mistakes.media_outside_bank, where, found.path, length=length)
        elif found.trouble is Trouble.REMOTE:
            report(mistakes.media_remote, where, found.path, length=length)
        elif found.trouble is Trouble.TYPE:
            report(mistakes.media_type, where, found.path, length=length)

    def _near(self, path: str) -> str | None:
        """The file of the bank that was probably meant."""
        files = self._library.files
        folded = path.casefold()
        name = folded.rpartition("/")[2]
        for file in files:
            if file.casefold() == folded:
                return file
        for file in files:
            if file.casefold().rpartition("/")[2] == name:
                return file
        alike = [file for file in files if suffix(file) == suffix(path)] or files
        return next(iter(get_close_matches(path, alike, n=1)), None)
