"""An author who releases a bank again and again, and what stands in the packages."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from mcqdeck.cli import main

DECK = 'id = "demo"\ntitle = "Demo"\ndescription = "About it."\n'
RULES = '[rules]\nset = "off"\n'
YEAR = 365 * 24 * 3600
START = 1_600_000_000
Row = dict[str, Any]


def question(id_: str, stem: str = "", *, right: str = "Yes", comment: str = "") -> str:
    about = f"<!-- {comment} -->\n" if comment else ""
    stem = stem or f"Which is right about {id_}?"
    return (
        f"## {id_}\n{about}\n{stem}\n\n- [x] {right}\n- [ ] No\n  > Not so.\n\n"
        f"### Explanation\n\nBecause of {id_}.\n\n"
    )


class Author:
    """Somebody with a bank, who builds it again and again, each time a year later."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "demo"
        self.folder.mkdir()
        self.output = folder / "decks"
        self.package = self.output / "demo.apkg"
        self.now = START
        self.deck()
        self.chapter(question("one"), question("two"), question("three"))

    def deck(self, text: str = "") -> None:
        (self.folder / "deck.toml").write_text(DECK + text + RULES, encoding="utf-8")

    def chapter(self, *questions: str, name: str = "01-first.md", title: str = "First") -> None:
        text = f"# {title}\n\n{''.join(questions)}"
        (self.folder / name).write_text(text, encoding="utf-8")

    def build(self, *options: str | Path) -> Result:
        self.now += YEAR // 4
        arguments = ["build", str(self.folder), "-o", str(self.output), *map(str, options)]
        return CliRunner().invoke(main, arguments, env={"SOURCE_DATE_EPOCH": str(self.now)})

    def release(self, *options: str | Path) -> dict[str, Row]:
        """Builds, which must succeed, and gives the notes of the package by their ids."""
        result = self.build(*options)
        assert result.exit_code == 0, result.output
        return notes(self.package)


def rows(package: Path, query: str) -> list[Any]:
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        return database.execute(query).fetchall()


def notes(package: Path) -> dict[str, Row]:
    records = rows(
        package,
        "SELECT flds, guid, n.id, n.mod, group_concat(c.id) FROM notes n JOIN cards c "
        "ON nid = n.id GROUP BY n.id",
    )
    names = ("guid", "id", "mod", "cards")
    return {flds.split("\x1f")[0]: dict(zip(names, rest, strict=True)) for flds, *rest in records}


def column(package: Path, name: str) -> dict[str, Any]:
    [(text,)] = rows(package, f"SELECT {name} FROM col")
    value: dict[str, Any] = json.loads(text)
    return value


def rewrite(package: Path, **columns: Callable[[Any], None]) -> None:
    """Changes columns of `col` in a package, as another program might."""
    with zipfile.ZipFile(package) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(members["collection.anki2"])
        for name, change in columns.items():
            [(text,)] = database.execute(f"SELECT {name} FROM col").fetchall()
            value = json.loads(text)
            change(value)
            database.execute(f"UPDATE col SET {name} = ?", [json.dumps(value)])
        database.commit()
        members["collection.anki2"] = database.serialize()
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def members(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
