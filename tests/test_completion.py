"""What the page says of completion works in real shells."""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import MakeBank
from tests.programs import needs
from tests.test_integrations import path_with_command

__all__ = ["path_with_command"]

PAGE = (Path(__file__).parents[1] / "docs" / "installing.md").read_text(encoding="utf-8")

CASES = [
    ("mcqdeck che", {"check"}),
    ("mcqdeck build --ver", {"--verify"}),
    ("mcqdeck check --format s", {"sarif"}),
    ("mcqdeck check --explain duplicate-i", {"duplicate-id"}),
    ("mcqdeck check --ignore key-longest --select unused-al", {"unused-allow"}),
    ("mcqdeck check --explain key-longest --write-b", {"--write-baseline"}),
    ("mcqdeck check --list-rules --write-b", {"--write-baseline"}),
]


def line_for(shell: str) -> str:
    """The line that the page gives for a shell."""
    (line,) = re.findall(rf"^```{shell}\n(.*)\n```$", PAGE, re.MULTILINE)
    assert isinstance(line, str)
    return line


def said(command: list[str], path: str) -> set[str]:
    """The words that a shell prints, without what fish says of each behind a tab."""
    done = subprocess.run(
        command, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )
    return {line.split("\t")[0].strip() for line in done.stdout.splitlines()}


@needs("bash")
@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_bash(typed: str, offered: set[str], path_with_command: str) -> None:
    script = (
        f"{line_for('bash')}\n"
        f"COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        "_mcqdeck_completion mcqdeck\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )

    assert said(["bash", "--norc", "-c", script], path_with_command) == offered


@needs("fish")
@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_fish(typed: str, offered: set[str], path_with_command: str) -> None:
    script = f"{line_for('fish')}\ncomplete -C '{typed}'"

    assert said(["fish", "--no-config", "-c", script], path_with_command) == offered


@needs("zsh")
@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_zsh(typed: str, offered: set[str], path_with_command: str, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", exc_type=ImportError)
    (tmp_path / ".zshrc").write_text(
        "autoload -Uz compinit && compinit -u\n"
        f"{line_for('zsh')}\n"
        "PS1='ready> '; unsetopt zle_bracketed_paste\n"
    )
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(PATH=path_with_command, ZDOTDIR=str(tmp_path), TERM="dumb")
        os.execvp("zsh", ["zsh", "-i"])
    try:
        _read(terminal, "ready> ")
        os.write(terminal, f"{typed}\t".encode())

        (word,) = offered
        assert word in _read(terminal, word)
    finally:
        os.write(terminal, b"\x15exit\n")
        os.close(terminal)
        os.waitpid(child, 0)


def _read(terminal: int, until: str) -> str:
    """What a terminal shows, until it shows a text or a minute has passed."""
    output, end = "", time.monotonic() + 60
    while until not in output and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            output += os.read(terminal, 65_536).decode(errors="replace")
    return output


@needs("bash")
def test_bash_completes_folders(
    make_bank: MakeBank, path_with_command: str, tmp_path: Path
) -> None:
    make_bank("my-exam")
    script = (
        f"cd {tmp_path}; {line_for('bash')}\n"
        "compopt() { [ $2 = default ] && COMPREPLY=($(compgen -f my-)); }\n"
        "COMP_WORDS=(mcqdeck check my-); COMP_CWORD=2; _mcqdeck_completion mcqdeck\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )

    assert said(["bash", "--norc", "-c", script], path_with_command) == {"my-exam"}
