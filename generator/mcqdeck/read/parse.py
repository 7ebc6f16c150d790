"""From a chapter's bytes to its questions, and everything that is wrong with its form."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from mcqdeck.diagnostic import NO_RULES, Collector, Diagnostic, Edit, RuleNames
from mcqdeck.identity import SLUG, former_question_id_of, question_id_of, slug_words
from mcqdeck.markdown import Block, parse
from mcqdeck.markdown.characters import without_controls
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Chapter, Config, Option, Passage, Place, Question
from mcqdeck.read import source_mistakes
from mcqdeck.read.closest import closest
from mcqdeck.read.comment_keys import KEY_NAMED, QUESTION_KEYS
from mcqdeck.read.lines import conflict_rows, decode, split
from mcqdeck.read.metadata import (
    Metadata,
    YamlText,
    comment_text,
    file_tags,
    question_metadata,
)
from mcqdeck.read.options import Options, find_options, has_checkbox
from mcqdeck.read.other_forms import other_questions
from mcqdeck.read.outline import (
    QuestionBlocks,
    begins_with_comment,
    entry,
    is_comment,
    misplaced_metadata,
    outline,
)
from mcqdeck.read.recovery import Recovery
from mcqdeck.read.source import Source, report_encoding
from mcqdeck.stock_options import are_true_and_false
from mcqdeck.words import Section, section_names, section_of

_ALMOST_COMMENT = pattern(r"\s*(?P<mark><\s*!?\s*[-\u2010-\u2015]{1,3})\s*(?P<key>[a-z]+)\s*:")
_FIRST_WORD = pattern(r"\s*([a-z]+)\b(?!\s*[.!?])")
_ALMOST_SLUG = pattern(r"[^\W_]+(?:[-_.]+[^\W_]+)+[-_.]*|[-_.]+[^\W_][-_.\w]*")


def parse_chapter(
    path: str, data: bytes, config: Config, rules: RuleNames = NO_RULES
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

    def __init__(self, path: str, data: bytes, config: Config, rules: RuleNames) -> None:
        self.path = path
        self.config = config
        self.rules = rules
        self.collector = Collector(source_mistakes.MISTAKES)
        self.report = self.collector.report
        decoded = decode(data)
        lines = split(without_controls(decoded.text))
        report_encoding(decoded, path, self.collector)
        conflicts = conflict_rows(decoded.text, lines)
        is_torn = bool(conflicts) and conflicts[0] < front_matter_end(lines)
        self.tags = () if is_torn else self.front_matter(lines)
        self.source = Source(path, parse(lines, Recovery(lines).limit))
        self.conflict = next((row for row in conflicts if not self.is_code(row)), None)

    def front_matter(self, lines: list[str]) -> tuple[str, ...]:
        """Takes the front matter out of `lines`, leaving blank lines, and returns its tags."""
        if not lines or lines[0].rstrip() != "---":
            return ()
        end = front_matter_end(lines) - 1
        heading = next((n for n, line in enumerate(lines) if line.startswith(("# ", "## "))), 0)
        if end < 0 or (heading and heading < end and lines[heading].startswith("## ")):
            self.report(source_mistakes.front_matter_unclosed, Place(self.path))
            end = heading or 1
            lines[:end] = [""] * end
            return ()
        text = YamlText("\n".join(lines[1:end]), self.path, 2, (1,) * max(1, end - 1))
        lines[: end + 1] = [""] * (end + 1)
        return file_tags(text, self.collector)

    def chapter(self) -> Chapter:
        """The chapter, with all its questions."""
        if self.conflict is not None:
            self.report(source_mistakes.merge_conflict, self.source.place(self.conflict))
            name = self.path.rsplit("/", 1)[-1].removesuffix(".md")
            return Chapter(self.path, name, (), is_whole=False)
        sorted_blocks = outline(self.source, self.collector)
        title, items = sorted_blocks.title, sorted_blocks.questions
        self.other_questions(sorted_blocks.above)
        questions = tuple(self.question(item) for item in items)
        where = self.source.start(title) if title else None
        if title is None:
            first = items[0].heading.start if items else 0
            self.report(source_mistakes.no_title, self.source.place(first))
        if not questions:
            advice = "open each question with `## its-id`; a text that is no chapter is README.md"
            place = where or self.source.place(0)
            self.report(source_mistakes.no_questions, place, "the chapter", advice)
        heading = self.source.passage([_as_paragraph(title)]) if title else None
        name = heading.shown if heading else self.path.rsplit("/", 1)[-1].removesuffix(".md")
        return Chapter(self.path, name, questions, where, heading, self.source.document)

    def question(self, item: QuestionBlocks) -> Question:
        metadata = self.metadata(item)
        for block in item.blocks:
            misplaced_metadata(self.source, block, self.collector)
        options = find_options(self.source, item.body, self.collector)
        sections = self.sections(item, options)
        heading = item.heading
        where = self.source.start(heading)
        is_slug = SLUG.fullmatch(heading.source) is not None
        stem = self.stem(heading, options.stem, has_heading=not is_slug)
        number = sum(option.is_correct for option in options.options)
        if options.is_missing and not self.is_explained(item):
            self.report(source_mistakes.no_options, where)
        self.other_questions(options.rest)
        for section in item.sections:
            self.other_questions(section.blocks)
        pinned = self.pinned(metadata, len(options.options))
        identity, id_where, is_derived = self.identity(item, metadata, stem, is_slug=is_slug)
        shuffles = self.config.shuffle if metadata.shuffle is None else metadata.shuffle
        return Question(
            where=where,
            id=identity,
            id_where=id_where,
            id_is_derived=is_derived,
            former_id=former_question_id_of(stem.text) if is_derived else "",
            stem=stem,
            options=options.options,
            pinned=pinned,
            explanation=self.explanation(options, sections),
            references=sections.get(Section.REFERENCES),
            objective=metadata.objective,
            level=metadata.level,
            difficulty=metadata.difficulty,
            tags=tuple(dict.fromkeys(self.tags + metadata.tags)),
            keeps_order=options.is_numbered or _is_true_or_false(options.options) or not shuffles,
            has_flashcard=metadata.flashcard is not False and number > 0,
            choose=metadata.choose,
            choose_end=metadata.choose_end,
            retired=metadata.retired,
            allow=metadata.allow,
            values=tuple(metadata.places.items()),
        )

    def is_code(self, row: int) -> bool:
        """Whether a row is part of a code block."""
        leaves = self.source.document.root.leaves()
        return any(leaf.tag == "code" and leaf.start < row < leaf.end for leaf in leaves)

    def other_questions(self, blocks: Sequence[Block]) -> None:
        """Reports questions in another form among blocks that are read as text."""
        for other in other_questions(self.source, blocks):
            where = self.source.place(other.row, other.column)
            self.report(source_mistakes.question_not_recognised, where, other.options)

    def is_explained(self, item: QuestionBlocks) -> bool:
        """Whether another diagnostic already tells where the options went."""
        return any(not block.is_closed or has_checkbox(block) for block in item.blocks)

    def metadata(self, item: QuestionBlocks) -> Metadata:
        """Reads the comment under the heading and takes it out of the question's body.

        Remarks around it, which are comments too, are taken out as well.
        """
        first: Place | None = None
        metadata = Metadata()
        reported = len(self.collector.diagnostics)
        while item.body and begins_with_comment(item.body[0]):
            block = item.body[0]
            where = self.source.start(block)
            text, rest = comment_text(block.lines, self.path, block.row + 1, block.columns[0] + 1)
            is_remark = entry(text.text) is None
            if is_remark and not is_comment(block):
                break
            del item.body[0]
            if is_remark:
                self.remark(text)
                misplaced_metadata(self.source, block, self.collector)
                continue
            if first is not None:
                self.report(source_mistakes.two_comments, where, first)
            elif not block.is_closed:
                metadata.is_unread = True
            else:
                metadata = question_metadata(text, self.config, self.rules, self.collector)
            first = first or where
            if rest:
                problem = "text on the line of the comment is not read"
                self.report(source_mistakes.comment_misplaced, where, problem)
        if item.body and first is None:
            metadata.is_unread = self.report_almost_comment(item.body[0])
        metadata.is_damaged = len(self.collector.diagnostics) > reported
        return metadata

    def report_almost_comment(self, block: Block) -> bool:
        """Reports a paragraph that was meant as the comment; an editor may have changed `--`."""
        match = _ALMOST_COMMENT.match(block.lines[0]) if block.tag == "p" else None
        if match is None or match["key"] not in QUESTION_KEYS:
            return False
        self.report(
            source_mistakes.comment_misplaced,
            self.source.start(block),
            f"`{match['mark']}` begins no comment, so `{match['key']}:` is not read",
            "begin it with `<!--` and end it with `-->`",
        )
        return True

    def pinned(self, metadata: Metadata, count: int) -> frozenset[int]:
        """The positions of the options that the author pinned, of so many."""
        positions = frozenset((number or count) - 1 for number in metadata.pinned)
        beyond = [position + 1 for position in positions if position >= count]
        if beyond and count:
            where = metadata.places["pinned"]
            allowed = KEY_NAMED["pinned"].allowed
            self.report(source_mistakes.bad_value, where, "pinned", f"`{beyond[0]}`", allowed)
        return frozenset(position for position in positions if 0 <= position < count)

    def remark(self, text: YamlText) -> None:
        """Reports a comment that lacks only the colon to be metadata."""
        word = _FIRST_WORD.match(text.text)
        if word and word[1] in QUESTION_KEYS:
            self.report(
                source_mistakes.bad_yaml,
                text.where,
                f"`{word[1]}` has no colon after it",
                f"write `{word[1]}: value`",
            )

    def identity(
        self, item: QuestionBlocks, metadata: Metadata, stem: Passage, *, is_slug: bool
    ) -> tuple[str, Place, bool]:
        """The question's id, where it stands, and whether it had to be derived."""
        heading = item.heading
        where = self.text_of(heading)
        text = " ".join(heading.source.split())
        if is_slug:
            if metadata.id not in (None, text):
                self.report(
                    source_mistakes.bad_id,
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
        elif not _ALMOST_SLUG.fullmatch(_without_marks(text)):
            derived, former = question_id_of(stem.text), former_question_id_of(stem.text)
            is_certain = bool(stem.text.strip()) and former == derived
            if not metadata.is_unread and "id" not in metadata.places:
                self.report(
                    source_mistakes.missing_id,
                    where,
                    derived,
                    has_comment=bool(metadata.places),
                    former="" if former == derived else former,
                    edits=self.naming(item, metadata, derived) if is_certain else (),
                )
            return derived, where, True
        slug = "-".join(slug_words(text))
        self.report(
            source_mistakes.bad_id,
            where,
            f"`{text}` is not an id",
            f"write `{slug}`" if slug else "use lower-case letters, digits and single hyphens",
            length=len(text),
        )
        return slug or question_id_of(stem.text), where, False

    def naming(self, item: QuestionBlocks, metadata: Metadata, name: str) -> tuple[Edit, ...]:
        """The edit that gives a question its id, if it is certain that it has none."""
        last = item.heading.end - 1
        line = self.source.line(last)
        if metadata.is_damaged or "<!--" in line:
            return ()
        if metadata.first is not None:
            return (Edit(metadata.first, metadata.first, f"id: {name}{metadata.joint}"),)
        end = self.source.place(last, len(line))
        return (Edit(end, end, f"\n<!-- id: {name} -->"),)

    def stem(self, heading: Block, blocks: Sequence[Block], *, has_heading: bool) -> Passage:
        """The stem's blocks, after the heading as their first paragraph where it is not the id."""
        head = [_as_paragraph(heading)] if has_heading else []
        return self.source.passage([*head, *blocks])

    def text_of(self, heading: Block) -> Place:
        """The place of a heading's text."""
        return self.source.place(heading.row, heading.columns[0])

    def sections(self, item: QuestionBlocks, options: Options) -> dict[Section, Passage]:
        """The known sections; a misspelt name counts as the one that was meant."""
        passages: dict[Section, Passage] = {}
        first: dict[Section, Place] = {}
        for part in item.sections:
            where = self.text_of(part.heading)
            title = part.heading.source
            if not title.isalpha():  # one word need not be read as Markdown
                title = self.source.passage([_as_paragraph(part.heading)]).shown
            section = section_of(title)
            if section is None:
                names = section_names(self.config.language)
                meant = closest(title, names)
                self.report(source_mistakes.unknown_section, where, title, meant, names)
                section = section_of(meant) if meant else None
            for block in part.blocks:
                if has_checkbox(block):
                    self.section_options(block, title, options)
            if section is None:
                continue
            if section in first:
                self.report(source_mistakes.duplicate_section, where, title, first[section])
            first.setdefault(section, where)
            if part.blocks and section not in passages:
                passages[section] = self.source.passage(part.blocks)
        return passages

    def section_options(self, block: Block, title: str, options: Options) -> None:
        where = self.source.start(block)
        if options.where is not None:
            self.report(source_mistakes.two_option_lists, where, options.where)
        else:
            self.report(
                source_mistakes.options_outside_question, where, f"in the section `{title}`"
            )

    def explanation(self, options: Options, sections: dict[Section, Passage]) -> Passage | None:
        """The section, or, without one, what follows the options."""
        rest = [block for block in options.rest if not is_comment(block)]
        if not rest:
            return sections.get(Section.EXPLANATION)
        if Section.EXPLANATION in sections:
            self.report(source_mistakes.stray_text, self.source.start(rest[0]))
            return sections[Section.EXPLANATION]
        return self.source.passage(rest)


def front_matter_end(lines: Sequence[str]) -> int:
    """The row after the front matter with which a chapter begins; 0 if there is none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    ends = (row for row, line in enumerate(lines) if row and line.rstrip() in ("---", "..."))
    return next(ends, -1) + 1


def _without_marks(text: str) -> str:
    """A text without the vowel signs and accents that Python counts as no part of a word."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "M")


def _as_paragraph(heading: Block) -> Block:
    """The text of a heading as a paragraph."""
    paragraph = Block("p", heading.row, heading.columns[0])
    paragraph.lines, paragraph.columns = heading.lines, heading.columns
    paragraph.end = heading.end
    return paragraph


def _is_true_or_false(options: Sequence[Option]) -> bool:
    """Whether the options are True and False, which everybody expects in this order."""
    return len(options) == 2 and are_true_and_false([option.text.shown for option in options])
