"""`mcqdeck preview` and `mcqdeck check --watch` as a person runs them in a terminal."""

from __future__ import annotations

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from mcqdeck.cli import main
from tests.conftest import needs_unix
from tests.preview.conftest import BEES, write_bank

pytestmark = needs_unix  # there, Ctrl-C of a person reaches a program by its console only
PATIENCE = 60  # seconds; none of them is waited for where the machine is quick


class Running:
    """A command that runs, and what it said."""

    def __init__(
        self,
        *arguments: str | Path,
        folder: Path,
        environment: dict[str, str],
        program: tuple[str, ...] = ("-m", "mcqdeck"),
    ) -> None:
        self._child = subprocess.Popen(
            [sys.executable, *program, *map(str, arguments)],
            cwd=folder,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.said: list[str] = []
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def says(self, pattern: str) -> str:
        """Waits for a line; returns what matches in it."""
        while (line := self._lines.get(timeout=PATIENCE)) is not None:
            self.said.append(line)
            if match := re.search(pattern, line):
                return match[0]
        raise AssertionError("\n".join(self.said))

    def end(self, number: int = signal.SIGINT) -> tuple[int, list[str]]:
        """Ends it as Ctrl-C does; its status, and what it said after the last line waited for."""
        self._child.send_signal(number)
        status = self._child.wait(PATIENCE)
        self._thread.join(PATIENCE)
        rest = []
        while (line := self._lines.get(timeout=PATIENCE)) is not None:
            rest.append(line)
        return status, rest

    def kill(self) -> None:
        if self._child.poll() is None:
            self._child.kill()
            self._child.wait()
        self._thread.join(PATIENCE)
        assert self._child.stdout is not None
        self._child.stdout.close()


Run = Callable[..., Running]


@pytest.fixture
def run(bank: Path) -> Iterator[Run]:
    """Runs commands beside the bank."""
    running: list[Running] = []

    def begun(
        *arguments: str | Path,
        folder: Path = bank.parent,
        program: tuple[str, ...] = ("-m", "mcqdeck"),
        **environment: str,
    ) -> Running:
        running.append(Running(*arguments, folder=folder, environment=environment, program=program))
        return running[-1]

    yield begun
    for process in running:
        process.kill()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def test_it_says_where_the_page_is_and_ends_in_silence(run: Run) -> None:
    port = free_port()
    running = run("preview", "demo", "--no-open", "--port", str(port))

    url = running.says(r"http://\S+")
    running.says("Ctrl-C ends it")

    assert url == f"http://127.0.0.1:{port}/"
    with urllib.request.urlopen(url, timeout=PATIENCE) as response:
        assert b"<title>mcqdeck preview</title>" in response.read()
    assert running.end() == (0, [])
    assert running.said == [f"Preview of Demo bank: {url}", "Ctrl-C ends it."]


def test_it_ends_in_silence_as_soon_as_it_says_how(run: Run) -> None:
    for _ in range(5):
        running = run("preview", "demo", "--no-open", "--port", str(free_port()))
        running.says("Ctrl-C ends it")
        assert running.end() == (0, [])


def test_it_ends_while_pages_listen(run: Run) -> None:
    running = run("preview", "demo", "--no-open", "--port", str(free_port()))
    url = running.says(r"http://\S+")
    running.says("Ctrl-C ends it")

    with urllib.request.urlopen(f"{url}api/updates", timeout=PATIENCE) as stream:
        assert stream.readline() == b"retry: 500\n"
        assert running.end() == (0, [])


ENDLESS = """
import multiprocessing, sys, time
from mcqdeck.__main__ import main
from mcqdeck.preview import project

real = project.check_banks

def check(*arguments, **options):
    if not wanted:
        child = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(1000,))
        child.start()
        print("checks with", child.pid, flush=True)
        time.sleep(1000)
    wanted.pop()
    return real(*arguments, **options)

wanted = [1]
project.check_banks = check
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_the_middle_of_a_check_and_leaves_no_process(
    run: Run, bank: Path, number: int
) -> None:
    port = str(free_port())
    running = run("preview", "demo", "--no-open", "--port", port, program=("-c", ENDLESS))
    url = running.says(r"http://\S+")
    worker = int(running.says(r"(?<=checks with )\d+"))

    with urllib.request.urlopen(f"{url}api/updates", timeout=PATIENCE):
        expected = 0 if number == signal.SIGINT else 128 + number
        assert running.end(number) == (expected, [])
    deadline = time.monotonic() + PATIENCE
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(worker)


def is_running(process: int) -> bool:
    """Whether a process is there; one that nobody has asked for its status is not."""
    said = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return said.stdout.strip()[:1] not in ("", "Z")


def test_a_taken_port_takes_the_next_one(run: Run) -> None:
    first = run("preview", "demo", "--no-open", "--port", str(free_port()))
    port = int(first.says(r"(?<=127\.0\.0\.1:)\d+"))

    second = run("preview", "demo", "--no-open", "--port", str(port))
    second.says(f"Port {port} is taken, so this is")
    other = int(second.says(r"(?<=127\.0\.0\.1:)\d+"))

    assert other > port
    first.says("Ctrl-C")
    second.says("Ctrl-C")
    assert first.end() == (0, [])
    assert second.end() == (0, [])


def test_it_opens_a_browser_unless_told_not_to(run: Run, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >>"{opened}"\n', encoding="utf-8")
    browser.chmod(0o755)
    for options, is_opened in ((["--no-open"], False), ([], True)):
        running = run(
            "preview", "demo", "--port", str(free_port()), *options, BROWSER=f"{browser} %s"
        )
        url = running.says(r"http://\S+")
        running.says("Ctrl-C")
        deadline = time.monotonic() + (PATIENCE if is_opened else 0.5)
        while time.monotonic() < deadline and not opened.exists():
            time.sleep(0.02)
        assert opened.exists() == is_opened
        assert running.end() == (0, [])
    assert opened.read_text(encoding="utf-8").strip() == url


def preview_says(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["preview", *map(str, arguments)])
    return result.exit_code, result.output


def test_several_banks_an_unknown_editor_and_no_bank_are_told(bank: Path, tmp_path: Path) -> None:
    write_bank(tmp_path / "other", {"deck.toml": 'id = "other"\ntitle = "Other"\n'})
    (tmp_path / "empty").mkdir()

    status, said = preview_says(tmp_path)
    assert (status, "name one of these" in said) == (2, True)
    status, said = preview_says(bank, "--editor", "edlin")
    assert (status, "no editor that is known by name" in said) == (2, True)
    status, said = preview_says(bank, "--editor", "javascript:alert({path})")
    assert (status, "no editor that is known by name" in said) == (2, True)
    status, said = preview_says(tmp_path / "empty")
    assert (status, "no bank in this folder" in said) == (2, True)


@pytest.mark.parametrize("arguments", [["preview"], ["check", "--watch"]])
def test_without_the_extra_a_line_says_what_to_install(
    bank: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mcqdeck.preview.find_spec", lambda _: None)

    result = CliRunner().invoke(main, [*arguments, str(bank)])

    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "pip install 'mcqdeck[preview]'" in result.output


def test_nothing_of_the_extra_is_loaded_by_other_commands(bank: Path) -> None:
    script = (
        "import atexit, sys; sys.argv[1:] = ['check', sys.argv[1]]\n"
        "extra = {'starlette', 'uvicorn', 'watchfiles', 'anyio', 'latex2mathml'}\n"
        "atexit.register(lambda: print(sorted(extra.intersection(sys.modules))))\n"
        "from mcqdeck.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, bank], capture_output=True, text=True, check=False
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_watching_checks_after_every_save(run: Run, bank: Path) -> None:
    running = run("check", "--watch", "demo")
    running.says("0 errors|no errors|[Nn]othing|3 questions")
    running.says("Watching demo")

    (bank / "01-bees.md").write_text(BEES.replace("- [x] Honey", "- [ ] Honey"), encoding="utf-8")
    running.says(r"demo/01-bees.md:\d+:\d+: error\[no-correct-option\]")
    running.says(r"01-bees.md changed; watching demo")
    (bank / "01-bees.md").unlink()
    running.says(r"01-bees.md changed; watching demo")
    (bank / "01-bees.md").write_text(BEES, encoding="utf-8")
    running.says("01-bees.md changed; watching demo")

    status, rest = running.end()
    assert (status, rest) == (0, [])
    assert not [line for line in running.said if "Traceback" in line]


def test_watching_a_chapter_shows_that_chapter(run: Run, bank: Path) -> None:
    spiders = (bank / "02-spiders.md").read_text(encoding="utf-8")
    running = run("check", "--watch", "demo/01-bees.md")
    running.says("Watching demo")

    (bank / "02-spiders.md").write_text(spiders.replace("- [x]", "- [ ]"), encoding="utf-8")
    running.says("02-spiders.md changed; watching demo")
    (bank / "01-bees.md").write_text(BEES.replace("- [x] Honey", "- [ ] Honey"), encoding="utf-8")
    running.says(r"01-bees.md:\d+:\d+: error")
    running.says("01-bees.md changed; watching demo")

    assert not [line for line in running.said if "02-spiders.md:" in line]
    assert running.end() == (0, [])


def test_watching_a_folder_that_goes_and_comes_back(run: Run, bank: Path) -> None:
    running = run("check", "--watch", "demo")
    running.says("Watching demo")

    away = bank.with_name("away")
    bank.rename(away)
    running.says("mcqdeck: demo: no such file or folder")
    away.rename(bank)
    running.says("3 questions")

    assert running.end()[0] == 0


@pytest.mark.parametrize("option", ["--fix", "--diff", "--format=json", "--write-baseline=x"])
def test_watching_goes_with_no_option_that_is_for_once(bank: Path, option: str) -> None:
    result = CliRunner().invoke(main, ["check", "--watch", option, str(bank)])

    assert result.exit_code == 2
    assert "--watch shows mistakes as text" in result.output
