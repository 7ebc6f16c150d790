"""Packing: the same bytes from the same bank, and in them exactly what Anki should get."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.identity import note_type_id
from mcqdeck.model import (
    Chapter,
    Config,
    Media,
    Option,
    Place,
    Question,
    RenderedBank,
    RenderedOption,
    RenderedQuestion,
)
from mcqdeck.pack import pack
from mcqdeck.pack.notetype import required_fields
from mcqdeck.render import rendered_chapter
from tests.passages import passage

NOW = 1_750_000_000
PLACE = Place("bank/a.md")
PASSAGE = passage("x", path="bank/a.md")
CONFIG = Config(
    path="bank/deck.toml",
    id="sample",
    title="Sample",
    description="About **this** bank",
    objectives=(("GC1", "Know <this> & that"),),
)
FIELDS = [
    *("ID", "Stem", "Options", "Answer", "Correct", "Rationales", "Explanation", "References"),
    *("Flashcard", "Notice", "Meta", "Reserved1", "Reserved2", "Reserved3"),
]


def question(id_: str, **changes: Any) -> Question:
    options = (Option(PLACE, True, PASSAGE), Option(PLACE, False, PASSAGE))
    plain = Question(PLACE, id_, PLACE, False, PASSAGE, options, None, None)
    return replace(plain, **changes)


def rendered(source: Question, **changes: Any) -> RenderedQuestion:
    options = (
        RenderedOption("a", True, "<p>yes</p>", ""),
        RenderedOption("b", False, "<p>no</p>", "<p>why not</p>"),
    )
    plain = RenderedQuestion(source, "<p>Stem</p>", options, "<p>why</p>", "", "")
    return replace(plain, **changes)


def bank_of(*questions: Question, config: Config = CONFIG, **changes: Any) -> RenderedBank:
    """A bank of one chapter; `changes` apply to each rendered question."""
    return bank_of_chapters(Chapter("bank/01-one.md", "One", questions), config=config, **changes)


def bank_of_chapters(
    *chapters: Chapter, config: Config = CONFIG, media: Sequence[Media] = (), **changes: Any
) -> RenderedBank:
    done = tuple(
        rendered_chapter(chapter, tuple(rendered(q, **changes) for q in chapter.questions))
        for chapter in chapters
    )
    return RenderedBank("bank", config, done, media=tuple(media))


@contextmanager
def database(package: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(zipfile.ZipFile(io.BytesIO(package)).read("collection.anki2"))
        yield connection


def rows(package: bytes, query: str) -> list[tuple[Any, ...]]:
    with database(package) as connection:
        return connection.execute(query).fetchall()


def fields(package: bytes) -> dict[str, str]:
    """The fields of a package's first note by name."""
    [(joined,)] = rows(package, "SELECT flds FROM notes ORDER BY id LIMIT 1")
    return dict(zip(FIELDS, joined.split("\x1f"), strict=True))


def tags(package: bytes) -> list[str]:
    [(column,)] = rows(package, "SELECT tags FROM notes")
    return str(column).split(" ")


def deck_names(package: bytes) -> dict[int, str]:
    [(decks,)] = rows(package, "SELECT decks FROM col")
    return {int(key): deck["name"] for key, deck in json.loads(decks).items() if key != "1"}


# Bytes


def test_the_same_bank_gives_the_same_bytes() -> None:
    bank = bank_of(question("q-1", tags=("a", "b")), question("q-2"))

    assert pack(bank, timestamp=NOW) == pack(bank, timestamp=NOW)


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    script = tmp_path / "pack_again.py"
    script.write_text(
        "import sys, hashlib\n"
        f"sys.path[:0] = {[str(Path(__file__).parents[1]), *sys.path]!r}\n"
        "from tests.test_pack import NOW, bank_of, pack, question\n"
        "bank = bank_of(question('q-1', tags=('a', 'b', 'c')), question('q-2'))\n"
        "print(hashlib.sha256(pack(bank, timestamp=NOW)).hexdigest())\n"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-B", str(script)],
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            cwd=tmp_path,
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }

    assert len(hashes) == 1


def test_another_folder_gives_the_same_bytes() -> None:
    packages = {
        pack(
            bank_of_chapters(
                Chapter(f"{folder}01-one.md", "One", (question("q-1"),)),
                config=replace(CONFIG, path=f"{folder}deck.toml"),
            ),
            timestamp=NOW,
        )
        for folder in ("", "bank/", "/somewhere/else/")
    }

    assert len(packages) == 1


def test_another_time_changes_nothing_but_ids_and_times() -> None:
    bank = bank_of(question("q-1"), question("q-2"))
    content = (
        "SELECT guid, mid, usn, tags, flds, sfld, csum, flags, data, "
        "(SELECT group_concat(ord || '/' || did || '/' || due) FROM cards WHERE nid = notes.id) "
        "FROM notes ORDER BY id"
    )
    today, tomorrow = pack(bank, timestamp=NOW), pack(bank, timestamp=NOW + 86_400)

    assert today != tomorrow
    assert rows(today, content) == rows(tomorrow, content)
    assert len(rows(today, content)) == 2


def test_the_database_does_not_tell_which_sqlite_made_it() -> None:
    archive = zipfile.ZipFile(io.BytesIO(pack(bank_of(question("q-1")), timestamp=NOW)))
    header = archive.read("collection.anki2")[:100]

    assert header[24:28] == bytes(4)
    assert header[92:100] == bytes(8)


def test_the_members_tell_neither_day_nor_machine(tmp_path: Path) -> None:
    image = tmp_path / "image.png"
    image.write_bytes(b"image")
    chapter = Chapter("bank/01-one.md", "One", (question("q-1"),))
    package = pack(
        bank_of_chapters(chapter, media=[Media("sample-image.png", str(image))]), timestamp=NOW
    )
    members = zipfile.ZipFile(io.BytesIO(package)).infolist()

    assert [member.filename for member in members] == ["collection.anki2", "media", "0"]
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {(member.create_system, member.external_attr >> 16) for member in members} == {
        (3, 0o100644)
    }


def test_packing_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", None)

    pack(bank_of(question("q-1")), timestamp=NOW)

    assert list(tmp_path.iterdir()) == []


def test_a_package_is_compressed() -> None:
    bank = bank_of(*(question(f"q-{number}") for number in range(500)))
    package = pack(bank, timestamp=NOW)
    [collection] = [
        member
        for member in zipfile.ZipFile(io.BytesIO(package)).infolist()
        if member.filename == "collection.anki2"
    ]

    assert len(package) < collection.file_size / 4


# Media


def test_media_go_in_under_their_names(tmp_path: Path) -> None:
    files = {"sample-é.png": random.Random(1).randbytes(2_000), "sample-b.svg": b"<svg/>" * 500}
    media = []
    for number, (name, content) in enumerate(files.items()):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(content)
        media.append(Media(name, str(path)))
    chapter = Chapter("bank/01-one.md", "One", (question("q-1"),))
    archive = zipfile.ZipFile(
        io.BytesIO(pack(bank_of_chapters(chapter, media=media), timestamp=NOW))
    )
    names = json.loads(archive.read("media"))

    assert {name: archive.read(number) for number, name in names.items()} == files
    assert archive.getinfo("0").compress_type == zipfile.ZIP_STORED
    assert archive.getinfo("1").compress_size < archive.getinfo("1").file_size / 10


def test_a_media_file_that_is_gone_is_named(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.png")
    chapter = Chapter("bank/01-one.md", "One", (question("q-1"),))

    with pytest.raises(McqdeckError, match=r"gone\.png.*No such file"):
        pack(bank_of_chapters(chapter, media=[Media("gone.png", gone)]), timestamp=NOW)


# Notes and cards


def test_each_note_has_exactly_its_cards() -> None:
    package = pack(
        bank_of(question("both"), question("no-flashcard", has_flashcard=False)), timestamp=NOW
    )

    assert rows(
        package,
        "SELECT substr(flds, 1, instr(flds, char(31)) - 1), group_concat(ord) FROM cards "
        "JOIN notes ON notes.id = nid GROUP BY nid ORDER BY nid",
    ) == [("both", "0,1"), ("no-flashcard", "0")]


def test_a_bank_without_flashcards_has_neither_their_cards_nor_their_decks() -> None:
    bank = bank_of(question("q-1"), config=replace(CONFIG, flashcards=False))
    package = pack(bank, timestamp=NOW)

    assert rows(package, "SELECT DISTINCT ord FROM cards") == [(0,)]
    assert fields(package)["Flashcard"] == ""
    assert set(deck_names(package).values()) == {"Sample", "Sample::One"}


def test_identity_hangs_on_the_ids_alone() -> None:
    plain = pack(bank_of(question("q-1")), timestamp=NOW)
    renamed = pack(
        bank_of(question("q-1"), config=replace(CONFIG, title="Other"), stem="<p>New</p>"),
        timestamp=NOW,
    )
    identity = "SELECT guid, mid, did FROM notes JOIN cards ON nid = notes.id ORDER BY cards.id"

    assert rows(plain, identity) == rows(renamed, identity)
    assert rows(plain, "SELECT flds FROM notes") != rows(renamed, "SELECT flds FROM notes")


def test_guids_are_unique_and_differ_between_banks() -> None:
    questions = [question(f"q-{number}") for number in range(1_000)]
    guids = {
        guid
        for bank_id in ("one", "two")
        for (guid,) in rows(
            pack(bank_of(*questions, config=replace(CONFIG, id=bank_id)), timestamp=NOW),
            "SELECT guid FROM notes",
        )
    }

    assert len(guids) == 2_000


@pytest.mark.parametrize("timestamp", [NOW, 86_400, 1, 0, -5])
def test_ids_ascend_and_neither_ids_nor_times_lie_in_the_future(timestamp: int) -> None:
    package = pack(bank_of(*(question(f"q-{number}") for number in range(50))), timestamp=timestamp)
    ids = [row[0] for row in rows(package, "SELECT id FROM notes ORDER BY rowid")]
    card_ids = [row[0] for row in rows(package, "SELECT id FROM cards ORDER BY rowid")]
    newest = max(1, timestamp)

    for column in (ids, card_ids):
        assert len(set(column)) == len(column)
        assert column == sorted(column)
        assert min(column) > 0
        assert max(column) <= newest * 1_000
    assert rows(package, "SELECT DISTINCT mod FROM notes UNION SELECT mod FROM cards") == [
        (newest,)
    ]


def test_new_cards_come_in_source_order_in_both_kinds_of_deck() -> None:
    chapters = [
        Chapter(f"bank/0{c}.md", f"C{c}", tuple(question(f"q-{c}-{n}") for n in range(2)))
        for c in range(2)
    ]
    package = pack(bank_of_chapters(*chapters), timestamp=NOW)

    assert rows(
        package,
        "SELECT ord, due, substr(flds, 1, 5) FROM cards JOIN notes ON nid = notes.id "
        "ORDER BY ord, due",
    ) == [
        (ord_, due, id_)
        for ord_ in range(2)
        for due, id_ in enumerate(["q-0-0", "q-0-1", "q-1-0", "q-1-1"], start=1)
    ]


def test_every_card_is_new() -> None:
    package = pack(bank_of(question("q-1")), timestamp=NOW)

    assert rows(package, "SELECT DISTINCT type, queue, ivl, reps, lapses, odid FROM cards") == [
        (0, 0, 0, 0, 0, 0)
    ]
    assert (
        rows(package, "SELECT * FROM revlog UNION ALL SELECT *, 1, 1, 1, 1, 1, 1 FROM graves") == []
    )


# Fields


def test_the_fields_of_a_plain_question() -> None:
    source = question("q-1", objective="GC1", level="recall")

    assert fields(pack(bank_of(source), timestamp=NOW)) == {
        "ID": "q-1",
        "Stem": "<p>Stem</p>",
        "Options": '<ol class="options"><li data-option="a"><p>yes</p></li>'
        '<li data-option="b"><p>no</p></li></ol>',
        "Answer": "a",
        "Correct": "<p>yes</p>",
        "Rationales": '<ol class="options"><li data-option="b"><p>why not</p></li></ol>',
        "Explanation": "<p>why</p>",
        "References": "",
        "Flashcard": "1",
        "Notice": "",
        "Meta": '<span class="objective"><span class="code">GC1</span> '
        'Know &lt;this&gt; &amp; that</span><span class="level">recall</span>',
        "Reserved1": "",
        "Reserved2": "",
        "Reserved3": "",
    }


def test_several_right_options() -> None:
    options = tuple(RenderedOption(letter, letter != "b", letter, "") for letter in "abc")
    values = fields(pack(bank_of(question("q-1"), options=options), timestamp=NOW))

    assert values["Answer"] == "a c"
    assert values["Correct"] == '<ul class="correct"><li>a</li><li>c</li></ul>'
    assert values["Options"].startswith('<ol class="options" data-choose="2"><li data-option="a">')
    assert values["Rationales"] == ""


def test_options_that_keep_their_order_say_so() -> None:
    values = fields(pack(bank_of(question("q-1", keeps_order=True)), timestamp=NOW))

    assert values["Options"].startswith(
        '<ol class="options" data-order="kept"><li data-option="a">'
    )


def test_a_pinned_option_says_so() -> None:
    options = (RenderedOption("a", True, "x", ""), RenderedOption("b", False, "y", "", True))
    values = fields(pack(bank_of(question("q-1"), options=options), timestamp=NOW))

    assert '<li data-option="a">x</li><li data-option="b" data-pinned="">y' in values["Options"]


def test_what_is_missing_is_really_empty() -> None:
    """Anki takes an empty paragraph for something and would show an empty box."""
    options = tuple(RenderedOption(letter, letter == "a", letter, "") for letter in "ab")
    package = pack(
        bank_of(question("q-1", has_flashcard=False), options=options, explanation=""),
        timestamp=NOW,
    )
    empty = {name for name, value in fields(package).items() if not value}

    assert empty == {
        *("Rationales", "Explanation", "References", "Flashcard", "Notice", "Meta"),
        *("Reserved1", "Reserved2", "Reserved3"),
    }


def test_fields_are_stored_the_way_anki_would_store_them() -> None:
    stem = "cafe\u0301 \x1f\x00\x7f\t\n✓"

    assert fields(pack(bank_of(question("q-1"), stem=stem), timestamp=NOW))["Stem"] == "café \t\n✓"


def test_the_objective_is_plain_text_to_anki() -> None:
    config = replace(CONFIG, objectives=(("GC1", r"[sound:x.mp3] \(x\) \[y\]"),))
    meta = fields(pack(bank_of(question("q-1", objective="GC1"), config=config), timestamp=NOW))[
        "Meta"
    ]

    assert "[" not in meta
    assert r"\(" not in meta
    assert r"\&#91;" not in meta


# Tags


def test_tags_are_the_authors_and_ours() -> None:
    source = question(
        "q-1",
        tags=("referral", "Äther", "referral", "REFERRAL", "two words", 'q"t'),
        objective="GC1",
        level="recall",
        difficulty=3,
        retired="superseded",
    )

    assert tags(pack(bank_of(source), timestamp=NOW)) == [
        "",
        "qt",
        "referral",
        "sample::difficulty::3",
        "sample::level::recall",
        "sample::objective::GC1",
        "sample::retired",
        "two-words",
        "Äther",
        "",
    ]


def test_a_note_without_tags_has_an_empty_column() -> None:
    assert tags(pack(bank_of(question("q-1")), timestamp=NOW)) == [""]


# Decks


def test_cards_lie_in_the_decks_of_their_chapter() -> None:
    package = pack(bank_of(question("q-1")), timestamp=NOW)
    names = deck_names(package)

    assert sorted(names.values()) == [
        *("Sample", "Sample::Flashcards", "Sample::Flashcards::One", "Sample::One")
    ]
    assert [names[deck] for (deck,) in rows(package, "SELECT did FROM cards ORDER BY ord")] == [
        "Sample::One",
        "Sample::Flashcards::One",
    ]


def test_the_description_is_markdown_on_the_top_deck() -> None:
    [(decks,)] = rows(pack(bank_of(question("q-1")), timestamp=NOW), "SELECT decks FROM col")
    described = {
        deck["name"]: deck["desc"] for deck in json.loads(decks).values() if deck.get("md")
    }

    assert described == {
        "Sample": "About **this** bank",
        "Sample::One": "",
        "Sample::Flashcards": "",
        "Sample::Flashcards::One": "",
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A::B", "A:B"),
        (" :Edge: ", "Edge"),
        ('He said "no"', "He said no"),
        ("tab\there\nand there", "tab here and there"),
        ("cafe\u0301", "café"),
        ("\x07", "01-one"),
        ("::", "01-one"),
    ],
)
def test_a_title_is_one_level_of_a_deck_name(title: str, name: str) -> None:
    chapter = Chapter("bank/01-one.md", title, (question("q-1", has_flashcard=False),))
    package = pack(bank_of_chapters(chapter), timestamp=NOW)

    assert set(deck_names(package).values()) == {"Sample", f"Sample::{name}"}


def test_chapters_with_one_title_share_a_deck() -> None:
    chapters = (
        Chapter("bank/01.md", "Same", (question("q-1", has_flashcard=False),)),
        Chapter("bank/02.md", "SAME", (question("q-2", has_flashcard=False),)),
        Chapter("bank/03.md", "Empty", ()),
    )
    package = pack(bank_of_chapters(*chapters), timestamp=NOW)

    assert set(deck_names(package).values()) == {"Sample", "Sample::Same"}
    assert len(rows(package, "SELECT DISTINCT did FROM cards")) == 1


def test_a_chapter_keeps_its_decks_id_under_a_new_title() -> None:
    ids = [
        rows(
            pack(
                bank_of_chapters(Chapter("bank/01-one.md", title, (question("q-1"),))),
                timestamp=NOW,
            ),
            "SELECT did FROM cards ORDER BY ord",
        )
        for title in ("Old", "New")
    ]

    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


# Note type


def test_a_cards_conditions_are_worked_out_as_anki_does() -> None:
    names = ["A", "B", "C"]

    assert required_fields("{{A}}{{#C}}x{{B}}{{/C}}", names) == ("any", [0])
    assert required_fields("{{#C}}{{A}}{{B}}{{/C}}", names) == ("all", [2])
    assert required_fields("{{#C}}{{text:A}}{{/C}}", names) == ("all", [0, 2])
    assert required_fields("{{^C}}{{A}}{{/C}}{{type:B}}{{Tags}}", names) == ("none", [])
    assert required_fields("{{ # A }} {{ hint:B }} {{/ A }}", names) == ("all", [0, 1])


def test_a_banks_ids_are_in_genankis_range_and_differ() -> None:
    ids = {note_type_id(f"bank-{number}") for number in range(1_000)}

    assert len(ids) == 1_000
    assert all(1 << 30 <= id_ < 1 << 31 for id_ in ids)


@pytest.mark.parametrize(
    ("language", "rtl"), [("en", False), ("he", True), ("fa-IR", True), ("ur", True), ("sw", False)]
)
def test_the_editor_writes_from_right_to_left_where_the_language_does(
    language: str, rtl: bool
) -> None:
    bank = bank_of(question("q-1"), config=replace(CONFIG, language=language))
    [(models,)] = rows(pack(bank, timestamp=NOW), "SELECT models FROM col")
    [model] = json.loads(models).values()

    assert {field["rtl"] for field in model["flds"]} == {rtl}


def test_importing_the_package_does_not_load_genanki() -> None:
    """A check packs nothing and must not wait for it."""
    code = "import sys, mcqdeck, mcqdeck.pack; sys.exit('genanki' in sys.modules)"

    assert (
        subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"], check=False
        ).returncode
        == 0
    )
