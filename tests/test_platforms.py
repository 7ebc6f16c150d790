"""What Windows and macOS change, as far as any system can show it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import CHAPTER, OTHER_CHAPTER, MakeBank
from tests.test_cli import run

ROOT = Path(__file__).parents[1]
TITLE = "Żółw, 蜜蜂, \N{HONEYBEE}"
SPOKEN = CHAPTER.replace("# Chapter", f"# {TITLE}", 1).replace("[x]", "[ ]", 1)
SETTINGS = f'id = "demo"\ntitle = "{TITLE}"\n'


def tracked() -> list[str]:
    command = ("git", "ls-files", "-z")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no repository here")
    return done.stdout.decode().strip("\0").split("\0")


def mcqdeck(
    *arguments: str | Path, options: Sequence[str] = (), environment: dict[str, str]
) -> tuple[int, bytes, bytes]:
    """Status, output and errors of a process of its own."""
    done = subprocess.run(
        [sys.executable, *options, "-m", "mcqdeck", *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


class TestNames:
    """A clone works on each system: no file has a name that one cannot have."""

    def test_no_two_names_are_one_elsewhere(self) -> None:
        folded: dict[str, str] = {}
        for name in tracked():
            key = unicodedata.normalize("NFC", name).casefold()
            assert folded.setdefault(key, name) == name

    def test_windows_can_have_each(self) -> None:
        reserved = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
        for name in tracked():
            for part in name.split("/"):
                assert not re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', part), name
                assert not reserved.fullmatch(part), name
            assert len(name) < 160, name

    def test_bytes_are_those_that_were_committed(self) -> None:
        """Else Git for Windows changes line ends, and `decks/` is not what the sources give."""
        command = ("git", "check-attr", "-z", "--stdin", "text")
        names = "\0".join(tracked())
        done = subprocess.run(
            command, cwd=ROOT, input=names, capture_output=True, text=True, check=True
        )

        values = done.stdout.split("\0")[2::3]
        assert set(values) == {"unset"}


class TestConsole:
    """What a console cannot show is shown otherwise, and JSON is UTF-8 everywhere."""

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
    def test_no_encoding_stops_a_command(
        self, encoding: str, make_bank: MakeBank, tmp_path: Path
    ) -> None:
        bank = make_bank(chapter=SPOKEN, **{"deck.toml": SETTINGS})
        good = make_bank("good", SPOKEN.replace("- [ ]", "- [x]", 1))
        decks = tmp_path / "decks"
        console = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}

        status, shown, _ = mcqdeck("check", bank, environment=console)
        _, told, _ = mcqdeck("check", bank, "--format", "json", environment=console)
        built = mcqdeck("build", good, "-o", decks, environment=console)
        package = decks / "good.apkg"
        compared = mcqdeck("diff", package, package, "--format", "json", environment=console)

        assert status == 1
        assert b"error[no-correct-option]" in shown
        shown.decode(encoding)
        assert json.loads(told.decode("utf-8"))[0]["name"] == "no-correct-option"
        assert built[0] == 0
        assert compared[0] == 0
        assert b"Traceback" not in built[2] + compared[2]

    def test_no_file_is_read_or_written_in_the_encoding_of_the_system(
        self, make_bank: MakeBank, tmp_path: Path
    ) -> None:
        good = make_bank("good", SPOKEN.replace("- [ ]", "- [x]", 1))
        strict = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning:mcqdeck")
        where = {"MCQDECK_CACHE_DIR": str(tmp_path / "cache")}
        package = tmp_path / "decks" / "good.apkg"

        for arguments in (
            ("init", tmp_path / "made"),
            ("check", good, "--format", "sarif"),
            ("check", good, "--write-baseline", tmp_path / "baseline"),
            ("check", good, "--baseline", tmp_path / "baseline", "--diff"),
            ("check", "--explain", "key-longest"),
            ("build", good, "-o", tmp_path / "decks"),
            ("diff", package, package, "--format", "markdown"),
            ("site", good, "-o", tmp_path / "site"),
            ("export", good, "--to", "gift", "-o", tmp_path / "questions.gift"),
        ):
            status, _, errors = mcqdeck(*arguments, options=strict, environment=where)
            assert (status, b"EncodingWarning" in errors) == (0, False), errors.decode()


def test_line_ends_of_texts_do_not_change_a_package(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    packages: list[bytes] = []
    for end in ("\n", "\r\n"):
        name = f"ends-{len(packages)}"
        texts = {
            "deck.toml": '''id = "demo"\ntitle = "Demo"\ndescription = """Two\nlines."""\n''',
            "style.css": ".card {\n  margin: 0;\n}\n",
        }
        files = {path: text.replace("\n", end).encode() for path, text in texts.items()}
        bank = make_bank(f"{name}/demo", CHAPTER.replace("\n", end), **files)
        assert run("build", bank, "-o", tmp_path / name).exit_code == 0
        packages.append((tmp_path / name / "demo.apkg").read_bytes())

    assert packages[0] == packages[1]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_nothing_is_needed_that_windows_lacks(
    jobs: str, make_bank: MakeBank, tmp_path: Path
) -> None:
    """No `fork`, no owners, no signals but a few; workers are started as Windows starts them."""
    bank = make_bank(**{"02-more.md": OTHER_CHAPTER.replace("## first", "## second")})
    program = tmp_path / "without.py"
    program.write_text(
        "import os, signal, sys\n"
        "for name in ('fork', 'forkpty', 'geteuid', 'getuid', 'getgid', 'mkfifo', 'chown',\n"
        "        'lchown', 'fchmod', 'sched_getaffinity', 'O_NONBLOCK', 'O_CLOEXEC'):\n"
        "    vars(os).pop(name, None)\n"
        "for name in ('pthread_sigmask', 'setitimer', 'SIGHUP', 'SIGALRM', 'SIGKILL', 'SIGPIPE'):\n"
        "    vars(signal).pop(name, None)\n"
        "sys.modules.update(dict.fromkeys(('fcntl', 'pwd', 'grp', 'termios', 'resource')))\n"
        "if __name__ == '__main__':\n"
        "    from mcqdeck.__main__ import main\n"
        "    main()\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "MCQDECK_CACHE_DIR": str(tmp_path / "cache")}

    for arguments in (
        ("check", bank, "--jobs", jobs),
        ("build", bank, "-o", tmp_path / "decks", "--jobs", jobs, "--no-cache"),
        ("diff", tmp_path / "decks" / "demo.apkg", tmp_path / "decks" / "demo.apkg"),
        ("site", bank, "-o", tmp_path / "site", "--jobs", jobs),
        ("init", tmp_path / "made"),
    ):
        done = subprocess.run(
            [sys.executable, program, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C reaches a group of processes there only")
def test_ctrl_c_while_workers_start_is_one_line(make_bank: MakeBank, tmp_path: Path) -> None:
    bank = make_bank(**{"02-more.md": OTHER_CHAPTER.replace("## first", "## second")})
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import pathlib, sys, time\n"
        "if any('spawn_main' in each for each in sys.orig_argv):\n"
        f"    pathlib.Path({str(tmp_path / 'started')!r}).touch()\n"
        "    time.sleep(2)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-m", "mcqdeck", "check", bank, "--jobs", "2", "--no-cache"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while not (tmp_path / "started").exists() and time.monotonic() < end:
        time.sleep(0.05)

    os.killpg(child.pid, signal.SIGINT)

    assert child.communicate(timeout=60) == ("", "interrupted\n")
    assert child.returncode == 130
