"""Every diagnostic has a source that provokes it, and the exact text that `check` prints for it.

A case is about one name, so `check --select` keeps the advice of others out of it.

What needs an earlier release, and so shows in `build` only, is in `test_release.py`; what needs
files that not every system can have is in `test_folder.py`.
"""

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from mcqdeck.cli import main
from mcqdeck.project import CATALOGUE
from mcqdeck.read import folder

CASES = Path(__file__).parent / "cases"
REASONS = CASES / "reasons.toml"
EXPECTED = sorted(CASES.glob("*.txt"))
BUILD_ONLY = {"vanished-id", "vanished-flashcard"}
IN_TEST_FOLDER = {rule.name for rule in folder.MISTAKES}
"""What needs files that not every system can have."""
NAMES = [rule.name for rule in CATALOGUE if rule.name not in BUILD_ONLY | IN_TEST_FOLDER]


def source_of(expected: Path) -> Path:
    chapter = expected.with_suffix(".md")
    return chapter if chapter.exists() else expected.with_suffix("")


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_check_prints_what_the_case_expects(
    expected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)

    result = CliRunner().invoke(
        main, ["check", "--select", expected.stem, source_of(expected).name]
    )

    assert result.output == expected.read_text(encoding="utf-8")
    assert result.exit_code == (1 if ": error[" in result.output else 0)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_a_case_that_provokes_it(name: str) -> None:
    expected = CASES / f"{name}.txt"

    assert f"[{name}]: " in expected.read_text(encoding="utf-8")


def test_every_case_and_every_source_belongs_to_a_name() -> None:
    stems = {path.stem if path.is_file() else path.name for path in CASES.iterdir()}

    assert stems - {"good", REASONS.stem} == set(NAMES)


def test_every_case_says_in_a_line_of_its_own_why_it_is_as_it_is() -> None:
    """Beside the cases: a line in a case would be part of its source, and move its places."""
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))

    assert list(reasons) == sorted(NAMES)
    for name, reason in reasons.items():
        assert re.fullmatch(r"\S.{8,110}\S", reason), name
        assert not reason.endswith("."), name


@pytest.mark.parametrize("name", NAMES)
def test_the_fixed_source_of_every_name_has_no_fault(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES / "good")
    source = f"{name}.md" if Path(f"{name}.md").exists() else name

    result = CliRunner().invoke(main, ["check", "--select", name, source])

    assert result.output.endswith("no faults found\n")


def test_what_is_generated_is_what_the_code_and_the_cases_say() -> None:
    script = CASES.parents[1] / "docs" / "generate.py"
    pages: dict[Path, str] = runpy.run_path(str(script))["pages"]()

    for path, text in pages.items():
        assert path.read_text(encoding="utf-8") == text, "run `make docs` and read the difference"


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.name)
def test_every_rule_says_why_it_hurts_and_what_to_write(rule: object) -> None:
    docstring = rule.function.__doc__ or ""  # type: ignore[attr-defined]
    why, _, what = docstring.partition("\n\n")

    assert why.strip().endswith(".")
    assert what.strip().endswith(".")


def test_no_two_rules_share_a_name() -> None:
    assert len({rule.name for rule in CATALOGUE}) == len(CATALOGUE)
