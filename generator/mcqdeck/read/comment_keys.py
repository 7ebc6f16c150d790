"""The keys of a question's comment and of front matter: one row has all that is known of each.

Reading, the messages about a wrong value, the order that `fmt` writes and the table in the docs
come from here. A new key is a row, and a field of `Metadata` for its value.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass

from mcqdeck.model import Config

_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")
_LAST = "last"
_MOST_OPTIONS = 99


class Shape(enum.Enum):
    """What a value is made of."""

    ONE = enum.auto()
    """One text."""
    LIST = enum.auto()
    """A list of texts, or one of them."""
    REASONS = enum.auto()
    """Names of rules, each with a reason."""


def _no_names(_: Config) -> tuple[str, ...]:
    """Names for a key that any text may follow."""
    return ()


@dataclass(frozen=True, slots=True)
class CommentKey:
    """A key that a comment may have."""

    name: str
    """The key, and the field of `Metadata` that has its value."""

    shape: Shape
    read: Callable[[str], object]
    """From a text to the value, or to `None` if it is wrong; of each text in a list."""

    allowed: str
    """What to write, for a message about a wrong value."""

    value: str
    """What the docs say of the value."""

    effect: str
    """What the docs say of the effect, in Markdown."""

    names: Callable[[Config], tuple[str, ...]] = _no_names
    """The values that there are in a bank, if it names them."""

    is_for_chapters: bool = False
    """Whether front matter may have it, for all questions of a chapter."""

    since: str = "1.0.0"


def _number(least: int, most: int) -> Callable[[str], int | None]:
    """Reads a number from `least` to `most`, in digits."""

    def read(text: str) -> int | None:
        is_number = text.isascii() and text.isdigit() and len(text) < 4
        return int(text) if is_number and least <= int(text) <= most else None

    return read


def _boolean(text: str) -> bool | None:
    word = text.casefold()
    return word in _TRUE if word in _TRUE + _FALSE else None


def _tag(text: str) -> str | None:
    """Anki separates tags by white space, so none may hold any."""
    return text if text.split() == [text] and '"' not in text else None


def _pinned(text: str) -> int | None:
    """The number of an option from 1, or 0 for the last one."""
    return 0 if text == _LAST else _number(1, _MOST_OPTIONS)(text)


COMMENT_KEYS = (
    CommentKey(
        "id",
        Shape.ONE,
        str,
        "a slug",
        value="slug",
        effect="the question's id, where the heading is its stem",
    ),
    CommentKey(
        "objective",
        Shape.ONE,
        str,
        "the name of an objective",
        value="a name",
        effect="one of `[objectives]`, if the bank has them; shown on the card, and a tag",
    ),
    CommentKey(
        "level",
        Shape.ONE,
        str,
        "the name of a level",
        names=lambda config: config.levels,
        value="a name",
        effect="one of `[levels]`; shown on the card, and a tag",
    ),
    CommentKey(
        "difficulty",
        Shape.ONE,
        _number(1, 5),
        "a number from 1 to 5",
        value="1 to 5",
        effect="a tag",
    ),
    CommentKey(
        "tags",
        Shape.LIST,
        _tag,
        "tags without white space or quotes: `[first, second]`",
        value="list, or one tag",
        effect="tags of this question, besides the chapter's",
        is_for_chapters=True,
    ),
    CommentKey(
        "shuffle",
        Shape.ONE,
        _boolean,
        "`true` or `false`",
        value="`true` or `false`",
        effect="overrules the bank; `false` keeps the options in the order of the file",
    ),
    CommentKey(
        "pinned",
        Shape.LIST,
        _pinned,
        "`last`, the number of an option as you wrote them, or a list of such numbers: `[3, 4]`",
        value="`last`, a number, or a list",
        effect="the options that stay last while the others are shuffled, by their numbers in the "
        "file: `pinned: last`, `pinned: [3, 4]`",
    ),
    CommentKey(
        "flashcard",
        Shape.ONE,
        _boolean,
        "`yes` or `no`",
        value="`yes` or `no`",
        effect="`no`: no flashcard for this question, because it makes no sense without options",
    ),
    CommentKey(
        "choose",
        Shape.ONE,
        _number(1, 99),
        "the number of right options, in digits",
        value="a number",
        effect="how many options are right; an error if you marked another number",
    ),
    CommentKey(
        "retired",
        Shape.ONE,
        lambda text: text.strip() or None,
        "the reason, as text",
        value="the reason",
        effect="see [below](#retired-questions-and-history)",
    ),
    CommentKey(
        "allow",
        Shape.REASONS,
        lambda text: text.strip() or None,
        "a rule and the reason: `allow: {rule-name: why}`",
        value="rule: reason",
        effect='suppresses one rule for this question: `allow: {missing-id: "a draft"}`; the '
        "reason is mandatory, and mistakes in form that are errors cannot be suppressed",
    ),
)

QUESTION_KEYS = tuple(key.name for key in COMMENT_KEYS)
CHAPTER_KEYS = tuple(key.name for key in COMMENT_KEYS if key.is_for_chapters)
KEY_NAMED = {key.name: key for key in COMMENT_KEYS}
