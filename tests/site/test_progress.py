"""Progress: shown, exported, imported, forgotten; kept over releases, tabs and broken storage."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.site.banks import write_bank
from tests.site.conftest import EXAM, Server, make_site
from tests.site.learner import Learner

Visit = Callable[..., Learner]

DENIED = 'Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("no") } });'
FULL = """() => {
  IDBObjectStore.prototype.put = function () {
    throw new DOMException("full", "QuotaExceededError");
  };
}"""


def some_answers(learner: Learner, letters: str = "aab") -> None:
    learner.go("practice?chapter=01-chapter")
    learner.start()
    for place, letter in enumerate(letters):
        learner.answer(letter)
        if place + 1 < len(letters):
            learner.act("Next question")
    learner.finish()


def exported(learner: Learner, tmp_path: Path) -> Path:
    learner.go("progress")
    with learner.page.expect_download() as download:
        learner.page.get_by_role("button", name="Export progress").click()
    path: Path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


def read_in(learner: Learner, path: Path) -> None:
    learner.go("progress")
    with learner.page.expect_file_chooser() as chooser:
        learner.page.get_by_role("button", name="Import progress").click()
    chooser.value.set_files(path)


def figures(learner: Learner) -> list[str]:
    texts: list[str] = learner.page.locator("#view .figures dd").all_inner_texts()
    return texts


def test_what_was_seen_right_and_wrong_by_chapter_and_day(learner: Learner) -> None:
    some_answers(learner)
    learner.go("progress")

    assert figures(learner) == ["3 / 12", "67%"]
    row = learner.page.locator(".results tbody tr").filter(has_text="01 Chapter 1").inner_text()
    assert row.split("\t")[1:4] == ["2", "1", "1"]
    assert learner.page.get_by_role("img", name="Right and wrong answers for each day").count() == 1
    learner.page.locator("summary", has_text="Day").click()
    day = learner.page.locator("details .results tbody tr").inner_text().split("\t")
    assert day[1:3] == ["2", "1"]


def test_the_first_page_shows_it_too(learner: Learner) -> None:
    some_answers(learner)
    learner.go()

    assert learner.page.inner_text("[data-figure=seen]") == "3"
    assert learner.page.inner_text("[data-figure=right]") == "67%"


def test_nothing_yet(learner: Learner) -> None:
    learner.go("progress")

    learner.sees("No answers yet.")
    assert figures(learner) == ["0 / 12", "–"]


def test_a_file_takes_it_to_another_browser_and_adds_nothing_twice(
    learner: Learner, visit: Visit, sums: Path, tmp_path: Path
) -> None:
    some_answers(learner)
    learner.page.evaluate("Site.learner.flag('q9', true)")
    path = exported(learner, tmp_path)
    assert path.name.startswith("sums-20")

    other = visit(sums)
    some_answers(other, "b")
    for _ in range(2):
        read_in(other, path)
        other.sees("Progress on 4 questions imported.")
    assert len(other.answers()) == 4
    assert other.page.evaluate("Site.learner.of('q9').flagged") is True
    other.page.reload()
    other.page.wait_for_selector("html.ready")
    assert len(other.answers()) == 4


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        "null",
        '{"format": "mcqdeck-progress", "bank": "another", "answers": []}',
        '{"format": "mcqdeck-progress", "bank": "sums"}',
    ],
)
def test_another_file_is_refused(learner: Learner, tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    read_in(learner, path)

    learner.sees("This file holds no progress on these questions.")
    assert learner.answers() == []


def test_rows_of_a_file_that_are_nonsense_are_left_out(learner: Learner, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    rows = [
        [1, "q1", 0, 1],
        ["x", "q2", 0, 1],
        [2, 5, 0, 1],
        [3, "q3", 9, 1],
        None,
        [math.inf, "q4", 0, 1],
    ]
    file = {"format": "mcqdeck-progress", "bank": "sums", "answers": rows, "flags": [[1], "x"]}
    path.write_text(json.dumps(file).replace("Infinity", "1e999"), encoding="utf-8")
    read_in(learner, path)

    learner.sees("Progress on 1 question imported.")
    assert [answer["id"] for answer in learner.answers()] == ["q1"]


def test_one_press_and_a_yes_forget_all(learner: Learner) -> None:
    some_answers(learner)
    learner.go("progress")
    learner.act("Delete all progress")
    dialog = learner.page.locator("dialog")
    dialog.get_by_role("button", name="Cancel").click()
    assert len(learner.answers()) == 3
    learner.act("Delete all progress")
    dialog.get_by_role("button", name="Delete all progress").click()
    learner.sees("All progress deleted.")

    learner.page.reload()
    learner.page.wait_for_selector("html.ready")
    assert learner.answers() == []
    assert learner.session("practice") is None


def test_where_storage_is_denied_all_works_without_memory_and_says_so(
    visit: Visit, sums: Path
) -> None:
    learner = visit(sums, init=DENIED)
    some_answers(learner)
    learner.sees("This browser doesn’t store anything")
    learner.page.evaluate("location.hash = '#/progress'")
    learner.sees("3 / 12")

    learner.page.evaluate("location.hash = '#/exam'")
    learner.page.wait_for_selector("#view form")
    learner.start()
    learner.choose("a")
    learner.page.get_by_role("button", name="Question overview").click()
    learner.sees("1 of 6 answered")


def test_where_storage_is_full_midway_the_round_goes_on_in_memory(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    learner.go("practice")
    learner.start()
    learner.answer("a")
    learner.page.evaluate(FULL)
    learner.act("Next question")
    learner.page.wait_for_selector(".choices [role=radio]")
    learner.choose("b")
    learner.act("Check answer")
    learner.page.wait_for_selector(".verdict p")

    learner.sees("This browser doesn’t store anything")
    learner.wait(lambda: len(learner.answers()) == 2)
    learner.said.clear()


def test_it_asks_the_browser_to_keep_it(
    visit: Visit, sums: Path, serve: Callable[[Path], Server]
) -> None:
    asked = """
      window.asked = 0;
      StorageManager.prototype.persist = async () => { asked++; return true; };
    """
    learner = visit(serve(sums).url, init=asked)
    learner.go("practice")
    learner.start()
    assert learner.page.evaluate("asked") == 0
    learner.answer("a")

    assert learner.page.evaluate("asked") == 1


def test_the_file_is_offered_before_a_browser_might_delete_it(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    learner.go()
    learner.page.evaluate(
        """Site.learner.answer([...Array(12).keys()].map(number => ({
          t: Date.now() - 4 * 24 * 3600 * 1000 + number, id: "q1", kind: "practice", right: true,
        })))"""
    )
    learner.reload()
    learner.sees("Some browsers delete it after a week without a visit.")
    with learner.page.expect_download():
        learner.page.locator("#notices").get_by_role("button", name="Export progress").click()
    learner.reload()
    learner.page.wait_for_selector("html.ready")
    learner.page.wait_for_timeout(300)

    assert learner.page.locator("[data-notice=save]").count() == 0


WHEN_TOLD = """
  const real = setTimeout, leaves = [];
  window.setTimeout = (act, time, ...values) => {
    if (![10000, 2000].includes(time)) return real(act, time, ...values);
    leaves.push(act);
  };
  window.leave = () => leaves.splice(0).forEach(act => act());
"""
"""A notice that leaves by itself leaves when the test says so."""


def forget(learner: Learner) -> None:
    learner.act("Delete all progress")
    learner.page.locator("dialog").get_by_role("button", name="Delete all progress").click()
    learner.sees("All progress deleted.")


def test_what_needs_no_answer_leaves_by_itself(visit: Visit, sums: Path, tmp_path: Path) -> None:
    learner = visit(sums, init=WHEN_TOLD)
    some_answers(learner)
    path = exported(learner, tmp_path)
    forget(learner)
    learner.page.evaluate("leave()")
    learner.wait(lambda: learner.page.locator(".notice-box").count() == 0)
    read_in(learner, path)
    learner.sees("Progress on 3 questions imported.")
    learner.page.evaluate("leave()")
    learner.wait(lambda: learner.page.locator(".notice-box").count() == 0)


def test_while_someone_is_at_it_it_stays(visit: Visit, sums: Path) -> None:
    learner = visit(sums, init=WHEN_TOLD)
    learner.go("progress")
    forget(learner)
    box = learner.page.locator(".notice-box")
    box.hover()
    learner.page.evaluate("leave()")
    assert box.count() == 1
    learner.page.mouse.move(0, 0)
    learner.page.evaluate("leave()")
    learner.wait(lambda: box.count() == 0)


def test_news_do_not_pile_up_or_follow_to_another_view(learner: Learner, tmp_path: Path) -> None:
    some_answers(learner)
    path = exported(learner, tmp_path)
    forget(learner)
    read_in(learner, path)
    learner.sees("Progress on 3 questions imported.")
    assert learner.page.locator(".notice-box").count() == 1
    learner.page.get_by_role("link", name="Search", exact=True).click()
    learner.page.get_by_role("searchbox").wait_for()

    learner.wait(lambda: learner.page.locator(".notice-box").count() == 0)


def test_what_a_lasting_notice_covers_can_be_scrolled_free(visit: Visit, sums: Path) -> None:
    learner = visit(sums, init=DENIED, viewport={"width": 375, "height": 500})
    learner.go("progress")
    learner.sees("This browser doesn’t store anything")
    learner.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    button = learner.page.get_by_role("button", name="Delete all progress").bounding_box()
    notice = learner.page.locator(".notice-box").bounding_box()

    assert button["y"] + button["height"] < notice["y"]


def test_two_tabs_add_up(visit: Visit, sums: Path, serve: Callable[[Path], Server]) -> None:
    learner = visit(serve(sums).url)
    learner.go("practice")
    learner.start()
    other = learner.new_page()
    learner.go("progress", other)
    learner.answer("a")

    other.get_by_text("1 / 12").wait_for()
    assert len(learner.answers(other)) == 1


def release(folder: Path, site: Path, change: Callable[[Path], Any]) -> None:
    """Builds the bank again, changed, into the site that learners have open."""
    change(folder)
    make_site(folder, site)


def test_a_new_release_under_a_learner_keeps_what_was_done(visit: Visit, tmp_path: Path) -> None:
    """Reworded, renamed, moved, dropped and new questions; the address of the site is the same."""
    bank = write_bank(tmp_path / "bank", settings=EXAM)
    site = make_site(bank, tmp_path / "site")
    learner = visit(site)
    learner.go()
    learner.page.evaluate(
        """Site.learner.answer(["q1", "q2", "q3", "q4"].map((id, place) =>
          ({ t: 1000 + place, id, kind: "practice", right: id === "q2" })))"""
    )
    learner.page.evaluate("Site.learner.flag('q2', true)")
    learner.go("practice?chapter=01-chapter")
    learner.start()
    order = learner.session("practice")["ids"]

    def change(folder: Path) -> None:
        first = folder / "01-chapter.md"
        text = first.read_text(encoding="utf-8")
        text = text.replace("What is 1 + 1?", "How much is 1 + 1?").replace("## q2\n", "## two\n")
        head, _, rest = text.partition("## q3\n")
        three, _, four = rest.partition("## q4\n")
        first.write_text(head, encoding="utf-8")
        (folder / "00-new.md").write_text(
            "# New\n\n## q3\n" + three + "## fresh\n" + four.replace("4 + 4", "44 + 44"),
            encoding="utf-8",
        )
        toml = folder / "deck.toml"
        history = '\n[history]\nrenamed = { two = "q2" }\ndropped = { q4 = "not needed" }\n'
        toml.write_text(toml.read_text(encoding="utf-8") + history, encoding="utf-8")

    release(bank, site, change)
    learner.page.reload()
    learner.page.wait_for_selector("html.ready")
    page = learner.page

    known = page.evaluate(
        "Object.fromEntries(['q1','two','q3','fresh'].map(id => [id, Site.learner.of(id)]))"
    )
    assert [known[id_]["last"] for id_ in ("q1", "two", "q3", "fresh")] == [
        False,
        True,
        False,
        None,
    ]
    assert known["two"]["flagged"] is True
    session = learner.session("practice")
    assert [{"two": "q2"}.get(id_, id_) for id_ in session["ids"]][: len(order) - 1] != []
    for number in (1, 2, 3):  # the round goes on without the question that is gone
        learner.on(number)
        learner.answer("a")
        page.locator(".actions button").click()
    learner.sees("3 of 3 right")


def test_a_question_may_have_any_id(visit: Visit, tmp_path: Path) -> None:
    """`constructor` is what every object of JavaScript has anyway."""
    bank = write_bank(tmp_path / "bank", chapters=1, questions=1)
    chapter = bank / "01-chapter.md"
    text = chapter.read_text(encoding="utf-8").replace("## q1\n", "## constructor\n")
    chapter.write_text(text, encoding="utf-8")
    learner = visit(make_site(bank, tmp_path / "site"))
    learner.go("practice")
    learner.start()
    assert learner.page.get_by_role("button", name="Show answer").count() == 1
    learner.answer("a")
    learner.act("Finish")

    learner.sees("1 of 1 right")


def test_several_banks_keep_apart(visit: Visit, tmp_path: Path) -> None:
    one = make_site(write_bank(tmp_path / "one", id_="one"), tmp_path / "site-one")
    two = make_site(write_bank(tmp_path / "two", id_="two"), tmp_path / "site-two")
    learner = visit(one)
    some_answers(learner, "a")
    learner.base = f"{two.as_uri()}/"
    learner.go()

    assert learner.answers() == []
