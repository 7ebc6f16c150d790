"""Taking an exam: begun, answered, handed in."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.site.learner import Learner

# A clock that a test moves on: `skip(minutes)`.
CLOCK = """
  const real = Date.now.bind(Date);
  let ahead = Number(localStorage.getItem("ahead") || 0);
  Date.now = () => real() + ahead;
  window.skip = minutes => {
    ahead += minutes * 60000;
    localStorage.setItem("ahead", ahead);
  };
"""


def begin(learner: Learner, *, minutes: str = "", questions: int = 0) -> None:
    """An exam of all questions in the time of the real one, if nothing else is asked for."""
    learner.go("exam")
    if questions:
        learner.page.get_by_label("How many questions?").fill(str(questions))
    if minutes:
        learner.page.get_by_label(minutes, exact=True).check()
    learner.act("Start exam")
    learner.page.wait_for_selector(".choices [role=radio]")


def exam(learner: Learner) -> Any:
    """The exam as the browser keeps it."""
    return learner.session("exam")


def answer_all(learner: Learner, letters: str) -> None:
    """One letter for each question from the one on screen; `-` leaves it open."""
    for place, letter in enumerate(letters):
        if letter != "-":
            learner.choose(letter)
        total = len(exam(learner)["ids"])
        chosen = place + 1 - letters[: place + 1].count("-")
        learner.wait(partial(has_chosen, learner, chosen))
        learner.act("Next" if place + 1 < total else "Review answers")
        if place + 1 < total:
            learner.on(place + 2)


def has_chosen(learner: Learner, count: int) -> bool:
    """Whether this many questions have an answer, as the browser keeps them."""
    return len(exam(learner)["chosen"]) == count


def hand_in(learner: Learner) -> None:
    """From the overview to the result."""
    learner.page.wait_for_selector(".sheet")
    learner.act("Hand in")
    learner.page.locator("dialog").get_by_role("button", name="Hand in").click()
    learner.page.wait_for_selector(".outcomes")
