"""`check --fix` and `--diff`: what is certain is fixed, and nothing else is touched."""

from __future__ import annotations

import difflib
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import mcqdeck
from mcqdeck.cli import main
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.project import rewrite_sources
from tests.conftest import IS_ROOT, MakeBank, needs_unix

FAULTY = """# Water

## Which of the gases does  ice not hold?
<!-- level: recall -->

- [X] Neon
- [ ] Air
  > Bubbles of  air are common.
- [ ] Methane
  > Some ice holds it.

Neon hardly dissolves in water.

## boiling-on-a-peak
<!-- choose: 2 -->

At what temperature does water boil on a high mountain?

1. [ ] 100 °C
   > At the
   > level of the sea.
2. [x] 85 °C
3. [ ] 70 °C

At 85 °C, since the air is thin up there.

```text
two  spaces, not [X] fixed
```
"""
FIXED = """# Water

## Which of the gases does ice NOT hold?
<!-- id: which-of-the-gases-does-ice-not-hold-HASH, level: recall -->

- [x] Neon
- [ ] Air
  > Bubbles of air are common.
- [ ] Methane
  > Some ice holds it.

Neon hardly dissolves in water.

## boiling-on-a-peak
<!-- choose: 1 -->

At what temperature does water boil on a high mountain?

1. [ ] 70 °C
2. [x] 85 °C
3. [ ] 100 °C
   > At the
   > level of the sea.

At 85 °C, since the air is thin up there.

```text
two  spaces, not [X] fixed
```
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def ids(bank: Path) -> list[str]:
    return [question.id for question in mcqdeck.load(bank).bank.questions]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_only_the_faults_are_fixed(make_bank: MakeBank, mark: str, end: str) -> None:
    bank = make_bank(chapter="")
    path = bank / "01-chapter.md"
    path.write_bytes((mark + FAULTY).replace("\n", end).encode())
    [derived, named] = ids(bank)

    result = run("--fix", bank)

    assert f"fixed 1 file: {path.as_posix()}" in result.stderr
    wanted = FIXED.replace("which-of-the-gases-does-ice-not-hold-HASH", derived)
    assert path.read_bytes() == (mark + wanted).replace("\n", end).encode()
    assert ids(bank) == [derived, named], "an id is permanent"


def test_a_second_run_finds_nothing_to_mend(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=FAULTY)
    run("--fix", bank)
    before = (bank / "01-chapter.md").read_bytes()

    result = run("--fix", bank)

    assert "nothing that could be fixed with certainty" in result.stderr
    assert (bank / "01-chapter.md").read_bytes() == before


def test_diff_shows_what_fix_would_do_and_writes_nothing(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=FAULTY)

    lines = run("--diff", bank).stdout.splitlines()

    assert (bank / "01-chapter.md").read_text(encoding="utf-8") == FAULTY
    assert "-- [X] Neon" in lines
    assert "+- [x] Neon" in lines
    assert " - [ ] Methane" in lines
    assert lines[0].startswith("--- a/")


def test_only_the_selected_rule_mends(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=FAULTY)

    run("--fix", "--select", "capital-checkbox", bank)

    wanted = FAULTY.replace("- [X] Neon", "- [x] Neon")
    assert (bank / "01-chapter.md").read_text(encoding="utf-8") == wanted


def test_what_is_suppressed_is_not_fixed(make_bank: MakeBank) -> None:
    excused = FAULTY.replace(
        "level: recall", 'level: recall, allow: {capital-checkbox: "as printed"}'
    )
    bank = make_bank(chapter=excused)

    run("--fix", "--select", "capital-checkbox", bank)

    assert (bank / "01-chapter.md").read_text(encoding="utf-8") == excused


def test_numbers_of_a_shuffled_list_stay_where_they_are(make_bank: MakeBank) -> None:
    chapter = FAULTY.replace("1. [", "- [").replace("2. [", "- [").replace("3. [", "- [")
    bank = make_bank(chapter=chapter.replace("   >", "  >"))
    before = (bank / "01-chapter.md").read_bytes()

    run("--fix", "--select", "number-order", bank)

    assert (bank / "01-chapter.md").read_bytes() == before


@pytest.mark.parametrize(
    "words", ["Option 1 is too high.", "(2) is right.", "See the last one.", "B is right."]
)
def test_options_that_a_text_names_by_place_stay_in_place(make_bank: MakeBank, words: str) -> None:
    chapter = FAULTY.replace("At 85 °C, since", f"{words} At 85 °C, since")
    bank = make_bank(chapter=chapter.replace("choose: 2", "choose: 1"))
    before = (bank / "01-chapter.md").read_bytes()

    assert "number-order" in run("--fix", "--select", "number-order", bank).stdout
    assert (bank / "01-chapter.md").read_bytes() == before


def test_versions_have_an_order_of_their_own(make_bank: MakeBank) -> None:
    options = "1. [ ] 1.9\n2. [x] 1.10\n3. [ ] 1.11\n"
    bank = make_bank(chapter=f"# Chapter\n\n## latest\n\nWhich one is newest?\n\n{options}")

    assert "number-order" not in run("--select", "number-order", bank).stdout


def test_a_read_only_file_is_left_alone(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=FAULTY)
    path = bank / "01-chapter.md"
    path.chmod(0o444)

    result = run("--fix", bank)

    assert result.exit_code == 2
    assert "it is read-only" in result.stderr
    assert path.read_text(encoding="utf-8") == FAULTY


@needs_unix
def test_a_link_stays_a_link_and_permissions_stay(make_bank: MakeBank, tmp_path: Path) -> None:
    bank = make_bank(chapter="")
    target = bank / "kept" / "elsewhere.md"
    target.parent.mkdir()
    target.write_text(FAULTY, encoding="utf-8")
    target.chmod(0o640)
    link = bank / "01-chapter.md"
    link.unlink()
    link.symlink_to(target)

    run("--fix", bank)

    assert link.is_symlink()
    assert "- [x] Neon" in target.read_text(encoding="utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_file_that_changed_meanwhile_is_left_alone(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=FAULTY)
    checked = mcqdeck.check([bank])
    path = bank / "01-chapter.md"
    path.write_text(FAULTY + "\nmore\n", encoding="utf-8")

    with pytest.raises(McqdeckError, match="changed while it was being checked"):
        rewrite_sources(checked.texts, {path.as_posix(): b"# Other\n"})
    assert path.read_text(encoding="utf-8") == FAULTY + "\nmore\n"


def test_a_save_while_others_are_written_is_not_lost(
    make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank(chapter=FAULTY, **{"02-other.md": FAULTY})
    first, last = bank / "01-chapter.md", bank / "02-other.md"
    before = {path.as_posix(): path.read_bytes() for path in (first, last)}
    flush = os.fsync

    def saved_meanwhile(descriptor: int) -> None:
        first.write_text("mine\n", encoding="utf-8")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    with pytest.raises(McqdeckError, match=r"01-chapter\.md: changed while it was being checked"):
        rewrite_sources(before, dict.fromkeys(before, b"# Other\n"))

    assert first.read_text(encoding="utf-8") == "mine\n"
    assert last.read_text(encoding="utf-8") == FAULTY
    assert len([*bank.iterdir()]) == 3


@needs_unix
@pytest.mark.skipif(IS_ROOT, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_has_exit_status_2(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=FAULTY)
    bank.chmod(0o500)
    try:
        result = run("--fix", bank)
    finally:
        bank.chmod(0o700)

    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert (bank / "01-chapter.md").read_text(encoding="utf-8") == FAULTY


@pytest.mark.parametrize("arguments", [["--diff"], ["--fix", "--diff"], ["--diff", "--fix"]])
def test_diff_shows_all_that_fix_would_write(make_bank: MakeBank, arguments: list[str]) -> None:
    bank = make_bank(chapter=FAULTY)

    shown = run(*arguments, bank).stdout

    assert (bank / "01-chapter.md").read_text(encoding="utf-8") == FAULTY
    run("--fix", bank)
    fixed = (bank / "01-chapter.md").read_text(encoding="utf-8")
    wanted = difflib.unified_diff(FAULTY.split("\n"), fixed.split("\n"), lineterm="", n=3)
    assert shown.splitlines()[2:] == list(wanted)[2:]
