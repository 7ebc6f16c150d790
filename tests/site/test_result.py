"""The result of an exam: read, filtered, practised again; and the exams before it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.banks import write_bank
from tests.site.conftest import EXAM, make_site
from tests.site.exams import CLOCK, answer_all, begin, exam, hand_in
from tests.site.learner import Learner
from tests.site.test_progress import FULL, exported, read_in

Visit = Callable[..., Learner]


@pytest.fixture
def learner(visit: Visit, sums: Path) -> Learner:
    return visit(sums, init=CLOCK)


def flag(learner: Learner) -> None:
    learner.page.locator("[data-flag]").click()
    learner.wait(lambda: exam(learner)["exam"]["flagged"])


def flagged(learner: Learner) -> list[str]:
    """The ids of the questions that the learner has flagged."""
    ids: list[str] = learner.page.evaluate(
        "Site.bank.items.map(item => item.id).filter(id => Site.learner.of(id).flagged)"
    )
    return ids


def shown(learner: Learner) -> list[str]:
    """The stems in the list of questions that are not filtered away."""
    learner.page.wait_for_selector(".outcomes")
    texts: list[str] = [
        row.locator(".stem-words").inner_text()
        for row in learner.page.locator(".outcomes > li").all()
        if row.is_visible()
    ]
    return texts


def part(learner: Learner, name: str) -> None:
    learner.page.locator(".parts label", has_text=name).click()


def test_flags_of_an_exam_are_kept(learner: Learner) -> None:
    begin(learner)
    flag(learner)
    first = exam(learner)["ids"][0]
    answer_all(learner, "aaaaaa")
    hand_in(learner)

    row = learner.page.locator(".outcomes > li").nth(0)
    assert row.locator(".flagged").is_visible()
    learner.wait(lambda: learner.page.locator(".flagged:visible").count() == 1)
    assert flagged(learner) == [first]
    learner.go("practice?state=flagged")
    learner.sees("1 question")
    learner.start()
    assert learner.session("practice")["ids"] == [first]


def test_a_flag_that_was_taken_off_after_the_exam_stays_off(learner: Learner) -> None:
    """Though the result records what the exam has each time it is opened."""
    begin(learner)
    flag(learner)
    answer_all(learner, "aaaaaa")
    hand_in(learner)
    learner.page.locator(".outcomes summary").nth(0).click()
    learner.page.locator(".outcomes [data-flag]").click()
    learner.wait(lambda: flagged(learner) == [])
    assert learner.page.locator(".flagged:visible").count() == 0
    learner.reload()
    learner.page.wait_for_selector(".outcomes")

    assert flagged(learner) == []


def test_flags_outlive_an_exam_without_a_result(learner: Learner) -> None:
    begin(learner)
    flag(learner)
    first = exam(learner)["ids"][0]
    learner.act("Continue later")
    learner.act("Quit exam")
    learner.page.locator("dialog").get_by_role("button", name="Quit exam").click()
    learner.page.wait_for_selector("#view form")

    assert flagged(learner) == [first]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (375, 667)])
def test_questions_begin_on_the_second_screen_at_the_latest(
    visit: Visit, tmp_path: Path, width: int, height: int
) -> None:
    """However many chapters and objectives there are."""
    bank = write_bank(
        tmp_path / "bank", chapters=40, questions=1, settings="[exam]\nquestions = 40"
    )
    learner = visit(make_site(bank, tmp_path / "site"), viewport={"width": width, "height": height})
    begin(learner, questions=40)
    learner.page.get_by_role("button", name="Question overview").click()
    hand_in(learner)

    top = learner.page.locator(".outcomes").bounding_box()["y"]
    assert top < 1.6 * height
    tables = learner.page.locator(".folded")
    tables.nth(1).wait_for(state="attached")
    assert tables.count() == 2
    tables.nth(1).locator("summary").click()
    learner.page.get_by_role("rowheader", name="O40 Objective 40").wait_for()


def test_only_the_wrong_the_open_or_the_flagged_ones(learner: Learner) -> None:
    begin(learner)
    answer_all(learner, "ab-aba")
    learner.go("exam/run/6")
    learner.on(6)
    flag(learner)
    learner.page.get_by_role("button", name="Question overview").click()
    hand_in(learner)
    everything = shown(learner)
    assert len(everything) == 6

    tallies = learner.page.locator(".parts .tally").all_inner_texts()
    assert tallies == ["6", "2", "1", "1"]
    part(learner, "Wrong")
    assert shown(learner) == [everything[1], everything[4]]
    learner.sees("2 questions")
    assert learner.page.locator(".outcome-number:visible").all_inner_texts() == ["2", "5"]
    part(learner, "Not answered")
    assert shown(learner) == [everything[2]]
    part(learner, "Flagged")
    assert shown(learner) == [everything[5]]
    part(learner, "All questions")
    assert shown(learner) == everything


def test_rows_show_that_they_open(learner: Learner) -> None:
    begin(learner)
    answer_all(learner, "aaaaaa")
    hand_in(learner)
    row = learner.page.locator(".outcomes summary").nth(0)
    arrow = row.locator("svg").last

    def turned() -> str:
        return str(arrow.evaluate("svg => getComputedStyle(svg).transform"))

    assert arrow.is_visible()
    closed = turned()
    row.click()
    assert turned() != closed


def test_what_was_not_right_is_practised_again(learner: Learner) -> None:
    begin(learner)
    answer_all(learner, "ab-aba")
    hand_in(learner)
    ids = exam(learner)["ids"]
    learner.act("Practise the wrong ones again")
    learner.page.wait_for_selector(".choices [role=radio]")

    assert {*learner.session("practice")["ids"]} == {ids[1], ids[2], ids[4]}


def test_all_right_leaves_nothing_to_practise_again(learner: Learner) -> None:
    begin(learner)
    answer_all(learner, "aaaaaa")
    hand_in(learner)

    assert learner.page.get_by_role("button", name="Practise the wrong ones again").count() == 0
    assert learner.page.locator(".parts").count() == 0


def two_exams(learner: Learner) -> None:
    begin(learner, questions=2)
    answer_all(learner, "ab")
    learner.page.evaluate("skip(1)")
    hand_in(learner)
    begin(learner, questions=3)
    answer_all(learner, "aaa")
    hand_in(learner)


@pytest.mark.parametrize("view", ["progress", "exam"])
def test_exams_that_were_handed_in_are_listed_and_open_their_results(
    learner: Learner, view: str
) -> None:
    two_exams(learner)
    learner.go(view)
    rows = learner.page.locator(".past li")
    rows.nth(1).wait_for()
    texts = rows.all_inner_texts()

    assert "3 of 3 right (100%)" in texts[0]
    assert "1 of 2 right (50%)" in texts[1]
    assert "Passed" in texts[0]
    assert "Time used: 1:0" in texts[1]
    rows.nth(1).get_by_role("link").click()
    learner.sees("1 of 2 right (50%)")
    learner.page.locator(".outcomes summary").nth(1).click()
    learner.page.locator(".outcomes .card-box").nth(1).get_by_text("Your choice").wait_for()
    learner.reload()
    learner.sees("1 of 2 right (50%)")


def test_the_file_takes_exams_to_another_browser_and_adds_none_twice(
    learner: Learner, visit: Visit, sums: Path, tmp_path: Path
) -> None:
    two_exams(learner)
    path = exported(learner, tmp_path)
    other = visit(sums)
    begin(other, questions=1)
    answer_all(other, "a")
    hand_in(other)
    for _ in range(2):
        read_in(other, path)
        other.sees("imported.")
        other.wait(lambda: other.page.locator(".past li").count() == 3)

    other.page.locator(".past li", has_text="1 of 2 right").get_by_role("link").click()
    other.page.wait_for_selector(".outcomes")
    other.wait(lambda: other.page.locator(".outcomes > li").count() == 2)


def test_deleted_progress_comes_back_from_its_file_with_its_exams(
    learner: Learner, tmp_path: Path
) -> None:
    two_exams(learner)
    path = exported(learner, tmp_path)
    learner.act("Delete all progress")
    learner.page.locator("dialog").get_by_role("button", name="Delete all progress").click()
    learner.sees("No answers yet.")
    learner.wait(lambda: learner.page.locator(".past").count() == 0)
    read_in(learner, path)

    learner.wait(lambda: learner.page.locator(".past li").count() == 2)


def test_an_exam_of_a_time_when_none_was_kept_is_in_the_list(learner: Learner) -> None:
    """As browsers have it that were at a site before it kept a list; the next exam loses it not."""
    learner.go()
    learner.page.evaluate(
        """(async () => {
          const started = 1700000000000;
          const session = Site.newSession("exam", ["q1", "q2", "q3"]);
          session.started = started;
          session.chosen = { q1: ["a"], q2: ["b"] };
          session.exam = { endsAt: null, pass: 50, struck: {}, flagged: { q3: true }, told: [],
            isClockHidden: false, isOvertime: false, handedIn: started + 90000, tab: "x" };
          await Site.learner.change("exam", () => session);
          await Site.learner.answer([
            { t: started + 90000, id: "q1", kind: "exam", right: true },
            { t: started + 90001, id: "q2", kind: "exam", right: false },
          ]);
        })()"""
    )
    begin(learner, questions=1)
    answer_all(learner, "a")
    hand_in(learner)
    learner.go("progress")
    learner.wait(lambda: learner.page.locator(".past li").count() == 2)
    text = learner.page.locator(".past li").nth(1).inner_text()

    assert "1 of 3 right (33%)" in text
    assert "Time used: 1:30" in text
    assert "Nov" in text
    assert len(learner.answers()) == 3
    assert flagged(learner) == ["q3"]


def test_where_storage_is_full_midway_the_list_goes_on_in_memory(learner: Learner) -> None:
    two_exams(learner)
    learner.page.evaluate("Site.go('exam')")
    learner.page.get_by_label("How many questions?").fill("1")
    learner.page.evaluate(FULL)
    learner.act("Start exam")
    learner.page.wait_for_selector(".choices [role=radio]")
    learner.choose("a")
    learner.act("Review answers")
    hand_in(learner)
    learner.page.evaluate("Site.go('progress')")

    learner.wait(lambda: learner.page.locator(".past li").count() == 3)
    learner.said.clear()


def test_rows_of_exams_that_are_nonsense_are_left_out(learner: Learner, tmp_path: Path) -> None:
    good = {"started": 1, "handedIn": 2, "pass": None, "ids": ["q1", "gone"], "done": {"q1": True}}
    rows = [
        good,
        None,
        7,
        {},
        good | {"started": "1"},
        good | {"started": 5, "handedIn": 0},
        good | {"started": 6, "ids": []},
        good | {"started": 7, "ids": [["q1"]]},
        good | {"started": 8, "chosen": {"q1": "a", "x": ["b"]}, "orders": 3, "done": {"q1": 1}},
    ]
    file = {"format": "mcqdeck-progress", "bank": "sums", "answers": [], "exams": rows}
    path = tmp_path / "file.json"
    path.write_text(json.dumps(file), encoding="utf-8")
    read_in(learner, path)
    learner.wait(lambda: learner.page.locator(".past li").count() == 2)
    learner.page.locator(".past a").last.click()

    learner.sees("1 of 2 right (50%)")
    learner.wait(lambda: learner.page.locator(".outcomes > li").count() == 1)  # the other is gone


def test_a_result_opens_as_long_as_a_question_of_it_is_known(visit: Visit, tmp_path: Path) -> None:
    bank = write_bank(tmp_path / "bank", chapters=1, questions=2, settings=EXAM)
    site = make_site(bank, tmp_path / "site")
    learner = visit(site)
    begin(learner, questions=2)
    answer_all(learner, "ab")
    hand_in(learner)
    chapter = bank / "01-chapter.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("## q2\n", "## two\n"), encoding="utf-8")
    toml = bank / "deck.toml"
    settings = toml.read_text(encoding="utf-8")
    toml.write_text(f'{settings}\n[history]\nrenamed = {{ two = "q2" }}\n', encoding="utf-8")
    make_site(bank, site)
    learner.reload()
    learner.page.wait_for_selector(".outcomes")
    learner.wait(lambda: learner.page.locator(".outcomes > li").count() == 2)

    chapter.write_text(
        "# New\n" + text[text.index("## q1") :].replace("## q1", "## r1").replace("## q2", "## r2"),
        encoding="utf-8",
    )
    dropped = '\n[history]\ndropped = { q1 = "old", q2 = "old" }\n'
    toml.write_text(settings + dropped, encoding="utf-8")
    make_site(bank, site)
    learner.go("progress")
    learner.reload()
    learner.page.wait_for_selector(".past li")

    assert learner.page.locator(".past a").count() == 0
    assert "1 of 2 right (50%)" in learner.page.inner_text(".past li")
