"""The values between a bank and the other forms of questions; no form is known here.

A reader turns the bytes of a file into `Contents`; a writer turns `Contents` into bytes. Texts are
the Markdown of our banks. On the way out each has its safe HTML beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mcqdeck.model import Config, Place


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a question: its Markdown and, on the way out, the safe HTML that this gives.

    In both, a file of the bank is named by its path in the bank's folder.
    """

    markdown: str = ""
    html: str = ""

    def __bool__(self) -> bool:
        return bool(self.markdown or self.html)

    def above(self, other: Text) -> Text:
        """A text that came in, and another below it."""
        return Text(f"{self.markdown}\n\n{other.markdown}".strip("\n")) if self else other


NOTHING = Text()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a learner may choose, and why it is right or wrong."""

    text: Text
    is_correct: bool
    rationale: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Item:
    """A multiple-choice question in no particular form."""

    where: Place

    stem: Text

    options: tuple[Option, ...]

    explanation: Text = NOTHING

    references: Text = NOTHING

    id: str = ""
    """A slug that the source gives as the question's permanent name, or empty."""

    name: str = ""
    """What else the source calls it."""

    category: tuple[str, ...] = ()
    """The names that lead to it, from outside in; they become its chapter."""

    tags: tuple[str, ...] = ()

    objective: str = ""

    level: str = ""

    difficulty: int | None = None
    """From 1 to 5."""

    keeps_order: bool = False
    """Whether its options stay as they stand."""

    has_flashcard: bool = True
    """Whether it is asked without options, too."""

    retired: str = ""
    """Why it is no longer asked, if so."""

    is_true_false: bool = False
    """Whether the options are the pair True and False, in whatever language."""

    remarks: tuple[str, ...] = ()
    """What of it could not be kept."""

    @property
    def texts(self) -> tuple[Text, ...]:
        """All its texts, those that are empty too."""
        options = (text for option in self.options for text in (option.text, option.rationale))
        return (self.stem, *options, self.explanation, self.references)

    def with_texts(self, change: Callable[[Text], Text]) -> Item:
        """The item with each of its texts changed, in their order."""
        return replace(
            self,
            stem=change(self.stem),
            options=tuple(
                replace(option, text=change(option.text), rationale=change(option.rationale))
                for option in self.options
            ),
            explanation=change(self.explanation),
            references=change(self.references),
        )

    @property
    def right(self) -> int:
        """How many options are right."""
        return sum(option.is_correct for option in self.options)


BLANK_OPTIONS = "options without any content are left out"


def filled(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options without the wrong ones that are blank, as forms leave them; two stay at least."""
    kept = tuple(option for option in options if option.text or option.is_correct)
    return kept if len(kept) > 1 else options


class Kind(StrEnum):
    """What a question is that cannot be a multiple-choice question."""

    CATEGORY = "category"
    CLOZE = "cloze"
    DAMAGED = "damaged"
    DESCRIPTION = "description"
    DRAG_AND_DROP = "drag and drop"
    ESSAY = "essay"
    FILL_IN = "fill-in"
    FLASHCARD = "flashcard"
    HOTSPOT = "hotspot"
    MATCHING = "matching"
    NUMERIC = "numeric"
    ORDERING = "ordering"
    PARTIAL_CREDIT = "partial credit"
    POLL = "poll"
    SHORT_ANSWER = "short answer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question of the source that does not come in."""

    where: Place

    kind: Kind
    """What it is instead."""

    words: str
    """Its first words."""

    reason: str
    """Why it does not come in."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that questions name: its path in the bank's folder, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file in another form holds, or a bank on its way to one."""

    items: tuple[Item, ...]
    """In the order of the source."""

    left_out: tuple[LeftOut, ...] = ()

    files: tuple[Attachment, ...] = ()

    config: Config | None = None
    """What the source says of the bank as a whole, where it says anything."""

    style: str = ""
    """The text of `style.css`."""

    card_style: str = ""
    """All of a card's CSS, which ends with the bank's."""

    remarks: tuple[str, ...] = ()
    """What of the whole could not be kept, once for each kind."""

    @classmethod
    def of(
        cls,
        made: Sequence[Item | LeftOut],
        files: tuple[Attachment, ...] = (),
        losses: Iterable[str] = (),
    ) -> Contents:
        """What a reader made of each question of a source, in its order, and what was lost."""
        return cls(
            tuple(one for one in made if isinstance(one, Item)),
            tuple(one for one in made if isinstance(one, LeftOut)),
            files,
            remarks=tuple(sorted(losses)),
        )

    @property
    def count(self) -> int:
        """How many questions the source has, those that are left out included."""
        return len(self.items) + len(self.left_out)


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of a bank in another form, and what the form could not hold, once a kind."""

    data: bytes
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader gets: the name of a file as a person would type it, and the file's bytes.

    `others` are files that lie around it, by their path from the file's folder: the images that its
    texts may name. They are read when asked for.
    """

    name: str
    data: bytes
    others: Mapping[str, bytes] = field(default_factory=dict)
