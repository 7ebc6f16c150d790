"""Compares each field of quiz files with what GitHub's own engine makes of it.

    python benchmarks/fidelity.py PATH…

PATH is a quiz file, or a folder of them, in the heading-and-task-list form: a heading of level 2 or
4 opens a question, the first task list has the options, what follows is the explanation. Each field
is rendered as it goes into a note, and by cmarkgfm; both are compared as trees of tags and text,
without white space that no reader sees and without the attributes that only style. Printed are the
share that agrees and, grouped by cause, the first fields that do not.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
from cmarkgfm.cmark import Options

from mcqdeck.diagnostic import Diagnostic
from mcqdeck.model import Bank, Chapter, Config, Passage, Place, Question
from mcqdeck.read.parse import parse_chapter
from mcqdeck.render import render
from mcqdeck.render.safety import clean

HEADING = re.compile(r"^####(?=\s)", re.MULTILINE)
SHOWN = {"a": ("href",), "img": ("src",), "ol": ("start",), "td": ("align",), "th": ("align",)}
# fmt: off
BLOCKS = frozenset({
    "blockquote", "br", "details", "div", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "ol", "p", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul",
})
# fmt: on
UNCLOSED = frozenset({"br", "col", "hr", "img", "input", "wbr"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a file: what it is, and its Markdown."""

    kind: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that does not agree, the likely cause, and both readings from where they part."""

    field: Field
    cause: str
    ours: str
    github: str


def passages(path: Path) -> Iterator[Field]:
    """The stems, options and explanations of a file, as `mcqdeck` reads them.

    Where the questions have headings of level 4 they are moved up to level 2, and the titles above
    them to level 1.
    """
    text = path.read_text(encoding="utf-8-sig")
    if HEADING.search(text):
        text = HEADING.sub("##", re.sub(r"^##(?=\s)", "#", text, flags=re.MULTILINE))
    chapter, _ = parse_chapter(path.as_posix(), text.encode(), Config("deck.toml", "quiz", "Quiz"))
    for question in chapter.questions:
        yield Field("stem", question.stem)
        for option in question.options:
            yield Field("option", option.text)
            if option.rationale:
                yield Field("rationale", option.rationale)
        if question.explanation:
            yield Field("explanation", question.explanation)


class Reading(HTMLParser):
    """Reads HTML into the tags and texts that a reader would tell apart.

    A part is a tag as `<name>` with the attributes that show, or a text with `"` before it.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._text = ""
        self._pre = 0
        self.feed(html)
        self.close()
        self._add_text(after_block=True)

    @property
    def shown(self) -> tuple[str, ...]:
        """The parts."""
        return tuple(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes a tag; a box of a task list is a character."""
        named = dict(attrs)
        if tag == "input":
            self._text += "\u2611" if "checked" in named else "\u2610"
        elif tag != "span":
            self._add_text(after_block=tag in BLOCKS)
            kept = [f' {name}="{named[name]}"' for name in SHOWN.get(tag, ()) if name in named]
            self._parts.append(f"<{tag}{''.join(kept)}>")
            self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """Takes the end of an element."""
        if tag != "span" and tag not in UNCLOSED:
            self._add_text(after_block=tag in BLOCKS)
            self._parts.append(f"</{tag}>")
            self._pre -= tag == "pre"

    def handle_data(self, data: str) -> None:
        """Takes text."""
        self._text += data if self._pre > 0 else re.sub(r"[ \t\n]+", " ", data)

    def _add_text(self, *, after_block: bool) -> None:
        """Adds the text so far, without the white space that stands next to a block."""
        text = self._text
        if self._pre <= 0:
            before = self._parts[-1] if self._parts else "<p>"
            if not before.startswith('"') and before.strip("</>").split(" ")[0] in BLOCKS:
                text = text.lstrip(" ")
            if after_block:
                text = text.rstrip(" ")
        if text:
            self._parts.append(f'"{text}')
        self._text = ""


def by_github(text: str) -> str:
    """The field as GitHub's engine renders it, raw HTML included."""
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


def by_mcqdeck(fields: Iterable[Field]) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
    """Each field as it goes into a note, and what is reported of it."""
    for field in fields:
        where = Place(field.passage.path, field.passage.line)
        question = Question(where, "id", where, False, field.passage, (), None, None)
        chapter = Chapter(field.passage.path, "", (question,))
        bank = Bank(".", Config("deck.toml", "bank", "Bank"), (chapter,))
        rendered, diagnostics = render(bank)
        yield rendered.questions[0].stem, diagnostics


def cause(ours: str, github: str, diagnostics: tuple[Diagnostic, ...]) -> str:
    """Why two renderings differ, as far as it can be told."""
    names = {diagnostic.name for diagnostic in diagnostics}
    if "unsafe-html" in names:
        return "HTML or a link that no card may hold (reported as unsafe-html)"
    if Reading(clean(github)).shown == Reading(ours).shown:
        return "raw HTML that never closes or nests wrongly, mended as browsers mend it"
    if "\\(" in ours or "\\[" in ours:
        return "mathematics, which GitHub shows but its engine leaves to the page"
    return "other"


def compare(fields: list[Field]) -> Iterator[Difference]:
    """The fields that do not agree."""
    for field, (html, diagnostics) in zip(fields, by_mcqdeck(fields), strict=True):
        reference = by_github(field.passage.text)
        ours, github = Reading(html).shown, Reading(reference).shown
        if ours != github:
            at = next(
                (n for n, (a, b) in enumerate(zip(ours, github, strict=False)) if a != b),
                min(len(ours), len(github)),
            )
            yield Difference(
                field,
                cause(html, reference, diagnostics),
                "".join(ours[max(0, at - 1) : at + 3])[:160],
                "".join(github[max(0, at - 1) : at + 3])[:160],
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--show", type=int, default=3, help="differences shown of each cause")
    arguments = parser.parse_args()
    files = [
        file
        for path in arguments.paths
        for file in (sorted(path.glob("*.md")) if path.is_dir() else [path])
    ]
    fields = [field for file in files for field in passages(file) if field.passage.text.strip()]
    differences = list(compare(fields))
    print(f"{len(files)} files, {len(fields)} fields")
    for kind in ("stem", "option", "explanation"):
        every = sum(field.kind == kind for field in fields)
        differ = sum(difference.field.kind == kind for difference in differences)
        print(f"  {kind:12} {every:6}  {differ:4} differ")
    agree = len(fields) - len(differences)
    print(f"{agree} agree: {100 * agree / max(1, len(fields)):.2f} %")
    for name in sorted({difference.cause for difference in differences}):
        group = [difference for difference in differences if difference.cause == name]
        print(f"\n{name}: {len(group)}")
        for difference in group[: arguments.show]:
            passage = difference.field.passage
            print(f"  {passage.path}:{passage.line}: {difference.field.kind}")
            print(f"    ours    {difference.ours!r}")
            print(f"    GitHub  {difference.github!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
