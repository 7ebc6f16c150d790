"""The server on this machine's own address, from the first free port to Ctrl-C."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.preview.app import Answers, application
from mcqdeck.preview.editors import address_of
from mcqdeck.preview.project import Project
from mcqdeck.preview.session import Session
from mcqdeck.project import Means
from mcqdeck.workers import end_workers

_HOST = "127.0.0.1"
_MOST_PORTS = 100  # tried one after the other
_SWITCH = 0.001  # seconds, instead of Python's 0.005, that one thread may keep all others waiting
_UNTIL_ENDED = 0.3  # seconds in which a check that was told to end may do so
_TAKEN = (errno.EADDRINUSE, errno.EACCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to serve. `editor` is the name of an editor or a template of its addresses; `decks` the
    folder with the packages of the last release; `means` are those of a check.
    """

    port: int
    editor: str
    decks: Path
    means: Means
    opens_browser: bool = True


class Server(uvicorn.Server):
    """A server that closes its streams before it ends, and prints nothing as it ends."""

    def __init__(self, config: uvicorn.Config, session: Session) -> None:
        super().__init__(config)
        self._session = session
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to serve."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ends at a signal."""
        self.stop()
        super().handle_exit(sig, frame)

    def stop_early(self) -> None:
        """Ends at once, if it was not begun yet; while it runs, it hears signals itself."""
        self.should_exit = True

    def stop(self) -> None:
        """Ends soon; may be called from any thread."""
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(lambda: asyncio.ensure_future(self._session.end()))


def serve(folder: Path, settings: Settings, tell: Callable[[str], None]) -> None:
    """Serves the bank in `folder` until Ctrl-C. `tell` is given the lines for the terminal.

    Raises:
        McqdeckError: the bank cannot be read, the editor is not known, or no port is free.
    """
    editor = address_of(settings.editor)
    # While all rules are asked in one thread, what a save needs first goes through several others.
    sys.setswitchinterval(_SWITCH)
    project = Project(folder, settings.means)
    snapshot = project.complete()
    assert snapshot is not None  # nothing can come in between
    with bound(settings.port) as listener:
        session = Session(project, snapshot)
        server, url = make_server(session, listener, editor, settings.decks)
        port = listener.getsockname()[1]
        if port != settings.port:
            tell(f"Port {settings.port} is taken, so this is {port}.")
        before = signal.signal(signal.SIGINT, lambda *_: server.stop_early())
        tell(f"Preview of {snapshot.bank.config.title or folder.as_posix()}: {url}")
        tell("Ctrl-C ends it.")
        if settings.opens_browser and can_open_browser():
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        status = 0
        try:
            server.run(sockets=[listener])
        except SystemExit as told:
            status = told.code if isinstance(told.code, int) else 1
            raise
        finally:
            if not session.threads.finish(_UNTIL_ENDED):
                _leave(status)
            signal.signal(signal.SIGINT, before)


def _leave(status: int) -> None:
    """Ends the process on the spot, with its workers: a check of a large bank may take seconds yet,
    nobody will see what it finds, and it has nothing to put in order.
    """
    end_workers()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(status)


def make_server(
    session: Session, listener: socket.socket, editor: str, decks: Path
) -> tuple[Server, str]:
    """A server for a session on an open socket, and the URL of its page."""
    port = listener.getsockname()[1]
    origin = f"http://{_HOST}:{port}"
    answers = Answers(session, editor=editor, decks=decks, origin=origin)
    hosts = frozenset({f"{_HOST}:{port}", f"localhost:{port}"})
    config = uvicorn.Config(
        application(answers, session, hosts),
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return Server(config, session), f"{origin}/"


def bound(port: int) -> socket.socket:
    """A socket that listens on the loopback address, at `port` or the next one that is free.

    Raises:
        McqdeckError: none is.
    """
    for number in range(port, min(port + _MOST_PORTS, 65_536)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if sys.platform != "win32":  # there it would let two programs share a port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((_HOST, number))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno not in _TAKEN:
                raise McqdeckError(f"port {number}: {error.strerror}") from error
        else:
            return listener
    raise McqdeckError(f"port {port}: taken, and so are the next ones; name another with --port")


def can_open_browser() -> bool:
    """Whether a browser would come up in a window of its own, and not take over the terminal."""
    if os.environ.get("BROWSER") or sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
