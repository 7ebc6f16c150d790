"""What a site says in practice and flashcards, and about a learner's progress."""

from __future__ import annotations

from dataclasses import dataclass

from mcqdeck.words._message import Counted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Practice:
    """Choosing questions, answering them, turning cards."""

    what_to_practise: str
    """Heading over the choice of questions."""
    all_questions: str
    """Choice: every question, also those known."""
    missed: str
    """Choice: questions whose last answer was wrong."""
    unseen: str
    """Choice: questions that were never answered."""
    flagged: str
    """Choice, and state: questions that the learner has flagged."""
    how_many: str
    """Label: the number of questions."""
    no_match: str
    """The choice leaves no question."""
    check_answer: str
    """Button: tells whether what was chosen is right."""
    next_question: str
    """Button: to the next question."""
    finish: str
    """Button: ends the round."""
    continue_later: str
    """Button: leaves a round or an exam as it is, to go on with it later."""
    finish_question: str
    """Asks before a round is ended in its midst."""
    replace_question: str
    """Asks before a new round takes the place of one that was begun."""
    resume: str
    """Button: goes on with a round that was interrupted."""
    start_over: str
    """Button: begins again from the first question."""
    round_done: str
    """Heading after the last question."""
    round_score: str
    """The outcome of a round."""
    repeat_missed: str
    """Button: another round, of the questions that were wrong."""
    turn: str
    """Button: shows the back of a flashcard."""
    knew_it: str
    """Button: the learner knew the answer."""
    did_not: str
    """Button: the learner did not know the answer."""
    swipe: str
    """How to rate a card with a finger."""
    known_score: str
    """The outcome of a round of flashcards."""
    repeat_unknown: str
    """Button: another round, of the cards that were not known."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Progress:
    """What a browser remembers, and how it is saved and deleted."""

    seen: str
    """Label: questions that were answered at least once."""
    not_seen: str
    """Label: questions that were never answered."""
    answered_right: str
    """Label: answers that were right."""
    answered_wrong: str
    """Label: answers that were wrong."""
    by_chapter: str
    """Heading: the figures of each chapter."""
    over_time: str
    """Heading: the figures of each day."""
    day: str
    """Heading of a column with dates."""
    chart: str
    """For screen readers: what the picture shows."""
    nothing_yet: str
    """Nothing was answered so far."""
    kept_here: str
    """Where progress is kept."""
    may_be_lost: str
    """Why to save it in time."""
    export: str
    """Button: saves progress as a file."""
    restore_progress: str
    """Button: reads progress from such a file."""
    imported: Counted
    """Progress was read from a file; `{count}` questions have some."""
    import_failed: str
    """The file is another one."""
    forget_all: str
    """Button: deletes all progress."""
    forget_question: str
    """Asks before that."""
    forgotten: str
    """Says that it was done."""
    no_storage: str
    """A browser that keeps nothing, as in a private window."""
