"""A save shows at once, at the same place; what is broken leaves in view what was good."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import needs_unix
from tests.preview.conftest import BEES, DECK, WEB, Page, Served

Look = Callable[..., Page]

LONG = "\n\n".join(f"Paragraph {number} about how bees work." for number in range(60))


def long_bees() -> str:
    """The chapter with a long explanation, so that a card scrolls."""
    return BEES.replace("Bees thicken", f"{LONG}\n\nBees thicken")


def rename_over(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def in_pieces(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        for start in range(0, len(data), 100):
            file.write(data[start : start + 100])
            file.flush()


def backup_first(path: Path, data: bytes) -> None:
    """As Vim does, with a file of its own to try whether it may write."""
    trial = path.with_name("4913")
    trial.touch()
    trial.unlink()
    backup = path.with_name(f"{path.name}~")
    path.replace(backup)
    path.write_bytes(data)
    backup.unlink()


def gone_for_a_moment(path: Path, data: bytes) -> None:
    path.unlink()
    path.with_name("other.txt").touch()
    path.with_name("other.txt").unlink()
    path.write_bytes(data)


WAYS = (rename_over, in_place, in_pieces, backup_first, gone_for_a_moment)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_save_shows_however_the_editor_writes(
    look: Look, preview: Served, way: Callable[[Path, bytes], None]
) -> None:
    page = look().go("01-bees.md#honey")
    for number in range(3):
        text = BEES.replace("What do bees make", f"Tell {number}: what do bees make")

        way(preview.folder / "01-bees.md", text.encode())

        page.sees(f"Tell {number}: what do bees make")
        page.says("#list", f"Tell {number}: what do bees make")
        assert page.key() == "01-bees.md#honey"
    page.settles()
    page.says("#source", "Tell 2")


def test_the_side_the_scroll_and_the_choice_stay(look: Look, preview: Served) -> None:
    preview.save("01-bees.md", long_bees())
    page = look().go("01-bees.md#honey")
    page.sees("What do bees make")
    page.card.locator("[role=radio][data-option=b]").click()
    order = page.options()
    preview.replace("01-bees.md", "make from nectar?", "make out of nectar?")
    page.sees("make out of nectar?")
    page.card.locator("[data-option=b][aria-checked=true]").wait_for()
    assert page.options() == order

    page.press("Space")
    page.card.locator("main.back.live").wait_for()
    page.scrolls_to(900)
    preview.replace("01-bees.md", "Paragraph 50 about", "Paragraph fifty about")
    page.card.get_by_text("Paragraph fifty about").wait_for()

    assert page.side() == "back"
    assert page.page.frames[1].evaluate("Math.round(scrollY)") == 900
    assert page.options() == order
    page.card.locator(".wrong[data-option=b]").wait_for()


def test_a_reload_goes_on_where_the_page_was(look: Look, preview: Served) -> None:
    preview.save("01-bees.md", long_bees())
    page = look().go("01-bees.md#honey")
    page.card.locator("[role=radio][data-option=c]").click()
    page.press("Space")
    page.card.locator(".wrong[data-option=c]").wait_for()
    order = page.options()
    page.scrolls_to(700)

    page.page.reload()

    page.waits_for_key("01-bees.md#honey")
    page.card.locator(".wrong[data-option=c]").wait_for()
    assert page.options() == order
    page.page.frames[1].wait_for_function("() => Math.round(scrollY) === 700")


def test_settings_style_and_media_show(look: Look, preview: Served) -> None:
    page = look().go("02-spiders.md#webs")
    page.press("Space")
    page.card.locator("img").wait_for()
    card = page.page.frames[1]
    card.wait_for_function("() => document.images[0].naturalWidth === 40")

    preview.save("media/web.svg", WEB.replace('width="40"', 'width="70"'))
    card.wait_for_function("() => document.images[0] && document.images[0].naturalWidth === 70")

    preview.save("style.css", ".card.card { background: rgb(9, 8, 7) }")
    card.wait_for_function(
        "() => getComputedStyle(document.body).backgroundColor === 'rgb(9, 8, 7)'"
    )

    preview.replace("deck.toml", "Demo bank", "Another title")
    page.says("#title", "Another title")

    preview.save("deck.toml", preview.read("deck.toml") + '\n[words]\nexplanation = "Because"\n')
    page.sees("Because")

    preview.save("deck.toml", preview.read("deck.toml").replace('"en"', '"de"'))
    page.card.locator("main[lang=de]").wait_for()

    assert page.key() == "02-spiders.md#webs"
    (preview.folder / "style.css").unlink()
    card.wait_for_function(
        "() => getComputedStyle(document.body).backgroundColor !== 'rgb(9, 8, 7)'"
    )


def test_order_that_is_kept_follows_the_settings(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#honey")
    page.options()

    preview.save("deck.toml", DECK + "\n[cards]\nshuffle = false\n")

    page.card.locator("ol[data-order=kept]").wait_for()
    assert page.options() == ["a", "b", "c"]


def test_the_page_follows_the_file_that_is_saved(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#honey")

    preview.replace("02-spiders.md", "- [ ] Songs", "- [ ] Melodies")
    page.waits_for_key("02-spiders.md#webs")
    page.sees("Melodies")

    preview.replace("01-bees.md", "Which two does", "Which two things does")
    page.waits_for_key("01-bees.md#dance")
    page.settles()

    page.press("f")
    preview.replace("02-spiders.md", "- [ ] Melodies", "- [ ] Chants")
    page.says("#status", "02-spiders.md changed")
    page.settles()
    assert page.key() == "01-bees.md#dance"

    page.press("f", "k")
    page.waits_for_key("01-bees.md#honey")
    preview.save(
        "03-ants.md", "# 3 Ants\n\n## hill\n\nWhat do ants build?\n\n- [x] Hills\n- [ ] Webs\n"
    )
    page.waits_for_key("03-ants.md#hill")
    page.sees("What do ants build?")


@pytest.mark.parametrize(
    "data",
    [
        BEES.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + BEES.encode(),
        f"{BEES}\n\n".encode(),
        BEES.replace("\n## dance", "\n\n\n## dance").encode(),
    ],
    ids=["other line ends", "byte order mark", "blank lines at the end", "blank lines between"],
)
def test_a_save_that_says_nothing_else_leaves_the_question_in_view(
    look: Look, preview: Served, data: bytes
) -> None:
    page = look().go("02-spiders.md#webs")

    preview.save("01-bees.md", data)
    page.says("#status", "01-bees.md changed")
    page.settles()

    assert page.key() == "02-spiders.md#webs"


def test_an_id_that_changes_is_followed(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#dance")

    preview.replace("01-bees.md", "## dance", "## waggle-dance")

    page.waits_for_key("01-bees.md#waggle-dance")


def test_a_question_and_a_chapter_that_go(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#dance")
    preview.save("01-bees.md", BEES[: BEES.index("## dance")])
    page.waits_for_key("02-spiders.md#webs")

    page.go("01-bees.md#honey")
    (preview.folder / "01-bees.md").unlink()
    page.waits_for_key("02-spiders.md#webs")
    (preview.folder / "02-spiders.md").unlink()
    page.page.wait_for_selector("#stage.empty")
    preview.save("01-bees.md", BEES)
    page.sees("What do bees make")


BROKEN: dict[str, tuple[Callable[[str], str | bytes], str, str]] = {
    "a merge conflict": (
        lambda text: text.replace(
            "### Expl", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n### Expl", 1
        ),
        "gone",
        "conflict",
    ),
    "a fence that swallows the rest": (
        lambda text: text.replace("# 1 Bees\n", "# 1 Bees\n\n```\n"),
        "",
        "fence",
    ),
    "front matter that never ends": (
        lambda text: "---\ntags: [a\n" + text.replace("# 1 Bees\n", ""),
        "",
        "front matter",
    ),
    "no options": (lambda text: text.replace("- [x] Honey", "Honey"), "", ""),
    "options that are none": (
        lambda text: (
            text.replace("- [x] Honey", "* Honey")
            .replace("- [ ] Wax", "* Wax")
            .replace("- [ ] Pollen", "* Pollen")
        ),
        "before",
        "option",
    ),
    "no right option": (lambda text: text.replace("- [x] Honey", "- [ ] Honey"), "before", "right"),
    "no stem": (lambda text: text.replace("What do bees make from nectar?", ""), "before", "stem"),
    "no UTF-8": (
        lambda text: text.replace("nectar", "n\udce9ctar").encode(errors="surrogateescape"),
        "",
        "UTF-8",
    ),
    "zero bytes": (lambda _: b"", "gone", ""),
    "noise": (lambda _: bytes(range(256)) * 9, "gone", "UTF-8"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_was_good_stays_in_view(look: Look, preview: Served, name: str) -> None:
    break_, state, said = BROKEN[name]
    page = look().go("01-bees.md#honey")
    page.sees("Honey")

    preview.save("01-bees.md", break_(BEES))
    page.page.wait_for_function("() => document.querySelector('.badge.error')")
    page.settles()

    page.sees("Honey")
    assert page.key() == "01-bees.md#honey"
    if said:
        page.page.locator("#source .finding.error").get_by_text(said).first.wait_for()
        assert page.page.locator("#source .finding.error .help").first.inner_text()
    if state:
        page.says("#notes", "As it was before")
    preview.save("01-bees.md", BEES.replace("- [ ] Wax", "- [ ] Beeswax"))
    page.sees("Beeswax")
    page.page.wait_for_function("() => !document.querySelector('#notes p')")
    page.page.wait_for_selector(".badge.error", state="detached")


@pytest.mark.parametrize(
    "text",
    [
        "id = ",
        'id = "demo"\ntitle = 3\n',
        'id = "demo"\nlanguage = "qqqq"\ntitle = "T"\n',
        "\0",
        b"\xff\xfe",
    ],
)
def test_broken_settings_leave_the_card_as_it_was(
    look: Look, preview: Served, text: str | bytes
) -> None:
    preview.save("deck.toml", DECK + '[words]\nexplanation = "Because"\n')
    page = look().go("01-bees.md#honey")
    page.press("Space")
    page.sees("Because")

    preview.save("deck.toml", text)
    page.page.wait_for_selector("#status .badge.error")
    page.settles()

    page.sees("Because")
    page.says("#title", "Demo bank")
    page.page.locator(".files li").first.wait_for()  # open, and in sight wherever the list stands


def test_no_settings_at_all(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#honey")

    (preview.folder / "deck.toml").unlink()
    page.page.wait_for_selector("#status .badge.error")
    page.sees("What do bees make")
    page.says("#title", "Demo bank")
    preview.save("deck.toml", DECK)
    page.page.wait_for_selector("#status .badge.error", state="detached")


@needs_unix
def test_what_is_no_file_and_a_folder_that_goes(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#honey")
    chapter = preview.folder / "01-bees.md"
    chapter.unlink()
    os.mkfifo(chapter)
    page.page.wait_for_selector("#status .badge.error")
    page.settles()
    chapter.unlink()
    preview.save("01-bees.md", BEES)
    page.page.wait_for_selector("#status .badge.error", state="detached")
    page.go("01-bees.md#honey")

    away = preview.folder.with_name("away")
    preview.folder.rename(away)
    page.says("#banner", "demo")
    page.sees("What do bees make")
    shutil.copytree(away, preview.folder)
    page.page.wait_for_selector("#banner", state="hidden")
    preview.replace("01-bees.md", "What do bees make", "Say what bees make")
    page.sees("Say what bees make")


def test_a_fault_of_ours_does_not_stop_the_page(
    look: Look, preview: Served, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    page = look().go("01-bees.md#honey")
    with monkeypatch.context() as patched:

        def fail(*_: object, **__: object) -> None:
            raise ZeroDivisionError("a fault of ours")

        patched.setattr("mcqdeck.preview.project.check_banks", fail)
        preview.replace("01-bees.md", "What do bees make", "What is made by bees")
        page.says("#banner", "mcqdeck failed at this")
        page.sees("What do bees make")
    preview.replace("01-bees.md", "What is made by bees", "What will bees make")

    page.sees("What will bees make")
    page.page.wait_for_selector("#banner", state="hidden")
    assert "a fault of ours" in capfd.readouterr().err


def test_saves_that_come_fast_end_with_the_last(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#honey")
    for number in range(40):
        preview.save("01-bees.md", BEES.replace("What do bees make", f"Try {number}: make"))
        page.page.wait_for_timeout(15)

    page.sees("Try 39: make")
    page.settles()
    page.sees("Try 39: make")
    page.says("#source", "Try 39: make")
    page.says("#list", "Try 39: make")


def test_ten_tabs_at_once(look: Look, preview: Served, browser: Any) -> None:
    context = browser.new_context()
    context.set_default_timeout(60_000)
    pages = [look(context=context).go("01-bees.md#honey") for _ in range(10)]
    assert preview.asked["/api/updates"] == 1

    preview.replace("01-bees.md", "What do bees make", "Tell what bees make")
    for page in pages:
        page.page.bring_to_front()
        page.sees("Tell what bees make")
    for page in pages[:9]:
        page.page.close()
    preview.replace("01-bees.md", "Tell what bees make", "Which thing do bees make")

    pages[9].page.bring_to_front()
    pages[9].sees("Which thing do bees make")
    assert preview.asked["/api/updates"] == 1
    late = look(context=context).go("01-bees.md#dance")
    preview.replace("01-bees.md", "Which two does", "Which two things does")
    late.sees("Which two things does")
    context.close()


def test_a_tab_in_the_background_is_right_when_it_is_seen(look: Look, preview: Served) -> None:
    page = look().go("01-bees.md#honey")
    page.page.evaluate(
        """() => {
          Object.defineProperty(document, 'hidden', { value: true, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    asked = preview.asked["/api/outline"]
    preview.replace("01-bees.md", "What do bees make", "Tell what bees make")
    seen = page.page.evaluate("document.getElementById('status').dataset.number")
    preview.waits_until(lambda: preview.session.snapshot.number > int(seen) and preview.is_done())
    page.page.wait_for_timeout(200)  # in which nothing may happen
    assert preview.asked["/api/outline"] == asked

    page.page.evaluate(
        """() => {
          delete document.hidden;
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    page.sees("Tell what bees make")
