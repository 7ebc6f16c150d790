"""All that learners read in one language, and what a bank says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import Any

from mcqdeck.markdown.pattern import pattern
from mcqdeck.words._card import Alerts, Card
from mcqdeck.words._exam import Exam
from mcqdeck.words._message import CATEGORIES, Counted, Plural
from mcqdeck.words._practice import Practice, Progress
from mcqdeck.words._site import Site
from mcqdeck.words._source import Source
from mcqdeck.words._tags import Direction, spoken_language

Override = tuple[str, str | tuple[tuple[str, str], ...]]
"""A word that a bank says otherwise: its key and its text, or pairs of category and text."""

PLACEHOLDER = pattern(r"\{(\w+)\}")
_GROUPS = {
    "card": Card,
    "alerts": Alerts,
    "site": Site,
    "practice": Practice,
    "progress": Progress,
    "exam": Exam,
}
_LONGEST = 500
_UNFIT_SIGN = pattern(r"[{}\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that a learner reads which no author wrote, in one language.

    Every text is plain, without HTML; `{name}` in it stands for a value.
    """

    language: str
    """The language's tag, one of `LANGUAGES`."""
    direction: Direction
    """Which way the language is written."""
    card: Card
    """The card."""
    alerts: Alerts
    """Titles of alerts."""
    site: Site
    """Every page of a practice site."""
    practice: Practice
    """Practice and flashcards."""
    progress: Progress
    """What a browser remembers."""
    exam: Exam
    """The exam."""
    source: Source
    """What authors write; no bank overrides it."""


KEYS: Mapping[str, tuple[str, str]] = {
    field.name.replace("_", "-"): (group, field.name)
    for group, kind in _GROUPS.items()
    for field in fields(kind)
}
"""The keys that `[words]` in `deck.toml` may have, each with the group and the field it means."""


@cache
def words_for(language: str, overrides: tuple[Override, ...] = ()) -> Words:
    """The words of a language, English ones where there are none, with a bank's `overrides`.

    The language of what comes back is in its `language`. Keys that there are not are ignored.
    """
    words = own_words(spoken_language(language) or "en")
    changed: dict[str, dict[str, Counted]] = {}
    for key, text in overrides:
        if key in KEYS:
            group, field = KEYS[key]
            changed.setdefault(group, {})[field] = (
                text if isinstance(text, str) else Plural(**dict(text))
            )
    groups: dict[str, Any] = {
        group: replace(getattr(words, group), **texts) for group, texts in changed.items()
    }
    return replace(words, **groups)


@cache
def own_words(language: str) -> Words:
    """The words in the file of one of `LANGUAGES`."""
    words: Words = import_module(f"mcqdeck.words.{language.lower().replace('-', '_')}").WORDS
    return words


def closest_words(key: str) -> tuple[str, ...]:
    """The few of `KEYS` that are most like a key which there is not, the nearest first."""
    return tuple(get_close_matches(key.casefold()[:_LONGEST], KEYS, n=5, cutoff=0.0))


def unfit(key: str, value: object) -> str | None:
    """What should stand in `[words]` under one of `KEYS` instead of `value`; none if it fits."""
    group, field = KEYS[key]
    english: Counted = getattr(getattr(own_words("en"), group), field)
    known = placeholders(english)
    named = " and ".join(f"`{{{name}}}`" for name in known)
    text = f"a text in quotes on one line{f', in which {named} may stand' if named else ''}"
    if key == "digits":
        return None if isinstance(value, str) and len(value) == 10 else "the ten digits from 0 to 9"
    if key == "flashcard-deck" and isinstance(value, str) and ("::" in value or '"' in value):
        return "the name of a deck, without `::` and quotes"
    if isinstance(value, str):
        return None if _fits(value, known) else text
    if key not in COUNTED:
        return text
    if isinstance(value, dict) and "other" in value and value.keys() <= {*CATEGORIES}:
        texts = list(value.values())
        if all(isinstance(text, str) and _fits(text, known) for text in texts):
            return None
    return f'{text}, or such texts by kind of number: `{{ one = "…", other = "…" }}`'


COUNTED = frozenset(
    key
    for key, (group, name) in KEYS.items()
    for field in fields(_GROUPS[group])
    if field.name == name and field.type == "Counted"
)
"""The keys of messages that count."""


def placeholders(message: Counted) -> tuple[str, ...]:
    """The names of the values that a message takes, in order."""
    text = message if isinstance(message, str) else message.other
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def _fits(text: str, known: Iterable[str]) -> bool:
    bare = PLACEHOLDER.sub(lambda match: "" if match[1] in known else match[0], text)
    return bool(text.strip()) and len(text) <= _LONGEST and not _UNFIT_SIGN.search(bare)
