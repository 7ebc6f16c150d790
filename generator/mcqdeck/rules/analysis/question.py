"""A question as the advice rules read it: its prose, and what its bank says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from mcqdeck import stock_options
from mcqdeck.markdown.excerpt import once
from mcqdeck.model import Config, Entry, Option, Passage, Question, RenderedBank
from mcqdeck.rules.analysis.explanations import is_full
from mcqdeck.rules.analysis.negation import negatives
from mcqdeck.words import Others

E = TypeVar("E", bound=Entry)


class CheckedQuestion:
    """A question in sound form (with a stem, right and wrong options), and its bank's settings.

    The texts are prose: the characters of the source, with a space for each character of Markdown's
    marks, code, formulas and HTML. So an offset in a text is an offset in its passage.
    """

    def __init__(self, question: Question, config: Config) -> None:
        self.question = question
        self.config = config

    @once
    def stem(self) -> str:
        """The prose of the stem."""
        return self.question.stem.prose

    @once
    def options(self) -> tuple[str, ...]:
        """The prose of each option."""
        return tuple([option.text.prose for option in self.question.options])

    @once
    def keys(self) -> tuple[str, ...]:
        """The prose of the right options."""
        return tuple([text for option, text in self.options_and_prose() if option.is_correct])

    @once
    def distractors(self) -> tuple[str, ...]:
        """The prose of the wrong options."""
        return tuple([text for option, text in self.options_and_prose() if not option.is_correct])

    @once
    def explaining(self) -> tuple[Passage, ...]:
        """The explanation and the rationales of the right options, those that hold any text."""
        passages = [self.question.explanation]
        passages += [option.rationale for option in self.question.options if option.is_correct]
        return tuple([passage for passage in passages if passage is not None and passage.shown])

    @once
    def is_explained(self) -> bool:
        """Whether one of these is a full explanation."""
        return any(map(is_full, self.explaining))

    @once
    def markdown(self) -> str:
        """The Markdown of all passages and of the references: what it lacks, none of them has."""
        references = self.question.references
        texts = [passage.text for passage in passages(self.question)]
        return "\n".join([*texts, references.text] if references else texts)

    @once
    def negatives(self) -> tuple[re.Match[str], ...]:
        """The words of the stem's prose that make it ask for what is not true."""
        return tuple(negatives(self.stem))

    @once
    def standing_for_others(self) -> tuple[tuple[int, Others], ...]:
        """The positions of the options that mean others, and which others."""
        stem, language = self.question.stem.shown, self.config.language
        return tuple(stock_options.standing_for_others(stem, self.options, language))

    @once
    def has_opposite_options(self) -> bool:
        """Whether the options are two that leave room for no third: True and False, Yes and No."""
        return len(self.question.options) == 2 and stock_options.are_opposites(self.options)

    @once
    def is_english(self) -> bool:
        """Whether the bank is in English."""
        return is_english(self.config)

    @property
    def is_shuffled(self) -> bool:
        """Whether learners see the options in a different order each time."""
        return not self.question.keeps_order

    def may_be_apart(self, position: int) -> bool:
        """Whether an option that names the place of others is shuffled away from them."""
        return self.is_shuffled and not self.stays_last(position)

    def stays_last(self, position: int) -> bool:
        """Whether the card keeps an option below the others when it shuffles them."""
        return position in stock_options.kept_last(self.question, self.config.language)

    def options_and_prose(self) -> Iterator[tuple[Option, str]]:
        """Each option with its prose."""
        return zip(self.question.options, self.options, strict=True)


def checked_questions(questions: Iterable[Question], config: Config) -> Iterator[CheckedQuestion]:
    """The questions that advice is for: in sound form, and not retired."""
    for question in in_use(questions):
        if _is_sound(question):
            yield CheckedQuestion(question, config)


def is_whole(bank: RenderedBank) -> bool:
    """Whether all chapters of a bank could be read, so that it is known what the bank lacks."""
    return all(chapter.is_whole for chapter in bank.chapters)


def in_use(questions: Iterable[E]) -> Iterator[E]:
    """The questions that are not retired."""
    return (question for question in questions if question.retired is None)


def passages(question: Question) -> Iterator[Passage]:
    """Everything in a question that a learner reads, except its references, in order."""
    yield question.stem
    for option in question.options:
        yield option.text
        if option.rationale:
            yield option.rationale
    if question.explanation:
        yield question.explanation


def is_english(config: Config) -> bool:
    """Whether a bank's language is English, of whatever country."""
    return config.language.split("-")[0].casefold() == "en"


def _is_sound(question: Question) -> bool:
    options = question.options
    return (
        {option.is_correct for option in options} == {True, False}
        and bool(question.stem.text.strip())
        and all(option.text.shown for option in options)
    )
