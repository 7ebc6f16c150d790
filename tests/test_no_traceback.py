"""Whatever an author writes or a machine lacks: diagnostics or one line, and no traceback.

`check` and `build` agree: what `check` passes, `build` can do.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mcqdeck.cli import main
from mcqdeck.pack import package as packing
from tests.conftest import CHAPTER, MakeBank

NUMBER = "9" * 5_000
PIECES = {
    "a character by number": f"&#{NUMBER};",
    "a character by number in a tag": f"<b title='&#{NUMBER};'>x</b>",
    "a character by number in a block": f"\n\n<div>\n&#{NUMBER};\n</div>\n\n",
    "a character by number in code": f"`&#{NUMBER};`",
    "a character by number in a link": f"[a](<&#{NUMBER};>)",
    "a character by number in an image": f"![&#{NUMBER};](&#{NUMBER};)",
    "a character in hexadecimal": f"&#x{'f' * 5_000};",
    "a numbered list": f"\n\n{NUMBER}. x\n\n",
    "a formula": f"${NUMBER}$",
    "a width": f'<img width="{NUMBER}" src="x.png">',
    "a start": f"<ol start={NUMBER}><li>x</ol>",
    "a port": f"http://example.org:{NUMBER}/",
    "an address": f"http://[{NUMBER}]/",
    "a host": f"http://xn--{NUMBER}/",
    "a choice": f"Choose {NUMBER}.",
    "an option by number": f"See option {NUMBER}.",
    "an ordinal": f"The {NUMBER}th option.",
    "a range": f"{NUMBER}-{NUMBER} mg",
    "a superscript": "²" * 5_000,
    "digits of another script": "Option ٣ and 三.",
}
PLACES = {
    "stem": ("nectar?", "nectar? {}"),
    "option": ("- [ ] Wax", "- [ ] {}"),
    "heading": ("## first", "## {}"),
    "title": ("# Chapter", "# {}"),
    "explanation": ("Bees thicken", "{} Bees"),
    "rationale": ("> Wax", "> {} wax"),
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize(("old", "new"), PLACES.values(), ids=PLACES)
def test_a_number_of_any_length_is_text(
    piece: str, old: str, new: str, make_bank: MakeBank, tmp_path: Path
) -> None:
    bank = make_bank(chapter=CHAPTER.replace(old, new.format(piece), 1))

    checked, built = run("check", bank), run("build", bank, "-o", tmp_path / "decks")

    for result in (checked, built):
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code in (0, 1), result.output
    assert checked.exit_code == built.exit_code


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_folder_that_is_gone_is_one_line(form: str, tmp_path: Path) -> None:
    code = (
        f"import os; os.chdir({str(tmp_path)!r}); os.mkdir('gone'); os.chdir('gone')\n"
        "os.rmdir('../gone')\n"
        f"from mcqdeck.cli import main; main(['check', '--format', {form!r}, '.'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 2, done.stdout
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_package_that_is_too_large_is_one_line(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite keeps at most a gigabyte in memory: here, ten pages."""
    monkeypatch.setattr(packing, "_SETTINGS", f"{packing._SETTINGS}PRAGMA max_page_count = 10;")
    result = run("build", make_bank(), "-o", tmp_path / "decks")

    assert result.exit_code == 2, result.output
    assert "the package of `demo` cannot be made: database or disk is full" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{", '{"mcqdeck-baseline": 1}', '{"mcqdeck-baseline": 1, "banks": []}',
        '{"mcqdeck-baseline": 1, "banks": {"a": {"b": {"c": 1e999}}}}',
        '{"mcqdeck-baseline": 1, "banks": {"a": {"b": {"c": "x"}}}}',
        f'{{"mcqdeck-baseline": 1, "banks": {{"a": {{"b": {{"c": {NUMBER}}}}}}}}}',
        f'{{"mcqdeck-baseline": {NUMBER}}}', "[" * 100_000, "\ud800", '{"mcqdeck-baseline": []}',
    ],
)  # fmt: skip
def test_a_baseline_that_is_none_is_one_line(
    content: str, make_bank: MakeBank, tmp_path: Path
) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    for option in ("--baseline", "--write-baseline"):
        result = run("check", make_bank(f"x{option}"), option, path)

        assert result.exit_code == 2, result.output
        assert result.stderr.count("\n") == 1
        assert "no baseline" in result.stderr


def test_a_baseline_of_a_file_that_is_named_in_no_utf_8_is_one_too(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    bank, path = make_bank(**{"y\udcfe.png": ""}), tmp_path / "x**y[.json"
    assert run("check", bank, "--write-baseline", path).exit_code == 0
    result = run("check", bank, "--baseline", path)

    assert "media-unused" not in result.output
    assert "1 known fault left out" in result.stderr


@pytest.mark.parametrize("count", ["1" * 4_000, "-1", "0"])
def test_a_baseline_with_any_count_is_used(count: str, make_bank: MakeBank, tmp_path: Path) -> None:
    bank, path = make_bank(), tmp_path / "baseline.json"
    known = '{"demo": {"first": {"missing-id": %s, "no-title": %s}}}' % (count, count)  # noqa: UP031
    path.write_text(f'{{"mcqdeck-baseline": 1, "banks": {known}}}')
    result = run("check", bank, "--baseline", path)

    assert result.exit_code == 0, result.output
