"""What a site says before, in and after an exam."""

from __future__ import annotations

from dataclasses import dataclass

from mcqdeck.words._message import Counted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Exam:
    """The clock, the sheet of questions, handing in, the result."""

    start_exam: str
    """Button: begins, and the clock with it."""
    how_long: str
    """Heading over the choice of a time limit."""
    pass_mark: str
    """How much must be right; `{percent}` reads like `70%`."""
    time_left: str
    """Label of the clock."""
    minutes_left: Counted
    """Said when few minutes are left: 15, 5 or 1."""
    hide_clock: str
    """Button: takes the clock out of sight; it runs on."""
    show_clock: str
    """Button: shows it again."""
    add_minutes: Counted
    """Button: lengthens the time."""
    no_limit: str
    """Choice: an exam without a clock."""
    time_up: str
    """The time is over."""
    time_up_choice: str
    """What can be done then."""
    go_on: str
    """Button: works on although the time is over."""
    flag: str
    """Button: marks a question, to come back to it."""
    unflag: str
    """Button: takes that mark off."""
    sheet: str
    """Heading of the table of all questions and their state."""
    state_answered: str
    """State of a question: something is chosen."""
    state_open: str
    """State of a question: nothing is chosen."""
    state_current: str
    """State of a question: it is on screen."""
    answered_score: str
    """How far one is."""
    open_count: Counted
    """How many questions have no answer yet."""
    review: str
    """Button: looks through all answers before handing in."""
    hand_in: str
    """Button: ends the exam and shows the result."""
    hand_in_question: str
    """Asks before that."""
    back_to_questions: str
    """Button: does not hand in yet."""
    result: str
    """Heading over the result."""
    passed: str
    """The pass mark was reached."""
    not_passed: str
    """The pass mark was not reached. Plain, not harsh."""
    score: str
    """How many were right."""
    results_by_chapter: str
    """Heading of a table."""
    results_by_objective: str
    """Heading of a table."""
    time_used: str
    """How long it took; `{time}` reads like `1:05:30`."""
    all_explained: str
    """Heading over every question with its answer and explanation."""
    new_exam: str
    """Button: another exam, with other questions."""
    quit: str
    """Button: ends the exam without a result."""
    quit_question: str
    """Asks before that."""
    running: str
    """An exam was begun and not handed in."""
    continue_exam: str
    """Button: goes on with it."""
    other_tab: str
    """The same exam is open twice."""
    strike_out_options: str
    """Before the letters of the options: a press on one strikes that option out."""
    clock_runs: str
    """On the page to which an exam is left that can be gone on with."""
    past_exams: str
    """Heading of the list of exams that were handed in."""
