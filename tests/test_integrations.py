"""The hook, the action and the page about them work as they say."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from mcqdeck import __version__
from tests.conftest import CHAPTER, OTHER_CHAPTER, MakeBank
from tests.programs import needs
from tests.test_cli import run, run_on_terminal

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "integrations.md").read_text(encoding="utf-8")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
BROKEN = CHAPTER.replace("[x]", "[ ]")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def path_with_command(tmp_path: Path) -> str:
    """A PATH on which `mcqdeck` is the command under test."""
    if os.name != "posix":
        pytest.skip("the scripts are those of a Unix shell")
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "mcqdeck"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m mcqdeck "$@"\n')
    command.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_the_hook_checks_all_banks_whatever_was_staged(
    make_bank: MakeBank, tmp_path: Path, path_with_command: str
) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    make_bank("repository/source/one", **{"README.md": "No chapter.\n"})
    config = 'id = "two"\ntitle = "Two"\n[rules]\nset = "off"\n'
    make_bank("repository/source/two", **{"02-other.md": CHAPTER, "deck.toml": config})
    command = shlex.split(hook["entry"])

    done = subprocess.run(
        command,
        cwd=tmp_path / "repository",
        env={**os.environ, "PATH": path_with_command},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (hook["id"], hook["language"]) == ("mcqdeck-check", "python")
    assert hook["always_run"]
    assert not hook["pass_filenames"]
    assert command[0] in scripts["scripts"]
    assert done.returncode == 1
    assert "source/two/02-other.md:3:4: error[duplicate-id]" in done.stdout


def test_the_action_gives_inputs_to_the_shell_as_data() -> None:
    steps = ACTION["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    used = re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", (ROOT / "action.yml").read_text())

    assert ACTION["runs"]["using"] == "composite"
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)
    assert all(step["shell"] == "bash" for step in steps if "run" in step)
    assert sorted(used) == sorted(ACTION["inputs"])


@needs("bash")
@pytest.mark.parametrize(
    ("banks", "args", "status", "said"),
    [
        ("", "", 1, "2 questions in 2 chapters: 1 error"),
        ("source/good one\n", "", 0, "1 question in 1 chapter: no faults found"),
        ("source/good one\n\nsource/bad", "--select=no-title\n", 1, "1 error"),
        ("source/bad/$(touch made)", "", 2, "no such file or folder"),
        ("--help", "", 2, "no such file or folder"),
        ("source/bad\n", "--ignore\nmissing-id\n--select\nmissing-id", 1, "no-correct-option"),
    ],
)
def test_the_action_checks_what_its_inputs_name(  # noqa: PLR0917
    banks: str,
    args: str,
    status: int,
    said: str,
    make_bank: MakeBank,
    tmp_path: Path,
    path_with_command: str,
) -> None:
    make_bank("work/source/good one", **{"deck.toml": 'id = "good"\ntitle = "Good"\n'})
    make_bank("work/source/bad", BROKEN)
    step = ACTION["runs"]["steps"][-1]
    script = tmp_path / "script.sh"
    script.write_text(step["run"])
    values = {"inputs.args": args, "inputs.banks": banks}
    environment = {
        name: re.sub(r"^\$\{\{ (.*) \}\}$", lambda match: values[match[1]], value)
        for name, value in step["env"].items()
    }

    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=tmp_path / "work",
        env={**os.environ, "PATH": path_with_command, **environment},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == status, done.stderr
    assert said in done.stdout + done.stderr
    assert ("::error file=source/bad/01-chapter.md,line=8," in done.stdout) == (status == 1)
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["source"]


def test_the_page_names_what_there_is() -> None:
    documents = [yaml.safe_load(block) for block in blocks("yaml")]
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    ((shown,),) = [
        repo["hooks"] for document in documents if "repos" in document for repo in document["repos"]
    ]
    ((step,),) = [document for document in documents if isinstance(document, list)]
    rows = re.findall(r"^\| `([a-z-]+)` \| .* \|", PAGE.partition("| input |")[2], re.MULTILINE)
    versions = re.findall(r"mcqdeck==([\d.]+)", PAGE)

    assert shown.pop("additional_dependencies") == [f"mcqdeck=={__version__}"]
    assert shown.items() <= hook.items()
    assert step["with"].keys() <= ACTION["inputs"].keys()
    assert rows == list(ACTION["inputs"])
    assert set(versions) == {__version__}


def problems(output: str) -> list[tuple[str, ...]]:
    """What the page's problem matcher for Visual Studio Code makes of an output."""
    (block,) = blocks("json")
    pattern = json.loads(block)["tasks"][0]["problemMatcher"]["pattern"]
    order = ("file", "line", "column", "severity", "code", "message")
    return [
        tuple(match[pattern[name]] for name in order)
        for line in output.splitlines()
        if (match := re.search(pattern["regexp"], line))
    ]


def test_the_problem_matcher_reads_a_pipe_and_a_terminal(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unnamed = OTHER_CHAPTER.replace("## first", "## Tell [of these]: 1:2: a?")
    make_bank("a b", BROKEN, **{"02-more.md": unnamed, "deck.toml": 'id = "a"\ntitle = "A"\n'})
    monkeypatch.chdir(tmp_path)
    faults = json.loads(run("check", "a b", "--format", "json").stdout)
    order = ("path", "line", "column", "severity", "name", "message")
    expected = [tuple(str(fault[key]) for key in order) for fault in faults]

    piped = run("check", "a b").stdout
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", run_on_terminal("check", "a b"))

    assert [fault["severity"] for fault in faults] == ["error", "warning"]
    assert problems(piped) == expected
    assert problems(shown.replace("\r", "")) == expected


@needs("vim")
def test_vim_reads_the_lines(make_bank: MakeBank, tmp_path: Path, path_with_command: str) -> None:
    make_bank(chapter=BROKEN)
    (settings,) = blocks("vim")
    script = tmp_path / "script.vim"
    items = "map(getqflist(), '[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.text]')"
    script.write_text(
        f"{settings}silent make! demo\ncall writefile([json_encode({items})], 'out')\nqa!\n"
    )

    subprocess.run(
        ["vim", "-u", "NONE", "-es", "-N", "-S", str(script)],
        cwd=tmp_path,
        env={**os.environ, "PATH": path_with_command},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )

    ((path, line, column, text),) = json.loads((tmp_path / "out").read_text())
    assert (path, line, column) == ("demo/01-chapter.md", 8, 1)
    assert text.startswith("[no-correct-option]: no option is marked as right")
    assert "help: write `[x]`" in text
