"""The exam: drawn by the plan, by the clock of the day, flags and strike-out, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.site.banks import write_bank
from tests.site.conftest import make_site
from tests.site.exams import CLOCK, answer_all, begin, exam, hand_in
from tests.site.learner import Learner

Visit = Callable[..., Learner]


@pytest.fixture
def learner(visit: Visit, sums: Path) -> Learner:
    return visit(sums, init=CLOCK)


def test_it_has_the_number_and_the_time_of_the_real_one(learner: Learner) -> None:
    learner.go("exam")
    assert learner.page.get_by_label("How many questions?").input_value() == "6"
    assert learner.page.get_by_label("16 minutes", exact=True).is_checked()
    learner.sees("Pass mark: 50%")
    begin(learner)

    session = exam(learner)
    assert len(session["ids"]) == len(set(session["ids"])) == 6
    assert session["exam"]["endsAt"] - session["started"] == 16 * 60_000
    assert learner.page.inner_text(".time").startswith(("16:0", "15:"))


def test_nothing_is_told_before_it_is_handed_in(learner: Learner) -> None:
    begin(learner)
    learner.choose("b")
    learner.page.wait_for_timeout(200)

    assert learner.page.locator(".verdict, .mark, .rationale, .right, .wrong").count() == 0
    assert learner.answers() == []


def test_result_by_chapter_and_objective_and_every_question_explained(learner: Learner) -> None:
    begin(learner)
    answer_all(learner, "aaab-a")
    hand_in(learner)
    page = learner.page

    learner.sees("4 of 6 right (67%)")
    learner.sees("Passed")
    page.locator("summary", has_text="Results by chapter").click()
    rows = page.locator(".results").nth(0).locator("tr").all_inner_texts()
    assert sum(int(row.split("\t")[1].split()[0]) for row in rows) == 4
    page.locator("summary", has_text="Results by objective").click()
    objectives = page.locator(".results").nth(1).locator("th").all_inner_texts()
    assert all(objective.startswith("O") for objective in objectives)
    page.locator(".outcomes > li").nth(5).wait_for()
    assert page.locator(".outcomes > li").count() == 6
    page.locator(".outcomes summary").nth(3).click()
    page.locator(".outcomes .card-box").nth(3).get_by_text("Not quite").wait_for()
    page.locator(".outcomes summary").nth(4).click()
    page.locator(".outcomes .verdict").nth(1).get_by_text("No answer chosen").wait_for()
    assert [answer["kind"] for answer in learner.answers()] == ["exam"] * 5


def test_below_the_pass_mark_it_is_not_passed(learner: Learner) -> None:
    begin(learner)
    answer_all(learner, "aabbbb")
    hand_in(learner)

    learner.sees("2 of 6 right (33%)")
    learner.sees("Not passed")


def test_at_the_pass_mark_it_is_passed(learner: Learner) -> None:
    begin(learner)
    answer_all(learner, "aaabbb")
    hand_in(learner)

    learner.sees("3 of 6 right (50%)")
    assert learner.page.locator(".passed").inner_text().endswith("Passed")


def test_answers_flags_and_strikes_survive_a_reload_and_a_crash(learner: Learner) -> None:
    begin(learner)
    order = learner.options()
    learner.choose(order[0])
    learner.page.get_by_role("button", name="Strike out C").click()
    learner.page.locator("[data-flag]").click()
    learner.wait(lambda: exam(learner)["exam"]["flagged"])
    learner.act("Next")
    learner.on(2)
    second = learner.stem()

    crashed = learner.page
    learner.page = learner.new_page()
    crashed.close()
    learner.go()
    learner.act("Continue exam")
    learner.page.wait_for_selector(".choices [role=radio]")
    assert learner.stem() == second
    learner.act("Back")
    learner.wait(lambda: learner.stem() != second)

    page = learner.page
    assert learner.options() == order
    assert page.locator("[aria-checked=true]").get_attribute("data-option") == order[0]
    assert page.locator(".struck").get_attribute("data-option") == order[2]
    assert page.get_by_role("button", name="Restore C").count() == 1
    assert page.locator("[data-flag]").get_attribute("aria-pressed") == "true"


def test_a_struck_option_is_told_to_readers_and_comes_back_when_chosen(learner: Learner) -> None:
    begin(learner)
    learner.page.get_by_role("button", name="Strike out B").click()
    struck = learner.page.get_by_role("radio").nth(1)
    assert "struck out" in struck.inner_text()

    struck.click()
    learner.page.get_by_role("button", name="Strike out B").wait_for()
    assert learner.page.locator(".struck").count() == 0


def test_strike_out_by_key_and_by_right_click(learner: Learner) -> None:
    begin(learner)
    first, second = (
        learner.page.get_by_role("radio").nth(0),
        learner.page.get_by_role("radio").nth(1),
    )
    first.focus()
    learner.page.keyboard.press("x")
    second.click(button="right")

    learner.wait(lambda: learner.page.locator(".struck").count() == 2)
    assert learner.page.locator("[aria-checked=true]").count() == 0


def test_arrow_keys_choose_and_are_kept(learner: Learner) -> None:
    begin(learner)
    learner.page.get_by_role("radio").first.focus()
    learner.page.keyboard.press("ArrowDown")

    learner.wait(lambda: len(exam(learner)["chosen"]) == 1)


def test_the_sheet_shows_what_is_answered_open_and_flagged(learner: Learner) -> None:
    begin(learner)
    learner.choose("a")
    learner.act("Next")
    learner.on(2)
    learner.page.locator("[data-flag]").click()
    learner.page.get_by_role("button", name="Question overview").click()
    learner.page.wait_for_selector(".sheet")

    names = [entry.get_attribute("aria-label") for entry in learner.page.locator(".sheet a").all()]
    assert names[0] == "Question 1 of 6: Answered"
    assert names[1] == "Question 2 of 6: Not answered, Flagged"
    learner.sees("1 of 6 answered")
    learner.page.locator(".sheet a").nth(4).click()
    learner.page.wait_for_selector(".choices [role=radio]")
    assert "5" in learner.page.inner_text(".place")


def test_handing_in_asks_and_names_what_is_open(learner: Learner) -> None:
    begin(learner)
    learner.page.get_by_role("button", name="Question overview").click()
    learner.page.wait_for_selector(".sheet")
    learner.act("Hand in")
    dialog = learner.page.locator("dialog")

    assert "6 questions are not answered. Hand in now?" in dialog.inner_text()
    dialog.get_by_role("button", name="Cancel").click()
    assert exam(learner)["exam"]["handedIn"] is None


def test_the_clock_goes_by_the_time_of_day(learner: Learner) -> None:
    """Not by ticks, which browsers slow down in tabs that nobody sees."""
    begin(learner)
    learner.page.evaluate("skip(10)")
    learner.wait(lambda: learner.page.inner_text(".time").startswith(("6:00", "5:5")))


def test_fifteen_five_and_one_minute_are_told_politely_and_once(learner: Learner) -> None:
    begin(learner)
    page = learner.page
    told = page.locator("#notices[role=status] [data-notice=time]")
    for skip, text in ((1.02, "15 minutes left"), (10, "5 minutes left"), (4, "1 minute left")):
        page.evaluate("minutes => skip(minutes)", skip)
        told.get_by_text(text, exact=True).wait_for()
        assert told.count() == 1
        assert page.inner_text("#told") == ""  # or readers would say it twice
    told.get_by_role("button", name="Close").click()
    page.wait_for_timeout(2_200)
    assert told.count() == 0


def test_of_marks_that_passed_unseen_only_the_last_is_told(learner: Learner) -> None:
    begin(learner)
    learner.page.evaluate("skip(12)")
    told = learner.page.locator("[data-notice=time]")
    told.get_by_text("5 minutes left", exact=True).wait_for()
    learner.wait(lambda: len(exam(learner)["exam"]["told"]) == 2)
    assert sorted(exam(learner)["exam"]["told"]) == [5, 15]


def test_when_time_is_up_the_learner_decides(learner: Learner) -> None:
    begin(learner)
    learner.choose("a")
    learner.page.evaluate("skip(17)")
    dialog = learner.page.locator("dialog")
    dialog.wait_for()
    assert "Time is up" in dialog.inner_text()
    learner.page.keyboard.press("Escape")
    assert dialog.is_visible()
    dialog.get_by_role("button", name="Go on without a time limit").click()
    learner.act("Next")
    learner.on(2)
    learner.page.wait_for_timeout(1_300)
    assert dialog.count() == 0
    learner.page.reload()
    learner.page.wait_for_selector(".choices [role=radio]")
    learner.page.wait_for_timeout(1_300)
    assert dialog.count() == 0


def test_time_that_was_up_while_the_page_was_closed_is_told_on_return(learner: Learner) -> None:
    begin(learner)
    learner.choose("a")
    learner.wait(lambda: len(exam(learner)["chosen"]) == 1)
    learner.page.evaluate("skip(60)")
    learner.go("exam/run")
    learner.page.locator("dialog").get_by_role("button", name="Hand in").click()

    learner.page.wait_for_selector(".outcomes")
    learner.sees("1 of 6 right")


def test_the_clock_can_be_hidden_lengthened_and_switched_off(learner: Learner) -> None:
    begin(learner)
    page = learner.page
    page.locator(".clock summary").click()
    learner.act("Hide clock")
    learner.wait(lambda: page.inner_text(".time") == "Show clock")
    learner.act("Show clock")
    learner.act("Add 15 minutes")
    learner.wait(lambda: page.inner_text(".time").startswith(("30:", "31:0")))
    learner.act("No time limit")
    learner.wait(lambda: not page.locator(".clock").is_visible())
    assert exam(learner)["exam"]["endsAt"] is None
    page.evaluate("skip(100)")
    page.wait_for_timeout(1_300)
    assert page.locator("dialog").count() == 0


def test_more_time_may_be_chosen_before_it_begins(learner: Learner) -> None:
    begin(learner, minutes="32 minutes")

    session = exam(learner)
    assert session["exam"]["endsAt"] - session["started"] == 32 * 60_000


def test_it_is_left_and_gone_on_with(learner: Learner) -> None:
    begin(learner)
    learner.choose("a")
    learner.wait(lambda: len(exam(learner)["chosen"]) == 1)
    before = exam(learner)["ids"]
    for view in ("exam/run", "exam/review"):
        learner.go(view)
        learner.act("Continue later")
        learner.sees("An exam is in progress.")
        learner.sees("1 of 6 answered")
        learner.sees("Time left: 1")  # 15:00 and less
        learner.sees("The clock keeps running.")
        learner.act("Continue exam")
        learner.page.wait_for_selector(".choices [role=radio]")
        assert exam(learner)["ids"] == before


@pytest.mark.parametrize(
    ("questions", "times"),
    [(6, (16, 24, 32)), (3, (8, 12, 16)), (12, (32, 48, 64)), (1, (3, 5, 6))],
)
def test_the_time_goes_with_the_number_of_questions(
    learner: Learner, questions: int, times: tuple[int, ...]
) -> None:
    """The real one has 16 minutes for 6 questions."""
    learner.go("exam")
    learner.page.get_by_label("How many questions?").fill(str(questions))
    offered = learner.page.get_by_role("radio").all()
    labels = [choice.locator("xpath=..").inner_text() for choice in offered]
    assert labels == [*(f"{minutes} minutes" for minutes in times), "No time limit"]
    assert learner.page.locator("legend", has_text="How much time?").is_visible()
    learner.act("Start exam")
    learner.page.wait_for_selector(".choices [role=radio]")

    session = exam(learner)
    assert session["exam"]["endsAt"] - session["started"] == times[0] * 60_000


def test_without_a_time_of_the_real_one_a_minute_a_question_is_offered(
    visit: Visit, tmp_path: Path
) -> None:
    learner = visit(make_site(write_bank(tmp_path / "bank"), tmp_path / "site"))
    learner.go("exam")
    learner.page.get_by_label("How many questions?").fill("5")

    labels = learner.page.locator("label.tick").all_inner_texts()
    assert labels == ["5 minutes", "8 minutes", "10 minutes", "No time limit"]
    assert learner.page.get_by_label("No time limit").is_checked()


def test_the_letters_that_strike_out_say_so(learner: Learner) -> None:
    begin(learner)

    assert learner.page.inner_text(".strikes").split() == ["Strike", "out:", "A", "B", "C"]
    assert learner.page.get_by_role("group", name="Strike out:").is_visible()


def test_it_can_be_quit_without_a_result(learner: Learner) -> None:
    begin(learner)
    learner.choose("a")
    learner.act("Continue later")
    learner.act("Quit exam")
    learner.page.locator("dialog").get_by_role("button", name="Quit exam").click()
    learner.page.wait_for_selector("#view form")

    assert exam(learner) is None
    assert learner.answers() == []


def test_a_result_stays_until_the_next_exam(learner: Learner) -> None:
    begin(learner, questions=1)
    answer_all(learner, "a")
    hand_in(learner)
    learner.page.reload()
    learner.page.wait_for_selector(".outcomes")
    assert len(learner.answers()) == 1

    learner.go("exam")
    learner.page.locator(".past a").click()
    learner.page.wait_for_selector(".outcomes")
    learner.sees("1 of 1 right (100%)")


def test_keys_alone_take_an_exam(learner: Learner) -> None:
    begin(learner, questions=2)
    page = learner.page
    page.keyboard.press("1")
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    learner.wait(lambda: "2" in page.inner_text(".place .long").split(" of ")[0])
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sheet")
    page.get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".outcomes")

    assert len(learner.answers()) == 2


def test_two_tabs_of_one_exam_lose_nothing_and_say_so(learner: Learner) -> None:
    begin(learner)
    other = learner.new_page()
    learner.go("exam/run/2", other)
    other.wait_for_selector(".choices [role=radio]")
    learner.choose("b", other)
    learner.choose("a")
    learner.wait(lambda: len(exam(learner)["chosen"]) == 2)

    chosen = exam(learner)["chosen"]
    ids = exam(learner)["ids"]
    assert chosen == {ids[0]: ["a"], ids[1]: ["b"]}
    learner.sees("This exam is open in another tab.")


def test_an_exam_that_was_handed_in_elsewhere_shows_its_result(
    visit: Visit, sums: Path, serve: Callable[[Path], Any]
) -> None:
    learner = visit(serve(sums).url)
    begin(learner, questions=2)
    other = learner.new_page()
    learner.go("exam/review", other)
    other.get_by_role("button", name="Hand in").click()
    other.locator("dialog").get_by_role("button", name="Hand in").click()

    learner.page.wait_for_selector(".outcomes")


def draw(learner: Learner, plan: list[tuple[str, str, float, bool]], total: int) -> list[Any]:
    """How many questions of each objective an exam gets, of ten each of A, B and C."""
    drawn: list[Any] = learner.page.evaluate(
        """async ([plan, total]) => {
          await Site.need("draw");
          const items = [..."ABC"].flatMap(objective => [...Array(10).keys()].map(number => ({
            id: objective + number, objective, level: number < 5 ? "recall" : "analysis",
          })));
          const cells = plan.map(([objective, level, amount, isShare]) =>
            ({ objective, level, amount, isShare }));
          return Site.drawExam(items, cells, total);
        }""",
        [plan, total],
    )
    return drawn


def counts(drawn: list[Any], key: str = "objective") -> dict[str, int]:
    return {
        value: sum(question[key] == value for question in drawn)
        for value in {e[key] for e in drawn}
    }


@pytest.mark.parametrize(
    ("plan", "total", "expected"),
    [
        ([("A", "", 2, False), ("B", "", 1, False), ("C", "", 1, False)], 8, "AAAABBCC"),
        # Exact shares are 3.5, 1.75 and 1.75: the largest remainders get what is left.
        ([("A", "", 2, False), ("B", "", 1, False), ("C", "", 1, False)], 7, "AAABBCC"),
        ([("A", "", 0.5, True), ("B", "", 0.25, True), ("C", "", 0.25, True)], 4, "AABC"),
        # An objective without enough questions gives way to the others.
        ([("A", "", 9, False), ("B", "", 1, False)], 15, "A" * 10 + "B" * 5),
        # What the plan says nothing of fills what is left.
        ([("A", "", 1, False)], 12, "A" * 10 + "**"),
        ([], 30, "A" * 10 + "B" * 10 + "C" * 10),
    ],
)
def test_an_exam_is_drawn_in_proportion_to_the_plan(
    learner: Learner, plan: list[tuple[str, str, float, bool]], total: int, expected: str
) -> None:
    learner.go("exam")
    drawn = draw(learner, plan, total)

    assert len(drawn) == len({question["id"] for question in drawn}) == total
    got = counts(drawn)
    for objective in "ABC":
        if "*" not in expected or objective in expected:
            assert got.get(objective, 0) == expected.count(objective)


def test_levels_within_an_objective_are_drawn_as_the_plan_has_them(learner: Learner) -> None:
    learner.go("exam")
    drawn = draw(
        learner, [("A", "recall", 3, False), ("A", "analysis", 1, False), ("B", "", 4, False)], 8
    )

    assert counts(drawn) == {"A": 4, "B": 4}
    assert counts([question for question in drawn if question["objective"] == "A"], "level") == {
        "recall": 3,
        "analysis": 1,
    }


def test_equal_remainders_are_left_to_chance(learner: Learner) -> None:
    learner.go("exam")
    plan: list[tuple[str, str, float, bool]] = [(objective, "", 1, False) for objective in "ABC"]

    firsts = {tuple(sorted(counts(draw(learner, plan, 1)))) for _ in range(30)}

    assert len(firsts) > 1


def test_the_way_back_leads_out_of_a_result(learner: Learner) -> None:
    learner.go()
    begin(learner)
    answer_all(learner, "aaaaaa")
    hand_in(learner)
    learner.page.wait_for_selector("html[data-shown='#/exam/result']")

    learner.page.go_back()  # to the questions, which are no more
    learner.page.wait_for_url("**/index.html#/exam/result")
    learner.page.go_back()
    learner.page.wait_for_selector("html[data-shown='#/exam']")
