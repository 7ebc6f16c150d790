"""Names and texts that others wrote are seen, and obeyed by no terminal and no log."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mcqdeck.cli import main
from mcqdeck.report import visible
from tests.conftest import CHAPTER, DECK_TOML, MakeBank
from tests.test_cli import run_on_terminal

BROKEN = CHAPTER.replace("[x]", "[ ]")
ESC, OSC, C1 = "\x1b[2J", "\x1b]0;owned\x07", "\x9b2J"
EVIL = {
    "newline and command": "x\n::error file=README.md,line=1::pwned.md",
    "carriage return": "x\r::error::pwned.md",
    "command at the start": "::error file=README.md,line=1::pwned.md",
    "command of the old kind": "x ##[error]pwned.md",
    "command of another server": "##vso[task.setvariable variable=x]y.md",
    "escape": f"x{ESC}.md",
    "title of the window": f"x{OSC}.md",
    "control in the second half": f"x{C1}.md",
    "from right to left": "x\u202edm.md",
    "line separator": "x\u2028::error::y.md",
    "no UTF-8": "x\udcff.md",
}
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ud800-\udfff]")
COMMANDS = ("error", "warning", "notice", "stop-commands", "add-mask", "group")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(line) for line in arguments])


def assert_nobody_obeys(output: str, *, ours: int = 0) -> None:
    """Nothing but so many commands of our own is for a log, nothing at all for a terminal."""
    assert not OBEYED.search(output), output
    lines = [line.strip() for line in output.split("\n")]
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == ours, output
    assert not re.search(r"##[a-z]*\[", output)


def bank_with(make_bank: MakeBank, name: str) -> Path:
    """A bank with a faulty chapter that has an evil name, in the current folder."""
    bank = make_bank()
    (bank / name).write_text(BROKEN)
    return bank


@pytest.mark.parametrize("name", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_the_name_of_a_chapter_gives_no_orders(
    form: str, name: str, make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bank_with(make_bank, name))
    result = run("check", "--format", form)

    assert result.exit_code == 1, result.output
    fault = "bad-file-name" if "\udcff" in name else "no-correct-option"
    assert fault in result.stdout
    count = len([line for line in result.stdout.split("\n") if line.startswith("::")])
    assert_nobody_obeys(result.stdout, ours=count if form == "github" else 0)
    if form == "github":
        assert all(
            re.match(r"::(error|warning|notice) file=[^\n]*::", line)
            for line in result.stdout.split("\n")
            if line.startswith("::")
        )
    if form in ("json", "sarif"):
        result.stdout.encode("utf-8")
        assert json.loads(result.stdout)


def test_json_gives_a_name_as_it_is(make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch) -> None:
    name = EVIL["escape"]
    monkeypatch.chdir(bank_with(make_bank, name))
    faults = json.loads(run("check", "--format", "json").stdout)

    assert name in [fault["path"] for fault in faults]


def test_a_name_that_is_seen_can_be_told_from_others(
    make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bank_with(make_bank, EVIL["no UTF-8"]))

    assert "\nx\\xff.md:" in "\n" + run("check").stdout


@pytest.mark.parametrize("name", EVIL.values(), ids=EVIL)
def test_what_is_no_bank_gives_no_orders(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(f"{name}.txt").write_text("", encoding="utf-8")
    Path(name).mkdir()

    for arguments in (
        ["check", f"{name}.txt"],
        ["check", "--", name],
        ["build", name],
        ["diff", name, name],
        ["check", f"--{name}"],
        ["build", "--previous", name],
        ["check", "--baseline", name],
        [name],
        ["check", "--format", name],
        ["check", "--select", name],
        ["build", "-o", f"{name}.txt"],
    ):
        result = run(*arguments)
        assert result.exit_code == 2, result.output
        assert_nobody_obeys(result.output)


@pytest.mark.parametrize("name", EVIL.values(), ids=EVIL)
def test_a_build_in_a_folder_of_such_a_name_gives_no_orders(
    name: str, make_bank: MakeBank, tmp_path: Path
) -> None:
    bank = make_bank()
    for _ in range(2):
        result = run("build", bank, "-o", tmp_path / name)
        assert result.exit_code == 0, result.output
        assert_nobody_obeys(result.output)


def test_the_title_of_a_bank_gives_no_orders(make_bank: MakeBank, tmp_path: Path) -> None:
    toml = 'id = "demo"\ntitle = "De\\u001b[2Jmo ##[error]x"\n'
    result = run("build", make_bank(**{"deck.toml": toml}), "-o", tmp_path)

    assert r"De\x1b[2Jmo" in result.stdout
    assert_nobody_obeys(result.output)


@pytest.mark.parametrize("name", ["[/b]", "[bold red]x", f"{ESC}x"])
def test_a_folder_with_the_name_of_a_style_is_no_style(
    name: str, make_bank: MakeBank, tmp_path: Path
) -> None:
    bank = make_bank(f"{name}/demo")
    output = run_on_terminal("check", bank)

    assert "no faults found" in output
    assert ESC not in output.replace("\x1b[2K", "")


def test_a_difference_is_given_as_it_is_to_other_programs_and_seen_on_a_terminal(
    make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = CHAPTER.replace("Bees thicken", f"::error::x\n{ESC}\nBees  thicken")
    bank = make_bank(chapter=chapter)

    command = [sys.executable, "-m", "mcqdeck", "check", "--diff", str(bank)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f" {ESC}\n" in done.stdout
    assert ESC not in run_on_terminal("check", "--diff", bank)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = run("check", "--diff", bank).stdout.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    assert re.fullmatch("[0-9a-f]{32}", token)
    assert lines[-1] == f"::{token}::"


def test_an_encoding_that_lacks_a_sign_is_no_traceback(make_bank: MakeBank) -> None:
    chapter = f"{BROKEN}\n### Бджоли 🐝\n"
    bank = make_bank("é", chapter=chapter, **{"deck.toml": DECK_TOML})
    for form in ("text", "json", "sarif", "github"):
        done = subprocess.run(
            [sys.executable, "-m", "mcqdeck", "check", "--format", form, str(bank)],
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        # As text, a check says that there is no last release to compare with.
        assert done.stderr.count(b"\n") == (form == "text")
        assert b"Traceback" not in done.stderr
        if form in ("json", "sarif"):
            assert json.loads(done.stdout.decode("utf-8"))


@given(st.text(st.characters() | st.sampled_from(":#[\x1b\n"), max_size=20))
def test_any_text_is_one_visible_line(text: str) -> None:
    shown = visible(text)

    assert_nobody_obeys(shown)
    assert "\n" not in shown
    shown.encode("utf-8")
    assert visible(shown) == shown


@pytest.mark.parametrize(
    "text", ["Größe", "日本語", "می‌خواهم", "👩‍🔬 x", "a: b", "# 1 [x]", "\u3000"]
)
def test_what_people_read_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("name", EVIL.values(), ids=EVIL)
def test_the_name_of_a_chapter_gives_no_orders_to_a_terminal(
    name: str, make_bank: MakeBank
) -> None:
    output = run_on_terminal("check", bank_with(make_bank, name), NO_COLOR="1")

    ours = re.compile(r"\x1b\[\??[0-9;]*[A-Za-z]|\r")  # bold, and a bar that leaves no trace
    assert not OBEYED.search(ours.sub("", output)), output
    assert ESC not in output.replace("\x1b[2K", "")
