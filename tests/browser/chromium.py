"""The browser that shows the cards: a Chromium of this machine, or one that is fetched.

As a program it fetches one where there is none: Playwright's own, or Debian's package if it may
install packages. Where `CI` is set, it fails if none can be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CHANNELS = ("chrome", "msedge")
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_SECONDS = 600


def launched(playwright: Playwright) -> Browser | None:
    """A browser that runs: the system's, else Playwright's own; `None` if there is none."""
    for where in _places():
        with suppress(Error):
            return playwright.chromium.launch(args=[*_ARGUMENTS], **where)
    return None


def _places() -> Iterator[dict[str, Any]]:
    """What to tell Playwright of each place where a browser may be."""
    for name in _NAMES:
        if program := shutil.which(name):
            yield {"executable_path": program}
    yield {}
    for channel in _CHANNELS:  # where Windows and macOS have them
        yield {"channel": channel}


def fetched() -> str | None:
    """Fetches a browser if there is none, and returns its version; `None` if none can be had."""
    for command in ((), *_ways()):
        if command:
            _run(command)
        with sync_playwright() as playwright:
            if browser := launched(playwright):
                version = browser.version
                browser.close()
                return version
    return None


def _ways() -> Iterator[tuple[str, ...]]:
    """The commands that may bring a browser, the least intrusive first."""
    yield sys.executable, "-m", "playwright", "install", "chromium"
    if shutil.which("apt-get") and os.geteuid() == 0:
        install = "apt-get install -y -qq --no-install-recommends chromium"
        yield "sh", "-c", f"apt-get update -qq && {install}"


def _run(command: tuple[str, ...]) -> None:
    """Runs a command, whatever comes of it: what counts is whether there is a browser then."""
    print("No Chromium yet, so:", *command[1:], flush=True)  # noqa: T201
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )


if __name__ == "__main__":
    if version := fetched():
        print(f"The cards are tested in Chromium {version}.")  # noqa: T201
    elif os.environ.get("CI"):
        sys.exit("No Chromium here, and none could be had; where CI is set, the cards are tested.")
