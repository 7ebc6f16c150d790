"""After a save, the card in view is shown before the rest of the bank is read, and it is right."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqdeck.model import RenderedBank, RenderedChapter, RenderedQuestion
from mcqdeck.pack.faces import Card, Faces
from mcqdeck.preview.early import EarlyCard, early_card
from mcqdeck.preview.project import Project
from mcqdeck.preview.snapshot import Snapshot
from mcqdeck.project import Means
from tests.preview.conftest import BEES, DECK, SMALL, SPIDERS, WEB, Page, Served, write_bank
from tests.preview.test_following import PIECES

Look = Callable[..., Page]
HONEY = "01-bees.md#honey"
PATIENCE = 30.0  # seconds; none of them is waited for where the machine is quick


def opened(folder: Path) -> tuple[Project, Snapshot]:
    project = Project(folder, Means())
    snapshot = project.complete()
    assert snapshot is not None
    return project, snapshot


def cards(
    bank: RenderedBank, question: RenderedQuestion, chapter: RenderedChapter
) -> tuple[str, tuple[Card, ...]]:
    faces = Faces(bank)
    return faces.style, faces.of(question, chapter)


def early(folder: Path, before: Snapshot, *names: str, key: str = HONEY) -> EarlyCard | None:
    return early_card(folder, before, {(folder / name).as_posix() for name in names}, key)


def agrees(card: EarlyCard, after: Snapshot) -> None:
    """Tells whether an early card is the one that the page will show."""
    shown = after.find(card.key)
    assert shown is not None
    said = cards(card.bank, card.question, card.chapter)
    assert said == cards(after.bank, shown.rendered, shown.chapter)
    assert card.bank.has_sound == after.bank.has_sound
    if card.is_changed:
        assert after.changed in ((card.key,), ())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("early") / "demo"


MORE = (
    "<div>\n", "<pre>\n", "$$\n", "text\n---\n", "[link]: /there\n", "[link]", "\n\n",
    "| a |\n|---|\n", "## honey\n", "## dance\n", "> [!NOTE]\n> x\n", "<<<<<<< ours\n",
    "![A web](media/web.svg)", "\r", "## ", "1. one\n", "    code\n", "<!-- id: other -->\n", "***",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    edits=st.lists(
        st.tuples(
            st.sampled_from(["01-bees.md", "02-spiders.md", "deck.toml"]),
            st.floats(0, 1),
            st.integers(0, 40),
            st.sampled_from([*PIECES, *MORE]),
        ),
        min_size=1,
        max_size=3,
    ),
    key=st.sampled_from([HONEY, "01-bees.md#dance", "02-spiders.md#webs"]),
)
def test_after_any_edits_an_early_card_is_the_one_that_follows(
    folder: Path, edits: list[tuple[str, float, int, str]], key: str
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    project, now = opened(write_bank(folder, SMALL))
    for name, where, length, piece in edits:
        path = folder / name
        text = path.read_bytes().decode()
        at = int(where * len(text))
        path.write_bytes((text[:at] + piece + text[at + length :]).encode())
        card = early(folder, now, name, key=key)
        after = project.update([path], [shown.path for shown in now.chapters])
        now = after or now

        if card is not None:
            agrees(card, now)


def test_every_kind_of_save_has_an_early_card(bank: Path) -> None:
    project, now = opened(bank)
    saves: tuple[tuple[str, str, str, str, bool], ...] = (
        ("01-bees.md", BEES.replace("What do bees", "Tell what bees"), HONEY, HONEY, True),
        ("02-spiders.md", SPIDERS.replace("catch flies", "catch gnats"), HONEY, "webs", True),
        ("deck.toml", f'{DECK}\n[words]\nexplanation = "Because"\n', HONEY, HONEY, False),
        ("style.css", ".mcq { color: red; }\n", HONEY, HONEY, False),
        ("media/web.svg", WEB.replace("40", "50"), "02-spiders.md#webs", "webs", False),
    )
    for name, text, key, shown, is_changed in saves:
        write_bank(bank, {name: text})
        card = early(bank, now, name, "4913", f"{name}~", key=key)
        after = project.update([bank / name], [chapter.path for chapter in now.chapters])

        assert card is not None, name
        assert card.key.endswith(shown)
        assert card.is_changed == is_changed
        assert after is not None
        agrees(card, after)
        now = after


@pytest.mark.parametrize(
    "text",
    [
        BEES.replace("What do bees", "```\nWhat do bees", 1),
        BEES.replace("## honey", "## nectar"),
        BEES.replace("- [x] Honey", "- [ ] Honey"),
        BEES.replace("What do bees", "[^1]: Honey bees do.\n\nWhat do bees[^1]", 1),
        BEES.replace("What do bees", "What do ![no bees](media/none.svg)", 1),
        BEES.replace("What do", "Say what do").replace("Which two", "Say which two"),
        BEES.replace("with $x^2$ of work.\n\n### References\n\n- [A book](https://example.org/bees)",
                     "with work.\n<div>").replace("<div>\n\n", "<div>\n"),
        "",
    ],
)  # fmt: skip
def test_what_is_not_certain_waits_for_the_whole_chapter(bank: Path, text: str) -> None:
    _, now = opened(bank)
    (bank / "01-bees.md").write_text(text, encoding="utf-8")

    assert early(bank, now, "01-bees.md") is None


def test_a_save_that_is_known_already_has_no_early_card(bank: Path) -> None:
    _, now = opened(bank)

    assert early(bank, now, "01-bees.md") is None


def test_links_that_are_defined_above_the_questions_are_known(bank: Path) -> None:
    links = BEES.replace("# 1 Bees\n", "# 1 Bees\n\n[bees]: https://example.org/bees\n")
    (bank / "01-bees.md").write_text(links, encoding="utf-8")
    project, now = opened(bank)
    (bank / "01-bees.md").write_text(links.replace("What do bees", "What do [bees]"))

    card = early(bank, now, "01-bees.md")
    after = project.update([bank / "01-bees.md"])

    assert card is not None
    assert after is not None
    agrees(card, after)
    assert "https://example.org/bees" in card.question.stem


def test_links_that_another_question_defines_wait_for_the_chapter(bank: Path) -> None:
    links = f"{BEES}\n[bees]: https://example.org/bees\n"
    (bank / "01-bees.md").write_text(links, encoding="utf-8")
    _, now = opened(bank)
    (bank / "01-bees.md").write_text(links.replace("What do bees", "What do [bees]"))

    assert early(bank, now, "01-bees.md") is None


class Gate:
    """Holds what follows a save of certain files, until it is opened."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self._names: tuple[str, ...] = ()

    def hold(self, *names: str) -> None:
        """Lets no save of these files go on. Another one, told late, is not in the way."""
        self._names = names
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def wait(self, saved: Iterable[Path]) -> None:
        if any(path.name in self._names for path in saved):
            assert self._open.wait(PATIENCE)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Can hold the reading of chapters after a save."""
    gate = Gate()
    real = Project.update

    def update(
        self: Project, saved: Iterable[Path], first: Collection[str] = ()
    ) -> Snapshot | None:
        paths = tuple(saved)
        gate.wait(paths)
        return real(self, paths, first)

    monkeypatch.setattr(Project, "update", update)
    yield gate
    gate.open()


def test_the_card_in_view_comes_first(look: Look, preview: Served, gate: Gate) -> None:
    page = look().go(HONEY)
    page.settles()
    page.card.locator("[role=radio][data-option=b]").click()
    gate.hold("01-bees.md")

    preview.replace("01-bees.md", "What do bees make", "Tell what bees make")
    page.sees("Tell what bees make")
    page.card.locator("[data-option=b][aria-checked=true]").wait_for()
    page.page.locator("#source").get_by_text("What do bees make").wait_for()
    gate.open()

    page.says("#source", "Tell what bees make")
    page.says("#list", "Tell what bees make")
    assert page.key() == HONEY


def test_the_page_follows_at_once(look: Look, preview: Served, gate: Gate) -> None:
    page = look().go(HONEY)
    page.settles()
    gate.hold("02-spiders.md")

    preview.replace("02-spiders.md", "catch flies", "catch gnats")
    page.sees("catch gnats")
    page.waits_for_key("02-spiders.md#webs")
    gate.open()

    page.says("#source", "catch gnats")
    assert page.page.url.endswith("webs")
    page.settles()
    gate.hold("01-bees.md")
    page.press("f")  # the page follows no longer
    before = preview.asked["/api/drawn"]
    preview.replace("01-bees.md", "What do bees make", "Tell what bees make")
    preview.waits_until(lambda: preview.asked["/api/drawn"] > before)
    gate.open()
    page.says("#list", "Tell what bees make")
    page.settles()
    assert page.key() == "02-spiders.md#webs"


def test_settings_style_and_pictures_show_at_once(look: Look, preview: Served, gate: Gate) -> None:
    page = look().go("02-spiders.md#webs")
    page.settles()
    page.press("Space")
    page.card.locator("main.back.live").wait_for()
    gate.hold("deck.toml")
    preview.save("deck.toml", f'{DECK}\n[words]\nexplanation = "Because"\nverdict-none = "None"\n')
    page.sees("Because")
    gate.open()
    page.settles()
    gate.hold("style.css")
    preview.save("style.css", ":root { --saved: 7; }\n")
    page.page.frames[1].wait_for_function(
        "() => getComputedStyle(document.body).getPropertyValue('--saved').trim() === '7'"
    )
    gate.open()
    page.settles()
    gate.hold("web.svg")
    preview.save("media/web.svg", WEB.replace('width="40"', 'width="77"'))
    page.page.frames[1].wait_for_function("() => document.images[0].naturalWidth === 77")
    gate.open()
    page.settles()


def test_all_rules_wait_until_the_page_shows_the_save(
    look: Look, preview: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mcqdeck.preview.session._UNTIL_LISTED", PATIENCE)
    page = look().go(HONEY)
    page.settles()
    drawn: list[int] = []
    real = Project.complete

    def complete(self: Project) -> Snapshot | None:
        drawn.append(preview.asked["/api/drawn"])
        return real(self)

    monkeypatch.setattr(Project, "complete", complete)
    before = preview.asked["/api/drawn"]
    preview.replace("01-bees.md", "What do bees make", "Tell what bees make")
    preview.waits_until(lambda: drawn)
    page.settles()

    assert drawn[0] >= before + 2  # the card, and then the list


def test_a_card_that_stays_the_same_is_left_alone(look: Look, preview: Served) -> None:
    page = look().go(HONEY)
    page.settles()
    page.card.locator("main.live").wait_for()
    page.page.frames[1].evaluate("document.querySelector('main').dataset.mine = 'yes'")

    preview.replace("01-bees.md", "Which two does", "Which two things does")
    page.waits_for_key("01-bees.md#dance")
    page.press("k")
    page.waits_for_key(HONEY)
    page.press("f")
    page.page.frames[1].evaluate("document.querySelector('main').dataset.mine = 'yes'")
    preview.replace("01-bees.md", "Which two things does", "Which two does")
    page.says("#list", "Which two does")
    page.settles()

    assert page.page.frames[1].evaluate("document.querySelector('main').dataset.mine") == "yes"
