"""`mcqdeck verify`: what a release does to learners, tried out on the real Anki."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from anki.buildinfo import version
from click.testing import CliRunner, Result

from mcqdeck.cli import main
from mcqdeck.verification import Effect, Found, Kind, Settings, Verification
from mcqdeck.verify import verify
from tests.anki.foreign import Foreign
from tests.anki.releases import LONG_AGO, Author, Item

DAY = 24 * 3600
DEFAULT = (Settings(),)
NOTES = {f"guid-{n}": (f"Question {n}", f"Answer {n}") for n in range(9)}


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """An author with five questions, one with a picture."""
    author = Author(tmp_path / "author")
    author.items = [Item(f"q-{number}") for number in range(4)] + [Item("q-4", picture=0)]
    return author


@pytest.fixture
def foreign(tmp_path: Path) -> Foreign:
    return Foreign(tmp_path / "foreign", dict(NOTES), LONG_AGO)


def by_default(new: Path, old: Path | None = None) -> Verification:
    """Tried with Anki's default settings only."""
    return verify(new, old, settings=DEFAULT)


def kinds(verification: Verification) -> list[str]:
    return [each.kind.value for each in verification.found]


def bad(verification: Verification) -> list[str]:
    return [each.kind.value for each in verification.found if each.kind.effect is not Effect.REMARK]


def only(verification: Verification, kind: Kind) -> Found:
    [found] = [each for each in verification.found if each.kind is kind]
    return found


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


class TestOurs:
    def test_a_release_takes_nothing_from_learners_with_any_settings(self, author: Author) -> None:
        old = author.release(LONG_AGO)
        author.change(0, stem=1)
        author.change(1, right=1)
        author.change(4, picture=1)
        author.items.append(Item("q-5"))
        author.dropped.append(author.items.pop(2).id)
        author.style = 1
        new = author.release(LONG_AGO + DAY)

        result = run("--format", "json", new, old)

        assert result.exit_code == 0, result.output
        told = json.loads(result.stdout)
        assert told["good"] is True
        assert told["settings"] == 72
        assert told["anki"].split(".")[:2] == [str(int(part)) for part in version.split(".")[:2]]
        assert told["new"]["bank"] == told["old"]["bank"] == "sample"
        assert told["arrived"] == {
            "new": 1,
            "updated": 3,
            "unchanged": 1,
            "conflicting": 0,
            "new_cards": 2,
        }
        assert {each["effect"] for each in told["found"]} == {"remark"}
        remarks = {
            each["name"]: [note["question"] for note in each["notes"]] for each in told["found"]
        }
        assert sorted(remarks["edit-replaced"]) == ["q-0", "q-1", "q-4"]
        assert remarks["overwritten"] == ["q-3"]
        assert remarks["stayed"] == ["q-2"]

    def test_the_same_package_again_changes_nothing(self, author: Author) -> None:
        verification = by_default(author.release(LONG_AGO))

        assert kinds(verification) == []
        assert verification.arrived.unchanged == 5
        assert verification.done["edited"] == 5
        assert sum(verification.done.values()) - 5 - 5 - 1 == 10  # each card once

    def test_a_flashcard_that_is_taken_away_is_a_loss(self, author: Author) -> None:
        old = author.release(LONG_AGO)
        author.change(1, flashcard=False)

        verification = by_default(author.release(LONG_AGO + DAY), old)

        assert bad(verification) == ["card-emptied"]
        [guid] = only(verification, Kind.CARD_EMPTIED).notes
        assert verification.question_of(guid) == "q-1"

    def test_it_is_told_the_same_twice(self, author: Author) -> None:
        old = author.release(LONG_AGO)
        author.change(0, stem=1)
        new = author.release(LONG_AGO + DAY)

        assert by_default(new, old) == by_default(new, old)

    def test_a_release_without_memory_overwrites_edits(
        self, author: Author, tmp_path: Path
    ) -> None:
        old = author.release(LONG_AGO)
        folder = author.folder / "bank"
        result = CliRunner().invoke(
            main,
            ["build", str(folder), "--previous", "none", "-o", str(tmp_path)],
            env={"SOURCE_DATE_EPOCH": str(LONG_AGO + DAY)},
        )
        assert result.exit_code == 0

        verification = by_default(tmp_path / "sample.apkg", old)

        assert bad(verification) == ["edit-lost", "tag-lost", "style-lost"]
        assert len(only(verification, Kind.EDIT_LOST).notes) == 5


class TestForeign:
    def test_what_can_be_told_is(self, foreign: Foreign) -> None:
        old = foreign.package()
        foreign.notes["guid-1"] = ("Question 1", "A better answer")
        foreign.notes["guid-9"] = ("Question 9", "Answer 9")
        foreign.time += DAY

        verification = by_default(foreign.package(), old)

        assert verification.new.bank == ""
        assert verification.new.held.notes == 10
        assert verification.arrived.new == 1
        assert verification.arrived.updated == 9
        assert only(verification, Kind.EDIT_REPLACED).notes == ("guid-1",)

    def test_a_generator_that_stamps_all_of_it_overwrites_every_edit(
        self, foreign: Foreign
    ) -> None:
        old = foreign.package()
        foreign.time += DAY

        result = run("--format", "json", foreign.package(), old)

        assert result.exit_code == 1
        found = json.loads(result.stdout)["found"]
        [edits] = [each for each in found if each["name"] == "edit-lost"]
        assert [each["guid"] for each in edits["notes"]] == sorted(NOTES)
        assert {each["update_notes"] for each in edits["settings"]} == {"if newer"}
        assert len(edits["settings"]) == 72 / 3
        assert not [each for each in found if each["name"] in ("review-lost", "flag-lost")]

    def test_a_generator_that_stamps_a_constant_delivers_no_correction(
        self, foreign: Foreign
    ) -> None:
        old = foreign.package()
        foreign.notes["guid-1"] = ("Question 1", "A better answer")
        foreign.style = ".card { color: red }"

        verification = by_default(foreign.package(), old)

        assert bad(verification) == ["not-arrived", "not-arrived"]
        assert [each.notes or each.names for each in verification.found[:2]] == [
            ("Theirs",),
            ("guid-1",),
        ]

    def test_another_field_is_a_conflict_or_a_full_sync(self, foreign: Foreign) -> None:
        old = foreign.package()
        foreign.fields = ("Front", "Back", "Source")
        foreign.time += DAY
        new = foreign.package()

        apart = by_default(new, old)
        merged = verify(new, old, settings=[Settings(merge_note_types=True)])

        conflict = only(apart, Kind.CONFLICT)
        assert conflict.notes == tuple(sorted(NOTES))
        assert conflict.names == (
            "the note type 'Theirs' has fields 'Front', 'Back', 'Source' in place of "
            "'Front', 'Back'",
        )
        assert "full-sync" not in bad(apart)
        assert "full-sync" in bad(merged)

    def test_another_note_type_is_a_conflict(self, foreign: Foreign) -> None:
        old = foreign.package()
        foreign.note_type += 1
        foreign.time += DAY

        verification = by_default(foreign.package(), old)

        assert "has another id" in only(verification, Kind.CONFLICT).names[0]

    def test_a_broken_template_shows(self, foreign: Foreign) -> None:
        foreign.front = "{{Front}}{{Nothing of that name}}"

        verification = by_default(foreign.package())

        found = only(verification, Kind.RENDERED_WITH_FAULT)
        assert found.notes == tuple(sorted(NOTES))
        assert "no field called 'Nothing of that name'" in found.names[0]

    def test_notes_without_a_card_are_told(self, foreign: Foreign) -> None:
        foreign.notes["guid-1"] = ("", "Nobody asks")

        verification = by_default(foreign.package())

        assert not verification.is_good
        assert {"guid-1"} == {guid for each in verification.found for guid in each.notes}

    def test_a_picture_that_is_not_there_is_told(self, foreign: Foreign) -> None:
        foreign.notes["guid-1"] = ("Question", '<img src="gone.png">')

        assert only(by_default(foreign.package()), Kind.MEDIA_MISSING).names == ("gone.png",)

    def test_two_notes_with_one_guid_are_told(self, foreign: Foreign) -> None:
        package = foreign.package()
        with zipfile.ZipFile(package) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(members["collection.anki2"])
            database.execute("UPDATE notes SET guid = 'guid-2' WHERE guid = 'guid-1'")
            database.commit()
            members["collection.anki2"] = database.serialize()
        with zipfile.ZipFile(package, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)

        assert only(by_default(package), Kind.DUPLICATE_GUID).notes == ("guid-2",)

    def test_a_note_from_the_future_costs_later_edits(self, foreign: Foreign) -> None:
        foreign.time = 4_000_000_000

        assert "edit-lost" in bad(by_default(foreign.package(), foreign.package()))


class TestNoPackage:
    def test_a_new_package_that_anki_refuses_is_not_fit(
        self, foreign: Foreign, tmp_path: Path
    ) -> None:
        nonsense = tmp_path / "new.apkg"
        nonsense.write_bytes(b"no zip")

        result = run(nonsense, foreign.package())

        assert result.exit_code == 1
        assert "fault[not-imported]" in result.stdout
        assert "not fit for learners: 1 fault" in result.stdout
        assert str(tmp_path) not in result.stdout.replace(nonsense.as_posix(), "").replace(
            foreign.folder.as_posix(), ""
        )

    def test_an_old_package_that_anki_refuses_ends_the_run(
        self, foreign: Foreign, tmp_path: Path
    ) -> None:
        nonsense = tmp_path / "old.apkg"
        nonsense.write_bytes(b"no zip")

        result = run(foreign.package(), nonsense)

        assert result.exit_code == 2
        assert result.stderr.startswith(f"mcqdeck: {nonsense.as_posix()}: Anki does not import it:")
        assert result.stderr.count("\n") == 1

    def test_a_package_that_is_not_there_ends_the_run(self, tmp_path: Path) -> None:
        result = run(tmp_path / "none.apkg")

        assert result.exit_code == 2
        assert result.stderr == (
            f"mcqdeck: {(tmp_path / 'none.apkg').as_posix()}: cannot be read: "
            "No such file or directory\n"
        )
