"""`mcqdeck verify`: what a release does to learners, tried out on the real Anki."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from anki.buildinfo import version
from click.testing import CliRunner, Result

from mcqdeck.cli import main
from mcqdeck.report import verification as verification_report
from mcqdeck.verification import Effect, Kind, Outcome, Settings, Update, Verification
from mcqdeck.verify import verify
from tests.anki.foreign import Foreign
from tests.anki.releases import LONG_AGO, Author, Item
from tests.conftest import needs_unix
from tests.test_visible import assert_nobody_obeys

DAY = 24 * 3600
DEFAULT = (Settings(),)
NOTES = {f"guid-{n}": (f"Question {n}", f"Answer {n}") for n in range(9)}


@pytest.fixture
def foreign(tmp_path: Path) -> Foreign:
    return Foreign(tmp_path / "foreign", dict(NOTES), LONG_AGO)


def by_default(new: Path, old: Path | None = None) -> Verification:
    """Tried with Anki's default settings only."""
    return verify(new, old, settings=DEFAULT)


def kinds(verification: Verification) -> list[str]:
    return [outcome.kind.value for outcome in verification.outcomes]


def bad(verification: Verification) -> list[str]:
    return [
        outcome.kind.value
        for outcome in verification.outcomes
        if outcome.kind.effect is not Effect.REMARK
    ]


def only(verification: Verification, kind: Kind) -> Outcome:
    [outcome] = [outcome for outcome in verification.outcomes if outcome.kind is kind]
    return outcome


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


@contextmanager
def changed_collection(package: Path) -> Iterator[sqlite3.Connection]:
    """The database in a package, to be written into."""
    with zipfile.ZipFile(package) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(members["collection.anki2"])
        yield database
        database.commit()
        members["collection.anki2"] = database.serialize()
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


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
        assert {outcome["effect"] for outcome in told["found"]} == {"remark"}
        remarks = {
            outcome["name"]: [note["question"] for note in outcome["notes"]]
            for outcome in told["found"]
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
        outcomes = json.loads(result.stdout)["found"]
        [edits] = [outcome for outcome in outcomes if outcome["name"] == "edit-lost"]
        assert [note["guid"] for note in edits["notes"]] == sorted(NOTES)
        assert {settings["update_notes"] for settings in edits["settings"]} == {"if newer"}
        assert len(edits["settings"]) == 72 / 3
        assert not [
            outcome for outcome in outcomes if outcome["name"] in ("review-lost", "flag-lost")
        ]

    def test_a_generator_that_stamps_a_constant_delivers_no_correction(
        self, foreign: Foreign
    ) -> None:
        old = foreign.package()
        foreign.notes["guid-1"] = ("Question 1", "A better answer")
        foreign.style = ".card { color: red }"

        verification = by_default(foreign.package(), old)

        assert bad(verification) == ["not-arrived", "not-arrived"]
        assert [outcome.notes or outcome.names for outcome in verification.outcomes[:2]] == [
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

        outcome = only(verification, Kind.RENDERED_WITH_FAULT)
        assert outcome.notes == tuple(sorted(NOTES))
        assert "no field called 'Nothing of that name'" in outcome.names[0]

    def test_notes_without_a_card_are_told(self, foreign: Foreign) -> None:
        foreign.notes["guid-1"] = ("", "Nobody asks")

        verification = by_default(foreign.package())

        assert not verification.is_good
        assert {"guid-1"} == {guid for outcome in verification.outcomes for guid in outcome.notes}

    def test_a_picture_that_is_not_there_is_told(self, foreign: Foreign) -> None:
        foreign.notes["guid-1"] = ("Question", '<img src="gone.png">')

        assert only(by_default(foreign.package()), Kind.MEDIA_MISSING).names == ("gone.png",)

    def test_two_notes_with_one_guid_are_told(self, foreign: Foreign) -> None:
        package = foreign.package()
        with changed_collection(package) as database:
            database.execute("UPDATE notes SET guid = 'guid-2' WHERE guid = 'guid-1'")

        assert only(by_default(package), Kind.DUPLICATE_GUID).notes == ("guid-2",)

    def test_a_note_from_the_future_costs_later_edits(self, foreign: Foreign) -> None:
        foreign.time = 4_000_000_000

        assert "edit-lost" in bad(by_default(foreign.package(), foreign.package()))


class TestUnlikely:
    """Packages that nobody would give on purpose."""

    def empty(self, foreign: Foreign) -> Path:
        package = foreign.package()
        with changed_collection(package) as database:
            for table in ("cards", "notes"):
                database.execute(f"DELETE FROM {table}")
        return package

    def test_an_empty_one_brings_nothing(self, foreign: Foreign) -> None:
        result = run(self.empty(foreign))

        assert result.exit_code == 0
        assert "\n  no notes\n" in result.stdout
        assert "arrives: 0 new notes, " in result.stdout

    def test_to_learners_of_an_empty_one_all_is_new(self, foreign: Foreign) -> None:
        old = self.empty(foreign)

        verification = by_default(foreign.package(), old)

        assert verification.arrived.new == len(NOTES)
        assert kinds(verification) == []

    def test_two_with_no_note_in_common_are_remarked_on(
        self, foreign: Foreign, author: Author
    ) -> None:
        verification = by_default(author.release(LONG_AGO), foreign.package())

        assert verification.is_good
        assert kinds(verification) == ["unrelated", "stayed"]


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

    @pytest.mark.parametrize("is_old", [False, True])
    def test_a_whole_collection_is_no_package(
        self, foreign: Foreign, tmp_path: Path, *, is_old: bool
    ) -> None:
        """Anki puts it in the place of all that a learner has: no import of it can be tried."""
        package, collection = foreign.package(), tmp_path / "all.colpkg"
        collection.write_bytes(package.read_bytes())

        result = run(*((package, collection) if is_old else (collection,)))

        assert result.exit_code == 2
        assert result.stdout == ""
        assert f"{collection.as_posix()}: a whole collection" in result.stderr

    def test_a_package_that_is_not_there_ends_the_run(self, tmp_path: Path) -> None:
        result = run(tmp_path / "none.apkg")

        assert result.exit_code == 2
        assert result.stderr == (
            f"mcqdeck: {(tmp_path / 'none.apkg').as_posix()}: cannot be read: "
            "No such file or directory\n"
        )


class TestBuild:
    def build(self, author: Author, folder: Path, *options: str, now: int) -> Result:
        return CliRunner().invoke(
            main,
            ["build", str(author.folder / "bank"), "-o", str(folder), "--verify", *options],
            env={"SOURCE_DATE_EPOCH": str(now)},
        )

    def test_a_package_that_learners_can_have_is_put_in_place(
        self, author: Author, tmp_path: Path
    ) -> None:
        author.release(LONG_AGO)

        result = self.build(author, tmp_path, now=LONG_AGO)

        assert result.exit_code == 0, result.output
        assert "no learner loses anything" in result.stdout
        assert (tmp_path / "sample.apkg").is_file()

    def test_one_by_which_learners_would_lose_something_is_not(
        self, author: Author, tmp_path: Path
    ) -> None:
        release = author.release(LONG_AGO).read_bytes()
        package = tmp_path / "sample.apkg"
        package.write_bytes(release)
        author.change(1, flashcard=False)
        author.release(LONG_AGO + DAY)

        result = self.build(author, tmp_path, now=LONG_AGO + DAY)

        assert result.exit_code == 1
        assert "loss[card-emptied]" in result.stderr
        assert result.stderr.endswith("nothing was written\n")
        assert package.read_bytes() == release
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["sample.apkg"]

    def test_a_package_that_stays_is_not_tried(self, author: Author, tmp_path: Path) -> None:
        (tmp_path / "sample.apkg").write_bytes(author.release(LONG_AGO).read_bytes())

        result = self.build(author, tmp_path, now=LONG_AGO + DAY)

        assert result.exit_code == 0
        assert "nothing changed" in result.stdout
        assert "Anki" not in result.stdout

    def test_it_is_no_check(self, author: Author, tmp_path: Path) -> None:
        author.release(LONG_AGO)

        assert self.build(author, tmp_path, "--check", now=LONG_AGO).exit_code == 2


class TestSettings:
    def test_presets_of_the_package_replace_own_options_where_the_learner_wants_them(
        self, foreign: Foreign
    ) -> None:
        def with_preset(package: Path) -> Path:
            with changed_collection(package) as database:
                [(decks, presets)] = database.execute("SELECT decks, dconf FROM col")
                known, options = json.loads(decks), json.loads(presets)
                options["77"] = options["1"] | {"id": 77, "name": "Theirs", "mod": foreign.time}
                for deck in known.values():
                    deck["conf"] = 77
                database.execute(
                    "UPDATE col SET decks = ?, dconf = ?", [json.dumps(known), json.dumps(options)]
                )
            return package

        package = with_preset(foreign.package())

        apart = verify(package, settings=DEFAULT)
        wanted = verify(package, settings=[Settings(deck_presets=True)])

        assert kinds(apart) == []
        assert only(wanted, Kind.DECK_OPTIONS_REPLACED).names == ("Others",)
        assert wanted.is_good

    def test_learners_who_never_update_get_no_correction(self, foreign: Foreign) -> None:
        old = foreign.package()
        foreign.notes["guid-1"] = ("Question 1", "A better answer")
        foreign.time += DAY
        never = Settings(update_notes=Update.NEVER, update_note_types=Update.NEVER)

        verification = verify(foreign.package(), old, settings=[never])

        assert kinds(verification) == ["withheld"]
        assert verification.is_good


class TestOthersTexts:
    def test_nobody_obeys_them(self, foreign: Foreign) -> None:
        foreign.notes = {"\x1b]0;owned\x07": ("::error::x", "\x1b[2J"), "::error::y": ("a", "b")}
        foreign.deck = "Evil\x1b[2J\n::error::z"
        foreign.fields = ("Front", "Back", "\x1b[2J<b>")
        old = foreign.package()
        foreign.fields = ("Front", "Back", "\u202e")
        foreign.front = "{{Front}}{{\x1b[2J}}"
        foreign.time += DAY
        new = foreign.package()

        verification = by_default(new, old)

        assert not verification.is_good
        assert_nobody_obeys("\n".join(verification_report.verification_as_text(verification)))
        assert_nobody_obeys(verification_report.verification_as_markdown(verification))
        assert_nobody_obeys(verification_report.verification_as_json(verification))


@needs_unix
class TestProcess:
    """What runs Anki may end in any way."""

    @pytest.fixture
    def python(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        """Runs a script in place of Python."""

        def python(script: str) -> None:
            program = tmp_path / "python"
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)
            monkeypatch.setattr(sys, "executable", str(program))

        return python

    def test_a_crash_over_the_new_package_is_its_fault(
        self, foreign: Foreign, python: Callable[[str], None]
    ) -> None:
        begun = '{"step":"Importing the new package"}'
        python(f"echo '{begun}'; echo 'thread panicked at \033[2J' >&2; kill -SEGV $$")

        result = run(foreign.package(), foreign.package())

        assert result.exit_code == 1
        assert "fault[crashed]: Anki crashed over the package" in result.stdout
        assert r"thread panicked at \x1b[2J" in result.stdout

    def test_a_crash_over_the_old_one_ends_the_run(
        self, foreign: Foreign, python: Callable[[str], None]
    ) -> None:
        python("kill -SEGV $$")
        old = foreign.package()

        result = run(foreign.package(), old)

        assert result.exit_code == 2
        assert result.stderr == (
            f"mcqdeck: {old.as_posix()}: Anki crashed over it: exit status -11\n"
        )

    def test_an_interrupt_ends_anki_too(self, foreign: Foreign, tmp_path: Path) -> None:
        environment = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
        (tmp_path / "tmp").mkdir()
        process = subprocess.Popen(
            [sys.executable, "-m", "mcqdeck", "verify", foreign.package()],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + 60
        while not list((tmp_path / "tmp").glob("*/home")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)

        assert process.returncode == 130
        assert said == "interrupted\n"
        assert list((tmp_path / "tmp").iterdir()) == []

    def test_without_anki_it_says_what_to_install(
        self, foreign: Foreign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("mcqdeck.verify.find_spec", lambda _: None)

        result = run(foreign.package())

        assert result.exit_code == 2
        assert result.stderr == ("mcqdeck: this needs Anki: run `pip install 'mcqdeck[verify]'`\n")
