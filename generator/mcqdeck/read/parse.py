"""From a chapter's bytes to its questions, and everything that is wrong with its form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mcqdeck.diagnostic import NO_RULES, Collector, Diagnostic, Edit, Rules
from mcqdeck.identity import SLUG, question_id_of
from mcqdeck.model import Chapter, Config, Option, Passage, Place, Question
from mcqdeck.read import mistakes
from mcqdeck.read.blocks import Block, Kind, segment
from mcqdeck.read.identity import plain
from mcqdeck.read.lines import decode, split
from mcqdeck.read.metadata import (
    QUESTION_KEYS,
    Metadata,
    closest,
    file_tags,
    question_metadata,
)
from mcqdeck.read.options import Options, find_options, has_checkbox
from mcqdeck.read.outline import Item, entry, misplaced_metadata, outline
from mcqdeck.read.source import Source, report_encoding

_SECTIONS = ("Explanation", "References")
_FIRST_WORD = re.compile(r"\s*([a-z]+)\b(?!\s*[.!?])")
_ALMOST_SLUG = re.compile(
    r"[A-Za-z0-9]+(?:[-_.]+[A-Za-z0-9]+)+[-_.]*|[-_.]+[A-Za-z0-9][-_.A-Za-z0-9]*"
)


def parse_chapter(
    path: str, data: bytes, config: Config, rules: Rules = NO_RULES
) -> tuple[Chapter, tuple[Diagnostic, ...]]:
    """Reads a chapter, whatever its bytes are.

    `path` is how diagnostics name the file, `config` the bank's, `rules` the names that `allow` may
    hold. What is damaged is read as its author most likely meant it, so that one mistake gives one
    diagnostic; questions without options or without an id are given as they are.
    """
    reader = _Reader(path, data, config, rules)
    chapter = reader.chapter()
    return chapter, tuple(reader.collector.diagnostics)


class _Reader:
    """One reading of one chapter."""

    def __init__(self, path: str, data: bytes, config: Config, rules: Rules) -> None:
        self.path = path
        self.config = config
        self.rules = rules
        self.collector = Collector(mistakes.MISTAKES)
        self.report = self.collector.report
        decoded = decode(data)
        lines = split(decoded.text)
        report_encoding(decoded, path, self.collector)
        self.tags = self.front_matter(lines)
        self.source = Source(path, lines)

    def front_matter(self, lines: list[str]) -> tuple[str, ...]:
        """Takes the front matter out of `lines`, leaving blank lines, and returns its tags."""
        if not lines or lines[0].rstrip() != "---":
            return ()
        end = next((n for n, line in enumerate(lines) if n and line.rstrip() in ("---", "...")), 0)
        heading = next((n for n, line in enumerate(lines) if line.startswith(("# ", "## "))), 0)
        if not end or (heading and heading < end and lines[heading].startswith("## ")):
            self.report(mistakes.front_matter_unclosed, Place(self.path))
            end = heading or 1
            lines[:end] = [""] * end
            return ()
        passage = Passage("\n".join(lines[1:end]), self.path, 2, (1,) * max(1, end - 1))
        lines[: end + 1] = [""] * (end + 1)
        return file_tags(passage, self.collector)

    def chapter(self) -> Chapter:
        """The chapter, with all its questions."""
        found = outline(self.source, segment(self.source.lines), self.collector)
        title, items = found.title, found.items
        questions = tuple(self.question(item) for item in items)
        where = self.source.first(title) if title else None
        if title is None:
            first = items[0].heading.start if items else 0
            self.report(mistakes.no_title, self.source.place(first))
        if not questions:
            advice = "open each question with `## its-id`; a text that is no chapter is README.md"
            place = where or self.source.place(0)
            self.report(mistakes.no_questions, place, "the chapter", advice)
        name = plain(title.text) if title else ""
        name = name or self.path.rsplit("/", 1)[-1].removesuffix(".md")
        return Chapter(self.path, name, questions, found.definitions, where)

    def question(self, item: Item) -> Question:
        metadata = self.metadata(item)
        for part in (item.body, *(section.blocks for section in item.sections)):
            for block in part:
                misplaced_metadata(self.source, block, self.collector)
        found = find_options(self.source, item.body, self.collector)
        sections = self.sections(item, found)
        heading = item.heading
        where = self.source.first(heading)
        is_slug = SLUG.fullmatch(heading.text) is not None
        stem = self.stem(heading, found.stem, has_heading=not is_slug)
        number = sum(option.is_correct for option in found.options)
        if found.is_missing and not self.is_explained(item):
            self.report(mistakes.no_options, where)
        identity, id_where, is_derived = self.identity(item, metadata, stem, is_slug=is_slug)
        shuffles = self.config.shuffle if metadata.shuffle is None else metadata.shuffle
        return Question(
            where=where,
            id=identity,
            id_where=id_where,
            id_is_derived=is_derived,
            stem=stem,
            options=found.options,
            explanation=self.explanation(found, sections),
            references=sections.get("References"),
            objective=metadata.objective,
            level=metadata.level,
            difficulty=metadata.difficulty,
            tags=tuple(dict.fromkeys(self.tags + metadata.tags)),
            keeps_order=found.is_numbered or _is_true_or_false(found.options) or not shuffles,
            has_flashcard=metadata.flashcard is not False and number > 0,
            choose=metadata.choose,
            choose_end=metadata.choose_end,
            retired=metadata.retired,
            allow=metadata.allow,
            values=tuple(metadata.places.items()),
        )

    def is_explained(self, item: Item) -> bool:
        """Whether another diagnostic already tells where the options went."""
        parts = [item.body, *(section.blocks for section in item.sections)]
        return any(
            not block.is_closed or has_checkbox(self.source, block)
            for part in parts
            for block in part
        )

    def metadata(self, item: Item) -> Metadata:
        """Reads the comment under the heading and takes it out of the question's body.

        Remarks around it, which are comments too, are taken out as well.
        """
        first: Place | None = None
        metadata = Metadata()
        reported = len(self.collector.diagnostics)
        while item.body and item.body[0].kind is Kind.COMMENT:
            block = item.body.pop(0)
            where = self.source.first(block)
            passage, rest = self.source.comment(block)
            if entry(passage.text) is None:
                self.remark(passage)
                continue
            if first is not None:
                self.report(mistakes.two_comments, where, first)
            elif block.is_closed:
                metadata = question_metadata(passage, self.config, self.rules, self.collector)
            first = first or where
            if rest:
                problem = "text on the line of the comment is not read"
                self.report(mistakes.comment_misplaced, where, problem)
        metadata.is_damaged = len(self.collector.diagnostics) > reported
        return metadata

    def remark(self, passage: Passage) -> None:
        """Reports a comment that lacks only the colon to be metadata."""
        word = _FIRST_WORD.match(passage.text)
        if word and word[1] in QUESTION_KEYS:
            self.report(
                mistakes.bad_yaml,
                passage.where,
                f"`{word[1]}` has no colon after it",
                f"write `{word[1]}: value`",
            )

    def identity(
        self, item: Item, metadata: Metadata, stem: Passage, *, is_slug: bool
    ) -> tuple[str, Place, bool]:
        """The question's id, where it stands, and whether it had to be derived."""
        heading = item.heading
        where = self.source.place(heading.start, heading.offset)
        text = heading.text
        if is_slug:
            if metadata.id not in (None, text):
                self.report(
                    mistakes.bad_id,
                    metadata.places["id"],
                    f"a second id, `{metadata.id}`; the heading is `{text}`",
                    "keep the id that was published, and remove the other",
                    length=len(metadata.id or ""),
                )
            return text, where, False
        if metadata.id is not None:
            if SLUG.fullmatch(metadata.id):
                return metadata.id, metadata.places["id"], False
            where, text = metadata.places["id"], metadata.id
        elif not _ALMOST_SLUG.fullmatch(text):
            derived = question_id_of(stem.text)
            has_comment = bool(metadata.places)
            edits = self.naming(item, metadata, derived) if stem.text.strip() else ()
            self.report(mistakes.missing_id, where, derived, has_comment=has_comment, edits=edits)
            return derived, where, True
        slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
        self.report(
            mistakes.bad_id,
            where,
            f"`{text}` is not an id",
            f"write `{slug}`" if slug else "use lower-case letters, digits and single hyphens",
            length=len(text),
        )
        return slug or question_id_of(stem.text), where, False

    def naming(self, item: Item, metadata: Metadata, name: str) -> tuple[Edit, ...]:
        """The edit that gives a question its id, if it is certain that it has none."""
        last = item.heading.end - 1
        line = self.source.lines[last]
        if metadata.is_damaged or "<!--" in line:
            return ()
        if metadata.first is not None:
            return (Edit(metadata.first, metadata.first, f"id: {name}{metadata.joint}"),)
        end = self.source.place(last, len(line))
        return (Edit(end, end, f"\n<!-- id: {name} -->"),)

    def stem(self, heading: Block, blocks: Sequence[Block], *, has_heading: bool) -> Passage:
        """The stem's blocks, after the heading as their first paragraph where it is not the id."""
        line, column = heading.start + 1, heading.offset + 1
        head = Passage(heading.text if has_heading else "", self.path, line, (column,))
        if has_heading and heading.end - heading.start > 1:
            head = self.source.passage(heading.start, heading.end - 1)
        if not blocks:
            return head
        body = self.source.passage(blocks[0].start, blocks[-1].end)
        if not has_heading:
            return body
        rows = range(line, line + len(head.columns))
        return Passage(
            f"{head.text}\n\n{body.text}",
            self.path,
            line,
            (*head.columns, column, *body.columns),
            (*rows, line, *range(body.line, body.line + len(body.columns))),
        )

    def sections(self, item: Item, found: Options) -> dict[str, Passage]:
        """The known sections by name; a misspelt one counts as the one that was meant."""
        passages: dict[str, Passage] = {}
        first: dict[str, Place] = {}
        for part in item.sections:
            heading = part.heading
            where = self.source.place(heading.start, heading.offset)
            name = next((n for n in _SECTIONS if n.casefold() == heading.text.casefold()), None)
            if name is None:
                name = closest(heading.text, _SECTIONS)
                self.report(mistakes.unknown_section, where, heading.text, name)
            for block in part.blocks:
                if has_checkbox(self.source, block):
                    self.section_options(block, heading.text, found)
            if name is None:
                continue
            if name in first:
                self.report(mistakes.duplicate_section, where, name, first[name])
            first.setdefault(name, where)
            if part.blocks and name not in passages:
                passages[name] = self.source.passage(part.blocks[0].start, part.blocks[-1].end)
        return passages

    def section_options(self, block: Block, title: str, found: Options) -> None:
        where = self.source.first(block)
        if found.where is not None:
            self.report(mistakes.two_option_lists, where, found.where)
        else:
            self.report(mistakes.options_outside_question, where, f"in the section `{title}`")

    def explanation(self, found: Options, sections: dict[str, Passage]) -> Passage | None:
        """The section, or, without one, what follows the options."""
        rest = [block for block in found.rest if block.kind is not Kind.COMMENT]
        if not rest:
            return sections.get("Explanation")
        if "Explanation" in sections:
            self.report(mistakes.stray_text, self.source.first(rest[0]))
            return sections["Explanation"]
        return self.source.passage(rest[0].start, rest[-1].end)


def _is_true_or_false(options: Sequence[Option]) -> bool:
    """Whether the options are True and False, which everybody expects in this order."""
    if len(options) != 2:
        return False
    texts = {plain(option.text.text).strip(".").casefold() for option in options}
    return texts == {"true", "false"}
