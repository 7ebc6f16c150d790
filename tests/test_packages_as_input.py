"""Any file may be given as a package: it is used, or one line says why not, soon and in bounds."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mcqdeck import build, check
from mcqdeck.building import compare
from mcqdeck.cli import main
from mcqdeck.report.changes import changes_as_json, changes_as_markdown, changes_as_text
from tests.conftest import CHAPTER, DECK_TOML, needs_linux
from tests.test_visible import assert_nobody_obeys

EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}
COLLECTION = "collection.anki2"

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bank") / "demo"
    folder.mkdir()
    (folder / "deck.toml").write_text(DECK_TOML)
    second = CHAPTER.partition("## first")[2].replace("bees", "wasps")
    image = "\n![dot](dot.svg)\n"
    (folder / "01-chapter.md").write_text(f"{CHAPTER}{image}\n## second{second}")
    (folder / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return folder


@pytest.fixture(scope="module")
def good(bank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    [built] = build(check([bank]), tmp_path_factory.mktemp("good"), environment=EPOCH)
    return built.path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return tmp_path / "bad.apkg"


def members_of(package: Path) -> Members:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, members: Members) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def with_sql(members: Members, *statements: str, values: tuple[Any, ...] = ()) -> Members:
    """The members with a collection on which these statements were run, the first with values."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(members[COLLECTION])
        for statement in statements:
            database.execute(statement, values)
            values = ()
        database.commit()
        return members | {COLLECTION: database.serialize()}


def with_json(members: Members, column: str, change: Callable[[Any], Any]) -> Members:
    """The members with one of the JSON columns of the collection changed."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(members[COLLECTION])
        [(text,)] = database.execute(f"SELECT {column} FROM col").fetchall()
    value = json.loads(text)
    changed = change(value)
    new = json.dumps(value if changed is None else changed)
    return with_sql(members, f"UPDATE col SET {column} = ?", values=(new,))


def diff(old: Path, new: Path) -> Result:
    return CliRunner().invoke(main, ["diff", str(old), str(new)])


def assert_refused(good: Path, bad: Path, reason: str = "the package is damaged") -> None:
    for result in (diff(good, bad), diff(bad, good)):
        assert result.exit_code == 2, result.output
        assert result.stderr.startswith(f"mcqdeck: {bad}: ")
        assert reason in result.stderr
        assert result.stderr.count("\n") == 1
        assert len(result.stderr) < 500
        assert_nobody_obeys(result.output)


# Values of the wrong type or size

LONG = 10**18
COLUMNS = {
    "a field that is no text": "UPDATE notes SET flds = 7",
    "fields in bytes": "UPDATE notes SET flds = CAST(flds AS BLOB)",
    "no UTF-8": "UPDATE notes SET flds = CAST(X'ff' || flds AS TEXT)",
    "no field": "UPDATE notes SET flds = ''",
    "a field too many": "UPDATE notes SET flds = flds || X'1f' || 'x'",
    "an id that is none": "UPDATE notes SET flds = '../x' || flds",
    "an id with a command": "UPDATE notes SET flds = '::error::' || flds",
    "a time that is no number": "UPDATE notes SET mod = 'soon'",
    "a time of 0": "UPDATE notes SET mod = 0",
    "a time beyond all calendars": f"UPDATE notes SET mod = {LONG}",
    "a time that is a fraction": "UPDATE notes SET mod = 1.5",
    "a note id below 0": "UPDATE notes SET id = -id",
    "a note id beyond all calendars": f"UPDATE notes SET id = id + {LONG}",
    "a GUID that is none": "UPDATE notes SET guid = ''",
    "a GUID in bytes": "UPDATE notes SET guid = X'00'",
    "one GUID twice": "UPDATE notes SET guid = 'same'",
    "tags that are no text": "UPDATE notes SET tags = X'00'",
    "a card of no note": "UPDATE cards SET nid = 1 WHERE ord = 0",
    "a card in no deck": "UPDATE cards SET did = 77",
    "a card of no template": "UPDATE cards SET ord = 9",
    "two cards of a template": "UPDATE cards SET ord = 0",
    "a place that is no number": "UPDATE cards SET due = 'x'",
    "two notes of one id": "ALTER TABLE notes RENAME TO n; CREATE TABLE notes (id, mod, guid, "
    "flds, tags); INSERT INTO notes SELECT 7, mod, guid, flds, tags FROM n; "
    "UPDATE cards SET nid = 7",
    "two cards of one id": "ALTER TABLE cards RENAME TO c; CREATE TABLE cards (id, nid, did, ord, "
    "due); INSERT INTO cards SELECT 7, nid, did, ord, due FROM c",
    "no notes": "DELETE FROM notes",
    "no notes and no cards": "DELETE FROM notes; DELETE FROM cards",
    "no cards": "DELETE FROM cards",
    "no collection": "DELETE FROM col",
    "two collections": "INSERT INTO col SELECT id + 1, crt, mod, scm, ver, dty, usn, ls, conf, "
    "models, decks, dconf, tags FROM col",
    "settings that are no text": "UPDATE col SET conf = 1",
    "settings that are no JSON": "UPDATE col SET conf = '{'",
    "settings that are a list": "UPDATE col SET conf = '[]'",
    "settings nested deeply": f"UPDATE col SET conf = '{'[' * 100_000}'",
    "note types that are no JSON": "UPDATE col SET models = 'x'",
    "no note type": "UPDATE col SET models = '{}'",
    "decks that are no JSON": "UPDATE col SET decks = ''",
    "no decks": "UPDATE col SET decks = '{}'",
}
NUMBER = "9" * 5_000


def mark(**values: Any) -> tuple[str, Callable[[Any], Any]]:
    return "conf", lambda conf: conf["mcqdeck"].update(values)


def in_all(column: str, **values: Any) -> tuple[str, Callable[[Any], Any]]:
    """Gives every note type, or deck, these values."""
    return column, lambda entries: {key: value | values for key, value in entries.items()}


JSON: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "a format that is no number": mark(format="x"),
    "a format that is a list": mark(format=[]),
    "a format below 1": mark(format=0),
    "a format that is a fraction": mark(format=1.5),
    "no format": ("conf", lambda conf: conf | {"mcqdeck": {"bank": "demo"}}),
    "a mark that is a text": ("conf", lambda conf: conf | {"mcqdeck": "yes"}),
    "a bank that is no text": mark(bank=7),
    "a bank that is no id": mark(bank="../../x"),
    "a bank with a line of its own": mark(bank="demo\n::error::x"),
    "times that are no list": mark(times={"x": 7}),
    "times that are too few": mark(times={"x": [7]}),
    "times of 0": mark(times={"x": [0, 0]}),
    "times that contradict each other": mark(note_type_time=[5, 6]),
    "a time after the last one": mark(note_type_time=[2_000_000_000, 2_000_000_000]),
    "times in no order": mark(note_type_time=[1_700_000_000, 1_700_000_000, 9, 8]),
    "a note type that is a list": ("models", lambda models: dict.fromkeys(models, ())),
    "two note types": ("models", lambda models: models | {"7": next(iter(models.values()))}),
    "no fields": in_all("models", flds=None),
    "fields that are numbers": in_all("models", flds=[1]),
    "a field without a name": in_all("models", flds=[{}]),
    "templates that are a text": in_all("models", tmpls="x"),
    "a sort field that is none": in_all("models", sortf="x"),
    "a note type of no time": in_all("models", mod=None),
    "a note type id that is none": in_all("models", id="x"),
    "a deck key that is no number": ("decks", lambda decks: decks | {"x": decks["1"]}),
    "a deck key of thousands of digits": ("decks", lambda decks: decks | {NUMBER: decks["1"]}),
    "a deck without a name": in_all("decks", name=""),
    "a deck name that is no text": in_all("decks", name=1),
    "a description that is no text": in_all("decks", desc=[]),
    "a deck of no time": in_all("decks", mod="x"),
}


@pytest.mark.parametrize("statement", COLUMNS.values(), ids=COLUMNS)
def test_a_value_that_cannot_be_is_damage(statement: str, good: Path, bad: Path) -> None:
    write(bad, with_sql(members_of(good), *statement.split("; ")))

    assert_refused(good, bad)


@pytest.mark.parametrize(("column", "change"), JSON.values(), ids=JSON)
def test_json_that_cannot_be_is_damage(
    column: str, change: Callable[[Any], Any], good: Path, bad: Path
) -> None:
    write(bad, with_json(members_of(good), column, change))

    assert_refused(good, bad)


@pytest.mark.parametrize("number", [f"1{'0' * 30}", NUMBER, "1e999"])
@pytest.mark.parametrize(("column", "key"), [("conf", "x"), ("models", "mod"), ("decks", "mod")])
def test_a_number_of_any_length_is_damage(
    column: str, key: str, number: str, good: Path, bad: Path
) -> None:
    marked = with_json(members_of(good), *mark(times={"x": [1, 1]}))
    marked = with_json(marked, column, lambda value: replaced(value, key))
    statement = f"UPDATE col SET {column} = replace({column}, '\"NUMBER\"', ?)"
    write(bad, with_sql(marked, statement, values=(f"[{number}, 1]" if key == "x" else number,)))

    assert_refused(good, bad)


def replaced(value: Any, key: str) -> Any:
    """JSON in which each value of a key is a mark."""
    if isinstance(value, dict):
        return {k: "NUMBER" if k == key else replaced(v, key) for k, v in value.items()}
    return value


@pytest.mark.parametrize(
    "names", [b"", b"[]", b"{", b'{"0": 1}', b'{"x": "a.png"}', b'{"7": "a.png"}', b"\xff",
              b'{"0": "../../x"}', b'{"0": "a\\nb.png"}', b'{"0": ""}', b"[" * 100_000]
)  # fmt: skip
def test_a_list_of_media_that_cannot_be_is_damage(names: bytes, good: Path, bad: Path) -> None:
    write(bad, members_of(good) | {"media": names})

    assert_refused(good, bad)


# Databases that are programs

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
PROGRAMS = {
    "notes that count forever": (
        "ALTER TABLE notes RENAME TO n",
        f"CREATE VIEW notes AS {ENDLESS} SELECT x AS id, 1 AS mod, x AS guid, '' AS flds, "
        "'' AS tags FROM c",
    ),
    "cards that count forever": (
        "ALTER TABLE cards RENAME TO k",
        f"CREATE VIEW cards AS {ENDLESS} SELECT x AS id, x AS nid, 1 AS did, 0 AS ord, 1 AS due "
        "FROM c",
    ),
    "settings from a view": (
        "ALTER TABLE col RENAME TO k",
        "CREATE VIEW col AS SELECT * FROM k",
    ),
    "a column that is worked out": (
        "ALTER TABLE notes RENAME COLUMN tags TO t",
        "ALTER TABLE notes ADD COLUMN tags TEXT AS (hex(zeroblob(100000000)))",
    ),
    "a table that a module gives": (
        "ALTER TABLE notes RENAME TO n",
        "CREATE VIRTUAL TABLE notes USING fts5(id, mod, guid, flds, tags)",
    ),
}


@pytest.mark.parametrize("statements", PROGRAMS.values(), ids=PROGRAMS)
def test_what_is_no_table_is_not_read(statements: tuple[str, ...], good: Path, bad: Path) -> None:
    write(bad, with_sql(members_of(good), *statements))
    start = time.process_time()

    assert_refused(good, bad)
    assert time.process_time() - start < 5


def test_a_view_in_the_guise_of_a_table_is_not_read(good: Path, bad: Path) -> None:
    disguised = with_sql(
        members_of(good),
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET sql = 'CREATE VIEW notes AS {ENDLESS} SELECT x AS id, 1 AS mod, "
        "x AS guid, 1 AS flds, 1 AS tags FROM c' WHERE name = 'notes'",
    )
    write(bad, disguised)

    assert_refused(good, bad)


def test_pages_that_lead_to_each_other_end(good: Path, bad: Path) -> None:
    """Every child of the root of `notes` is the root itself."""
    members = members_of(good)
    filled = with_sql(members, *["INSERT INTO revlog SELECT random(), 1, 1, 1, 1, 1, 1, 1, 1 "
                                 "FROM notes, cards, cards, cards, cards, cards"] * 3)  # fmt: skip
    data = bytearray(filled[COLLECTION])
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(bytes(data))
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'revlog'"
        [(root,)] = database.execute(query).fetchall()
    start = (root - 1) * 4096
    cells = int.from_bytes(data[start + 3 : start + 5], "big")
    assert data[start] == 5
    for cell in range(cells):
        place = start + int.from_bytes(data[start + 12 + 2 * cell : start + 14 + 2 * cell], "big")
        data[place : place + 4] = root.to_bytes(4, "big")
    swapped = with_sql(
        filled | {COLLECTION: bytes(data)},
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET rootpage = {root} WHERE name = 'notes'",
    )
    write(bad, swapped)
    begin = time.process_time()

    assert_refused(good, bad)
    assert time.process_time() - begin < 10


# Zips that are more than they seem


@needs_linux
def test_a_member_that_inflates_to_gigabytes_is_not_inflated(good: Path, bad: Path) -> None:
    for name in (COLLECTION, "media", "0"):
        write_bomb(bad, members_of(good), name, 3 << 30)
        code = (
            "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
            f"from mcqdeck.cli import main; main(['diff', {str(good)!r}, {str(bad)!r}])"
        )
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )

        assert done.returncode == 2, done.stderr
        assert "the package is damaged" in done.stderr
        assert done.stderr.count("\n") == 1
        assert time.monotonic() - start < 20


def write_bomb(path: Path, members: Members, name: str, size: int) -> None:
    """A package with a member of so many zeros."""
    piece = bytes(1 << 24)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, data in members.items():
            if other != name:
                archive.writestr(other, data)
        with archive.open(name, "w", force_zip64=True) as member:
            for _ in range(size // len(piece)):
                member.write(piece)


def test_a_member_that_lies_about_its_size_is_damage(good: Path, bad: Path) -> None:
    data = good.read_bytes()
    size = len(members_of(good)[COLLECTION])
    for claimed in (0, 100, size - 1, size + 1, 2 * size, 0xFFFFFFFE):
        changed = data.replace(size.to_bytes(4, "little"), claimed.to_bytes(4, "little"))
        assert changed != data
        bad.write_bytes(changed)
        assert_refused(good, bad)


def test_members_that_share_their_bytes_are_damage(good: Path, bad: Path) -> None:
    members = members_of(good) | {f"{number}": b"\0" * 5_000_000 for number in range(9)}
    names = {f"{number}": f"demo-{number}.png" for number in range(9)}
    write(bad, members | {"media": json.dumps(names).encode()})
    with zipfile.ZipFile(bad) as archive:
        first = archive.getinfo("0").header_offset
        offsets = [archive.getinfo(f"{number}").header_offset for number in range(1, 9)]
    data = bad.read_bytes()
    tail = data[data.index(b"PK\x01\x02") :]
    for offset in offsets:
        tail = tail.replace(offset.to_bytes(4, "little"), first.to_bytes(4, "little"))
    bad.write_bytes(data[: data.index(b"PK\x01\x02")] + tail)

    assert_refused(good, bad)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_anki_does_not_know_is_damage(
    method: int, good: Path, bad: Path
) -> None:
    with zipfile.ZipFile(bad, "w", method) as archive:
        for name, data in members_of(good).items():
            archive.writestr(name, data)

    assert_refused(good, bad)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_damage(good: Path, bad: Path) -> None:
    write(bad, members_of(good))
    with zipfile.ZipFile(bad, "a") as archive:
        archive.writestr("media", b"{}")

    assert_refused(good, bad)


def test_a_million_members_are_damage(good: Path, bad: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x" * 60_000, b"")
    data = buffer.getvalue()
    begin = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[begin:end]
    count = 40_000_000 // len(entry)
    tail = bytearray(data[end:])
    tail[12:16] = (count * len(entry)).to_bytes(4, "little")
    bad.write_bytes(data[:begin] + entry * count + tail)

    assert_refused(good, bad)


def test_a_foreign_package_stays_foreign(good: Path, bad: Path) -> None:
    members = members_of(good)
    write(bad, {name: data for name, data in members.items() if name != COLLECTION})
    assert_refused(good, bad, "not a package that mcqdeck made")
    write(bad, with_json(members, "conf", lambda conf: {**conf, "mcqdeck": None}))
    assert_refused(good, bad, "not a package that mcqdeck made")
    write(bad, with_json(members, *mark(format=2)))
    assert_refused(good, bad, "made by a newer mcqdeck")


# Texts out of a package

TEXTS = {
    "a field of less-than signs": "<" * 300_000,
    "comments without end": "<!--" * 70_000,
    "tags without end": '<a "' * 70_000,
    "tags in tags": "<div>" * 50_000 + "</x>" * 50_000,
    "a number of thousands of digits": f"&#{NUMBER};",
    "options without number": "<li data-option=a>x" * 15_000,
    "an escape": "\x1b[2J\n::error::x ##[error]y \u202e",
    "letters that are none": '<li data-option="x&#10;::error::y">z',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_out_of_a_package_is_told_soon_and_obeyed_by_nobody(
    text: str, good: Path, bad: Path
) -> None:
    for place in (1, 2, 5, 6, 10):
        write(bad, with_field(members_of(good), place, text))
        start = time.process_time()
        changes = compare(good, bad)
        told = [*changes_as_text(changes, is_brief=False), changes_as_json(changes)]

        assert time.process_time() - start < 5
        for line in (*told, *changes_as_markdown(changes).splitlines()):
            assert_nobody_obeys(line)


def with_field(members: Members, place: int, text: str) -> Members:
    """The members with another text in a field of each note."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(members[COLLECTION])
        for id_, joined in database.execute("SELECT id, flds FROM notes").fetchall():
            fields = joined.split("\x1f")
            fields[place] = text
            database.execute("UPDATE notes SET flds = ? WHERE id = ?", ["\x1f".join(fields), id_])
        database.commit()
        return members | {COLLECTION: database.serialize()}


# Anything

VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.binary(max_size=30),
    st.sampled_from(["", "0", "\x1f" * 13, "a" + "\x1f" * 13, "[]", "{}", '{"1": {}}', "null"]),
)
TARGETS = st.sampled_from(
    [*(("notes", name) for name in ("id", "guid", "mod", "flds", "tags", "mid")),
     *(("cards", name) for name in ("id", "nid", "did", "ord", "due")),
     *(("col", name) for name in ("conf", "models", "decks", "id"))]
)  # fmt: skip


def assert_used_or_refused(good: Path, bad: Path, bank: Path, output: Path) -> None:
    """The package can be compared and built upon without a traceback, or is refused in a line."""
    result = diff(good, bad)
    if result.exit_code == 2:
        assert_refused(good, bad, str(bad))
        return
    changes = compare(good, bad)
    for line in (*changes_as_text(changes, is_brief=False), changes_as_json(changes)):
        assert_nobody_obeys(line)
    changes_as_markdown(changes).encode()
    result = CliRunner().invoke(
        main, ["build", str(bank), "-o", str(output), "--previous", str(bad)]
    )
    assert result.exit_code in (0, 1, 2), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@given(st.lists(st.tuples(TARGETS, VALUES), min_size=1, max_size=3))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_values_in_the_rows_are_used_or_refused(
    good: Path, bank: Path, tmp_path: Path, changes: list[tuple[tuple[str, str], Any]]
) -> None:
    members = members_of(good)
    for (table, column), value in changes:
        row = f"(SELECT min(rowid) FROM {table})"
        statement = f"UPDATE {table} SET {column} = ? WHERE rowid = {row}"
        try:
            members = with_sql(members, statement, values=(value,))
        except (sqlite3.Error, OverflowError):
            return
    write(tmp_path / "any.apkg", members)

    assert_used_or_refused(good, tmp_path / "any.apkg", bank, tmp_path / "decks")


@given(st.sampled_from(["conf", "models", "decks"]), st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_in_the_collection_is_used_or_refused(
    good: Path, bank: Path, tmp_path: Path, column: str, data: st.DataObject
) -> None:
    leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats()
    values = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=5,
    )

    def change(value: Any) -> Any:
        """Puts any value at a random place."""
        while isinstance(value, dict | list) and value:
            keys = list(value) if isinstance(value, dict) else list(range(len(value)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(value[key], dict | list) or data.draw(st.booleans()):
                value[key] = data.draw(values)
                return
            value = value[key]

    write(tmp_path / "any.apkg", with_json(members_of(good), column, change))

    assert_used_or_refused(good, tmp_path / "any.apkg", bank, tmp_path / "decks")


@given(st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=20))
@example([(0, 0)])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_the_database_are_used_or_refused(
    good: Path, bank: Path, tmp_path: Path, bytes_: list[tuple[int, int]]
) -> None:
    members = members_of(good)
    data = bytearray(members[COLLECTION])
    for place, value in bytes_:
        data[place % len(data)] = value
    write(tmp_path / "any.apkg", members | {COLLECTION: bytes(data)})

    assert_used_or_refused(good, tmp_path / "any.apkg", bank, tmp_path / "decks")


@given(st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_the_zip_are_used_or_refused(
    good: Path, bank: Path, tmp_path: Path, bytes_: list[tuple[int, int]]
) -> None:
    data = bytearray(good.read_bytes())
    for place, value in bytes_:
        data[-1 - place % len(data)] = value
    (tmp_path / "any.apkg").write_bytes(data)

    assert_used_or_refused(good, tmp_path / "any.apkg", bank, tmp_path / "decks")
