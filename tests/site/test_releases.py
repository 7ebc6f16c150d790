"""A new release of the site in the middle of a round or an exam: what was chosen stays chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.banks import write_bank
from tests.site.conftest import make_site
from tests.site.exams import exam, hand_in
from tests.site.learner import Learner

Visit = Callable[..., Learner]
Release = Callable[[Callable[[str], str]], None]

SUM = "- [x] 2\n- [ ] 3\n  > One too many for 1.\n- [ ] 4\n"


class Bank:
    """One chapter with `q1` and `q2`, and a learner at its site."""

    def __init__(self, visit: Visit, folder: Path) -> None:
        self._folder, self._site = write_bank(folder / "bank", 1, 2), folder / "site"
        make_site(self._folder, self._site)
        self.learner = visit(self._site)

    def begin(self, kind: str) -> None:
        self.learner.begin(kind, "q1", "q2")

    def release(self, *changes: tuple[str, str], renamed: str = "") -> None:
        """The next release, in which texts of the chapter are others, and the learner reloads."""
        chapter = self._folder / "01-chapter.md"
        text = chapter.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        chapter.write_text(text, encoding="utf-8")
        if renamed:
            settings = self._folder / "deck.toml"
            history = f"\n[history]\nrenamed = {{ {renamed} }}\n"
            settings.write_text(settings.read_text(encoding="utf-8") + history, encoding="utf-8")
        make_site(self._folder, self._site)
        self.learner.page.reload()
        self.learner.page.wait_for_selector("html.ready")

    def chosen(self) -> list[str]:
        """The texts of the options that are chosen on screen."""
        texts: list[str] = self.learner.page.eval_on_selector_all(
            ".choices [data-option]",
            """all => all.filter(each => (each.querySelector(".pick") || each)
                 .getAttribute("aria-checked") === "true")
               .map(each => (each.querySelector(".text") || each).innerText.trim())""",
        )
        return texts


@pytest.fixture
def bank(visit: Visit, tmp_path: Path) -> Bank:
    return Bank(visit, tmp_path)


MOVED = "- [ ] 4\n- [ ] 3\n  > One too many for 1.\n- [x] 2\n"
ADDED = "- [ ] 1\n" + SUM
REWORDED = SUM.replace("- [x] 2", "- [x] two")
CHANGES = [MOVED, ADDED, REWORDED]


@pytest.mark.parametrize("after", CHANGES)
def test_an_exam_counts_the_option_that_was_chosen(bank: Bank, after: str) -> None:
    bank.begin("exam")
    bank.learner.choose("a")
    bank.learner.wait(lambda: exam(bank.learner)["chosen"])
    bank.learner.act("Next")
    bank.learner.on(2)
    bank.learner.wait(lambda: exam(bank.learner)["at"] == 1)
    bank.release((SUM, after))

    bank.learner.go("exam/review")
    hand_in(bank.learner)
    bank.learner.sees("1 of 2 right")


@pytest.mark.parametrize("kind", ["exam", "practice"])
@pytest.mark.parametrize("after", CHANGES)
def test_the_option_that_was_chosen_is_still_chosen(bank: Bank, kind: str, after: str) -> None:
    bank.begin(kind)
    bank.learner.choose("b")
    bank.learner.wait(lambda: bank.learner.session(kind)["chosen"])
    bank.release((SUM, after))
    bank.learner.page.wait_for_selector(".choices [aria-checked=true]")
    assert bank.chosen() == ["3"]


def test_an_option_that_is_gone_is_chosen_no_more(bank: Bank) -> None:
    bank.begin("exam")
    bank.learner.choose("b")
    bank.learner.wait(lambda: exam(bank.learner)["chosen"])
    bank.release((SUM, "- [x] 2\n- [ ] 4\n"))
    bank.learner.page.wait_for_selector(".choices [role=radio]")
    assert bank.chosen() == []
    bank.learner.wait(lambda: not exam(bank.learner)["chosen"]["q1"])


def test_a_struck_option_is_still_struck(bank: Bank) -> None:
    bank.begin("exam")
    bank.learner.page.locator(".choices div[data-option=b]").click(button="right")
    bank.learner.wait(lambda: exam(bank.learner)["exam"]["struck"])
    bank.release((SUM, MOVED))
    struck = bank.learner.page.locator(".choices .struck")
    struck.wait_for()
    assert struck.inner_text().split()[0] == "3"


def test_a_result_shows_the_option_that_was_chosen(bank: Bank) -> None:
    bank.begin("exam")
    bank.learner.choose("a")
    bank.learner.wait(lambda: exam(bank.learner)["chosen"])
    bank.learner.go("exam/review")
    hand_in(bank.learner)
    bank.release((SUM, MOVED))
    bank.learner.go("exam/result")
    bank.learner.page.locator(".outcomes summary").first.click()
    box = bank.learner.page.locator(".outcomes details").first
    box.locator(".verdict").wait_for()
    assert "Correct" in box.locator(".verdict").inner_text()


def test_a_renamed_question_keeps_its_flag_and_its_strikes(bank: Bank) -> None:
    bank.begin("exam")
    bank.learner.page.locator(".choices div[data-option=b]").click(button="right")
    bank.learner.act("Flag")
    bank.learner.wait(lambda: exam(bank.learner)["exam"]["flagged"])
    bank.release(("## q1\n", "## one\n"), renamed='one = "q1"')

    bank.learner.page.locator(".choices .struck").wait_for()
    assert bank.learner.page.locator("[data-flag][aria-pressed=true]").count() == 1
    bank.learner.go("exam/review")
    hand_in(bank.learner)
    bank.learner.wait(lambda: bank.learner.page.evaluate("Site.learner.of('one').flagged"))
