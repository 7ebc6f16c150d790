"""Practice: choosing questions, the verdict at once, keys and touch, stopping and going on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.banks import write_bank
from tests.site.conftest import EXAM, make_site
from tests.site.exams import answer_all, begin, hand_in
from tests.site.learner import Learner

Visit = Callable[..., Learner]


def test_a_right_answer_is_told_with_explanation_and_recorded(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.answer("a")

    assert learner.page.inner_text(".verdict") == "✓ Correct"
    assert "so the sum is called a double" in learner.page.inner_text(".card-box")
    assert [answer["right"] for answer in learner.answers()] == [True]


def test_a_press_that_follows_the_verdict_at_once_goes_on(learner: Learner) -> None:
    learner.begin("practice", "q1", "q2")
    learner.page.evaluate("""() => {
      const { answer } = Site.learner;
      Site.learner.answer = async (some) => {
        await answer(some);
        await new Promise((done) => setTimeout(done, 500)); // a slow disk
      };
    }""")
    learner.choose("a")
    learner.act("Check answer")
    learner.page.wait_for_selector(".verdict p")
    learner.act("Next question")
    learner.on(2)


def test_a_wrong_answer_shows_what_was_right_and_why(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.answer("b")

    assert learner.page.inner_text(".verdict").startswith("✕ Not quite: the right answer is ")
    assert "One too many" in learner.page.locator(".choices [data-option=b]").inner_text()
    assert learner.answers()[0]["right"] is False


def test_the_order_on_the_back_is_that_of_the_front(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    before = learner.options()
    learner.answer(before[1])

    assert learner.options() == before


def test_orders_of_questions_and_options_are_fresh_in_each_round(learner: Learner) -> None:
    orders, options = set(), set()
    for _ in range(6):
        learner.go("practice")
        learner.start()
        session = learner.session("practice")
        orders.add(tuple(session["ids"]))
        options.add(tuple(learner.options()))
    assert len(orders) == 6
    assert len(options) > 1


@pytest.mark.parametrize(
    ("label", "value", "count"),
    [
        ("Chapter", "02 Chapter 2", 4),
        ("Objective", "O3 Objective 3", 4),
        ("Level", "recall", 4),
        ("Tag", "odd", 6),
        ("Difficulty", "2", 3),
    ],
)
def test_questions_are_chosen_by_what_they_have(
    learner: Learner, label: str, value: str, count: int
) -> None:
    learner.go("practice")
    learner.page.get_by_label(label, exact=True).select_option(label=value)
    learner.sees(f"{count} questions")
    learner.page.locator("#view form button[type=submit]").click()
    learner.page.wait_for_selector(".stem")

    assert len(learner.session("practice")["ids"]) == count


def test_only_what_was_missed_unseen_or_flagged(learner: Learner) -> None:
    learner.go("practice?chapter=01-chapter")
    learner.start()
    learner.answer("b")
    missed = learner.stem()
    learner.act("Next question")
    learner.answer("a")
    learner.page.locator("[data-flag]").click()
    flagged = learner.stem()
    learner.finish()

    learner.go("practice")
    tallies = learner.page.locator(".tally").all_inner_texts()
    assert tallies == ["12", "1", "10", "1"]
    for state, stem in (("missed", missed), ("flagged", flagged)):
        learner.go(f"practice?state={state}")
        learner.page.reload()
        learner.page.wait_for_selector("#view form")
        learner.start()
        assert learner.stem() == stem
    learner.go("practice?state=unseen")
    learner.page.reload()
    learner.page.wait_for_selector("#view form")
    learner.start()
    assert len(learner.session("practice")["ids"]) == 10


def test_no_match_starts_nothing_and_says_so(learner: Learner) -> None:
    learner.go("practice?state=missed")

    assert "No questions match" in learner.page.inner_text("#view form .found")
    assert learner.page.locator("#view form button[type=submit]").is_disabled()


def test_a_round_ends_with_its_score_and_repeats_what_was_wrong(learner: Learner) -> None:
    learner.go("practice?chapter=01-chapter")
    learner.start()
    for place in range(4):
        learner.answer("b" if place == 1 else "a")
        if place == 1:
            wrong = learner.stem()
        learner.act("Next question" if place < 3 else "Finish")
    learner.sees("3 of 4 right")

    outcome = learner.page.locator(".outcomes summary")
    assert outcome.count() == 1
    outcome.click()
    learner.page.locator(".outcomes .card-box").get_by_text("Your choice").wait_for()
    learner.act("Practise the wrong ones again")
    learner.on(1)
    assert learner.stem() == wrong
    assert learner.session("practice")["ids"].__len__() == 1


def test_it_goes_on_where_it_was_left_with_choice_and_order(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.answer("a")
    learner.act("Next question")
    learner.page.wait_for_selector(".choices [role=radio]")
    stem, order = learner.stem(), learner.options()
    learner.choose(order[2])
    learner.wait(lambda: len(learner.session("practice")["chosen"]) == 2)

    learner.page.close()
    learner.page = learner.new_page()
    learner.go()
    learner.act("Continue where you left off")
    learner.page.wait_for_selector(".choices [role=radio]")

    assert learner.stem() == stem
    assert learner.options() == order
    assert learner.page.locator("[aria-checked=true]").get_attribute("data-option") == order[2]


def test_a_checked_question_is_still_checked_after_a_reload(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.answer("b")
    learner.page.reload()
    learner.page.wait_for_selector(".verdict p")

    assert learner.page.inner_text(".verdict").startswith("✕")
    assert len(learner.answers()) == 1


def test_the_keyboard_alone_does_it(learner: Learner) -> None:
    learner.go("practice")
    page = learner.page
    page.locator("#view form button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".choices [role=radio]")
    order = learner.options()
    page.keyboard.press("2")
    assert page.locator("[aria-checked=true]").get_attribute("data-option") == order[1]
    page.keyboard.press("f")
    assert page.locator("[data-flag]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict p")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Next question").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".choices [role=radio]")
    page.keyboard.press("Tab")
    page.keyboard.press(" ")

    assert page.locator("[aria-checked=true]").count() == 1


def test_enter_checks_and_enter_again_goes_on(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.on(1)
    page = learner.page
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict")
    page.keyboard.press("Enter")

    learner.on(2)


def test_single_keys_mean_nothing_outside_the_question(learner: Learner) -> None:
    """A reader who dictates text, or types in a field, chooses nothing by it (WCAG 2.1.4)."""
    learner.go("practice")
    learner.start()
    learner.page.locator(".brand").focus()
    learner.page.keyboard.press("2")
    learner.page.keyboard.press("f")

    assert learner.page.locator("[aria-checked=true]").count() == 0
    assert learner.page.locator("[data-flag]").get_attribute("aria-pressed") == "false"


def test_several_right_options_are_right_together_only(visit: Visit, cards_site: Path) -> None:
    learner = visit(cards_site)
    learner.go("practice?question=several")
    learner.start()
    learner.sees("Choose 2")
    learner.choose("a")
    learner.choose("c")
    learner.act("Check answer")
    learner.sees("Correct: all 2 right answers")
    assert learner.answers()[0]["right"] is True

    learner.go("practice?question=several")
    learner.page.reload()
    learner.page.wait_for_selector("#view form")
    learner.start()
    learner.choose("a")
    learner.act("Check answer")
    learner.sees("1 of 2 right")
    learner.wait(lambda: len(learner.answers()) == 2)
    assert learner.answers()[1]["right"] is False


def test_pinned_and_numbered_options_keep_their_place(visit: Visit, cards_site: Path) -> None:
    learner = visit(cards_site)
    for _ in range(5):
        learner.go("practice?question=pinned")
        learner.page.reload()
        learner.page.wait_for_selector("#view form")
        learner.start()
        assert learner.options()[-1] == "e"
    learner.go("practice?question=numbered")
    learner.page.reload()
    learner.page.wait_for_selector("#view form")
    learner.start()
    assert learner.options() == ["a", "b", "c"]


def test_retired_questions_are_not_practised(visit: Visit, cards_site: Path) -> None:
    learner = visit(cards_site)
    learner.go("practice")

    ids = learner.page.evaluate("Site.bank.items.map(item => item.id)")
    assert "retired" in ids
    assert learner.page.locator(".tally").first.inner_text() == str(len(ids) - 1)


def test_touch_chooses_and_checks(visit: Visit, sums: Path) -> None:
    learner = visit(sums, has_touch=True, is_mobile=True, viewport={"width": 360, "height": 640})
    learner.go("practice")
    learner.start()
    learner.page.locator(".choices [data-option=a]").tap()
    learner.page.get_by_role("button", name="Check answer").tap()

    learner.sees("Correct")


def test_a_round_is_left_and_gone_on_with(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.answer("a")
    before = learner.session("practice")
    learner.act("Continue later")
    learner.page.wait_for_selector("#view form")
    learner.sees("Question 1 of 12")

    assert learner.session("practice")["ids"] == before["ids"]
    learner.go()
    learner.act("Continue where you left off")
    learner.page.wait_for_selector(".verdict p")
    assert learner.session("practice")["ids"] == before["ids"]


def test_a_round_ends_in_its_midst_only_when_that_is_confirmed(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.answer("b")
    learner.act("Continue later")
    end = learner.page.locator(".resume").get_by_role("button", name="Finish")
    end.click()
    dialog = learner.page.locator("dialog")
    assert "End this round?" in dialog.inner_text()
    dialog.get_by_role("button", name="Cancel").click()
    assert len(learner.session("practice")["ids"]) == 12

    end.click()
    dialog.get_by_role("button", name="Finish").click()
    learner.sees("0 of 1 right")


def test_a_round_without_an_answer_ends_without_a_question(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.act("Continue later")
    learner.page.locator(".resume").get_by_role("button", name="Finish").click()
    learner.page.locator(".resume").wait_for(state="detached")

    assert learner.session("practice") is None


def test_a_new_round_asks_before_it_takes_the_place_of_one_that_was_begun(
    learner: Learner,
) -> None:
    learner.go("practice")
    learner.start()
    learner.answer("a")
    before = learner.session("practice")["ids"]
    learner.go("practice?chapter=01-chapter")
    submit = learner.page.locator("#view form button[type=submit]")
    submit.click()
    dialog = learner.page.locator("dialog")
    assert "You have an unfinished round." in dialog.inner_text()
    dialog.get_by_role("button", name="Cancel").click()
    assert learner.session("practice")["ids"] == before
    assert submit.is_visible()

    submit.click()
    dialog.get_by_role("button", name="Start").click()
    learner.on(1)
    assert len(learner.session("practice")["ids"]) == 4


def test_to_practise_what_an_exam_had_wrong_asks_too(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    learner.answer("a")
    before = learner.session("practice")["ids"]
    begin(learner, questions=1)
    answer_all(learner, "b")
    hand_in(learner)
    learner.act("Practise the wrong ones again")
    learner.page.locator("dialog").get_by_role("button", name="Cancel").click()

    assert learner.session("practice")["ids"] == before


def test_an_answer_that_is_looked_at_without_a_choice_is_no_answer(learner: Learner) -> None:
    """Here as in the round's outcome and in the progress."""
    learner.go("practice?chapter=01-chapter")
    learner.start()
    assert learner.page.get_by_role("button", name="Check answer").count() == 0
    learner.act("Show answer")
    learner.sees("No answer chosen")
    learner.act("Next question")
    learner.on(2)
    learner.choose("a")
    assert learner.page.get_by_role("button", name="Show answer").count() == 0
    learner.act("Check answer")
    learner.sees("Correct")
    learner.wait(lambda: len(learner.answers()) == 1)
    learner.finish()

    learner.sees("1 of 2 right")
    assert "Not answered" in learner.page.locator(".outcomes summary").inner_text()
    learner.go("progress")
    assert learner.page.locator("#view .figures dd").all_inner_texts() == ["1 / 12", "100%"]
    learner.go("practice")
    assert learner.page.locator(".tally").all_inner_texts() == ["12", "0", "11", "0"]


def test_where_a_question_is_answered_its_page_and_the_way_to_report_it_are_linked(
    visit: Visit, tmp_path: Path
) -> None:
    settings = f'report = "https://example.org/report?id={{id}}"\n{EXAM}'
    bank = write_bank(tmp_path / "bank", chapters=1, questions=1, settings=settings)
    learner = visit(make_site(bank, tmp_path / "site"))

    def names_it(place: str) -> None:
        line = learner.page.locator(f"{place} .meta .id")
        line.wait_for()
        assert "q1" in line.inner_text()
        page = line.get_by_role("link", name="Link to this question")
        assert page.get_attribute("href") == "q/q1.html"
        report = line.get_by_role("link", name="Report a mistake")
        assert report.get_attribute("href") == "https://example.org/report?id=q1"

    learner.go("practice")
    learner.start()
    assert learner.page.locator(".meta .id").count() == 0
    learner.answer("b")
    names_it("")
    learner.act("Finish")
    learner.page.locator(".outcomes summary").click()
    names_it(".outcomes")
    learner.go("cards")
    learner.start()
    learner.act("Turn over")
    names_it("")
    begin(learner)
    answer_all(learner, "b")
    assert learner.page.locator(".meta .id").count() == 0
    hand_in(learner)
    learner.page.locator(".outcomes summary").click()
    names_it(".outcomes")
    learner.go()
    learner.sees("Below its answer, each question shows its ID")
