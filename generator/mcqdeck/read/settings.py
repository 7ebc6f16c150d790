"""The keys of `deck.toml`: one row has all that is known of each.

Reading, the messages about a wrong value, the settings that banks are exchanged with and the table
in the docs come from here. A new key in a table is a row, and a field of `Config` for its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mcqdeck.identity import LONGEST_BANK_ID, SLUG
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import RULE_SETS
from mcqdeck.words import is_language, meant_language

_SEVERITIES = ("error", "warning", "info", "off")
_REPOSITORY_ADDRESS = pattern(
    r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/(?:\{path\}|[A-Za-z0-9._~!$&()*+,;=:@%/?#-])*)?",
    re.IGNORECASE,
)
_PERCENTAGE = pattern(r"(\d{1,3}(?:\.\d+)?)[ ]?%")
_WEB_OR_MAIL_ADDRESS = pattern(
    r"""(?:https?://(?![/?#])|mailto:)[^\s\x00-\x1f\x7f"'<>\\^`{|}\[\]]+""", re.IGNORECASE
)
_MOST_LEVELS = 50
_MOST_QUESTIONS = 1_000_000
_MOST_MINUTES = 10_000
_LONGEST_ADDRESS = 1_000  # characters


def _any(value: object) -> object:
    """Values whose reading takes more than the value: `config` has it."""
    return value


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of `deck.toml`."""

    table: str
    """The table it stands in; empty above the first table."""

    key: str
    """The key; empty where the author names the keys of the table."""

    field: str
    """The field of `Config` that has the value; in `[exam]`, that of `Exam`."""

    read: Callable[[Any], Any]
    """From a value to what the field holds, or to `None` if it is wrong; of each entry of pairs."""

    allowed: str
    """What to write, for a message about a wrong value."""

    type: str
    """What the docs say of the value, in Markdown."""

    default: str
    """What the docs say of a bank without the key, in Markdown."""

    effect: str
    """What the docs say of the effect, in Markdown."""

    is_pairs: bool = False
    """Whether the value is a table whose keys the author names; so it is where `key` is empty."""

    example: str = ""
    """A value for a message that the key is missing; empty for all that may be."""

    suggest: Callable[[Any], str | None] = lambda _: None
    """What to write instead of a wrong value, where that can be told."""

    since: str = "1.0.0"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _title(value: object) -> str | None:
    is_title = isinstance(value, str) and value.strip() and "::" not in value and "\n" not in value
    return " ".join(str(value).split()) if is_title else None


def _texts(value: object) -> tuple[str, ...] | None:
    is_list = isinstance(value, list) and value and all(isinstance(text, str) for text in value)
    return tuple(value) if is_list and isinstance(value, list) else None


def _levels(value: object) -> tuple[str, ...] | None:
    names = _texts(value)
    return names if names and len(names) <= _MOST_LEVELS else None


def _bank_id(value: object) -> str | None:
    id_ = _slug(value)
    return id_ if id_ and len(id_) <= LONGEST_BANK_ID else None


def _slug(value: object) -> str | None:
    return value if isinstance(value, str) and SLUG.fullmatch(value) else None


def _language(value: object) -> str | None:
    return value if isinstance(value, str) and is_language(value) else None


def _meant_language(value: object) -> str | None:
    meant = meant_language(value) if isinstance(value, str) and not is_language(value) else None
    return f"a language tag; did you mean `{meant}`?" if meant else None


def _address(value: object) -> str | None:
    is_one = isinstance(value, str) and _WEB_OR_MAIL_ADDRESS.fullmatch(value.replace("{id}", "id"))
    return str(value) if is_one else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _one_of(words: tuple[str, ...]) -> Callable[[object], object]:
    """Reads one of the words."""
    return lambda value: value if value in words else None


def _quoted(words: tuple[str, ...]) -> str:
    """The words as TOML, for a message."""
    return ", ".join(f'`"{word}"`' for word in words)


def _count(most: int) -> Callable[[object], int | None]:
    """Reads a whole number from 1 to `most`."""

    def read(value: object) -> int | None:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return value if is_number and isinstance(value, int) and 1 <= value <= most else None

    return read


def _percent(value: object) -> float | None:
    """A share in percent, as a number, or as a text with the sign."""
    share = _PERCENTAGE.fullmatch(value) if isinstance(value, str) else None
    number = float(share[1]) if share else value
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return number if is_number and isinstance(number, int | float) and 0 < number <= 100 else None


def _repository(value: object) -> str | None:
    is_address = isinstance(value, str) and len(value) <= _LONGEST_ADDRESS
    return (
        value
        if is_address and isinstance(value, str) and _REPOSITORY_ADDRESS.fullmatch(value)
        else None
    )


def _amount(value: object) -> int | float | None:
    """A number of questions, or a share of them as a fraction of 1."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_QUESTIONS:
        return value
    share = _PERCENTAGE.fullmatch(value) if isinstance(value, str) else None
    return float(share[1]) / 100 if share and float(share[1]) <= 100 else None


def _switch(key: str, field: str, *, is_on: bool, effect: str) -> Setting:
    """A key of `[cards]`, which says yes or no."""
    default = f"`{str(is_on).lower()}`"
    return Setting(
        "cards", key, field, _flag, "`true` or `false`", "true or false", default, effect
    )


SETTINGS = (
    Setting(
        "",
        "id",
        "id",
        _bank_id,
        f"up to {LONGEST_BANK_ID} lower-case letters, digits and single hyphens",
        type=f"slug, up to {LONGEST_BANK_ID} characters",
        default="must be there",
        effect="permanent identity of the bank and all its notes; also names the package",
        example="a-permanent-name",
    ),
    Setting(
        "",
        "title",
        "title",
        _title,
        "a text on one line, without `::`",
        type="text, without `::`",
        default="must be there",
        effect="the deck's name in Anki",
        example="My Exam",
    ),
    Setting(
        "",
        "description",
        "description",
        _text,
        "a text in quotes",
        type="text",
        default="none",
        effect="Markdown, shown in Anki's overview of the deck",
    ),
    Setting(
        "",
        "authors",
        "authors",
        _texts,
        'a list of texts: `["Name"]`',
        type="list of texts",
        default="none",
        effect="who wrote it",
    ),
    Setting(
        "",
        "license",
        "license",
        _text,
        "a text in quotes",
        type="text",
        default="none",
        effect="best an [SPDX name](https://spdx.org/licenses/) such as `CC-BY-4.0`",
    ),
    Setting(
        "",
        "language",
        "language",
        _language,
        'a language tag such as `"en"`',
        type="language tag",
        default='`"en"`',
        effect='the language of the questions, such as `"de"` or `"pt-BR"`, and of the card\'s '
        "words: see [languages.md](languages.md)",
        suggest=_meant_language,
    ),
    Setting(
        "",
        "repository",
        "repository",
        _repository,
        "the address of the sources on the web, `{path}` for a chapter's path in the bank: "
        '`"https://example.org/my-exam/blob/main/{path}"`',
        type="web address",
        default="none",
        effect="where the sources can be seen, for a link on each page of the [site](site.md); "
        "`{path}` in it stands for a chapter's path in the bank: "
        '`"https://example.org/my-exam/blob/main/{path}"`',
    ),
    Setting(
        "",
        "report",
        "report",
        _address,
        "a full address without spaces, brackets and quotes: "
        '`"https://example.org/mistakes?id={id}"`; '
        "the question's id takes the place of `{id}`",
        type="address",
        default="none",
        effect="where mistakes are reported; `{id}` in it becomes the question's id: "
        '`"https://example.org/new?title={id}"`. The site links to it where a question is '
        "answered, the card if `show-id` is on",
    ),
    _switch(
        "flashcards",
        "flashcards",
        is_on=True,
        effect="a second card per question, without options",
    ),
    _switch("shuffle", "shuffle", is_on=True, effect="options in a new order each time"),
    _switch(
        "answer-on-choice",
        "answer_on_choice",
        is_on=False,
        effect="the answer is shown as soon as an option is chosen, where the program lets a card "
        "do that and one option is right: see [card.md](card.md#habits)",
    ),
    _switch(
        "strike-out",
        "strike_out",
        is_on=False,
        effect="learners may strike out options: see [card.md](card.md#habits)",
    ),
    _switch("timer", "timer", is_on=False, effect="the back tells how long the front was shown"),
    _switch(
        "show-id",
        "show_id",
        is_on=False,
        effect="the back ends with the question's id, and with a link if there is a `report`",
    ),
    Setting(
        "objectives",
        "",
        "objectives",
        _text,
        "a text in quotes",
        type="name = text",
        default="none",
        effect="what learners should be able to do; if there are any, a question's `objective` "
        "must be one of them",
    ),
    Setting(
        "levels",
        "names",
        "levels",
        _levels,
        f'a list of up to {_MOST_LEVELS} texts: `["recall", …]`',
        type=f"list of up to {_MOST_LEVELS} texts",
        default="recall, application, analysis",
        effect="the values that `level` may have",
    ),
    Setting(
        "rules",
        "set",
        "rule_set",
        _one_of(RULE_SETS),
        _quoted(RULE_SETS),
        type='`"recommended"`, `"strict"` or `"off"`',
        default='`"recommended"`',
        effect="which advice for good questions is on, and how severe; see "
        "[checking.md](checking.md)",
    ),
    Setting(
        "rules",
        "",
        "rules",
        _one_of(_SEVERITIES),
        _quoted(_SEVERITIES),
        type="name = severity",
        default="the rule's own",
        effect='the severity of one rule: `"error"`, `"warning"`, `"info"` or `"off"`; a mistake '
        "in form that is an error stays one",
    ),
    Setting(
        "plan",
        "",
        "plan",
        _amount,
        'a number of questions, or a share of all such as `"5%"`',
        type="objective or level = how many",
        default="none",
        effect="how many questions there should be: see [below](#the-plan)",
    ),
    Setting(
        "exam",
        "questions",
        "questions",
        _count(_MOST_QUESTIONS),
        "a number of questions, 1 or more",
        type="number",
        default="learners choose",
        effect="how many questions the exam on the [site](site.md#the-exam) asks",
    ),
    Setting(
        "exam",
        "minutes",
        "minutes",
        _count(_MOST_MINUTES),
        f"a number of minutes from 1 to {_MOST_MINUTES}",
        type="number",
        default="no limit",
        effect="how long it lasts",
    ),
    Setting(
        "exam",
        "pass",
        "pass_percent",
        _percent,
        "the share that must be right, in percent: a number up to 100",
        type='number, or `"70%"`',
        default="none",
        effect="how much must be right to pass, in percent",
    ),
    Setting(
        "words",
        "",
        "words",
        _any,
        "",
        type="key = text",
        default="the language's own",
        effect="what the card says, in other words: see "
        "[languages.md](languages.md#say-a-word-otherwise)",
    ),
    Setting(
        "history",
        "dropped",
        "dropped",
        _text,
        "the reason",
        type="id = reason",
        default="none",
        effect="ids that were published once and are gone",
        is_pairs=True,
    ),
    Setting(
        "history",
        "renamed",
        "renamed",
        _slug,
        "the id that was published: lower-case letters, digits and hyphens",
        type="new id = old id",
        default="none",
        effect="ids that were published under another name",
        is_pairs=True,
    ),
)

TABLES = tuple(dict.fromkeys(setting.table for setting in SETTINGS if setting.table))


def settings_in(table: str) -> tuple[Setting, ...]:
    """The keys of a table that have a name; of none, those above the first table."""
    return tuple(setting for setting in SETTINGS if setting.table == table and setting.key)


def setting_of(table: str, key: str = "") -> Setting:
    """The row of a key; without one, of the keys that the author names.

    Raises `KeyError` where there is no such row.
    """
    return _ROWS[table, key]


_ROWS = {(setting.table, setting.key): setting for setting in SETTINGS}
