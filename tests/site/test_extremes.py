"""Nothing to ask, files of two releases, storage and network that fail: nothing stands still."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.banks import write_bank
from tests.site.conftest import Server, make_site
from tests.site.exams import begin, exam
from tests.site.learner import Learner

Visit = Callable[..., Learner]
Serve = Callable[[Path], Server]


@pytest.fixture
def retired(visit: Visit, tmp_path: Path) -> Learner:
    """At a site whose only question is retired."""
    bank = write_bank(tmp_path / "bank", 1, 1)
    chapter = bank / "01-chapter.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("difficulty:", "retired: out of date, difficulty:"), "utf-8")
    return visit(make_site(bank, tmp_path / "site"))


@pytest.mark.parametrize("view", ["", "practice", "cards", "exam", "paper", "search", "progress"])
def test_a_bank_with_nothing_to_ask_shows_each_view(retired: Learner, view: str) -> None:
    retired.go(view)
    button = retired.page.locator("#view form button[type=submit]").filter(visible=True)
    if view in ("practice", "cards", "exam", "paper"):
        assert button.count() == 0 or button.is_disabled()
        retired.sees("No questions match")


def test_where_storage_fails_at_the_first_answer_the_round_goes_on_all_the_same(
    visit: Visit, sums: Path
) -> None:
    learner = visit(
        sums,
        init="""
          const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (...values) {
            if (window.isFull) throw new DOMException("full", "QuotaExceededError");
            return put.apply(this, values);
          };
        """,
    )
    learner.go("practice")
    learner.start()
    learner.page.evaluate("window.isFull = true")
    learner.page.locator(".choices [data-option]").first.evaluate(
        "option => { option.click(); document.querySelector('.actions button').click(); }"
    )
    learner.page.wait_for_selector(".verdict p")
    learner.act("Next question")
    learner.on(2)
    assert len(learner.answers()) == 1
    learner.said.clear()


def test_an_exam_goes_on_where_the_next_question_is_not_in_the_file_of_a_newer_release(
    visit: Visit, tmp_path: Path, serve: Serve
) -> None:
    bank = write_bank(tmp_path / "bank", 2, 1)
    site = make_site(bank, tmp_path / "site")
    learner = visit(serve(site).url, service_workers="block")
    learner.begin("exam", "q1", "q2")
    learner.page.wait_for_selector(".choices [role=radio]")
    learner.choose("a")
    second = bank / "02-chapter.md"
    second.write_text(second.read_text("utf-8").replace("## q2", "## q3"), "utf-8")
    (bank / "deck.toml").write_text(
        (bank / "deck.toml").read_text("utf-8") + '\n[history]\nrenamed = { q3 = "q2" }\n', "utf-8"
    )
    make_site(bank, site)
    os.utime(site / "index.html", (2e9, 2e9))  # a server tells versions apart by the second

    learner.act("Next")
    learner.sees("There is a new version")
    learner.act("Reload")
    learner.page.wait_for_function(
        "() => typeof Site !== 'undefined' && Site.bank && Site.bank.renamed.q2 === 'q3'"
    )
    learner.page.wait_for_selector(".choices [role=radio]")
    assert exam(learner)["ids"] == ["q1", "q3"]
    learner.act("Next")
    learner.on(2)
    assert "2 + 2" in learner.stem()
    learner.said.clear()


def test_a_round_waits_for_a_question_that_is_not_in_the_file_of_a_newer_release(
    visit: Visit, tmp_path: Path, serve: Serve
) -> None:
    bank = write_bank(tmp_path / "bank", 2, 1)
    site = make_site(bank, tmp_path / "site")
    learner = visit(serve(site).url, service_workers="block")
    learner.context.route("**/data/02*", lambda route: route.abort())
    learner.begin("practice", "q1", "q2")
    learner.page.wait_for_selector(".choices [role=radio]")
    learner.answer("a")
    learner.context.unroute("**/data/02*")
    second = bank / "02-chapter.md"
    second.write_text(second.read_text("utf-8").replace("## q2", "## q3"), "utf-8")
    (bank / "deck.toml").write_text(
        (bank / "deck.toml").read_text("utf-8") + '\n[history]\nrenamed = { q3 = "q2" }\n', "utf-8"
    )
    make_site(bank, site)
    learner.act("Next question")
    learner.sees("There is a new version")
    assert learner.session("practice")["ids"] == ["q1", "q2"]
    learner.said.clear()


def test_an_exam_that_is_handed_in_while_the_network_is_off_says_what_is_missing(
    visit: Visit, sums: Path, serve: Serve
) -> None:
    learner = visit(serve(sums).url, service_workers="block")
    begin(learner)
    learner.choose("a")
    learner.wait(lambda: exam(learner)["chosen"])
    learner.go("exam/review")
    learner.context.route("**/data/*", lambda route: route.abort())
    learner.act("Hand in")
    learner.page.locator("dialog").get_by_role("button", name="Hand in").click()
    learner.sees("This part could not be loaded")
    learner.page.evaluate("Site.go('exam')")
    learner.act("Start exam")
    learner.sees("This part could not be loaded")
    assert exam(learner)["exam"]["handedIn"]
    learner.context.unroute("**/data/*")
    learner.go("exam/result")
    learner.page.wait_for_selector(".outcomes")
    assert len(learner.answers()) == 1
    learner.said.clear()


@pytest.mark.parametrize("marks", ["$", "$$"])
def test_a_long_formula_is_no_wider_than_a_phone(visit: Visit, tmp_path: Path, marks: str) -> None:
    bank = write_bank(tmp_path / "bank", 1, 1)
    chapter = bank / "01-chapter.md"
    formula = f"{marks}{'x + ' * 40}x{marks}"
    text = chapter.read_text(encoding="utf-8").replace("What is", f"With {formula}, what is")
    chapter.write_text(text.replace("Twice", f"As {formula}, twice"), encoding="utf-8")
    learner = visit(make_site(bank, tmp_path / "site"), viewport={"width": 320, "height": 600})
    learner.go("practice")
    learner.start()
    learner.answer("a")
    is_wide = "document.documentElement.scrollWidth > innerWidth"
    assert not learner.page.evaluate(is_wide)
    learner.go("q/q1.html")
    learner.page.locator("summary").first.click()
    assert not learner.page.evaluate(is_wide)
    assert learner.page.locator("math").first.evaluate("node => node.scrollWidth > 320")
