"""An author who changes a small bank, and the packages of the releases."""

from __future__ import annotations

import os
import sqlite3
import time
import zipfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from mcqdeck import build, check

LONG_AGO = int(time.time()) - 30 * 24 * 3600
"""When the histories begin: late enough for Anki, and early enough for a month of releases."""


@dataclass(frozen=True)
class Item:
    """A question as its author sees it; each number stands for a wording of its part."""

    id: str
    stem: int = 0
    right: int = 0
    reason: int = 0
    picture: int | None = None
    tags: tuple[str, ...] = ()
    retired: bool = False
    flashcard: bool = True

    def markdown(self) -> str:
        """The question in the source."""
        about = [f"tags: [{', '.join(self.tags)}]"] if self.tags else []
        about += ["retired: it is outdated"] if self.retired else []
        about += [] if self.flashcard else ["flashcard: false"]
        comment = f"<!-- {', '.join(about)} -->\n" if about else ""
        image = f" ![picture](media/{self.id}.svg)" if self.picture is not None else ""
        marks = ["x" if number == self.right % 3 else " " for number in range(3)]
        options = "".join(f"- [{mark}] Option {n}\n" for n, mark in enumerate(marks))
        return (
            f"## {self.id}\n{comment}\nWording {self.stem} of {self.id}?{image}\n\n{options}\n"
            f"### Explanation\n\nReason {self.reason}.\n\n"
        )


@dataclass
class Author:
    """Keeps a bank in a folder, two chapters of it, and releases it into another."""

    folder: Path
    title: str = "Sample"
    style: int = 0
    items: list[Item] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    releases: list[Path] = field(default_factory=list)

    def change(self, place: int, **parts: object) -> None:
        """Gives the parts of a question another wording."""
        self.items[place] = replace(self.items[place], **parts)  # type: ignore[arg-type]  # checked by the class

    def release(self, now: int, clock: int | None = None) -> Path:
        """Builds into `decks` and keeps a copy of the package.

        `clock` is what the machine says that it is, if that is not what it is while testing.
        """
        bank = self._write()
        checked = check([bank])
        assert not checked.has_errors, checked.diagnostics
        environment = {"SOURCE_DATE_EPOCH": str(now)}
        [built] = build(checked, self.folder / "decks", environment=environment, clock=clock)
        copy = self.folder / f"release-{len(self.releases)}.apkg"
        copy.write_bytes(built.path.read_bytes())
        self.releases.append(copy)
        return copy

    def _write(self) -> Path:
        bank = self.folder / "bank"
        (bank / "media").mkdir(parents=True, exist_ok=True)
        dropped = "".join(f'{id_} = "gone"\n' for id_ in self.dropped)
        renamed = "".join(f'{new} = "{old}"\n' for new, old in self.renamed.items())
        (bank / "deck.toml").write_text(
            f'id = "sample"\ntitle = "{self.title}"\ndescription = "About"\n'
            f"[history.dropped]\n{dropped}[history.renamed]\n{renamed}"
            '[rules]\nset = "off"\n'
        )
        (bank / "style.css").write_text(f".mark {{ order: {self.style} }}")
        for number, is_second in enumerate((False, True), start=1):
            questions = [e.markdown() for e in self.items if (e.id in self.moved) is is_second]
            text = f"# {self.title} part {number}\n\n{''.join(questions)}"
            chapter = bank / f"0{number}.md"
            if questions:
                chapter.write_text(text)
            else:
                chapter.unlink(missing_ok=True)
        for item in self.items:
            if item.picture is not None:
                picture = f'<svg xmlns="http://www.w3.org/2000/svg" id="p{item.picture}"/>'
                (bank / "media" / f"{item.id}.svg").write_text(picture)
        kept = {f"{item.id}.svg" for item in self.items if item.picture is not None}
        for path in (bank / "media").iterdir():
            if path.name not in kept:
                path.unlink()
        return bank


def contents(package: Path) -> dict[str, tuple[str, str]]:
    """The fields and tags of a package's notes by guid."""
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        rows = database.execute("SELECT guid, flds, tags FROM notes").fetchall()
    return {guid: (fields, tags) for guid, fields, tags in rows}


def histories() -> int:
    """How many random histories to try: more where nobody waits."""
    return 400 if os.environ.get("CI") else 200
