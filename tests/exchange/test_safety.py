"""What strangers send: one clear error, and nothing written."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner, Result
from xlsxwriter import Workbook

from mcqdeck.cli import main
from tests.exchange.packages import old_collection, zipped

BILLION = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<quiz><question type="multichoice"><name><text>&b;</text></name></question></quiz>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<quiz><question type="essay"><name><text>&x;</text></name></question></quiz>"""
REMOTE = """<?xml version="1.0"?><!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/x.dtd">
<quiz><question type="essay"><name><text>x</text></name></question></quiz>"""
ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a" title="b">
<itemBody><p>Q <img src="IMAGE"/></p><choiceInteraction responseIdentifier="R"><simpleChoice
identifier="A">x</simpleChoice><simpleChoice identifier="B">y</simpleChoice></choiceInteraction>
</itemBody></assessmentItem>"""
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/>'
    "</worksheet>"
)


def run(folder: Path, name: str, data: bytes | str, *arguments: str) -> Result:
    """An import of a file into a new bank."""
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    bank = folder / "bank"
    return CliRunner().invoke(main, ["import", str(file), "-o", str(bank), *arguments])


def bomb() -> bytes:
    """A zip of a few kilobytes that would be a gigabyte."""
    return zipped({"imsmanifest.xml": "<manifest/>", "a.xml": bytes(64 * 1024 * 1024)})


def far_cell() -> bytes:
    """A workbook of two cells in opposite corners: dense, it would be half a terabyte."""
    buffer = io.BytesIO()
    with Workbook(buffer) as book:
        sheet = book.add_worksheet("Biology")
        sheet.write_row(0, 0, ["question", "option a", "option b", "answer"])
        sheet.write(2**20 - 1, 2**14 - 1, "far")
    return buffer.getvalue()


def repeated_cells() -> bytes:
    """A sheet of OpenDocument that says that a cell stands in it 17 billion times."""
    names = ("office", "table", "text")
    spaces = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        "<text:p>x</text:p></table:table-cell>"
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        '<table:table table:name="Biology"><table:table-row table:number-rows-repeated="1048576">'
        f"{cell}</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def lying_zip() -> bytes:
    """A zip whose member is larger than it says."""
    data = bytearray(zipped({"collection.anki2": b"x" * 1000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def traversal(name: str) -> bytes:
    return zipped({name: "x", "a.xml": ITEM})


def deep_zip() -> bytes:
    return zipped({"/".join(["d"] * 40) + "/a.xml": ITEM})


def endless_models() -> bytes:
    """A collection whose note types are nested without end."""
    return collection_with("[" * 100_000)


def collection_with(models: str) -> bytes:
    """A package with one note, and these note types."""
    import sqlite3  # noqa: PLC0415

    database = sqlite3.connect(":memory:")
    database.deserialize(old_collection([("x?", "y")]))
    database.execute("UPDATE col SET models = ?", [models])
    database.commit()
    data = bytes(database.serialize())
    database.close()
    return zipped({"collection.anki2": data, "media": "{}"})


def hostile_view() -> bytes:
    """A collection whose notes are a view."""
    import sqlite3  # noqa: PLC0415

    database = sqlite3.connect(":memory:")
    database.executescript(
        "CREATE TABLE col (conf, models, decks); INSERT INTO col VALUES ('{}', '{}', '{}');"
        "CREATE TABLE cards (nid, did, odid, ord, type, due);"
        "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
        " SELECT id, 'g' AS guid, 1 AS mid, 'a' AS flds, '' AS tags FROM n WHERE id < 0;"
    )
    data = bytes(database.serialize())
    database.close()
    return zipped({"collection.anki2": data, "media": "{}"})


HOSTILE: dict[str, tuple[str, bytes | str, str]] = {
    "billion laughs": ("x.xml", BILLION, "declares entities"),
    "a file by an entity": ("x.xml", OUTSIDE, "declares entities"),
    "the same in UTF-16": ("x.xml", OUTSIDE.encode("utf-16"), "declares entities"),
    "broken XML": ("x.xml", "<quiz><question></quiz>", "x.xml:1:"),
    "another XML": ("x.xml", "<html/>", "no questions"),
    "a bomb": ("x.zip", bomb(), "would grow to"),
    "a zip that lies": ("x.apkg", lying_zip(), "x.apkg:"),
    "a zip cut short": ("x.zip", zipped({"a.xml": ITEM * 50})[:-200], "damaged"),
    "a path that leads up": ("x.zip", traversal("../../evil.xml"), "leads out of it"),
    "an absolute path": ("x.zip", traversal("/etc/evil.xml"), "leads out of it"),
    "a path of Windows": ("x.zip", traversal("..\\..\\evil.xml"), "leads out of it"),
    "folders without end": ("x.zip", deep_zip(), "nested too deeply"),
    "a zip of nothing known": ("x.zip", zipped({"a.txt": "hello"}), "no questions in a form"),
    "a workbook that is none": (
        "x.xlsx",
        zipped({"xl/workbook.xml": "<x", "xl/worksheets/sheet1.xml": SHEET}),
        "damaged",
    ),
    "an old workbook cut short": (
        "x.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        "damaged",
    ),
    "a workbook with a cell far away": ("x.xlsx", far_cell(), "the sheet `Biology` would need too"),
    "a workbook of repeated cells": ("x.ods", repeated_cells(), "damaged"),
    "a collection that is none": ("x.apkg", zipped({"collection.anki2": b"no"}), "damaged"),
    "a collection of views": ("x.apkg", hostile_view(), "damaged"),
    "a newer Anki": (
        "x.apkg",
        zipped({"meta": b"\x08\x63", "collection.anki2": old_collection([])}),
        "newer Anki",
    ),
    "media that are no list": (
        "x.apkg",
        zipped({"collection.anki2": old_collection([]), "media": b"[1, 2"}),
        "damaged",
    ),
    "an encoding that it is not in": (
        "x.csv",
        b"\xef\xbb\xbfquestion,a,b,answer\nx,\xff,y,A\n",
        "not UTF-8 from byte",
    ),
    "bytes": ("x.txt", b"abc\0def" * 10, "no text"),
    "JSON without end": ("x.json", "[" * 100_000, "no questions in a form"),
    "JSON with a long number": (
        "x.json",
        '[{"question": "x?", "options": ["a", "b"], "answer": %s}]' % ("9" * 6000),
        "no questions in a form",
    ),
    "note types without end": ("x.apkg", endless_models(), "damaged"),
    "media without end": (
        "x.apkg",
        zipped({"collection.anki2": old_collection([]), "media": b"[" * 100_000}),
        "damaged",
    ),
    "a list of media that is far longer than its files need": (
        "x.apkg",
        zipped({"collection.anki21b": b"", "media": zstandard.compress(bytes(2**19))}),
        "would grow to",
    ),
    "JSON that leads out": (
        "x.json",
        json.dumps({"format": "mcqdeck", "version": 1, "questions": [], "files": {"../x": "eA=="}}),
        "leads out of the bank",
    ),
    "JSON of tomorrow": ("x.json", '{"format": "mcqdeck", "version": 99}', "newer mcqdeck"),
    "a table without a header": ("x.csv", "a,b\n1,2\n", "no row names the columns"),
    "an empty file": ("x.csv", "", "the file is empty"),
    "no questions": ("x.md", "only words", "no questions in a form"),
    "UTF-8 with a damaged byte": ("x.csv", "äöü€ß,\n".encode() + b"\xff", "not UTF-8 from byte 13"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_one_error_and_writes_nothing(name: str, tmp_path: Path) -> None:
    file, data, expected = HOSTILE[name]

    result = run(tmp_path, file, data)

    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert expected in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "bank").exists()


def test_a_note_type_of_ours_without_fields_is_left_out(tmp_path: Path) -> None:
    models = {"1": {"name": "mcqdeck: demo", "type": 0, "tmpls": [], "flds": []}}

    result = run(tmp_path, "x.apkg", collection_with(json.dumps(models)))

    assert result.exit_code == 1, result.output
    assert "0 of 1" in result.stdout


def test_a_document_type_on_the_web_is_never_asked_for(tmp_path: Path) -> None:
    result = run(tmp_path, "x.xml", REMOTE)

    assert "1 left out" in result.stdout or "1 essay" in result.stdout


def test_a_collection_that_says_it_would_grow_is_not_unpacked(tmp_path: Path) -> None:
    frame = b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", 2**40) + b"\x01\x00\x00"
    data = zipped({"collection.anki21b": frame})

    result = run(tmp_path, "x.apkg", data)

    assert result.exit_code == 2
    assert "would grow to" in result.stderr


def test_an_image_that_leads_out_of_the_folder_is_not_taken(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "link.png").symlink_to(secret)

    for address in ("../secret.png", str(secret), "link.png", "%2e%2e/secret.png"):
        text = f"#### Q1. What is ![x]({address})?\n\n- [x] a\n- [ ] b\n"
        (inner / "quiz.md").write_text(text, encoding="utf-8")
        bank = tmp_path / "bank"
        result = CliRunner().invoke(
            main, ["import", str(inner / "quiz.md"), "-o", str(bank), "--dry-run"]
        )
        assert "files that texts name are missing" in result.stdout, address


def test_an_export_of_csv_has_no_cell_that_a_spreadsheet_executes(tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    bank.mkdir()
    (bank / "deck.toml").write_text('id = "demo"\ntitle = "Demo"\n')
    chapter = """# =cmd()

## formulas

=HYPERLINK("http://evil", "x") is what in a cell?

- [x] =1+1
- [ ] +2
- [ ] -3
- [ ] @SUM(A1)

### Explanation

Cells that begin so are formulas to a spreadsheet.
"""
    (bank / "01.md").write_text(chapter, encoding="utf-8")
    runner = CliRunner()

    for form in ("csv", "tsv"):
        written = runner.invoke(main, ["export", str(bank), "--to", form, "-o", "-"])
        text = written.stdout_bytes.decode("utf-8-sig")
        cells = [
            cell.strip('"')
            for line in text.splitlines()
            for cell in line.split("\t" if form == "tsv" else ",")
        ]
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "@"}]
        assert "'=1+1" in text
        again = tmp_path / f"again-{form}"
        (tmp_path / f"x.{form}").write_bytes(written.stdout_bytes)
        runner.invoke(main, ["import", str(tmp_path / f"x.{form}"), "-o", str(again)])
        assert "- [x] =1+1" in next(again.glob("*.md")).read_text(encoding="utf-8")


def test_a_workbook_has_texts_and_no_formulas(tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    bank.mkdir()
    (bank / "deck.toml").write_text('id = "demo"\ntitle = "Demo"\n')
    (bank / "01.md").write_text(
        "# A\n\n## sum-of-two\n\nWhat is a sum?\n\n- [x] =1+1\n- [ ] two\n\nA sum adds numbers.\n"
    )
    target = tmp_path / "x.xlsx"

    CliRunner().invoke(main, ["export", str(bank), "--to", "xlsx", "-o", str(target)])

    with zipfile.ZipFile(target) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
