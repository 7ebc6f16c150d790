"""From somebody's Markdown to questions."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from mcqdeck.exchange.bank.definitions import DEFINITION
from mcqdeck.exchange.files import Files
from mcqdeck.exchange.item import NOTHING, Contents, Item, Kind, LeftOut, Source, Text
from mcqdeck.exchange.markup import guarded
from mcqdeck.exchange.other_markdown.answers import Answers, take_answers
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.lines import inline_options, lines
from mcqdeck.exchange.other_markdown.open import true_or_false, without_options
from mcqdeck.exchange.other_markdown.overlooked import Span, overlooked, unasked
from mcqdeck.exchange.other_markdown.questions import Draft, block, question
from mcqdeck.exchange.other_markdown.runs import (
    Run,
    has_signs,
    number_of,
    plain_lists,
    plain_run,
    runs,
)
from mcqdeck.exchange.other_markdown.sections import Section, is_one, question_level, sections_of
from mcqdeck.exchange.other_markdown.stems import (
    above_answer,
    joined,
    stem_start,
    telling_words,
    without_bullet,
)
from mcqdeck.exchange.other_markdown.tabled import take_tables
from mcqdeck.exchange.tables.rows import Reader as TableReader
from mcqdeck.exchange.text import text_of
from mcqdeck.identity import SLUG
from mcqdeck.model import Place

_MARKS = re.compile(r"[*_`#]+|<[^<>]*>|!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*+\)")
_USE = re.compile(r"\[([^\[\]\n]+)\](?![:(])")
_BRACKETED = re.compile(r"\[([^\[\]\n]+)\]")
_IMAGE = re.compile(
    r"(!\[[^\]\n]*\]\()<?([^\s()<>]+)>?((?:[ \t]+\"[^\"]*\")?\))"
    r"|(<img\b[^>]*?\bsrc=[\"'])([^\"']+)([\"'])"
)


def recognises(source: Source) -> bool:
    """Whether questions with options and a marked answer are found in a text."""
    contents = read(source)
    return any(item.right for item in contents.items)


def read(source: Source) -> Contents:
    """The questions of a file; a question without a list of options is left out."""
    reader = _Reader(source)
    made = sorted(
        (*reader.made(), *reader.tabled(), *reader.overlooked()), key=lambda one: one.where
    )
    losses = reader.files.losses | reader.remarks if made else {NO_QUESTION}
    return Contents.of(made, reader.files.attachments, losses)


NO_QUESTION = (
    "no question was found: one begins with a number, a heading or a question mark, and below it "
    "stand options with boxes, letters or, where one of them is marked or `Answer: B` follows, "
    "plain bullets"
)


class _Reader:
    """Reads one file."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self.files = Files(source.others)
        text = text_of(source)
        kept, self._answers = take_answers(lines(text))
        kept, self._tables = take_tables(kept)
        used = {label.casefold() for label in _USE.findall(text)}
        self._definitions: dict[str, list[tuple[int, str]]] = {}  # by label, with their lines
        rest: list[Line] = []
        for line in kept:
            definition = None if line.sign is Sign.CODE else DEFINITION.fullmatch(line.whole)
            if definition and (label := definition[1].casefold()) in used:
                own = self._definitions.setdefault(label, [])
                own.append((line.number, line.whole.strip()))
            elif definition:  # meant as a link
                link = f"[{definition[1]}]({definition[2].strip()})"
                rest.append(Line(line.number, Sign.REFERENCE, link, link))
            else:
                rest.append(line)
        self._lines = rest
        self._sections = sections_of(rest)
        self._spans: list[Span] = []
        self._categories: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        self.remarks: set[str] = set()

    def made(self) -> Iterator[Item | LeftOut]:
        """The questions in the order of the file, and those that are left out."""
        level = question_level(self._sections)
        titles: dict[int, str] = {}
        for section in self._sections:
            is_question = (
                section.heading is not None
                and not section.is_chapter
                and (section.level == level or (section.number is not None and is_one(section)))
            )
            if section.heading and not is_question:
                titles = {k: v for k, v in titles.items() if k < section.level}
                titles[section.level] = _plain(section.heading.text)
            category = tuple(titles[key] for key in sorted(titles))
            if section.heading:
                self._categories.append((section.heading.number, category))
            if is_question:
                yield self._of_heading(section, category)
            elif section.begins:
                yield from self._of_number(section, category)
            else:
                for draft in self._drafts(section, category):
                    yield self._made(draft)

    def _of_heading(self, section: Section, category: tuple[str, ...]) -> Item | LeftOut:
        """The question whose heading begins its stem."""
        heading = section.heading
        assert heading is not None
        where = Place(self._name, heading.number)
        number = section.number
        value = number.value if number else None
        title = number.text if number else heading.text
        run = joined(section)
        plain = plain_run(section.lines) if run is None or run.is_lettered else None
        if plain and (run is None or (plain.end <= run.start and has_signs(plain))):
            run = plain
        if run is None:
            whole = [heading, *section.lines]
            stem = f"{title}\n\n{block(above_answer(section.lines))}"
            if pair := self._pair(whole, value, stem, category):
                return self._made(pair)
            return self._without_options(where, telling_words(title, stem), whole, kind=Kind.OTHER)
        before = block(section.lines[: run.start])
        name = title if SLUG.fullmatch(title) and "-" in title and before else ""
        stem = before if name else f"{guarded(title)}\n\n{before}".strip()
        after = section.lines[run.end :]
        return self._made(Draft(where, stem, run, after, value, category, name))

    def _of_number(self, section: Section, category: tuple[str, ...]) -> Iterator[Item | LeftOut]:
        """The question that begins with the first line of a section, and any that follow it."""
        if any(len(run.options) > 1 for run in section.runs):
            yield from map(self._made, self._drafts(section, category))
            return
        draft = (
            self._plain_draft(section, category)
            or self._inline_draft(section, category)
            or self._pair(section.lines, *self._stem(above_answer(section.lines)), category)
        )
        yield self._made(draft) if draft else self._open(section)

    def _plain_draft(self, section: Section, category: tuple[str, ...]) -> Draft | None:
        """The question with a list without letters and boxes."""
        number = number_of(section.lines[0].whole)
        where = Place(self._name, section.lines[0].number)
        answers = self._answers_for(Draft(where, "", Run(0, 0, []), category=category))
        is_keyed = number is not None and number.value in answers.letters
        run = plain_run(section.lines, is_keyed=is_keyed)
        if run is None and any(line.text.rstrip("*_ ").endswith("?") for line in section.lines):
            run = next(plain_lists(section.lines), None)
        return self._draft(section, run, category) if run and run.start else None

    def _inline_draft(self, section: Section, category: tuple[str, ...]) -> Draft | None:
        """The question whose options stand in a line of its stem."""
        for index, line in enumerate(section.lines):
            if line.sign not in {Sign.TEXT, Sign.ITEM}:
                continue
            stem, *options = inline_options(line)
            if len(options) < 2:
                continue
            changed = [*section.lines[:index], stem, *options, *section.lines[index + 1 :]]
            other = Section(None, changed, runs(changed), begins=True)
            return next(self._drafts(other, category), None)
        return None

    def _pair(
        self, lines: Sequence[Line], number: int | None, stem: str, category: tuple[str, ...]
    ) -> Draft | None:
        """The statement that is true or false, as an answer to it says."""
        where = Place(self._name, lines[0].number)
        known = self._answers_for(Draft(where, "", Run(0, 0, []), category=category))
        pair = true_or_false(stem, lines, known.texts.get(number or 0, ""))
        if pair is None:
            return None
        return Draft(where, pair[0], pair[1], list(lines[pair[1].end :]), number, category)

    def _open(self, section: Section) -> LeftOut:
        """The question without options, with what it may be instead."""
        where = Place(self._name, section.lines[0].number)
        _, stem = self._stem(above_answer(section.lines))
        return self._without_options(where, stem, section.lines)

    def _draft(self, section: Section, run: Run, category: tuple[str, ...]) -> Draft:
        number, stem = self._stem(section.lines[: run.start])
        where = Place(self._name, section.lines[0].number)
        return Draft(where, stem, run, section.lines[run.end :], number, category)

    def _drafts(self, section: Section, category: tuple[str, ...]) -> Iterator[Draft]:
        """The questions in a section, each with the text between it and its neighbours."""
        at = 0
        last: Draft | None = None
        expected = 1
        for run in section.runs:
            if len(run.options) < 2:
                continue
            gap = section.lines[at : run.start]
            is_first = last is None
            begin = (
                0 if is_first and section.begins else stem_start(gap, expected, is_first=is_first)
            )
            if last is not None:
                last.after = gap[:begin]
                yield last
            stem = gap[begin:]
            number, text = self._stem(stem)
            line = next((line.number for line in stem if line.text), run.options[0].line.number)
            last = Draft(Place(self._name, line), text, run, [], number, category)
            expected = (number or expected) + 1
            at = run.end
        if last is not None:
            last.after = section.lines[at:]
            yield last

    def _stem(self, stem: Sequence[Line]) -> tuple[int | None, str]:
        """The number of a question and its stem without it."""
        first = next((index for index, line in enumerate(stem) if line.text), None)
        number = number_of(stem[first].whole) if first is not None else None
        if first is None or number is None:
            return None, block(without_bullet(stem))
        rest = block(stem[first + 1 :], is_inner=True)
        joint = "\n" if first + 1 < len(stem) and stem[first + 1].text else "\n\n"
        return number.value, f"{number.text}{joint}{rest}".strip()

    def tabled(self) -> Iterator[Item | LeftOut]:
        """The questions that are rows of tables."""
        reader = TableReader(self._name, {})
        for table in self._tables:
            above = (category for line, category in self._categories if line < table[0].line)
            yield from reader.table(table, deque(above, maxlen=1).pop()).made
        self.remarks |= reader.losses

    def overlooked(self) -> Iterator[LeftOut]:
        """What looks like a question and is none of those that were made."""
        yield from overlooked(self._lines, self._spans, self._name)
        yield from unasked(self._answers, self._spans, self._name)

    def _without_options(
        self, where: Place, stem: str, lines: Sequence[Line], *, kind: Kind = Kind.ESSAY
    ) -> LeftOut:
        self._spans.append(Span(where.line, number=self._number(lines), is_in=False))
        return without_options(where, stem, lines, kind=kind)

    def _number(self, lines: Sequence[Line]) -> int | None:
        first = lines[0]
        number = number_of(first.text if first.sign is Sign.HEADING else first.whole)
        return number.value if number else None

    def _made(self, draft: Draft) -> Item | LeftOut:
        options = draft.run.options
        last = (*options[-1].more, options[-1].line)
        ends = max(line.number for line in last)
        self._spans.append(Span(draft.where.line, options[0].line.number, ends, draft.number))
        draft.answers = self._answers_for(draft)
        return question(draft, self._text)

    def _answers_for(self, draft: Draft) -> Answers:
        """The list of answers for a question: of its chapter, or the next one in the file."""
        by_title = [
            answer for answer in self._answers if answer.title and answer.title in draft.category
        ]
        below = [
            answer
            for answer in self._answers
            if answer.line > draft.where.line and not answer.title
        ]
        return next(iter((*by_title, *below, *self._answers)), Answers(0))

    def _text(self, markdown: str) -> Text:
        """A text with its images under their paths in the bank, and the definitions it needs."""
        if not markdown.strip():
            return NOTHING
        if "![" in markdown or "<img" in markdown:
            markdown = _IMAGE.sub(self._image, markdown)
        labels = {label.casefold() for label in _BRACKETED.findall(markdown)}
        entries = [entry for label in labels for entry in self._definitions.get(label, ())]
        needed = [definition for _, definition in sorted(entries)]
        return Text("\n\n".join((markdown, "\n".join(needed))) if needed else markdown)

    def _image(self, match: re.Match[str]) -> str:
        if match[1]:
            return f"{match[1]}{self.files.path(match[2])}{match[3]}"
        return f"{match[4]}{self.files.path(match[5])}{match[6]}"


def _plain(title: str) -> str:
    """A heading's words without marks."""
    return _MARKS.sub(r"\1", title).strip()
