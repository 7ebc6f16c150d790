"""Releases that follow one another: what keeps its identity and time, and what stops a build."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mcqdeck import pack
from tests.conftest import needs_unix
from tests.releases import (
    DECK,
    RULES,
    YEAR,
    Author,
    column,
    notes,
    question,
    rewrite,
    rows,
)


def without_id(stem: str, *, right: str = "Yes") -> str:
    return question(stem, "-", right=right).replace("\n-\n", "\n", 1)


# Memory


def test_what_is_as_it_was_keeps_ids_and_time_and_the_rest_gets_a_later_time(
    author: Author,
) -> None:
    first = author.release()
    author.chapter(question("one"), question("two", "Another stem?"), question("three"))
    second = author.release()

    assert second["one"] == first["one"]
    assert second["three"] == first["three"]
    assert second["two"] == first["two"] | {"mod": author.now}


def test_a_new_question_gets_ids_that_clash_with_none(author: Author) -> None:
    first = author.release()
    author.chapter(*(question(id_) for id_ in ("zero", "one", "two", "three", "four")))
    author.now -= YEAR // 4  # the same second as before: the ids that come to mind are taken
    second = author.release()

    assert {id_: second[id_] for id_ in first} == first
    assert second["zero"]["mod"] == second["four"]["mod"] == author.now
    for table in ("notes", "cards"):
        [(count, different, newest)] = rows(
            author.package, f"SELECT count(id), count(DISTINCT id), max(id) FROM {table}"
        )
        assert count == different == (5 if table == "notes" else 10)
        assert newest <= author.now * 1000


def test_a_change_in_the_same_second_still_gets_a_later_time(author: Author) -> None:
    first = author.release()
    author.chapter(question("one", "New?"), question("two"), question("three"))
    author.now -= 2 * (YEAR // 4)  # the clock went back
    second = author.release()

    assert second["one"]["mod"] == first["one"]["mod"] + 1


def test_tags_count_as_a_change(author: Author) -> None:
    first = author.release()
    author.chapter(question("one", comment="tags: [x]"), question("two"), question("three"))
    second = author.release()

    assert second["one"]["mod"] == author.now
    assert second["two"] == first["two"]


def test_a_new_order_and_new_chapters_and_titles_touch_no_note(author: Author) -> None:
    first = author.release()
    decks = {deck["name"]: deck["id"] for deck in column(author.package, "decks").values()}
    author.chapter(question("three"), question("one"), title="Renamed")
    author.chapter(question("two"), name="02-second.md", title="Second")
    result = author.build()
    second = notes(author.package)

    assert second == first
    assert "  moved: 3\n" in result.stdout
    order = "SELECT flds FROM cards JOIN notes ON nid = notes.id WHERE ord = 0 ORDER BY due"
    shown = [fields.split("\x1f")[0] for (fields,) in rows(author.package, order)]
    assert shown == ["three", "one", "two"]
    renamed = {deck["name"]: deck["id"] for deck in column(author.package, "decks").values()}
    assert renamed["Demo::Renamed"] == decks["Demo::First"]


def test_a_renamed_bank_keeps_notes_and_note_type(author: Author) -> None:
    first, types = author.release(), column(author.package, "models")
    author.deck('[objectives]\nA = "B"\n')
    text = (author.folder / "deck.toml").read_text().replace('"Demo"', '"Other title"')
    (author.folder / "deck.toml").write_text(text)

    assert author.release() == first
    assert column(author.package, "models") == types


def test_the_note_type_and_the_decks_change_their_time_only_when_they_change(
    author: Author,
) -> None:
    def times() -> tuple[int, dict[str, int]]:
        [note_type] = column(author.package, "models").values()
        decks = column(author.package, "decks").values()
        return note_type["mod"], {deck["name"]: deck["mod"] for deck in decks}

    author.release()
    first_type, first_decks = times()
    (author.folder / "style.css").write_text(".card { color: red }")
    author.release()
    second_type, second_decks = times()
    author.deck()
    text = (author.folder / "deck.toml").read_text().replace("About it.", "About something.")
    (author.folder / "deck.toml").write_text(text)
    author.release()
    third_type, third_decks = times()

    assert (second_type, second_decks) == (first_type + YEAR // 4, first_decks)
    assert (third_type, third_decks) == (second_type, second_decks | {"Demo": author.now})


def test_chapters_with_one_title_do_not_look_changed(author: Author) -> None:
    author.chapter(question("four"), name="02-second.md", title="FIRST")
    author.release()

    assert author.build().stdout == f"{author.package}: nothing changed\n"


def test_a_released_question_may_go_and_come_back(author: Author) -> None:
    first = author.release()
    author.deck('[history]\ndropped = { two = "merged into one" }\n')
    author.chapter(question("one"), question("three"))
    assert set(author.release()) == {"one", "three"}
    author.deck()
    author.chapter(question("one"), question("two"), question("three"))
    back = author.release()

    assert back["two"]["guid"] == first["two"]["guid"]
    assert back["two"]["mod"] == author.now


def test_another_package_may_be_the_last_release(author: Author, tmp_path: Path) -> None:
    first = author.release()
    kept = shutil.copy(author.package, tmp_path / "released.apkg")
    author.chapter(question("one", "An attempt?"), question("two"), question("three"))
    author.release()
    author.chapter(question("one"), question("two"), question("three"))

    assert author.release("--previous", kept) == first


def test_to_build_without_memory_costs_something_and_says_so(author: Author) -> None:
    first = author.release()
    result = author.build("--previous", "none")
    second = notes(author.package)

    assert result.exit_code == 0
    assert result.stderr.startswith("warning: building without the last release")
    assert {note["mod"] for note in second.values()} == {author.now}
    assert [note["guid"] for note in second.values()] == [note["guid"] for note in first.values()]


def test_one_previous_package_is_no_memory_for_two_banks(author: Author, tmp_path: Path) -> None:
    author.release()
    shutil.copytree(author.folder, tmp_path / "other")

    result = author.build(str(tmp_path / "other"), "--previous", author.package)

    assert result.exit_code == 2
    assert "one bank" in result.stderr


# The language


def deck_names(package: Path) -> set[str]:
    return {deck["name"] for deck in column(package, "decks").values()} - {"Default"}


def test_a_new_bank_has_its_flashcards_in_a_deck_with_a_name_of_its_language(
    author: Author,
) -> None:
    author.deck('language = "de"\n')
    author.release()

    assert deck_names(author.package) == {
        *("Demo", "Demo::First", "Demo::Karteikarten", "Demo::Karteikarten::First")
    }


def test_the_deck_of_published_flashcards_keeps_its_name(author: Author) -> None:
    """To Anki another name is another deck, and cards that exist stay in the old one."""
    before = author.release()
    author.deck('language = "de"\n')
    after = author.release()
    names = deck_names(author.package)
    author.chapter(*map(question, ("one", "two", "three")), title="Second")
    author.release()

    assert names == {*("Demo", "Demo::First", "Demo::Flashcards", "Demo::Flashcards::First")}
    assert {name: note["mod"] for name, note in before.items()} == {
        name: note["mod"] for name, note in after.items()
    }
    assert "Demo::Flashcards::Second" in deck_names(author.package)
    assert not any("Karteikarten" in name for name in deck_names(author.package))


def test_the_author_may_give_the_deck_of_flashcards_another_name(author: Author) -> None:
    author.release()
    author.deck('[words]\nflashcard-deck = "Recall only"\n')
    author.release()
    named = deck_names(author.package)
    author.deck()
    author.release()

    assert "Demo::Recall only::First" in named
    assert not any("Flashcards" in name for name in named)
    assert deck_names(author.package) == named


def test_a_bank_whose_flashcards_come_later_gets_them_in_its_language(author: Author) -> None:
    author.deck('language = "fr"\n[cards]\nflashcards = false\n')
    author.release()
    author.deck('language = "fr"\n')
    author.release()

    assert "Demo::Cartes mémoire::First" in deck_names(author.package)


def test_another_language_changes_the_templates_and_no_question(author: Author) -> None:
    before = author.release()
    author.deck('language = "ru"\n')
    result = author.build()

    assert "unchanged: 3\n  note type: templates or style change; no full sync" in result.output
    assert notes(author.package) == before
    [note_type] = column(author.package, "models").values()
    assert {field["rtl"] for field in note_type["flds"]} == {False}
    assert "Правильный ответ" in note_type["tmpls"][0]["afmt"]


# Nothing changed


def test_where_nothing_changed_the_package_keeps_its_very_bytes(author: Author) -> None:
    author.release()
    os.utime(author.package, (1, 1))
    before = author.package.read_bytes()
    result = author.build()

    assert result.stdout == f"{author.package}: nothing changed\n"
    assert author.package.read_bytes() == before
    assert author.package.stat().st_mtime == 1


def test_another_compression_is_no_change(author: Author) -> None:
    author.release()
    rewrite(author.package)
    before = author.package.read_bytes()

    assert author.build().stdout.endswith("nothing changed\n")
    assert author.package.read_bytes() == before


def test_the_same_history_gives_the_same_bytes(author: Author, tmp_path: Path) -> None:
    author.release()
    author.chapter(question("two", "New?"), question("one"), question("three"), question("four"))
    (tmp_path / "again" / "decks").mkdir(parents=True)
    shutil.copy(author.package, tmp_path / "again" / "decks" / "demo.apkg")
    author.release()
    first, author.output = author.package, tmp_path / "again" / "decks"
    author.now -= YEAR // 4
    assert author.build().exit_code == 0

    assert (author.output / "demo.apkg").read_bytes() == first.read_bytes()


def test_check_tells_whether_the_package_is_what_the_source_gives(author: Author) -> None:
    missing = author.build("--check")
    assert not author.output.exists()
    author.release()
    before = author.package.read_bytes()
    current = author.build("--check")
    author.chapter(question("three"), question("one"), question("two"))
    stale = author.build("--check")

    assert (missing.exit_code, current.exit_code, stale.exit_code) == (1, 0, 1)
    assert current.output == ""
    assert stale.stdout == f"{author.package}: not what the source gives; run `mcqdeck build`\n"
    assert author.package.read_bytes() == before
    assert [path.name for path in author.output.iterdir()] == ["demo.apkg"]


def test_check_sees_a_question_that_is_gone(author: Author) -> None:
    author.release()
    author.chapter(question("one"))

    result = author.build("--check")

    assert result.exit_code == 1
    assert result.stderr.count("error[vanished-id]") == 2


# Packages that cannot be the last release


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "damaged"),
        (b"version https://git-lfs.github.com/spec/v1\n", "damaged"),
        (b"PK\x03\x04 and no more", "damaged"),
    ],
)
def test_a_damaged_package_stops_the_build(author: Author, content: bytes, problem: str) -> None:
    author.output.mkdir()
    author.package.write_bytes(content)
    result = author.build()

    assert result.exit_code == 2
    assert result.stderr.startswith(f"mcqdeck: {author.package}: ")
    assert result.stderr.count("\n") == 1
    assert problem in result.stderr
    assert "--previous none" in result.stderr
    assert author.package.read_bytes() == content
    assert author.build("--previous", "none").exit_code == 0


def test_damage_at_any_place_is_an_error_for_people_or_none_at_all(author: Author) -> None:
    (author.folder / "dot.png").write_bytes(random.Random(1).randbytes(500))
    author.chapter(question("one", "Look: ![dot](dot.png)"))
    author.release()
    whole = author.package.read_bytes()
    rng = random.Random(2)
    exits = set()
    for _ in range(60):
        broken = bytearray(whole)
        place = rng.randrange(len(broken))
        broken[place] ^= 1 << rng.randrange(8)
        author.package.write_bytes(broken)
        result = author.build("--check")
        assert not isinstance(result.exception, Exception) or result.exit_code == 2, place
        exits.add(result.exit_code)
    for end in range(0, len(whole), 97):
        author.package.write_bytes(whole[:end])
        assert author.build().exit_code == 2, end

    assert 2 in exits


def test_a_foreign_package_stops_the_build(author: Author, tmp_path: Path) -> None:
    author.release()
    rewrite(author.package, conf=lambda conf: conf.pop("mcqdeck"))
    assert "not a package that mcqdeck made" in author.build().stderr
    with zipfile.ZipFile(author.package, "w") as archive:
        archive.writestr("hello.txt", "hello")
    result = author.build()

    assert result.exit_code == 2
    assert "not a package that mcqdeck made" in result.stderr


def test_a_package_of_another_bank_stops_the_build(author: Author) -> None:
    author.release()
    text = (author.folder / "deck.toml").read_text().replace('"demo"', '"other"')
    (author.folder / "deck.toml").write_text(text)
    result = author.build("--previous", author.package)

    assert result.exit_code == 2
    assert "of the bank `demo`, not of `other`" in result.stderr


def test_a_package_of_a_newer_mcqdeck_stops_the_build(author: Author) -> None:
    author.release()
    rewrite(author.package, conf=lambda conf: conf["mcqdeck"].update(format=999))
    result = author.build()

    assert result.exit_code == 2
    assert "newer mcqdeck" in result.stderr


def test_a_previous_package_that_does_not_exist_stops_the_build(author: Author) -> None:
    result = author.build("--previous", "nowhere.apkg")

    assert result.exit_code == 2
    assert "nowhere.apkg: cannot be read" in result.stderr


# The guard


def test_all_questions_that_are_gone_are_listed_and_nothing_is_written(author: Author) -> None:
    author.release()
    before = author.package.read_bytes()
    author.chapter(question("two"))
    result = author.build()

    assert result.exit_code == 1
    assert result.stdout == ""
    for id_ in ("one", "three"):
        assert f"error[vanished-id]: `{id_}` was published and is gone" in result.stderr
        assert f'dropped = {{ {id_} = "reason" }}' in result.stderr
    assert f"{author.folder}/deck.toml:1:1: " in result.stderr
    assert "nothing was written" in result.stderr
    assert author.package.read_bytes() == before


def test_a_flashcard_that_is_taken_away_is_told_and_the_release_is_made(author: Author) -> None:
    author.release()
    author.chapter(question("one"), question("two", comment="flashcard: no"), question("three"))
    result = author.build()

    assert result.exit_code == 0
    assert "01-first.md:15:1: warning[vanished-flashcard]: `two` was published" in result.stderr
    assert len(rows(author.package, "SELECT id FROM cards")) == 5
    author.chapter(question("one"), question("two", comment="flashcard: no"), question("three"))
    assert "vanished-flashcard" not in author.build().stderr


def test_a_bank_that_takes_all_flashcards_away_is_told_once(author: Author) -> None:
    author.release()
    author.deck("[cards]\nflashcards = false\n\n")
    result = author.build()

    assert result.stderr.count("vanished-flashcard") == 1
    assert "3 flashcards were published and are taken away" in result.stderr


def test_a_strict_bank_takes_no_flashcard_away(author: Author) -> None:
    author.release()
    before = author.package.read_bytes()
    author.chapter(question("one"), question("two", comment="flashcard: no"), question("three"))
    strict = RULES + 'vanished-flashcard = "error"\n'
    (author.folder / "deck.toml").write_text(DECK + strict, encoding="utf-8")
    result = author.build()

    assert "error[vanished-flashcard]" in result.stderr
    assert result.exit_code == 1
    assert author.package.read_bytes() == before


def test_a_retired_question_ships_with_its_notice_and_tag(author: Author) -> None:
    author.release()
    author.chapter(
        question("one", comment="retired: superseded by two"), question("two"), question("three")
    )
    result = author.build()
    [(fields, tags)] = rows(author.package, "SELECT flds, tags FROM notes WHERE flds LIKE 'one%'")

    assert "superseded by two" in fields.split("\x1f")[9]
    assert " demo::retired " in tags
    assert "  retired: 1\n" in result.stdout


def test_a_question_that_was_renamed_keeps_its_identity_for_ever(author: Author) -> None:
    first = author.release()
    author.deck('[history]\nrenamed = { uno = "one" }\n')
    author.chapter(question("uno"), question("two"), question("three"))
    second = author.release()
    author.deck('[history]\nrenamed = { eins = "uno", uno = "one" }\n')
    author.chapter(question("eins"), question("two"), question("three"))
    third = author.release()
    fourth = author.build()

    assert second["uno"] == first["one"] | {"mod": second["uno"]["mod"]}
    assert second["uno"]["mod"] > first["one"]["mod"]
    assert third["eins"] == first["one"] | {"mod": author.now - YEAR // 4}
    assert fourth.stdout.endswith("nothing changed\n")


def test_a_question_published_under_an_id_of_an_older_version_keeps_it(author: Author) -> None:
    author.chapter(question("gr-sse-mass-ad4ec8a5", "Größe & Maß"))
    first = author.release()
    author.chapter(without_id("Größe & Maß", right="Ja"))
    second = author.release()

    assert list(second) == ["gr-sse-mass-ad4ec8a5"]
    assert second["gr-sse-mass-ad4ec8a5"]["guid"] == first["gr-sse-mass-ad4ec8a5"]["guid"]
    assert author.build().stdout.endswith("nothing changed\n")


def test_a_question_never_published_gets_the_id_of_this_version(author: Author) -> None:
    author.release()
    author.chapter(*map(question, ("one", "two", "three")), without_id("Größe & Maß"))

    assert "grosse-mass-ad4ec8a5" in author.release()


def test_a_renamed_question_may_be_dropped_later(author: Author) -> None:
    author.release()
    author.deck('[history]\nrenamed = { uno = "one" }\n')
    author.chapter(question("uno"), question("two"), question("three"))
    author.release()
    author.deck('[history]\nrenamed = { uno = "one" }\ndropped = { uno = "wrong" }\n')
    author.chapter(question("two"), question("three"))

    assert set(author.release()) == {"two", "three"}


def test_a_question_may_be_renamed_and_dropped_between_two_releases(author: Author) -> None:
    author.release()
    author.deck('[history]\nrenamed = { uno = "one" }\ndropped = { uno = "wrong" }\n')
    author.chapter(question("two"), question("three"))

    assert set(author.release()) == {"two", "three"}


def test_a_new_id_under_the_old_stem_looks_renamed(author: Author) -> None:
    author.chapter(question("one", "What *is* it?"))
    author.release()
    author.chapter(question("uno", "What is  it?"))
    result = author.build()

    assert result.exit_code == 1
    assert "`one` was published and is gone, and `uno` has its stem" in result.stderr
    assert "second copy" in result.stderr
    assert 'renamed = { uno = "one" }' in result.stderr


def test_a_lost_entry_of_a_rename_is_noticed(author: Author) -> None:
    author.release()
    author.deck('[history]\nrenamed = { uno = "one" }\n')
    author.chapter(question("uno"), question("two"), question("three"))
    author.release()
    author.deck()
    result = author.build()

    assert result.exit_code == 1
    assert "put back the entry of `uno`" in result.stderr


@pytest.mark.parametrize(
    ("history", "problem"),
    [
        ('dropped = { one = "why" }', "`one` is dropped, yet the bank has a question"),
        ('renamed = { two = "one" }', "`one` is renamed to `two`, yet the bank still has"),
        ('renamed = { new = "old" }', "yet the bank has no question `new`"),
        ('renamed = { one = "old", two = "old" }', "`old` is renamed to `one` already"),
        ('renamed = { a = "b", b = "a" }', "each said to be the other's older id"),
    ],
)
def test_a_history_that_cannot_be_is_an_error(author: Author, history: str, problem: str) -> None:
    author.deck(f"[history]\n{history}\n")
    result = author.build()

    assert result.exit_code == 1
    assert "error[bad-history]: " in result.stderr
    assert "deck.toml:5:" in result.stderr
    assert problem in result.stderr


# Faults


def child(code: str) -> subprocess.Popen[str]:
    path = os.pathsep.join(sys.path)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@needs_unix
def test_killed_at_any_moment_the_package_is_whole_and_the_next_build_works(
    author: Author,
) -> None:
    """The process kills itself before every third line of the functions that write."""
    author.release()
    before = author.package.read_bytes()
    author.chapter(question("one", "Changed?"), question("two"), question("three"))
    killer = (
        "import os, signal, sys\n"
        "import mcqdeck.cli\n"
        "FUNCTIONS = 'together', 'prepare', '_writing'\n"
        "steps = 0\n"
        "def trace(frame, event, _):\n"
        "    global steps\n"
        "    code = frame.f_code\n"
        "    if code.co_filename.endswith('mcqdeck/disk.py') and code.co_name in FUNCTIONS:\n"
        "        steps += 1\n"
        "        if steps == {step}:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return trace\n"
        "sys.settrace(trace)\n"
        "mcqdeck.cli.main(['build', {bank!r}, '-o', {output!r}])\n"
    )
    outcomes = []
    for step in range(1, 100, 3):
        code = killer.format(step=step, bank=str(author.folder), output=str(author.output))
        process = child(code)
        process.communicate(timeout=60)
        is_old = author.package.read_bytes() == before
        outcomes.append((process.returncode, is_old))
        if process.returncode == 0:
            break
        assert process.returncode == -9
        if not is_old:
            assert len(notes(author.package)) == 3
        author.package.write_bytes(before)

    assert outcomes[-1] == (0, False)
    assert outcomes.count((-9, True)) > 5
    assert author.build().exit_code == 0
    abandoned = [path for path in author.output.iterdir() if path != author.package]
    for path in abandoned:
        os.utime(path, (1, 1))
    author.chapter(question("one", "Again?"), question("two"), question("three"))
    author.release()
    assert abandoned
    assert list(author.output.iterdir()) == [author.package]


def test_killed_by_the_clock_the_package_is_whole(author: Author) -> None:
    author.chapter(*(question(f"q-{number}") for number in range(300)))
    author.release()
    rng = random.Random(5)
    for number in range(8):
        changed = question("q-0", f"Which, number {number}?")
        author.chapter(changed, *(question(f"q-{n}") for n in range(1, 300)))
        arguments = ["build", str(author.folder), "-o", str(author.output)]
        process = child(f"import mcqdeck.cli; mcqdeck.cli.main({arguments!r})")
        time.sleep(rng.uniform(0.05, 0.6))
        process.kill()
        process.communicate(timeout=60)
        assert len(notes(author.package)) == 300

    assert author.build().exit_code == 0


def test_two_builds_at_once_leave_a_whole_package(author: Author) -> None:
    author.release()
    author.chapter(question("one", "Changed?"), question("two"), question("three"))
    arguments = ["build", str(author.folder), "-o", str(author.output)]
    processes = [child(f"import mcqdeck.cli; mcqdeck.cli.main({arguments!r})") for _ in range(4)]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0

    assert len(notes(author.package)) == 3
    assert [path.name for path in author.output.iterdir()] == ["demo.apkg"]
    assert author.build().stdout.endswith("nothing changed\n")


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
@pytest.mark.parametrize("in_output", [True, False])
def test_a_folder_that_cannot_be_written_leaves_the_old_package(
    author: Author, number: int, monkeypatch: pytest.MonkeyPatch, in_output: bool
) -> None:
    author.release()
    before = author.package.read_bytes()
    author.chapter(question("one", "Changed?"), question("two"), question("three"))
    opened = Path.open

    def refuse(path: Path, mode: str = "r", **options: Any) -> object:
        if "x" in mode and (path.parent == author.output) is in_output:
            raise OSError(number, os.strerror(number))
        return opened(path, mode, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        result = author.build()

    assert result.exit_code == 2
    place = author.package if in_output else f"{tempfile.gettempdir()}: a temporary file"
    assert f"{place}{':' if in_output else ''} cannot be written: {os.strerror(number)}" in (
        result.stderr
    )
    assert author.package.read_bytes() == before
    assert [path.name for path in author.output.iterdir()] == ["demo.apkg"]
    assert author.build().exit_code == 0


def test_where_nothing_changed_nothing_is_written_even_where_that_is_impossible(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    author.release()

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "a write")

    monkeypatch.setattr(pack, "write_package", refuse)
    monkeypatch.setattr(Path, "replace", refuse)

    assert author.build().exit_code == 0
