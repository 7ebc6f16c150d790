"""From somebody's Markdown to questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.bank.definitions import DEFINITION
from mcqdeck.exchange.files import Files
from mcqdeck.exchange.habits.answers import Answers, take_answers
from mcqdeck.exchange.habits.lines import Line, Sign, lines
from mcqdeck.exchange.habits.questions import Draft, block, question
from mcqdeck.exchange.habits.runs import Number, Run, number_of, plain_run, runs
from mcqdeck.exchange.item import NOTHING, Attachment, Contents, Item, Kind, LeftOut, Source, Text
from mcqdeck.exchange.markup import guarded
from mcqdeck.exchange.text import text_of
from mcqdeck.identity import SLUG
from mcqdeck.model import Place

_BARE = re.compile(r"[A-Ha-h]?[.):]*")
_USE = re.compile(r"\[([^\[\]\n]+)\](?![:(])")
_IMAGE = re.compile(
    r"(!\[[^\]\n]*\]\()<?([^\s()<>]+)>?((?:[ \t]+\"[^\"]*\")?\))"
    r"|(<img\b[^>]*?\bsrc=[\"'])([^\"']+)([\"'])"
)


@dataclass(slots=True)
class _Section:
    """The lines under a heading, which may be none, and the lists of options among them."""

    heading: Line | None
    lines: list[Line] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    @property
    def level(self) -> int:
        """The heading's level; 0 for what stands above all headings."""
        return self.heading.level if self.heading else 0

    @property
    def number(self) -> Number | None:
        """The number in the heading."""
        return number_of(self.heading.text) if self.heading else None


def recognises(source: Source) -> bool:
    """Whether questions with options and a marked answer are found in a text."""
    contents = read(source)
    return any(item.right for item in contents.items)


def read(source: Source) -> Contents:
    """The questions of a file; a question without a list of options is left out."""
    reader = _Reader(source)
    made = list(reader.made())
    files = tuple(Attachment(path, data) for path, data in reader.files.named.items())
    return Contents(
        tuple(each for each in made if isinstance(each, Item)),
        tuple(each for each in made if isinstance(each, LeftOut)),
        files,
        remarks=tuple(sorted(reader.files.losses)),
    )


class _Reader:
    """Reads one file."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self.files = Files(source.others)
        text = text_of(source)
        kept, self._answers = take_answers(lines(text))
        used = {label.casefold() for label in _USE.findall(text)}
        self._definitions: list[Line] = []
        rest: list[Line] = []
        for line in kept:
            found = None if line.sign is Sign.CODE else DEFINITION.fullmatch(line.whole)
            if found and found[1].casefold() in used:
                self._definitions.append(line)
            elif found:  # meant as a link
                link = f"[{found[1]}]({found[2].strip()})"
                rest.append(Line(line.number, Sign.REFERENCE, link, link))
            else:
                rest.append(line)
        self._sections = _sections(rest)

    def made(self) -> Iterator[Item | LeftOut]:
        """The questions in the order of the file, and those that are left out."""
        level = _question_level(self._sections)
        titles: dict[int, str] = {}
        for section in self._sections:
            is_question = section.heading is not None and (
                section.level == level or (section.number is not None and _is_one(section))
            )
            if section.heading and not is_question:
                titles = {k: v for k, v in titles.items() if k < section.level}
                titles[section.level] = _plain(section.heading.text)
            category = tuple(titles[key] for key in sorted(titles))
            if is_question:
                yield self._of_heading(section, category)
            else:
                for draft in self._drafts(section, category):
                    yield self._made(draft)

    def _of_heading(self, section: _Section, category: tuple[str, ...]) -> Item | LeftOut:
        """The question whose heading begins its stem."""
        heading = section.heading
        assert heading is not None
        number = section.number
        title = number.text if number else heading.text
        run = _joined(section) or plain_run(section.lines)
        if run is None:
            where = Place(self._name, heading.number)
            words = words_of(Text(title))
            return LeftOut(where, Kind.OTHER, words, "no list of options was found under it")
        before = block(section.lines[: run.start])
        name = title if SLUG.fullmatch(title) and "-" in title and before else ""
        stem = before if name else f"{guarded(title)}\n\n{before}".strip()
        value = number.value if number else None
        after = section.lines[run.end :]
        where = Place(self._name, heading.number)
        return self._made(Draft(where, stem, run, after, value, category, name))

    def _drafts(self, section: _Section, category: tuple[str, ...]) -> Iterator[Draft]:
        """The questions in a section, each with the text between it and its neighbours."""
        at = 0
        last: Draft | None = None
        expected = 1
        for run in section.runs:
            if len(run.options) < 2:
                continue
            gap = section.lines[at : run.start]
            begin = _stem_start(gap, expected, is_first=last is None)
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
            return None, block(stem)
        rest = block(stem[first + 1 :], is_inner=True)
        joint = "\n" if first + 1 < len(stem) and stem[first + 1].text else "\n\n"
        return number.value, f"{number.text}{joint}{rest}".strip()

    def _made(self, draft: Draft) -> Item | LeftOut:
        draft.answers = self._answers_for(draft)
        return question(draft, self._text)

    def _answers_for(self, draft: Draft) -> Answers:
        """The list of answers for a question: of its chapter, or the next one in the file."""
        by_title = [each for each in self._answers if each.title and each.title in draft.category]
        below = [each for each in self._answers if each.line > draft.where.line and not each.title]
        return next(iter((*by_title, *below, *self._answers)), Answers(0))

    def _text(self, markdown: str) -> Text:
        """A text with its images under their paths in the bank, and the definitions it needs."""
        if not markdown.strip():
            return NOTHING
        if "![" in markdown or "<img" in markdown:
            markdown = _IMAGE.sub(self._image, markdown)
        needed = [
            line.whole.strip()
            for line in self._definitions
            if f"[{_label(line)}]".casefold() in markdown.casefold()
        ]
        return Text("\n\n".join((markdown, "\n".join(needed))) if needed else markdown)

    def _image(self, found: re.Match[str]) -> str:
        if found[1]:
            return f"{found[1]}{self.files.path(found[2])}{found[3]}"
        return f"{found[4]}{self.files.path(found[5])}{found[6]}"


def _label(definition: Line) -> str:
    found = DEFINITION.fullmatch(definition.whole)
    assert found is not None
    return found[1]


def _sections(all_lines: Sequence[Line]) -> list[_Section]:
    sections = [_Section(None)]
    for line in all_lines:
        if line.sign is Sign.HEADING:
            sections.append(_Section(line))
        else:
            sections[-1].lines.append(line)
    parts = [part for section in sections for part in _parts(section)]
    for part in parts:
        if part.number is None:
            part.runs = sorted((*part.runs, *_plain_runs(part)), key=lambda run: run.start)
    return parts


def _parts(section: _Section) -> Iterator[_Section]:
    """A section, parted where a question with a number of its own follows that of its heading."""
    section.runs = runs(section.lines)
    later = [run.start for run in section.runs[1:] if len(run.options) > 1]
    if section.number is not None and later:
        for index in range(section.runs[0].end, later[-1]):
            line = section.lines[index]
            number = None if line.sign is Sign.CODE or line.margin > 3 else number_of(line.whole)
            if number is not None and number.has_word:
                rest = _Section(None, section.lines[index:])
                rest.runs = runs(rest.lines)
                section.lines = section.lines[:index]
                section.runs = [run for run in section.runs if run.end <= index]
                yield section
                yield rest
                return
    yield section


def _plain_runs(section: _Section) -> Iterator[Run]:
    """The lists of plain items that a number with a word, or in bold, introduces."""
    begins = [0, *(run.end for run in section.runs)]
    ends = [*(run.start for run in section.runs), len(section.lines)]
    for begin, end in zip(begins, ends, strict=True):
        starts = [
            index
            for index in range(begin, end)
            if section.lines[index].sign is not Sign.CODE
            and (number := number_of(section.lines[index].whole))
            and number.has_word
        ]
        for first, last in pairwise((*starts, end)):
            if run := plain_run(section.lines[first + 1 : last]):
                yield Run(run.start + first + 1, run.end + first + 1, run.options)


def _question_level(sections: Sequence[_Section]) -> int | None:
    """The level of the headings that are questions: most of them have one list of options."""
    ones: Counter[int] = Counter()
    others: Counter[int] = Counter()
    for section in sections:
        if section.heading is None:
            continue
        is_one = _is_one(section)
        is_plain = not section.runs and plain_run(section.lines) is not None
        if is_one or (section.runs and section.number) or is_plain:
            ones[section.level] += 1
        elif section.runs or not section.number:
            others[section.level] += 1
    levels = [level for level in ones if ones[level] >= others[level]]
    return max(levels, key=lambda level: ones[level], default=None)


def _is_one(section: _Section) -> bool:
    """Whether a section holds the options of one question."""
    boxed = [run for run in section.runs if not run.is_lettered]
    if not section.runs or _has_number(section):
        return False
    if section.number is not None and boxed:
        return sum(len(run.options) for run in boxed) > 1
    found = [run for run in boxed or section.runs if len(run.options) > 1]
    return len(found) == 1


def _has_number(section: _Section) -> bool:
    """Whether a numbered question stands in a section whose heading has no number."""
    before = section.lines[: section.runs[0].start]
    return section.number is None and any(
        number_of(line.whole) is not None for line in before if line.sign is not Sign.CODE
    )


def _joined(section: _Section) -> Run | None:
    """The lists of one question as one, where a text at the margin has cut it.

    Where there are boxes, a list with letters belongs to the stem.
    """
    boxed = [run for run in section.runs if not run.is_lettered]
    same = boxed or section.runs[:1]
    if not same:
        return None
    if sum(len(run.options) for run in same) < 2:
        return None
    for first, second in pairwise(same):
        first.options[-1].more += section.lines[first.end : second.start]
    joined = Run(same[0].start, same[-1].end, [option for run in same for option in run.options])
    if len(same) > 1:
        _take_loose(joined, section.lines)
    return joined


def _take_loose(run: Run, lines: Sequence[Line]) -> None:
    """Gives the last option, if it is bare, the list or code at the margin that follows it."""
    if not _BARE.fullmatch(run.options[-1].line.text):
        return
    end = run.end
    while end < len(lines) and lines[end].sign in {Sign.BLANK, Sign.ITEM, Sign.CODE}:
        end += 1
    run.options[-1].more += lines[run.end : end]
    run.end = end


def _stem_start(gap: Sequence[Line], expected: int, *, is_first: bool) -> int:
    """The index in the lines between two lists of options at which the second's stem begins."""
    numbers = [
        (index, number)
        for index, line in enumerate(gap)
        if line.sign is not Sign.CODE and line.margin < 4 and (number := number_of(line.whole))
    ]
    if numbers:
        for index, number in numbers:
            if number.value == expected or (number.has_word and not is_first):
                return index
        return numbers[0][0] if is_first else numbers[-1][0]
    if is_first:
        return _last_paragraphs(gap)
    rules = [index for index, line in enumerate(gap) if line.sign is Sign.RULE]
    if rules:
        return rules[-1] + 1
    end = 0
    for index, line in enumerate(gap):
        if line.sign in {Sign.ANSWER, Sign.EXPLANATION, Sign.REFERENCE, Sign.WRAPPER}:
            end = index + 1
            while end < len(gap) and gap[end].text:
                end += 1
    return end


def _last_paragraphs(gap: Sequence[Line]) -> int:
    """Where the stem begins in what stands above a first list: after the last rule, if any."""
    rules = [index for index, line in enumerate(gap) if line.sign is Sign.RULE]
    return rules[-1] + 1 if rules else 0


def _plain(title: str) -> str:
    """A heading's words without marks."""
    return re.sub(r"[*_`#]+|<[^<>]*>|!?\[([^\]]*)\]\([^)]*\)", r"\1", title).strip()
