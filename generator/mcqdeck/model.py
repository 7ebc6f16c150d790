"""The values that flow through the stages: all frozen, all made by `read`, none changed later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

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


@dataclass(frozen=True, slots=True)
class Passage:
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


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a learner may choose. `where` is the place of its list marker.

    `text` is empty where the author wrote none; `rationale` is `None` where there is none.
    `capital` is the place of the mark if it is `X` and not `x`. `item` is all that stands behind
    the number of a numbered list, as it stands there; `None` in other lists.
    """

    where: Place
    is_correct: bool
    text: Passage
    rationale: Passage | None = None
    capital: Place | None = None
    item: Slice | None = None


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
    """One Markdown file: one subdeck.

    `title` is what is shown of the first heading, or the file's name where there is none; `heading`
    is that heading, and `where` its place. `document` is the tree that all passages are pieces of.
    `is_whole` is false if the file could not be read as a chapter, so that nothing can be said of
    what it lacks.
    """

    path: str
    title: str
    questions: tuple[Question, ...]
    where: Place | None = None
    heading: Passage | None = None
    document: Document | None = field(default=None, compare=False, repr=False)
    is_whole: bool = True


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
    """What `deck.toml` says. Tables are given as tuples of pairs in file order.

    `levels` is empty where they cannot be read, so that any may be one. `rule_set` is one of
    `RULE_SETS`; `rules` pairs a rule's name with `"error"`, `"warning"`,
    `"info"` or `"off"`; `plan` pairs an objective with pairs of level and how many questions there
    should be, an `int` being their number and a `float` their share of the bank's; an empty name
    stands for all objectives, or all levels, together. `report` is the address of a page for
    mistakes in questions, `{id}` in it standing for the question's. `words` pairs the key of a word
    with the text that the bank has for it, or with pairs of a kind of number and a text. `exam` is
    `None` where there is no such table. `repository` is the address at which the sources can be
    seen, with `{path}` where a chapter's path in the bank belongs, or empty. `dropped` pairs an id
    with the reason, `renamed` a new id with the older one; `places` pairs a key's dotted name
    (`"objectives.GC1"`) with its place.
    """

    path: str
    id: str
    title: str
    description: str = ""
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
    objectives: tuple[tuple[str, str], ...] = ()
    levels: tuple[str, ...] = LEVELS
    rule_set: str = "recommended"
    rules: tuple[tuple[str, str], ...] = ()
    plan: tuple[tuple[str, tuple[tuple[str, int | float], ...]], ...] = ()
    words: tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...] = ()
    exam: Exam | None = None
    repository: str = ""
    dropped: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    """A folder of chapters with its `deck.toml`.

    `folder` is the bank's folder as a person would type it; `files` the paths, relative to it and
    with forward slashes, of every regular file in it that is neither a chapter nor hidden;
    `style` the text of `style.css`, or empty; `sheets` pairs the path of each other style sheet in
    it with its text. `left_out` are the paths of files of which nothing is made, of the `deck.toml`
    of a bank within, and, with a slash at the end, of links to folders.
    """

    folder: str
    config: Config
    chapters: tuple[Chapter, ...]
    files: tuple[str, ...] = ()
    style: str = ""
    sheets: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in source order."""
        return tuple(question for chapter in self.chapters for question in chapter.questions)


@dataclass(frozen=True, slots=True)
class Media:
    """A file of the bank that goes into the package under `name`; `path` is where it lies now."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class RenderedOption:
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
    """A question whose parts are safe HTML, ready to become the fields of a note.

    Empty parts are empty strings. `notice` says why it is retired.
    """

    question: Entry
    stem: str
    options: tuple[RenderedOption, ...]
    explanation: str
    references: str
    notice: str


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
    """A bank as safe HTML, with the media that its questions and its style name, sorted by name.

    `folder`, `config` and `files` are those of the `Bank`; `style` is the bank's style, in which
    files have their names in the package.
    """

    folder: str
    config: Config
    chapters: tuple[RenderedChapter, ...]
    files: tuple[str, ...] = ()
    style: str = ""
    media: tuple[Media, ...] = ()

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
    """What separates two packages of a bank: what a learner of the old one gets with the new.

    A question that changed and moved too stands in `changes` twice; `unchanged` counts the others.
    `forces_full_sync` is true if the note types differ in what Anki calls their schema.
    """

    bank_id: str
    changes: tuple[Change, ...]
    unchanged: int
    decks: tuple[ChangedPart, ...] = ()
    note_type_changed: bool = False
    forces_full_sync: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether a learner of the old package gets nothing from the new one."""
        return not (self.changes or self.decks or self.note_type_changed)
