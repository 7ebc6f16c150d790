"""Slow and broken networks, other tabs, storage that goes: nothing is lost or put down wrongly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.site.banks import write_bank
from tests.site.conftest import EXAM, Server, make_site
from tests.site.learner import Learner

Visit = Callable[..., Learner]
Serve = Callable[[Path], Server]

KINDS = ["practice", "cards", "exam"]
ONWARD = {"practice": "Next question", "cards": "Knew it", "exam": "Next"}


class Network:
    """Between a learner and the second chapter: it may be down, or keep requests for a while."""

    def __init__(self, learner: Learner) -> None:
        self.is_down = self.is_slow = False
        self._kept: list[Any] = []
        learner.context.route("**/data/02-chapter.js*", self._pass)

    def _pass(self, route: Any) -> None:
        if self.is_slow:
            self._kept.append(route)
        elif self.is_down:
            route.abort()
        else:
            route.continue_()

    def let_go(self) -> None:
        self.is_slow = False
        for route in self._kept:
            route.continue_()
        self._kept.clear()


@pytest.fixture
def learner(visit: Visit, sums: Path, serve: Serve) -> Learner:
    """At a site from a server, without its worker, which would fetch every chapter ahead."""
    return visit(serve(sums).url, service_workers="block")


def finish_the_first(learner: Learner, kind: str) -> None:
    """Does what the question on screen asks for, so that the next one may come."""
    if kind == "practice":
        learner.answer("a")
    if kind == "cards":
        learner.act("Turn over")


@pytest.mark.parametrize("kind", KINDS)
def test_a_chapter_that_cannot_be_loaded_is_told_and_tried_again(
    learner: Learner, kind: str
) -> None:
    network = Network(learner)
    network.is_down = True
    learner.begin(kind, "q1", "q5")
    finish_the_first(learner, kind)
    learner.act(ONWARD[kind])

    learner.sees("This part could not be loaded.")
    assert "1 + 1" in learner.stem()
    network.is_down = False
    learner.act(ONWARD[kind])
    learner.on(2)
    assert "5 + 5" in learner.stem()
    assert learner.page.locator("[data-notice=load]").count() == 0
    assert [answer["id"] for answer in learner.answers()] == ([] if kind == "exam" else ["q1"])
    learner.said.clear()


def test_while_the_next_question_loads_a_choice_is_one_of_the_question_on_screen(
    learner: Learner,
) -> None:
    network = Network(learner)
    network.is_slow = True
    learner.begin("exam", "q1", "q5")
    learner.act("Next")
    learner.choose("b")
    network.let_go()
    learner.on(2)

    learner.wait(lambda: learner.session("exam")["chosen"] == {"q1": ["b"]})
    assert learner.page.locator("[aria-checked=true]").count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_view_that_is_left_while_it_loads_changes_nothing_any_more(
    learner: Learner, kind: str
) -> None:
    network = Network(learner)
    network.is_slow = True
    learner.begin(kind, "q1", "q5")
    finish_the_first(learner, kind)
    learner.act(ONWARD[kind])
    learner.page.evaluate("Site.go('search')")
    learner.page.get_by_role("searchbox").wait_for()
    network.let_go()

    learner.page.wait_for_timeout(300)
    assert learner.page.locator(".stem").count() == 0
    assert learner.page.evaluate("document.body.classList.contains('busy')") is False


@pytest.mark.parametrize("kind", ["practice", "cards"])
def test_an_answer_that_is_sent_off_twice_at_once_counts_once(learner: Learner, kind: str) -> None:
    learner.begin(kind, "q1", "q2")
    if kind == "practice":
        learner.choose("a")
    else:
        learner.act("Turn over")
    name = "Check answer" if kind == "practice" else "Knew it"
    button = learner.page.get_by_role("button", name=name, exact=True)
    button.evaluate("button => { button.click(); button.click(); }")

    learner.wait(lambda: len(learner.answers()) > 0)
    learner.page.wait_for_timeout(200)
    assert [answer["id"] for answer in learner.answers()] == ["q1"]
    assert "1 + 1" in learner.stem() if kind == "practice" else "2 + 2" in learner.stem()


def test_two_tabs_of_one_round_each_answer_the_question_they_show(learner: Learner) -> None:
    learner.begin("practice", "q1", "q2", "q3")
    other = learner.new_page()
    learner.go("practice/run", other)
    other.wait_for_selector(".choices [role=radio]")
    learner.answer("a")
    learner.act("Next question")
    learner.on(2)

    assert "1 + 1" in learner.stem(other)
    learner.choose("b", other)
    learner.act("Check answer", other)
    other.wait_for_selector(".verdict p")
    learner.act("Next question", other)
    other.wait_for_selector(".choices [role=radio]")
    assert "2 + 2" in learner.stem(other)
    learner.wait(lambda: len(learner.answers()) == 2)

    given = [(answer["id"], answer["right"]) for answer in learner.answers()]
    assert given == [("q1", True), ("q1", False)]


def test_what_another_tab_has_answered_is_not_asked_again(learner: Learner) -> None:
    learner.begin("practice", "q1", "q2", "q3")
    other = learner.new_page()
    learner.go("practice/run", other)
    other.wait_for_selector(".choices [role=radio]")
    learner.answer("a")
    learner.act("Next question")
    learner.on(2)
    learner.answer("a")
    learner.choose("a", other)
    learner.act("Check answer", other)
    other.wait_for_selector(".verdict p")
    learner.act("Next question", other)

    learner.wait(lambda: "3 + 3" in learner.stem(other))


def test_when_all_that_the_browser_keeps_is_deleted_meanwhile_the_round_goes_on(
    learner: Learner,
) -> None:
    learner.begin("practice", "q1", "q2")
    other = learner.new_page()
    other.goto(learner.base + "assets/icon.svg")
    other.evaluate(
        """() => new Promise(resolve => {
          indexedDB.deleteDatabase("mcqdeck:sums").onsuccess = resolve;
        })"""
    )
    learner.answer("a")
    learner.act("Next question")
    learner.on(2)

    learner.page.reload()
    learner.page.wait_for_selector(".choices [role=radio]")
    assert "2 + 2" in learner.stem()
    assert [answer["id"] for answer in learner.answers()] == ["q1"]
    learner.said.clear()  # that a drawing has no icon


def test_where_nothing_can_be_read_of_what_is_kept_it_works_without_memory(
    visit: Visit, sums: Path
) -> None:
    broken = "IDBObjectStore.prototype.getAll = () => { throw new DOMException('x', 'E'); };"
    learner = visit(sums, init=broken)
    learner.go("practice")
    learner.start()
    learner.sees("This browser doesn’t store anything")
    learner.answer("a")
    learner.said.clear()


def test_an_exam_goes_on_without_questions_that_a_release_dropped(
    visit: Visit, tmp_path: Path
) -> None:
    bank = write_bank(tmp_path / "bank", chapters=2, questions=2, settings=EXAM)
    learner = visit(make_site(bank, tmp_path / "site"))
    learner.begin("exam", "q1", "q2", "q3")
    learner.choose("a")
    learner.act("Next")
    learner.on(2)
    first = bank / "01-chapter.md"
    first.write_text(first.read_text(encoding="utf-8").partition("## q2")[0], encoding="utf-8")
    make_site(bank, tmp_path / "site")

    learner.page.reload()
    learner.page.wait_for_selector(".choices [role=radio]")
    assert "3 + 3" in learner.stem()
    assert learner.session("exam")["ids"] == ["q1", "q3"]
    learner.choose("b")
    learner.act("Review answers")
    learner.act("Hand in")
    learner.page.locator("dialog").get_by_role("button", name="Hand in").click()
    learner.sees("1 of 2 right")


def test_an_exam_whose_page_was_closed_while_it_was_handed_in_counts_all_the_same(
    learner: Learner,
) -> None:
    learner.begin("exam", "q1", "q2")
    learner.choose("a")
    learner.wait(lambda: learner.session("exam")["chosen"])
    learner.page.evaluate(
        """Site.learner.change("exam", session => {
          session.exam.handedIn = Date.now();
          return session;
        })"""
    )
    for _ in range(2):
        learner.go("exam/result")
        learner.page.reload()
        learner.page.wait_for_selector(".outcomes")

    assert [(answer["id"], answer["kind"]) for answer in learner.answers()] == [("q1", "exam")]


def test_a_reload_after_a_look_at_one_question_of_the_sheet_goes_on_at_the_last_one(
    learner: Learner,
) -> None:
    learner.begin("exam", "q1", "q2", "q3")
    learner.go("exam/review")
    learner.page.get_by_role("link", name="Question 2 of 3").click()
    learner.on(2)
    learner.act("Next")
    learner.on(3)
    learner.wait(lambda: learner.session("exam")["at"] == 2)
    learner.page.reload()

    learner.on(3)
