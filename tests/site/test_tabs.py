"""Several tabs at once: none replaces what another began, or writes into what it does not show."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.banks import question, write_bank
from tests.site.conftest import Server, make_site
from tests.site.exams import CLOCK, begin, exam
from tests.site.learner import Learner

Visit = Callable[..., Learner]

COUNT = """
  const put = IDBObjectStore.prototype.put;
  window.changes = 0;
  IDBObjectStore.prototype.put = function (...values) {
    window.changes += 1;
    return put.apply(this, values);
  };
"""

QUIT_AND_BEGIN = """async ids => {
  await Site.learner.change("exam", () => {
    const session = Site.newSession("exam", ids);
    session.started += 1;
    session.exam = {
      endsAt: null, pass: null, struck: {}, flagged: {}, told: [], isClockHidden: false,
      isOvertime: false, handedIn: null, tab: Site.tab,
    };
    return session;
  });
}"""


@pytest.fixture
def learner(visit: Visit, sums: Path, serve: Callable[[Path], Server]) -> Learner:
    """At a site from a server, whose tabs hear of each other."""
    return visit(serve(sums).url, service_workers="block")


def test_an_exam_that_another_tab_began_is_not_replaced(learner: Learner) -> None:
    other = learner.new_page()
    learner.go("exam", other)
    begin(learner)
    learner.choose("a")
    learner.wait(lambda: exam(learner)["chosen"])
    before = exam(learner)

    learner.act("Start exam", other)
    learner.sees("An exam is in progress", other)
    after = exam(learner)
    assert (after["started"], after["ids"]) == (before["started"], before["ids"])
    assert after["chosen"] == before["chosen"]


def test_to_start_twice_at_once_starts_one_exam(learner: Learner) -> None:
    learner.go("exam")
    learner.page.locator("form.choosing").evaluate(
        "form => { form.requestSubmit(); form.requestSubmit(); }"
    )
    learner.page.wait_for_selector(".choices [role=radio]")
    learner.page.wait_for_timeout(300)
    shown = learner.stem()
    asked = exam(learner)["ids"][0]
    assert f"{asked[1:]} + {asked[1:]}" in shown


def test_a_tab_with_an_exam_that_is_no_more_writes_nothing_into_the_next(
    visit: Visit, sums: Path
) -> None:
    learner = visit(sums, init="delete window.BroadcastChannel")  # as from disk in some browsers
    begin(learner)
    mine = exam(learner)["ids"][0]
    other = learner.new_page()
    learner.go("", other)
    other.evaluate(QUIT_AND_BEGIN, [mine, "q1", "q2"])

    learner.page.evaluate("document.querySelector('.choices [data-option]').click()")
    learner.sees("of 3")
    assert exam(learner)["chosen"] == {}


def test_a_tab_hears_that_another_has_ended_its_exam_and_begun_the_next(learner: Learner) -> None:
    begin(learner)
    other = learner.new_page()
    learner.go("", other)
    other.evaluate(QUIT_AND_BEGIN, ["q1", "q2", "q3"])
    learner.sees("of 3")
    other.evaluate("Site.learner.change('exam', () => null)")
    learner.act("Start exam")


def test_a_tab_hands_in_the_exam_that_it_shows_and_no_other(learner: Learner) -> None:
    begin(learner)
    learner.go("exam/review")
    learner.act("Hand in")
    other = learner.new_page()
    learner.go("", other)
    other.evaluate(QUIT_AND_BEGIN, ["q1", "q2"])
    learner.page.locator("dialog").get_by_role("button", name="Hand in").click()

    learner.page.wait_for_timeout(500)
    assert exam(learner)["exam"]["handedIn"] is None


def test_a_round_that_another_tab_replaced_is_not_brought_back(learner: Learner) -> None:
    learner.go("practice")
    learner.start()
    other = learner.new_page()
    learner.go("practice", other)
    other.locator("#view form button[type=submit]").click()
    other.wait_for_selector(".stem")
    latest = learner.session("practice")["started"]
    learner.answer("a")
    assert learner.session("practice")["started"] == latest


def test_the_question_whether_to_hand_in_goes_with_the_question_of_the_exam(
    learner: Learner,
) -> None:
    learner.context.add_init_script(CLOCK)
    begin(learner)
    learner.page.evaluate("skip(17)")
    learner.sees("Time is up.")
    learner.page.evaluate("history.back()")
    learner.page.locator("h1").get_by_text("Exam").wait_for()

    assert learner.page.locator("dialog").count() == 0
    learner.act("Continue exam")
    learner.sees("Time is up.")
    assert learner.page.locator("dialog").count() == 1


def test_an_older_release_in_another_tab_takes_nothing_out_of_an_exam(
    visit: Visit, tmp_path: Path, serve: Callable[[Path], Server]
) -> None:
    bank = write_bank(tmp_path / "bank", chapters=1, questions=2)
    site = make_site(bank, tmp_path / "site")
    learner = visit(serve(site).url, service_workers="block")
    learner.go("exam")
    chapter = bank / "01-chapter.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + question(9, "O1"), encoding="utf-8")
    make_site(bank, site)
    os.utime(site / "index.html", (2e9, 2e9))  # a server tells versions apart by the second
    newer = learner.new_page()
    learner.go("exam", newer)
    learner.act("Start exam", newer)
    newer.wait_for_selector(".choices [role=radio]")
    before = exam(learner)["ids"]
    assert sorted(before) == ["q1", "q2", "q9"]

    learner.go("search")
    learner.page.evaluate("Site.go('exam/run')")
    learner.page.wait_for_selector(".choices [role=radio]")
    learner.sees("of 2")
    newer.reload()
    newer.wait_for_selector(".choices [role=radio]")
    learner.sees("of 3", newer)
    assert sorted(exam(learner)["ids"]) == ["q1", "q2", "q9"]


def test_tabs_of_two_releases_do_not_answer_each_other_without_end(
    visit: Visit, tmp_path: Path, serve: Callable[[Path], Server]
) -> None:
    bank = write_bank(tmp_path / "bank", chapters=1, questions=1)
    site = make_site(bank, tmp_path / "site")
    learner = visit(serve(site).url, service_workers="block", init=COUNT)
    begin(learner)
    chapter = bank / "01-chapter.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("- [x] 2\n", "- [ ] 1\n- [x] 2\n"), encoding="utf-8")
    make_site(bank, site)
    os.utime(site / "index.html", (2e9, 2e9))
    newer = learner.new_page()
    learner.go("exam/run", newer)
    newer.wait_for_selector(".choices [role=radio]")
    learner.choose("c", newer)
    learner.page.wait_for_selector("[aria-checked=true]")
    learner.choose("c")
    newer.wait_for_selector("div[data-option=d][aria-checked=true]")

    def changes() -> list[int]:
        return [page.evaluate("window.changes") for page in (learner.page, newer)]

    def is_quiet() -> bool:
        before = changes()
        learner.page.wait_for_timeout(500)
        return changes() == before

    learner.wait(is_quiet)
    newer.reload()
    newer.wait_for_selector("[aria-checked=true]")
    assert newer.locator("div[data-option=d][aria-checked=true]").count() == 1
