"""The server's answers: the page, the bank as values, cards, media, and the fix of a mistake."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from mcqdeck import files, report
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.model import FONTS
from mcqdeck.pack.faces import Card, Faces, style_with_addresses, with_addresses
from mcqdeck.preview.frame import SANDBOX, Frame
from mcqdeck.preview.guard import Guard
from mcqdeck.preview.pictures import pictures
from mcqdeck.preview.release import next_release
from mcqdeck.preview.session import Session
from mcqdeck.preview.snapshot import Shown, Snapshot
from mcqdeck.preview.views import Findings, Views, handle
from mcqdeck.project import CATALOGUE
from mcqdeck.project import fix as fix_sources
from mcqdeck.render.mathml import typeset

_PAGE: dict[str, str] = {
    "index.html": "text/html; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    **dict.fromkeys(
        (
            *("main.js", "dom.js", "updates.js", "relay.js", "list.js", "stage.js", "source.js"),
            *("release.js", "bank.js"),
        ),
        "text/javascript; charset=utf-8",
    ),
}
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "frame-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_MEDIA = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
_MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_BYTE_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_PING = 15.0  # seconds; a stream that is silent longer might be taken for dead
_MOST_PASSES = 10  # of all fixes, as in `check --fix`
_MOST_BODY = 4096  # bytes of a request

T = TypeVar("T")


class FixWanted(msgspec.Struct):
    """What the page asks to be fixed: one finding by its handle, or all there are."""

    handle: str = ""
    all: bool = False


class Answers:
    """What the server of one session says. `origin` is its own, as in `http://127.0.0.1:8765`."""

    def __init__(self, session: Session, *, editor: str, decks: Path, origin: str) -> None:
        self._session = session
        self._decks = decks
        self._views = Views(editor)
        self.run = secrets.token_hex(8)
        """Tells this run of the server from an earlier one on the same port."""
        self.media_path = f"/media/{secrets.token_urlsafe(16)}/"
        self._media_url = origin + self.media_path
        self._media: dict[str, Path] = {}
        self._findings = _newest(Findings)
        self._faces = _newest(lambda snapshot: Faces(snapshot.bank))
        self._frame = _newest(lambda snapshot: Frame(snapshot.bank, self._media_url))
        self._outline = _newest(self._make_outline)
        self._pictures = _newest(lambda snapshot: _json(pictures(snapshot)))
        self._release: tuple[tuple[int, float], bytes] = ((0, 0.0), b"")
        self._releasing = asyncio.Lock()

    async def page(self, request: Request) -> Response:
        """A file of the page."""
        name = request.path_params.get("name", "index.html")
        if name not in _PAGE:
            return _nothing()
        data = resources("mcqdeck.preview").joinpath("page", name).read_bytes()
        return Response(
            data, headers={"Content-Type": _PAGE[name], "Content-Security-Policy": _POLICY}
        )

    async def frame(self, _: Request) -> Response:
        """The document for cards."""
        frame = self._frame(self._session.snapshot)
        return Response(
            frame.html,
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": frame.policy,
            },
        )

    async def outline(self, request: Request) -> Response:
        """The bank with its chapters and questions, and what the last save changed in it.

        `since` is the number of the snapshot that the page has.
        """
        snapshot = self._session.snapshot
        since = request.query_params.get("since", "")
        save = self._session.last_save(int(since)) if _is_number(since) else None
        outline = await asyncio.to_thread(self._outline, snapshot)
        news = {
            "changed": save.changed if save else (),
            "saved": save.saved if save else (),
            "outline": msgspec.Raw(outline),
        }
        return _as_json(_json(news))

    def _make_outline(self, snapshot: Snapshot) -> bytes:
        outline = self._views.outline(snapshot, self._findings(snapshot))
        own = {"run": self.run, "frame": self._frame(snapshot).key, "sandbox": SANDBOX}
        return _json(outline | own)

    async def question(self, request: Request) -> Response:
        """A question: its cards, its source and what is wrong with it."""
        snapshot = self._session.snapshot
        shown = snapshot.find(request.query_params.get("key", ""))
        if shown is None:
            return _as_json(_json({"number": snapshot.number, "problem": "gone"}))
        return _as_json(await asyncio.to_thread(self._question, snapshot, shown))

    def _question(self, snapshot: Snapshot, shown: Shown) -> bytes:
        answer = self._views.question(snapshot, shown, self._findings(snapshot))
        self._session.look_at(answer["path"])
        answer |= {"number": snapshot.number, "frame": self._frame(snapshot).key}
        self._media.update({each.name: Path(each.path) for each in snapshot.bank.media})
        return _json(answer | self._cards(self._faces(snapshot), shown))

    def _cards(self, faces: Faces, shown: Shown) -> dict[str, Any]:
        unread: list[str] = []

        def side(html: str) -> str:
            made = typeset(with_addresses(html, self._media_url.__add__))
            unread.extend(made.unread)
            return made.html

        def sides(card: Card) -> dict[str, str]:
            front, back = side(card.front), side(card.back)
            return {"template": card.template, "deck": card.deck, "front": front, "back": back}

        style = style_with_addresses(faces.style, self._styled)
        cards = [sides(card) for card in faces.of(shown.rendered, shown.chapter)]
        return {"cards": cards, "style": style, "unread": list(dict.fromkeys(unread))}

    def _styled(self, name: str) -> str:
        """The address of a file that a style names; for a font, which no sandbox fetches, data."""
        kind = name.rpartition(".")[2]
        path = self._media.get(name)
        if kind not in FONTS or path is None:
            return self._media_url + name
        try:
            data = self._read(path)
        except McqdeckError:  # it is gone, and the style will be another one in a moment
            return self._media_url + name
        return f"data:font/{kind};base64,{b64encode(data).decode()}"

    async def pictures(self, _: Request) -> Response:
        """The bank in numbers."""
        return _as_json(await asyncio.to_thread(self._pictures, self._session.snapshot))

    async def release(self, _: Request) -> Response:
        """What the next release would do; waits until the whole bank was checked."""
        async with self._releasing:
            snapshot = self._session.snapshot
            while not (snapshot.is_complete or snapshot.trouble):
                newer = await self._session.after(snapshot.number, _PING)
                if newer is None:
                    return _as_json(b"{}", status=503)
                snapshot = newer
            key = snapshot.number, _time_of(self._decks / f"{snapshot.bank.config.id}.apkg")
            if self._release[0] != key:
                found = await asyncio.to_thread(
                    next_release, self._session.project, snapshot, self._decks
                )
                self._release = key, _json(found)
            return _as_json(self._release[1])

    async def rule(self, request: Request) -> Response:
        """Why a rule is there, with an example, as `check --explain` has it."""
        rule = next((each for each in CATALOGUE if each.name == request.path_params["name"]), None)
        if rule is None:
            return _nothing()
        return _as_json(_json({"lines": list(report.explained(rule))}))

    async def updates(self, _: Request) -> Response:
        """A stream that tells of each new snapshot; one serves all pages of a browser."""
        headers = {"Content-Type": "text/event-stream; charset=utf-8"}
        return StreamingResponse(self._updates(), headers=headers)

    async def _updates(self) -> AsyncIterator[bytes]:
        number = self._session.snapshot.number - 1
        yield b"retry: 500\n\n"
        while not self._session.is_over:
            snapshot = await self._session.after(number, _PING)
            if snapshot is None:
                yield b": still here\n\n"
                continue
            save = self._session.last_save(number)
            number = snapshot.number
            changed = save.changed if save else ()
            told = _json({"run": self.run, "number": number, "changed": changed})
            yield b"data: " + told + b"\n\n"

    async def fix(self, request: Request) -> Response:
        """Fixes a finding, or all, in the sources."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _MOST_BODY:
                return _as_json(_json({"problem": "The request is too long."}), status=413)
        try:
            wanted = msgspec.json.decode(body, type=FixWanted)
        except msgspec.MsgspecError:
            return _as_json(_json({"problem": "This is no request to fix anything."}), status=400)
        try:
            fixed = await self._fix(wanted)
        except McqdeckError as error:
            return _as_json(_json({"problem": str(error)}))
        if not fixed:
            problem = "Nothing was left to fix here: the file has changed."
            return _as_json(_json({"problem": problem}))
        return _as_json(_json({"fixed": sorted(fixed)}))

    async def _fix(self, wanted: FixWanted) -> set[str]:
        fixed: set[str] = set()
        for _ in range(_MOST_PASSES if wanted.all else 1):
            snapshot = self._session.snapshot
            told = [
                each for each in snapshot.diagnostics if wanted.all or handle(each) == wanted.handle
            ]
            checked = self._session.project.checked(snapshot, told)
            paths = await asyncio.to_thread(fix_sources, checked)
            if not paths:
                break
            fixed.update(paths)
            await self._session.update(map(Path, paths))
        return fixed

    async def media(self, request: Request) -> Response:
        """A media file that a card shows, by its name in the package."""
        name = request.path_params["name"]
        path = self._media.get(name)
        if path is None:
            return _nothing()
        try:
            data = await asyncio.to_thread(self._read, path)
        except McqdeckError:
            return _nothing()
        kind = _MEDIA[name.rpartition(".")[2].lower()]
        return _ranged(
            request,
            data,
            {"Content-Type": kind, "Content-Security-Policy": _MEDIA_POLICY},
        )

    def _read(self, path: Path) -> bytes:
        if not files.is_inside(path, self._session.project.folder):
            raise McqdeckError(f"{path.as_posix()}: not in the bank")
        return files.read(path, files.MOST_MEDIA)


def application(answers: Answers, session: Session, hosts: frozenset[str]) -> Starlette:
    """The server of a session; `hosts` are the values of `Host` under which it answers."""

    @asynccontextmanager
    async def watched(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(session.watch())
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    routes = [
        Route("/", answers.page),
        Route("/page/{name}", answers.page),
        Route("/frame", answers.frame),
        Route("/api/outline", answers.outline),
        Route("/api/question", answers.question),
        Route("/api/pictures", answers.pictures),
        Route("/api/release", answers.release),
        Route("/api/rule/{name}", answers.rule),
        Route("/api/updates", answers.updates),
        Route("/api/fix", answers.fix, methods=["POST"]),
        Route(f"{answers.media_path}{{name}}", answers.media),
    ]
    guard = Middleware(Guard, hosts=hosts, shared=answers.media_path)
    return Starlette(routes=routes, middleware=[guard], lifespan=watched)


def _newest(make: Callable[[Snapshot], T]) -> Callable[[Snapshot], T]:
    """The same function, which remembers its answer for the newest snapshot."""
    made: list[tuple[Snapshot, T]] = []

    def remembered(snapshot: Snapshot) -> T:
        if not made or made[0][0] is not snapshot:
            made[:] = [(snapshot, make(snapshot))]
        return made[0][1]

    return remembered


def _json(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a file's name that is not UTF-8
        return json.dumps(value).encode()


def _as_json(data: bytes, *, status: int = 200) -> Response:
    return Response(data, status_code=status, headers={"Content-Type": "application/json"})


def _nothing() -> Response:
    return Response("There is nothing here.\n", status_code=404, media_type="text/plain")


def _ranged(request: Request, data: bytes, headers: dict[str, str]) -> Response:
    """A file, or the part of it that is asked for: browsers play a sound piece by piece."""
    headers |= {"Accept-Ranges": "bytes"}
    asked = _BYTE_RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or not (asked[1] or asked[2]):
        return Response(data, headers=headers)
    start = int(asked[1]) if asked[1] else max(0, len(data) - int(asked[2]))
    end = min(int(asked[2]) + 1 if asked[1] and asked[2] else len(data), len(data))
    if start >= end:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers |= {"Content-Range": f"bytes {start}-{end - 1}/{len(data)}"}
    return Response(data[start:end], status_code=206, headers=headers)


def _time_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
