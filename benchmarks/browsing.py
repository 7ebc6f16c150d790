"""What benchmarks in a browser share: the browser, a server for it, and rows of milliseconds."""

from __future__ import annotations

import gzip
import shutil
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from running import line

COLUMNS = ("median ms", "best ms", "worst ms", "to floor")
"""The columns of what `row` prints."""


def row(name: str, times: Sequence[float], floor: Sequence[float]) -> None:
    """Prints what something took."""
    middle = statistics.median(times)
    ratio = middle / statistics.median(floor)
    figures = (f"{middle:.0f}", f"{min(times):.0f}", f"{max(times):.0f}", f"{ratio:.1f}")
    line(name, *figures)


@contextmanager
def browser() -> Iterator[Any]:
    """A real browser."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield started
        started.close()


class _Compressing(SimpleHTTPRequestHandler):
    """Compresses texts, as the servers of the web do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        data = _compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def handle(self) -> None:
        with suppress(ConnectionError):  # the browser has ended
            super().handle()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()
