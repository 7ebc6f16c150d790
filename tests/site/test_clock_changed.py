"""The clock of the machine was wrong, and is set right: what comes later counts as later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site.exams import CLOCK, begin, exam, hand_in
from tests.site.learner import Learner

DAY = 24 * 60


@pytest.fixture
def ahead(learner: Learner) -> Learner:
    """A learner whose clock is a year ahead."""
    learner.context.add_init_script(CLOCK)
    learner.go()
    learner.page.evaluate(f"skip({365 * DAY})")
    return learner


def set_right(learner: Learner) -> None:
    learner.page.evaluate(f"skip({-365 * DAY})")


def practise(learner: Learner, letter: str) -> None:
    learner.go("practice?question=q1")
    learner.start()
    learner.answer(letter)
    learner.act("Finish")
    learner.page.wait_for_selector(".score")


def test_the_last_answer_is_the_one_that_was_given_last(ahead: Learner) -> None:
    practise(ahead, "b")
    set_right(ahead)
    practise(ahead, "a")
    assert ahead.page.evaluate("Site.learner.of('q1').last") is True
    ahead.reload()
    ahead.page.wait_for_selector("html.ready")
    assert ahead.page.evaluate("Site.learner.of('q1').last") is True


def test_a_flag_can_be_taken_off_again(ahead: Learner) -> None:
    ahead.go()
    ahead.page.evaluate("Site.learner.flag('q1', true)")
    set_right(ahead)
    ahead.page.evaluate("Site.learner.flag('q1', false)")
    assert ahead.page.evaluate("Site.learner.of('q1').flagged") is False
    ahead.reload()
    ahead.page.wait_for_selector("html.ready")
    assert ahead.page.evaluate("Site.learner.of('q1').flagged") is False


def test_what_was_handed_in_last_is_the_result_that_shows(ahead: Learner) -> None:
    begin(ahead, questions=1)
    ahead.act("Review answers")
    hand_in(ahead)
    set_right(ahead)
    begin(ahead, questions=2)
    ahead.go("exam/review")
    hand_in(ahead)
    ahead.sees("0 of 2 right")


def test_an_exam_in_which_the_clock_was_set_back_has_its_answers(ahead: Learner) -> None:
    begin(ahead, questions=1)
    ahead.choose("b")
    ahead.wait(lambda: exam(ahead)["chosen"])
    set_right(ahead)
    ahead.act("Review answers")
    hand_in(ahead)
    ahead.wait(lambda: len(ahead.answers()) == 1)
    ahead.sees("Time used")


@pytest.mark.parametrize("time", [1e300, 8.64e15 + 1, 1e-9])
def test_a_file_with_times_that_no_calendar_has_spoils_nothing(
    learner: Learner, tmp_path: Path, time: float
) -> None:
    file = tmp_path / "progress.json"
    rows = [[time, "q1", 0, 1], [1_700_000_000_000, "q2", 0, 1]]
    held = {"started": time, "handedIn": time, "ids": ["q1"], "done": {"q1": True}}
    exams = [held]
    flags = [["q3", time, 1]]
    file.write_text(
        json.dumps(
            {"format": "mcqdeck-progress", "version": 1, "bank": "sums"}
            | {"answers": rows, "flags": flags, "exams": exams}
        ),
        encoding="utf-8",
    )
    learner.go("progress")
    with learner.page.expect_file_chooser() as chooser:
        learner.act("Import progress")
    chooser.value.set_files(file)
    learner.sees("imported.")
    learner.reload()
    learner.page.locator(".results").last.wait_for()
    assert [answer["id"] for answer in learner.answers()] in (["q2"], ["q1", "q2"])
