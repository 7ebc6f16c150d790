"""What a card says, in Anki and wherever else the same card stands."""

from __future__ import annotations

from dataclasses import dataclass

from mcqdeck.words._message import Counted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Card:
    """The words on both sides of both cards."""

    answer: str
    """Heading over the right answer."""
    rationales: str
    """Heading over the reasons for every option, on a back that runs no script."""
    explanation: str
    """Heading over the explanation."""
    references: str
    """Heading over the sources."""
    choose: Counted
    """Over the options, where several are right: how many to choose. At least 2."""
    verdict_right: str
    """One answer was to be chosen, and the right one was."""
    verdict_right_all: Counted
    """All right answers were chosen and no wrong one; `{count}` is at least 2."""
    verdict_wrong: str
    """Another answer than the right one was chosen. Kind, not blaming; `{letters}` is a letter."""
    verdict_wrong_all: str
    """Several are right; only right answers were chosen, but not all, or only wrong ones."""
    verdict_wrong_some: str
    """Several are right, and both right and wrong answers were chosen."""
    verdict_none: str
    """Nothing was chosen; one answer is right."""
    verdict_none_all: str
    """Nothing was chosen; several answers are right: `{letters}` lists theirs."""
    mark_right_choice: str
    """Under an option that was chosen and is right."""
    mark_missed: str
    """Under an option that is right and was not chosen."""
    mark_wrong_choice: str
    """Under an option that was chosen and is wrong."""
    sign_right: str
    """The sign that a teacher would put at a right answer."""
    sign_wrong: str
    """The sign that a teacher would put at a wrong answer."""
    sign_none: str
    """The sign before a verdict where nothing was chosen."""
    letter_separator: str
    """What stands between letters of options: a comma and a space in many languages."""
    digits: str
    """The ten digits from 0 to 9, as the language writes numbers in a text."""
    level_recall: str
    """Name of the level `recall`: asks for a fact."""
    level_application: str
    """Name of the level `application`: puts a rule to a case."""
    level_analysis: str
    """Name of the level `analysis`: compares several facts of a case."""
    retired: str
    """Notice on a question that was withdrawn, with its author's reason."""
    flashcard_deck: str
    """Name of the deck in Anki that holds the flashcards."""
    play_sound: str
    """For screen readers: the button that plays a sound."""
    strike_out: str
    """For screen readers: marks the option with this letter as certainly wrong."""
    restore: str
    """For screen readers: takes that mark off again."""
    struck_out: str
    """For screen readers: the state of an option that is struck out."""
    time_spent: str
    """On the back: how long the question took; `{time}` reads like `1:05`."""
    report_mistake: str
    """A link to where mistakes in questions are reported."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Alerts:
    """The titles of GitHub's five kinds of alert, as GitHub means them."""

    note: str
    """Useful to know, even when skimming."""
    tip: str
    """Advice that makes something easier."""
    important: str
    """What the reader needs to know."""
    warning: str
    """Urgent: needs attention at once."""
    caution: str
    """Warns of a risk or a bad outcome."""
