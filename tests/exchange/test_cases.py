"""Each file of `cases/` is read as the text beside it says: what came in, what did not, and why.

With `MCQDECK_ACCEPT=1` in the environment the texts are written again, for review in the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.diagnostic import Severity

CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.rglob("*") if path.is_file() and path.suffix != ".expected")
# What an import may leave to an author: a key that the source lacks, a file, or a doubtful stem.
LEFT_TO_THE_AUTHOR = {
    "no-correct-option",
    "media-missing",
    "lettered-options",
    "duplicate-question",
}


def told(path: Path, bank: Path) -> str:
    """All that an import of the file says and writes."""
    source = exchange.Source(path.name, path.read_bytes(), {})
    form = exchange.recognised(source)
    contents = exchange.read(source, form)
    plan = conversion.plan_import([contents], bank)
    conversion.carry_out(plan, bank)
    lines = [f"form: {form.name}", *exchange.account.in_full(plan)]
    lines += exchange.account.in_short(plan, "bank", is_dry=True)
    for name in sorted(plan.files):
        data = plan.files[name]
        shown = data.decode() if name.endswith((".md", ".toml", ".css")) else f"{len(data)} bytes\n"
        lines += ["", f"--- {name}", shown.rstrip("\n")]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).as_posix())
def test_a_case_is_read_as_it_should_be(path: Path, tmp_path: Path) -> None:
    expected = path.with_name(path.name + ".expected")

    text = told(path, tmp_path / "bank")

    if os.environ.get("MCQDECK_ACCEPT"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).as_posix())
def test_what_a_case_becomes_checks_but_for_what_the_source_lacks(
    path: Path, tmp_path: Path
) -> None:
    bank = tmp_path / "bank"
    told(path, bank)

    diagnostics = mcqdeck.check([bank]).diagnostics

    errors = {
        diagnostic.name for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR
    }
    assert errors <= LEFT_TO_THE_AUTHOR


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).as_posix())
def test_a_second_import_of_a_case_adds_nothing(path: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    told(path, bank)
    source = exchange.Source(path.name, path.read_bytes(), {})
    contents = exchange.read(source, exchange.recognised(source))

    plan = conversion.plan_import([contents], bank)

    assert plan.new == ()
    assert dict(plan.files) == {}
    assert plan.count == contents.count


def test_every_form_that_can_be_read_from_text_has_a_case() -> None:
    recognised = {
        exchange.recognised(exchange.Source(path.name, path.read_bytes(), {})).name
        for path in FILES
    }

    readable = {form.name for form in exchange.FORMATS if form.read and form.is_text}
    assert readable - {"tsv"} == recognised
