"""Decks: names that mean nothing to HTML and Anki, folders as decks, numbers in their order."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from html import unescape
from pathlib import Path
from unicodedata import category, is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcqdeck
from mcqdeck.pack.deck_names import deck_name

OFF = '[rules]\nset = "off"\n'


def chapter(id_: str, title: str = "Title", image: str = "") -> str:
    picture = f" ![x]({image})" if image else ""
    return f"# {title}\n\n## {id_}\n\nWhich of them?{picture}\n\n- [x] Right\n- [ ] Wrong\n\nSo.\n"


class Library:
    """Somebody with a bank, who writes chapters by their path and builds."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output = folder / "demo", folder / "decks"
        self.deck()

    def deck(self, text: str = "", title: str = "Demo") -> None:
        self.write("deck.toml", f"id = 'demo'\ntitle = '{title}'\n{text}\n{OFF}")

    def write(self, path: str, text: str | bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def chapters(self, **titles: str) -> None:
        """Chapters by their path without `.md`; `__` stands for a slash."""
        for path, title in titles.items():
            name = path.replace("__", "/").replace("_", "-")
            self.write(f"{name}.md", chapter(re.sub(r"[^a-z0-9]+", "-", name.lower()), title))

    def check(self) -> list[tuple[str, str, int]]:
        """What is wrong: the path in the bank, the name and the line of each."""
        return [
            (
                Path(diagnostic.where.path).relative_to(self.folder).as_posix(),
                diagnostic.name,
                diagnostic.where.line,
            )
            for diagnostic in mcqdeck.check([self.folder]).diagnostics
        ]

    def release(self) -> dict[str, int]:
        """The ids of the decks that a new release has, by their names."""
        checked = mcqdeck.check([self.folder])
        assert not checked.has_errors, checked.diagnostics
        [built] = mcqdeck.build(checked, self.output)
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(zipfile.ZipFile(built.path).read("collection.anki2"))
            [(decks,)] = database.execute("SELECT decks FROM col").fetchall()
        return {deck["name"]: int(key) for key, deck in json.loads(decks).items() if key != "1"}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def tree(names: dict[str, int]) -> set[str]:
    """The decks of multiple choice, below that of the bank."""
    return {
        name.removeprefix("Demo::")
        for name in names
        if name != "Demo" and not name.startswith("Demo::Flashcards")
    }


# Names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("01 Screening", "01 Screening"),
        ("Bloom's taxonomy: a (short) [draft] {x} & more; 50 % $5", None),
        ("Was ist größer? – Æther · 病気", None),
        ("مقدمة", None),
        ("<b>x</b>", "＜b＞x＜/b＞"),
        ("01 <img src=x onerror=alert(1)//", "01 ＜img src=x onerror=alert(1)//"),
        ("02 <<x>img src=x onerror=alert(2)>", "02 ＜＜x＞img src=x onerror=alert(2)＞"),
        ("a < b > c", "a ＜ b ＞ c"),
        ("R&D", "R＆D"),
        ("&lt;b&gt; &#60; &#x3c; &copy", "＆lt;b＆gt; ＆#60; ＆#x3c; ＆copy"),
        ("this & that &&", "this & that &&"),
        ("[sound:a.mp3]", "［sound:a.mp3]"),
        ("[SOUND:a.mp3] [anki:play:q:0]", "［SOUND:a.mp3] ［anki:play:q:0]"),
        ("[latex]x[/latex] [$]x[/$] [$$]x[/$$]", "［latex]x[/latex] ［$]x[/$] ［$$]x[/$$]"),
        ("[[type:Stem]]", "［[type:Stem]]"),
        ("[Type 2] [Latex gloves]", None),
        ("{{Answer}} {{{c1::x}}} {a}", "｛｛Answer｝｝ ｛｛｛c1:x｝｝｝ {a}"),
        (r"\(x\) \[y\] C:\new", r"＼(x＼) ＼[y＼] C:\new"),
        ('He said "no"', "He said no"),
        ("A::B:::C", "A:B:C"),
        (" :Edge: ", "Edge"),
        ("tab\there\nand\u2028there", "tab here and there"),
        ("cafe\u0301", "café"),
        ("<\u0338", "\u226e"),  # composed, it is a sign of its own
        ("a\x00\x07\x1b[31mb\x7f\x9b\ud800c", "a[31mbc"),
        ("\u202eabc\u202c \u2066x\u2069", "abc x"),
        ("x\u200dy\u200c", None),  # which Persian and Hindi need
        ("\x07", "else"),
        ("::", "else"),
        ('""', "else"),
        (" ", "else"),
    ],
)
def test_a_title_is_one_level_that_means_nothing_to_html_and_anki(
    title: str, name: str | None
) -> None:
    assert deck_name(title, "else") == (name or title)


@given(st.text() | st.text(st.sampled_from("<>&#;[]{}\\():\"' \t\u202eabsound:lt$x")))
def test_no_name_means_anything(title: str) -> None:
    name = deck_name(title)

    assert not re.search(
        r'[<>"]|&[A-Za-z#]|\[(?:sound|anki):|\[latex\]|\[\$|\[\[type:|\{\{|\}\}|\\[()\[\]]|::',
        name,
        re.IGNORECASE,
    )
    assert unescape(name) == name
    assert is_normalized("NFC", name)
    assert not any(category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name)
    assert name == name.strip(" :")
    assert deck_name(name) == name


def test_no_level_of_a_package_means_anything(library: Library) -> None:
    library.deck("[words]\nflashcard-deck = 'Re<call'", title="De<mo> &amp;")
    library.write("u<b>nit/01.md", chapter("a", r"<i>x</i> \\(y\\)".replace("<", r"\<")))

    assert set(library.release()) == {
        "De＜mo＞ ＆amp;",
        "De＜mo＞ ＆amp;::u＜b＞nit",
        "De＜mo＞ ＆amp;::u＜b＞nit::＜i＞x＜/i＞ ＼(y＼)",
        "De＜mo＞ ＆amp;::Re＜call",
        "De＜mo＞ ＆amp;::Re＜call::u＜b＞nit",
        "De＜mo＞ ＆amp;::Re＜call::u＜b＞nit::＜i＞x＜/i＞ ＼(y＼)",
    }


# Folders


def test_folders_are_decks_within_decks_as_deep_as_they_go(library: Library) -> None:
    library.chapters(
        intro="Intro", unit_1__a="A", unit_1__deep__er__b="B", Unit_2__c="C", unit_1="Of one"
    )
    names = library.release()

    assert tree(names) == {
        *("Intro", "Of one", "unit 1", "unit 1::A", "unit 1::deep", "unit 1::deep::er"),
        *("unit 1::deep::er::B", "Unit 2", "Unit 2::C"),
    }
    assert {"Demo::Flashcards::unit 1::deep::er::B", "Demo::Flashcards::Unit 2"} <= set(names)
    assert len(set(names.values())) == len(names)


def test_a_deck_keeps_its_id_under_new_titles_and_another_depth_has_another(
    library: Library,
) -> None:
    library.chapters(a="A", unit__a="A")
    before = library.release()
    library.chapters(a="New", unit__a="Newer")
    after = library.release()

    assert before["Demo::A"] == after["Demo::New"]
    assert before["Demo::unit::A"] == after["Demo::unit::Newer"]
    assert before["Demo::unit"] == after["Demo::unit"]
    assert before["Demo::A"] != before["Demo::unit::A"]


def test_media_are_named_from_the_folder_of_their_chapter(library: Library) -> None:
    library.write("unit/deep/01.md", chapter("a", "A", "../../media/x.png"))
    library.write("unit/02.md", chapter("b", "B", "x.png"))
    library.write("03.md", chapter("c", "C", "unit/x.png"))
    library.write("unit/04.md", chapter("d", "D", "unit/x.png"))
    library.write("unit/05.md", chapter("e", "E", "../../x.png"))
    for path in ("media/x.png", "unit/x.png"):
        library.write(path, path.encode())
    diagnostics = mcqdeck.check([library.folder]).diagnostics

    assert [
        (Path(diagnostic.where.path).name, diagnostic.name, diagnostic.help)
        for diagnostic in diagnostics
    ] == [
        ("04.md", "media-missing", "did you mean `x.png`?"),
        ("05.md", "media-outside-bank", "copy the file into the bank's folder"),
    ]


def test_a_chapter_in_a_folder_is_checked_within_its_bank(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.chapters(a="A", unit__deep__b="B")
    library.write("unit/deep/c.md", chapter("a", "C"))  # an id that another chapter has
    for place, path in ((library.folder.parent, "demo/unit/deep/c.md"), ("unit/deep", "c.md")):
        monkeypatch.chdir(library.folder / place)
        diagnostics = mcqdeck.check([Path(path)]).diagnostics

        assert [diagnostic.name for diagnostic in diagnostics] == ["duplicate-id"]


# Order


def order(library: Library) -> list[str]:
    bank = mcqdeck.load(library.folder).bank
    return [Path(chapter.path).relative_to(library.folder).as_posix() for chapter in bank.chapters]


def test_chapters_and_folders_sort_by_number_then_by_name(library: Library) -> None:
    paths = [
        *("1-a.md", "2-b.md", "02-c.md", "2-d.md", "3-unit.md", "3-unit/1.md", "3-unit/2-x/9.md"),
        *("3-unit/2-x/10.md", "3-unit/10.md", "10-d.md", "10-d2.md", "10-d10.md", "A.md"),
        *("a/1.md", "b.md", "unit 2/x.md", "unit 10/x.md"),
    ]
    for number, path in enumerate(reversed(paths)):
        library.write(path, chapter(f"q-{number}", f"T{number}"))

    assert order(library) == paths


def test_new_cards_come_in_that_order(library: Library) -> None:
    library.chapters(**{"10_z": "Z", "2_a": "A", "2_b__9": "Nine", "2_b__10": "Ten"})
    library.release()
    with closing(sqlite3.connect(":memory:")) as database:
        package = zipfile.ZipFile(library.output / "demo.apkg")
        database.deserialize(package.read("collection.anki2"))
        rows = database.execute(
            "SELECT flds FROM cards JOIN notes ON notes.id = nid WHERE ord = 0 ORDER BY due"
        ).fetchall()

    assert [fields.split("\x1f")[0] for (fields,) in rows] == ["2-a", "2-b-9", "2-b-10", "10-z"]


@pytest.mark.parametrize(
    ("titles", "decks"),
    [
        (["1 A", "2 B", "10 C"], ["01 A", "02 B", "10 C"]),
        (["1. A", "9. B", "110. C"], ["001. A", "009. B", "110. C"]),
        (["01 A", "02 B"], ["01 A", "02 B"]),
        (["1 A", "02 B"], ["01 A", "02 B"]),
        (["1 A", "2 B", "Appendix"], ["1 A", "2 B", "Appendix"]),
        (["1 A", "Intro", "10 B"], ["01 A", "10 B", "Intro"]),
        (["1.2 A", "1.10 B", "2.1 C"], ["1.02 A", "1.10 B", "2.01 C"]),
        (["1 A", "2024 exam"], ["1 A", "2024 exam"]),
        (["1A", "10B"], ["01A", "10B"]),
        (["Unit 1", "Unit 10", "Unit 2"], ["Unit 1", "Unit 10", "Unit 2"]),
    ],
)
def test_numbers_side_by_side_get_as_many_digits(
    library: Library, titles: list[str], decks: list[str]
) -> None:
    """For Anki sorts decks letter by letter."""
    library.chapters(**{f"c{number}": title for number, title in enumerate(titles)})

    assert sorted(tree(library.release())) == decks


def test_folders_count_among_what_stands_side_by_side(library: Library) -> None:
    library.chapters(**{"1_a": "1 A", "2_unit__1_x": "1 X", "10_b": "10 B", "3_unit__c": "12 C"})

    assert tree(library.release()) == {
        *("01 A", "02 unit", "02 unit::1 X", "03 unit", "03 unit::12 C", "10 B")
    }


def publish(library: Library, *names: str) -> None:
    """Makes the last release one whose decks have other names, as an older one may."""
    path = library.output / "demo.apkg"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(members["collection.anki2"])
        [(decks,)] = database.execute("SELECT decks FROM col").fetchall()
        for old, new in (pair.split(" -> ") for pair in names):
            decks = decks.replace(json.dumps(old)[1:-1] + '"', json.dumps(new)[1:-1] + '"')
        database.execute("UPDATE col SET decks = ?", (decks,))
        database.commit()
        members["collection.anki2"] = database.serialize()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_the_decks_of_a_published_bank_keep_their_names(library: Library) -> None:
    """To Anki another name is another deck: learners' cards would stay in the old one."""
    library.chapters(**{"1_a": "1 A", "2_b": "2 B", "10_c": "10 C", "3_u__d": "4 D"})
    library.release()
    publish(library, "01 A -> 1 A", "02 B -> 2 B", "03 u -> 3 u", "03 u::4 D -> 3 u::4 D")
    assert "Demo::1 A" in mcqdeck_names(library.output / "demo.apkg")
    kept = tree(library.release())
    library.chapters(**{"11_e": "11 E", "3_u__f": "12 F", "5_g": "5 G"})

    assert kept == {"1 A", "2 B", "10 C", "3 u", "3 u::4 D"}
    assert tree(library.release()) == kept | {"11 E", "3 u::12 F", "5 G"}


def mcqdeck_names(package: Path) -> set[str]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(zipfile.ZipFile(package).read("collection.anki2"))
        [(decks,)] = database.execute("SELECT decks FROM col").fetchall()
    return {deck["name"] for deck in json.loads(decks).values()}


def test_a_tenth_chapter_renames_none_of_the_nine(library: Library) -> None:
    library.chapters(**{f"{number}_x": f"{number} X" for number in range(1, 10)})
    before = library.release()
    library.chapters(**{"10_x": "10 X"})

    assert tree(library.release()) == tree(before) | {"10 X"}


def test_a_bank_published_with_more_digits_gives_them_to_new_chapters(library: Library) -> None:
    library.chapters(a="001 A", b="002 B")
    library.release()
    library.chapters(c="3 C")

    assert tree(library.release()) == {"001 A", "002 B", "003 C"}


def test_a_new_title_is_a_new_name(library: Library) -> None:
    library.chapters(a="1 A", b="2 B")
    library.release()
    library.chapters(a="1 Alpha")

    assert tree(library.release()) == {"1 Alpha", "2 B"}


def test_a_published_name_that_could_act_does_not_stay(library: Library) -> None:
    library.chapters(a=r"A \<i>")
    library.release()
    publish(library, "A ＜i＞ -> A <i>")

    assert tree(library.release()) == {"A ＜i＞"}


# What is told


def test_chapters_whose_cards_end_in_one_deck_are_told(library: Library) -> None:
    library.chapters(a="Ice", b='"ICE"', c="Water", unit__a="Ice", d="1 X", e="01 X")

    assert library.check() == [("b.md", "shared-deck", 1), ("e.md", "shared-deck", 1)]


def test_a_chapter_among_the_flashcards_is_told(library: Library) -> None:
    library.chapters(a="A", b="Flashcards", flashcards__a="A")
    assert library.check() == [("b.md", "shared-deck", 1), ("flashcards/a.md", "shared-deck", 1)]

    library.deck("[cards]\nflashcards = false")
    assert library.check() == []


def test_two_folders_of_one_name_are_one_deck(library: Library) -> None:
    library.chapters(**{"unit_1__a": "A"})
    library.write("unit 1/b.md", chapter("b", "B"))
    library.write("unit 1/c.md", chapter("c", "A"))

    assert library.check() == [("unit-1/a.md", "shared-deck", 1)]


@pytest.mark.parametrize("title", ['""', "::", r"\:", "<!-- x -->", "&#8232;"])
def test_a_title_that_gives_no_name_is_an_error(library: Library, title: str) -> None:
    library.write("a.md", chapter("a", title))

    assert ("a.md", "empty-deck-name", 1) in library.check()


def test_what_is_not_compiled_is_told(library: Library) -> None:
    library.chapters(a="A", unit__b="B")
    for path in (
        *("notes.txt", "unit/c.markdown", "media/x.xcf", "unit/README.md", "LICENSE", "x/.hidden"),
        *("README.txt", "unit/licence.rst", "style.css", "media/README", "Thumbs.db", "01.md~"),
    ):
        library.write(path, "")
    library.write("other/deck.toml", "")
    library.write("other/sub/z.md", chapter("z"))
    (library.folder / "linked").symlink_to(library.folder / "unit")

    assert [(path, name) for path, name, _ in library.check()] == [
        ("01.md~", "not-compiled"),
        ("linked", "not-compiled"),
        ("media/x.xcf", "not-compiled"),
        ("notes.txt", "not-compiled"),
        ("other/deck.toml", "not-compiled"),
        ("unit/c.markdown", "not-compiled"),
    ]


@pytest.mark.parametrize("path", ["a.MP4", "media/a.webm", "media/a.mp3", "a.woff2", "a.webp"])
def test_media_that_nobody_names_are_unused_and_no_more(library: Library, path: str) -> None:
    library.write("a.md", chapter("a", "A"))
    library.write(path, "")

    assert [name for _, name, _ in library.check()] == ["media-unused"]


def test_a_file_that_a_question_names_is_told_once(library: Library) -> None:
    library.write("a.md", chapter("a", "A", "x.tiff"))
    library.write("x.tiff", "")

    assert library.check() == [("a.md", "media-type", 5)]
