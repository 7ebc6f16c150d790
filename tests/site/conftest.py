"""Sites of small banks, opened in a real Chromium, from disk and from a server of this machine."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mcqdeck.project import check
from mcqdeck.publish import publish
from tests.browser.conftest import BANK
from tests.site.banks import write_bank
from tests.site.learner import Learner

EXAM = "[exam]\nquestions = 6\nminutes = 16\npass = 50\n"


def make_site(bank: Path, output: Path, decks: Path | None = None) -> Path:
    """The site of a bank without errors; no package is offered unless it lies in `decks`."""
    checked = check([bank])
    assert not checked.has_errors, checked.diagnostics
    publish(checked, output, decks or output.parent / "no-decks")
    return output


@pytest.fixture(scope="session")
def sums(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of three chapters with four sums each, and an exam of six."""
    folder = tmp_path_factory.mktemp("sums")
    return make_site(write_bank(folder / "bank", settings=EXAM), folder / "site")


@pytest.fixture(scope="session")
def cards_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bank with whose cards the tests of the card are made."""
    return make_site(BANK, tmp_path_factory.mktemp("cards") / "site")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Server:
    """A web server of one folder; after `stop` nothing answers at its address."""

    def __init__(self, folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder))
        self._server.daemon_threads = True
        self.url = f"http://localhost:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Serves folders on this machine for the time of a test."""
    servers: list[Server] = []

    def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Server:
        servers.append(Server(folder, handler))
        return servers[-1]

    yield served
    for server in servers:
        server.stop()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Learner]]:
    """Opens a site as a learner who was never there; scripts may say nothing on the console.

    What is given besides the folder or address of the site are settings of the browser's context.
    """
    learners: list[Learner] = []

    def opened(site: Path | str, *, init: str = "", **settings: Any) -> Learner:
        context = browser.new_context(**{"viewport": {"width": 900, "height": 700}, **settings})
        context.set_default_timeout(60_000)
        if init:
            context.add_init_script(init)
        learner = Learner(context, site)
        learners.append(learner)
        return learner

    yield opened
    said = [text for learner in learners for text in learner.said]
    for learner in learners:
        learner.context.close()
    assert said == []


@pytest.fixture
def learner(visit: Callable[..., Learner], sums: Path) -> Learner:
    """A learner at the site of the sums, from disk."""
    return visit(sums)


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Path], Path]:
    """Copies a site, so that a test may change it."""
    return lambda site: Path(shutil.copytree(site, tmp_path / "copied"))
