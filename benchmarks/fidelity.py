"""Compares each field of whole files with what GitHub's own engine makes of the same files.

    python benchmarks/fidelity.py PATH…
    python benchmarks/fidelity.py --random 5000

PATH is a file of questions, or a folder of them: headings of one level open the questions, the
first task list has the options, what follows is the explanation. The engine renders each file as
it is, in one piece. Its page is cut at the headings and at the list's items, so that a field that
reads otherwise in its place than by itself shows. Each part is held against the field that
mcqdeck makes, as a tree of tags and text, without white space that no reader sees and attributes
that only style. Printed are the share that agrees, the fields without text, the number of questions
that are reported as damaged and so never reach a deck, and the first fields of each cause that
differ.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options

from chapters import random_chapter
from mcqdeck.diagnostic import Severity
from mcqdeck.identity import SLUG
from mcqdeck.model import Bank, Config, Place, Question, RenderedQuestion
from mcqdeck.read.parse import parse_chapter
from mcqdeck.render import render
from mcqdeck.render.safety import clean

HEADING = re.compile(r"^(#{3,6})(?=[ \t]*(?:Q?\d+[.):]|\w))", re.MULTILINE)
REFERENCE = re.compile(r'<sup class="footnote-ref"><a href="#([^"]*)"[^>]*>\d+</a></sup>')
BACK = re.compile(r' ?<a href="#fnref-[^>]*>\u21a9(?:<sup class="footnote-ref">\d+</sup>)?</a>')
LONE_AND = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[Xx][0-9A-Fa-f]+);)")
SHOWN = {"a": ("href",), "img": ("src",), "ol": ("start",), "td": ("align",), "th": ("align",)}
# fmt: off
BLOCKS = frozenset({
    "blockquote", "details", "div", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "ol", "p", "pre", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
})
# fmt: on
UNCLOSED = frozenset({"br", "col", "hr", "img", "input", "wbr"})
# Faults of a file that are read as they were meant, and so otherwise than GitHub shows them.
RECOVERED = frozenset(
    {
        "bad-checkbox", "comment-unclosed", "fence-unclosed",
        "item-without-checkbox", "nested-options", "option-list-broken", "rationale-not-last",
        "stray-text", "two-option-lists", "unknown-section", "duplicate-section",
    }
)  # fmt: skip


@dataclass(slots=True)
class Node:
    """An element of GitHub's page: its tag, its attributes, and the elements and texts in it."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def html(self) -> str:
        """The element as HTML."""
        given = "".join(f' {key}="{escape(text or "")}"' for key, text in self.attributes.items())
        end = "" if self.tag in UNCLOSED else f"</{self.tag}>"
        return f"<{self.tag}{given}>{html_of(self.children)}{end}"


def html_of(nodes: Sequence[Node | str]) -> str:
    return "".join(node if isinstance(node, str) else node.html for node in nodes)


class Page(HTMLParser):
    """GitHub's page as a tree. An end tag without its beginning is left out."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Node("body")
        self._open = [self.root]
        self.feed(LONE_AND.sub("&amp;", html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self._open[-1].children.append(node)
        if tag not in UNCLOSED:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_entityref(self, name: str) -> None:
        self._open[-1].children.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._open[-1].children.append(f"&#{name};")


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
        named = dict(attrs)
        if tag == "input":
            self._text += "\u2611" if "checked" in named else "\u2610"
        elif tag != "span":
            self._add_text(after_block=tag in BLOCKS)
            kept = [f' {name}="{named[name]}"' for name in SHOWN.get(tag, ()) if name in named]
            self._parts.append(f"<{tag}{''.join(kept)}>")
            self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag != "span" and tag not in UNCLOSED:
            self._add_text(after_block=tag in BLOCKS)
            self._parts.append(f"</{tag}>")
            self._pre -= tag == "pre"

    def handle_data(self, data: str) -> None:
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


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question: what it is, and its HTML."""

    kind: str
    html: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that does not agree, the likely cause, and both readings from where they part."""

    kind: str
    where: Place
    cause: str
    ours: str
    github: str


@dataclass(slots=True)
class Counts:
    """What was compared, and what was not."""

    files: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    empty: list[str] = field(default_factory=list)
    damaged: int = 0
    differences: list[Difference] = field(default_factory=list)


def text_of(path: Path) -> str:
    """A file's text, the headings of its questions moved up to level 2, other titles to level 1."""
    text = path.read_text(encoding="utf-8-sig")
    levels = Counter(len(match[1]) for match in HEADING.finditer(text))
    if levels:
        level = levels.most_common(1)[0][0]
        text = re.sub(r"^##(?=\s)", "#", text, flags=re.MULTILINE)
        text = re.sub(rf"^#{{{level}}}(?=\s)", "##", text, flags=re.MULTILINE)
    return text


def by_github(text: str) -> list[list[Field]]:
    """The fields of each question, cut out of the page that GitHub's engine makes of the file."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    page = Page(cmarkgfm.github_flavored_markdown_to_html(text, options))
    notes = {
        str(item.attributes.get("id")): item.children
        for section in page.root.children
        if isinstance(section, Node) and section.tag == "section"
        for listed in section.children
        for item in items(listed)
    }
    questions: list[list[Node | str]] = []
    current: list[Node | str] = []
    for node in page.root.children:
        if isinstance(node, Node) and node.tag == "h2":
            is_id = bool(SLUG.fullmatch(html_of(node.children)))
            current = [] if is_id else [Node("p", {}, node.children)]
            questions.append(current)
        elif isinstance(node, Node) and node.tag in ("h1", "section"):
            current = []
        else:
            current.append(node)
    return [list(with_footnotes(fields_of(nodes), notes)) for nodes in questions]


def with_footnotes(
    fields: Iterator[Field], notes: Mapping[str, Sequence[Node | str]]
) -> Iterator[Field]:
    """The fields of a question with its footnotes as a card has them.

    They are numbered in the question, and each is listed below the field that names it first.
    """
    labels: list[str] = []

    def number(reference: re.Match[str]) -> str:
        if reference[1] not in labels:
            labels.append(reference[1])
        return f"<sup>{labels.index(reference[1]) + 1}</sup>"

    for field_ in fields:
        first = at = len(labels)
        html = REFERENCE.sub(number, field_.html)
        listed = ""
        while at < len(labels):
            note = REFERENCE.sub(number, BACK.sub("", html_of(notes[labels[at]])))
            listed += f"<li>{note}</li>"
            at += 1
        start = f' start="{first + 1}"' if first else ""
        yield Field(field_.kind, html + (f"<hr><ol{start}>{listed}</ol>" if listed else ""))


def fields_of(nodes: Sequence[Node | str]) -> Iterator[Field]:
    """The fields of what stands under one heading, the heading's text as the stem's beginning."""
    at = next((n for n, node in enumerate(nodes) if is_task_list(node)), len(nodes))
    yield Field("stem", without_rule(nodes[:at]))
    for item in items(nodes[at]) if at < len(nodes) else ():
        content = without_box(item.children)
        quote = last_element(content)
        rationale = quote if quote is not None and quote.tag == "blockquote" else None
        if rationale is not None:
            content = content[: next(n for n, x in enumerate(content) if x is rationale)]
        yield Field("option", in_paragraph(content))
        if rationale is not None:
            yield Field("rationale", html_of(rationale.children))
    if at < len(nodes):
        yield from sections_of(nodes[at + 1 :])


def sections_of(nodes: Sequence[Node | str]) -> Iterator[Field]:
    """The explanation, which needs no heading, and the references."""
    kinds = {"Explanation": "explanation", "References": "references"}
    parts: list[tuple[str, list[Node | str]]] = [("explanation", [])]
    for node in nodes:
        is_heading = isinstance(node, Node) and node.tag == "h3"
        kind = kinds.get(html_of(node.children)) if is_heading and isinstance(node, Node) else None
        if kind:
            parts.append((kind, []))
        else:
            parts[-1][1].append(node)
    for kind, inside in parts:
        html = without_rule(inside)
        if Reading(html).shown:
            yield Field(kind, html)


def is_task_list(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in ("ul", "ol") and any(map(has_box, items(node)))


def items(node: Node | str) -> list[Node]:
    children = node.children if isinstance(node, Node) else []
    return [child for child in children if isinstance(child, Node) and child.tag == "li"]


def has_box(item: Node) -> bool:
    elements = [child for child in item.children if isinstance(child, Node)]
    return bool(elements) and elements[0].tag == "input"


def without_box(children: Sequence[Node | str]) -> list[Node | str]:
    kept: list[Node | str] = list(children)
    box = next((n for n, child in enumerate(kept) if isinstance(child, Node)), None)
    if box is not None and isinstance(node := kept[box], Node) and node.tag == "input":
        del kept[: box + 1]
    return kept


def last_element(nodes: Sequence[Node | str]) -> Node | None:
    for node in reversed(nodes):
        if isinstance(node, Node):
            return node
        if node.strip():
            return None
    return None


def in_paragraph(nodes: Sequence[Node | str]) -> str:
    """The nodes as HTML, each run of text in a paragraph, which a tight item shows without."""
    parts: list[str] = []
    run: list[Node | str] = []
    for node in (*nodes, Node("hr")):
        if isinstance(node, Node) and node.tag in BLOCKS:
            parts += [f"<p>{html_of(run)}</p>"] if html_of(run).strip() else []
            parts.append(node.html)
            run = []
        else:
            run.append(node)
    return "".join(parts[:-1])


def without_rule(nodes: Sequence[Node | str]) -> str:
    kept = list(nodes)
    while kept and (
        (isinstance(last := kept[-1], str) and not last.strip())
        or (isinstance(last, Node) and last.tag == "hr")
    ):
        kept.pop()
    return html_of(kept)


def by_mcqdeck(question: RenderedQuestion) -> Iterator[Field]:
    """The fields of a question as they go into a note."""
    yield Field("stem", question.stem)
    for option in question.options:
        yield Field("option", in_paragraph(Page(option.html).root.children))
        if option.rationale:
            yield Field("rationale", option.rationale)
    for kind, html in (("explanation", question.explanation), ("references", question.references)):
        if html:
            yield Field(kind, html)


def compare(path: str, text: str, counts: Counts) -> None:
    """Compares the questions of a file's text one by one."""
    chapter, faults = parse_chapter(path, text.encode(), Config("deck.toml", "q", "Q"))
    rendered, unsafe = render(Bank(".", Config("deck.toml", "q", "Q"), (chapter,)))
    pages = by_github(text)
    counts.files += 1
    starts = [question.where.line for question in chapter.questions]
    damaged = {
        owner(starts, fault.where.line)
        for fault in faults
        if fault.name in RECOVERED and fault.severity is Severity.ERROR
    }
    reported = {(owner(starts, fault.where.line), fault.name) for fault in unsafe}
    if len(pages) != len(rendered.questions):
        counts.damaged += len(rendered.questions)
        if not damaged:
            counts.fields["chapter"] += 1
            numbers = f"{len(rendered.questions)} questions", f"{len(pages)} questions"
            counts.differences.append(Difference("chapter", Place(path), "questions", *numbers))
        return
    for number, (question, done, page) in enumerate(
        zip(chapter.questions, rendered.questions, pages, strict=False)
    ):
        if number in damaged:
            counts.damaged += 1
            continue
        names = {name for index, name in reported if index == number}
        compare_question(question, list(by_mcqdeck(done)), page, names, counts)


def owner(starts: Sequence[int], line: int) -> int:
    return sum(start <= line for start in starts) - 1


def compare_question(
    question: Question,
    ours: Sequence[Field],
    page: Sequence[Field],
    reported: set[str],
    counts: Counts,
) -> None:
    for index in range(max(len(ours), len(page))):
        mine = ours[index] if index < len(ours) else Field("nothing", "")
        theirs = page[index] if index < len(page) else Field("nothing", "")
        kind = mine.kind if mine.kind != "nothing" else theirs.kind
        counts.fields[kind] += 1
        read, reference = Reading(mine.html).shown, Reading(theirs.html).shown
        if mine.kind in ("stem", "option") and not read_text(read):
            counts.empty.append(f"{question.where.path}:{question.where.line}: {mine.kind}")
        if read != reference:
            read, reference = shown_by_browsers(mine.html), shown_by_browsers(theirs.html)
        if read != reference:
            at = next(
                (n for n, (a, b) in enumerate(zip(read, reference, strict=False)) if a != b),
                min(len(read), len(reference)),
            )
            counts.differences.append(
                Difference(
                    kind,
                    question.where,
                    cause(mine.html, theirs.html, reported),
                    "".join(read[max(0, at - 1) : at + 3])[:160],
                    "".join(reference[max(0, at - 1) : at + 3])[:160],
                )
            )


def shown_by_browsers(html: str) -> tuple[str, ...]:
    """What browsers make of HTML that is not nested as HTML asks, by html5ever."""
    parsed = nh3.clean(
        html,
        tags=set(nh3.ALLOWED_TAGS)
        | BLOCKS
        | UNCLOSED
        | {"details", "summary", "sup", "kbd", "del"},
        attributes={"*": {"href", "src", "start", "align", "checked", "type"}},
        clean_content_tags=set(),
        link_rel=None,
        url_schemes={"http", "https", "mailto", "ftp"},
    )
    return Reading(parsed).shown


def read_text(shown: Sequence[str]) -> bool:
    """Whether there is anything to read: text, or an image."""
    return any(part.startswith(('"', "<img")) for part in shown)


def cause(ours: str, github: str, reported: set[str]) -> str:
    """Why two renderings differ, as far as it can be told."""
    if "unsafe-html" in reported:
        return "HTML or a link that no card may hold (reported as unsafe-html)"
    if Reading(clean(github)).shown == Reading(ours).shown:
        return "raw HTML that never closes or nests wrongly, closed as browsers close it"
    if "\\(" in ours or "\\[" in ours:
        return "mathematics, which GitHub shows but its engine leaves to the page"
    if "markdown-alert" in ours:
        return "an alert, which GitHub shows but its engine leaves to the page"
    if any(mark in github for mark in ("[ ]", "[x]")) and ("\u2610" in ours or "\u2611" in ours):
        return "a checkbox in a nested list, which GitHub shows but its engine leaves to the page"
    if "\ufe0f" in ours or re.search(r":[a-z0-9_+-]+:", github):
        return "an emoji, which GitHub shows but its engine leaves to the page"
    return "other"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--random", type=int, default=0, help="random chapters to compare as well")
    parser.add_argument("--show", type=int, default=3, help="differences shown of each cause")
    arguments = parser.parse_args()
    counts = Counts()
    for path in arguments.paths:
        for file in sorted(path.glob("*.md")) if path.is_dir() else [path]:
            compare(file.as_posix(), text_of(file), counts)
    for number in range(arguments.random):
        compare(f"random chapter {number}", random_chapter(number), counts)
    total = counts.fields.total()
    print(f"{counts.files} files, {total} fields; {counts.damaged} damaged questions are reported")
    differ = Counter(difference.kind for difference in counts.differences)
    for kind, number in sorted(counts.fields.items()):
        print(f"  {kind:12} {number:6}  {differ[kind]:4} differ")
    agree = total - len(counts.differences)
    print(f"{agree} agree: {100 * agree / max(1, total):.2f} %")
    print(f"{len(counts.empty)} stems and options without text")
    for line in counts.empty[: arguments.show]:
        print(f"  {line}")
    for name in sorted({difference.cause for difference in counts.differences}):
        group = [difference for difference in counts.differences if difference.cause == name]
        print(f"\n{name}: {len(group)}")
        for difference in group[: arguments.show]:
            print(f"  {difference.where.path}:{difference.where.line}: {difference.kind}")
            print(f"    ours    {difference.ours!r}")
            print(f"    GitHub  {difference.github!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
