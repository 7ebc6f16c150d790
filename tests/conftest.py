"""What all tests share."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.releases import Author
from tests.site.firefox import Firefox

# Where CI is set, each run draws the same examples: whether it passes depends on the commit alone.
settings.register_profile(
    "default",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("default")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of a process, which may hold only one Playwright.

    Without one they are skipped, and fail where CI runs them.
    """
    # Where only the tests on Anki run, there is no Playwright.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.browser import chromium  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = chromium.launched(playwright)
        if browser is None:
            reason = "no Chromium here; `make test` fetches one where it can"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        yield browser


DECK_TOML = 'id = "demo"\ntitle = "Demo"\n'
CHAPTER = """# Chapter

## first
<!-- level: recall -->

What do bees make from nectar?

- [x] Honey
- [ ] Wax
  > Wax comes from glands of the bee.
- [ ] Pollen
  > Flowers make it; bees carry it.

### Explanation

Bees thicken nectar until it keeps: that is honey.
"""
OTHER_CHAPTER = """# Other chapter

## first
<!-- level: recall -->

With what do spiders catch flies?

- [x] Webs
- [ ] Songs
  > Crickets sing, and not to catch anything.
- [ ] Light
  > Some fireflies catch others so.

### Explanation

Flies stick to the webs that spiders weave.
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests keep what they work out in a folder of their own."""
    monkeypatch.setenv("MCQDECK_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))


MakeBank = Callable[..., Path]


needs_unix = pytest.mark.skipif(
    os.name != "posix", reason="only Unix has such files, permissions, signals and scripts"
)
needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells of processes so, and bounds their memory"
)
IS_ROOT = os.name == "posix" and os.geteuid() == 0
"""Whether nothing is forbidden to the tests."""


@pytest.fixture
def make_bank(tmp_path: Path) -> MakeBank:
    """Writes a bank of one chapter into `tmp_path / name`; further files by their path."""

    def make(name: str = "demo", chapter: str = CHAPTER, **files: str | bytes) -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True)
        contents: dict[str, str | bytes] = {
            "deck.toml": DECK_TOML.replace("demo", folder.name),
            "01-chapter.md": chapter,
            **files,
        }
        for path, content in contents.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            data = content if isinstance(content, bytes) else content.encode()
            target.write_bytes(data)
        return folder

    return make


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "GITHUB_WORKSPACE"):
        if name in os.environ:
            monkeypatch.delenv(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud how many tests were skipped for lack of a browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum("no Chromium" in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.section(
            f"NO BROWSER: {count} tests of the cards DID NOT RUN; install Chromium", red=True
        )


def pytest_configure() -> None:
    """Lets the programs that tests start hear Ctrl-C, also where a shell runs the tests behind."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Somebody with a bank of three questions who has released nothing yet."""
    return Author(tmp_path)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for the tests of a file. Without one they are skipped, and fail where CI runs."""
    program = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    if program is None:
        reason = "no Firefox here"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    browser = Firefox(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()
