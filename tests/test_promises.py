"""What the page promises for 1.0.0 is so already."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import mcqdeck
from mcqdeck.report import verification as verification_report
from tests.conftest import CHAPTER, MakeBank
from tests.test_cli import run
from tests.test_verification_report import LOSS, verification

PAGE = (Path(__file__).parents[1] / "docs" / "promises.md").read_text(encoding="utf-8")
BROKEN = CHAPTER.replace("[x]", "[ ]")


def promised(output: str) -> list[str]:
    """The keys that the page names for an output."""
    ((shape,),) = [
        re.findall(r"\| (.*) \|$", line)
        for line in PAGE.splitlines()
        if line.startswith(f"| {output} |")
    ]
    return re.findall(r"`(\w+)`", shape.partition(" with ")[2])


def keys(text: str) -> list[str]:
    value: Any = json.loads(text)
    return list(value[0] if isinstance(value, list) else value)


def test_the_keys_of_check(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=BROKEN)

    assert keys(run("check", bank, "--format", "json").stdout) == promised("`check --format json`")
    assert keys(run("check", bank, "--statistics", "--format", "json").stdout) == promised(
        "`check --statistics --format json`"
    )
    assert json.loads(run("check", bank, "--format", "sarif").stdout)["version"] == "2.1.0"
    assert "SARIF 2.1.0" in PAGE


def test_the_keys_of_diff(make_bank: MakeBank, tmp_path: Path) -> None:
    bank = make_bank()
    for name in ("old", "new"):
        assert run("build", bank, "-o", tmp_path / name).exit_code == 0
        chapter = bank / "01-chapter.md"
        chapter.write_text(CHAPTER.replace("What do bees", "Say what bees"), encoding="utf-8")
    packages = [tmp_path / name / "demo.apkg" for name in ("old", "new")]

    told = run("diff", *packages, "--format", "json").stdout

    assert keys(told) == promised("`diff --format json`")
    assert list(json.loads(told)["changes"][0]) == promised("… each of `changes`")
    assert run("diff", *packages, "--exit-code").exit_code == 1


def test_the_keys_of_verify() -> None:
    told = verification_report.verification_as_json(verification(LOSS))

    assert keys(told) == promised("`verify --format json`")
    assert list(json.loads(told)["found"][0]) == promised("… each of `found`")


def test_the_exit_statuses(make_bank: MakeBank, tmp_path: Path) -> None:
    good, bad = make_bank("good"), make_bank("bad", BROKEN)
    output = ("-o", tmp_path / "decks")

    assert run("check", good).exit_code == 0
    assert run("check", bad).exit_code == 1
    assert run("build", bad, *output).exit_code == 1
    assert run("build", good, *output, "--check").exit_code == 1
    assert run("build", good, *output).exit_code == 0
    assert run("build", good, *output, "--check").exit_code == 0
    assert run("export", bad, "--to", "csv", "-o", tmp_path / "bad.csv").exit_code == 1
    assert run("site", bad, "-o", tmp_path / "site").exit_code == 1
    essay = tmp_path / "essay.gift"
    essay.write_text("::Bees:: What do bees make? {}\n", encoding="utf-8")
    assert run("import", essay, "-o", tmp_path / "new").exit_code == 1
    wide = make_bank("wide", CHAPTER.replace("What do bees", "What  do   bees"))
    assert run("fmt", wide, "--check").exit_code == 1
    assert run("fmt", wide).exit_code == 0
    assert run("diff", tmp_path / "no.apkg", tmp_path / "no.apkg").exit_code == 2
    assert run("check", "--no-such-option").exit_code == 2
    assert re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE) == ["0", "1", "2", "130", "141"]


def test_a_program_can_name_what_it_gets_from_the_python_face(make_bank: MakeBank) -> None:
    reading: mcqdeck.Reading = mcqdeck.load(make_bank())
    bank: mcqdeck.Bank = reading.bank
    question: mcqdeck.Question = bank.chapters[0].questions[0]
    option: mcqdeck.Option = question.options[0]
    stem: mcqdeck.Passage = question.stem
    checked: mcqdeck.Checked = mcqdeck.check([Path(bank.folder)])
    diagnostics: tuple[mcqdeck.Diagnostic, ...] = checked.diagnostics
    packages: tuple[mcqdeck.Built, ...] = mcqdeck.build(checked, Path(bank.folder) / "decks")

    assert isinstance(option.where, mcqdeck.Place)
    assert stem.shown == "What do bees make from nectar?"
    assert mcqdeck.Severity.ERROR not in [diagnostic.severity for diagnostic in diagnostics]
    assert packages[0].questions == checked.questions
    with pytest.raises(mcqdeck.McqdeckError):
        mcqdeck.load(Path(bank.folder) / "none")
    assert set(mcqdeck.__all__) <= set(dir(mcqdeck))


def test_the_examples_for_python_run(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_bank("my-exam")
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)

    exec("".join(blocks), {})

    assert len(blocks) == 2
    assert (tmp_path / "decks" / "my-exam.apkg").exists()


def test_the_python_face() -> None:
    named = re.findall(r"`mcqdeck\.(\w+)`", PAGE)

    assert sorted([*named, "__version__"]) == sorted(mcqdeck.__all__)
    script = (
        "import mcqdeck; print(*(callable(getattr(mcqdeck, each)) for each in mcqdeck.__all__))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split().count("True") == len(named)
