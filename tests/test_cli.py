"""The commands as a person runs them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mcqdeck import __version__
from mcqdeck.cli import main
from tests.conftest import CHAPTER, DECK_TOML, IS_ROOT, OTHER_CHAPTER, MakeBank, needs_unix

BROKEN = CHAPTER.replace("[x]", "[ ]")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def run_on_terminal(*arguments: str | Path, **environment: str) -> str:
    """The output of a fresh process that has a terminal of 80 columns."""
    pty = pytest.importorskip(
        "pty", reason="only Unix has terminals that a test can be", exc_type=ImportError
    )
    command = [sys.executable, "-m", "mcqdeck", *map(str, arguments)]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update({"TERM": "xterm-256color", "COLUMNS": "80", **environment})
        os.execv(command[0], command)
    output = b""
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:
            break
        if not piece:
            break
        output += piece
    os.waitpid(child, 0)
    return output.decode()


def test_version() -> None:
    assert run("--version").stdout == f"mcqdeck, version {__version__}\n"


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mcqdeck", "--version"], capture_output=True, text=True, check=True
    )

    assert __version__ in done.stdout


@pytest.mark.parametrize(
    "command", [[], ["check"], ["build"], ["init"], ["fmt"], ["rename"], ["stats"]]
)
def test_help_has_examples(command: list[str]) -> None:
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"mcqdeck {' '.join(command)}".strip() in result.stdout


def test_check_of_a_good_bank(make_bank: MakeBank) -> None:
    result = run("check", make_bank())

    assert result.stdout == "1 question in 1 chapter: no faults found\n"
    assert result.exit_code == 0


def test_check_of_a_bad_bank_has_exit_status_1_and_writes_to_stdout(make_bank: MakeBank) -> None:
    result = run("check", make_bank(chapter=BROKEN))

    assert "error[no-correct-option]" in result.stdout
    assert "error" not in result.stderr
    assert result.exit_code == 1


def test_a_warning_is_no_error(make_bank: MakeBank) -> None:
    result = run("check", make_bank(chapter=CHAPTER.replace("## first", "## Which is first?")))

    assert "warning[missing-id]" in result.stdout
    assert result.exit_code == 0


def test_check_as_json(make_bank: MakeBank) -> None:
    result = run("check", "--format", "json", make_bank(chapter=BROKEN))

    (fault,) = json.loads(result.stdout)
    assert list(fault) == ["path", "line", "column", "severity", "name", "message", "help"]
    assert (fault["line"], fault["column"], fault["severity"]) == (8, 1, "error")
    assert result.exit_code == 1


def test_check_as_json_of_a_good_bank_is_an_empty_list(make_bank: MakeBank) -> None:
    assert json.loads(run("check", "--format", "json", make_bank()).stdout) == []


def test_check_takes_several_banks_folders_of_banks_and_chapters(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    make_bank("one", BROKEN)
    make_bank("two", BROKEN)
    alone = tmp_path / "alone.md"
    alone.write_text(BROKEN)

    assert run("check", tmp_path / "one", tmp_path / "two").stdout.count("error[") == 2
    assert run("check", tmp_path / "one" / "deck.toml").stdout.count("error[") == 1
    assert run("check", alone, tmp_path / "one" / "01-chapter.md").stdout.count("error[") == 2


def test_a_folder_of_banks_means_each_of_them(make_bank: MakeBank, tmp_path: Path) -> None:
    make_bank("source/one")
    make_bank("source/two", OTHER_CHAPTER)

    assert run("check", tmp_path / "source").stdout.startswith("2 questions in 2 chapters")


def test_check_of_a_chapter_shows_that_chapter_only_but_knows_its_bank(
    make_bank: MakeBank,
) -> None:
    bank = make_bank(**{"02-other.md": BROKEN})

    result = run("check", bank / "01-chapter.md")
    other = run("check", bank / "02-other.md")

    assert "error" not in result.stdout
    assert "no-correct-option" in other.stdout
    assert "duplicate-id" in other.stdout


def test_without_a_bank_the_current_folder_or_source_is_meant(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank("source/one")

    monkeypatch.chdir(bank)
    assert run("check").exit_code == 0
    monkeypatch.chdir(tmp_path)
    assert run("check").stdout.startswith("1 question")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    nothing = run("check")
    assert nothing.exit_code == 2
    assert "mcqdeck init" in nothing.stderr


@pytest.mark.parametrize("command", ["check", "build"])
def test_what_does_not_exist_has_exit_status_2_and_one_line(command: str, tmp_path: Path) -> None:
    result = run(command, tmp_path / "nowhere")

    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "no such file or folder" in result.stderr


@pytest.mark.skipif(IS_ROOT, reason="root reads everything")
def test_an_unreadable_file_has_exit_status_2(make_bank: MakeBank) -> None:
    bank = make_bank()
    (bank / "01-chapter.md").chmod(0)

    result = run("check", bank)

    assert result.exit_code == 2
    assert "01-chapter.md: cannot be read" in result.stderr


def test_build_says_what_it_built(make_bank: MakeBank, tmp_path: Path) -> None:
    result = run("build", make_bank(), "-o", tmp_path / "decks")

    package = tmp_path / "decks" / "demo.apkg"
    line = re.escape(f"{package}: Demo, 1 question, 2 cards, 1 chapter (")
    counts, note = result.stdout.splitlines()
    assert re.fullmatch(line + r"\d+ kB, \d+\.\d s\)", counts)
    assert "first release" in note
    assert result.stderr == ""
    assert package.exists()


def test_build_with_errors_shows_all_of_them_and_writes_nothing(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    good, bad = make_bank("good"), make_bank("bad", BROKEN)

    result = run("build", good, bad, "-o", tmp_path / "decks")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "no-correct-option" in result.stderr
    assert "nothing was written" in result.stderr
    assert not (tmp_path / "decks").exists()


def test_build_of_a_chapter_is_refused(make_bank: MakeBank) -> None:
    result = run("build", make_bank() / "01-chapter.md")

    assert result.exit_code == 2
    assert "is a chapter" in result.stderr


def test_two_banks_with_one_id_are_an_error(make_bank: MakeBank, tmp_path: Path) -> None:
    one = make_bank("one")
    two = make_bank("two", OTHER_CHAPTER, **{"deck.toml": 'id = "one"\ntitle = "Two"\n'})

    result = run("build", one, two, "-o", tmp_path / "decks")

    assert result.exit_code == 1
    assert "two/deck.toml:1:1: error[duplicate-id]" in result.stderr


def test_an_output_that_cannot_be_written_has_exit_status_2(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")

    result = run("build", make_bank(), "-o", tmp_path / "file" / "decks")

    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "cannot be written" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_full_disk_has_exit_status_2_and_leaves_the_old_package(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank, package = make_bank(), tmp_path / "decks" / "demo.apkg"
    run("build", bank, "-o", package.parent)
    before = package.read_bytes()
    changed = CHAPTER.replace("What do bees", "What do honeybees")
    (bank / "01-chapter.md").write_text(changed)
    opened = Path.open

    def full(path: Path, mode: str = "r", **options: Any) -> object:
        return opened(Path("/dev/full"), "wb") if "x" in mode else opened(path, mode, **options)

    monkeypatch.setattr(Path, "open", full)

    result = run("build", bank, "-o", package.parent)

    monkeypatch.undo()
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert package.read_bytes() == before
    assert [path.name for path in package.parent.iterdir()] == ["demo.apkg"]


@pytest.mark.parametrize("value", ["soon", "0", "99999999999", "-1"])
def test_a_bad_time_has_exit_status_2(
    value: str, make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    result = run("build", make_bank(), "-o", tmp_path / "decks")

    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr


def test_init_leaves_a_folder_with_anything_in_it_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    result = run("init", tmp_path)

    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_an_output_that_nobody_can_take_has_exit_status_2(make_bank: MakeBank) -> None:
    command = [sys.executable, "-m", "mcqdeck", "check", str(make_bank())]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr == "mcqdeck: the output cannot be written: No space left on device\n"


def test_one_bank_by_two_paths_is_one_bank(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank()
    monkeypatch.chdir(tmp_path)

    assert run("check", "demo", bank).stdout == "1 question in 1 chapter: no faults found\n"


@needs_unix
@pytest.mark.parametrize("to_both", [False, True])
@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("check", "--list-rules"), ("import", "--list-formats"), ("check", "bank")],
)
def test_an_output_that_nobody_reads_ends_in_silence(
    make_bank: MakeBank, tmp_path: Path, arguments: tuple[str, ...], *, to_both: bool
) -> None:
    make_bank("bank", BROKEN)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "mcqdeck", *arguments],
        cwd=tmp_path,
        stdout=writer,
        stderr=writer if to_both else subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert done.returncode == 141
    assert not done.stderr


def test_a_command_that_is_nearly_right_is_suggested() -> None:
    assert "Did you mean 'check'?" in run("chekc").stderr
    assert "Did you mean" not in run("xyzzy").stderr
    assert run("chekc").exit_code == run("xyzzy").exit_code == 2


def test_the_list_of_commands_cuts_none_short() -> None:
    commands = run("--help").stdout.partition("Commands:")[2].partition("Examples:")[0]

    assert len(commands.split("\n  ")) > 12
    assert "..." not in commands


def test_the_name_of_a_package_is_no_folder_for_packages(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    named = run("build", make_bank("bank"), "-o", tmp_path / "exam.apkg")
    (tmp_path / "old.apkg").mkdir()

    assert named.exit_code == 2
    assert "-o takes the folder" in " ".join(named.stderr.split())
    assert not (tmp_path / "exam.apkg").exists()
    assert run("build", tmp_path / "bank", "-o", tmp_path / "old.apkg").exit_code == 0


def test_a_pipe_gets_plain_lines(make_bank: MakeBank) -> None:
    result = run("check", make_bank(chapter=BROKEN))

    assert "\x1b" not in result.stdout
    assert "^" not in result.stdout


def test_a_terminal_gets_colours_and_a_caret_under_the_fault(make_bank: MakeBank) -> None:
    chapter = CHAPTER.replace("What do bees make from nectar?", "日本語 What? **Choose three**")

    output = run_on_terminal("check", make_bank(chapter=chapter))

    assert "\x1b[1;31merror[choose-mismatch]" in output
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", output).replace("\r", "")
    lines = plain.splitlines()
    caret = next(line for line in lines if set(line.strip()) == {"^"})
    source = lines[lines.index(caret) - 1]
    wide = 3
    assert len(caret) - len(caret.lstrip()) == source.index("three") + wide
    assert caret.strip() == "^" * len("three")


def test_no_color_is_honoured_on_a_terminal(make_bank: MakeBank) -> None:
    output = run_on_terminal("check", make_bank(chapter=BROKEN), NO_COLOR="1")

    assert "error[no-correct-option]" in output
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", output)


def test_a_terminal_sees_a_progress_bar_and_keeps_no_trace_of_it(make_bank: MakeBank) -> None:
    output = run_on_terminal("check", make_bank())

    assert "Checking" in output
    assert "━" not in output.rpartition("no faults found")[2]
    assert output.rstrip().endswith("decks/demo.apkg")


def test_text_from_a_source_cannot_steer_the_terminal(make_bank: MakeBank) -> None:
    chapter = CHAPTER.replace("What do", "\x1b[2J\x07 What do").replace("[x]", "[ ]")

    output = run_on_terminal("check", make_bank(chapter=chapter + "\n### \x1b[2JNotes\n"))

    assert "\x1b[2J" not in output
    assert "\x07" not in output


@needs_unix
class TestInterrupt:
    """Ctrl-C ends a run in one line, whatever is under way."""

    @pytest.mark.parametrize(
        "module",
        [
            "mcqdeck.cli",
            "click",
            "mcqdeck.cli.build",
            "mcqdeck.report",
            "nh3",
            "genanki",  # is loaded in the middle of a build
        ],
    )
    def test_while_modules_load_and_a_bank_is_built(self, module: str, make_bank: MakeBank) -> None:
        bank = make_bank()
        script = f"""
import os, signal, sys

class Press:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Press())
from mcqdeck.__main__ import main
main()
"""
        done = subprocess.run(
            [sys.executable, "-c", script, "build", bank, "-o", bank / "out"],
            capture_output=True,
            text=True,
            check=False,
        )

        assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")
        assert not (bank / "out").exists()

    def test_a_process_that_shall_hear_none_hears_none(self, make_bank: MakeBank) -> None:
        script = """
import os, signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from mcqdeck.__main__ import main
import mcqdeck.cli
os.kill(os.getpid(), signal.SIGINT)
main()
"""
        done = subprocess.run(
            [sys.executable, "-c", script, "check", make_bank() / "01-chapter.md"],
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0
        assert done.stderr == ""


class TestNoColor:
    """`NO_COLOR` means text and nothing else: https://no-color.org."""

    @pytest.mark.parametrize("command", [["check"], ["build", "-o", "out"]])
    def test_it_means_no_bold_and_no_bar_either(
        self, make_bank: MakeBank, command: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bank = make_bank(chapter=BROKEN)
        monkeypatch.chdir(bank)

        output = run_on_terminal(*command, NO_COLOR="1")

        assert "error[no-correct-option]" in output
        assert "^" in output  # a caret is no colour
        assert "\x1b" not in output

    def test_an_empty_value_asks_for_nothing(self, make_bank: MakeBank) -> None:
        assert "\x1b[1;31m" in run_on_terminal("check", make_bank(chapter=BROKEN), NO_COLOR="")


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", [[], ["check"], ["build"], ["init"], ["diff"], ["verify"]])
def test_help_is_a_letter_away(command: list[str], option: str) -> None:
    result = run(*command, option)

    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", ""],
        ["check", " "],
        ["check", "--baseline", ""],
        ["check", "--write-baseline", ""],
        ["build", ""],
        ["build", "-o", ""],
        ["build", "--previous", ""],
        ["init", ""],
        ["diff", "", "x.apkg"],
        ["diff", "x.apkg", ""],
        ["verify", ""],
        ["verify", "x.apkg", ""],
    ],
    ids=" ".join,
)
def test_an_empty_path_is_refused(
    arguments: list[str], make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a variable that was not set; Python would take it for the current folder."""
    bank = make_bank()
    monkeypatch.chdir(bank)
    before = sorted(bank.rglob("*"))

    result = run(*arguments)

    assert result.exit_code == 2
    assert re.search("path is empty|names no file", result.stderr)
    assert sorted(bank.rglob("*")) == before


class TestBanksHere:
    """Which banks are meant where none is named."""

    def test_a_bank_one_folder_below_is_found(
        self, make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(make_bank(chapter=BROKEN).parent)

        assert run("check").stdout.startswith("demo/01-chapter.md:8:1: error[no-correct-option]")

    def test_several_are_named(self, make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch) -> None:
        make_bank("one")
        monkeypatch.chdir(make_bank("two").parent)

        result = run("check")

        assert result.exit_code == 2
        assert "several banks below this folder; name one: one, two." in result.stderr

    def test_without_any_it_says_where_it_looked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)

        result = run("check")

        assert result.exit_code == 2
        for place in ("no bank here", "source/", "in a folder below", "mcqdeck init"):
            assert place in " ".join(result.stderr.split())

    def test_in_a_folder_of_a_bank_it_names_the_bank(
        self, make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        below = make_bank() / "media" / "drawings"
        below.mkdir(parents=True)
        monkeypatch.chdir(below)

        result = run("check")

        assert result.exit_code == 2
        assert "this folder lies in one; name it: ../.." in result.stderr


class TestDecks:
    """Where packages go, and where the last release is looked for, if nobody says."""

    @pytest.fixture
    def project(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
        """Makes a bank in a folder, and goes to another."""

        def project(bank: str, here: str) -> None:
            (tmp_path / bank).mkdir(parents=True)
            (tmp_path / bank / "deck.toml").write_text(DECK_TOML)
            (tmp_path / bank / "01.md").write_text(CHAPTER)
            (tmp_path / "elsewhere").mkdir()
            monkeypatch.chdir(tmp_path / here)

        return project

    @pytest.mark.parametrize(
        ("bank", "here", "named", "written"),
        [
            ("demo", ".", "demo", "decks/demo.apkg"),
            ("demo", "demo", ".", "../decks/demo.apkg"),
            ("source/demo", ".", "source/demo", "decks/demo.apkg"),
            ("source/demo", "source", "demo", "../decks/demo.apkg"),
            ("source/demo", "source/demo", ".", "../../decks/demo.apkg"),
            ("source/demo", "elsewhere", "../source/demo", "../decks/demo.apkg"),
        ],
    )
    def test_they_are_those_of_the_banks_project(
        self, bank: str, here: str, named: str, written: str, project: Callable[..., None]
    ) -> None:
        project(bank, here)

        first, second = run("build", named), run("build", named)

        assert first.stdout.startswith(f"{written}: Demo, ")
        assert first.stdout.endswith(f"first release: {written} was not there to compare with\n")
        assert second.stdout == f"{written}: nothing changed\n"
        assert Path(written).is_file()

    def test_a_release_that_lies_here_and_not_there_stops_the_build(
        self, make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bank, here = make_bank("project/demo"), tmp_path / "here"
        here.mkdir()
        monkeypatch.chdir(here)
        assert run("build", bank, "-o", "decks").exit_code == 0

        result = run("build", bank)

        assert result.exit_code == 2
        assert "say with `-o decks` that it is the last release" in " ".join(result.stderr.split())
        assert run("build", bank, "-o", "decks").stdout == "decks/demo.apkg: nothing changed\n"
        assert not (tmp_path / "project" / "decks").exists()

    def test_init_names_the_place_where_build_writes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)

        made = run("init", "My Exam")

        command = re.search(r"run `mcqdeck ([^`]+)`, which writes (\S+)", made.stdout)
        assert command
        result = run(*shlex.split(command[1]))
        assert result.exit_code == 0, result.output
        assert Path(command[2]).is_file()
