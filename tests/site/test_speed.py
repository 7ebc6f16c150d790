"""What a first visit transfers, and a bank of ten thousand questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from browsing import served
from tests.site.banks import write_bank
from tests.site.conftest import EXAM, make_site
from tests.site.learner import Learner

Visit = Callable[..., Learner]


def test_the_first_page_is_small(visit: Visit, tmp_path: Path) -> None:
    bank = write_bank(tmp_path / "bank", chapters=14, questions=40, settings=EXAM)
    with served(make_site(bank, tmp_path / "site")) as address:
        page = visit(address).page

        page.goto(f"{address}index.html")
        page.wait_for_selector("html.ready", state="attached")

        transferred = page.evaluate(
            """["navigation", "resource"].flatMap(each => performance.getEntriesByType(each))
              .reduce((sum, each) => sum + each.transferSize, 0)"""
        )
    assert 10_000 < transferred < 60_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    bank = write_bank(folder / "bank", chapters=20, questions=500, settings=EXAM)
    return make_site(bank, folder / "site")


def test_ten_thousand_questions_stay_usable(visit: Visit, large: Path) -> None:
    """Each view comes within the patience of a browser; `benchmarks/practice.py` times it."""
    learner = visit(large)
    learner.go()
    learner.go("practice")
    learner.start()
    learner.go("exam")
    learner.go("progress")
    learner.go("search?q=%22twice%204999%22")
    learner.page.get_by_text("1 question found").wait_for()
    learner.go("c/20-chapter.html")


def test_a_learner_of_many_years_waits_for_nothing(visit: Visit, large: Path) -> None:
    """Thirty thousand answers: twenty a day for four years."""
    learner = visit(large)
    learner.go()
    learner.page.evaluate(
        """(async () => {
          await Site.needQuestions();
          await Site.learner.answer([...Array(30000).keys()].map(number => ({
            t: 1.6e12 + number * 60000, id: Site.bank.items[number % 10000].id,
            kind: "practice", right: number % 3 > 0,
          })));
        })()"""
    )
    learner.page.reload()
    learner.page.wait_for_selector("html.ready")
    learner.go("practice?chapter=01-chapter")
    learner.start()
    learner.choose("a")
    learner.act("Check answer")
    learner.page.wait_for_selector(".verdict p")
    learner.go("progress")
    assert learner.page.locator(".chart").count() == 1
