"""The values that flow through the stages: all frozen, all made by `read`, none changed later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    # A run in which all chapters are remembered parses no Markdown.
    from mcqdeck.markdown import Document, Excerpt

LEVELS = ("recall", "application", "analysis")
SOUNDS = frozenset({"m4a", "mp3", "ogg", "wav"})
VIDEOS = frozenset({"mp4", "webm"})
PLAYED = SOUNDS | VIDEOS
IMAGES = frozenset({"gif", "jpeg", "jpg", "png", "svg", "webp"})
FONTS = frozenset({"otf", "ttf", "woff", "woff2"})
MEDIA_TYPES = IMAGES | PLAYED | FONTS
"""How the names of media end, in lower case without the dot."""
RULE_SETS = ("recommended", "strict", "off")


class Place(NamedTuple):
    """A position in a file as it was saved.

    `path` is the path as a person would type it, with forward slashes. `line` and `column` count
    from 1, a column being one character (a tab is one, a wide character is one); a byte order mark
    is not counted. `(1, 1)` stands for the file as a whole.
    """

    path: str
    line: int = 1
    column: int = 1


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A part of a question: a piece of the tree of the file `path`, in its place.

    Offsets count the characters of `text`.
    """

    path: str
    excerpt: Excerpt

    @property
    def text(self) -> str:
        r"""The Markdown, without the marks of its containers; `\n` ends each line."""
        return self.excerpt.text

    @property
    def prose(self) -> str:
        """The words as they stand in `text`, everything else as spaces: as long as `text`."""
        return self.excerpt.prose

    @property
    def shown(self) -> str:
        """What a learner sees, on one line, with code and formulas."""
        return self.excerpt.shown

    @property
    def where(self) -> Place:
        """The place of the first character that is not white space."""
        return self.at(len(self.text) - len(self.text.lstrip()))

    def at(self, offset: int) -> Place:
        """The place in the file of the character at `offset` in the text."""
        row, column = self.excerpt.place(offset)
        return Place(self.path, row + 1, column + 1)


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of a file as it stands there, from `start` to `end` (exclusive)."""

    text: str
    start: Place
    end: Place


class Option(msgspec.Struct, frozen=True, gc=False):
    """One answer that a learner may choose."""

    where: Place
    """The place of its list marker."""

    is_correct: bool
    text: Passage
    """Empty where the author wrote none."""

    rationale: Passage | None = None
    """Why it is right or wrong, if the author says so."""

    capital: Place | None = None
    """The place of its mark if that is `X` and not `x`."""

    item: Slice | None = None
    """All that stands behind the number of a numbered list, as it stands there."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A rule that is suppressed for one question, and why. `where` is the place of its name."""

    name: str
    reason: str
    where: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a question besides its texts: what remains when its chapter is done."""

    where: Place
    """The place of its heading."""

    id: str
    """The author's, or else derived from the stem."""

    id_where: Place
    id_is_derived: bool
    _: KW_ONLY
    former_id: str = ""
    """The id that versions before 1.0 derived; empty for an author's."""

    objective: str | None = None
    level: str | None = None
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    """The file's tags, then the question's."""

    keeps_order: bool = False
    """True for a numbered list, for True/False, and where shuffling is switched off."""

    has_flashcard: bool = True
    retired: str | None = None
    """The reason for retiring."""

    allow: tuple[Allowance, ...] = ()
    """The rules that are suppressed here."""


@dataclass(frozen=True, slots=True)
class Question(Entry):
    """A multiple-choice item with its texts."""

    stem: Passage
    options: tuple[Option, ...]
    explanation: Passage | None
    references: Passage | None
    _: KW_ONLY
    choose: int | None = None
    """The number of right options that the author asserts."""

    pinned: frozenset[int] = frozenset()
    """The positions of the options that stay last where the others are shuffled."""

    choose_end: Place | None = None
    """The place after that number."""

    values: tuple[tuple[str, Place], ...] = ()
    """Each key of the comment with the place of its value."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown file: one subdeck."""

    path: str
    """The file, as a person would type it."""

    title: str
    """What is shown of the first heading, or the file's name where there is none."""

    questions: tuple[Question, ...]
    where: Place | None = None
    """The place of that heading."""

    heading: Passage | None = None
    """Its text."""

    document: Document | None = field(default=None, compare=False, repr=False)
    """The tree that all passages are pieces of."""

    is_whole: bool = True
    """False if the file could not be read as a chapter, so that nothing can be said of what it
    lacks."""


@dataclass(frozen=True, slots=True)
class Exam:
    """What the exam that a bank prepares for asks; `None` where the author does not say.

    `pass_percent` is how many of 100 questions must be right, above 0 and at most 100.
    """

    questions: int | None = None
    minutes: int | None = None
    pass_percent: float | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """What `deck.toml` says. Tables are given as tuples of pairs in file order."""

    path: str
    """Of the `deck.toml`."""

    id: str
    title: str
    description: str = ""
    """Markdown."""

    authors: tuple[str, ...] = ()
    license: str = ""
    language: str = "en"
    flashcards: bool = True
    shuffle: bool = True
    answer_on_choice: bool = False
    strike_out: bool = False
    timer: bool = False
    show_id: bool = False
    report: str = ""
    """The address of a page for mistakes in questions, `{id}` standing for the question's."""

    objectives: tuple[tuple[str, str], ...] = ()
    """Names with their texts."""

    levels: tuple[str, ...] = LEVELS
    """Empty where they cannot be read, so that any may be one."""

    rule_set: str = "recommended"
    """One of `RULE_SETS`."""

    rules: tuple[tuple[str, str], ...] = ()
    """The names of rules with `"error"`, `"warning"`, `"info"` or `"off"`."""

    plan: tuple[tuple[str, tuple[tuple[str, int | float], ...]], ...] = ()
    """Objectives with pairs of level and how many questions there should be: an `int` is their
    number, a `float` their share of the bank's. An empty name stands for all objectives, or all
    levels, together."""

    words: tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...] = ()
    """The keys of words with the text that the bank has for each, or with pairs of a kind of number
    and a text."""

    exam: Exam | None = None
    """`None` where there is no such table."""

    repository: str = ""
    """The address at which the sources can be seen, `{path}` standing for a chapter's path in the
    bank."""

    dropped: tuple[tuple[str, str], ...] = ()
    """Ids with the reasons."""

    renamed: tuple[tuple[str, str], ...] = ()
    """New ids with the older ones."""

    places: tuple[tuple[str, Place], ...] = ()
    """The dotted names of keys (`"objectives.GC1"`) with their places."""


@dataclass(frozen=True, slots=True)
class Bank:
    """A folder of chapters with its `deck.toml`."""

    folder: str
    """As a person would type it."""

    config: Config
    chapters: tuple[Chapter, ...]
    files: tuple[str, ...] = ()
    """The paths, relative to the folder and with forward slashes, of every regular file in it that
    is neither a chapter nor hidden."""

    style: str = ""
    """The text of `style.css`, or empty."""

    sheets: tuple[tuple[str, str], ...] = ()
    """The path of each other style sheet in it with its text."""

    left_out: tuple[str, ...] = ()
    """The paths of files of which nothing is made, of the `deck.toml` of a bank within, and, with a
    slash at the end, of links to folders."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in source order."""
        return tuple(question for chapter in self.chapters for question in chapter.questions)


@dataclass(frozen=True, slots=True)
class Media:
    """A file of the bank that goes into the package under `name`; `path` is where it lies now."""

    name: str
    path: str


class RenderedOption(msgspec.Struct, frozen=True, gc=False):
    """An option as safe HTML. `letter` is its permanent id in source order: a, b, c …

    `is_pinned` is true if it stays last where the others are shuffled.
    """

    letter: str
    is_correct: bool
    html: str
    rationale: str
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class RenderedQuestion:
    """A question whose parts are safe HTML, ready to become the fields of a note."""

    question: Entry
    stem: str
    options: tuple[RenderedOption, ...]
    explanation: str
    """Empty where there is none, as the parts below."""

    references: str
    notice: str
    """Why the question is retired."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What the rules for banks compare of a question that is sound in form and in use.

    Texts are in the form in which two of them are compared: words without case and marks.
    """

    where: Place
    """The first line of the stem."""

    length: int
    """The characters of that line."""

    asked: str
    """The stem, and what makes an image of another bank another one."""

    stem: str
    literals: tuple[str, ...]
    """The code, formulas and images of the stem, exactly as written."""

    options: tuple[str, ...]
    meanings: tuple[str, ...]
    """The options in which, in English, plurals and articles do not count."""

    marks: tuple[bool, ...]
    """Which options are right."""

    lengths: tuple[int, ...]
    """The characters of each option that a learner sees."""

    words: str
    """All words in alphabetical order, in which questions that are nearly the same are alike."""

    beginnings: str
    """How these words begin, each beginning once, by which such questions are found."""

    has_opposite_options: bool
    keeps_order: bool
    has_flashcard: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What the rules for banks must know of all that is compared in a chapter.

    With it, they look at those questions only that another one may resemble. Columns hold a digest
    of the same size for each question, in order.
    """

    texts: bytes
    """16 bytes each, of the words and their beginnings."""

    asked: bytes
    """8 bytes each, of the stem."""

    options: bytes
    """8 bytes each, of the set of the options."""

    shared: bytes
    """8 bytes for each set of options by which another question may be found to share them."""

    with_options: int
    """How many questions have so many options that to share them matters."""

    with_one_key: int
    """How many have one right option, without those such as True/False."""

    longest: tuple[float, int]
    """In how many of these the key is to be expected to be the longest option, and in how many it
    is."""

    shortest: tuple[float, int]
    places: tuple[tuple[int, tuple[int, ...]], ...]
    """By the number of options that keep their order, how often the key is at each place."""


@dataclass(frozen=True, slots=True)
class RenderedChapter:
    """What a chapter gives: its questions as safe HTML, and what the bank must know of them."""

    path: str
    title: str
    where: Place | None
    """The place of the title, if it has one."""

    is_whole: bool
    """False if the file could not be read as a chapter."""

    entries: tuple[Entry, ...]
    compared: Sequence[Compared]
    questions: Sequence[RenderedQuestion]
    """One for each entry."""

    overview: Overview | None = None
    """Of what is compared, if it has been worked out."""


@dataclass(frozen=True, slots=True)
class RenderedBank:
    """A bank as safe HTML, with its media."""

    folder: str
    config: Config
    """As `folder` and `files`, that of the `Bank`."""

    chapters: tuple[RenderedChapter, ...]
    files: tuple[str, ...] = ()
    style: str = ""
    """The bank's own, in which files have their names in the package."""

    media: tuple[Media, ...] = ()
    """What questions and the style name, sorted by name."""

    @property
    def entries(self) -> Iterator[Entry]:
        """All questions in source order, without their texts."""
        return (entry for chapter in self.chapters for entry in chapter.entries)

    @property
    def has_sound(self) -> bool:
        """Whether questions name sounds or videos."""
        return any(media.name.rpartition(".")[2] in PLAYED for media in self.media)

    @property
    def questions(self) -> tuple[RenderedQuestion, ...]:
        """All questions in source order."""
        return tuple(question for chapter in self.chapters for question in chapter.questions)


class ChangeKind(StrEnum):
    """What a release does to one question of the one before, the most important first."""

    KEY = "answer key changed"
    RETIRED = "retired"
    REMOVED = "removed"
    NEW = "new"
    REWORDED = "reworded"
    OPTIONS = "options changed"
    EXPLANATION = "explanation only"
    METADATA = "tags or metadata only"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part of a question (`stem`, `option`, `tags` …) before and after, in words, not HTML.

    What was not there, or is gone, is empty. Equal words mean that only markup changed.
    """

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one question; `stem` is its text in words, the newer where there are two."""

    kind: ChangeKind
    id: str
    stem: str
    parts: tuple[ChangedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What separates two packages of a bank: what a learner of the old one gets with the new."""

    bank_id: str
    changes: tuple[Change, ...]
    """A question that changed and moved too stands here twice."""

    unchanged: int
    """How many questions are as they were."""

    decks: tuple[ChangedPart, ...] = ()
    """Names of decks."""

    note_type_changed: bool = False
    forces_full_sync: bool = False
    """Whether the note types differ in what Anki calls their schema."""

    @property
    def is_empty(self) -> bool:
        """Whether a learner of the old package gets nothing from the new one."""
        return not (self.changes or self.decks or self.note_type_changed)
