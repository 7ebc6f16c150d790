"""A question as the rules read it: its prose without markup, and what is asked of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mcqdeck.model import Bank, Config, Option, Passage, Question

MARKUP = re.compile(
    r"""
    (?=[`$<!*_~\[\]\\\ ]) (?:  # where none of these stands, nothing else need be tried
    (?P<fence>^\ {0,3}(?P<ticks>```++|~~~++)[^\n]*\n[\s\S]*?(?:^\ {0,3}(?P=ticks)[^\n]*$|\Z))
    | (?P<code>(?<!`)(?P<tick>`++)[\s\S]+?(?<!`)(?P=tick)(?!`))
    | (?P<math>\$\$[\s\S]+?\$\$|\$(?=\S)[^$\n]+?(?<=\S)\$(?!\d))
    | (?P<comment><!--[\s\S]*?(?:-->|\Z))
    | (?P<tag></?[A-Za-z][^<>\n]*>)
    | (?P<image>!\[)
    | (?P<target>\]\([^()\s]*(?:\s+"[^"\n]*")?\)|\]\[[^\]\n]*\])
    | (?P<mark>\\(?=[!-/:-@\[-`{-~])|\*+|(?<!\w)_+|(?<!_)_++(?!\w)|~~|\[|\])
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
"""The marks of Markdown, and what is no prose; a match's `lastgroup` tells which."""

HAS_MARKUP = re.compile(r"[`$<*_~\[\]\\]")

# fmt: off
_PAIRS = tuple(frozenset(pair.split()) for pair in (
    "true false", "yes no", "right wrong", "correct incorrect", "wahr falsch", "richtig falsch",
    "ja nein", "vrai faux", "oui non", "verdadero falso", "cierto falso", "sí no", "si no",
    "vero falso", "sì no", "verdadeiro falso", "sim não", "waar onwaar", "juist onjuist", "ja nee",
    "sant falskt", "ja nej",
))
# fmt: on


@dataclass(frozen=True)
class Item:
    """A sound question, one that has a stem, right options and wrong ones, and its bank's settings.

    Texts are prose: the characters of the source, with every mark of Markdown, code, math and HTML
    replaced by as many spaces, so that an offset in them is one in the passage.
    """

    question: Question
    config: Config

    @property
    def is_english(self) -> bool:
        """Whether the bank is in English."""
        return reads_english(self.config)

    @property
    def is_shuffled(self) -> bool:
        """Whether learners see the options in another order each time."""
        return not self.question.keeps_order

    @cached_property
    def is_pair(self) -> bool:
        """Whether the two options are the only ones there can be: True and False, Yes and No."""
        if len(self.question.options) != 2:
            return False
        first = frozenset(
            words[0].strip(".,;:!–—").casefold() for text in self.options if (words := text.split())
        )
        return first in _PAIRS

    @cached_property
    def stem(self) -> str:
        """The prose of the stem."""
        return self.question.stem.prose

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The prose of each option."""
        return tuple(option.text.prose for option in self.question.options)

    @cached_property
    def explanation(self) -> str:
        """The prose of the explanation, empty where there is none."""
        return self.question.explanation.prose if self.question.explanation else ""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The prose of the right options."""
        return tuple(text for option, text in self._pairs() if option.is_correct)

    @cached_property
    def distractors(self) -> tuple[str, ...]:
        """The prose of the wrong options."""
        return tuple(text for option, text in self._pairs() if not option.is_correct)

    def _pairs(self) -> Iterator[tuple[Option, str]]:
        return zip(self.question.options, self.options, strict=True)


def passages(question: Question) -> Iterator[Passage]:
    """All of a question that a learner reads but its references, in order."""
    yield question.stem
    for option in question.options:
        yield option.text
        if option.rationale:
            yield option.rationale
    if question.explanation:
        yield question.explanation


def items(bank: Bank) -> Iterator[Item]:
    """The questions of a bank that can be judged: sound in form, and not retired."""
    for question in bank.questions:
        if question.retired is None and _is_sound(question):
            yield Item(question, bank.config)


def reads_english(config: Config) -> bool:
    """Whether a bank's language is English, of whatever country."""
    return config.language.split("-")[0].casefold() == "en"


def prose(markdown: str) -> str:
    """The text with its markup replaced by spaces, as long as before."""
    if not HAS_MARKUP.search(markdown):
        return markdown
    return MARKUP.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), markdown)


def _is_sound(question: Question) -> bool:
    correct = sum(option.is_correct for option in question.options)
    return (
        0 < correct < len(question.options)
        and bool(question.stem.text.strip())
        and all(option.text.text.strip() for option in question.options)
    )
