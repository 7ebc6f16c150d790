"""What a release would do, as `mcqdeck diff` has it, and the bank in charts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mcqdeck.building import build, compare
from mcqdeck.preview.charts import charts
from mcqdeck.preview.project import Project
from mcqdeck.project import Means, check
from mcqdeck.report.changes import changes_as_json
from tests.preview.conftest import BEES, DECK, Page, Served

Look = Callable[..., Page]


def test_a_first_release(look: Look, preview: Served) -> None:
    page = look().open("#/release")

    page.says("#release", "this would be the first release, with 3 questions")


def test_the_differences_are_those_of_diff(look: Look, preview: Served, tmp_path: Path) -> None:
    build(check([preview.folder]), preview.decks)
    page = look().open("#/release")
    page.says("#release", "Nothing: the package is what the sources give.")

    preview.replace("01-bees.md", "What do bees make from", "What is it that bees make from")
    preview.replace("01-bees.md", "- [ ] Colour", "- [x] Colour")
    preview.replace("02-spiders.md", "level: recall", "level: recall, retired: out of date")
    preview.save(
        "03-ants.md", "# 3 Ants\n\n## hill\n\nWhat do ants build?\n\n- [x] Hills\n- [ ] Webs\n"
    )
    page.says("#release .changes", "hill")
    page.page.wait_for_function("() => document.querySelectorAll('#release .changes').length === 4")

    build(check([preview.folder]), tmp_path / "new")
    changes = compare(preview.decks / "demo.apkg", tmp_path / "new" / "demo.apkg")
    theirs = json.loads(changes_as_json(changes))
    ours = page.page.evaluate("fetch('/api/release').then(answer => answer.json())")
    assert ours["changes"] == theirs
    headings = page.page.locator("#release h3").all_inner_texts()
    assert headings == ["Answer key changed 1", "Retired 1", "New 1", "Reworded 1"]
    page.says("#release del", "What do")
    page.says("#release ins", "What is it that")

    page.page.click("#release .link >> text=hill")
    page.waits_for_key("03-ants.md#hill")


def test_published_questions_that_go_are_told(look: Look, preview: Served) -> None:
    build(check([preview.folder]), preview.decks)
    preview.save("01-bees.md", BEES[: BEES.index("## dance")])
    page = look().open("#/release")

    page.says("#release .finding.error", "dance")


def test_errors_and_foreign_packages_are_told(look: Look, preview: Served) -> None:
    preview.decks.mkdir()
    (preview.decks / "demo.apkg").write_bytes(b"no package")
    page = look().open("#/release")
    page.says("#release", "demo.apkg")

    preview.replace("01-bees.md", "- [x] Honey", "- [ ] Honey")
    page.says("#release", "1 error in the bank stops a release: fix it first.")
    page.says("#release .finding.error", "01-bees.md:")
    page.page.click("#release .finding .link >> text=honey")
    page.waits_for_key("01-bees.md#honey")
    page.open("#/release")
    page.says("#release", "1 error in the bank stops a release: fix it first.")
    (preview.decks / "demo.apkg").unlink()
    preview.save("01-bees.md", BEES)
    page.says("#release", "this would be the first release")
    build(check([preview.folder]), preview.decks)
    page.page.reload()
    page.says("#release", "Nothing: the package is what the sources give.")


def test_the_charts_say_what_is_there_and_what_is_planned(look: Look, preview: Served) -> None:
    page = look().open("#/bank")
    page.says("#bank", "The bank in charts")

    rows = page.page.locator("#bank table.coverage tbody tr").all_inner_texts()
    cells = [row.split("\t") for row in rows]
    assert [[cell.split("\n")[0].strip() for cell in row] for row in cells] == [
        ["A1 Know bees", "1 of 1", "1 of 2 −1", "0", "2 of 3 −1"],
        ["A2 Know spiders", "1 of 1", "0", "0", "1 of 1"],
        ["All", "2 of 2", "1 of 2 −1", "0", "3"],
    ]
    page.page.click("#bank .histogram .link >> nth=0")
    page.page.wait_for_selector("#cards:not([hidden])")

    page.open("#/bank")
    preview.replace("02-spiders.md", "level: recall", "level: analysis")
    page.says("#bank table.coverage", "0 of 1")


def test_a_narrow_page_shows_all_numbers(look: Look, preview: Served) -> None:
    preview.replace("01-bees.md", "What do bees", f"What {'really ' * 9}do bees")
    page = look(viewport={"width": 320, "height": 640}).open("#/bank")
    page.says("#bank", "The bank in charts")
    page.says("#bank .coverage td >> nth=1", "1 of 2")

    wide = page.page.evaluate(
        """() => Array.from(document.querySelectorAll("#bank .scroller"),
          box => [box.scrollWidth - box.clientWidth, box.getAttribute("aria-label")])
          .filter(([hidden]) => hidden > 0)"""
    )
    assert wide == []
    names = page.page.get_by_role("table", name="Objectives and levels")
    assert names.get_by_role("columnheader").all_inner_texts()[1:] == [
        *("recall", "application", "analysis", "All levels"),
    ]
    assert names.get_by_role("cell").count() == 3 * 4
    label = "getComputedStyle(cell, '::before').content"
    assert names.get_by_role("cell").nth(1).evaluate(f"cell => {label}") == '"application"'


def snapshot_of(folder: Path) -> Any:
    return Project(folder, Means()).complete()


def test_the_numbers_of_the_charts(bank: Path) -> None:
    numbered = "\n".join(
        f"## n{number}\n\nHow many are {number}?\n\n1. [{'x' if number % 3 else ' '}] {number}\n"
        f"2. [{' ' if number % 3 else 'x'}] {number + 1}\n"
        for number in range(1, 7)
    )
    (bank / "03-numbers.md").write_text(f"# 3 Numbers\n\n{numbered}", encoding="utf-8")
    (bank / "deck.toml").write_text(DECK + '"" = { recall = "50%" }\n', encoding="utf-8")

    shown = charts(snapshot_of(bank))

    assert shown["questions"] == 9
    assert shown["places"] == [
        {"chapter": "1 Bees", "kept": [0], "shuffled": [1]},
        {"chapter": "2 Spiders", "kept": [0], "shuffled": [1]},
        {"chapter": "3 Numbers", "kept": [4, 2], "shuffled": [0, 0]},
    ]
    coverage = shown["coverage"]
    assert coverage["levels"] == ["recall", "application", "analysis", ""]
    assert [row["objective"] for row in coverage["rows"]] == ["A1", "A2", ""]
    assert coverage["rows"][0]["cells"] == [[1, 1], [1, 2], [0, None], [0, None]]
    assert coverage["rows"][2]["sum"] == [6, None]
    assert coverage["sums"] == [[2, 4.5], [1, 2], [0, None], [6, None]]
    stems, right, wrong = shown["lengths"]
    assert sum(stems["bars"]) == 9
    assert sum(right["bars"]) == 10
    assert sum(wrong["bars"]) == 12
    assert stems["longest_id"] == "dance"
    assert stems["longest"] == len("Which two does the waggle dance tell?")
    findings = {chapter["name"]: chapter["counts"] for chapter in shown["findings"]["chapters"]}
    assert set(findings) >= {"1 Bees", "2 Spiders", "3 Numbers", "deck.toml"}


def test_an_empty_bank_has_charts_too(bank: Path) -> None:
    for chapter in bank.glob("*.md"):
        chapter.unlink()

    shown = charts(snapshot_of(bank))

    assert shown["questions"] == 0
    assert [part["longest"] for part in shown["lengths"]] == [0, 0, 0]
