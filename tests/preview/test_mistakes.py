"""Mistakes beside their lines, with help, a way to the editor, and a button where one fix fits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mcqdeck.project import check, fix
from tests.preview.conftest import BEES, DECK, SPIDERS, Page, Served, write_bank

Look = Callable[..., Page]
CAPITALS = BEES.replace("[x]", "[X]").replace("Which two does", "Which  two does")


def test_a_mistake_stands_below_its_line_with_help(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#honey")

    preview.replace("01-bees.md", "- [x] Honey", "- [ ] Honey")

    line = page.page.locator("#source .line.error")
    line.wait_for()
    assert line.count() == 1
    finding = line.locator(".finding")
    assert "no option is marked as right" in finding.inner_text()
    assert "write `[x]` before the right one" in finding.inner_text()
    finding.locator("summary").click()
    finding.locator("pre").get_by_text("right").first.wait_for()


def test_a_place_opens_in_the_editor(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#honey")
    preview.replace("01-bees.md", "- [x] Honey", "- [ ] Honey")
    whole = (preview.folder / "01-bees.md").as_posix()

    link = page.page.locator("#source .finding a").first
    link.wait_for()
    [diagnostic] = [
        diagnostic
        for diagnostic in check([preview.folder]).diagnostics
        if diagnostic.name == "no-correct-option"
    ]
    where = diagnostic.where
    assert link.get_attribute("href") == f"vscode://file{whole}:{where.line}:{where.column}"
    head = page.page.locator(".open-editor").get_attribute("href")
    assert head == f"vscode://file{whole}:3:1"


def test_a_fix_changes_the_file_as_check_does(look: Look, preview: Served, tmp_path: Path) -> None:
    preview.save("01-bees.md", CAPITALS)
    same = write_bank(
        tmp_path / "same" / "demo", {"deck.toml": preview.read("deck.toml"), "01-bees.md": CAPITALS}
    )
    page = look().go("01-bees.md#dance")
    page.settles()
    buttons = page.page.locator("#source .finding button")
    buttons.first.wait_for()
    assert buttons.count() == 3  # two capital boxes and the doubled space

    while buttons.count():
        before = buttons.count()
        buttons.first.click()
        page.page.wait_for_function(
            "n => document.querySelectorAll('#source .finding button').length < n", arg=before
        )

    checked = check([same])
    of_dance = [diagnostic for diagnostic in checked.diagnostics if diagnostic.where.line > 22]
    fix(checked.only(of_dance))
    assert preview.read("01-bees.md") == (same / "01-bees.md").read_text(encoding="utf-8")


def test_all_fixes_at_once(look: Look, preview: Served, tmp_path: Path) -> None:
    preview.save("01-bees.md", CAPITALS)
    same = write_bank(
        tmp_path / "same" / "demo", {"deck.toml": preview.read("deck.toml"), "01-bees.md": CAPITALS}
    )
    page = look().go("01-bees.md#dance")
    page.page.click(".fix-all button")
    page.page.wait_for_function("() => !document.querySelector('#source .finding')")

    while fix(check([same])):
        pass
    assert preview.read("01-bees.md") == (same / "01-bees.md").read_text(encoding="utf-8") == BEES


def test_a_fix_of_a_file_that_changed_meanwhile_changes_nothing(
    look: Look, preview: Served
) -> None:
    preview.save("01-bees.md", CAPITALS)
    page = look().go("01-bees.md#honey")
    button = page.page.locator("#source .finding button").first
    button.wait_for()
    finding = preview.session.snapshot
    page.page.route("**/api/fix", lambda route: route.continue_(post_data='{"handle": "0123"}'))

    button.click()

    page.says("#source .finding", "Nothing was left to fix")
    assert preview.read("01-bees.md") == CAPITALS
    assert preview.session.snapshot.number >= finding.number


def test_a_read_only_file_is_told(look: Look, preview: Served) -> None:
    preview.save("01-bees.md", CAPITALS)
    (preview.folder / "01-bees.md").chmod(0o444)
    page = look().go("01-bees.md#honey")
    button = page.page.locator("#source .finding button").first
    button.wait_for()

    button.click()

    page.says("#source .finding", "read-only")
    assert preview.read("01-bees.md") == CAPITALS


def test_mistakes_of_settings_and_of_chapters_show(look: Look, preview: Served) -> None:
    preview.replace("deck.toml", 'language = "en"', 'language = "en"\ncolour = "red"')
    preview.replace("01-bees.md", "# 1 Bees", "# 1 <b>Bees</b>")
    page = look().go("01-bees.md#honey")

    page.says(".files", "colour")
    page.page.locator(".files li").first.wait_for()
    page.says("#source .finding", "About the chapter")


def test_mistakes_of_files_cover_no_question(look: Look, preview: Served) -> None:
    keys = "\n".join(f"unknown-{number} = 1" for number in range(20))
    preview.save("deck.toml", f"{keys}\n{DECK}")
    spiders = SPIDERS.replace("# 2 Spiders\n", "")
    more = (spiders.replace("## webs", f"## webs-{number}") for number in range(9))
    preview.save("02-spiders.md", SPIDERS + "".join(more))
    page = look().go("02-spiders.md#webs-8")
    page.page.locator(".files li").first.wait_for()

    page.press(*"kkkkkkkkk")
    page.waits_for_key("02-spiders.md#webs")
    page.settles()

    stem = page.page.locator("#list a[aria-current] .stem")
    assert stem.evaluate("""stem => {
      const { left, top, bottom } = stem.getBoundingClientRect();
      return [top + 2, bottom - 2].every(
        (y) => stem.contains(document.elementFromPoint(left + 5, y)));
    }""")


def test_the_number_of_findings_leads_to_the_first_of_the_worst(
    look: Look, preview: Served
) -> None:
    preview.replace("01-bees.md", "[x]", "[ ]")
    page = look().go("01-bees.md#honey")
    page.page.wait_for_selector("#status .badge.error")

    page.page.fill("#filter", "nothing of the kind")
    page.page.click("#first")

    page.page.wait_for_selector("#list a[aria-current] .badge.error")
    preview.replace("deck.toml", 'language = "en"', "language = ")
    page.page.wait_for_selector(".files li")
    page.page.locator(".files summary").click()
    page.page.locator(".files li").first.wait_for(state="hidden")
    page.page.click("#first")
    page.page.locator(".files li").first.wait_for()


def test_lines_with_signs_beyond_the_basic_plane_are_marked_right(
    look: Look, preview: Served
) -> None:
    preview.replace("01-bees.md", "What do bees make", "🐝🐝🐝 What  do bees make")
    page = look().go("01-bees.md#honey")

    mark = page.page.locator("#source .line mark").first
    mark.wait_for()
    assert mark.inner_text().strip() == ""
    code = page.page.locator("#source .line.info > code").first
    assert code.inner_text() == "🐝🐝🐝 What  do bees make from nectar?"
